import Testing

/// An edge that sends people to a login: who is sent there for nothing, and who is not sent there.
struct LoginDoorTests {
  private static let browser =
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"

  @Test func `a program with a token is sent to the login for nothing, a browser is not`() throws {
    #expect(try Self.guarded(programs: true).causes() == ["ingress.bearer_ignored"])
    #expect(try Self.guarded(programs: false).causes().isEmpty)
  }

  @Test func `a program that logs in where it is sent is no client with a token`() throws {
    var log = Self.guarded(programs: false)
    for c in 0..<3 {
      log.token(Double(c), client: c)
      for k in 0..<3 {
        let time = 5 + 30 * Double(k) + Double(c)
        log.call(
          time, client: c, "/reports/home", (302, 138), length: 0, answeredByEdge: true)
        log.login(time + 0.2, client: c, agent: "client-\(c)/1.0")
        log.call(time + 5, client: c, "/reports/home", (200, 4800), length: 0)
      }
    }
    #expect(try log.causes().isEmpty)
  }

  @Test func `since a reload the edge's login answers calls with tokens, pages go on`() throws {
    let reload = """
      2026/05/12 10:00:40 [notice] 7#7: signal 1 (SIGHUP) received from 42, reconfiguring
      2026/05/12 10:00:40 [notice] 7#7: reconfiguring

      """
    let causes = try Self.reloaded().causes(others: [("edge-error", reload)])
    #expect(causes == ["ingress.bearer_ignored"])
    #expect(!(try Self.reloaded().causes()).contains("ingress.bearer_ignored"))
  }

  /// Programs with tokens and browsers with sessions; from the 40th second on the edge refuses the former.
  private static func reloaded() -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<4 {
      log.token(0.3 * Double(c), client: c)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(c)
        log.call(
          time, client: c, "/reports/api/items/\(k)", time > 40.2 ? (401, 172) : (200, 300 + k % 5),
          length: 1700, answeredByEdge: time > 40.2)
        log.call(
          time + 0.7, client: 10 + c, "/reports/home", (200, 4800), agent: browser, length: 1800)
      }
    }
    return log
  }

  @Test func `pages that led to the login and are now refused lack their redirect`() throws {
    #expect(
      try Self.turned(path: "/reports/home", icons: true).causes() == ["ingress.no_login_redirect"])
    // Calls that led there do as well; where nothing did, nobody knows.
    #expect(
      try Self.turned(path: "/reports/api/items", icons: false).causes() == [
        "ingress.no_login_redirect"
      ])
    #expect(
      !(try Self.turned(path: "/reports/api/items", icons: false, led: false).causes())
        .contains("ingress.no_login_redirect"))
  }

  @Test func `people who try until they are sent to the login again were not on their way to it`()
    throws
  {
    var log = Self.turned(path: "/reports/home", icons: true)
    for c in 10..<12 {
      log.login(Double(3 + 10 * (c - 10) + 70), client: c, agent: Self.browser)
    }
    #expect(try log.causes() == ["ingress.no_login_redirect"])
    for c in 12..<15 {
      log.login(Double(3 + 10 * (c - 10) + 66), client: c, agent: Self.browser)
    }
    #expect(!(try log.causes()).contains("ingress.no_login_redirect"))
  }

  @Test func `a browser that is no longer sent to the login gets the same answer on any route`()
    throws
  {
    var log = Self.turned(path: "/reports/home", icons: true)
    for c in 10..<15 {
      log.call(
        72 + 10 * Double(c - 10), client: c, "/reports/data/\(c)", (401, 172), agent: Self.browser,
        length: 0, answeredByEdge: true)
    }
    #expect(try log.causes() == ["ingress.no_login_redirect"])
    // Another answer is another matter.
    log.call(
      90, client: 77, "/reports/data/1", (401, 99), agent: "curl/8", length: 0, answeredByEdge: true
    )
    #expect(try log.causes() != ["ingress.no_login_redirect"])
  }

  @Test func `a request without room for a token carried none`() throws {
    #expect(try Self.monitor(length: 105).causes() == ["benign.no_token"])
    #expect(!(try Self.monitor(length: 1240).causes()).contains("benign.no_token"))
  }

  @Test func `lengths are compared within one user agent`() throws {
    // A browser's headers alone are longer than those of a program, and a program's token longer still.
    #expect(try Self.visits(length: 640).causes() == ["benign.no_token"])
    #expect(!(try Self.visits(length: 1900).causes()).contains("benign.no_token"))
  }

  /// Browsers that are sent to the login and come back; three programs that fetch tokens, too.
  private static func guarded(programs: Bool) -> EdgeLog {
    var log = EdgeLog()
    for c in 10..<14 {
      let time = Double(c - 10) * 3
      log.call(
        time, client: c, "/reports/home", (302, 138), agent: browser, length: 0,
        answeredByEdge: true)
      log.login(time + 0.3, client: c, agent: browser)
      for k in 0..<20 {
        log.call(
          time + 6 + 4 * Double(k), client: c, "/reports/items/\(k)", (200, 4800 + k % 5),
          agent: browser, length: 0)
      }
    }
    guard programs else { return log }
    for c in 0..<3 {
      log.token(0.5 * Double(c), client: c)
      for k in 0..<20 {
        log.call(
          2 + 4.2 * Double(k) + 0.5 * Double(c), client: c, "/reports/items/\(k)", (302, 138),
          length: 0, answeredByEdge: true)
      }
    }
    return log
  }

  /// Browsers open a path: sent to the login in the first minute, refused in the second.
  private static func turned(path: String, icons: Bool, led: Bool = true) -> EdgeLog {
    var log = EdgeLog()
    for c in 10..<15 {
      let time = 3 + 10 * Double(c - 10)
      if led {
        log.call(
          time, client: c, path, (302, 138), agent: browser, length: 0, answeredByEdge: true)
      }
      log.login(time + 0.3, client: c, agent: browser)
      log.call(time + 5, client: c, path, (200, 4800), agent: browser, length: 0)
      for k in 0..<2 {
        log.call(
          time + 60 + 4 * Double(k), client: c, path, (401, 172), agent: browser, length: 0,
          answeredByEdge: true)
        if icons {
          log.call(
            time + 60.2 + 4 * Double(k), client: c, "/reports/favicon.ico", (401, 172),
            agent: browser, length: 0, answeredByEdge: true)
        }
      }
    }
    return log
  }

  /// Served programs, and one of another kind that is refused by the edge's auth service.
  private static func monitor(length: Int) -> EdgeLog {
    var log = served()
    for k in 0..<9 {
      log.call(
        4 + 9 * Double(k), client: 80, "/orders/items/\(k)", (401, 172), agent: "curl/8.9.1",
        length: length, answeredByEdge: true)
    }
    return log
  }

  /// Served programs, and a browser that comes without a token now and then.
  private static func visits(length: Int) -> EdgeLog {
    var log = served()
    log.login(1, client: 80, agent: browser)
    for k in 0..<6 {
      log.call(
        12 + 13 * Double(k), client: 80, "/orders/items/\(k)", (401, 61), agent: browser,
        length: length)
    }
    return log
  }

  private static func served() -> EdgeLog {
    var log = EdgeLog()
    log.serve(24, from: 3, every: 3.5, apart: 0.7, length: 1180)
    return log
  }
}
