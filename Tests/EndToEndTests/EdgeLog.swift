import Foundation
import Testing

/// Lines of ingress-nginx as `kubectl logs --timestamps` gives them.
struct EdgeLog {
  private var lines: [(time: Double, text: String)] = []
  /// Without `--timestamps`: whole seconds only.
  var isPlain = false
  /// The address of all clients in the lines that follow, if they have none of their own.
  var address: String?
  /// Who answers the lines that follow, if not the edge itself.
  var upstream = "198.51.100.20:8080"

  /// The lines that hold `part`; all without it.
  func text(with part: String = "") -> String {
    lines.sorted { $0.time < $1.time }.filter { part.isEmpty || $0.text.contains(part) }
      .map { (isPlain ? String($0.text.drop { $0 != " " }.dropFirst()) : $0.text) + "\n" }.joined()
  }

  /// The causes of its report, the first finding first; with Keycloak's log beside it where given, and
  /// with those of others by name.
  func causes(
    linesWith part: String = "", keycloak: String? = nil,
    others: [(name: String, text: String)] = []
  ) throws -> [String] {
    try EdgeLog.causes(of: EdgeLog.files(text(with: part), keycloak, others))
  }

  /// Files of an edge's log, of Keycloak's where given, and of others by name.
  static func files(
    _ edge: String, _ keycloak: String? = nil, _ others: [(name: String, text: String)] = []
  ) throws -> [String] {
    let texts = [("edge", edge)] + [keycloak].compactMap { $0 }.map { ("keycloak", $0) } + others
    return try texts.map {
      try Scratch.file($0.1, name: "\($0.0)-\(UUID().uuidString).log").path
    }
  }

  /// The causes of the failed requests whose paths begin with `path`.
  func causes(
    ofPath path: String, keycloak: String? = nil, others: [(name: String, text: String)] = []
  ) throws -> Set<String> {
    let rows = try Tool.attributions(EdgeLog.files(text(), keycloak, others)).below(path)
    try #require(!rows.isEmpty)
    return rows.causes
  }

  /// The causes of a report on files, the first finding first.
  static func causes(of inputs: [String]) throws -> [String] {
    let findings = try Tool.report(inputs)["findings"] as? [[String: Any]] ?? []
    return findings.compactMap { $0["cause"] as? String }
  }

  mutating func token(
    _ time: Double, client: Int, _ answer: (status: Int, size: Int) = (200, 1441),
    seconds: Double = 0.005, upstream: String = "auth-keycloak-8080"
  ) {
    add(
      time, client, "POST /realms/shop/protocol/openid-connect/token", answer,
      "client-\(client)/1.0", 410, upstream, seconds)
  }

  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    agent: String? = nil, length: Int,
    seconds: Double = 0.005, answeredByEdge: Bool = false
  ) {
    let service = path.split(separator: "/")[0]
    add(
      time, client, "GET \(path)", answer, agent ?? "client-\(client)/1.0", length,
      "shop-\(service)-8080", seconds, answeredByEdge: answeredByEdge)
  }

  mutating func userinfo(_ time: Double, client: Int, _ answer: (status: Int, size: Int)) {
    add(
      time, client, "GET /realms/shop/protocol/openid-connect/userinfo", answer,
      "client-\(client)/1.0", 1300, "auth-keycloak-8080", 0.005)
  }

  /// The service behind the edge asks for the realm's keys through it.
  mutating func keys(
    _ time: Double, _ answer: (status: Int, size: Int), answeredByEdge: Bool = false
  ) {
    add(
      time, 0, "GET /realms/shop/protocol/openid-connect/certs", answer, "Python-urllib/3.12", 190,
      "auth-keycloak-8080", 0.002, answeredByEdge: answeredByEdge, from: "198.51.100.20")
  }

  /// A form that a browser sends.
  mutating func submit(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int)
  ) {
    let service = path.split(separator: "/")[0]
    add(
      time, client, "POST \(path)", answer, "client-\(client)/1.0", 700, "shop-\(service)-8080",
      0.2)
  }

  /// A browser asks Keycloak for something on its way to a login.
  mutating func login(_ time: Double, client: Int, agent: String) {
    let realm = "/realms/shop/"
    add(
      time, client, "GET \(realm)protocol/openid-connect/auth?client_id=proxy", (200, 7120), agent,
      600, "auth-keycloak-8080", 0.05)
    add(
      time + 4, client, "POST \(realm)login-actions/authenticate?client_id=proxy", (302, 0), agent,
      900, "auth-keycloak-8080", 0.1)
  }

  /// A browser asks Keycloak for a login; by default it is sent back at once.
  mutating func asks(
    _ time: Double, client: Int, _ answer: (status: Int, size: Int) = (302, 0),
    agent: String = "Mozilla/5.0", seconds: Double = 0.03
  ) {
    add(
      time, client,
      "GET /realms/shop/protocol/openid-connect/auth?client_id=web&response_type=code", answer,
      agent, 600, "auth-keycloak-8080", seconds)
  }

  /// Four clients that get a token each, one after the other, and are served at a steady pace: `start` and
  /// `pace` in seconds, `apart` between two clients.
  mutating func serve(
    _ calls: Int, from start: Double, every pace: Double, apart: Double, length: Int
  ) {
    for client in 0..<4 {
      token(0.2 * Double(client), client: client)
      for k in 0..<calls {
        call(
          start + pace * Double(k) + apart * Double(client), client: client, "/orders/items/\(k)",
          (200, 300 + k % 7), length: length)
      }
    }
  }

  /// A call of a service that asks Keycloak about each token.
  struct Checked {
    var client: Int
    /// Of the client, from 0 on.
    var number: Int
    var isRefused: Bool
  }

  /// Clients that call such a service every two seconds for a hundred.
  /// - Parameters:
  ///   - refusal: the size of its 401.
  ///   - isRefused: by client and time.
  ///   - lines: what Keycloak logs of the question that a call is, stamped a hundredth of a second before.
  /// - Returns: those lines.
  mutating func checked(
    _ clients: Int, refusal: Int = 433, isRefused: (_ client: Int, _ time: Double) -> Bool,
    _ lines: (Checked, _ time: Double) -> [String]
  ) -> String {
    var keycloak = ""
    for client in 0..<clients {
      token(0.2 * Double(client), client: client)
      for k in 0..<50 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let call = Checked(client: client, number: k, isRefused: isRefused(client, time))
        self.call(
          time, client: client, "/parcels/items/\(k % 9)",
          call.isRefused ? (401, refusal) : (200, 300 + k % 7), length: 0, seconds: 0.02)
        keycloak += lines(call, time).map { KeycloakLines.at([time - 0.01], $0) }.joined()
      }
    }
    return keycloak
  }

  /// A client that gets a token, then calls at a steady pace and gets a new token when the last one is
  /// older than `renewal` seconds: `call` adds the k-th call, at a time, with the token got at another.
  mutating func visits(
    of client: Int, until end: Double, every pace: Double, renewal: Double,
    _ call: (_ log: inout EdgeLog, _ k: Int, _ time: Double, _ login: Double) -> Void
  ) {
    var time = 0.3 * Double(client)
    var login = time
    token(time, client: client)
    for k in 1... {
      time += pace + 0.05 * Double(client)
      if time >= end { break }
      if time - login > renewal {
        token(time, client: client)
        login = time
      } else {
        call(&self, k, time, login)
      }
    }
  }

  /// Clients that renew and are served by one service all the while (`visits`).
  mutating func serve(
    _ clients: Range<Int>, until end: Double, every pace: Double, renewal: Double, length: Int = 0
  ) {
    for client in clients {
      visits(of: client, until: end, every: pace, renewal: renewal) { log, k, time, _ in
        log.call(
          time, client: client, "/orders/items/\(k % 9)", (200, 300 + k % 7), length: length)
      }
    }
  }

  static func address(of client: Int) -> String { "203.0.113.\(20 + client)" }

  private mutating func add(
    _ time: Double, _ client: Int, _ request: String, _ answer: (status: Int, size: Int),
    _ agent: String, _ length: Int, _ upstream: String, _ seconds: Double,
    answeredByEdge: Bool = false, from address: String? = nil
  ) {
    let client = address ?? self.address ?? EdgeLog.address(of: client)
    let minute = Int(time) / 60
    let clock = String(format: "10:%02d:%02d", minute, Int(time) % 60)
    let fraction = String(format: "%09d", Int(time * 1000) % 1000 * 1_000_000)
    let took = String(format: "%.3f", seconds)
    let id = String(format: "%032x", lines.count + 1)
    let peer =
      answeredByEdge
      ? "- - - -" : "\(self.upstream) \(answer.size) \(took) \(answer.status)"
    lines.append(
      (
        time,
        """
        2026-05-12T\(clock).\(fraction)Z \(client) - - [12/May/2026:\(clock) +0000] \
        "\(request) HTTP/1.1" \(answer.status) \(answer.size) "-" "\(agent)" \(length) \(took) \
        [\(upstream)] [] \(peer) \(id)
        """
      ))
  }
}
