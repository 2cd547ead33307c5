import Testing

/// Services that are set up wrongly from the first line on, or by their gateway.
struct SettingsEndTests {
  private static let cause = "resource_server.settings_wrong"

  @Test func `a service that refuses everybody until another instance answers was set up wrongly`()
    throws
  {
    #expect(try Self.replaced(changes: true).causes() == [Self.cause])
    let same = try Self.replaced(changes: false).causes()
    #expect(!same.isEmpty && !same.contains(Self.cause))
  }

  /// Six clients of two services, one of which refuses everybody from the 20th second to the 62nd.
  /// - Parameter changes: then another instance of it answers.
  private static func replaced(changes: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 { log.token(0.2 * Double(client), client: client) }
    for k in 0..<90 {
      for client in 0..<6 {
        let time = 2 + Double(k) + 0.11 * Double(client)
        log.upstream = "198.51.100.\(changes && time >= 62 ? 31 : 30):8080"
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          (20..<62).contains(time) ? (401, 433) : (200, 300 + k % 7), length: 0)
        log.upstream = "198.51.100.20:8080"
        log.call(
          time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
      }
    }
    return log
  }

  @Test func `a service that refuses everybody whose tokens Keycloak calls good is set up wrongly`()
    throws
  {
    #expect(try Self.introspected(isGood: true) == [Self.cause])
    #expect(!(try Self.introspected(isGood: false)).contains(Self.cause))
  }

  /// Five clients of a service that asks Keycloak about each token, and refuses them from the 40th second on.
  private static func introspected(isGood: Bool) throws -> [String] {
    var log = EdgeLog()
    let keycloak = log.checked(5, isRefused: { $1 > 40 }) { call, time in
      let answer =
        time < 40 || isGood
        ? ""
        : ", error=\"invalid_token\", reason=\"Access token JWT check failed\""
      return [
        """
        DEBUG [org.keycloak.events] (executor-thread-\(call.client)) \
        type="INTROSPECT_TOKEN\(answer.isEmpty ? "" : "_ERROR")", realmId="shop", realmName="shop", \
        clientId="parcels", userId="user-\(call.client)", ipAddress="10.42.7.9"\(answer)
        """
      ]
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `a key of tokens that a gateway accepted before its reload was not rotated`() throws {
    #expect(try Self.unknownKey(isNew: false) == [Self.cause])
    #expect(try Self.unknownKey(isNew: true) == ["keys.rotated"])
  }

  /// Six clients of two services behind a gateway that knows the key of nobody's token at one of them from the 32nd
  /// second on.
  /// - Parameter isNew: the tokens, got just before; their like was accepted else.
  private static func unknownKey(isNew: Bool) throws -> [String] {
    var log = IstioLog()
    for client in 0..<6 {
      log.token(0.3 + 0.1 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + Double(k) + 0.1 * Double(client)
        if isNew, k == 29 { log.token(time + 0.5, client: client) }
        if k >= 30 {
          log.call(
            time, client: client, "/parcels/items/\(k % 9)", (401, 52),
            details: "jwt_authn_access_denied{Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt}")
        } else {
          log.call(time, client: client, "/parcels/items/\(k % 9)", (200, 300 + k % 7))
        }
        log.call(time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7))
      }
    }
    let reload = """
      [2026-05-12 10:00:31.200][1][info][upstream] [source/common/listener_manager/lds_api.cc:106] lds: add/update \
      listener '0.0.0.0_8443'

      """
    return try log.causes(keycloak: reload)
  }
}
