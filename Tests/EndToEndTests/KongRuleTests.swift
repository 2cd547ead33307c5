import Foundation
import Testing

/// Kong's own refusals on a route, by its log as JSON.
struct KongRuleTests {
  private static let cause = "resource_server.settings_wrong"

  @Test func `a gateway that refuses on one route what it accepted before has another rule`() throws
  {
    #expect(try Self.causes(challenge: "Bearer error=\"invalid_token\"") == [Self.cause])
    // Another plug-in wants another credential.
    #expect(!(try Self.causes(challenge: "Key realm=\"kong\"")).contains(Self.cause))
    // What is behind it refuses: it may have asked somebody.
    #expect(
      !(try Self.causes(challenge: "Bearer error=\"invalid_token\"", isOfService: true)).contains(
        Self.cause))
  }

  /// Five clients of two routes; from the 60th to the 120th second one route refuses everybody.
  private static func causes(
    challenge: String, isOfService: Bool = false
  ) throws -> Set<String> {
    var lines: [(time: Double, text: String)] = []
    for client in 0..<5 {
      lines.append(
        line(
          0.2 * Double(client), client, "sso", "/realms/shop/protocol/openid-connect/token", 200,
          method: "POST"))
      for k in 0..<80 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let isRefused = (60..<120).contains(time)
        lines.append(
          line(
            time, client, "orders", "/orders/items/\(k % 7)", isRefused ? 401 : 200,
            challenge: isRefused ? challenge : nil, isOfService: isOfService))
        lines.append(line(time + 0.4, client, "billing", "/billing/items/\(k % 7)", 200))
      }
    }
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    let path = try Scratch.file(text, name: "kong-\(UUID().uuidString).log").path
    return try Tool.attributions([path]).below("/orders").causes
  }

  private static func line(
    _ time: Double, _ client: Int, _ service: String, _ uri: String, _ status: Int,
    method: String = "GET", challenge: String? = nil, isOfService: Bool = false
  ) -> (Double, String) {
    let isOwn = status == 401 && !isOfService
    let refused = challenge.map {
      ",\"www-authenticate\":\"\($0.replacing("\"", with: "\\\""))\""
    }
    let start = 1_778_580_000_000 + Int(time * 1000)
    return (
      time,
      """
      {"latencies":{"kong":1,"proxy":\(isOwn ? -1 : 6),"request":\(isOwn ? 1 : 7),"receive":0},\
      "request":{"id":"\(String(format: "%032x", Int(time * 100) * 8 + client))","method":"\(method)",\
      "uri":"\(uri)","url":"https://api.example.com:8443\(uri)","querystring":{},"size":1500,\
      "headers":{"host":"api.example.com","user-agent":"client-\(client)/1.0","authorization":"REDACTED"}},\
      "response":{"status":\(status),"size":\(status == 401 ? 326 : 700),"headers":\
      {"content-type":"application/json","content-length":"88"\(refused ?? "")}},\
      "route":{"name":"\(service)"},"service":{"name":"\(service)","host":"\(service).svc","port":8080},\
      "tries":[\(isOwn ? "" : "{\"ip\":\"10.42.4.2\",\"port\":8080}")],\
      "upstream_status":"\(isOwn ? "" : "\(status)")","upstream_uri":"\(isOwn ? "" : uri)",\
      "client_ip":"203.0.113.\(20 + client)","started_at":\(start),\
      "source":"\(isOwn ? "kong" : "upstream")"}
      """
    )
  }
}
