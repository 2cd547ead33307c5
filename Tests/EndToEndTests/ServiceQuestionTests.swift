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

  /// Apache with mod_auth_openidc, which refuses a few clients, and its errors.
  private static func apache(isWithoutKeys: Bool) throws -> Set<String> {
    var access = ""
    var errors = ""
    for k in 0..<90 {
      let clock = String(format: "10:%02d:%02d", k / 60, k % 60)
      let client = k % 5
      let isRefused = k >= 10 && client < 2
      if k < 5 {
        access += """
          203.0.113.\(20 + client) - - [12/May/2026:\(clock) +0000] \
          "POST /realms/shop/protocol/openid-connect/token HTTP/1.1" 200 1441 "-" "client-\(client)/1.0"

          """
        continue
      }
      access += """
        203.0.113.\(20 + client) - - [12/May/2026:\(clock) +0000] "GET /depot/items/\(k % 9) HTTP/1.1" \
        \(isRefused ? 401 : 200) \(isRefused ? 381 : 320 + k % 7) "-" "client-\(client)/1.0"

        """
      guard isRefused else { continue }
      let words =
        (isWithoutKeys
          ? [
            "oidc_metadata_jwks_retrieve_and_cache: JSON parsing of JWKs published at the jwks_uri failed"
          ] : [])
        + [
          "oidc_oauth_validate_jwt_access_token: JWT access token signature could not be validated, aborting"
        ]
      for (place, text) in words.enumerated() {
        errors += """
          [Tue May 12 \(clock).\(100_000 + place) 2026] [auth_openidc:error] [pid 7:tid 9] \
          [client 203.0.113.\(20 + client):4100\(client)] \(text)

          """
      }
    }
    let inputs = try [("access", access), ("error", errors)].map {
      try Scratch.file($0.1, name: "\($0.0)-\(UUID().uuidString).log").path
    }
    return Set(try Tool.attributions(inputs).compactMap { $0["cause"] as? String })
  }

  @Test func `a right that everybody lacks since the gateway was reloaded is its rule`() throws {
    #expect(try Self.unauthorized(isReloaded: true) == ["resource_server.settings_wrong"])
    #expect(try Self.unauthorized(isReloaded: false) == ["user.role_missing"])
  }

  /// Apache lets everybody in until a moment, and says then that the users have no right.
  private static func unauthorized(isReloaded: Bool) throws -> Set<String> {
    var access = ""
    var errors = ""
    if isReloaded {
      errors += """
        [Tue May 12 10:00:20.900000 2026] [mpm_event:notice] [pid 7:tid 7] AH00493: SIGUSR1 received.  \
        Doing graceful restart

        """
    }
    for k in 0..<60 {
      let clock = String(format: "10:%02d:%02d", k / 60, k % 60)
      let client = k % 5
      let user = "user\(client)"
      let isRefused = k > 20
      if k < 5 {
        access += """
          203.0.113.\(20 + client) - - [12/May/2026:\(clock) +0000] \
          "POST /realms/shop/protocol/openid-connect/token HTTP/1.1" 200 1441 "-" "client-\(client)/1.0"

          """
        continue
      }
      access += """
        203.0.113.\(20 + client) - \(user) [12/May/2026:\(clock) +0000] "GET /depot/items/\(k % 9) HTTP/1.1" \
        \(isRefused ? 401 : 200) \(isRefused ? 381 : 320 + k % 7) "-" "client-\(client)/1.0"

        """
      guard isRefused else { continue }
      errors += """
        [Tue May 12 \(clock).100000 2026] [authz_core:error] [pid 7:tid 9] \
        [client 203.0.113.\(20 + client):4100\(client)] AH01631: user \(user): authorization failure for \
        "/depot/items/\(k % 9)":

        """
    }
    let inputs = try [("access", access), ("error", errors)].map {
      try Scratch.file($0.1, name: "\($0.0)-\(UUID().uuidString).log").path
    }
    return Set(try Tool.attributions(inputs).compactMap { $0["cause"] as? String })
  }
}
