import Foundation
import Testing

/// What befell a client's calls for tokens explains no refusal of one who holds a good token.
struct GoodTokenTests {
  @Test func `a client that other services serve in the same second does not lack a token`() throws
  {
    let keycloak = Self.disabled(from: 120, to: 420)
    #expect(
      try Self.client(isServedBeside: false).causes(keycloak: keycloak) == ["client.disabled"])
    let beside = try Self.client(isServedBeside: true)
    #expect(
      try beside.causes(ofPath: "/orders", keycloak: keycloak).isDisjoint(with: ["client.disabled"])
    )
  }

  @Test func `who is refused tokens again and again is refused for that, also while it waits`()
    throws
  {
    let keycloak = KeycloakLines.spell(
      from: 120, to: 420, every: 10,
      """
      WARN  [org.keycloak.events] (executor-thread-1) type="LOGIN_ERROR", realmName="shop", clientId="batch", \
      ipAddress="203.0.113.27", error="resolve_required_actions", grant_type="password"
      """)
    let cause = "user.action_required"
    let client = try Self.client(isServedBeside: false)
    #expect(try client.causes(ofPath: "/orders", keycloak: keycloak) == [cause])
    let late = try Self.client(isServedBeside: false, tokenSeconds: 5)
    #expect(try late.causes(ofPath: "/orders", keycloak: keycloak) == [cause])
    let beside = try Self.client(isServedBeside: true)
    #expect(try beside.causes(ofPath: "/orders", keycloak: keycloak).isDisjoint(with: [cause]))
  }

  private static func disabled(from: Int, to: Int) -> String {
    KeycloakLines.spell(
      from: from, to: to, every: 10,
      """
      WARN  [org.keycloak.events] (executor-thread-1) type="CLIENT_LOGIN_ERROR", realmName="shop", \
      clientId="batch", ipAddress="203.0.113.27", error="client_disabled", grant_type="client_credentials"
      """)
  }

  /// Four clients are served; a fifth is until its calls for tokens are refused, and goes on with what it has, which
  /// one of two services refuses from then on.
  /// - Parameter tokenSeconds: what its calls for tokens take; the calls to services come in between.
  private static func client(isServedBeside: Bool, tokenSeconds: Double = 0.005) throws -> EdgeLog {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    log.token(1, client: 7)
    for k in 1..<42 {
      let time = Double(10 * k)
      if k >= 12 {
        log.token(
          time + (tokenSeconds < 1 ? 0.2 : 4.5), client: 7, (401, 75), seconds: tokenSeconds)
      }
      if isServedBeside {
        // The path is longer by a letter, the headers are the same.
        log.call(time + 2.8, client: 7, "/parcels/items/\(k)", (200, 240), length: 1301)
      }
      let isOld = k > 26
      log.call(
        time + 3, client: 7, "/orders/items/\(k)", isOld ? (401, 26) : (200, 300), length: 1300)
    }
    return log
  }

  @Test func `sessions that Keycloak misses after its start were lost, not unreachable`() throws {
    #expect(try Self.restarted(isMissed: true).contains("session.expired"))
    #expect(!(try Self.restarted(isMissed: false)).contains("session.expired"))
  }

  /// Keycloak is stopped and started; before and after, a service asks it about each token.
  private static func restarted(isMissed: Bool) throws -> Set<String> {
    var log = EdgeLog()
    let stop = 40.0
    let start = 60.0
    var keycloak = log.checked(4, isRefused: { $1 > stop }) { call, time in
      if time > stop, time < start { return [] }
      let session = "sessionId=\"0b2cdf3a-17a4-4be4-9a3e-3c5d9e1c70d\(call.client)\""
      let user = "userId=\"user-\(call.client)\", \(session), ipAddress=\"198.51.100.20\""
      let event = "realmName=\"shop\", clientId=\"parcels\", \(user)"
      guard call.isRefused else {
        return [
          "DEBUG [org.keycloak.events] (executor-thread-2) type=\"INTROSPECT_TOKEN\", \(event)"
        ]
      }
      let error = isMissed ? "user_session_not_found" : "invalid_token"
      return [
        "WARN  [org.keycloak.events] (executor-thread-2) type=\"INTROSPECT_TOKEN_ERROR\", \(event), error=\"\(error)\""
      ]
    }
    for k in 0..<10 {
      log.token(stop + 1 + 2 * Double(k), client: k % 4, (503, 190), upstream: "auth-keycloak-8080")
    }
    keycloak += KeycloakLines.at(
      [stop], "INFO  [io.quarkus] (Shutdown thread) Keycloak stopped in 0.121s")
    keycloak += KeycloakLines.at(
      [start],
      "INFO  [io.quarkus] (main) Keycloak 25.0.6 on JVM (powered by Quarkus 3.8.5) started in 9.1s")
    let inputs = try EdgeLog.files(log.text(), KeycloakLines.inOrder(keycloak))
    let rows = try Tool.attributions(inputs).filter {
      ($0["time"] as? String ?? "") > "2026-05-12T10:01:01"
    }
    #expect(!rows.isEmpty)
    return Set(rows.compactMap { $0["cause"] as? String })
  }

  @Test func `a client's credentials are not wrong where the cache did not answer the check`()
    throws
  {
    #expect(try Self.assertions(isCacheSilent: true) == ["keycloak.cache_timeout"])
    #expect(try Self.assertions(isCacheSilent: false) == ["client.bad_secret"])
  }

  /// Client assertions may be used once: Keycloak asks the cache, and refuses the client if that fails.
  private static func assertions(isCacheSilent: Bool) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<12 {
      let time = 40 + 5 * Double(k)
      log.token(time, client: 7, (400, 192), seconds: 6)
      if isCacheSilent {
        keycloak += KeycloakLines.at(
          [time - 0.02],
          """
          WARN  [org.keycloak.services] (executor-thread-3) KC-SERVICES0050: Error when validating client assertion: \
          org.infinispan.commons.TimeoutException: ISPN000476: Timed out waiting for responses for request \
          41\(k) from keycloak-1-22675 after 6 seconds
          """)
      }
      keycloak += KeycloakLines.at(
        [time - 0.01],
        """
        WARN  [org.keycloak.events] (executor-thread-3) type="CLIENT_LOGIN_ERROR", realmName="shop", \
        clientId="batch", ipAddress="203.0.113.27", error="invalid_client_credentials", \
        grant_type="client_credentials"
        """)
    }
    return try log.causes(ofPath: "", keycloak: keycloak)
  }
}
