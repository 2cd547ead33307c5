import Foundation
import Testing

/// What the inputs do not cover of the time in which requests failed is said, with the command that gets it.
struct LedgerTests {
  @Test func `failures before Keycloak's log begins are counted`() throws {
    let notes = try Self.notes(
      keycloak: KeycloakLines.spell(from: 300, to: 560, every: 4, Self.line))
    #expect(notes.contains("Keycloak's log begins at 10:05:00, after "))
    #expect(notes.contains("--previous"))
    #expect(!notes.contains("Keycloak's log ends"))
  }

  @Test func `failures after Keycloak's log ended are counted`() throws {
    let notes = try Self.notes(keycloak: KeycloakLines.spell(from: 0, to: 200, every: 4, Self.line))
    #expect(notes.contains("Keycloak's log ends at 10:03:16, before "))
    #expect(notes.contains("--since-time=2026-05-12T10:03:16"))
    #expect(!notes.contains("Keycloak's log begins"))
  }

  @Test func `a silence of Keycloak's log amid failures is told`() throws {
    let notes = try Self.notes(
      keycloak: KeycloakLines.spell(from: 0, to: 120, every: 4, Self.line)
        + KeycloakLines.spell(from: 400, to: 560, every: 4, Self.line))
    #expect(notes.contains("Keycloak's log has no line from 10:01:56 to 10:06:40"))
  }

  @Test func `a log that covers all failures is not complained of`() throws {
    let notes = try Self.notes(keycloak: KeycloakLines.spell(from: 0, to: 560, every: 4, Self.line))
    #expect(!notes.contains("Keycloak's log begins"))
    #expect(!notes.contains("Keycloak's log ends"))
    #expect(!notes.contains("has no line from"))
  }

  @Test func `Keycloak's log without events is not asked for again, its events are`() throws {
    let line = try Scratch.file(
      "2026-11-23 18:20:10,101 INFO  [org.keycloak.services] (main) KC-SERVICES0050: Initializing master realm\n",
      name: "keycloak-\(UUID().uuidString).log"
    ).path
    var log = EdgeLog()
    for k in 0..<9 { log.call(Double(k), client: 7, "/orders/items", (401, 90), length: 300) }
    let edge = try Scratch.file(log.text()).path
    func wanted(_ inputs: [String]) throws -> [String] {
      let findings = try Tool.report(inputs)["findings"] as? [[String: Any]] ?? []
      return findings.flatMap { $0["missing"] as? [[String: Any]] ?? [] }
        .compactMap { $0["what"] as? String }
    }
    #expect(try wanted([edge]).contains("Keycloak's log"))
    let both = try wanted([edge, line])
    #expect(!both.contains("Keycloak's log"))
    #expect(both.contains { $0.hasPrefix("Keycloak's success events") })
  }

  @Test func `a log of errors alone is silent when all is well`() throws {
    let notes = try Self.notes(
      keycloak: KeycloakLines.spell(
        from: 300, to: 560, every: 4,
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="LOGIN_ERROR", realmName="shop", \
        clientId="web", ipAddress="198.51.100.9", error="invalid_user_credentials", username="ann"
        """))
    #expect(!notes.contains("Keycloak's log begins"))
  }

  @Test func `refusals of Keycloak before the edge's log begins are counted`() throws {
    let notes = try Self.notes(
      keycloak: KeycloakLines.spell(
        from: 0, to: 560, every: 10,
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="REFRESH_TOKEN_ERROR", realmName="shop", \
        clientId="web", ipAddress="203.0.113.20", error="invalid_token"
        """), edgeFrom: 300)
    #expect(notes.contains("the edge's log begins at 10:05:0"))
    #expect(notes.contains("of 56 refusals of Keycloak"))
    #expect(notes.contains("deploy/INGRESS-CONTROLLER --timestamps --previous"))
  }

  @Test func `an edge's log with every fourth token that Keycloak gave is called sampled`() throws {
    let notes = try Self.notes(keycloak: Self.tokens, tokensOfEdge: { $0 % 4 == 0 })
    #expect(
      notes.contains("of 100 tokens that Keycloak gave to clients of the edge, 25 have a line"))
  }

  @Test func `an edge's log with all tokens that Keycloak gave is not called sampled`() throws {
    let notes = try Self.notes(keycloak: Self.tokens, tokensOfEdge: { _ in true })
    #expect(!notes.contains("are sampled"))
  }

  @Test func `an edge's log that lacks the tokens of one spell is not called sampled`() throws {
    let notes = try Self.notes(keycloak: Self.tokens, tokensOfEdge: { $0 < 60 })
    #expect(!notes.contains("are sampled"))
  }

  /// A hundred, 5 seconds apart, for the clients of `EdgeLog` in turn.
  private static let tokens = (0..<100).map { k in
    KeycloakLines.at(
      [3 + 5 * Double(k)],
      """
      DEBUG [org.keycloak.events] (executor-thread-1) type="CLIENT_LOGIN", realmName="shop", \
      clientId="job-\(k % 4)", ipAddress="203.0.113.\(20 + k % 4)"
      """)
  }.joined()

  private static let line =
    """
    DEBUG [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN", realmName="shop", \
    clientId="orders", ipAddress="198.51.100.9"
    """

  /// The notes on nine minutes with a refusal every five seconds.
  /// `tokensOfEdge`: which of the `tokens` have a line of the edge; `edgeFrom`: where the edge's log begins,
  /// in seconds.
  private static func notes(
    keycloak: String, edgeFrom: Double = 0, tokensOfEdge: (Int) -> Bool = { _ in false }
  ) throws -> String {
    var log = EdgeLog()
    for k in 0..<100 where tokensOfEdge(k) { log.token(3 + 5 * Double(k), client: k % 4) }
    if edgeFrom == 0 { log.serve(100, from: 2, every: 5.5, apart: 0.4, length: 1300) }
    for k in Int(edgeFrom / 5)..<110 {
      log.call(4 + 5 * Double(k), client: 7, "/orders/items/\(k)", (401, 90), length: 300)
    }
    let edge = try Scratch.file(log.text(), name: "\(UUID().uuidString).log")
    let events = try Scratch.file(keycloak, name: "\(UUID().uuidString).log")
    let notes = try Tool.report([edge.path, events.path])["notes"] as? [[String: Any]] ?? []
    return notes.compactMap { $0["text"] as? String }.joined(separator: "\n")
  }
}
