import Foundation
import Testing

/// Commands as people type them, given to the built binary.
@Suite struct CommandTests {
  static let refused = """
    HTTP/1.1 401 Unauthorized
    Date: Mon, 23 Nov 2026 17:21:40 GMT
    Content-Length: 0


    """

  /// All that is printed and written of a command and what is below it.
  static func output(_ command: String, _ below: String = refused) throws -> String {
    let file = try Scratch.file(command + "\n" + below, name: UUID().uuidString + "-command.txt")
    let report = try Tool.run(["-q", file.path])
    let json = try Tool.run(["-q", "--json", "-", file.path])
    let records = try Tool.run(["records", file.path])
    return report.output + json.output + records.output
  }

  @Test(arguments: [
    "curl -siu admin:pa.ss-w0rd https://api.example.org/orders",
    "curl -siuadmin:pa.ss-w0rd https://api.example.org/orders",
    "curl -uadmin:pa.ss-w0rd -i api.example.org/orders",
    "curl -skiH 'Cookie: SESSION=pa.ss-w0rd' https://api.example.org/orders",
    "curl -sid 'client_secret=pa.ss-w0rd' https://api.example.org/orders",
    "curl -siH \"Authorization: Bearer pa.ss-w0rd\" https://api.example.org/orders",
    "curl -i --unheard-of pa.ss-w0rd api.example.org/orders",
    "curl -i --proxy-user admin:pa.ss-w0rd api.example.org/orders",
    "curl -i –u pa.ss-w0rd api.example.org/orders",
    "curl -i https://admin:pa.ss-w0rd@api.example.org/orders",
    "curl -i 'Authorization: pa.ss-w0rd' api.example.org/orders",
    "curl -i token=pa.ss-w0rd api.example.org/orders",
    "curl -i admin:pa.ss-w0rd api.example.org/orders",
    "curl -i $USER:pa.ss-w0rd api.example.org/orders",
  ])
  func `no credential of a command is taken for its address`(_ command: String) throws {
    let output = try Self.output(command)
    #expect(output.contains("\"http.response.status_code\":401"))
    #expect(!output.contains("pa.ss-w0rd"))
    if command.contains("https://") { #expect(output.contains("api.example.org")) }
  }

  @Test(arguments: [
    "curl -i $KC/realms/shop/account",
    "curl -i ${KC}/realms/shop/account",
    "curl -i \"https://$HOST:8443/realms/shop/account\"",
    "curl -i $OPTS https://sso.example.org/realms/shop/account",
    "curl -i $OPTS sso.example.org/realms/shop/account",
    "curl -i $OPTS $KC/realms/shop/account",
  ])
  func `the path behind a variable is kept, and no host is made up`(_ command: String) throws {
    let output = try Self.output(command)
    #expect(output.contains("\"url.path\":\"/realms/shop/account\""))
    #expect(!output.contains("variable"))
    #expect(output.contains("sso.example.org") == command.contains("sso.example.org"))
  }

  @Test(arguments: [
    ("-s", true), ("-sSkL -o /dev/null", true), ("--max-time 5 --compressed", true),
    ("-F 'file=@x'", false), ("-sH 'Authorization: Bearer $TOKEN'", false),
    ("-uadmin:secret", false), ("-n", false), ("--netrc", false), ("-sn", false),
    ("-H @headers", false), ("-H \"$AUTH\"", false), ("-K config", false), ("-E me.pem", false),
    ("--cert me.pem", false), ("--negotiate -u :", false), ("--unheard-of", false),
    ("$OPTS", false),
  ])
  func `only a command that is understood in full sent no credential`(
    _ options: String, _ isBare: Bool
  ) throws {
    let file = try Scratch.file(
      "curl https://api.example.org/orders \(options)\n{\"message\":\"Unauthorized\"}\n",
      name: UUID().uuidString + "-command.txt")
    let findings = try Tool.report([file.path])["findings"] as? [[String: Any]]
    #expect((findings?.first?["cause"] as? String == "token.missing") == isBare)
  }
}
