import Foundation
import Testing

/// Error logs in local time beside access logs that name their zone.
struct ErrorLogZoneTests {
  @Test func `an error log in local time is read by the requests that it names`() throws {
    #expect(try Self.report(hours: 10).isCited)
    let moved = try Self.report(hours: 12)
    #expect(moved.page.contains("are 7200 s ahead of the edge's clock"))
    #expect(moved.page.contains("a time zone, not a wrong clock"))
    #expect(moved.isCited)
  }

  @Test func `an error log of another time is moved by no part of an hour`() throws {
    let report = try Self.report(hours: 12, minutes: 7)
    #expect(!report.page.contains("against the edge's"))
    #expect(!report.isCited)
  }

  /// The report on an edge that cannot reach Keycloak for half a minute, and whether it cites its error log; `hours` and
  /// `minutes` as that has them, ten o'clock by its access log.
  private static func report(hours: Int, minutes: Int = 0) throws -> (page: String, isCited: Bool) {
    var log = EdgeLog()
    log.isPlain = true
    log.serve(60, from: 2, every: 2, apart: 0.4, length: 1300)
    var errors = ""
    for k in 0..<12 {
      let time = 40 + 2.5 * Double(k)
      log.token(time, client: k % 4, (502, 150))
      errors += EdgeErrors.refused(
        time, client: k % 4, "POST", "/realms/shop/protocol/openid-connect/token",
        host: "sso.example.com")
    }
    let shown = errors.split(separator: "\n").map { line -> String in
      let minute = Int(line.dropFirst(14).prefix(2)).map { $0 + minutes } ?? 0
      return line.prefix(11) + String(format: "%02d:%02d", hours, minute) + line.dropFirst(16)
    }
    let files = try EdgeLog.files(
      log.text(), nil, [("errors", shown.joined(separator: "\n") + "\n")])
    let rows = try Tool.attributions(files)
    let isCited = rows.contains {
      ($0["evidence"] as? [String] ?? []).contains { $0.contains("errors-") }
    }
    return (SettingsTests.words(try Tool.run(["--fail-on", "never"] + files).output), isCited)
  }
}
