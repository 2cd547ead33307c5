import Testing

/// Calls that Keycloak served and whose answers did not arrive.
struct LostAnswerTests {
  @Test func `answers that Keycloak gave at once and nobody got were lost on the way`() throws {
    #expect(try Self.causes(servedAfter: 0.02) == ["netpol.drop"])
    // Keycloak came to them when it was too late.
    #expect(!(try Self.causes(servedAfter: 19)).contains("netpol.drop"))
  }

  /// Calls for tokens that the edge gives up after 20 seconds, and Keycloak's events of them.
  private static func causes(servedAfter seconds: Double) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = ""
    for k in 0..<12 {
      let time = 40 + 4 * Double(k)
      log.token(time + 20, client: k % 6, (504, 160), seconds: 20.001)
      log.asks(time + 1, client: 6 + k % 4)
      keycloak += KeycloakLines.at(
        [time + seconds],
        KeycloakLines.event(
          "CLIENT_LOGIN", client: "batch", "userId=\"u1\"",
          "ipAddress=\"\(EdgeLog.address(of: k % 6))\"", "grant_type=\"client_credentials\""))
    }
    for k in 0..<6 { log.token(2 + 3 * Double(k), client: k) }
    return try log.causes(ofPath: "/realms", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
