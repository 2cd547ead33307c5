import Testing

/// Services that ask Keycloak where nobody knows them.
struct LostRealmTests {
  @Test func `a service that introspects in another realm than its own looks at a wrong address`()
    throws
  {
    #expect(
      try Self.introspected(realm: "depot").first == "resource_server.keycloak_url_wrong")
    let own = try Self.introspected(realm: "shop")
    #expect(own.first == "client.not_found")
    #expect(!own.contains("resource_server.keycloak_url_wrong"))
  }

  @Test func `a realm in which Keycloak goes on for others is not missing, its path is another`()
    throws
  {
    let lost = try Self.doubled(introspectionsIn: "shop")
    #expect(lost.contains("ingress.wrong_path") && !lost.contains("realm.not_found"))
    let missing = try Self.doubled(introspectionsIn: "depot")
    #expect(missing.contains("realm.not_found") && !missing.contains("ingress.wrong_path"))
  }

  /// Keycloak does not find the realm of all calls for tokens in the second minute, while services introspect.
  private static func doubled(introspectionsIn realm: String) throws -> [String] {
    var log = EdgeLog()
    var keycloak = ""
    for k in 0..<80 {
      let time = 2 + 1.5 * Double(k)
      let isLost = (60..<100).contains(time)
      log.token(time, client: k % 4, isLost ? (404, 32) : (200, 1441))
      keycloak += KeycloakLines.at(
        [time + 0.5],
        """
        DEBUG [org.keycloak.events] (executor-thread-3) type="INTROSPECT_TOKEN", realmId="\(realm)", \
        realmName="\(realm)", clientId="parcels", userId="user-1", ipAddress="10.42.7.9"
        """)
    }
    return try log.causes(keycloak: keycloak)
  }

  /// Five clients of a service that introspects each token; it asks in a realm that does not know it from the 40th
  /// second on.
  private static func introspected(realm: String) throws -> [String] {
    var log = EdgeLog()
    let keycloak = log.checked(5, refusal: 61, isRefused: { $1 > 40 }) { call, _ in
      [
        call.isRefused
          ? """
          WARN  [org.keycloak.events] (executor-thread-\(call.client)) type="INTROSPECT_TOKEN_ERROR", \
          realmId="\(realm)", realmName="\(realm)", clientId="parcels", userId="null", \
          ipAddress="10.42.7.9", error="client_not_found"
          """
          : """
          DEBUG [org.keycloak.events] (executor-thread-\(call.client)) type="INTROSPECT_TOKEN", \
          realmId="shop", realmName="shop", clientId="parcels", userId="user-\(call.client)", \
          ipAddress="10.42.7.9"
          """
      ]
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }
}
