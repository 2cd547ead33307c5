import Foundation
import Testing

/// What Keycloak's events say of refusals by Keycloak itself, and of passwords.
struct OwnEventTests {
  @Test(arguments: [
    ("Token type is incorrect. Expected '[Bearer, DPoP]' but was 'ID'", "token.wrong_type"),
    ("Invalid token issuer. Expected 'https://a.example/realms/shop'", "token.issuer_mismatch"),
    ("Missing token", "token.missing"),
  ])
  func `the reason in the event of a refused userinfo call is its cause`(
    reason: String, cause: String
  ) throws {
    let (log, events) = Self.userinfo(reason: reason)
    #expect(try log.causes(keycloak: events) == [cause])
  }

  @Test func `an event of userinfo that names no reason says only that tokens were refused`()
    throws
  {
    let (log, events) = Self.userinfo(reason: "something else")
    #expect(try log.causes(keycloak: events) != ["token.wrong_type"])
  }

  @Test func `stale tokens after an administrator's push are revoked, else used again`() throws {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    var events = ""
    for client in 0..<3 {
      let time = 40 + 2 * Double(client)
      log.token(time, client: client, (400, 59))
      events += KeycloakLines.at(
        [time + 0.003],
        """
        WARN  [org.keycloak.events] (executor-thread-4) type="REFRESH_TOKEN_ERROR", realmName="shop", \
        clientId="web", userId="null", sessionId="s\(client)", ipAddress="203.0.113.\(20 + client)", \
        error="invalid_token", reason="Stale token", grant_type="refresh_token"
        """)
    }
    let push = KeycloakLines.at(
      [31],
      """
      DEBUG [org.keycloak.events] (executor-thread-2) operationType="ACTION", realmId="1", \
      realmName="master", clientId="2", userId="3", ipAddress="10.0.0.9", resourceType="REALM", \
      resourcePath="push-revocation"
      """)
    #expect(try log.causes(keycloak: push + events).first == "session.revoked")
    #expect(try log.causes(keycloak: events).first == "token.refresh_reused")
  }

  @Test func `a mistyped password is one whose user logs in soon, beside others that are tried`()
    throws
  {
    #expect(try Self.passwords(loginOf: "sven") == ["attempt": 8, "typo": 1])
    let others = try Self.passwords(loginOf: "somebody")
    #expect(others == ["attempt": 9])
  }

  /// Nine wrong passwords, eight for one user from one address, and a later login from another.
  private static func passwords(loginOf user: String) throws -> [String: Int] {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    var events = ""
    let tries = (0..<8).map { (20 + 0.7 * Double($0), 5, "anna") } + [(60, 6, "sven")]
    for (time, client, name) in tries {
      log.token(time, client: client, (401, 72))
      events += event(
        time + 0.004, "LOGIN_ERROR", client, name, ", error=\"invalid_user_credentials\"")
    }
    log.token(66, client: 6)
    events += event(66.004, "LOGIN", 6, user, "")
    let inputs = try [log.text(), events].map {
      try Scratch.file($0, name: "\(UUID().uuidString).log").path
    }
    var counts: [String: Int] = [:]
    for row in try Tool.attributions(inputs) where row["status"] as? Int == 401 {
      counts[row["cause"] as? String == "benign.user_typo" ? "typo" : "attempt", default: 0] += 1
    }
    return counts
  }

  private static func event(
    _ time: Double, _ type: String, _ client: Int, _ user: String, _ rest: String
  ) -> String {
    KeycloakLines.at(
      [time],
      """
      WARN  [org.keycloak.events] (executor-thread-4) type="\(type)", realmName="shop", \
      clientId="web", userId="id-of-\(user)", ipAddress="203.0.113.\(20 + client)"\(rest), \
      username="\(user)"
      """)
  }

  private static func userinfo(reason: String) -> (EdgeLog, String) {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    var events = ""
    for k in 0..<8 {
      let time = 20 + 5 * Double(k)
      log.userinfo(time, client: 1, (401, 72))
      events += KeycloakLines.at(
        [time + 0.003],
        """
        WARN  [org.keycloak.events] (executor-thread-4) type="USER_INFO_REQUEST_ERROR", \
        realmName="shop", clientId="null", userId="null", ipAddress="203.0.113.21", \
        error="invalid_token", reason="\(reason)", auth_method="validate_access_token"
        """)
    }
    return (log, events)
  }
}
