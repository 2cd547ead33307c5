import Testing

/// Reasons that Keycloak gives a service which asks it about a token.
struct ToldReasonTests {
  @Test func `what Keycloak says of a token is why the service that asked refuses it`() throws {
    #expect(
      try Self.told("Token type is incorrect. Expected 'Bearer' but was 'ID'")
        == ["token.wrong_type"])
    #expect(try Self.told("Subject missing in token") == ["token.claim_rejected"])
    #expect(try Self.told("Token verification failed").isDisjoint(with: Self.named))
  }

  @Test func `tokens of a key that Keycloak dropped are refused for that`() throws {
    #expect(try Self.told("Key not found") == ["keys.rotated"])
  }

  @Test func `tokens of users who were disabled are refused for that`() throws {
    #expect(try Self.told(nil, error: "user_disabled") == ["user.disabled"])
    #expect(!(try Self.told(nil).contains("user.disabled")))
  }

  @Test func `a token whose session alone was missed is sound, whatever the size of the answer`()
    throws
  {
    func isMalformed(_ reason: String?, error: String) throws -> Bool {
      try Tool.attributions(Self.files(reason, error: error, refusal: 70)).below("/parcels").causes
        .contains("token.malformed")
    }
    #expect(!(try isMalformed(nil, error: "user_session_not_found")))
    #expect(try isMalformed("Failed to parse JWT", error: "invalid_token"))
  }

  private static let named: Set<String> = [
    "token.wrong_type", "token.claim_rejected", "keys.rotated",
  ]

  private static func told(
    _ reason: String?, error: String = "invalid_token"
  ) throws -> Set<String> {
    try Tool.attributions(files(reason, error: error)).below("/parcels").causes
  }

  /// A service asks Keycloak's userinfo about each token and refuses two clients of five from a moment on.
  /// Another service refuses tokens with a constant of 51 bytes and words of PyJWT.
  private static func files(
    _ reason: String?, error: String = "invalid_token", refusal: Int = 433
  ) throws -> [String] {
    var log = EdgeLog()
    let keycloak = log.checked(5, refusal: refusal, isRefused: { $0 < 2 && $1 > 40 }) { call, _ in
      guard call.isRefused else { return [] }
      let why = reason.map { "reason=\"\($0)\", " } ?? ""
      return [
        KeycloakLines.event(
          "USER_INFO_REQUEST_ERROR", client: "null", "userId=\"null\"",
          "ipAddress=\"198.51.100.20\"", "error=\"\(error)\"",
          why + "auth_method=\"validate_access_token\"")
      ]
    }
    log.upstream = "198.51.100.21:8080"
    for (n, words) in [21, 14, 22, 29].enumerated() {
      log.token(3, client: 8 + n)
      for k in 0..<8 {
        let time = 4 + 3 * Double(k)
        log.call(time, client: 8 + n, "/depot/items/1", (200, 333), length: 0)
        log.call(time + 46, client: 8 + n, "/depot/items/1", (401, 51 + words), length: 0)
      }
    }
    return try EdgeLog.files(log.text(), KeycloakLines.inOrder(keycloak))
  }
}
