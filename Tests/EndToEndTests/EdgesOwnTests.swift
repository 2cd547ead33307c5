import Testing

/// What an edge hides from Keycloak, and what it refuses by itself.
struct EdgesOwnTests {
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
