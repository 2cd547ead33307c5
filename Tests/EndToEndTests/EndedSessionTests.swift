import Testing

/// Sessions that ended: by a revocation, by themselves.
struct EndedSessionTests {
  private static let service = "ipAddress=\"198.51.100.20\""

  private static func session(of client: Int, _ number: Int = 0) -> String {
    "userId=\"user-\(client)\", sessionId=\"0b2cdf3a-17a4-4be4-9a3e-3c5d9e1c7\(number)0\(client)\""
  }

  @Test func `tokens of a session that was revoked are refused from then on`() throws {
    #expect(try Self.revoked(session: 1) == ["session.revoked"])
    #expect(try Self.revoked(session: 3).isDisjoint(with: ["session.revoked"]))
  }

  /// A service that asks Keycloak about each token refuses one of its clients, after a revocation.
  private static func revoked(session: Int) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = log.checked(4, isRefused: { $0 == 1 && $1 > 40 }) { call, _ in
      [
        call.isRefused
          ? KeycloakLines.event(
            "INTROSPECT_TOKEN_ERROR", client: "parcels", "userId=\"null\"", service,
            "error=\"invalid_token\"", "reason=\"Access token JWT check failed\"")
          : KeycloakLines.event(
            "INTROSPECT_TOKEN", client: "parcels", Self.session(of: call.client), service)
      ]
    }
    for client in 0..<4 {
      keycloak += KeycloakLines.at(
        [0.2 * Double(client) + 0.002],
        KeycloakLines.event(
          "CLIENT_LOGIN", client: "batch", Self.session(of: client),
          "ipAddress=\"203.0.113.\(20 + client)\"", "grant_type=\"client_credentials\""))
    }
    keycloak += KeycloakLines.at(
      [39],
      KeycloakLines.event(
        "REVOKE_GRANT", client: "batch", Self.session(of: session), "ipAddress=\"203.0.113.9\""))
    return try log.causes(ofPath: "/parcels", keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `sessions that are missed from one age on have ended by themselves`() throws {
    #expect(try Self.missed(from: [120, 120, 120, 120]).first == "session.expired")
    let scattered = try #require(try Self.missed(from: [70, 160, 110, 140]).first)
    #expect(scattered != "session.expired")
  }

  /// A client gets a token every 200 seconds; the service asks Keycloak, which misses the session.
  /// - Parameter ages: of the tokens in seconds, from which on it does.
  private static func missed(from ages: [Double]) throws -> [String] {
    var log = EdgeLog()
    var keycloak = ""
    for client in 0..<3 {
      for (round, age) in ages.enumerated() {
        let start = 200 * Double(round) + 0.7 * Double(client)
        log.token(start, client: client)
        for k in 1..<33 {
          let time = start + 6 * Double(k)
          let isMissed = client == 1 && time - start >= age
          log.call(
            time, client: client, "/parcels/items/\(k % 9)",
            isMissed ? (401, 433) : (200, 300 + k % 7),
            length: 0, seconds: 0.02)
          let session = Self.session(of: client, round)
          keycloak += KeycloakLines.at(
            [time - 0.01],
            isMissed
              ? KeycloakLines.event(
                "INTROSPECT_TOKEN_ERROR", client: "parcels", session, service,
                "error=\"user_session_not_found\"")
              : KeycloakLines.event("INTROSPECT_TOKEN", client: "parcels", session, service))
        }
      }
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `a session without a valid user is that of a user who was switched off`() throws {
    let reason = "reason=\"Could not find valid user from user session 0b2cdf3a\""
    #expect(try Self.introspected("token_introspection_failed", reason) == ["user.disabled"])
    let other = try Self.introspected("token_introspection_failed", "reason=\"Session expired\"")
    #expect(!other.contains("user.disabled"))
  }

  /// A service that asks Keycloak about each token refuses one of its clients.
  private static func introspected(_ error: String, _ reason: String) throws -> Set<String> {
    var log = EdgeLog()
    let keycloak = log.checked(4, isRefused: { $0 == 1 && $1 > 40 }) { call, _ in
      [
        call.isRefused
          ? KeycloakLines.event(
            "INTROSPECT_TOKEN_ERROR", client: "parcels", "userId=\"null\"", service,
            "error=\"\(error)\"", reason)
          : KeycloakLines.event(
            "INTROSPECT_TOKEN", client: "parcels", session(of: call.client), service)
      ]
    }
    return try log.causes(ofPath: "/parcels", keycloak: KeycloakLines.inOrder(keycloak))
  }

  @Test func `refresh tokens that are stale together with access tokens were revoked`() throws {
    #expect(try Self.stale(isAccess: true) == ["session.revoked"])
    #expect(try Self.stale(isAccess: false) == ["token.refresh_reused"])
  }

  /// Renewals of five clients that Keycloak calls stale; userinfo says the same of an access token, or nobody asks it.
  private static func stale(isAccess: Bool) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = ""
    for client in 0..<5 {
      let time = 30 + 4 * Double(client)
      log.token(time, client: client, (400, 59))
      keycloak += KeycloakLines.at(
        [time + 0.002],
        KeycloakLines.event(
          "REFRESH_TOKEN_ERROR", client: "web", session(of: client),
          "ipAddress=\"\(EdgeLog.address(of: client))\"", "error=\"invalid_token\"",
          "grant_type=\"refresh_token\"", "reason=\"Stale token\""))
      if isAccess {
        keycloak += KeycloakLines.at(
          [time - 1],
          KeycloakLines.event(
            "USER_INFO_REQUEST_ERROR", client: "web", "userId=\"null\"",
            "ipAddress=\"10.42.7.9\"", "error=\"invalid_token\"", "reason=\"Stale token\"",
            "auth_method=\"validate_access_token\""))
      }
    }
    return try log.causes(ofPath: "/realms", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
