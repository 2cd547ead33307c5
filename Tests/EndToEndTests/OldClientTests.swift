import Foundation
import Testing

/// Clients that Keycloak up to 19 does not know.
struct OldClientTests {
  @Test func `up to 19 a client that Keycloak does not know is told by the status of its answer`()
    throws
  {
    #expect(try Self.clients(400, 75) == ["client.not_found"])
    #expect(try Self.clients(401, 75) == ["client.bad_secret"])
    // A signed assertion that was not accepted.
    #expect(try Self.clients(400, 118) == ["client.bad_secret"])
  }

  private static func clients(_ status: Int, _ size: Int) throws -> [String] {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<20 {
      let time = 20 + 10 * Double(k)
      log.token(time, client: 6, (status, size))
      keycloak += KeycloakLines.at(
        [time],
        """
        WARN  [org.keycloak.events] (default task-1) type=CLIENT_LOGIN_ERROR, realmId=shop, \
        clientId=batch, userId=null, ipAddress=203.0.113.26, error=invalid_client_credentials
        """)
    }
    return try log.causes(keycloak: keycloak)
  }
}
