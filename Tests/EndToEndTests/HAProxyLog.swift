import Foundation
import Testing

/// Lines of HAProxy's HTTP log on the day of `EdgeLog`; sizes count the headers, too.
struct HAProxyLog {
  private var lines: [(time: Double, text: String)] = []
  /// Of the clients' addresses, which requests that follow come from; each has its own connections.
  var program = 0
  /// Whether user agents are captured.
  var hasAgents = true

  /// The first part of a path is the service.
  /// - Parameters:
  ///   - state: of the session at its end; `LR--`: HAProxy answered by itself.
  ///   - retries: of the connection to the server, one a second.
  mutating func call(
    _ time: Double, client: Int, _ path: String, _ answer: (status: Int, size: Int),
    agent: String? = nil, state: String = "----", retries: Int = 0
  ) {
    let service = path.split(separator: "/")[0]
    add(
      time, client, "\(service)", "GET \(path)", answer, agent ?? "client-\(client)/1.0",
      state: state, retries: retries)
  }

  /// - Parameter state: of the session at its end; `SC--`: no server was left.
  mutating func token(
    _ time: Double, client: Int, _ answer: (status: Int, size: Int) = (200, 3100),
    state: String = "----", realm: String = "shop"
  ) {
    add(
      time, client, "sso", "POST /realms/\(realm)/protocol/openid-connect/token", answer,
      "client-\(client)/1.0", state: state)
  }

  /// A browser asks for the login page.
  mutating func login(
    _ time: Double, client: Int, _ answer: (status: Int, size: Int), state: String = "----"
  ) {
    add(
      time, client, "sso",
      "GET /realms/shop/protocol/openid-connect/auth?client_id=web&response_type=code", answer,
      "Mozilla/5.0", state: state)
  }

  /// A line of HAProxy's own.
  mutating func say(_ time: Double, _ text: String) {
    lines.append((time, "May 12 \(Self.clock(time)) edge haproxy[8]: \(text)"))
  }

  private mutating func add(
    _ time: Double, _ client: Int, _ service: String, _ request: String,
    _ answer: (status: Int, size: Int), _ agent: String, state: String = "----", retries: Int = 0
  ) {
    let clock = Self.clock(time)
    let isAlone = state.hasPrefix("SC") || state.hasPrefix("LR")
    let server =
      retries > 0
      ? "s1 0/0/-1/-1/\(1000 * retries + 2)" : isAlone ? "<NOSRV> 0/-1/-1/-1/0" : "s1 0/0/0/4/4"
    let fraction = String(format: "%03d", Int(time * 1000) % 1000)
    lines.append(
      (
        time,
        """
        May 12 \(clock) edge haproxy[8]: 203.0.113.\(client):\(41000 + client + 500 * program) \
        [12/May/2026:\(clock).\(fraction)] https \(service)/\(server) \(answer.status) \(answer.size) \
        - - \(state) 3/3/0/0/\(retries) 0/0 \(hasAgents ? "{\(agent)} " : "")"\(request) HTTP/1.1"
        """
      ))
  }

  private static func clock(_ time: Double) -> String {
    String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
  }

  func causes() throws -> [String] { try EdgeLog.causes(of: [file()]) }

  /// The causes of the failures with a status.
  func causes(of status: Int, path: String = "/") throws -> Set<String> {
    let rows = try Tool.attributions([file()]).filter {
      $0["status"] as? Int == status && ($0["path"] as? String ?? "").hasPrefix(path)
    }
    try #require(!rows.isEmpty)
    return Set(rows.compactMap { $0["cause"] as? String })
  }

  var text: String { lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined() }

  private func file() throws -> String {
    try Scratch.file(text, name: "haproxy-\(UUID().uuidString).log").path
  }
}
