import Foundation
import Testing

/// Refused renewals whose events name no reason, as up to 24.
struct OldRenewalTests {
  @Test func `a refused renewal without a reason is read by the size of its answer`() throws {
    #expect(try Self.renewals(400, 92) == ["token.refresh_reused"])
    #expect(try Self.renewals(400, 67) == ["token.refresh_expired"])
    #expect(!(try Self.renewals(400, 93)).contains("token.refresh_reused"))
  }

  @Test func `who is refused a token and gets one at once made no first call`() throws {
    let causes = try Self.renewals(400, 92, isMended: true)
    #expect(causes == ["token.refresh_reused"])
  }

  private static func renewals(_ status: Int, _ size: Int, isMended: Bool = false) throws
    -> [String]
  {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<20 {
      let time = 20 + 10 * Double(k)
      log.token(time, client: 4 + k % 3, (status, size))
      if isMended {
        log.token(time + 0.4, client: 4 + k % 3)
        log.call(time + 0.6, client: 4 + k % 3, "/orders/items/\(k)", (200, 300), length: 1300)
      }
      keycloak += KeycloakLines.at(
        [time],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type=REFRESH_TOKEN_ERROR, realmId=shop, \
        clientId=web, userId=user-\(k % 3), ipAddress=203.0.113.\(24 + k % 3), error=invalid_token, \
        grant_type=refresh_token, refresh_token_type=Refresh, refresh_token_id=r\(k)
        """)
    }
    return try log.causes(keycloak: keycloak)
  }
}
