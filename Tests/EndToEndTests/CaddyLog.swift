import Foundation

/// Lines of Caddy's access log on the day of `EdgeLog`; an application's answers pass through.
struct CaddyLog {
  private var lines: [(time: Double, text: String)] = []

  /// - Parameters:
  ///   - challenge: `WWW-Authenticate` of the answer, as JSON has it.
  ///   - isTokenSent: the request has an Authorization header, of which no value is logged.
  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    challenge: String? = nil, isTokenSent: Bool = false
  ) {
    let method = path.hasSuffix("token") ? "POST" : "GET"
    let sent = isTokenSent ? ",\"Authorization\":[\"REDACTED\"]" : ""
    let header = challenge.map { ",\"Www-Authenticate\":[\"\($0)\"]" } ?? ""
    lines.append(
      (
        time,
        """
        {"level":"info","ts":\(1_778_580_000 + time),"logger":"http.log.access.log0","msg":"handled request",\
        "request":{"remote_ip":"203.0.113.\(client)","remote_port":"\(40000 + client)",\
        "client_ip":"203.0.113.\(client)","proto":"HTTP/1.1","method":"\(method)","host":"api.example.com",\
        "uri":"\(path)","headers":{"User-Agent":["client-\(client)/1.0"]\(sent)}},"bytes_read":0,"user_id":"",\
        "duration":0.003,"size":\(answer.size),"status":\(answer.status),\
        "resp_headers":{"Server":["Caddy","gunicorn"]\(header)}}
        """
      ))
  }

  mutating func token(_ time: Double, client: Int, isTokenSent: Bool = false) {
    call(
      time, client: client, "/realms/shop/protocol/openid-connect/token", (200, 1400),
      isTokenSent: isTokenSent)
  }

  func causes() throws -> [String] {
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [Scratch.file(text, name: "\(UUID().uuidString).log").path])
  }
}
