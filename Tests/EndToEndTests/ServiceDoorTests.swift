import Testing

/// Services, and proxies before them, that send people to a login by themselves.
struct ServiceDoorTests {
  private static let browser =
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"

  @Test func `a service that sends programs with tokens to its login is set up for browsers`()
    throws
  {
    #expect(
      try Self.turned(at: "reports", logsIn: false).causes() == ["resource_server.settings_wrong"])
    #expect(try Self.turned(at: "reports", logsIn: true).causes().isEmpty)
    // Who asks for a login gets one.
    #expect(try Self.turned(at: "reports/login", logsIn: false).causes().isEmpty)
  }

  @Test func `a proxy before a service that sends programs with tokens to its login ignores these`()
    throws
  {
    #expect(
      try Self.turned(at: "oauth2-proxy", logsIn: false).causes() == ["ingress.bearer_ignored"])
    #expect(try Self.turned(at: "oauth2-proxy", logsIn: true).causes().isEmpty)
  }

  /// Clients with tokens call a service, which redirects them to Keycloak.
  private static func turned(at service: String, logsIn: Bool) -> EdgeLog {
    var log = EdgeLog()
    log.serve(20, from: 2, every: 4, apart: 0.4, length: 1300)
    for client in 5..<9 {
      let agent = logsIn ? browser : "client-\(client)/1.0"
      if !logsIn { log.token(0.3 * Double(client), client: client) }
      for k in 0..<8 {
        let time = 4 + 11 * Double(k) + 0.5 * Double(client)
        log.call(
          time, client: client, "/\(service)/items/\(k)", (302, 0), agent: agent, length: 1300)
        if logsIn {
          log.login(time + 0.2, client: client, agent: agent)
          log.call(
            time + 5, client: client, "/\(service)/items/\(k)", (200, 4800), agent: agent,
            length: 900)
        } else {
          log.asks(time + 0.1, client: client, (200, 7120), agent: agent)
        }
      }
    }
    return log
  }

  @Test
  func `pages that a proxy before a service sent to the login and now refuses lack their redirect`()
    throws
  {
    #expect(
      try Self.shut("oauth2-proxy", byEdge: false).causes() == ["ingress.no_login_redirect"])
    #expect(
      !(try Self.shut("oauth2-proxy", byEdge: false, isSentBefore: false).causes())
        .contains("ingress.no_login_redirect"))
  }

  @Test func `visitors who are served when the door has opened again were refused without a token`()
    throws
  {
    #expect(try Self.shut("reports", byEdge: true).causes() == ["ingress.no_login_redirect"])
    #expect(
      !(try Self.shut("reports", byEdge: true, isServedBetween: true).causes())
        .contains("ingress.no_login_redirect"))
  }

  /// Browsers open a page: sent to the login in the first minute and in the third, refused in the second.
  private static func shut(
    _ service: String, byEdge: Bool, isSentBefore: Bool = true, isServedBetween: Bool = false
  ) -> EdgeLog {
    var log = EdgeLog()
    let path = "/\(service)/home"
    func answers(
      _ log: inout EdgeLog, _ time: Double, _ client: Int, _ answer: (status: Int, size: Int)
    ) {
      log.call(
        time, client: client, path, answer, agent: browser, length: 0,
        answeredByEdge: byEdge && answer.status != 200)
    }
    for client in 10..<16 {
      let time = 3 + 7 * Double(client - 10)
      for start in [time, time + 120] {
        if start == time, !isSentBefore {
          answers(&log, start, client, (200, 4800))
          continue
        }
        answers(&log, start, client, (302, 138))
        log.login(start + 0.3, client: client, agent: browser)
        answers(&log, start + 5, client, (200, 4800))
      }
      for k in 0..<3 {
        answers(&log, time + 60 + 4 * Double(k), client, (401, 172))
        if isServedBetween { answers(&log, time + 61 + 4 * Double(k), client, (200, 4800)) }
      }
    }
    return log
  }

  @Test func `a way back from the login that is refused lost no token on a redirect`() throws {
    let back = try Self.redirected("/oauth2/callback?state=s1&code=c1").causes()
    #expect(!back.contains("ingress.redirect_drops_auth"))
    #expect(
      try Self.redirected("/orders/export?page=1").causes().contains("ingress.redirect_drops_auth"))
  }

  /// Clients that are redirected to the same path and refused there.
  private static func redirected(_ path: String) -> EdgeLog {
    var log = EdgeLog()
    log.serve(30, from: 2, every: 4, apart: 0.4, length: 1300)
    for k in 0..<12 {
      let time = 6 + 9 * Double(k)
      log.call(
        time, client: 10 + k % 3, path, (308, 164), agent: browser, length: 0, answeredByEdge: true)
      log.call(time + 0.2, client: 10 + k % 3, path, (403, 120), agent: browser, length: 0)
    }
    return log
  }
}
