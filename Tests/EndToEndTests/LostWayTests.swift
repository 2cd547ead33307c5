import Foundation
import Testing

/// Requests that do not find Keycloak: the edge's words and whose answer it was tell why.
struct LostWayTests {
  @Test func `a path that the edge lost is told from a realm that Keycloak lacks`() throws {
    #expect(
      try Self.notFound(146, by: "upstream-default-backend").causes() == ["ingress.wrong_path"])
    #expect(try Self.notFound(32, by: "auth-keycloak-8080").causes() == ["realm.not_found"])
    #expect(
      !(try Self.notFound(512, by: "auth-keycloak-8080").causes()).contains("realm.not_found"))
  }

  @Test func `errors of Traefik that name no request tell of the calls of their second`() throws {
    let lookup = "lookup keycloak.iam.svc.cluster.local on 10.43.0.10:53: "
    #expect(try Self.traefik(lookup + "no such host") == ["dns.nxdomain"])
    #expect(try Self.traefik(lookup + "server misbehaving") == ["dns.servfail"])
    #expect(
      try Self.traefik("10.42.0.93:8080: connect: no route to host").contains("netpol.reject"))
    #expect(
      try Self.traefik("10.42.0.93:8080: connect: connection refused") == ["keycloak.down"])
  }

  @Test func `errors of Apache that name no request tell of the calls that waited for them`() throws
  {
    let dropped = try Self.apache("(110)Connection timed out", after: 3)
    #expect(dropped.contains("netpol.drop"))
    #expect(!dropped.contains("keycloak.down"))
    #expect(try Self.apache("(111)Connection refused", after: 0) == ["keycloak.down"])
  }

  @Test func `look-ups that take the time of a resolver's tries are not answered, quick ones are`()
    throws
  {
    let lookup = "AH00898: DNS lookup failure for: keycloak.iam.svc returned by /realms/shop"
    #expect(try Self.apache(lookup, after: 10) == ["dns.blocked"])
    #expect(try Self.apache(lookup, after: 0) == ["dns.nxdomain"])
    let go = "lookup keycloak.iam.svc.cluster.local on 10.43.0.10:53: read udp 10.42.0.9:51:"
    #expect(try Self.traefik("\(go) i/o timeout") == ["dns.blocked"])
  }

  @Test func `answers that wait for SYN retransmissions, and for Keycloak, tell dropped packets`()
    throws
  {
    #expect(try Self.healing(through: false) == ["netpol.drop"])
    // Some are answered amid the failures.
    #expect(try Self.healing(through: true) == ["keycloak.overloaded"])
  }

  @Test
  func `an answer that the edge cannot take has too many headers where others of the server pass`()
    throws
  {
    let tooBig = "ingress.upstream_header_too_big"
    #expect(try Self.unreadable(othersPass: true).causes() == [tooBig])
    #expect(try Self.unreadable(othersPass: false).causes() == ["proxy.tls"])
    #expect(!(try Self.unreadable(othersPass: true, state: "SC--").causes()).contains(tooBig))
  }

  /// HAProxy's login pages fail for half a minute.
  private static func unreadable(othersPass: Bool, state: String = "PH--") -> HAProxyLog {
    var log = HAProxyLog()
    for k in 0..<60 {
      let time = 2 + 1.5 * Double(k)
      let isBad = (20..<40).contains(k)
      if isBad {
        log.login(time, client: k % 6, (502, 208), state: state)
      } else {
        log.login(time, client: k % 6, (200, 7100))
      }
      if isBad && !othersPass {
        log.token(time + 0.4, client: k % 4, (502, 208), state: state)
      } else {
        log.token(time + 0.4, client: k % 4)
      }
      log.call(time + 0.6, client: k % 4, "/orders/items/\(k)", (200, 600 + k % 7))
    }
    return log
  }

  /// Traefik's calls for tokens, which take 0.2 s; from the 30th to the 50th second they end after four. What was
  /// asked in the last three of these seconds is answered when its SYN is sent again.
  private static func healing(through: Bool) throws -> [String] {
    var lines: [String] = []
    func call(_ time: Double, _ seconds: Double, _ status: Int) {
      func stamp(_ time: Double) -> String {
        String(
          format: "2026-05-12T10:%02d:%06.3fZ", Int(time) / 60, time - Double(Int(time) / 60 * 60))
      }
      lines.append(
        """
        {"ClientAddr":"203.0.113.\(20 + lines.count % 4):4\(1000 + lines.count)","ClientHost":"203.0.113.\(20 + lines.count % 4)",\
        "ClientPort":"4\(1000 + lines.count)","DownstreamContentSize":\(status == 200 ? 3339 : 15),\
        "DownstreamStatus":\(status),"Duration":\(Int(seconds * 1e9)),"OriginDuration":\(Int(seconds * 1e9)),\
        "OriginStatus":\(status),"RequestHost":"sso.example","RequestMethod":"POST",\
        "RequestPath":"/realms/shop/protocol/openid-connect/token","RequestProtocol":"HTTP/1.1",\
        "RetryAttempts":0,"RouterName":"keycloak@file","ServiceAddr":"10.0.0.7:8080","ServiceName":"keycloak@file",\
        "StartUTC":"\(stamp(time))","level":"info","msg":"","time":"\(stamp(time + seconds))"}
        """)
    }
    for k in 0..<160 {
      let time = 1 + 0.5 * Double(k)
      switch time {
      case ..<30, 51...: call(time, 0.2, 200)
      case ..<46: through && k % 5 == 0 ? call(time, 2.4, 200) : call(time, 4.001, 504)
      default: call(time, time > 49 ? 1.23 : 3.28, 200)
      }
    }
    let events = KeycloakLines.spell(
      from: 1, to: 29, every: 2,
      """
      DEBUG [org.keycloak.events] (executor-thread-1) type="CLIENT_LOGIN", realmName="shop", clientId="web", \
      ipAddress="203.0.113.20"
      """)
    let edge = try Scratch.file(lines.joined(separator: "\n") + "\n", name: "\(UUID()).log")
    let keycloak = try Scratch.file(events, name: "\(UUID()).log")
    return try EdgeLog.causes(of: [edge.path, keycloak.path])
  }

  @Test func `single resets between good calls are of idle connections, a row of them is not`()
    throws
  {
    #expect(try Self.reset { $0 % 6 == 3 } == ["proxy.idle_dropped"])
    #expect(!(try Self.reset { (20..<30).contains($0) }).contains("proxy.idle_dropped"))
  }

  @Test func `the first call after a pause is reset, told by whole seconds, too`() throws {
    #expect(try Self.paused(retry: 200) == ["proxy.idle_dropped"])
    #expect(!(try Self.paused(retry: 502)).contains("proxy.idle_dropped"))
  }

  /// A client that asks for a token every three minutes, on a connection that is gone by then; the next call
  /// follows in the same second. Lines without fractions of seconds.
  private static func paused(retry: Int) throws -> [String] {
    var log = EdgeLog()
    log.isPlain = true
    var errors = ""
    for k in 0..<5 {
      let time = 5.2 + 180 * Double(k)
      // The line of the retry, which took longer, has an earlier start.
      log.token(time, client: 1, (502, 150), seconds: 0.001)
      log.token(time + 0.4, client: 1, retry == 200 ? (200, 1441) : (502, 150), seconds: 0.03)
      for call in 0..<50 {
        log.call(
          time + 1 + 3 * Double(call), client: 1, "/orders/items/\(call)", (200, 300 + call % 7),
          length: 0)
      }
      errors += """
        2026/05/12 10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) [error] 7#7: *\(k) \
        recv() failed (104: Connection reset by peer) while reading response header from upstream, \
        client: 203.0.113.21, server: sso.example.com, request: \
        "POST /realms/shop/protocol/openid-connect/token HTTP/1.1", upstream: \
        "http://198.51.100.20:8080/realms/shop/protocol/openid-connect/token", host: "sso.example.com"

        """
    }
    return try log.causes(others: [("edge-error", errors)])
  }

  /// Calls for tokens, some of which are reset at once.
  private static func reset(_ isReset: (Int) -> Bool) throws -> [String] {
    var log = EdgeLog()
    var errors = ""
    for k in 0..<60 {
      let time = 1 + 2 * Double(k)
      log.token(time, client: k % 5, isReset(k) ? (502, 150) : (200, 1441), seconds: 0.002)
      guard isReset(k) else { continue }
      errors += """
        2026/05/12 10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) [error] 7#7: *\(k) \
        recv() failed (104: Connection reset by peer) while reading response header from upstream, \
        client: 203.0.113.\(20 + k % 5), server: sso.example.com, request: \
        "POST /realms/shop/protocol/openid-connect/token HTTP/1.1", upstream: \
        "http://198.51.100.20:8080/realms/shop/protocol/openid-connect/token", host: "sso.example.com"

        """
    }
    return try log.causes(others: [("edge-error", errors)])
  }

  /// Apache's lines of calls for tokens that fail for a while with its own 503, and its errors.
  private static func apache(_ words: String, after seconds: Int) throws -> [String] {
    var lines = ""
    var errors = ""
    for k in 0..<80 {
      let isLost = (30..<60).contains(k)
      func clock(_ second: Int) -> String {
        String(format: "10:%02d:%02d", second / 60, second % 60)
      }
      lines += """
        203.0.113.\(20 + k % 5) - - [12/May/2026:\(clock(k)) +0000] \
        "POST /realms/shop/protocol/openid-connect/token HTTP/1.1" \(isLost ? 503 : 200) \
        \(isLost ? 560 : 1441) "-" "client-\(k % 5)/1.0"

        """
      guard isLost else { continue }
      errors += """
        [Tue May 12 \(clock(k + seconds)).\(100_000 + k) 2026] [proxy:error] [pid 7:tid 9] \(words)\
        \(words.hasPrefix("(") ? ": AH00957: http: attempt to connect to 10.42.0.93:8080 (10.42.0.93:8080) failed" : "")

        """
    }
    let inputs = try [("access", lines), ("error", errors)].map {
      try Scratch.file($0.1, name: "\($0.0)-\(UUID().uuidString).log").path
    }
    return try EdgeLog.causes(of: inputs)
  }

  @Test func `whoever looks for Keycloak at home has the wrong address`() throws {
    let log = Self.withoutKeys()
    let home = Self.refused(at: "localhost:8180")
    #expect(
      try log.causes(others: [("orders", home)]) == ["resource_server.keycloak_url_wrong"])
    let away = Self.refused(at: "keycloak.iam.svc:8080")
    #expect(!(try log.causes(others: [("orders", away)])).contains("keycloak.down"))
  }

  @Test func `a header is stripped at a reload, not by itself`() throws {
    let log = Self.withoutKeys()
    #expect(!(try log.causes()).contains("ingress.auth_header_stripped"))
    let reload = """
      2026/05/12 10:00:40 [notice] 7#7: signal 1 (SIGHUP) received from 42, reconfiguring
      2026/05/12 10:00:40 [notice] 7#7: reconfiguring

      """
    #expect(
      try log.causes(others: [("edge-error", reload)]) == ["ingress.auth_header_stripped"])
  }

  /// Token calls that are answered with 404 from the 40th second on.
  private static func notFound(_ size: Int, by upstream: String) -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<5 {
      for k in 0..<20 {
        let time = 0.5 * Double(c) + 4 * Double(k)
        if time < 40 {
          log.token(time, client: c)
          log.call(time + 0.3, client: c, "/orders/items/\(k)", (200, 300 + k % 7), length: 0)
        } else {
          log.token(time, client: c, (404, size), upstream: upstream)
        }
      }
    }
    return log
  }

  /// A service that refuses everybody at once from the 41st second on; requests are long throughout.
  private static func withoutKeys() -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<6 {
      for k in 0..<25 {
        let time = 0.55 * Double(c) + 3.9 * Double(k)
        log.token(time, client: c)
        log.call(
          time + 0.4, client: c, "/orders/items/\(k)", time > 40.7 ? (401, 61) : (200, 300 + k % 7),
          length: 1500 + 10 * c)
        log.call(
          time + 0.9, client: c, "/billing/items/\(k)", (200, 410 + k % 7), length: 1500 + 10 * c)
      }
    }
    return log
  }

  /// What that service writes beside each refusal.
  private static func refused(at address: String) -> String {
    var lines: [(Double, String)] = []
    for c in 0..<6 {
      for k in 0..<25 {
        let time = 0.55 * Double(c) + 3.9 * Double(k)
        if time > 40.7 {
          lines.append(
            (
              time + 0.398,
              """
              WARNING orders.auth introspection failed: HTTPConnectionPool(host='\
              \(address.prefix { $0 != ":" })', port=8180): Max retries exceeded with url: \
              http://\(address)/realms/shop (Caused by NewConnectionError('Failed to establish a \
              new connection: [Errno 111] Connection refused'))
              """
            ))
        }
      }
    }
    return lines.sorted { $0.0 < $1.0 }.map { time, text in
      String(
        format: "2026-05-12 10:%02d:%02d,%03d %@\n", Int(time) / 60, Int(time) % 60,
        Int(time * 1000) % 1000, text)
    }.joined()
  }

  /// The causes where Traefik answers 502 to token calls in the middle and says why.
  private static func traefik(_ error: String) throws -> [String] {
    var lines: [(Double, String)] = []
    for c in 0..<6 {
      for k in 0..<25 {
        let time = 0.5 * Double(c) + 3.1 * Double(k)
        let fails = time > 25 && time < 55
        let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
        let end =
          fails
          ? "502 11 \"-\" \"-\" \(k) \"iam-keycloak@kubernetes\" \"http://10.42.0.93:8080\" 2ms"
          : "200 1188 \"-\" \"-\" \(k) \"iam-keycloak@kubernetes\" \"http://10.42.0.93:8080\" 60ms"
        lines.append(
          (
            time,
            """
            203.0.113.\(20 + c) - - [12/May/2026:\(clock) +0000] "POST \
            /realms/shop/protocol/openid-connect/token HTTP/2.0" \(end)
            """
          ))
        if fails {
          lines.append(
            (
              time,
              """
              2026-05-12T\(clock)Z DBG github.com/traefik/traefik/v3/pkg/proxy/httputil/proxy.go:121 \
              > 502 Bad Gateway error="dial tcp \(error)"
              """
            ))
        }
      }
    }
    let text = lines.sorted { $0.0 < $1.0 }.map { $0.1 + "\n" }.joined()
    return try EdgeLog.causes(of: [
      Scratch.file(text, name: "traefik-\(UUID().uuidString).log").path
    ])
  }
}
