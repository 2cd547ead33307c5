import Testing

/// Exports that lack what a verdict would stand on: fewer answers, never false ones.
struct PoorExportTests {
  @Test func `refusals alone do not show that everybody is refused`() throws {
    let log = Self.visitor()
    #expect(try log.causes(linesWith: "\" 401 ") == ["benign.no_token"])
    #expect(try log.causes() == ["benign.no_token"])
    let file = try Scratch.file(log.text(with: "\" 401 "), name: "refusals.log")
    let report = try Tool.run([file.path]).output
    #expect(report.contains("! coverage: no good answer is among these lines"))
    let whole = try Tool.run([Scratch.file(log.text(), name: "whole.log").path]).output
    #expect(!whole.contains("no good answer"))
  }

  @Test func `a refusal whose redirect was not logged goes with those whose redirect was`() throws {
    #expect(try Self.redirected(every: 4).causes() == ["ingress.redirect_drops_auth"])
    #expect(try Self.redirected(every: 1).causes() == ["ingress.redirect_drops_auth"])
    #expect(!(try Self.redirected(every: 1000).causes()).contains("ingress.redirect_drops_auth"))
  }

  @Test
  func `callers who hung up while Keycloak was silent were waiting for it, not cut off from it`()
    throws
  {
    let log = Self.stalled()
    #expect(
      try log.causes(keycloak: Self.warnings(hangUpsAt: [34, 41, 47])) == ["keycloak.overloaded"])
    #expect(
      !(try log.causes(keycloak: Self.warnings(hangUpsAt: [66, 67, 67]))).contains(
        "keycloak.overloaded"))
  }

  @Test func `one request is what two proxies log under one id, not what a log repeats`() throws {
    let line = { (second: Int, id: String) in
      """
      203.0.113.20 - - [12/May/2026:10:00:\(10 + second) +0000] "GET /orders/1 HTTP/1.1" 401 26 "-" \
      "app/1.0" 210 0.005 [shop-orders-8080] [] 198.51.100.20:8080 26 0.005 401 \(id)
      """ + "\n"
    }
    let id = String(repeating: "5a", count: 16)
    let cases = [
      (["edge-1.log", "edge-2.log"], id, 1), (["edge-3.log", "edge-4.log"], "-", 2),
      (["edge.log.1", "edge.log"], id, 2),
    ]
    for (names, id, count) in cases {
      let files = try zip(names, [0, 9]).map { try Scratch.file(line($1, id), name: $0).path }
      let report = try Tool.run(files).output
      #expect(report.hasPrefix("\(count) × 401 of \(count) request"))
    }
  }

  @Test
  func
    `refusals of Keycloak go to the service that refuses with them, though good answers are missing`()
    throws
  {
    for isWhole in [true, false] {
      let edge = try Scratch.file(Self.twoServices(isWhole: isWhole), name: "two-\(isWhole).log")
        .path
      let keycloak = try Scratch.file(Self.ended(), name: "two-\(isWhole)-keycloak.log").path
      let found = try EdgeLog.causes(of: [edge, keycloak])
      #expect(found.contains("session.revoked"))
      #expect(found.contains("user.role_missing") || !isWhole)
      let rows = try Tool.attributions([edge, keycloak])
      let forbidden = rows.filter { $0["status"] as? Int == 403 }
      #expect(forbidden.count == 24)
      #expect(!forbidden.contains { $0["cause"] as? String == "session.revoked" })
    }
  }

  /// HAProxy's lines, which name no address of a service: one checks each token with Keycloak and refuses some, the
  /// other wants a role that some have not.
  private static func twoServices(isWhole: Bool) -> String {
    (0..<96).flatMap { k -> [String] in
      let time = 2 + 0.5 * Double(k)
      let isRefused = k >= 40 && k % 2 == 0
      let isForbidden = k % 4 == 0
      return [
        isWhole || isRefused
          ? haproxy(time, "orders", k, isRefused ? (401, 449) : (200, 700 + k % 7)) : "",
        isWhole || isForbidden
          ? haproxy(time - 0.001, "parcels", k, isForbidden ? (403, 418) : (200, 600 + k % 5)) : "",
      ]
    }.joined()
  }

  private static func haproxy(
    _ time: Double, _ service: String, _ k: Int, _ answer: (status: Int, size: Int)
  ) -> String {
    let stamp = String(format: "%02d.%03d", Int(time) % 60, Int(time * 1000) % 1000)
    return """
      203.0.113.2\(k % 4):4\(100 + k) [12/May/2026:10:00:\(stamp)] http~ shop_\(service)_8080/SRV_1 0/0/0/6/6 \
      \(answer.status) \(answer.size) - - ---- 9/9/0/0/0 0/0 "GET /\(service)/items/\(k) HTTP/1.1"

      """
  }

  /// Keycloak's answers to the service that asks.
  private static func ended() -> String {
    KeycloakLines.at(
      [21.5],
      """
      DEBUG [org.keycloak.events] (executor-thread-3) operationType="ACTION", realmName="shop", \
      clientId="admin", ipAddress="203.0.113.9", resourceType="USER", resourcePath="users/u-1/logout"
      """)
      + (0..<96).map { k in
        let isRefused = k >= 40 && k % 2 == 0
        return KeycloakLines.at(
          [2 + 0.5 * Double(k) + 0.003],
          """
          \(isRefused ? "WARN " : "DEBUG") [org.keycloak.events] (executor-thread-1) \
          type="INTROSPECT_TOKEN\(isRefused ? "_ERROR" : "")", realmName="shop", clientId="orders-rs", \
          sessionId="session-\(k % 4)", ipAddress="10.42.7.9"\
          \(isRefused ? ", error=\"user_session_not_found\"" : "")
          """)
      }.joined()
  }

  /// A visitor without a token and two scanners at three services, and four clients who are served.
  private static func visitor() -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<4 { log.token(0.2 * Double(c), client: c) }
    for (s, service) in ["orders", "billing", "profile"].enumerated() {
      let start = 3 + 0.2 * Double(s)
      for k in 0..<24 {
        log.call(
          start + 3.7 * Double(k), client: 90, "/\(service)/items/\(k)", (401, 26 + 8 * s),
          length: 0)
        for c in 0..<4 {
          log.call(
            start + 3.5 * Double(k) + 0.7 * Double(c), client: c, "/\(service)/items/\(k)",
            (200, 300 + k % 7), length: 0)
        }
      }
      for (k, path) in [".env", ".git/config", "wp-login.php", "admin"].enumerated() {
        log.call(
          start + 21 * Double(k), client: 180 + k % 2, "/\(service)/\(path)", (401, 26 + 8 * s),
          agent: "zgrab/0.x", length: 0)
      }
    }
    return log
  }

  /// A client that is redirected before each of its refusals; one redirect in `every` is in the log.
  private static func redirected(every: Int) -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<3 { log.token(0.2 * Double(c), client: c) }
    for k in 0..<40 {
      let time = 2 + 2.5 * Double(k)
      if k % every == 0, every < 100 {
        log.call(time, client: 0, "/billing/items/\(k)", (308, 164), length: 0)
      }
      log.call(time + 0.02, client: 0, "/billing/items/\(k)", (401, 26), length: 0)
      for c in 0..<3 {
        log.call(
          time + 0.5 + 0.3 * Double(c), client: c, "/orders/items/\(k)", (200, 300 + k % 7),
          length: 0)
      }
      for c in 1..<3 {
        log.call(
          time + 0.6 + 0.3 * Double(c), client: c, "/billing/items/\(k)", (200, 410 + k % 7),
          length: 0)
      }
    }
    return log
  }

  /// Calls of the token end-point that time out between the 30th and the 60th second.
  private static func stalled() -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<5 {
      var time = 0.4 * Double(c)
      while time < 90 {
        if time > 55, time < 60 {
          time += 5
        } else if time > 30, time < 60 {
          log.token(time + 5, client: c, (504, 160), seconds: 5.001)
          time += 5.4
        } else {
          log.token(time, client: c)
          log.call(time + 0.3, client: c, "/orders/items/1", (200, 310), length: 0)
          time += 2.3
        }
      }
    }
    return log
  }

  /// Keycloak's log from WARN on: refused introspections of a service and callers gone.
  private static func warnings(hangUpsAt seconds: [Int]) -> String {
    var lines: [(Int, String)] = [3, 33, 40, 46, 70].map {
      (
        $0,
        """
        WARN  [org.keycloak.events] (executor-thread-5) type="INTROSPECT_TOKEN_ERROR", \
        realmId="r", realmName="shop", clientId="shop-api", userId="null", \
        ipAddress="198.51.100.20", error="invalid_token", reason="Introspection token JWT check \
        failed"
        """
      )
    }
    lines += seconds.map {
      (
        $0,
        """
        ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-3) Uncaught \
        server error: java.io.IOException: io.vertx.core.http.HttpClosedException: Connection was \
        closed
        """
      )
    }
    return lines.sorted { $0.0 < $1.0 }.map { second, text in
      let clock = (second < 60 ? "10:00:" : "10:01:") + (second % 60 < 10 ? "0" : "")
      return
        "2026-05-12T\(clock)\(second % 60).200Z 2026-05-12 \(clock)\(second % 60),200 \(text)\n"
    }.joined()
  }
}
