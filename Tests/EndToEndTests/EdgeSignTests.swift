import Testing

/// What an edge's own failures give away: HAProxy's session states, the address that Caddy could not reach.
struct EdgeSignTests {
  @Test func `what HAProxy refuses by itself asks for a password, a denial does not`() throws {
    #expect(try Self.haproxy("LR--").contains("foreign.basic_auth"))
    #expect(!(try Self.haproxy("PR--")).contains("foreign.basic_auth"))
  }

  private static func haproxy(_ state: String) throws -> [String] {
    var lines: [String] = []
    for k in 0..<60 {
      let stamp = String(format: "12/May/2026:10:00:%02d.%03d", k, 100 + k)
      let head = "203.0.113.\(20 + k % 5):\(41000 + k) [\(stamp)] web"
      lines.append(
        k % 3 == 0
          ? "\(head) web/<NOSRV> 0/-1/-1/-1/0 401 233 - - \(state) 2/2/0/0/0 0/0 \"GET /orders/a HTTP/1.1\""
          : "\(head) shop_billing/s1 0/0/0/4/4 200 420 - - ---- 2/2/0/0/0 0/0 \"GET /billing/a HTTP/1.1\""
      )
    }
    return try EdgeLog.causes(of: [
      Scratch.file(lines.joined(separator: "\n") + "\n", name: "haproxy-\(state).log").path
    ])
  }

  @Test func `Caddy's auth service that cannot be reached is told by its port`() throws {
    #expect(try Self.caddy(port: 4180) == ["ingress.auth_request_failing"])
    #expect(!(try Self.caddy(port: 8080)).contains("ingress.auth_request_failing"))
  }

  private static func caddy(port: Int) throws -> [String] {
    var lines: [String] = []
    for k in 0..<40 {
      let request = """
        "request":{"remote_ip":"203.0.113.\(20 + k % 5)","proto":"HTTP/1.1","method":"GET",\
        "host":"api.example.com","uri":"/orders/items/\(k)","headers":{"User-Agent":["okhttp/4.\(k % 5)"]}}
        """
      let time = 1_778_580_000 + k
      if k > 15 {
        lines.append(
          """
          {"level":"error","ts":\(time).2,"logger":"http.log.error.log0","msg":"dial tcp 10.42.0.9:\(port): \
          connect: connection refused",\(request),"duration":0.0005,"status":502,"err_id":"a\(k)",\
          "err_trace":"reverseproxy.statusError (reverseproxy.go:1299)"}
          """)
      }
      lines.append(
        """
        {"level":"\(k > 15 ? "error" : "info")","ts":\(time).2,"logger":"http.log.access.log0","msg":"handled request",\
        \(request),"duration":0.0006,"size":\(k > 15 ? 0 : 312),"status":\(k > 15 ? 502 : 200),"resp_headers":{}}
        """)
    }
    return try EdgeLog.causes(of: [
      Scratch.file(lines.joined(separator: "\n") + "\n", name: "caddy-\(port).log").path
    ])
  }

  @Test func `an edge that cannot connect to a Keycloak that goes on is no Keycloak down`() throws {
    #expect(try Self.unconnected(events: true, reload: true) == ["proxy.tls"])
    #expect(try Self.unconnected(events: true, reload: false) == ["netpol.reject"])
    #expect(try Self.unconnected(events: false, reload: true) == ["keycloak.down"])
  }

  /// HAProxy that gets no connection to Keycloak from the 21st to the 40th second.
  private static func unconnected(events: Bool, reload: Bool) throws -> [String] {
    var lines: [String] = []
    var keycloak = ""
    for k in 0..<60 {
      let isLost = (21..<40).contains(k)
      if k == 21, reload {
        lines.append("2026-05-12T10:00:20.900000001Z [NOTICE]   (77) : Reloading HAProxy")
      }
      let stamp = String(format: "12/May/2026:10:00:%02d.%03d", k, 100 + k)
      let head = String(format: "2026-05-12T10:00:%02d.%03d000001Z ", k, 110 + k)
      let end =
        isLost ? "0/0/-1/-1/4 503 217 - - SC--" : "0/0/0/40/40 200 1441 - - ----"
      lines.append(
        """
        \(head)203.0.113.\(20 + k % 5):\(41000 + k) [\(stamp)] web auth_keycloak/s1 \(end) 2/2/0/0/0 0/0 \
        "POST /realms/shop/protocol/openid-connect/token HTTP/1.1"
        """)
      if events || !isLost {
        keycloak += KeycloakLines.at(
          [Double(k) + 0.4],
          """
          DEBUG [org.keycloak.events] (executor-thread-2) type="INTROSPECT_TOKEN", realmId="shop", \
          clientId="orders", userId="u1", ipAddress="198.51.100.7", client_auth_method="client-secret"
          """)
      }
    }
    return try EdgeLog.causes(of: [
      Scratch.file(lines.joined(separator: "\n") + "\n", name: "sc-\(events)-\(reload).log").path,
      Scratch.file(keycloak, name: "kc-\(events)-\(reload).log").path,
    ])
  }
}
