import Foundation
import Testing

/// What services ask Keycloak to check a token, and what becomes of it.
struct ServiceQuestionTests {
  @Test func `a service that asks userinfo as if it were the introspection has the wrong address`()
    throws
  {
    let wrong: Set = ["resource_server.keycloak_url_wrong"]
    #expect(try Self.asked("Missing token") == wrong)
    #expect(try Self.asked("Token verification failed").isDisjoint(with: wrong))
  }

  /// A service refuses its clients; Keycloak's events of its own calls of userinfo.
  private static func asked(_ reason: String) throws -> Set<String> {
    var log = EdgeLog()
    let keycloak = log.checked(4, isRefused: { $1 > 40 }) { call, _ in
      guard call.isRefused else { return [] }
      return [
        KeycloakLines.event(
          "USER_INFO_REQUEST_ERROR", client: "null", "userId=\"null\"",
          "ipAddress=\"198.51.100.20\"", "error=\"invalid_token\"", "reason=\"\(reason)\"",
          "auth_method=\"validate_access_token\"")
      ]
    }
    return try log.causes(ofPath: "/parcels", keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `a signature that cannot be checked for want of keys is not a bad one`() throws {
    #expect(try Self.apache(isWithoutKeys: true) == ["resource_server.keys_unavailable"])
    #expect(try Self.apache(isWithoutKeys: false) == ["token.bad_signature"])
  }

  @Test func `where everybody is refused since what should be keys is none, the address is wrong`()
    throws
  {
    #expect(
      try Self.apache(isWithoutKeys: true, refused: 5) == ["resource_server.keycloak_url_wrong"])
  }

  /// Apache with mod_auth_openidc, which refuses a few clients, and its errors.
  private static func apache(isWithoutKeys: Bool, refused: Int = 2) throws -> Set<String> {
    var log = ApacheLog()
    for k in 0..<90 {
      let client = k % 5
      let isRefused = k >= 10 && client < refused
      if k < 5 {
        log.token(k, client: client)
        continue
      }
      log.call(
        k, client: client, "/depot/items/\(k % 9)", isRefused ? (401, 381) : (200, 320 + k % 7))
      guard isRefused else { continue }
      if isWithoutKeys {
        log.say(
          k, client: client, "auth_openidc:error",
          "oidc_metadata_jwks_retrieve_and_cache: JSON parsing of JWKs published at the jwks_uri failed"
        )
      }
      log.say(
        k, 100_001, client: client, "auth_openidc:error",
        "oidc_oauth_validate_jwt_access_token: JWT access token signature could not be validated, aborting"
      )
    }
    return try log.causes()
  }

  @Test func `a right that everybody lacks since the gateway was reloaded is its rule`() throws {
    #expect(try Self.unauthorized(isReloaded: true) == ["resource_server.settings_wrong"])
    #expect(try Self.unauthorized(isReloaded: false) == ["user.role_missing"])
  }

  /// Apache lets everybody in until a moment, and says then that the users have no right.
  private static func unauthorized(isReloaded: Bool) throws -> Set<String> {
    var log = ApacheLog()
    if isReloaded {
      log.say(
        20, 900_000, "mpm_event:notice", "AH00493: SIGUSR1 received.  Doing graceful restart")
    }
    for k in 0..<60 {
      let client = k % 5
      let isRefused = k > 20
      if k < 5 {
        log.token(k, client: client)
        continue
      }
      let path = "/depot/items/\(k % 9)"
      log.call(
        k, client: client, path, isRefused ? (401, 381) : (200, 320 + k % 7),
        user: "user\(client)")
      guard isRefused else { continue }
      log.say(
        k, client: client, "authz_core:error",
        "AH01631: user user\(client): authorization failure for \"\(path)\":")
    }
    return try log.causes()
  }
}
