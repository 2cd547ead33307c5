import Evidence
import Testing

/// Lines as chats, pages and strings have them: with other quotes, in bold, indented, in a list.
@Suite struct PastedQuotesTests {
  static let refused =
    "2024/01/15 10:00:00 [error] 31#31: *7 auth request unexpected status: 504 while sending to client, client: 10.0.0.9, server: app.example.org, request: \"GET /app HTTP/1.1\", subrequest: \"/_external-auth\", upstream: \"http://10.0.0.7:4180/oauth2/auth\", host: \"app.example.org\""
  static let access =
    "10.244.4.1 - [10.244.4.1] - - [19/Dec/2019:15:52:24 +0000] \"GET / HTTP/2.0\" 500 595 \"-\" \"Mozilla/5.0 (X11)\" 314 0.099 [external-authentication] - - - -"
  static let record =
    "{\"level\":\"error\",\"time\":\"2024-01-15T10:00:00Z\",\"msg\":\"oidc: expected audience \\\"app\\\" got [\\\"account\\\"]\"}"
  static let event =
    "2024-01-15 20:06:59,416 WARN  [org.keycloak.events] (executor-thread-27) type=LOGIN_ERROR, realmId=a, clientId=myclient, userId=null, ipAddress=127.0.0.1, error=client_not_found"

  static func escaped(_ line: String) -> String {
    line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  @Test(arguments: [refused, access, record])
  func `quotes of pages and strings are read as those of the line`(_ line: String) throws {
    let cause = try WordsTests.findings(line).first?.cause
    #expect(cause != nil && cause != .undecided)
    for other in [
      Self.escaped(line), Self.escaped(Self.escaped(line)),
      line.replacing("\"", with: "&quot;"), line.replacing("\"", with: "&#34;"),
      line.replacing("\"", with: "”"),
    ] {
      #expect(try WordsTests.findings(other).first?.cause == cause, "\(other)")
    }
  }

  @Test(arguments: [
    (refused, CauseID.ingressAuthRequestFailing), (event, .clientNotFound),
    (record, .tokenAudienceMismatch),
  ])
  func `bold, indentation and bullets come off`(_ line: String, _ cause: CauseID) throws {
    for other in [line, "**\(line)**", "    \(line)", "* \(line)", "- \(line)", "• \(line)"] {
      #expect(try WordsTests.findings(other).first?.cause == cause, "\(other)")
    }
  }

  @Test func `an indented request is one`() throws {
    let guarded = Self.access.replacing(" 500 595", with: " 302 0")
    let cause = try WordsTests.findings(guarded, Self.access).first?.cause
    #expect(cause == .ingressAuthRequestFailing)
    for mark in ["    ", "* "] {
      #expect(
        try WordsTests.findings(mark + guarded, mark + Self.access).first?.cause == cause, "\(mark)"
      )
    }
  }

  @Test func `an indented line of syslog is one`() throws {
    let line =
      "Jun 30 13:46:25 node1 core[6748]: 2019-06-30T20:46:25Z [ERROR] failed to verify token: oidc: token is expired"
    #expect(try WordsTests.findings("    " + line).first?.cause == .tokenExpired)
  }

  @Test func `stars and dashes that mark no record stay`() throws {
    for line in ["* Connection to sso.example.org closed", "- {a: 1}", "** \(Self.event) **"] {
      #expect(
        try WordsTests.findings(line).allSatisfy { $0.cause != .clientNotFound }, "\(line)")
    }
    // curl's own marks.
    let curl = "* Could not resolve host: sso.example.org"
    #expect(try WordsTests.findings(curl).first?.cause == .dnsNXDOMAIN)
  }

  @Test func `a quote that stands for itself keeps the others`() throws {
    let line =
      "time=\"2024-01-15T10:00:00Z\" level=error msg=\"oidc: expected audience \\\"app\\\" got [\\\"account\\\"]\""
    #expect(try WordsTests.findings(line).first?.cause == .tokenAudienceMismatch)
  }
}
