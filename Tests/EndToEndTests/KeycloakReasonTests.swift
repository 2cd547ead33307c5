import Testing

/// Reasons that Keycloak's events name.
struct KeycloakReasonTests {
  @Test func `a session that ended for a token used again is not expired`() throws {
    let reuse = "Maximum allowed refresh token reuse exceeded"
    let killed = try Self.renewals([(0, reuse), (40, "Session not active")], isOneSession: true)
    #expect(killed == ["token.refresh_reused"])
    let other = try Self.renewals([(0, reuse), (40, "Session not active")], isOneSession: false)
    #expect(other == ["token.refresh_reused", "token.refresh_expired"])
  }

  private static func renewals(
    _ refusals: [(after: Double, reason: String)], isOneSession: Bool
  ) throws -> Set<String> {
    var log = EdgeLog()
    var events = ""
    for client in 0..<8 {
      log.token(Double(client), client: client)
      for (n, (after, reason)) in refusals.enumerated() {
        let time = 60 + 10 * Double(client) + after
        log.token(time, client: client, (400, reason.utf8.count + 48))
        events += KeycloakLines.at(
          [time + 0.003],
          KeycloakLines.event(
            "REFRESH_TOKEN_ERROR", client: "web", "ipAddress=\"\(EdgeLog.address(of: client))\"",
            "sessionId=\"\(isOneSession ? "one" : "n\(n)")-\(client)\"", "error=\"invalid_token\"",
            "grant_type=\"refresh_token\"", "reason=\"\(reason)\""))
      }
    }
    return try log.causes(ofPath: "/realms", keycloak: KeycloakLines.inOrder(events))
  }

  @Test(arguments: [
    ("Introspection access token for web client: session_expired", "session.expired"),
    ("Client 'orders' is not in the token audience", "token.audience_mismatch"),
  ])
  func `what an introspection says of a session or an audience decides`(
    reason: String, cause: String
  ) throws {
    var log = EdgeLog()
    var events = ""
    for client in 0..<5 {
      log.token(Double(client), client: client)
      for k in 0..<12 {
        let time = 20 + 9 * Double(k) + Double(client)
        log.call(time, client: client, "/orders/items/\(k)", (401, 68), length: 1300)
        events += KeycloakLines.at(
          [time + 0.002],
          KeycloakLines.event(
            "INTROSPECT_TOKEN_ERROR", client: "orders", "ipAddress=\"198.51.100.20\"",
            "error=\"invalid_token\"", "reason=\"\(reason)\""))
      }
    }
    #expect(
      try log.causes(ofPath: "/orders", keycloak: KeycloakLines.inOrder(events)) == [cause])
  }

  @Test func `an issuer that differs in its scheme alone is of missing headers`() throws {
    let lost = "Invalid token issuer. Expected 'http://kc.test/realms/shop', but was 'https:"
    #expect(
      try Self.issuer(lost + "//kc.test/realms/shop'") == ["proxy.forwarded_headers_missing"])
    #expect(
      !(try Self.issuer(lost + "//old.test/realms/shop'"))
        .contains("proxy.forwarded_headers_missing"))
  }

  /// From 100 s on renewals are refused with a reason, and services refuse new tokens.
  private static func issuer(_ reason: String) throws -> Set<String> {
    var log = EdgeLog()
    var events = ""
    for client in 0..<6 {
      log.token(Double(client), client: client)
      for k in 0..<60 {
        let time = 10 + 4 * Double(k) + 0.4 * Double(client)
        log.call(
          time, client: client, "/orders/items/\(k % 4)", time > 104 ? (401, 71) : (200, 400),
          length: 1300)
      }
      let time = 100 + 0.5 * Double(client)
      log.token(time, client: client, (400, 90))
      log.token(time + 2, client: client)
      events += KeycloakLines.at(
        [time + 0.003],
        KeycloakLines.event(
          "REFRESH_TOKEN_ERROR", client: "web", "ipAddress=\"\(EdgeLog.address(of: client))\"",
          "error=\"invalid_token\"", "grant_type=\"refresh_token\"", "reason=\"\(reason)\""))
    }
    return try log.causes(ofPath: "/orders", keycloak: KeycloakLines.inOrder(events))
  }

  @Test func `a token end-point that answers 403 while logins are told of a disabled realm`() throws
  {
    #expect(try Self.forbidden("realm_disabled").contains("realm.not_found"))
    #expect(!(try Self.forbidden("expired_code").contains("realm.not_found")))
  }

  private static func forbidden(_ error: String) throws -> Set<String> {
    var log = EdgeLog()
    var events = ""
    for k in 0..<20 {
      log.token(Double(3 * k), client: k % 4, k < 6 ? (200, 1441) : (403, 129))
      if k >= 6 {
        events += KeycloakLines.at(
          [Double(3 * k) + 1],
          KeycloakLines.event(
            "LOGIN_ERROR", client: "web", "ipAddress=\"203.0.113.9\"", "error=\"\(error)\""))
      }
    }
    return try log.causes(ofPath: "/realms", keycloak: events)
  }

  @Test func `whoever is refused a scope uses what it has until it is too old`() throws {
    #expect(try Self.clinging(error: "invalid_request", scope: true) == ["client.scope_missing"])
    #expect(
      !(try Self.clinging(error: "invalid_request", scope: false)).contains("client.scope_missing"))
  }

  /// A client asks for a token with every call, and calls on with the one it has.
  private static func clinging(error: String, scope: Bool) throws -> Set<String> {
    var log = EdgeLog()
    var events = ""
    for k in 0..<40 {
      let time = 5 + 11 * Double(k)
      if scope {
        log.token(time, client: 1, (400, 82))
        events += KeycloakLines.at(
          [time + 0.002],
          KeycloakLines.event(
            "CLIENT_LOGIN_ERROR", client: "batch", "ipAddress=\"\(EdgeLog.address(of: 1))\"",
            "error=\"\(error)\"", "grant_type=\"client_credentials\"",
            "reason=\"Invalid scopes: stock:read\""))
      }
      log.call(
        time + 0.05, client: 1, "/orders/items/\(k % 4)", k > 6 ? (401, 68) : (200, 400), length: 0)
      log.token(time + 1, client: 2)
      log.call(time + 1.1, client: 2, "/orders/items/\(k % 4)", (200, 400), length: 0)
    }
    return try log.causes(ofPath: "/orders", keycloak: events)
  }
}
