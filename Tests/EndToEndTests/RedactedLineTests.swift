import Foundation
import Testing

/// `--redact` of what is no report: records, and the lines that `show` prints.
struct RedactedLineTests {
  static let log =
    Lines.refusals.replacing(" - - [", with: " - alice.smith [")
      + """
      2026-11-23 18:20:20,123 WARN  [org.keycloak.events] (executor-thread-4) type="LOGIN_ERROR", realmId="a", realmName="shop", clientId="web", userId="null", ipAddress="10.9.8.7", error="invalid_user_credentials", username="bob77"
      2026-11-23 18:20:21,123 ERROR [app] user bob77 of carol@example.org from 10.9.8.7:4711: token is expired

      """
  static let people = ["alice.smith", "bob77", "carol@example.org"]
  static let addresses = ["172.20.8.64", "10.9.8.7"]

  @Test func `records show no user and no address`() throws {
    let file = try Scratch.file(Self.log)
    let plain = try Tool.run(["records", file.path]).output
    for name in Self.people.dropFirst() + Self.addresses { #expect(plain.contains(name)) }
    let users = try Tool.run(["records", "--redact", "users", file.path]).output
    for name in Self.people { #expect(!users.contains(name), "\(users)") }
    #expect(users.contains("172.20.8.64") && users.contains("user-1"))
    let all = try Tool.run(["records", "--redact", "all", file.path]).output
    for name in Self.people + Self.addresses { #expect(!all.contains(name), "\(all)") }
    #expect(all.split(separator: "\n").count == plain.split(separator: "\n").count)
    for line in all.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `lines of a redacted report are shown redacted`() throws {
    let file = try Scratch.file(Self.log)
    let report = Scratch.folder.appending(path: "\(UUID().uuidString).json")
    _ = try Tool.run([file.path, "-q", "--redact", "all", "--json", report.path])
    let shown = try Tool.run(["show", report.path, "F1"]).output
    #expect(shown.contains("GET /orders/17") && shown.contains("ip-1"))
    for name in Self.people + Self.addresses { #expect(!shown.contains(name), "\(shown)") }
    _ = try Tool.run([file.path, "-q", "--json", report.path])
    let raw = try Tool.run(["show", report.path, "F1"]).output
    #expect(raw.contains("alice.smith"))
    let users = try Tool.run(["show", report.path, "F1", "--redact", "users"]).output
    #expect(!users.contains("alice.smith") && users.contains("172.20.8.64"))
  }
}
