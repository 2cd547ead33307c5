import Testing

/// What sets refusals apart from what is served beside them: whose tokens, how long they took, who else came.
struct ContrastTests {
  @Test func `refusals that take as long as a resolver's tries are the name server's`() throws {
    #expect(try Self.waiting(8.01).causes() == ["dns.blocked"])
    #expect(try Self.waiting(5.01).causes() == ["netpol.drop"])
  }

  @Test func `a scanner at the door does not hide that nobody is served`() throws {
    let quiet = try Self.withoutKeys(scanner: false).causes()
    #expect(quiet.contains { $0.hasPrefix("dns.") })
    #expect(try Self.withoutKeys(scanner: true).causes().contains { $0.hasPrefix("dns.") })
  }

  @Test func `tokens of one client id that one service refuses lack its audience`() throws {
    func causes(_ id: String) throws -> [String] {
      let (edge, keycloak) = Self.logins(id)
      return try edge.causes(keycloak: keycloak)
    }
    #expect(try causes("partner-ui") == ["token.audience_mismatch"])
    // Others are served with tokens of the same client id.
    #expect(!(try causes("shop-ui")).contains("token.audience_mismatch"))
  }

  /// Five browsers that log in once each and use one service; the first is refused always.
  private static func logins(_ id: String) -> (edge: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    var keycloak = ""
    for client in 0..<5 {
      let time = 1 + 0.8 * Double(client)
      log.token(time, client: client)
      keycloak += KeycloakLines.at(
        [time - 0.002],
        """
        DEBUG [org.keycloak.events] (executor-thread-\(client)) type="LOGIN", realmId="shop", \
        clientId="\(client == 0 ? id : "shop-ui")", userId="u\(client)", ipAddress="203.0.113.\(20 + client)", \
        grant_type="password", username="user\(client)"
        """)
      for k in 0..<30 {
        log.call(
          time + 0.006 + 2 * Double(k), client: client, "/orders/items/\(k % 9)",
          client == 0 ? (401, 97) : (200, 300 + k % 7), length: 0)
      }
    }
    return (log, keycloak)
  }

  /// A service that refuses everybody from the 31st to the 60th second, after a wait.
  private static func waiting(_ seconds: Double) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      for k in 0..<30 {
        let time = 0.5 * Double(client) + 4 * Double(k)
        log.token(time, client: client)
        let isLost = (31..<60).contains(time)
        log.call(
          time + 0.3 + (isLost ? seconds : 0), client: client, "/orders/items/\(k % 9)",
          isLost ? (401, 61) : (200, 300 + k % 7), length: 0,
          seconds: isLost ? seconds : 0.005)
        log.call(
          time + 0.6, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    return log
  }

  /// Two services that refuse both their clients from the 41st second on; a scanner finds nothing there.
  private static func withoutKeys(scanner: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<2 {
      for k in 0..<60 {
        let time = 0.7 * Double(client) + 1.5 * Double(k)
        log.token(time, client: client)
        for (service, size) in [("orders", 61), ("billing", 83)] {
          let isLost = (41..<70).contains(time)
          log.call(
            time + 0.4, client: client, "/\(service)/items/\(k % 9)",
            isLost ? (401, size) : (200, 300 + k % 7), length: 0)
        }
      }
    }
    if scanner {
      for k in 0..<3 {
        for service in ["orders", "billing"] {
          log.call(
            45 + 5 * Double(k), client: 9, "/\(service)/.env", (401, 40), agent: "zgrab/0.x",
            length: 0)
        }
      }
    }
    return log
  }
}
