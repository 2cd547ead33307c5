import Foundation

/// Lines of HAProxy's HTTP log on the day of `EdgeLog`; sizes count the headers, too.
struct HAProxyLog {
  private var lines: [(time: Double, text: String)] = []

  /// The first part of a path is the service.
  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    agent: String? = nil
  ) {
    let service = path.split(separator: "/")[0]
    add(time, client, "\(service)", "GET \(path)", answer, agent ?? "client-\(client)/1.0")
  }

  mutating func token(_ time: Double, client: Int) {
    add(
      time, client, "sso", "POST /realms/shop/protocol/openid-connect/token", (200, 3100),
      "client-\(client)/1.0")
  }

  private mutating func add(
    _ time: Double, _ client: Int, _ service: String, _ request: String,
    _ answer: (status: Int, size: Int), _ agent: String
  ) {
    let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
    let fraction = String(format: "%03d", Int(time * 1000) % 1000)
    lines.append(
      (
        time,
        """
        May 12 \(clock) edge haproxy[8]: 203.0.113.\(client):\(41000 + client) \
        [12/May/2026:\(clock).\(fraction)] https \(service)/s1 0/0/0/4/4 \(answer.status) \(answer.size) \
        - - ---- 3/3/0/0/0 0/0 {\(agent)} "\(request) HTTP/1.1"
        """
      ))
  }

  func causes() throws -> [String] {
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [
      Scratch.file(text, name: "haproxy-\(UUID().uuidString).log").path
    ])
  }
}
