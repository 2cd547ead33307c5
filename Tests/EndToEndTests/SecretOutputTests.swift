import Foundation
import Testing

/// A secret in a line of an input, looked for in every output.
struct SecretOutputTests {
  static let value = "Zk3v9QmT7xR2bW8nLs5yHd4cJf6gPa1uEo"

  /// In an application's log.
  static let texts = [
    #"{"client_secret" : "V"}"#, #"{\"password\":\"V\"}"#, "--client-secret V", "KC_DB_PASSWORD=V",
    "https://user:V@host/x", "curl -u admin:V", #""client_secret"=>"V""#, "client_secret%3DV",
    "Authorization: DPoP V", "x-amzn-oidc-data: V", #""set-cookie":["a=b","session=V"]"#,
    "session_code=V", "bindCredential=V", "token 'V'", "Token V is not active", "opaque token [V]",
    #"Authorization: Digest username="x", response="V""#, "/reset-password/V",
  ]
  /// As the target of a refused request.
  static let targets = [
    "/api/x;jsessionid=V", "/p&access_token=V", "/a%3Faccess_token%3DV", "/api/v1/Bearer%20V",
    "https://u:V@h/x", "/reset-password/V", "/invite/V", "/ws;token=V", "/a/action-token?key=V",
  ]

  @Test(arguments: texts) func `a secret in a message is in no output`(_ text: String) throws {
    let words = text.replacing("V", with: Self.value)
    try expectNone(
      "2026-11-23T10:00:05Z ERROR auth: token rejected: jwt expired \(words)\n", lines: 1)
    let quoted = words.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    try expectNone(
      "{\"time\":\"2026-11-23T10:00:05Z\",\"level\":\"error\",\"msg\":\"jwt expired \(quoted)\"}\n",
      lines: 1)
  }

  @Test(arguments: targets) func `a secret in a path is in no output`(_ text: String) throws {
    let target = text.replacing("V", with: Self.value)
    let log = (0..<3).map {
      "172.20.8.64 - - [23/Nov/2026:18:20:1\($0) +0000] \"GET \(target) HTTP/1.1\" 401 60 \"-\""
        + " \"okhttp/4.12\" 612 0.004 [shop-orders-8080] [] 10.244.1.134:8080 60 0.004 401"
        + " 3f0c1d2e4b5a69788796a5b4c3d2e1f\($0)\n"
    }.joined()
    try expectNone(log, lines: 3)
  }

  private func expectNone(_ log: String, lines: Int) throws {
    let name = "secret-\(UUID().uuidString)"
    let file = try Scratch.file(log, name: name + ".log")
    let reports = OutputTests.reports.map { Scratch.folder.appending(path: "\(name).\($0)") }
    var arguments = [file.path]
    for (option, report) in zip(OutputTests.reports, reports) {
      arguments += ["--\(option)", report.path]
    }
    var outputs = [try Tool.run(arguments)]
    outputs.append(try Tool.run(["records", file.path]))
    outputs.append(try Tool.run(["show", reports[0].path, "F1"]))
    for number in 1...lines {
      outputs.append(try Tool.run(["formats", "--why", "\(file.path):\(number)"]))
    }
    for output in outputs {
      #expect(!output.output.contains(Self.value), "\(output.output)")
      #expect(!output.errors.contains(Self.value))
    }
    for report in reports {
      #expect(try !String(contentsOf: report, encoding: .utf8).contains(Self.value), "\(report)")
    }
  }
}
