import Testing

/// Sessions that were in the memory of a Keycloak which was started anew.
struct LostSessionTests {
  @Test func `sessions in memory are lost where Keycloak is started anew`() throws {
    #expect(try Self.refused(version: "22.0.5").contains("session.expired"))
    #expect(!(try Self.refused(version: "26.1.3").contains("session.expired")))
  }

  @Test func `renewals of sessions that a start lost fail for that`() throws {
    #expect(try Self.renewed(version: "22.0.5") == ["session.expired"])
    #expect(!(try Self.renewed(version: "26.1.3").contains("session.expired")))
  }

  private static func start(_ version: String) -> String {
    KeycloakLines.at(
      [38],
      "INFO  [io.quarkus] (Shutdown thread) Keycloak stopped in 0.756s")
      + KeycloakLines.at(
        [39.8],
        "INFO  [io.quarkus] (main) Keycloak \(version) on JVM (powered by Quarkus 3.2.9.Final) started in 1.233s. Listening on: http://0.0.0.0:8080"
      )
  }

  /// A service asks Keycloak about each token, which finds those of three clients inactive since its start, up to 23
  /// without a reason; the fourth client got a token since.
  private static func refused(version: String) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = log.checked(4, isRefused: { $0 < 3 && $1 > 40 }) { call, time in
      [
        call.isRefused
          ? "WARN  [org.keycloak.events] (executor-thread-3) type=INTROSPECT_TOKEN_ERROR, realmId=shop, clientId=parcels, userId=null, ipAddress=198.51.100.20, error=token_introspection_failed"
          : "DEBUG [org.keycloak.events] (executor-thread-3) type=INTROSPECT_TOKEN, realmId=shop, clientId=parcels, userId=user-\(call.client), ipAddress=198.51.100.20"
      ]
    }
    log.token(40.1, client: 3)
    keycloak += start(version)
    return try log.causes(ofPath: "/parcels", keycloak: KeycloakLines.inOrder(keycloak))
  }

  /// Clients whose renewals Keycloak refuses after its start.
  private static func renewed(version: String) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(0..<6, until: 38, every: 2, renewal: 18)
    var keycloak = start(version)
    for client in 0..<6 {
      let time = 41 + 1.7 * Double(client)
      log.token(time, client: client, (400, 66))
      keycloak += KeycloakLines.at(
        [time - 0.002],
        "WARN  [org.keycloak.events] (executor-thread-3) type=REFRESH_TOKEN_ERROR, realmId=shop, clientId=web, userId=null, ipAddress=203.0.113.\(20 + client), error=invalid_token, grant_type=refresh_token, client_auth_method=client-secret"
      )
    }
    return try log.causes(ofPath: "/realms", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
