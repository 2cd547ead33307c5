import Foundation
import Testing

/// What Keycloak's events of logins say, and what they leave out.
struct LoginEventTests {
  private static let crash = """
    WARN  [org.keycloak.services] (executor-thread-3) KC-SERVICES0013: Failed authentication: \
    java.lang.NullPointerException: Cannot invoke "String.length()" because "value" is null
    """

  @Test func `a password is not wrong where Keycloak crashed in the login that it was sent for`()
    throws
  {
    #expect(try Self.refused(crashBefore: 0.01) == ["keycloak.error"])
    #expect(try Self.refused(crashBefore: nil) == ["user.invalid_credentials"])
    // Another login's.
    #expect(try Self.refused(crashBefore: 2.5) == ["user.invalid_credentials"])
  }

  @Test func `a login that ended with a verdict of its own is no crash of Keycloak`() throws {
    func causes(_ exception: String) throws -> [String] {
      let lines = KeycloakLines.spell(
        from: 10, to: 90, every: 4,
        """
        WARN  [org.keycloak.services] (executor-thread-3) KC-SERVICES0013: Failed authentication: \(exception)
        """)
      return try EdgeLog.causes(of: [Scratch.file(lines, name: "\(UUID().uuidString).log").path])
    }
    #expect(
      try causes("org.keycloak.models.ModelException: Could not obtain the entry") == [
        "keycloak.error"
      ])
    #expect(
      !(try causes("org.keycloak.authentication.AuthenticationFlowException")).contains(
        "keycloak.error"))
  }

  /// A client's logins with a password, which Keycloak refuses.
  /// - Parameter crashBefore: seconds from a crash of a login to each event.
  private static func refused(crashBefore: Double?) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<14 {
      let time = 40 + 7 * Double(k)
      log.token(time, client: 7, (401, 72))
      if let crashBefore {
        keycloak += KeycloakLines.at([time - 0.001 - crashBefore], crash)
      }
      keycloak += KeycloakLines.at(
        [time - 0.001],
        KeycloakLines.event(
          "LOGIN_ERROR", client: "batch", "ipAddress=\"203.0.113.27\"",
          "error=\"invalid_user_credentials\"", "auth_method=\"openid-connect\"",
          "grant_type=\"password\"", "username=\"user-7\""))
    }
    return try log.causes(ofPath: "/realms", keycloak: keycloak)
  }

  @Test func `a code whose proof does not fit belongs to a login that was begun elsewhere`() throws
  {
    #expect(try Self.code("pkce_verification_failed") == ["session.login_state_lost"])
    #expect(
      try Self.code("invalid_client_credentials").isDisjoint(with: ["session.login_state_lost"]))
  }

  /// Browsers' programs that bring back a code and get no token for it.
  private static func code(_ error: String) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    for k in 0..<8 {
      let time = 20 + 11 * Double(k)
      log.token(time, client: 10 + k, (400, 87))
      keycloak += KeycloakLines.at(
        [time - 0.001],
        KeycloakLines.event(
          "CODE_TO_TOKEN_ERROR", client: "web", "ipAddress=\"203.0.113.\(30 + k)\"",
          "error=\"\(error)\"", "grant_type=\"authorization_code\""))
    }
    return try log.causes(ofPath: "/realms", keycloak: keycloak)
  }
}
