import Foundation
import Testing

/// Sessions that ended by their own ids.
struct OwnSessionTests {
  @Test func `sessions that an administrator ended by their ids are not shared badly`() throws {
    #expect(try Self.missed(ended: true) == ["session.revoked"])
    #expect(try Self.missed(ended: false) == ["keycloak.sessions_not_shared"])
  }

  /// A service asks Keycloak about each token; sessions of two users of four are missed in turn from a moment on.
  private static func missed(ended: Bool) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = log.checked(4, isRefused: { $0 < 2 && $1 > 40 && Int($1 * 3) % 4 != 0 }) {
      call, _ in
      let session = "5f2cdf3a-17a4-4be4-9a3e-3c5d9e1c70d\(call.client)"
      let who =
        "realmName=\"shop\", clientId=\"parcels\", userId=\"user-\(call.client)\", sessionId=\"\(session)\", ipAddress=\"198.51.100.20\""
      return [
        call.isRefused
          ? "WARN  [org.keycloak.events] (executor-thread-2) type=\"INTROSPECT_TOKEN_ERROR\", \(who), error=\"user_session_not_found\""
          : "DEBUG [org.keycloak.events] (executor-thread-2) type=\"INTROSPECT_TOKEN\", \(who)"
      ]
    }
    for client in ended ? [0, 1] : [] {
      keycloak += KeycloakLines.at(
        [39 + 0.1 * Double(client)],
        """
        INFO  [org.keycloak.http.access-log] (executor-thread-6) 198.51.100.7 - - \
        [12/May/2026:10:00:39 +0000] \
        "DELETE /admin/realms/shop/sessions/5f2cdf3a-17a4-4be4-9a3e-3c5d9e1c70d\(client)?isOffline=false HTTP/1.1" 204 -
        """)
    }
    return try log.causes(ofPath: "", keycloak: KeycloakLines.inOrder(keycloak))
  }
}
