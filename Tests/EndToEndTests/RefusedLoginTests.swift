import Testing

/// Calls without a token of browsers whose logins Keycloak refuses.
struct RefusedLoginTests {
  private static let insecure = "proxy.https_required"

  @Test func `who may not log in calls without a token for that`() throws {
    #expect(try Self.causes(isRefused: true) == [Self.insecure])
    #expect(!(try Self.causes(isRefused: false).contains(Self.insecure)))
  }

  /// Browsers call a service without a token after each attempt to log in.
  /// - Parameter isRefused: whether Keycloak refuses those for want of HTTPS.
  private static func causes(isRefused: Bool) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(4..<8, until: 120, every: 2, renewal: 30)
    var keycloak = ""
    for client in 0..<4 {
      for round in 0..<5 {
        let time = 10 + 20 * Double(round) + 1.3 * Double(client)
        log.asks(time, client: client, isRefused ? (400, 1890) : (200, 7120))
        if isRefused {
          keycloak += KeycloakLines.at(
            [time - 0.01],
            KeycloakLines.event(
              "LOGIN_ERROR", client: "web", "userId=\"null\"",
              "ipAddress=\"203.0.113.\(20 + client)\"", "error=\"ssl_required\""))
        }
        for k in 1..<4 {
          log.call(
            time + Double(k), client: client, "/orders/items/\(k)", (401, 26),
            agent: "Mozilla/5.0", length: 420)
        }
      }
    }
    return try log.causes(ofPath: "/orders", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
