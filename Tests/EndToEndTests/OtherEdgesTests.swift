import Foundation
import Testing

/// Edges that log less than ingress-nginx does: no user agents, no durations, whole seconds, no reason of a 502.
struct OtherEdgesTests {
  @Test func `the line with the system's error decides, not the one with the client behind it`()
    throws
  {
    #expect(try Self.apache { _ in "(70007)The timeout specified has expired" } == ["netpol.drop"])
    #expect(try Self.apache { _ in "(111)Connection refused" } == ["keycloak.down"])
    #expect(try Self.apache { _ in "(113)No route to host" } == ["netpol.reject"])
  }

  @Test func `one word of a missing route decides for the calls that wait beside it`() throws {
    let mixed = try Self.apache {
      $0 % 5 == 0 ? "(113)No route to host" : "(110)Connection timed out"
    }
    #expect(mixed == ["netpol.reject"])
  }

  /// Calls for tokens of which thirty fail, each with Apache's two lines, beside a failure of something else.
  private static func apache(_ error: (Int) -> String) throws -> Set<String> {
    var log = ApacheLog()
    for k in 0..<90 {
      let isLost = (30..<60).contains(k)
      log.token(2 * k, client: k % 5, isLost ? (503, 560) : (200, 1441))
      if k % 20 == 5 { log.call(2 * k, client: 9, "/reports/daily", (503, 560)) }
      guard isLost else { continue }
      log.say(
        2 * k, 200_000, "proxy:error",
        "\(error(k)): AH00957: http: attempt to connect to 10.42.0.93:8080 (10.42.0.93:8080) failed"
      )
      log.say(
        2 * k, 200_010, client: k % 5, "proxy_http:error",
        "AH01114: HTTP: failed to make connection to backend: 10.42.0.93")
    }
    return try log.causes(path: "/realms")
  }

  @Test func `a load balancer's 502 without a target's status is no proof that Keycloak is down`()
    throws
  {
    let others = (0..<60).map { k in
      KeycloakLines.at(
        [2.1 + 2 * Double(k)],
        KeycloakLines.event(
          "INTROSPECT_TOKEN", client: "orders", #"ipAddress="10.0.0.9""#, #"userId="u1""#))
    }
    let goesOn = try Self.loadBalancer(others.joined())
    #expect(!goesOn.causes.contains("keycloak.down"))
    #expect(goesOn.confidence < 0.8)
    let silent = others[..<18] + others[45...]
    #expect(try Self.loadBalancer(silent.joined()).causes == ["keycloak.down"])
  }

  /// Calls for tokens through an Application Load Balancer, which fail from the 40th to the 80th second.
  private static func loadBalancer(
    _ keycloak: String
  ) throws -> (causes: Set<String>, confidence: Double) {
    var lines = ""
    for k in 0..<120 {
      let clock = String(format: "2026-05-12T10:%02d:%02d.400000Z", k / 60, k % 60)
      let isLost = (40..<80).contains(k)
      lines += """
        https \(clock) app/shop/50dc6c495c0c9188 203.0.113.\(20 + k % 5):4\(1000 + k) 10.0.0.7:8080 \
        0.001 \(isLost ? "-1 -1 502 -" : "0.012 0.000 200 200") 452 \(isLost ? 272 : 3520) \
        "POST https://sso.example.com:443/realms/shop/protocol/openid-connect/token HTTP/1.1" \
        "client-\(k % 5)/1.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 \
        arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/keycloak/73e2d6bc24d8a067 \
        "Root=1-58337262-36d228ad5d99923122bbe3\(10 + k % 90)" "sso.example.com" "session-reused" 1 \
        \(clock) "forward" "-" "-" "10.0.0.7:8080" "\(isLost ? "-" : "200")" "-" "-"

        """
    }
    let rows = try Tool.attributions(EdgeLog.files(lines, keycloak))
    try #require(rows.count == 40)
    return (rows.causes, rows.compactMap { $0["confidence"] as? Double }.max() ?? 1)
  }

  @Test func `who gets no token of a realm is not who gets them of another from the same address`()
    throws
  {
    #expect(try Self.unnamed(realm: "shop-stage").causes(of: 401) == ["realm.not_found"])
  }

  /// HAProxy's lines without user agents: a browser that logs in time and again, and behind its address a program
  /// whose realm is not there.
  private static func unnamed(realm: String) -> HAProxyLog {
    var log = HAProxyLog()
    log.hasAgents = false
    for k in 0..<40 {
      let time = 3 * Double(k)
      log.program = 0
      if k % 4 == 0 { log.token(time, client: 1) }
      for call in 0..<3 {
        let later = time + 0.3 + 0.6 * Double(call)
        log.call(later, client: 1, "/orders/items/\(k)", (200, 600 + k % 7))
        if k % 4 == 0, call == 0 { log.token(later + 0.05, client: 2) }
        log.call(later + 0.1, client: 2, "/catalog/items/\(k)", (200, 700 + k % 7))
      }
      log.program = k + 1
      log.token(time + 2.4, client: 1, (404, 308), realm: realm)
      log.program = 50
      log.call(time + 2.42, client: 1, "/catalog/items/\(k)", (401, 218))
    }
    return log
  }

  @Test func `who fetches tokens between another program's refused calls is not refused for these`()
    throws
  {
    let shared = try Self.besideDeadSecret(othersRenew: true)
    #expect(!shared.contains("client.bad_secret"))
    #expect(try Self.besideDeadSecret(othersRenew: false) == ["client.bad_secret"])
  }

  /// The causes of one service's refusals, of whoever comes from an address where one program's calls for tokens are
  /// refused since the 60th second; another may get some.
  private static func besideDeadSecret(othersRenew: Bool) throws -> Set<String> {
    var log = HAProxyLog()
    log.hasAgents = false
    for k in 0..<80 {
      let time = 2 * Double(k)
      log.program = 0
      log.token(time, client: 1, k < 30 ? (200, 1712) : (401, 377))
      log.program = 1
      if othersRenew, k % 3 == 0 { log.token(time + 0.5, client: 1) }
      log.program = 2
      log.call(
        time + 1, client: 1, "/orders/items/\(k)", (40..<60).contains(k) ? (401, 439) : (200, 270))
      log.program = 3
      if k % 3 == 0 { log.token(time + 0.7, client: 2) }
      log.call(time + 0.9, client: 2, "/orders/items/\(k)", (200, 274))
    }
    return try log.causes(of: 401, path: "/orders")
  }

  @Test func `a service that HAProxy asks again each second is not there, and nothing is dropped`()
    throws
  {
    #expect(!(try Self.restarted("SC--", retries: 3).contains("netpol.drop")))
    // Not refused: HAProxy waited for an answer to its SYN.
    #expect(try Self.restarted("sC--", retries: 3).contains("netpol.drop"))
  }

  private static func restarted(_ state: String, retries: Int) throws -> Set<String> {
    var log = HAProxyLog()
    for k in 0..<60 {
      let time = 2 * Double(k)
      for client in 0..<3 {
        if k % 10 == 0 { log.token(time, client: client) }
        let isLost = client == 0 && k == 30
        log.call(
          time + 0.2 + 0.1 * Double(client), client: client, "/orders/items/\(k)",
          isLost ? (503, 221) : (200, 600 + k % 7), state: isLost ? state : "----",
          retries: isLost ? retries : 0)
        if client == 2, k < 4 { log.call(time + 1, client: 7, "/orders/items/\(k)", (401, 218)) }
      }
    }
    return Set(try log.causes())
  }

  @Test func `within a second, a session's end is the cause of its own clients' refusals`() throws {
    let named = try Self.ended(isLoginLogged: true)
    #expect(named["/orders"] == ["session.revoked"])
    #expect(named["/parcels"] == ["user.role_missing"])
  }

  /// Apache's whole seconds: one client's session is ended, another lacks a role of another service all the while.
  private static func ended(isLoginLogged: Bool) throws -> [String: Set<String>] {
    var log = ApacheLog()
    var keycloak = ""
    func event(_ time: Double, _ type: String, _ session: Int, _ address: String, _ more: String...)
    {
      keycloak += KeycloakLines.at(
        [time],
        KeycloakLines.event(
          type, client: type.hasPrefix("INTRO") ? "api" : "web",
          ([
            #"userId="u\#(session)""#, #"sessionId="s\#(session)""#, #"ipAddress="\#(address)""#,
          ] + more).joined(separator: ", ")))
    }
    for client in 0..<4 {
      log.token(client, client: client, (200, 3441))
      event(Double(client) + 0.2, "LOGIN", client, "203.0.113.\(20 + client)")
    }
    for second in 5..<120 {
      for client in [1, 3, 0, 2] {
        let isEnded = client == 0 && second >= 60
        let isForbidden = client == 1 && second >= 20
        let path = client == 1 ? "/parcels/admin" : client == 3 ? "/parcels/items" : "/orders/items"
        log.call(
          second, client: client, path,
          isEnded ? (401, 433) : isForbidden ? (403, 370) : (200, 610 + second % 7))
        guard client == 0 || client == 2 else { continue }
        let time = Double(second) + 0.4 + 0.1 * Double(client)
        if isEnded {
          event(
            time, "INTROSPECT_TOKEN_ERROR", client, "10.0.0.9", #"error="user_session_not_found""#)
        } else {
          event(time, "INTROSPECT_TOKEN", client, "10.0.0.9")
        }
      }
    }
    keycloak += KeycloakLines.at(
      [59.8],
      #"DEBUG [org.keycloak.events] (executor-thread-4) operationType="ACTION", realmName="shop", "#
        + #"clientId="admin-cli", userId="a1", ipAddress="10.0.0.2", resourceType="USER", "#
        + #"resourcePath="users/u0/logout""#)
    return try log.causesByService(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `a header with a word in place of a token is known by its length and its answer`()
    throws
  {
    #expect(try Self.filled(by: 33, answer: 58) == ["token.malformed"])
    // The answer to no header at all, and a length that no such word has.
    #expect(!(try Self.filled(by: 33, answer: 61)).contains("token.malformed"))
    #expect(!(try Self.filled(by: 41, answer: 58)).contains("token.malformed"))
  }

  /// A browser's requests that are longer by some bytes than its first ones, which have no header.
  private static func filled(by bytes: Int, answer: Int) throws -> Set<String> {
    var log = EdgeLog()
    let agent = "Mozilla/5.0 (X11; Linux x86_64)"
    func length(_ path: String, _ more: Int = 0) -> Int { 210 + path.utf8.count + more }
    for k in 0..<40 {
      let time = 2.5 * Double(k)
      let path = "/orders/items/\(k)"
      for client in 0..<3 {
        if k % 10 == 0 {
          log.call(
            time + 0.1 * Double(client), client: client, path, (401, 61), agent: agent,
            length: length(path))
          log.token(time + 0.05 + 0.1 * Double(client), client: client)
        }
        log.call(
          time + 0.6 + 0.1 * Double(client), client: client, path, (200, 300 + k % 7),
          agent: agent, length: length(path, 1100))
      }
      log.call(
        time + 1.3, client: 8, path, (401, answer), agent: agent, length: length(path, bytes))
    }
    return try Tool.attributions(EdgeLog.files(log.text())).of(client: "203.0.113.28").causes
  }

}
