import Foundation
import Testing

/// What Keycloak wrote of the calls that a service makes to check tokens.
struct BackCallTests {
  @Test func `a session that Keycloak misses and finds again is not shared between replicas`()
    throws
  {
    let inTurn = try Self.checked().causes(keycloak: Self.introspections { $0 % 3 != 0 })
    #expect(inTurn == ["keycloak.sessions_not_shared"])
    let ended = try Self.checked().causes(keycloak: Self.introspections { _ in false })
    #expect(!ended.contains("keycloak.sessions_not_shared"))
    #expect(!ended.isEmpty)
  }

  @Test func `of two events of one refused introspection the first tells why`() throws {
    let pair = Self.refusals { time in
      KeycloakLines.at(
        [time + 0.001], Self.introspection("invalid_client_credentials", "orders-rs"))
        + KeycloakLines.at([time + 0.003], Self.introspection("invalid_client", "orders-rs"))
    }
    #expect(try Self.checked().causes(keycloak: pair) == ["client.bad_secret"])
    let last = Self.refusals { time in
      KeycloakLines.at([time + 0.003], Self.introspection("invalid_client", "orders-rs"))
    }
    #expect(!(try Self.checked().causes(keycloak: last)).contains("client.bad_secret"))
  }

  @Test func `Keycloak's access log shows a service whose introspections it does not accept`()
    throws
  {
    let refused = Self.refusals { Self.access($0, "POST", "token/introspect", "401 78") }
    #expect(try Self.checked().causes(keycloak: refused) == ["client.bad_secret"])
    let good = Self.refusals { Self.access($0, "POST", "token/introspect", "200 813") }
    #expect(!(try Self.checked().causes(keycloak: good)).contains("client.bad_secret"))
  }

  @Test func `a service that never finds the keys at its address has the wrong one`() throws {
    let missed = Self.everyCall { Self.access($0, "GET", "jwks", "404 58") }
    #expect(
      try Self.neverServed().causes(keycloak: missed) == ["resource_server.keycloak_url_wrong"])
    let others = Self.everyCall {
      Self.access($0, "GET", "jwks", "404 58", from: "198.51.100.77")
    }
    #expect(
      !(try Self.neverServed().causes(keycloak: others))
        .contains("resource_server.keycloak_url_wrong"))
  }

  @Test func `whoever is answered by Keycloak has a name and a way to it`() throws {
    let heard = Self.refusals {
      KeycloakLines.at([$0 + 0.001], Self.introspection("invalid_token", "orders-rs"))
    }
    let log = Self.checked(others: true)
    #expect(Self.isLost(try log.causes()))
    #expect(!Self.isLost(try log.causes(keycloak: heard)))
  }

  private static func isLost(_ causes: [String]) -> Bool {
    causes.contains { $0.hasPrefix("dns.") || $0.hasPrefix("netpol.") }
  }

  private static let service = "198.51.100.20"

  private static func introspection(_ error: String, _ client: String) -> String {
    """
    WARN  [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN_ERROR", realmName="shop", \
    clientId="\(client)", sessionId="null", ipAddress="\(service)", error="\(error)"
    """
  }

  private static func access(
    _ time: Double, _ method: String, _ path: String, _ answer: String,
    from address: String = service
  ) -> String {
    let second = Int(time)
    return KeycloakLines.at(
      [time + 0.002],
      """
      INFO  [org.keycloak.http.access-log] (executor-thread-1) \(address) - - \
      [12/May/2026:10:\(String(format: "%02d:%02d", second / 60, second % 60)) +0000] \
      "\(method) /realms/shop/protocol/openid-connect/\(path) HTTP/1.1" \(answer)
      """)
  }

  /// The calls of four clients, of which a part is refused.
  private static let calls = (0..<120).map { k in (time: 3 + 0.7 * Double(k), client: k % 4) }
  private static func isRefused(_ k: Int) -> Bool { (40..<80).contains(k) }

  private static func refusals(_ lines: (Double) -> String) -> String {
    calls.indices.filter(isRefused).map { lines(calls[$0].time) }.joined()
  }

  private static func everyCall(_ lines: (Double) -> String) -> String {
    calls.map { lines($0.time) }.joined()
  }

  /// Each client has one session, which is found where `isFound`, and always outside the refusals.
  private static func introspections(isFound: (Int) -> Bool) -> String {
    calls.indices.map { k in
      let isGood = k < 40 || isFound(k)
      return KeycloakLines.at(
        [calls[k].time + 0.001],
        """
        \(isGood ? "DEBUG" : "WARN ") [org.keycloak.events] (executor-thread-1) \
        type="INTROSPECT_TOKEN\(isGood ? "" : "_ERROR")", realmName="shop", clientId="orders-rs", \
        sessionId="session-\(calls[k].client)", ipAddress="\(service)"\
        \(isGood ? "" : ", error=\"user_session_not_found\"")
        """)
    }.joined()
  }

  /// A service that asks Keycloak about each token; others are served throughout.
  private static func checked(others: Bool = false) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 { log.token(0.2 * Double(client), client: client) }
    for (k, call) in calls.enumerated() {
      log.call(
        call.time, client: call.client, "/orders/items/\(k)",
        isRefused(k) ? (401, 126) : (200, 300 + k % 7), length: 1300)
      log.call(
        call.time + 0.3, client: call.client, "/stock/items/\(k)",
        isRefused(k) && others ? (401, 74) : (200, 500 + k % 5), length: 1300)
    }
    return log
  }

  private static func neverServed() -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 { log.token(0.2 * Double(client), client: client) }
    for (k, call) in calls.enumerated() {
      log.call(call.time, client: call.client, "/orders/items/\(k)", (401, 111), length: 1300)
      log.call(
        call.time + 0.35, client: call.client, "/stock/items/\(k)", (200, 500 + k % 5),
        length: 1300)
    }
    return log
  }
}
