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
  /// - Parameter sibling: when another client, with a token from before, is refused alike, too.
  private static func logins(_ id: String, sibling: Double? = nil) -> (
    edge: EdgeLog, keycloak: String
  ) {
    var log = EdgeLog()
    if let sibling {
      log.call(0.2, client: 7, "/billing/items/1", (200, 410), length: 0)
      for k in 0..<20 {
        log.call(
          sibling + 3 * Double(k), client: 7, "/orders/items/\(k % 9)", (401, 233), length: 0)
        log.call(
          sibling + 1 + 3 * Double(k), client: 7, "/billing/items/\(k % 9)", (200, 410 + k % 7),
          length: 0)
      }
    }
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
          client == 0 ? (401, 233) : (200, 300 + k % 7), length: 0)
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

  @Test func `a client that was served and got no token since lets its token expire`() throws {
    #expect(try Self.clinging(renews: false).causes() == ["token.expired"])
    // With new tokens, too: not their age.
    #expect(!(try Self.clinging(renews: true).causes()).contains("token.expired"))
  }

  /// Four clients that renew every eleven seconds and one that came with a token from before these logs; from the
  /// tenth second on it is refused.
  private static func clinging(renews: Bool) -> EdgeLog {
    var log = EdgeLog()
    log.serve(0..<4, until: 60, every: 0.7, renewal: 11)
    for k in 0..<60 {
      let time = 0.5 + 0.97 * Double(k)
      if renews, k % 11 == 10 { log.token(time - 0.1, client: 7) }
      log.call(
        time, client: 7, "/orders/items/\(k % 9)", time > 10 ? (401, 97) : (200, 300 + k % 7),
        length: 0)
    }
    return log
  }

  @Test func `of two programs behind one address the one that does not renew is told`() throws {
    #expect(try Self.shared(from: 20).causes().first == "token.expired")
    // Refused before any token could end.
    #expect(!(try Self.shared(from: 0).causes()).contains("token.expired"))
  }

  /// At one address two programs of one kind: one renews, the other is refused from some second on.
  private static func shared(from start: Double) -> EdgeLog {
    var log = EdgeLog()
    for k in 0..<5 {
      log.call(
        3 + 17 * Double(k), client: 9, "/orders/.env", (401, 40), agent: "zgrab/0.x", length: 0)
    }
    for client in 0..<5 {
      log.visits(of: client, until: 90, every: 0.8, renewal: 11) { log, k, time, _ in
        log.call(time, client: client, "/orders/items/\(k % 9)", (200, 300 + k % 7), length: 0)
      }
      for k in 0..<90 where client == 0 {
        let time = 0.9 + 0.97 * Double(k)
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          time > start ? (401, 233) : (200, 300 + k % 7), length: 0)
      }
    }
    return log
  }

  @Test func `services that refuse tokens they accepted lost their keys, not their age`() throws {
    let lost = try Self.withoutKeys(scanner: false).causes()
    #expect(!lost.contains("keys.rotated"))
  }

  @Test func `tokens belong to the user agent that got them, not to another behind its address`()
    throws
  {
    #expect(try Self.agents(clinging: "other/2.0").causes() == ["token.expired"])
    // The same program: it has the new token.
    #expect(!(try Self.agents(clinging: "client-0/1.0").causes()).contains("token.expired"))
  }

  /// Behind one address one user agent renews, and one goes on with its token from the 25th second on; request
  /// lengths are logged.
  private static func agents(clinging agent: String) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      log.visits(of: client, until: 90, every: 0.8, renewal: 11) { log, k, time, _ in
        log.call(time, client: client, "/orders/items/1", (200, 300 + k % 7), length: 1634)
      }
    }
    for k in 0..<90 {
      let time = 0.85 + 0.97 * Double(k)
      log.call(
        time, client: 0, "/orders/items/1", time > 25 ? (401, 233) : (200, 300 + k % 7),
        agent: agent, length: 1650)
    }
    return log
  }

  @Test func `clients refused alike in one span have one fault`() throws {
    let (edge, keycloak) = Self.logins("partner-ui", sibling: 1)
    let alike = try edge.causes(keycloak: keycloak)
    #expect(alike == ["token.audience_mismatch"])
    let (late, events) = Self.logins("partner-ui", sibling: 30)
    #expect(try late.causes(keycloak: events) != ["token.audience_mismatch"])
  }

  @Test func `quick refusals of one client among the waits of others are of rejected packets`()
    throws
  {
    #expect(try Self.rejected(quick: true).causes() == ["netpol.reject"])
    #expect(try Self.rejected(quick: false).causes() == ["netpol.drop"])
  }

  /// A service that refuses everybody from the 31st to the 60th second, most after a wait of 2 s.
  private static func rejected(quick: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      for k in 0..<30 {
        let time = 0.5 * Double(client) + 4 * Double(k)
        log.token(time, client: client)
        let isLost = (31..<60).contains(time)
        let wait = !isLost ? 0.005 : quick && client == 2 && k % 2 == 0 ? 0.003 : 2.01
        log.call(
          time + 0.3 + wait, client: client, "/orders/items/\(k % 9)",
          isLost ? (401, 61) : (200, 300 + k % 7), length: 0, seconds: wait)
        log.call(
          time + 0.6, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    return log
  }

  @Test func `an age at which a token of another ended tells of one whose address is shared`()
    throws
  {
    func causes(_ life: Double) throws -> Set<String> {
      let log = Self.shared(life)
      let rows = try Tool.attributions([
        Scratch.file(log.text(), name: "shared-\(life).log").path
      ]).filter { ($0["client"] as? String ?? "").hasSuffix(".21") }
      return Set(rows.compactMap { $0["cause"] as? String })
    }
    #expect(try causes(60) == ["token.expired"])
    #expect(try causes(47) != ["token.expired"])
  }

  /// One client goes on with a token for a minute and is refused then; another's token ends after `life` seconds at one
  /// service, while somebody behind the same address gets new ones and uses another service.
  private static func shared(_ life: Double) -> EdgeLog {
    var log = EdgeLog()
    log.serve(2..<6, until: 150, every: 0.8, renewal: 1000)
    for (client, life) in [(0, 60.0), (1, life)] {
      log.token(1, client: client)
      for k in 0..<140 {
        let time = 1.3 + 1.03 * Double(k)
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          time - 1 > life ? (401, 233) : (200, 300 + k % 7), length: 0)
        if client == 1 {
          if [30, 75, 110].contains(k) { log.token(time + 0.2, client: 1) }
          log.call(
            time + 0.4, client: 1, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
        }
      }
    }
    return log
  }
}
