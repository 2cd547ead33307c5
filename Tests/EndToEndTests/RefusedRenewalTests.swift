import Foundation
import Testing

/// What clients and auth services are told when they ask for tokens explains what they are told afterwards.
struct RefusedRenewalTests {
  @Test func `refusals of a client whose token calls are refused have the cause of those`() throws {
    let keycloak = Self.events(
      every: 10, from: 120, to: 420, "CLIENT_LOGIN_ERROR", "client_disabled")
    #expect(try Self.client(refusedFrom: 120).causes(keycloak: keycloak) == ["client.disabled"])
    let served = try Self.client(refusedFrom: nil).causes()
    #expect(!served.contains("client.disabled"))
    #expect(!served.isEmpty)
  }

  @Test func `where only refusals were exported, the last call for a token is not known`() throws {
    let keycloak = Self.events(
      every: 10, from: 120, to: 420, "CLIENT_LOGIN_ERROR", "client_disabled")
    let log = Self.client(refusedFrom: 120)
    #expect(try Self.causesOfCalls(log.text(), keycloak) == ["client.disabled"])
    #expect(
      !(try Self.causesOfCalls(log.text(with: "\" 401 "), keycloak)).contains("client.disabled"))
  }

  /// The causes of the refused calls of a service.
  private static func causesOfCalls(_ edge: String, _ keycloak: String) throws -> Set<String> {
    let inputs = try [edge, keycloak].map {
      try Scratch.file($0, name: "\(UUID().uuidString).log").path
    }
    let rows = try Tool.attributions(inputs).filter {
      ($0["path"] as? String ?? "").hasPrefix("/orders")
    }
    return Set(rows.compactMap { $0["cause"] as? String })
  }

  @Test func `a login that an auth service could not complete has the cause of its own call`()
    throws
  {
    let refused = Self.callbacks(address: "198.51.100.77", late: 0.05)
    #expect(try refused.log.causes(keycloak: refused.keycloak) == ["client.bad_secret"])
    let early = Self.callbacks(address: "198.51.100.77", late: 31)
    #expect(try early.log.causes(keycloak: early.keycloak) != ["client.bad_secret"])
    let visitor = Self.callbacks(address: "203.0.113.20", late: 0.05)
    #expect(try visitor.log.causes(keycloak: visitor.keycloak) != ["client.bad_secret"])
  }

  @Test func `calls that the edge refuses when its auth service cannot renew have that cause`()
    throws
  {
    let idle = Self.guarded(address: "198.51.100.77")
    #expect(try idle.log.causes(keycloak: idle.keycloak) == ["token.refresh_expired"])
    let other = Self.guarded(address: "203.0.113.22")
    #expect(!(try other.log.causes(keycloak: other.keycloak)).contains("token.refresh_expired"))
  }

  @Test
  func
    `of two programs behind an address the one whose calls for tokens fail is told by its connection`()
    throws
  {
    #expect(try Self.twoPrograms(sameConnection: true) == ["realm.not_found"])
    #expect(try Self.twoPrograms(sameConnection: false) != ["realm.not_found"])
  }

  /// An address with a program that is refused, and one that gets tokens and is served; calls for tokens of another realm
  /// are answered with 404 on the connection of the first, or of the second.
  private static func twoPrograms(sameConnection: Bool) throws -> Set<String> {
    var log = HAProxyLog()
    log.hasAgents = false
    for k in 0..<60 {
      let time = 2 + 5 * Double(k)
      log.program = 1
      if k % 8 == 0 { log.token(time - 0.4, client: 7) }
      log.call(time, client: 7, "/orders/items/\(k % 9)", (200, 411 + k % 5))
      log.program = 2
      if k > 0 { log.call(time + 2, client: 7, "/orders/items/\(k % 7)", (401, 322)) }
      log.program = sameConnection ? 2 : 3
      log.token(time + 2.02, client: 7, (404, 187), realm: "depot")
    }
    return try log.causes(of: 401)
  }

  @Test func `who gets no token for want of the realm calls without one`() throws {
    #expect(try Self.withoutRealm(callsAfter: 0.02).causes() == ["realm.not_found"])
    // Some other call, much later.
    #expect(try Self.withoutRealm(callsAfter: 9).causes().contains("benign.no_token"))
  }

  /// Clients that renew, and one whose realm is not there; it calls without a header afterwards.
  private static func withoutRealm(callsAfter wait: Double) -> EdgeLog {
    var log = EdgeLog()
    log.serve(0..<4, until: 400, every: 2, renewal: 55, length: 1500)
    for k in 0..<30 {
      let time = 5 + 13 * Double(k)
      log.token(time, client: 8, (404, 32))
      log.call(time + wait, client: 8, "/orders/items/\(k)", (401, 61), length: 215)
    }
    return log
  }

  @Test func `refusals while Keycloak was stopped are not those of a slow Keycloak`() throws {
    let log = Self.restarted()
    let stopped =
      KeycloakLines.at([60], "INFO  [io.quarkus] (main) Keycloak stopped in 0.121s")
      + KeycloakLines.at(
        [75],
        "INFO  [io.quarkus] (main) Keycloak 26.1.0 on JVM (powered by Quarkus 3.15.1) started in 9.1s"
      )
    #expect(try log.causes(keycloak: stopped) == ["keycloak.down"])
    #expect(!(try log.causes()).contains("keycloak.overloaded"))
  }

  @Test func `refusals of clients whose token calls the edge lost are the edge's`() throws {
    var log = Self.client(refusedFrom: nil)
    for client in 8..<12 {
      log.visits(of: client, until: 400, every: 2, renewal: 55) { log, k, time, login in
        log.call(
          time, client: client, "/orders/items/\(k)", login > 150 ? (401, 74) : (200, 300),
          length: 1300)
      }
    }
    #expect(!(try log.causes()).contains("ingress.wrong_path"))
    #expect(try Self.lost().causes() == ["ingress.wrong_path"])
  }

  /// Clients whose calls for tokens find no way to Keycloak for a while, and go on with what they have.
  private static func lost() -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<5 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let isAway = time > 40 && time < 90
        if k % 8 == 7 {
          log.token(
            time, client: client, isAway ? (404, 146) : (200, 1441),
            upstream: isAway ? "upstream-default-backend" : "auth-keycloak-8080")
        }
        let isOld = time > 52 && time < 91
        log.call(
          time + 0.5, client: client, "/orders/items/\(k)", isOld ? (401, 74) : (200, 300 + k % 7),
          length: 1300)
      }
    }
    return log
  }

  @Test func `the last refusal before a client gets its token again is no first call`() throws {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 4, apart: 0.4, length: 0)
    log.token(1, client: 7)
    for k in 0..<8 {
      log.call(3 + Double(k), client: 7, "/orders/items/\(k)", (200, 300), length: 0)
    }
    for k in 0..<4 {
      log.token(60 + 3 * Double(k), client: 7, (504, 160), seconds: 3)
      log.call(64 + 3 * Double(k), client: 7, "/orders/items/\(k)", (401, 61), length: 0)
    }
    log.token(73.5, client: 7)
    log.call(73.8, client: 7, "/orders/items/9", (200, 300), length: 0)
    #expect(!(try log.causes()).contains("benign.first_call_before_login"))
    var first = EdgeLog()
    first.serve(40, from: 2, every: 4, apart: 0.4, length: 0)
    for k in 0..<6 {
      let time = 9 + 20 * Double(k)
      first.call(time, client: 8 + k, "/orders/items/1", (401, 61), length: 0)
      first.token(time + 0.2, client: 8 + k)
      first.call(time + 0.4, client: 8 + k, "/orders/items/1", (200, 300), length: 0)
    }
    #expect(try first.causes() == ["benign.first_call_before_login"])
  }

  @Test
  func `a token end-point that answers 403 without an event since the realm was changed is off`()
    throws
  {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 4, apart: 0.4, length: 1300)
    for k in 0..<40 {
      log.token(20 + 2 * Double(k), client: k % 4, k < 20 ? (200, 1441) : (403, 341))
    }
    func change(_ type: String, _ path: String) -> String {
      KeycloakLines.at(
        [59],
        """
        INFO  [org.keycloak.events] (executor-thread-2) operationType="UPDATE", realmName="master", \
        clientId="admin", ipAddress="198.51.100.5", resourceType="\(type)", resourcePath="\(path)"
        """)
    }
    #expect(try log.causes(keycloak: change("REALM", "shop")).contains("realm.not_found"))
    #expect(!(try log.causes(keycloak: change("USER", "users/1"))).contains("realm.not_found"))
  }

  @Test func `a scope that a client may not ask for is told from a broken request`() throws {
    func refused(_ reason: String) throws -> [String] {
      var log = EdgeLog()
      log.serve(40, from: 2, every: 4, apart: 0.4, length: 1300)
      var keycloak = ""
      for k in 0..<20 {
        log.token(5 + 3 * Double(k), client: 6, (400, 101))
        keycloak += KeycloakLines.at(
          [5 + 3 * Double(k)],
          """
          WARN  [org.keycloak.events] (executor-thread-1) type="CLIENT_LOGIN_ERROR", realmName="shop", \
          clientId="batch", ipAddress="203.0.113.26", error="invalid_request", reason="\(reason)"
          """)
      }
      return try log.causes(keycloak: keycloak)
    }
    #expect(try refused("Invalid scopes: billing") == ["client.scope_missing"])
    #expect(!(try refused("Missing form parameter")).contains("client.scope_missing"))
  }

  private static func events(
    every pace: Int, from: Int, to: Int, _ type: String, _ error: String
  ) -> String {
    KeycloakLines.spell(
      from: from, to: to, every: pace,
      """
      WARN  [org.keycloak.events] (executor-thread-1) type="\(type)", realmName="shop", \
      clientId="batch", ipAddress="203.0.113.27", error="\(error)", grant_type="client_credentials"
      """)
  }

  /// Four clients are served; a fifth is until its token calls are refused, and goes on with what it has.
  private static func client(refusedFrom: Int?) -> EdgeLog {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    log.token(1, client: 7)
    for k in 1..<42 {
      let time = 10 * k
      if let refusedFrom, time >= refusedFrom {
        log.token(Double(time) + 0.2, client: 7, (401, 75))
      }
      let isOld = time > 260
      log.call(
        Double(time) + 3, client: 7, "/orders/items/\(k)", isOld ? (401, 26) : (200, 300),
        length: 1300)
    }
    return log
  }

  /// Browsers come back from the login; Keycloak refuses the auth service's own call `late` seconds after.
  private static func callbacks(address: String, late: Double) -> (log: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<10 {
      let time = 9 + 12 * Double(k)
      log.call(
        time, client: 5, "/oauth2/callback?state=s\(k)&code=c\(k)", (500, 310),
        agent: "Mozilla/5.0 (X11; Linux x86_64)", length: 700, seconds: 0.1)
      keycloak += KeycloakLines.at(
        [time + late],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="CODE_TO_TOKEN_ERROR", realmName="shop", \
        clientId="proxy", ipAddress="\(address)", error="invalid_client_credentials"
        """)
    }
    return (log, keycloak)
  }

  /// Pages behind an auth service that renews tokens; each visit makes three calls in one second.
  private static func guarded(address: String) -> (log: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<8 {
      let time = 9 + 15 * Double(k)
      for call in 0..<3 {
        log.call(
          time + 0.1 * Double(call), client: 10 + k, "/portal/items/\(call)", (401, 172),
          agent: "Mozilla/5.0 (X11; Linux x86_64)", length: 1900, answeredByEdge: true)
      }
      keycloak += KeycloakLines.at(
        [time + 0.02],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="REFRESH_TOKEN_ERROR", realmName="shop", \
        clientId="proxy", ipAddress="\(address)", error="invalid_token", \
        reason="Token is not active", grant_type="refresh_token"
        """)
    }
    return (log, keycloak)
  }

  /// A service that asks Keycloak about each token refuses everybody for a quarter of a minute.
  private static func restarted() -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<80 {
        let time = 2 + 1.7 * Double(k) + 0.3 * Double(client)
        let isAway = time > 60.5 && time < 75
        log.call(
          time, client: client, "/orders/items/\(k)", isAway ? (401, 26) : (200, 300 + k % 7),
          length: 1300, seconds: isAway ? 0.003 : 0.02)
      }
    }
    return log
  }
}
