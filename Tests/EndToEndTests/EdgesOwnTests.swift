import Testing

/// What an edge hides from Keycloak, and what it refuses by itself.
struct EdgesOwnTests {
  @Test func `an answer of the auth service that the edge does not take is no token's fault`()
    throws
  {
    #expect(try Self.admitted(isOfEdge: true) == ["ingress.auth_request_failing"])
    #expect(!(try Self.admitted(isOfEdge: false)).contains("ingress.auth_request_failing"))
  }

  /// Requests with a token get a 500 from the 60th second on, by the edge or by the service; those without one a 401 of
  /// the edge all the while.
  private static func admitted(isOfEdge: Bool) throws -> Set<String> {
    var log = EdgeLog()
    for client in 0..<5 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<50 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let isFailed = time > 60
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isFailed ? (500, 170) : (200, 300 + k % 7),
          length: 1500, answeredByEdge: isFailed && isOfEdge)
      }
    }
    for k in 0..<14 {
      log.call(
        4 + 7 * Double(k), client: 30, "/orders/items/1", (401, 172), agent: "curl/8.5",
        length: 150,
        answeredByEdge: true)
    }
    return Set(
      try Tool.attributions(EdgeLog.files(log.text())).filter { $0["status"] as? Int == 500 }
        .compactMap { $0["cause"] as? String })
  }

  @Test func `the same 400 at every host for some clients is for what their browsers send to all`()
    throws
  {
    #expect(try Self.everywhere(isOfAll: true) == ["ingress.header_too_large"])
    #expect(!(try Self.everywhere(isOfAll: false)).contains("ingress.header_too_large"))
  }

  /// One client of two services is answered with 400, by all or by one of them.
  private static func everywhere(isOfAll: Bool) throws -> Set<String> {
    var log = ApacheLog()
    for k in 0..<120 {
      let client = k % 6
      if k < 6 {
        log.token(k, client: client)
        continue
      }
      let isLarge = client == 2 && k > 80
      log.call(
        k, client: client, "/orders/items/\(k % 9)", isLarge ? (400, 226) : (200, 320 + k % 7))
      log.call(
        k, client: client, "/billing/items/\(k % 9)",
        isLarge && isOfAll ? (400, 226) : (200, 420 + k % 7))
      if isLarge, isOfAll {
        log.call(k, client: client, "/realms/shop/protocol/openid-connect/auth", (400, 226))
      }
    }
    return try log.causes(path: "/orders")
  }

  @Test func `a scanner by its name is refused for no token, whoever else is behind its address`()
    throws
  {
    let browser =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/127.0.0.0 Safari/537.36"
    #expect(try Self.scanned(by: browser + " ZAP/2.15.0") == ["benign.no_token"])
    #expect(!(try Self.scanned(by: browser)).contains("benign.no_token"))
  }

  /// Somebody whose calls are refused in the third minute, among clients that renew.
  private static func scanned(by agent: String) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(0..<5, until: 300, every: 1.7, renewal: 50)
    log.token(2, client: 40)
    for k in 0..<20 {
      log.call(
        20 + 2 * Double(k), client: 40, "/orders/items/\(k)", (200, 320), agent: agent, length: 0)
      log.call(
        130 + 3 * Double(k), client: 40, "/orders/admin/\(k)", (401, 90), agent: agent, length: 0)
    }
    return try log.causes(ofPath: "/orders/admin")
  }

  @Test func `services do not refuse for their issuer where Keycloak wants HTTPS`() throws {
    let missing: Set = ["proxy.forwarded_headers_missing"]
    #expect(try Self.plain(isRequired: true).isDisjoint(with: missing))
    #expect(try Self.plain(isRequired: false) == missing)
  }

  /// From the 60th second on Keycloak takes everybody for the edge, and two services refuse their clients.
  /// - Parameter isRequired: Keycloak refuses calls for tokens and logins, too.
  private static func plain(isRequired: Bool) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = ""
    for client in 0..<5 {
      for k in 0..<40 {
        let time = 2 + 3 * Double(k) + 0.5 * Double(client)
        let isPlain = time > 60
        if k % 4 == 0 {
          let isRefused = isPlain && isRequired
          log.token(time - 0.3, client: client, isRefused ? (403, 64) : (200, 1441))
          if !isRefused {
            keycloak += KeycloakLines.at(
              [time - 0.3],
              KeycloakLines.event(
                "CLIENT_LOGIN", client: "batch",
                "ipAddress=\"\(isPlain ? "10.42.0.7" : "203.0.113.\(20 + client)")\"",
                "grant_type=\"client_credentials\""))
          }
        }
        if isPlain, isRequired, k % 5 == 0 {
          log.asks(time + 0.4, client: 10 + client, (400, 1900))
          keycloak += KeycloakLines.at(
            [time + 0.4],
            KeycloakLines.event(
              "LOGIN_ERROR", client: "null", "userId=\"null\"", "ipAddress=\"10.42.0.7\"",
              "error=\"ssl_required\""))
        }
        for (place, service) in ["orders", "parcels"].enumerated() {
          log.call(
            time + 0.01 * Double(place), client: client, "/\(service)/items/\(k % 9)",
            isPlain ? (401, 74) : (200, 300 + k % 7), length: 0)
        }
      }
    }
    return try log.causes(ofPath: "/orders", keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `HAProxy's own 401 asks strangers for a password, not clients that fetch tokens`()
    throws
  {
    #expect(try Self.refused(fetchTokens: false) == ["foreign.basic_auth"])
    #expect(try Self.refused(fetchTokens: true).isDisjoint(with: ["foreign.basic_auth"]))
  }

  private static func refused(fetchTokens: Bool) throws -> Set<String> {
    var log = HAProxyLog()
    for client in 0..<4 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<40 {
        log.call(
          2 + 2 * Double(k) + 0.3 * Double(client), client: client, "/orders/items/\(k % 9)",
          (200, 520 + k % 7))
      }
    }
    for client in 6..<9 {
      if fetchTokens { log.token(0.3 * Double(client), client: client) }
      for k in 0..<12 {
        log.call(
          4 + 6 * Double(k) + 0.3 * Double(client), client: client, "/ledger/items/\(k % 9)",
          (401, 212), state: "LR--")
      }
    }
    return try log.causes(of: 401)
  }
}
