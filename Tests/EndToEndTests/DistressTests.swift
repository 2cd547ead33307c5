import Testing

/// Keycloak's own log says how it fails: what waits for it meanwhile waits for that.
struct DistressTests {
  @Test func `late refusals while Keycloak lacks connections are no dropped packets`() throws {
    let log = Self.slowService()
    let waits = KeycloakLines.spell(
      from: 63, to: 97, every: 2,
      """
      ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-3) Uncaught server \
      error: org.hibernate.exception.GenericJDBCException: Unable to acquire JDBC Connection \
      [Acquisition timeout while waiting for new connection] [n/a]
      """)
    #expect(try log.causes(keycloak: waits) == ["keycloak.db_pool_exhausted"])
    let quiet = KeycloakLines.spell(
      from: 3, to: 120, every: 20,
      "WARN  [org.keycloak.cookie.DefaultCookieProvider] (executor-thread-1) Non-secure context")
    #expect(try log.causes(keycloak: quiet) == ["netpol.drop"])
  }

  @Test func `a pool in use is told from a database that is gone`() throws {
    let log = Self.failingTokens()
    let wait = """
      WARN  [org.hibernate.engine.jdbc.spi.SqlExceptionHelper] (executor-thread-3) SQL Error: 0, \
      SQLState: null
      """
    let waits = KeycloakLines.spell(
      from: 30, to: 60, every: 3, wait,
      """
      ERROR [org.hibernate.engine.jdbc.spi.SqlExceptionHelper] (executor-thread-3) Acquisition \
      timeout while waiting for new connection
      """)
    #expect(try log.causes(keycloak: waits) == ["keycloak.db_pool_exhausted"])
    let wrapped = KeycloakLines.spell(
      from: 30, to: 60, every: 3, wait,
      """
      ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-2) Uncaught server \
      error: org.keycloak.models.ModelException: Database operation failed
      """)
    #expect(try log.causes(keycloak: waits + wrapped) == ["keycloak.db_pool_exhausted"])
    let gone = KeycloakLines.spell(
      from: 30, to: 60, every: 3, wait,
      """
      WARN  [io.agroal.pool] (agroal-11) Datasource '<default>': Connection to db:5432 refused. \
      Check that the hostname and port are correct
      """)
    #expect(try log.causes(keycloak: gone) == ["keycloak.db_down"])
  }

  @Test func `late refusals while everybody waits for Keycloak are no dropped packets`() throws {
    let slow = try Self.slowService(tokens: 4).causes()
    #expect(slow.contains("keycloak.overloaded"))
    #expect(!slow.contains("netpol.drop"))
    #expect(try Self.slowService(tokens: 0.005).causes() == ["netpol.drop"])
  }

  @Test func `an account that is disabled is so whether a directory fails or not`() throws {
    let log = Self.disabledUser()
    let events = KeycloakLines.at(
      Self.attempts.map { $0 + 0.003 },
      """
      WARN  [org.keycloak.events] (executor-thread-4) type="LOGIN_ERROR", realmName="shop", \
      clientId="web", userId="42", ipAddress="203.0.113.29", error="user_disabled", username="anna"
      """)
    let gone = """
      ERROR [org.keycloak.services] (executor-thread-9) User storage provider ldap failed during \
      federated user validation: org.keycloak.storage.StorageUnavailableException: LDAP server is \
      unavailable for provider [ldap]
      """
    let elsewhere = KeycloakLines.at([61.7, 66.7, 71.7, 76.7], gone)
    #expect(try log.causes(keycloak: events + elsewhere) == ["user.disabled"])
    // Keycloak disables who is not found in the directory.
    let beside = KeycloakLines.at(Self.attempts.map { $0 + 0.002 }, gone)
    #expect(try log.causes(keycloak: events + beside) == ["keycloak.federation_down"])
  }

  private static let attempts = (0..<12).map { 30 + 5 * Double($0) }

  private static func disabledUser() -> EdgeLog {
    var log = EdgeLog()
    log.serve(50, from: 2.7, every: 2.6, apart: 0.61, length: 0)
    for time in attempts { log.token(time, client: 9, (400, 64)) }
    return log
  }

  @Test func `a remote cache that does not answer is told from other errors`() throws {
    let log = Self.failingTokens()
    let uncaught = """
      ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-3) Uncaught server \
      error:
      """
    let cache = KeycloakLines.spell(
      from: 30, to: 60, every: 3,
      uncaught + " org.infinispan.client.hotrod.exceptions.TransportException:: cache:11222")
    #expect(try log.causes(keycloak: cache) == ["keycloak.cache_timeout"])
    let other = KeycloakLines.spell(
      from: 30, to: 60, every: 3, uncaught + " java.lang.NullPointerException")
    #expect(try log.causes(keycloak: other) == ["keycloak.error"])
  }

  @Test(arguments: [
    """
    ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-3) Uncaught server \
    error: java.lang.NoSuchMethodError: 'x'
    """,
    """
    WARN  [org.keycloak.services] (executor-thread-3) KC-SERVICES0013: Failed authentication: \
    java.lang.NullPointerException
    """,
  ])
  func `refusals that each have an error of Keycloak's at their time are its errors`(text: String)
    throws
  {
    let log = Self.introspecting()
    let joined = KeycloakLines.at(Self.refusals.map { $0 + 0.02 }, text)
    #expect(try log.causes(keycloak: joined) == ["keycloak.error"])
    let apart = KeycloakLines.at(Self.refusals.map { $0 + 1.3 }, text)
    #expect(!(try log.causes(keycloak: apart)).contains("keycloak.error"))
  }

  /// `tokens`: seconds that a token takes meanwhile. A service whose answers come after five seconds, and refuse, from the 60th second to the 95th.
  private static func slowService(tokens latency: Double = 0.005) -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<6 {
      var time = 0.7 * Double(c)
      log.token(time, client: c)
      var k = 0
      while time < 140 {
        k += 1
        let isRefused = time > 58 && time < 92 && k % 2 == 0
        let service = k % 2 == 0 ? "orders" : "billing"
        let seconds = isRefused ? 5.01 : 0.01
        time += 1.9 + 0.1 * Double(c) + seconds
        log.call(
          time, client: c, "/\(service)/items/\(k)", isRefused ? (401, 61) : (200, 300 + k % 7),
          length: 0, seconds: seconds)
        if k % 9 == 0 || latency > 1 && k % 3 == 0 {
          let isLate = time > 55 && time < 92
          log.token(time + 0.4, client: c, seconds: isLate ? latency : 0.005)
        }
      }
    }
    return log
  }

  /// Half of the token calls fail with 500 between the 30th and the 60th second.
  private static func failingTokens() -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<6 {
      for k in 0..<30 {
        let time = 0.5 * Double(c) + 3.2 * Double(k)
        let fails = time > 30 && time < 60 && (k + c) % 2 == 0
        log.token(time, client: c, fails ? (500, 94) : (200, 1441))
        log.call(time + 0.3, client: c, "/orders/items/\(k)", (200, 300 + k % 7), length: 0)
      }
    }
    return log
  }

  private static let refusals = (0..<12).map { 30 + 2.6 * Double($0) }

  /// Quick refusals between good answers of one service.
  private static func introspecting() -> EdgeLog {
    var log = EdgeLog()
    log.serve(50, from: 2.7, every: 2.6, apart: 0.61, length: 0)
    for (k, time) in refusals.enumerated() {
      log.call(
        time + 0.04, client: k % 4, "/orders/items/\(k)", (401, 61), length: 0, seconds: 0.03)
    }
    return log
  }
}
