import Foundation
import Testing

/// A claim that compares cites both sides, and one of several clients cites several: over all samples.
struct ComparisonTests {
  /// What cited lines have to show together.
  enum Side {
    /// A request that was refused or failed; one that was served, by whomever; one by another party than Keycloak.
    case refused, answered, served
    /// Served, or refused for another reason than the token.
    case accepted
    /// A call for a token or Keycloak's event of one; such a call that failed; any event.
    case token, failedToken, event
    /// A good call of Keycloak.
    case keycloakServed
    /// Two or more clients, services, answers, lengths, realms.
    case clients, services, answers, lengths, realms
  }

  /// Parts of claims' texts, each with all sides that its lines must show.
  static let comparing: [(text: String, sides: [Side])] = [
    ("gets a token within seconds and is then served", [.refused, .token, .served]),
    ("a login of the same address follows at once", [.refused, .token]),
    ("is served right after each; no call", [.refused, .served]),
    ("the oldest token that is accepted here", [.refused, .token, .accepted]),
    ("the same client was served before; since then", [.refused, .served]),
    ("call of the same client for a token had failed", [.refused, .failedToken]),
    ("the same client's last call for a token failed", [.refused, .failedToken]),
    (", a good answer ", [.refused, .answered]),
    ("as good ones of the same end-point", [.refused, .answered]),
    ("some are refused by Keycloak's check and some without", [.event, .refused]),
    ("one client is refused in several ways", [.answers]),
    ("differ in length, those of a good client do not", [.lengths, .served]),
    ("every client of this service", [.clients]),
    ("every client gets 403", [.clients]),
    ("every client is refused,", [.clients]),
    ("several clients", [.clients]),
    ("several browsers", [.clients]),
    ("several services refuse", [.services]),
    ("the edge reaches Keycloak", [.keycloakServed, .refused]),
    ("as long as served ones of the same program", [.refused, .served]),
    ("shorter than a served one of the same program", [.refused, .served]),
    ("the same route is served otherwise", [.refused, .served]),
    ("served on another route of the service", [.refused, .served]),
    ("another client is refused for this cause", [.clients]),
    ("another refusal of the same client is clearly for this cause", [.refused]),
    ("while another that got a token is accepted", [.refused, .accepted]),
    ("those of another client pass", [.token, .refused, .served]),
    (", while others are accepted", [.refused, .accepted]),
    ("other services serve meanwhile", [.refused, .served]),
    ("another service serves", [.refused, .served]),
    ("another that is accepted got it elsewhere", [.realms, .accepted]),
    ("that no client has at the edge", [.event, .answered]),
    ("and the next one is served", [.refused, .answered]),
    ("a call before and one after are served", [.refused, .answered]),
    ("follows a redirect", [.refused, .answered]),
    ("is served or gets a token otherwise", [.refused, .answered]),
    ("another route sends them to the login", [.refused, .answered]),
    ("they are sent to the login", [.refused, .answered]),
    ("one that asks Keycloak about tokens goes on serving", [.refused, .served]),
  ]

  static let folders =
    CauseSampleTests.causes.flatMap { cause in
      ["positive", "near-miss"].map { "causes/\(cause)/\($0)" }
    } + RecordedRunTests.runs.map { "runs/\($0)/inputs" }

  private static let samples = CauseSampleTests.folder.deletingLastPathComponent()

  @Test(arguments: folders)
  func `a claim cites few lines, and of a comparison both sides`(_ folder: String) throws {
    let inputs = Self.samples.appending(path: folder).path
    try Self.expectBothSides(try Self.claims([inputs]), [inputs])
  }

  /// Where samples show comparisons.
  @Test(arguments: [
    ("causes/benign.first_call_before_login/positive", "gets a token within seconds"),
    ("causes/ingress.auth_header_stripped/positive", "as long as served ones"),
    ("causes/token.missing/positive", "is served or gets a token otherwise"),
    ("causes/proxy.idle_dropped/positive", "and the next one is served"),
    ("causes/ingress.redirect_drops_auth/positive", "follows a redirect"),
    ("causes/ingress.no_login_redirect/positive", "another route sends them to the login"),
    ("runs/traefik-1/inputs", "call of the same client for a token had failed"),
    ("runs/apache-1/inputs", "the same route is served otherwise"),
  ])
  func `samples are told by comparison`(folder: String, text: String) throws {
    let claims = try Self.claims([Self.samples.appending(path: folder).path])
    #expect(claims.contains { $0.text.contains(text) })
  }

  @Test func `who is refused for an old token stands beside the oldest that is accepted`() throws {
    var log = EdgeLog()
    for client in 0..<4 {
      for k in 0..<150 {
        let time = 1 + Double(k) + 0.2 * Double(client)
        let isOld = client == 3 && time > 61
        // The fourth renews no more after a minute.
        if k % 20 == 0, !isOld { log.token(time - 0.3, client: client) }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isOld && time > 70 ? (401, 433) : (200, 300 + k % 7), length: 0)
      }
    }
    try Self.expect("the oldest token that is accepted here", log)
  }

  @Test func `every client means several`() throws {
    var log = EdgeLog()
    for client in 0..<4 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<30 {
        // The first client calls alone for a while.
        let time = 2 + 2 * Double(k) + (client == 0 ? 0 : 15 + 0.3 * Double(client))
        log.call(time, client: client, "/orders/items/\(k % 9)", (403, 0), length: 1300)
      }
    }
    try Self.expect("every client gets 403", log)
  }

  @Test func `several services means a line of each, and one of the edge's good calls`() throws {
    let log = ShutServiceTests.services(until: 80, renewal: 10)
    try Self.expect("while the edge reaches Keycloak", log)
  }

  @Test func `a call for a token that failed stands beside what is refused for want of one`() throws
  {
    let log = RefusedBeforeTests.clients(refusedFrom: 60, status: 503)
    try Self.expect("call of the same client for a token had failed", log)
  }

  /// A log has a claim with this text, and both sides of all comparisons.
  private static func expect(_ text: String, _ log: EdgeLog) throws {
    let inputs = try EdgeLog.files(log.text())
    let claims = try claims(inputs)
    #expect(claims.contains { $0.text.contains(text) }, "\(claims)")
    try expectBothSides(claims, inputs)
  }

  private typealias Claim = (text: String, citations: [String])

  private static func expectBothSides(_ claims: [Claim], _ inputs: [String]) throws {
    for claim in claims {
      #expect((1...5).contains(claim.citations.count))
      #expect(Set(claim.citations).count == claim.citations.count)
    }
    let told = claims.filter { claim in comparing.contains { claim.text.contains($0.text) } }
    guard !told.isEmpty else { return }
    let records = try records(inputs)
    for claim in told {
      let lines = claim.citations.compactMap { records[$0] }
      for (text, sides) in comparing where claim.text.contains(text) {
        for side in sides {
          #expect(show(side, lines), "\(side): \(claim.text) \(claim.citations)")
        }
      }
    }
  }

  private static func claims(_ inputs: [String]) throws -> [Claim] {
    let findings = try Tool.report(inputs)["findings"] as? [[String: Any]] ?? []
    return findings.flatMap { finding in
      ["for", "against"].flatMap { finding[$0] as? [[String: Any]] ?? [] }
    }.map { ($0["text"] as? String ?? "", $0["citations"] as? [String] ?? []) }
  }

  private static func records(_ inputs: [String]) throws -> [String: [String: Any]] {
    var found: [String: [String: Any]] = [:]
    for line in try Tool.run(["records"] + inputs).output.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let record, let citation = record["citation"] as? String { found[citation] = record }
    }
    return found
  }

  private static func show(_ side: Side, _ lines: [[String: Any]]) -> Bool {
    func status(_ line: [String: Any]) -> Int { line["http.response.status_code"] as? Int ?? 0 }
    func path(_ line: [String: Any]) -> String { line["url.path"] as? String ?? "" }
    func isGood(_ line: [String: Any]) -> Bool { (200..<400).contains(status(line)) }
    func isCall(_ line: [String: Any]) -> Bool { path(line).hasSuffix("/token") }
    func isEvent(_ line: [String: Any]) -> Bool { line["kind"] as? String == "token_event" }
    func isKeycloak(_ line: [String: Any]) -> Bool { path(line).contains("/realms/") }
    func several(_ values: [String]) -> Bool { Set(values).count > 1 }
    switch side {
    case .refused: return lines.contains { status($0) >= 400 }
    case .answered: return lines.contains(where: isGood)
    case .served: return lines.contains { isGood($0) && !isKeycloak($0) }
    case .accepted:
      return lines.contains { !isKeycloak($0) && status($0) != 401 && status($0) != 403 }
    case .token: return lines.contains { isCall($0) || isEvent($0) }
    case .failedToken: return lines.contains { isCall($0) && status($0) >= 400 }
    case .event: return lines.contains(where: isEvent)
    case .keycloakServed: return lines.contains { isGood($0) && isKeycloak($0) }
    case .clients:
      return several(
        lines.filter { status($0) >= 400 }.map {
          "\($0["client.address"] ?? "") \($0["client.port"] ?? "") \($0["user_agent.original"] ?? "")"
        })
    case .services:
      return several(
        lines.filter { status($0) >= 400 }.map { line in
          "\(line["upstream.name"] ?? "") \(path(line).split(separator: "/").first ?? "")"
        })
    case .answers:
      return several(
        lines.map {
          "\(status($0)) \($0["http.response.size"] ?? "") \($0["detail"] ?? "")"
        })
    case .lengths: return several(lines.map { "\($0["http.request.size"] ?? "")" })
    case .realms:
      return several(
        lines.map(path).filter { $0.contains("/realms/") }.map {
          String($0.split(separator: "/").drop { $0 != "realms" }.dropFirst().first ?? "")
        })
    }
  }
}
