import Evidence
import Testing

@testable import Pipeline

/// `expired_code` of a browser that goes round, and of people.
@Suite struct LoginLoopTests {
  private static func turn(
    _ time: String, _ address: String, client: String = "null", user: String = "null",
    session: String? = nil
  ) -> String {
    "2024-01-15 " + time
      + " WARN  [org.keycloak.events] (default task-1) type=LOGIN_ERROR, realmId=master, "
      + "clientId=\(client), userId=\(user), ipAddress=\(address), error=expired_code"
      + (session.map { ", code_id=\($0)" } ?? ", restart_after_timeout=true")
  }

  private static func isLoop(_ lines: [String]) throws -> Bool {
    try WordsTests.findings(lines.joined(separator: "\n"))
      .contains { $0.cause == .keycloakSessionsNotShared }
  }

  private static let times = ["09:41:53,225", "09:41:53,351", "09:41:53,480"]

  @Test func `only the turns of a loop are its own`() throws {
    let loop = Self.times.map { Self.turn($0, "10.38.0.0") }
    let others = (0..<8).map { Self.turn("11:1\($0):00,000", "10.99.0.\($0)") }
    let findings = try WordsTests.findings((loop + others).joined(separator: "\n"))
    #expect(findings.contains { $0.cause == .keycloakSessionsNotShared })
    #expect(findings.contains { $0.cause == .sessionLoginStateLost })
  }

  @Test func `three people behind one proxy are no loop`() throws {
    #expect(try Self.isLoop(Self.times.map { Self.turn($0, "10.0.0.1", session: "s1") }))
    #expect(
      try !Self.isLoop(
        Self.times.enumerated().map { Self.turn($1, "10.0.0.1", session: "s\($0)") }))
    #expect(
      try !Self.isLoop(
        Self.times.enumerated().map { Self.turn($1, "10.0.0.1", client: "c\($0)") }))
    let visitors = (0..<3).map { Self.turn("08:0\($0):00,000", "10.0.0.1", user: "u\($0)") }
    #expect(try !Self.isLoop(visitors + Self.times.map { Self.turn($0, "10.0.0.1") }))
  }
}
