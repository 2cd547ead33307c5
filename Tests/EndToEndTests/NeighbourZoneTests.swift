import Foundation
import Testing

/// Stamps without a zone in a log whose other lines name theirs.
struct NeighbourZoneTests {
  @Test func `an error line without a zone has that of the lines around it`() throws {
    let times = try Self.errorTimes(of: Self.mixed(errors: 4))
    #expect(times.count == 4)
    #expect(times.allSatisfy { $0.hasPrefix("2026-05-12T09:") })
  }

  @Test func `one change of program in a log tells no zone`() throws {
    // A log of errors with an access log put behind it.
    let mixed = Self.mixed(errors: 4)
    let lines = mixed.split(separator: "\n").map { String($0) + "\n" }
    let errors = lines.filter { $0.contains("[error]") }
    let apart = (errors + lines.filter { !$0.contains("[error]") }).joined()
    #expect(try Self.errorTimes(of: apart).allSatisfy { $0.hasPrefix("2026-05-12T10:") })
  }

  @Test func `a refusal in such a log is explained by the error line beside it`() throws {
    let path = try Scratch.file(Self.mixed(errors: 6), name: "edge-\(UUID().uuidString).log").path
    let rows = try Tool.attributions([path]).filter { $0["status"] as? Int == 502 }
    #expect(rows.count == 6)
    #expect(rows.causes == ["ingress.upstream_header_too_big"])
  }

  /// nginx at +01:00: every third request to Keycloak has too large an answer.
  private static func mixed(errors: Int) -> String {
    var text = ""
    for k in 0..<(3 * errors) {
      let clock = String(format: "10:%02d:%02d", k / 6, k % 6 * 10)
      let request = "POST /realms/shop/login-actions/authenticate?client_id=web HTTP/1.1"
      let isLarge = k % 3 == 2
      if isLarge {
        text += """
          2026/05/12 \(clock) [error] 42#42: *\(k) upstream sent too big header while reading response \
          header from upstream, client: 203.0.113.\(k), server: sso.example.com, request: "\(request)", \
          upstream: "http://198.51.100.20:8080/realms/shop/login-actions/authenticate", \
          host: "sso.example.com"

          """
      }
      text += """
        203.0.113.\(k) - - [12/May/2026:\(clock) +0100] "\(request)" \(isLarge ? 502 : 302) \
        \(isLarge ? 157 : 0) "-" "Mozilla/5.0 (X11)" "-"

        """
    }
    return text
  }

  private static func errorTimes(of text: String) throws -> [String] {
    let path = try Scratch.file(text, name: "edge-\(UUID().uuidString).log").path
    return try Tool.run(["records", path]).output.split(separator: "\n").compactMap { line in
      guard line.contains("\"kind\":\"message\""),
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      else { return nil }
      return record["time"] as? String
    }
  }
}
