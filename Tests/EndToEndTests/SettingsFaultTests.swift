import Foundation
import Testing

/// Services that refuse everybody because of how they are set up.
struct SettingsFaultTests {
  @Test
  func `an audience that nobody has any more is asked for by mistake, one client lacks its own`()
    throws
  {
    #expect(try Self.audience(refused: 0..<6).causes() == ["resource_server.settings_wrong"])
    #expect(try Self.audience(refused: 0..<1).causes() == ["token.audience_mismatch"])
  }

  /// Six clients of two services with a token each; from the 30th second on a gateway refuses some of them at one of
  /// the two for their audience.
  private static func audience(refused: Range<Int>) -> IstioLog {
    var log = IstioLog()
    for client in 0..<6 {
      log.token(0.3 + 0.1 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + Double(k) + 0.1 * Double(client)
        if k >= 30, refused.contains(client) {
          log.call(
            time, client: client, "/parcels/items/\(k % 9)", (403, 26),
            details: "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}")
        } else {
          log.call(time, client: client, "/parcels/items/\(k % 9)", (200, 300 + k % 7))
        }
        log.call(time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7))
      }
    }
    return log
  }

  @Test func `where each client is refused from its next token on the tokens changed`() throws {
    #expect(try Self.renewed(isOfNewTokens: true).causes() == ["token.audience_mismatch"])
    #expect(try Self.renewed(isOfNewTokens: false).causes() == ["resource_server.settings_wrong"])
  }

  /// Six clients of two services, who get a new token every 40 seconds; since the 60th second one service refuses their
  /// new tokens, or all.
  private static func renewed(isOfNewTokens: Bool) -> IstioLog {
    var log = IstioLog()
    for client in 0..<6 {
      var login = 0.3 + 5 * Double(client)
      log.token(login, client: client)
      for k in 0..<110 {
        let time = 2 + Double(k) + 0.1 * Double(client)
        if time - login > 40 {
          login = time - 0.5
          log.token(login, client: client)
        }
        if time <= login { continue }
        if time >= 60, !isOfNewTokens || login >= 60 {
          log.call(
            time, client: client, "/parcels/items/\(k % 9)", (403, 26),
            details: "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}")
        } else {
          log.call(time, client: client, "/parcels/items/\(k % 9)", (200, 300 + k % 7))
        }
        log.call(time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7))
      }
    }
    return log
  }

  @Test func `a service that refuses everybody since another instance answers is set up wrongly`()
    throws
  {
    let cause = "resource_server.settings_wrong"
    #expect(try Self.deployed { _, isRefused in isRefused ? 1 : 0 }.causes() == [cause])
    // Two instances that take turns all the while.
    let turns = try Self.deployed { call, _ in call % 2 }.causes()
    #expect(!turns.isEmpty && !turns.contains(cause))
    let same = try Self.deployed { _, _ in 0 }.causes()
    #expect(!same.isEmpty && !same.contains(cause))
  }

  /// Six clients of two services; one of the services refuses everybody from the 35th second to the 62nd.
  /// - Parameter instance: that answers a call of the service.
  private static func deployed(_ instance: (_ call: Int, _ isRefused: Bool) -> Int) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 { log.token(0.2 * Double(client), client: client) }
    for k in 0..<80 {
      for client in 0..<6 {
        let time = 2 + Double(k) + 0.11 * Double(client)
        let isRefused = (35..<62).contains(time)
        log.upstream = "198.51.100.\(30 + instance(k + client, isRefused)):8080"
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          isRefused ? (401, 433) : (200, 300 + k % 7), length: 0)
        log.upstream = "198.51.100.20:8080"
        log.call(
          time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    return log
  }

  @Test func `a gateway whose fetches of keys meet 404 has a wrong address`() throws {
    #expect(
      try Self.fetches(status: 404, from: "10.42.9.4") == ["resource_server.keycloak_url_wrong"])
    #expect(
      try Self.fetches(status: 200, from: "10.42.9.4") == ["resource_server.keys_unavailable"])
    // Of a client that comes through the gateway.
    #expect(
      try Self.fetches(status: 404, from: "203.0.113.1") == ["resource_server.keys_unavailable"])
    // Misspelt, and what programs of users ask for.
    #expect(
      try Self.fetches("cert", status: 404, from: "10.42.9.4")
        == ["resource_server.keycloak_url_wrong"])
    #expect(
      try Self.fetches("token", status: 404, from: "10.42.9.4")
        == ["resource_server.keys_unavailable"])
  }

  /// A gateway that cannot fetch keys from the 32nd second on, and Keycloak's access log.
  private static func fetches(
    _ endPoint: String = "certs", status: Int, from address: String
  ) throws -> [String] {
    var log = IstioLog()
    var keycloak = ""
    for k in 0..<70 {
      for client in 0..<4 {
        let time = 1.5 + Double(k) + 0.1 * Double(client)
        if k % 25 == 0 { log.token(time - 1.2, client: client) }
        log.call(time + 0.03, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7))
        guard k > 30 else {
          log.call(time, client: client, "/orders/items/\(k % 9)", (200, 340))
          continue
        }
        log.call(
          time, client: client, "/orders/items/\(k % 9)", (401, 29),
          details: "jwt_authn_access_denied{Jwks_remote_fetch_is_failed}")
        let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
        keycloak += KeycloakLines.at(
          [time + 0.002],
          """
          INFO  [org.keycloak.http.access-log] (executor-thread-3) \(address) - - \
          [12/May/2026:\(clock) +0000] \
          "GET /realms/shop/protocol/openid-connect/\(endPoint) HTTP/1.1" \(status) \(status == 404 ? 61 : 2900)
          """)
      }
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `a service that nobody answers from its first request on looks at a wrong address`()
    throws
  {
    let cause = "resource_server.keycloak_url_wrong"
    #expect(try Self.unanswered(from: 0).causes() == [cause])
    #expect(!(try Self.unanswered(from: 30).causes()).contains(cause))
    #expect(!(try Self.unanswered(from: 0, size: 450).causes()).contains(cause))
  }

  /// Five clients of two services, one of which refuses everybody from the k-th call on: 187 bytes of headers,
  /// `server: gunicorn`, `{"error":"invalid_token","message":"…"}` and, twice,
  /// `Fail to fetch data from the url, err: "<urlopen error [Errno 111] Connection refused>"`.
  private static func unanswered(from first: Int, size: Int = 187 + 14 + 39 + 86 + 88 + 1)
    -> HAProxyLog
  {
    var log = HAProxyLog()
    for k in 0..<60 {
      for client in 0..<5 {
        let time = 1 + Double(k) + 0.13 * Double(client)
        if k % 20 == 0 { log.token(time - 0.5, client: client) }
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          k >= first ? (401, size) : (200, 620 + k % 7))
        log.call(time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 710 + k % 7))
      }
    }
    return log
  }
}
