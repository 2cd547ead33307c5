import Testing

/// Codes of logins that are redeemed twice.
struct CodeReuseTests {
  private static let lost = "session.login_state_lost"

  @Test func `tokens of a code that was redeemed twice are refused for that`() throws {
    #expect(try Self.causes(again: 0.2) == [Self.lost])
    // Another login fails a minute later.
    #expect(!(try Self.causes(again: 60).contains(Self.lost)))
  }

  /// Two clients of four log in anew; a code is not valid some seconds after that, and Keycloak misses the session.
  private static func causes(again: Double) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = log.checked(4, isRefused: { $0 < 2 && $1 > 31 }) { call, _ in
      [
        call.isRefused
          ? KeycloakLines.event(
            "INTROSPECT_TOKEN_ERROR", client: "parcels", "userId=\"null\"",
            "ipAddress=\"198.51.100.20\"", "error=\"token_introspection_failed\"",
            "reason=\"Introspection access token for parcels client: user_session_not_found\"")
          : KeycloakLines.event(
            "INTROSPECT_TOKEN", client: "parcels", "userId=\"user-\(call.client)\"",
            "ipAddress=\"198.51.100.20\"")
      ]
    }
    for client in 0..<2 {
      let time = 30 + 0.3 * Double(client)
      log.token(time, client: client)
      log.token(time + again, client: client, (400, 62))
      keycloak += KeycloakLines.at(
        [time + again - 0.002],
        "WARN  [org.keycloak.protocol.oidc.utils.OAuth2CodeParser] (executor-thread-3) Code '0107e9ba-e446-433b-97f4-b24d5a41482\(client)' already used for userSession '28ac5ef3-af00-4068-b354-3c921c300ca6' and client 'd7b1f6a4-e656-4366-bf09-c538ad1046a9'.",
        KeycloakLines.event(
          "CODE_TO_TOKEN_ERROR", client: "web", "userId=\"null\"",
          "ipAddress=\"203.0.113.\(20 + client)\"", "error=\"invalid_code\"",
          "grant_type=\"authorization_code\""))
    }
    return try log.causes(ofPath: "/parcels", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
