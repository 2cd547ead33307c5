import Evidence
import Testing

@testable import Pipeline

/// How far what somebody typed speaks for the answers below it.
@Suite struct CommandWordsTests {
  private static let sent =
    #"curl -H "Authorization: Bearer $TOKEN" https://api.example.org/orders"#
  private static let answer = #"{"detail": "Authentication credentials were not provided."}"#

  private static func isStripped(_ between: String...) throws -> Bool {
    try WordsTests.findings(([sent] + between + [answer]).joined(separator: "\n"))
      .first?.cause == .ingressAuthHeaderStripped
  }

  @Test func `a command speaks for the answer right below it only`() throws {
    #expect(try Self.isStripped())
    #expect(try Self.isStripped("  % Total    % Received", "100    61"))
    #expect(try !Self.isStripped(String(repeating: "and so on\n", count: 200)))
    #expect(try !Self.isStripped("2026-11-23 17:21:40.123 INFO started"))
    #expect(try !Self.isStripped("$ curl -v"))
    #expect(try !Self.isStripped("$ curl -b session=1 https://api.example.org/orders"))
    #expect(try !Self.isStripped("$ curl -n https://api.example.org/orders"))
  }

  @Test func `an application's line of a log is no answer to a command`() throws {
    let findings = try WordsTests.findings(
      Self.sent,
      #"{"level":"warn","logger":"auth","time":"2026-11-23T17:21:40Z","msg":"Authentication credentials were not provided."}"#
    )
    #expect(findings.first?.cause != .ingressAuthHeaderStripped)
  }

  @Test func `a bare 401 to whoever sent a cookie is not for want of a session`() throws {
    let answer = """
      HTTP/1.1 401 Unauthorized
      Content-Length: 13
      Content-Type: text/plain; charset=utf-8
      X-Content-Type-Options: nosniff

      Unauthorized
      """
    let command = "curl -i https://prometheus.example.org"
    #expect(
      try WordsTests.findings(command, answer).first?.cause == .ingressNoLoginRedirect)
    for option in [" -b _oauth2_proxy=abc", " -H 'Cookie: _oauth2_proxy=abc'", " -n"] {
      #expect(
        try WordsTests.findings(command + option, answer)
          .allSatisfy { $0.cause != .ingressNoLoginRedirect })
    }
  }
}
