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

  private static let line =
    """
    DEBUG [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN", realmName="shop", \
    clientId="orders", ipAddress="198.51.100.9"
    """

  /// The notes on nine minutes with a refusal every five seconds.
  private static func notes(keycloak: String) throws -> String {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 5.5, apart: 0.4, length: 1300)
    for k in 0..<110 {
      log.call(4 + 5 * Double(k), client: 7, "/orders/items/\(k)", (401, 90), length: 300)
    }
    let edge = try Scratch.file(log.text(), name: "\(UUID().uuidString).log")
    let events = try Scratch.file(keycloak, name: "\(UUID().uuidString).log")
    let notes = try Tool.report([edge.path, events.path])["notes"] as? [[String: Any]] ?? []
    return notes.compactMap { $0["text"] as? String }.joined(separator: "\n")
  }
}
