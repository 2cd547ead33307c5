import Foundation

/// Lines of Istio's ingress gateway on the day of `EdgeLog`.
struct IstioLog {
  private var lines: [(time: Double, text: String)] = []

  /// A path of a realm is Keycloak's, else its first part is the service. `details`: why the gateway itself
  /// answered; an answer of what is behind it otherwise.
  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    details: String? = nil, agent: String? = nil, method: String = "GET"
  ) {
    let stamp = String(
      format: "2026-05-12T10:%02d:%06.3fZ", Int(time) / 60, time - 60 * Double(Int(time) / 60))
    let part = path.split(separator: "/")[0]
    let service = part == "realms" ? "keycloak" : part
    let address = details == nil ? "198.51.100.20:8080" : "-"
    lines.append(
      (
        time,
        """
        [\(stamp)] "\(method) \(path) HTTP/1.1" \(answer.status) - \(details ?? "via_upstream") - "-" 0 \
        \(answer.size) 4 - "203.0.113.\(client)" "\(agent ?? "client-\(client)/1.0")" \
        "\(String(format: "%032x", lines.count + 1))" "api.example.com" "\(address)" \
        outbound|8080||\(service).shop.svc.cluster.local - 10.0.0.5:8443 203.0.113.\(client):5142 \
        api.example.com -
        """
      ))
  }

  mutating func token(_ time: Double, client: Int, agent: String? = nil) {
    call(
      time, client: client, "/realms/shop/protocol/openid-connect/token", (200, 1400),
      agent: agent, method: "POST")
  }

  /// The causes of its report, with Keycloak's log beside it where given.
  func causes(keycloak: String? = nil) throws -> [String] {
    let edge = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(
      of: ([edge] + [keycloak].compactMap { $0 }).map {
        try Scratch.file($0, name: "\(UUID().uuidString).log").path
      })
  }
}
