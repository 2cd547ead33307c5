import Foundation

/// Lines of Kong's `file-log` on the day of `EdgeLog`; answers with a challenge are Kong's own.
struct KongLog {
  private var lines: [(time: Double, text: String)] = []

  var text: String { lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined() }

  mutating func token(_ time: Double, client: Int) {
    call(
      time, client: client, "/realms/shop/protocol/openid-connect/token", (200, 3100),
      isTokenSent: false)
  }

  /// - Parameter challenge: `WWW-Authenticate` of the answer, as JSON has it.
  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    challenge: String? = nil, isTokenSent: Bool = true
  ) {
    let service = path.split(separator: "/")[0]
    let sent = isTokenSent ? ",\"authorization\":\"REDACTED\"" : ""
    let header = challenge.map { ",\"www-authenticate\":\"\($0)\"" } ?? ""
    let tries = challenge == nil ? "[{\"ip\":\"198.51.100.20\",\"port\":8080}]" : "[]"
    lines.append(
      (
        time,
        """
        {"latencies":{"kong":1,"proxy":\(challenge == nil ? 9 : -1),"request":11,"receive":0},\
        "request":{"id":"\(String(format: "%032x", lines.count + 1))",\
        "method":"\(path.hasSuffix("token") ? "POST" : "GET")","uri":"\(path)",\
        "url":"https://api.example.com:8443\(path)","querystring":{},"size":\(isTokenSent ? 1551 : 410),\
        "headers":{"host":"api.example.com","user-agent":"client-\(client)/1.0"\(sent)}},\
        "response":{"status":\(answer.status),"size":\(answer.size),\
        "headers":{"content-type":"application/json; charset=utf-8"\(header)}},\
        "route":{"name":"\(service)"},"service":{"name":"\(service)","host":"\(service).svc","port":8080},\
        "tries":\(tries),"client_ip":"203.0.113.\(20 + client)",\
        "started_at":\(1_778_580_000_000 + Int(time * 1000)),\
        "source":"\(challenge == nil ? "upstream" : "kong")"}
        """
      ))
  }
}
