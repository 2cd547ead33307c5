import Foundation
import Testing

/// Edges whose lines leave out who was asked, or why.
struct MuteEdgeTests {
  @Test func `refusals of everybody with nothing in them are of the auth service, probes as well`()
    throws
  {
    #expect(try EdgeLog.causes(of: [Self.envoy(flags: "UAEX")]) == ["ingress.auth_request_failing"])
    let denied = try EdgeLog.causes(of: [Self.envoy(flags: "-")])
    #expect(!denied.contains("ingress.auth_request_failing"))
    // One client alone: the auth service's own decision.
    let one = try EdgeLog.causes(of: [Self.envoy(flags: "UAEX", clients: 1)])
    #expect(!one.contains("ingress.auth_request_failing"))
  }

  @Test func `introspections that Keycloak refused are of the service that refused then`() throws {
    let refused = try Self.kong(lag: 0.004)
    #expect(try EdgeLog.causes(of: refused).first == "session.expired")
    let apart = try Self.kong(lag: 5)
    #expect(!(try EdgeLog.causes(of: apart)).contains("session.expired"))
  }

  /// A service behind Envoy's default format; from the fortieth second on every call of some clients is refused.
  private static func envoy(flags: String, clients: Int = 6) throws -> String {
    var lines: [String] = []
    func line(_ time: Double, _ client: String, _ agent: String, _ path: String, _ isRefused: Bool)
    {
      let stamp = String(
        format: "2026-05-12T10:%02d:%06.3fZ", Int(time) / 60, time - 60 * Double(Int(time) / 60))
      let answer =
        isRefused
        ? "403 \(flags) 0 0 201 -"
        : path.contains("token") ? "200 - 107 1159 33 33" : "200 - 0 15 4 3"
      lines.append(
        """
        [\(stamp)] "\(path.contains("token") ? "POST" : "GET") \(path) HTTP/1.1" \(answer) "\(client)" \
        "\(agent)" "\(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0, UInt8(lines.count % 256))))" \
        "api.example.com" "\(isRefused ? "-" : "10.0.0.9:8080")"
        """)
    }
    for k in 0..<70 {
      let time = 1 + Double(k)
      for client in 0..<6 {
        if k % 30 == 0 {
          line(
            time, "203.0.113.\(client)", "okhttp/4.\(client)",
            "/realms/shop/protocol/openid-connect/token",
            false)
        }
        line(
          time + 0.1 * Double(client) + 0.1, "203.0.113.\(client)", "okhttp/4.\(client)",
          "/orders/items/\(k % 9)", k > 40 && client < clients)
      }
      if k % 5 == 0 {
        line(
          time + 0.9, "203.0.113.200", "kube-probe/1.31", "/orders/healthz", k > 40 && clients == 6)
      }
    }
    return try Scratch.file(lines.joined(separator: "\n") + "\n", name: "\(UUID().uuidString).log")
      .path
  }

  /// Two services behind Kong, whose plain lines name neither; one of them asks Keycloak about each token, from an
  /// address that no line has. `lag`: seconds from Keycloak's answer to the service's.
  private static func kong(lag: Double) throws -> [String] {
    var lines: [(time: Double, text: String)] = []
    var events: [(time: Double, text: String)] = []
    func line(_ time: Double, _ client: Int, _ request: String, _ status: Int, _ size: Int) {
      let stamp = String(format: "12/May/2026:10:%02d:%02d +0000", Int(time) / 60, Int(time) % 60)
      lines.append(
        (
          time,
          """
          203.0.113.\(client) - - [\(stamp)] "\(request) HTTP/1.1" \(status) \(size) "-" "okhttp/4.\(client)" \
          kong_request_id: "\(String(format: "%032x", lines.count + 1))"
          """
        ))
    }
    for client in 0..<6 {
      line(Double(client), client, "POST /realms/shop/protocol/openid-connect/token", 200, 3240)
      for k in 0..<60 {
        let time = 8 + 1.7 * Double(k) + 0.21 * Double(client)
        line(time, client, "GET /catalog/items/\(k % 9)", 200, 264)
        let isEnded = client == 2 && k > 8 && k % 6 == 0
        line(
          time + 0.4, client, "GET /orders/carts/\(k % 9)", isEnded ? 401 : 200, isEnded ? 61 : 310)
        if isEnded {
          let event =
            """
            WARN  [org.keycloak.events] (executor-thread-5) type="INTROSPECT_TOKEN_ERROR", \
            realmName="shop", clientId="orders-rs", userId="null", ipAddress="10.128.35.57", \
            error="session_expired", reason="Introspection access token for web client: session_expired"
            """
          events.append((time + 0.4 - lag, event))
        }
      }
    }
    let edge = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    let keycloak = events.sorted { $0.time < $1.time }.map { KeycloakLines.at([$0.time], $0.text) }
      .joined()
    return try [edge, keycloak].map { try Scratch.file($0, name: "\(UUID().uuidString).log").path }
  }

  @Test func `a service that serves sessions only ignores whoever comes with a token`() throws {
    #expect(
      try EdgeLog.causes(of: [Self.caddy(bearersServed: false)]) == ["ingress.bearer_ignored"])
    let some = try EdgeLog.causes(of: [Self.caddy(bearersServed: true)])
    #expect(!some.contains("ingress.bearer_ignored"))
  }

  /// Caddy logs which headers came: browsers with a cookie, clients with a token; one more of the latter may be served.
  private static func caddy(bearersServed: Bool) throws -> String {
    var lines: [(time: Double, text: String)] = []
    func line(
      _ time: Double, _ client: Int, _ agent: String, _ header: String, _ path: String,
      _ status: Int, _ size: Int
    ) {
      lines.append(
        (
          time,
          """
          {"level":"info","ts":\(1_778_580_000 + time),"logger":"http.log.access.log0","msg":"handled request",\
          "request":{"remote_ip":"203.0.113.\(client)","remote_port":"\(40000 + client)","client_ip":"203.0.113.\(client)",\
          "proto":"HTTP/1.1","method":"\(path.hasSuffix("token") ? "POST" : "GET")","host":"api.example.com","uri":"\(path)",\
          "headers":{"User-Agent":["\(agent)"],"\(header)":["REDACTED"]}},"bytes_read":0,"user_id":"",\
          "duration":0.003,"size":\(size),"status":\(status),"resp_headers":{"Server":["Caddy"]}}
          """
        ))
    }
    let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
    for k in 0..<40 {
      let time = 2 * Double(k)
      for client in 1..<4 {
        if k == 0 {
          line(
            0.1 * Double(client), client, "okhttp/4.\(client)", "Accept",
            "/realms/shop/protocol/openid-connect/token", 200, 1400)
        }
        let isServed = bearersServed && client == 3
        line(
          time + 0.3 * Double(client), client, "okhttp/4.\(client)", "Authorization",
          "/depot/items/\(k % 9)",
          isServed ? 200 : 401, isServed ? 300 + k % 7 : 26)
      }
      line(time + 1.5, 20 + k % 4, browser, "Cookie", "/depot/list/\(k % 5)", 200, 320 + k % 7)
    }
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try Scratch.file(text, name: "\(UUID().uuidString).log").path
  }

  @Test func `an edge that reaches Keycloak lacks keys for another reason than dropped packets`()
    throws
  {
    #expect(
      try EdgeLog.causes(of: [Self.istio(tokenCalls: true)]) == ["resource_server.keys_unavailable"]
    )
    let lost = try EdgeLog.causes(of: [Self.istio(tokenCalls: false)])
    #expect(!lost.contains("resource_server.keys_unavailable"))
    #expect(!lost.isEmpty)
  }

  /// A gateway that checks tokens; from the thirtieth second on it waits a second for keys that do not come. Calls for
  /// tokens go through it, and are served or not.
  private static func istio(tokenCalls isServed: Bool) throws -> String {
    var lines: [String] = []
    func line(
      _ time: Double, _ client: Int, _ request: String, _ answer: String, _ took: Int,
      _ cluster: String
    ) {
      let stamp = String(
        format: "2026-05-12T10:%02d:%06.3fZ", Int(time) / 60, time - 60 * Double(Int(time) / 60))
      lines.append(
        """
        [\(stamp)] "\(request) HTTP/1.1" \(answer) - "-" 0 \(answer.hasPrefix("200") ? 340 : 29) \(took) - \
        "203.0.113.\(client)" "okhttp/4.\(client)" "\(String(format: "%032x", lines.count + 1))" "api.example.com" \
        "10.0.0.9:8080" outbound|8080||\(cluster).shop.svc.cluster.local - 10.0.0.5:8443 203.0.113.\(client):5142 \
        api.example.com -
        """)
    }
    for k in 0..<70 {
      let time = 1 + Double(k)
      for client in 0..<4 where (k + client) % 3 == 0 {
        let isLost = k > 30 && !isServed
        line(
          time + 0.1 * Double(client), client, "POST /realms/shop/protocol/openid-connect/token",
          isLost ? "504 UT upstream_response_timeout" : "200 - via_upstream", isLost ? 5003 : 21,
          "keycloak")
      }
      for client in 0..<4 {
        line(
          time + 0.5 + 0.1 * Double(client), client, "GET /orders/items/\(k % 9)",
          k > 30
            ? "401 - jwt_authn_access_denied{Jwks_remote_fetch_is_failed}" : "200 - via_upstream",
          k > 30 ? 1002 : 4, "orders")
      }
    }
    return try Scratch.file(lines.joined(separator: "\n") + "\n", name: "\(UUID().uuidString).log")
      .path
  }

  @Test func `connections that Envoy makes in vain for no reason given are no certain verdict`()
    throws
  {
    for (flags, milliseconds, cause) in [
      ("UF", 2, "proxy.tls"), ("UF", 0, "netpol.reject"), ("UF,URX", 40, "netpol.reject"),
    ] {
      let findings = try Self.unconnected(flags, milliseconds, goesOn: true)
      #expect(findings.map(\.cause) == [cause])
      #expect(findings.allSatisfy { $0.confidence < 0.85 })
    }
    // Nobody else is served, either.
    #expect(try Self.unconnected("UF", 2, goesOn: false).map(\.cause) == ["keycloak.down"])
  }

  /// Contour's calls for tokens that end with a flag from the 30th to the 60th second, while Keycloak's log tells
  /// of a service's introspections or of nothing.
  private static func unconnected(
    _ flags: String, _ milliseconds: Int, goesOn: Bool
  ) throws -> [(cause: String, confidence: Double)] {
    let lines = (0..<90).map { k in
      let isLost = (30..<60).contains(k)
      return """
        {"@timestamp":"2026-05-12T10:\(String(format: "%02d:%02d", k / 60, k % 60)).100Z",\
        "authority":"sso.example","bytes_received":98,"bytes_sent":\(isLost ? 98 : 1441),\
        "downstream_remote_address":"203.0.113.\(20 + k % 5):4\(1000 + k)",\
        "duration":\(isLost ? milliseconds : 60),"method":"POST",\
        "path":"/realms/shop/protocol/openid-connect/token","protocol":"HTTP/1.1",\
        "request_id":"5d1f0000-0000-4000-8000-0000000000\(10 + k)","response_code":\(isLost ? 503 : 200),\
        "response_flags":"\(isLost ? flags : "-")","upstream_cluster":"iam/keycloak/8080/da39a3ee5e",\
        "upstream_host":"10.42.0.93:8080","user_agent":"app/1.0","x_forwarded_for":"203.0.113.\(20 + k % 5)"}

        """
    }
    let event = """
      DEBUG [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN", realmName="shop", \
      clientId="orders", ipAddress="10.42.0.50"
      """
    let events =
      KeycloakLines.spell(from: 1, to: 28, every: 2, event)
      + (goesOn ? KeycloakLines.spell(from: 30, to: 88, every: 2, event) : "")
    let edge = try Scratch.file(lines.joined(), name: "\(UUID()).log")
    let keycloak = try Scratch.file(events, name: "\(UUID()).log")
    let findings = try Tool.report([edge.path, keycloak.path])["findings"] as? [[String: Any]]
    return (findings ?? []).map {
      ($0["cause"] as? String ?? "", $0["confidence"] as? Double ?? 1)
    }
  }

  @Test func `what comes at once after a login was not waited for, told without durations, too`()
    throws
  {
    #expect(try Self.strippedByKong(renewsAtOnce: true) == ["ingress.auth_header_stripped"])
    #expect(
      !(try Self.strippedByKong(renewsAtOnce: false)).contains("ingress.auth_header_stripped"))
  }

  /// Kong's lines of four clients: from the 30th to the 60th second a service refuses everybody, with nothing in the
  /// answer, also who just got a token.
  private static func strippedByKong(renewsAtOnce: Bool) throws -> [String] {
    var lines: [(time: Double, text: String)] = []
    func line(_ time: Double, _ client: Int, _ request: String, _ answer: String) {
      lines.append(
        (
          time,
          """
          203.0.113.\(20 + client) - - [12/May/2026:10:\(String(format: "%02d:%02d", Int(time) / 60, Int(time) % 60)) \
          +0000] "\(request) HTTP/1.1" \(answer) "-" "client-\(client)/1.0" kong_request_id: \
          "\(String(format: "%032x", Int(time * 100) * 4 + client))"
          """
        ))
    }
    for client in 0..<4 {
      for k in 0..<60 {
        let time = 0.31 * Double(client) + 1.5 * Double(k)
        let isLost = (30..<60).contains(time)
        if k % 8 == 0 || isLost && renewsAtOnce {
          line(
            time, client, "POST /realms/shop/protocol/openid-connect/token", "200 1441")
        }
        let service = k % 8 == 0 && !renewsAtOnce ? "billing" : "orders"
        line(
          time + 0.02, client, "GET /\(service)/items/\(k)",
          isLost && service == "orders" ? "401 0" : "200 31\(k % 7)")
        line(time + 0.7, client, "GET /billing/items/\(k)", "200 42\(k % 7)")
      }
    }
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [Scratch.file(text, name: "\(UUID()).log").path])
  }
}
