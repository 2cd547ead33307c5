import Foundation
import Testing

/// What a service asks of Keycloak within each refusal, as Keycloak's access log shows it.
struct CheckersCallsTests {
  @Test func `introspections that Keycloak refuses for want of HTTPS are why a service refuses`()
    throws
  {
    let end = "POST /realms/shop/protocol/openid-connect/token/introspect"
    #expect(try Self.causes(end, status: 403, size: 64).first == "proxy.https_required")
    #expect(try Self.causes(end, status: 403, size: 65).first != "proxy.https_required")
    #expect(try Self.causes(end, status: 200, size: 64).first != "proxy.https_required")
  }

  @Test func `a service that asks Keycloak for a page instead of keys has a wrong address`() throws
  {
    let cause = "resource_server.keycloak_url_wrong"
    #expect(try Self.causes("GET /realms/shop/account", status: 200, size: 5010).first == cause)
    #expect(
      try Self.causes("GET /realms/shop/protocol/openid-connect/certs", status: 200, size: 2900)
        .first != cause)
    // Of a client that comes through the edge.
    #expect(
      try Self.causes(
        "GET /realms/shop/account", status: 200, size: 5010, from: "203.0.113.21"
      ).first != cause)
  }

  @Test
  func `keys that a service asks for through an edge without a route for them are on a wrong path`()
    throws
  {
    let cause = "ingress.wrong_path"
    #expect(
      try Self.refusals { $0.keys($1, (404, 19), answeredByEdge: true) }.causes() == [cause])
    #expect(!(try Self.refusals { $0.keys($1, (200, 2900)) }.causes()).contains(cause))
    #expect(!(try Self.refusals { _, _ in }.causes()).contains(cause))
  }

  /// Four clients of two services, one of which refuses everybody in the second minute.
  /// - Parameter call: adds what the service asks for at a refusal's time.
  private static func refusals(_ call: (inout EdgeLog, Double) -> Void) -> EdgeLog {
    var log = EdgeLog()
    for k in 0..<60 {
      for client in 0..<4 {
        let time = 1.5 + 2 * Double(k) + 0.3 * Double(client)
        if k == 0 { log.token(time - 1, client: client) }
        log.call(
          time + 0.1, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
        let isRefused = k > 30 && k < 50
        if isRefused { call(&log, time - 0.01) }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 87) : (200, 340 + k % 5),
          length: 0, seconds: 0.02)
      }
    }
    return log
  }

  /// The same, each refusal after a call to Keycloak.
  private static func causes(
    _ call: String, status: Int, size: Int, from address: String = "198.51.100.20"
  ) throws -> [String] {
    var keycloak = ""
    let log = refusals { _, time in
      let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
      keycloak += KeycloakLines.at(
        [time],
        """
        INFO  [org.keycloak.http.access-log] (executor-thread-3) \(address) - - \
        [12/May/2026:\(clock) +0000] "\(call) HTTP/1.1" \(status) \(size)
        """)
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }
}
