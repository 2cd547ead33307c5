import Testing

/// Keycloak has an edge of its own, whose log is not at hand: its events tell who got a token.
struct OtherEdgeOfKeycloakTests {
  private static let first = "benign.first_call_before_login"

  @Test func `who logs in and is served right after a refusal is known by Keycloak's event`() throws
  {
    let log = Self.firstCalls()
    #expect(try log.causes(keycloak: Self.logins(of: 1...8)) == [Self.first])
    #expect(!(try log.causes(keycloak: Self.logins(of: 11...18))).contains(Self.first))
    #expect(!(try log.causes()).contains(Self.first))
  }

  @Test func `tokens of which events alone tell are no requests`() throws {
    let report = try Tool.run(
      ["--color", "never"]
        + EdgeLog.files(Self.firstCalls().text(), Self.logins(of: 1...8)))
    #expect(report.output.contains("8 × 401 of 56 requests"))
    // The event is all that there is to cite.
    #expect(!report.output.contains(#/gets a new token [^\[]*\[[^ \]]+ [^\]]+\]/#))
  }

  /// Each of eight clients is refused once, and served half a second later and for some seconds.
  private static func firstCalls() -> EdgeLog {
    var log = EdgeLog()
    for client in 1...8 {
      let time = 5 + 7 * Double(client)
      log.call(time, client: client, "/orders/items/1", (401, 61), length: 0)
      for k in 0..<6 {
        log.call(
          time + 0.5 + Double(k), client: client, "/orders/items/\(k)", (200, 300 + k), length: 0)
      }
    }
    return log
  }

  private static func logins(of clients: ClosedRange<Int>) -> String {
    clients.map { client in
      KeycloakLines.at(
        [5.2 + 7 * Double(client - clients.lowerBound + 1)],
        KeycloakLines.event(
          "LOGIN", client: "shop-spa", #"ipAddress="\#(EdgeLog.address(of: client))""#,
          #"grant_type="password""#))
    }.joined()
  }

  @Test func `who is refused like a visitor and served at once was at a login that no log shows`()
    throws
  {
    var log = Self.firstCalls()
    for k in 0..<3 {
      log.call(
        3 + 20 * Double(k), client: 50, "/orders/.env", (401, 61), agent: "scan/1", length: 0)
    }
    #expect(try log.causes().first == Self.first)
    // Refused twice each time: as somebody without a token.
    for client in 1...8 {
      log.call(
        5.2 + 7 * Double(client), client: client, "/orders/items/1", (401, 61), length: 0)
    }
    #expect(!(try log.causes()).contains(Self.first))
  }

  @Test func `of two programs behind one address the one that calls after each renewal renews`()
    throws
  {
    // One is served as long as it renews; the other is refused from the age of a minute on.
    var log = EdgeLog()
    log.address = "203.0.113.77"
    var events: [String] = []
    func event(_ time: Double, _ type: String, session: Int) {
      events.append(
        KeycloakLines.at(
          [time],
          KeycloakLines.event(
            type, client: "shop-spa", #"sessionId="s\#(session)""#, #"ipAddress="203.0.113.77""#,
            #"grant_type="password""#)))
    }
    for program in 0..<2 { event(1 + 3 * Double(program), "LOGIN", session: program) }
    for k in 1..<5 { event(1 + 50 * Double(k), "REFRESH_TOKEN", session: 0) }
    for k in 0..<120 {
      for program in 0..<2 {
        let time = 1.1 + 2 * Double(k) + 3.1 * Double(program)
        let isOld = program == 1 && time > 64
        log.call(
          time, client: program, "/orders/items/\(k)", isOld ? (401, 88) : (200, 300 + k % 7),
          length: 0)
      }
    }
    #expect(
      try log.causes(keycloak: KeycloakLines.inOrder(events.joined())) == ["token.expired"])
  }

  @Test func `who is too old while nobody gets a token was kept from renewing`() throws {
    #expect(try Self.renewals(end: 400, forgetful: true) == ["token.expired"])
    #expect(!(try Self.renewals(end: 190, forgetful: false)).contains("token.expired"))
  }

  /// Twelve clients renew once a minute until `end`, after which the log goes on for 25 s, but for one if it is
  /// forgetful; whoever has an old token is refused.
  private static func renewals(end: Double, forgetful: Bool) throws -> [String] {
    var log = EdgeLog()
    var events: [String] = []
    for client in 1...12 {
      var token = 0.3 * Double(client)
      for k in 0..<150 {
        let time = 1 + 2 * Double(k) + 0.1 * Double(client)
        if time > end + 25 { break }
        // They come one after the other.
        let age = k == 0 ? 100 : time - token + (k < 30 ? 4 * Double(client) : 0)
        if age > 55, client > 1 || k == 0 || !forgetful, time < end {
          token = time + 0.02
          events.append(
            KeycloakLines.at(
              [token],
              KeycloakLines.event(
                "REFRESH_TOKEN", client: "app", #"sessionId="s\#(client)""#,
                #"ipAddress="\#(EdgeLog.address(of: client))""#)))
        }
        log.call(
          time, client: client, "/orders/items/\(k)",
          time - token > 60 ? (401, 88) : (200, 300 + k % 7), length: 0)
      }
    }
    return try log.causes(keycloak: KeycloakLines.inOrder(events.joined()))
  }

  @Test func `failed logins of which the edge has no line are told beside its requests`() throws {
    #expect(try Self.besides(errors: 3, seen: false) == ["client.bad_secret"])
    #expect(try Self.besides(errors: 2, seen: false) == [])
    // Whoever is seen to call Keycloak through this edge is judged by that.
    #expect(try Self.besides(errors: 3, seen: true) == [])
  }

  private static func besides(errors: Int, seen: Bool) throws -> [String] {
    var log = EdgeLog()
    log.serve(20, from: 2, every: 3, apart: 0.2, length: 0)
    if seen { log.token(9, client: 77) }
    let error = KeycloakLines.event(
      "CLIENT_LOGIN_ERROR", client: "batch", #"ipAddress="\#(EdgeLog.address(of: 77))""#,
      #"error="invalid_client_credentials""#)
    return try log.causes(
      keycloak: KeycloakLines.at((0..<errors).map { 10 + 5 * Double($0) }, error))
  }

  @Test func `a service that writes no requests speaks beside one that does`() throws {
    #expect(try Self.spoken(times: 3) == ["token.expired"])
    #expect(try Self.spoken(times: 2) == [])
  }

  @Test func `who speaks of requests that the edge shows is heard with them`() throws {
    var log = EdgeLog()
    log.serve(20, from: 2, every: 3, apart: 0.2, length: 0)
    for k in 0..<5 {
      log.call(20 + 5 * Double(k), client: 9, "/reports/items", (401, 77), length: 0)
    }
    let spoken = (0..<5).map { Self.refusal(at: 20 + 5 * $0) }.joined()
    let rows = try Tool.attributions(EdgeLog.files(log.text(), nil, [("reports", spoken)]))
    #expect(rows.causes == ["token.expired"])
    #expect(try log.causes(others: [("reports", spoken)]) == ["token.expired"])
  }

  @Test func `of services without an edge none is taken for the edge of the others`() throws {
    let rows = try Self.beside(clients: 1)
    #expect(rows.count == 10 && rows.causes == ["token.expired"])
    // Who serves many clients is the edge, as far as one can see.
    #expect(try Self.beside(clients: 9).isEmpty)
  }

  /// Lines of one service in the layout of many, and of another that refuses, each with its own path.
  private static func beside(clients: Int) throws -> [[String: Any]] {
    let combined = (0..<60).map { k in
      String(
        format:
          "10.244.1.%d - - [12/May/2026:10:%02d:%02d +0000] \"GET /orders/items/%d HTTP/1.1\" 200 311\n",
        2 + k % clients, k / 6, k % 6 * 10, k)
    }.joined()
    let own = (0..<60).map { k in
      let isBad = k % 6 == 5
      let time = String(format: "2026-05-12 10:%02d:%02d", k / 6, k % 6 * 10)
      return
        (isBad ? "\(time),004 WARNING [reports.auth] invalid token: Signature has expired\n" : "")
        + "\(time),006 INFO  [reports.access] 203.0.113.9 GET /reports/\(k) \(isBad ? 401 : 200) 3.2ms\n"
    }.joined()
    return try Tool.attributions(
      [("orders", combined), ("reports", own)].map {
        try Scratch.file($0.1, name: "\($0.0)-beside-\(clients).log").path
      })
  }

  /// One service writes what it served, another that it refused.
  private static func spoken(times: Int) throws -> [String] {
    let served = (0..<60).map { k in
      String(
        format:
          "2026-05-12 10:%02d:%02d,120 INFO  [orders.access] 203.0.113.9 GET /orders/%d 200 3.2ms\n",
        k / 6, k % 6 * 10, k)
    }.joined()
    let refused = (0..<times).map { refusal(at: 20 + 5 * $0) }.joined()
    return try EdgeLog.causes(
      of: [("orders", served), ("reports", refused)].map {
        try Scratch.file($0.1, name: "\($0.0)-\(times).log").path
      })
  }

  private static func refusal(at second: Int) -> String {
    String(
      format:
        "2026-05-12 10:%02d:%02d,004 WARNING [reports.auth] invalid token: Signature has expired\n",
      second / 60, second % 60)
  }
}
