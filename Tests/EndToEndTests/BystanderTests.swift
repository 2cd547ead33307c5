import Testing

/// What fails beside a fault of Keycloak, or of the edge's way to it, and whose it is.
struct BystanderTests {
  private static let pool = "keycloak.db_pool_exhausted"

  @Test func `fresh tokens that a service refuses at once are no victims of Keycloak's trouble`()
    throws
  {
    let fresh = try Self.refusals(isFresh: true)
    #expect(fresh.first?.hasPrefix("token.") == true && !fresh.contains(Self.pool))
    #expect(try Self.refusals(isFresh: false, seconds: 2) == [Self.pool])
    // Who waits for somebody that waits is not refused at once.
    #expect(!(try Self.refusals(isFresh: false)).contains(Self.pool))
  }

  @Test func `tokens about which Keycloak answered amid its trouble are refused for themselves`()
    throws
  {
    #expect(try Self.refusals(isFresh: true, isHeard: true) == ["token.bad_signature"])
    let old = try Self.refusals(isFresh: false, isHeard: true)
    #expect(old.first?.hasPrefix("token.") == true && !old.contains(Self.pool))
  }

  /// Two of six clients are refused while Keycloak lacks connections to its database.
  /// - Parameters:
  ///   - isFresh: they get a token before each call.
  ///   - isHeard: the service asks Keycloak about the tokens, which says that they are wrong.
  ///   - seconds: until they are refused.
  private static func refusals(
    isFresh: Bool, isHeard: Bool = false, seconds: Double = 0.005
  ) throws -> [String] {
    var log = EdgeLog()
    log.serve(0..<4, until: 130, every: 1.9, renewal: 40)
    var keycloak = KeycloakLines.spell(
      from: 61, to: 99, every: 2,
      """
      ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-3) Uncaught server \
      error: org.hibernate.exception.GenericJDBCException: Unable to acquire JDBC Connection \
      [Acquisition timeout while waiting for new connection] [n/a]
      """)
    for client in 4..<6 {
      if !isFresh { log.token(33 + 0.35 * Double(client), client: client) }
      for k in 0..<14 {
        let time = 63 + 2.4 * Double(k) + 0.35 * Double(client)
        if isFresh { log.token(time - 0.3, client: client) }
        log.call(
          time, client: client, "/orders/items/\(k % 9)", (401, 433), length: 0, seconds: seconds)
        guard isHeard else { continue }
        keycloak += KeycloakLines.at(
          [time - 0.002],
          """
          WARN  [org.keycloak.events] (executor-thread-5) type="INTROSPECT_TOKEN_ERROR", realmId="shop", \
          realmName="shop", clientId="orders-rs", userId="null", ipAddress="10.42.7.9", \
          error="invalid_token", reason="Access token JWT check failed"
          """)
      }
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test
  func `refusals of Keycloak that equal told ones between which they stand share their cause`()
    throws
  {
    #expect(try Self.unlogged(size: 123) == ["token.refresh_expired"])
    #expect(try Self.unlogged(size: 124) == ["token.refresh_expired", "undecided"])
  }

  /// Two clients whose calls for a token are refused; of those of one Keycloak writes events.
  /// - Parameter size: of the answers to the other one.
  private static func unlogged(size: Int) throws -> [String] {
    var log = EdgeLog()
    log.serve(0..<4, until: 110, every: 2.3, renewal: 30)
    var keycloak = ""
    for k in 0..<24 {
      let time = 10.5 + 4 * Double(k)
      let isTold = k % 3 != 1 || k == 23
      log.token(time, client: isTold ? 7 : 8, (400, isTold ? 123 : size))
      guard isTold else { continue }
      keycloak += KeycloakLines.at(
        [time - 0.002],
        """
        WARN  [org.keycloak.events] (executor-thread-4) type="REFRESH_TOKEN_ERROR", realmId="shop", \
        realmName="shop", clientId="parcels-ui", userId="u7", ipAddress="203.0.113.27", \
        error="invalid_token", reason="Session not active", grant_type="refresh_token"
        """)
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `whose renewal meets 404 has no stripped header, though the edge was reloaded then`()
    throws
  {
    #expect(
      try Self.renewals((404, 93)).causes(others: Self.reloads)
        == ["ingress.wrong_path", "benign.no_token"])
    #expect(
      try Self.renewals((200, 1441)).causes(others: Self.reloads)
        == ["ingress.auth_header_stripped", "benign.no_token"])
  }

  private static let reloads = [
    (
      name: "edge-error",
      text: """
      2026/05/12 10:00:40 [notice] 7#7: reconfiguring
      2026/05/12 10:01:20 [notice] 7#7: reconfiguring

      """
    )
  ]

  @Test func `who is refused with a new token as with none was not refused for want of one`() throws
  {
    #expect(
      try Self.outage(goesOn: false).causes(of: 401) == ["keycloak.down", "benign.no_token"])
    #expect(!(try Self.outage(goesOn: true).causes(of: 401)).contains("keycloak.down"))
  }

  @Test func `who gets several answers while Keycloak is away sends something else than no token`()
    throws
  {
    #expect(
      try Self.outage(goesOn: false, asks: false, sizes: [433, 441, 452]).causes(of: 401) == [
        "token.malformed", "benign.no_token",
      ])
    #expect(
      try Self.outage(goesOn: false, asks: false, sizes: [433, 433, 433]).causes(of: 401) == [
        "keycloak.down", "benign.no_token",
      ])
  }

  /// Keycloak is away for a minute and a half, in which one of five clients is refused.
  /// - Parameters:
  ///   - goesOn: it is so for a minute after it got a new token as well.
  ///   - asks: it asks for a token all the time; once otherwise.
  ///   - sizes: of its answers, in turn.
  private static func outage(goesOn: Bool, asks: Bool = true, sizes: [Int] = [433]) -> HAProxyLog {
    var log = HAProxyLog()
    for k in 0..<130 {
      let time = 2 + 1.5 * Double(k)
      let isAway = (30..<120).contains(time)
      if k % 6 == 0 {
        log.call(time, client: 9, "/orders/.env", (401, 300), agent: "zgrab/0.x")
      }
      for client in 0..<5 {
        let start = time + 0.1 * Double(client)
        if isAway ? client > 0 || asks || time < 33 : k % 8 == 0 {
          log.token(
            start, client: client, isAway ? (503, 217) : (200, 3100),
            state: isAway ? "SC--" : "----")
        }
        let isRefused = client == 0 && time >= 66 && (isAway || goesOn)
        log.call(
          start + 0.3, client: client, "/orders/items/\(k)",
          isRefused ? (401, sizes[k % sizes.count]) : (200, 700 + k % 7)
        )
      }
    }
    return log
  }

  @Test
  func
    `a scanner is no client of which Keycloak wants nothing to know, whoever shares its address`()
    throws
  {
    var log = HAProxyLog()
    for k in 0..<60 {
      let time = 2 + 1.5 * Double(k)
      for client in 0..<4 {
        if k % 12 == 0 { log.token(time + 0.1 * Double(client), client: client) }
        log.call(
          time + 0.1 * Double(client) + 0.3, client: client, "/orders/items/\(k)",
          (200, 700 + k % 7))
      }
      log.token(time + 0.5, client: 8, (404, 240), realm: "Shop")
      log.call(time + 0.8, client: 8, "/orders/.env.\(k % 20)", (401, 300))
    }
    #expect(Set(try log.causes()) == ["realm.not_found", "benign.no_token"])
  }

  /// Six clients that are refused between two reloads of the edge, each time after a call for a token, as a scanner is
  /// always.
  private static func renewals(_ token: (status: Int, size: Int)) -> EdgeLog {
    var log = EdgeLog()
    for k in 0..<9 {
      log.call(
        3 + 12 * Double(k), client: 180, "/orders/.env", (401, 61), agent: "zgrab/0.x", length: 0)
    }
    for client in 0..<6 {
      log.token(0.3 * Double(client), client: client)
      for k in 1..<70 {
        let time = 0.3 * Double(client) + (1.5 + 0.05 * Double(client)) * Double(k)
        if (40..<80).contains(time) {
          log.token(time, client: client, token)
          log.call(time + 0.3, client: client, "/orders/items/\(k % 9)", (401, 61), length: 0)
        } else {
          if k % 12 == 0 { log.token(time - 0.4, client: client) }
          log.call(time, client: client, "/orders/items/\(k % 9)", (200, 300 + k % 7), length: 0)
        }
      }
    }
    return log
  }
}
