import Foundation
import Testing

/// Introspections of Keycloak up to 23, whose events do not tell what they found.
struct OldIntrospectionTests {
  @Test func `up to 23 an introspection without error is no good token`() throws {
    let sign = "claimIntrospectedWell"
    // Quoted: tokens that are not active have events of errors.
    let good = try Self.narrow {
      "type=\"INTROSPECT_TOKEN\", realmName=\"shop\", clientId=\"parcels\", userId=\"\($0)\", ipAddress=\"10.42.7.9\""
    }
    #expect(good.contains(sign))
    let old = try Self.narrow { _ in
      "type=INTROSPECT_TOKEN, realmId=shop, clientId=parcels, userId=null, ipAddress=10.42.7.9"
    }
    #expect(old.contains("\"cause\"") && !old.contains(sign))
  }

  /// One client of six is refused while its tokens are introspected: how that was weighed.
  private static func narrow(_ event: (String) -> String) throws -> String {
    var log = EdgeLog()
    let keycloak = log.checked(6, isRefused: { $0 == 1 && $1 > 40 }) { call, _ in
      [
        "DEBUG [org.keycloak.events] (executor-thread-\(call.client)) \(event("user-\(call.client)"))"
      ]
    }
    return try Tool.weighing(EdgeLog.files(log.text(), KeycloakLines.inOrder(keycloak)))
  }

  @Test func `answers of the size of an inactive token after a logout are of a session that ended`()
    throws
  {
    #expect(try Self.loggedOut(size: 16) == ["session.logged_out"])
    #expect(!(try Self.loggedOut(size: 812)).contains("session.logged_out"))
    #expect(!(try Self.loggedOut(size: 16, logout: "203.0.113.22")).contains("session.logged_out"))
  }

  @Test func `introspections that tell nothing after a logout are of the session that ended`()
    throws
  {
    #expect(try Self.loggedOut(size: nil) == ["session.logged_out"])
    #expect(!(try Self.loggedOut(size: nil, logout: "203.0.113.22")).contains("session.logged_out"))
  }

  /// One client of four logs out and goes on; a service asks Keycloak, whose access log shows the answers.
  private static func loggedOut(size: Int?, logout address: String = "203.0.113.21") throws
    -> [String]
  {
    var log = EdgeLog()
    var keycloak = KeycloakLines.at(
      [39.5],
      "DEBUG [org.keycloak.events] (executor-thread-8) type=LOGOUT, realmId=shop, clientId=null, userId=user-1, ipAddress=\(address)"
    )
    keycloak += log.checked(4, isRefused: { $0 == 1 && $1 > 40 }) { call, time in
      let event =
        "DEBUG [org.keycloak.events] (executor-thread-1) type=INTROSPECT_TOKEN, realmId=shop, clientId=parcels, "
        + "userId=null, ipAddress=198.51.100.20"
      guard let size else { return [event] }
      let clock = String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)
      return [
        event,
        """
        INFO  [io.quarkus.http.access-log] (executor-thread-1) 198.51.100.20 - - \
        [12/May/2026:10:\(clock) +0000] \
        "POST /realms/shop/protocol/openid-connect/token/introspect HTTP/1.1" 200 \
        \(call.isRefused ? size : 812)
        """,
      ]
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
  }
}
