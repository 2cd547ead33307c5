import Foundation
import Testing

/// Calls that went out on a connection which nobody at its other end remembers.
struct IdleConnectionTests {
  private static let idle = "proxy.idle_dropped"

  @Test func `two first calls after a pause may be reset side by side`() throws {
    #expect(try Self.paused((502, 0.001), calls: 2, isTold: true) == [Self.idle])
    let lost = try Self.paused((502, 0.001), calls: 2, isTold: true, retry: false)
    #expect(lost == ["keycloak.down"])
  }

  @Test func `first calls after a pause need no word of why they failed`() throws {
    #expect(try Self.paused((502, 0.001)) == [Self.idle])
    #expect(try Self.paused((502, 0.001), retry: false) == ["keycloak.down"])
    #expect(!(try Self.paused((502, 0.001), pause: 30)).contains(Self.idle))
  }

  @Test func `first calls after a pause that nobody answers are of idle connections, too`() throws {
    #expect(try Self.paused((504, 10)) == [Self.idle])
    let lost = try Self.paused((504, 10), retry: false)
    #expect(!lost.isEmpty && !lost.contains(Self.idle))
  }

  /// Calls for tokens that fail each time after a pause, and are made again half a second later.
  /// - Parameters:
  ///   - failure: status and seconds.
  ///   - calls: how many go out at once.
  ///   - isTold: the edge's error log says that they were reset.
  ///   - retry: whether the next ones are answered.
  private static func paused(
    _ failure: (status: Int, seconds: Double), calls: Int = 1, isTold: Bool = false,
    retry: Bool = true, pause: Double = 120
  ) throws -> [String] {
    var log = EdgeLog()
    var errors = ""
    for k in 0..<6 {
      let time = 5.2 + pause * Double(k) + failure.seconds
      for client in 1...calls {
        let sent = time + 0.004 * Double(client)
        log.token(sent, client: client, (failure.status, 150), seconds: failure.seconds)
        if isTold { errors += reset(sent, client: client) }
        log.token(
          time + 0.5 + 0.1 * Double(client), client: client,
          retry ? (200, 1441) : (failure.status, 150), seconds: retry ? 0.03 : failure.seconds)
      }
      for n in 0..<Int(pause / 4) {
        log.call(
          time + 3 + 3 * Double(n), client: 1, "/orders/items/\(n % 9)", (200, 300 + n % 7),
          length: 0)
      }
    }
    return try log.causes(others: errors.isEmpty ? [] : [("edge-error", errors)])
  }

  private static func reset(_ time: Double, client: Int) -> String {
    """
    2026/05/12 10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) [error] 7#7: *\(client) \
    recv() failed (104: Connection reset by peer) while reading response header from upstream, \
    client: 203.0.113.\(20 + client), server: sso.example.com, request: \
    "POST /realms/shop/protocol/openid-connect/token HTTP/1.1", upstream: \
    "http://198.51.100.20:8080/realms/shop/protocol/openid-connect/token", host: "sso.example.com"

    """
  }
}
