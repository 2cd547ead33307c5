import Foundation
import Testing

/// Logs whose stamps have a time and no date, as WildFly's console writes them.
struct UndatedLogTests {
  @Test func `a log without dates is read on the day of the edge's`() throws {
    let log = Self.disabled()
    #expect(try log.edge.causes(keycloak: log.keycloak) == ["client.disabled"])
    let undated = log.keycloak.replacing("2026-05-12 ", with: "")
    #expect(try log.edge.causes(keycloak: undated) == ["client.disabled"])
    let page = try Self.page(log.edge.text(), undated)
    #expect(page.contains("have a time and no date: they are taken to begin on 2026-05-12"))
    #expect(!(try Self.page(log.edge.text(), log.keycloak)).contains("a time and no date"))
  }

  @Test func `a log without dates of which nothing tells the day is read without times`() throws {
    let undated = Self.disabled().keycloak.replacing("2026-05-12 ", with: "")
    let page = try Self.page(undated)
    #expect(page.contains("and no other input tells their day"))
    #expect(!page.contains("1800"))
  }

  @Test func `a pipe gives lines without dates their day as well`() throws {
    let log = Self.disabled()
    let edge = try Scratch.file(log.edge.text(), name: "\(UUID().uuidString).log").path
    let keycloak = try Scratch.file(
      log.keycloak.replacing("2026-05-12 ", with: ""), name: "\(UUID().uuidString).log"
    ).path
    let both = try Tool.shell(
      "cat \(edge) | \"$WHY401\" stream - \(keycloak) --json - 2>/dev/null; true")
    let batch = try Tool.run(["-q", "--fail-on", "never", "--json", "-", edge, keycloak])
    #expect(try StreamTests.sum(both.output) == StreamTests.sum(batch.output))
    #expect(both.output.contains("2026-05-12T10:02:00"))
  }

  /// A client that is switched off after two minutes.
  private static func disabled() -> (edge: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<30 {
      let time = 120 + 10 * Double(k)
      log.token(time, client: 7, (401, 75))
      keycloak += KeycloakLines.at(
        [time],
        """
        WARN  [org.keycloak.events] (default task-1) type=CLIENT_LOGIN_ERROR, realmId=shop, \
        clientId=batch, userId=null, ipAddress=203.0.113.27, error=client_disabled
        """)
    }
    return (log, keycloak)
  }

  private static func page(_ inputs: String...) throws -> String {
    let files = try inputs.map { try Scratch.file($0, name: "\(UUID().uuidString).log").path }
    return SettingsTests.words(try Tool.run(["--fail-on", "never"] + files).output)
  }
}
