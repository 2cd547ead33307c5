import Foundation

/// Lines of ingress-nginx's error log on the day of `EdgeLog`.
enum EdgeErrors {
  static func reloads(at seconds: Int...) -> String {
    seconds.map { line($0, "[notice] 7#7: reconfiguring") }.joined()
  }

  /// The edge finds nobody where it should pass a client's request on.
  static func refused(
    _ time: Double, client: Int, _ method: String, _ path: String, host: String
  ) -> String {
    line(
      Int(time),
      """
      [error] 7#7: *\(Int(time)) connect() failed (111: Connection refused) while connecting to upstream, \
      client: 203.0.113.\(20 + client), server: \(host), request: "\(method) \(path) HTTP/1.1", \
      upstream: "http://198.51.100.20:8080\(path)", host: "\(host)"
      """)
  }

  private static func line(_ second: Int, _ text: String) -> String {
    String(format: "2026/05/12 10:%02d:%02d %@\n", second / 60, second % 60, text)
  }
}
