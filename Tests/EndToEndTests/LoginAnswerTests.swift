import Foundation
import Testing

/// Refusals around logins and sessions, with Keycloak's or the edge's words beside the access log.
struct LoginAnswerTests {
  @Test func `the answer of a login that nobody remembers is a lost login`() throws {
    #expect(
      try Self.callbacks(to: "/orders/callback?state=s&session_state=t&code=c")
        == ["session.login_state_lost"])
    #expect(
      !(try Self.callbacks(to: "/orders/items?state=s")).contains("session.login_state_lost"))
  }

  @Test func `a 403 to the answer of a login is about the login, elsewhere about a role`() throws {
    let answer = "/orders/callback?state=s&session_state=t&code=c"
    #expect(try Self.forbidden(answer) == ["session.login_state_lost"])
    #expect(try Self.forbidden("/orders/callback") == ["user.role_missing"])
  }

  /// Three people are refused, others served.
  private static func forbidden(_ target: String) throws -> [String] {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 3, apart: 0.4, length: 0)
    for k in 0..<9 {
      log.call(20 + 7 * Double(k), client: 5 + k % 3, target, (403, 2210), length: 0)
    }
    return try log.causes()
  }

  @Test func `a browser that Keycloak sends back with an error was refused its login`() throws {
    for (error, expected) in [
      ("not_allowed", ["client.grant_not_allowed"]), ("login_required", []),
      ("invalid_user_credentials", []),
    ] {
      var log = EdgeLog()
      var keycloak = ""
      log.serve(40, from: 2, every: 3, apart: 0.4, length: 0)
      for k in 0..<12 {
        let time = 20.2 + 5 * Double(k)
        log.asks(time, client: 5 + k % 3)
        keycloak += Self.event(
          time - 0.01, "LOGIN_ERROR", "error=\"\(error)\"", address: "203.0.113.\(25 + k % 3)")
      }
      #expect(try log.causes(keycloak: keycloak) == expected)
    }
  }

  @Test func `a redirect URI that is taken with https lost its scheme on the way`() throws {
    let lost = "proxy.forwarded_headers_missing"
    #expect(try Self.redirects(refused: "http://app.example/callback") == [lost])
    #expect(
      try Self.redirects(refused: "http://app.example/callback/") == [
        "client.redirect_uri_invalid"
      ])
  }

  /// People log in; from the 30th second to the 60th their redirect URI is refused.
  private static func redirects(refused uri: String) throws -> [String] {
    var log = EdgeLog()
    var keycloak = ""
    log.serve(40, from: 2, every: 3, apart: 0.4, length: 0)
    for k in 0..<30 {
      let time = 3.1 + 3 * Double(k)
      let isRefused = (30..<60).contains(time)
      log.asks(time, client: 5 + k % 3, isRefused ? (400, 2310) : (302, 0))
      let good = "https://app.example/callback"
      keycloak += Self.event(
        time - 0.01, isRefused ? "LOGIN_ERROR" : "LOGIN",
        (isRefused ? "error=\"invalid_redirect_uri\", " : "")
          + "redirect_uri=\"\(isRefused ? uri : good)\"", address: "203.0.113.\(25 + k % 3)")
    }
    return try log.causes(keycloak: keycloak)
  }

  @Test func `a login form passes on what Keycloak says of its own call`() throws {
    let own = Self.form(address: "198.51.100.20")
    #expect(try own.log.causes(keycloak: own.keycloak) == ["user.action_required"])
    let foreign = Self.form(address: "203.0.113.50")
    #expect(
      !(try foreign.log.causes(ofPath: "/orders/login", keycloak: foreign.keycloak))
        .contains("user.action_required"))
  }

  @Test func `a token that is served again was not expired`() throws {
    #expect(try Self.expiring(servedBetween: false).causes().contains("token.expired"))
    #expect(!(try Self.expiring(servedBetween: true).causes()).contains("token.expired"))
  }

  @Test func `sessions that were silent for minutes expired, as nobody ended them`() throws {
    let idle = Self.session(goneAt: 500)
    #expect(try idle.log.causes(keycloak: idle.keycloak) == ["session.expired"])
    let sudden = Self.session(goneAt: 14)
    #expect(!(try sudden.log.causes(keycloak: sudden.keycloak)).contains("session.expired"))
  }

  @Test func `refusals of another size are those of https where Keycloak says so meanwhile`() throws
  {
    for (error, isHTTPS) in [("ssl_required", true), ("realm_disabled", false)] {
      var log = EdgeLog()
      var keycloak = ""
      for k in 0..<12 {
        log.token(5 * Double(k), client: k % 3, k < 4 ? (200, 1441) : (403, 317))
        if k >= 4 {
          keycloak += Self.event(
            5 * Double(k) + 1, "LOGIN_ERROR", "error=\"\(error)\"", address: "203.0.113.77")
        }
      }
      let causes = try log.causes(keycloak: keycloak)
      #expect(causes.contains("proxy.https_required") == isHTTPS)
    }
  }

  @Test func `a directory that is down is blamed for the logins of its own requests only`() throws {
    for (isSameRequest, expected) in [
      (true, ["keycloak.federation_down"]),
      (false, ["user.invalid_credentials", "keycloak.federation_down"]),
    ] {
      var log = EdgeLog()
      var keycloak = ""
      for k in 0..<20 {
        let time = 2 + 3 * Double(k)
        // Users of the directory are answered 500, one of Keycloak's own has a wrong password.
        log.token(time, client: 1, (500, 94))
        keycloak += Self.directoryGone(time)
        let own = time + (isSameRequest ? 1.5 : 0.6)
        log.token(own, client: 2, (400, 72))
        if isSameRequest { keycloak += Self.directoryGone(own - 0.004) }
        keycloak += Self.event(
          own, "LOGIN_ERROR", "error=\"invalid_user_credentials\"", address: "203.0.113.22")
      }
      let causes = try log.causes(keycloak: KeycloakLines.inOrder(keycloak))
      #expect(Set(causes) == Set(expected))
    }
  }

  private static func directoryGone(_ time: Double) -> String {
    KeycloakLines.at(
      [time],
      """
      WARN  [org.keycloak.storage.UserStorageManager] (executor-thread-2) User storage provider ldap failed \
      during federated user validation: org.keycloak.storage.StorageUnavailableException: LDAP server is \
      unavailable for provider [ldap]
      """)
  }

  private static func event(
    _ time: Double, _ type: String, _ rest: String, address: String
  ) -> String {
    KeycloakLines.at(
      [time],
      """
      WARN  [org.keycloak.events] (executor-thread-1) type="\(type)", realmId="5f1c", \
      realmName="shop", clientId="shop", userId="u-1", ipAddress="\(address)", \(rest)
      """)
  }

  /// A login page whose answers come back to an edge that has lost what it began.
  private static func callbacks(to target: String) throws -> [String] {
    var log = EdgeLog()
    var errors = ""
    for c in 0..<4 { log.token(Double(c), client: c) }
    for k in 0..<6 {
      let time = 10 + 9 * Double(k)
      log.call(time, client: 5 + k % 3, target, (500, 41), length: 0, answeredByEdge: true)
      errors += """
        2026/05/12 10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) [error] 31#31: \
        *\(k + 5) [lua] openidc.lua:1377: authenticate(): request to the redirect_uri path but \
        there's no session state found, client: 203.0.113.\(25 + k % 3), server: _, request: \
        "GET \(target) HTTP/1.1", host: "shop.example"
        """ + "\n"
      for c in 0..<4 {
        log.call(
          time + 1 + Double(c), client: c, "/orders/items/\(k)", (200, 300 + k), length: 0)
      }
    }
    return try log.causes(keycloak: errors)
  }

  /// A form of an application that asks Keycloak for a token; `address`: who asked, by Keycloak's events.
  private static func form(address: String) -> (log: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    var keycloak = ""
    for c in 0..<4 { log.token(Double(c), client: c) }
    for k in 0..<8 {
      let time = 10 + 11 * Double(k)
      log.submit(time + 0.18, client: 30 + k % 3, "/orders/login", (401, 52))
      keycloak += event(
        time + 0.1, "LOGIN_ERROR", "error=\"resolve_required_actions\", username=\"carol\"",
        address: address)
      for c in 0..<4 {
        log.call(
          time + 2 + Double(c), client: c, "/orders/items/\(k)", (200, 300 + k), length: 0)
      }
    }
    return (log, keycloak)
  }

  /// A client that is refused when its token is 60 seconds old; others renew theirs before.
  private static func expiring(servedBetween: Bool) -> EdgeLog {
    var log = EdgeLog()
    for c in 1..<5 {
      log.visits(of: c, until: 290, every: 3, renewal: 50) { log, k, time, _ in
        log.call(time, client: c, "/orders/items/\(k)", (200, 300 + k % 5), length: 0)
      }
    }
    log.visits(of: 8, until: 290, every: 2, renewal: 120) { log, k, time, login in
      let isRefused = time - login > 60 && (!servedBetween || k % 2 == 0)
      log.call(
        time, client: 8, "/orders/items/\(k)", isRefused ? (401, 74) : (200, 300 + k % 5),
        length: 0)
    }
    return log
  }

  /// A client whose session Keycloak no longer finds from a moment on, by the introspections of the service.
  private static func session(goneAt gone: Double) -> (log: EdgeLog, keycloak: String) {
    var log = EdgeLog()
    var keycloak = ""
    for c in 1..<5 {
      keycloak += event(
        0.3 * Double(c), "LOGIN", "username=\"user-\(c)\"", address: "203.0.113.\(20 + c)"
      ).replacingOccurrences(of: "WARN ", with: "DEBUG")
      log.visits(of: c, until: 560, every: 6, renewal: 1000) { log, k, time, _ in
        log.call(time, client: c, "/orders/items/\(k)", (200, 300 + k % 5), length: 0)
      }
    }
    log.token(1, client: 8)
    for k in 0..<5 {
      log.call(2 + 2 * Double(k), client: 8, "/orders/items/\(k)", (200, 301), length: 0)
      log.call(gone + 2 * Double(k), client: 8, "/orders/items/\(k)", (401, 61), length: 0)
      keycloak += event(
        gone + 2 * Double(k), "INTROSPECT_TOKEN_ERROR", "error=\"user_session_not_found\"",
        address: "198.51.100.20")
    }
    return (log, keycloak)
  }
}
