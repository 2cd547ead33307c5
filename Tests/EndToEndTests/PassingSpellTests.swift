import Foundation
import Testing

/// What a service meets for a while: that it lost its way to Keycloak, that the edge was reloaded, that the edge could not
/// reach it.
struct PassingSpellTests {
  @Test func `a service that serves again by itself lost its way to Keycloak`() throws {
    let passing = try Self.lost(until: 70, status: 401)
    #expect(passing.rows.count > 60)
    #expect(passing.causes == ["netpol.drop"])
    // Its own 503 is a refusal as well where it refuses others with 401.
    let unavailable = try Self.lost(until: 70, status: 503)
    #expect(unavailable.rows.count > 60)
    #expect(unavailable.causes == ["netpol.drop"])
    #expect(!(try Self.lost(until: 200, status: 401).causes.contains("netpol.drop")))
  }

  @Test func `introspections that Keycloak misses for a while tell who could not reach it`() throws
  {
    let text = "introspections of 10.0.0.9 meanwhile"
    #expect(try Self.lost(until: 70, status: 401, silent: true).text.contains(text))
    #expect(!(try Self.lost(until: 70, status: 401, silent: false).text.contains(text)))
  }

  /// Combined lines, without durations, of eight clients of two services; one of them refuses everybody from the
  /// 40th second on.
  private static func lost(
    until end: Int, status: Int, silent: Bool = true
  ) throws -> (rows: [[String: Any]], causes: Set<String>, text: String) {
    var log = ApacheLog()
    var keycloak = ""
    for second in 0..<140 {
      for client in 0..<8 where (second + client) % 2 == 0 {
        if (second + client) % 30 == 0 || second < 2 {
          log.token(second, client: client, (200, 1441))
          keycloak += KeycloakLines.at(
            [Double(second) + 0.3],
            KeycloakLines.event(
              "CLIENT_LOGIN", client: "c\(client)", #"ipAddress="203.0.113.\#(20 + client)""#))
        }
        let isLost = second >= 40 && second < end
        log.call(second, client: client, "/orders/items", isLost ? (status, 71) : (200, 140))
        log.call(second, client: client, "/billing/items", (200, 150))
        if !isLost || !silent {
          keycloak += KeycloakLines.at(
            [Double(second) + 0.5],
            KeycloakLines.event(
              "INTROSPECT_TOKEN", client: "orders", #"ipAddress="10.0.0.9""#, #"userId="u1""#))
        }
      }
      if second % 7 == 3 { log.call(second, client: 30, "/orders/items", (401, 44)) }
    }
    let files = try log.files(keycloak: keycloak)
    let rows = try Tool.attributions(files).filter {
      ($0["client"] as? String) != "203.0.113.50"
    }
    let report = try Tool.run(["-q", "--fail-on", "never", "--json", "-"] + files)
    return (rows, rows.causes, report.output)
  }

  @Test func `refusals before a reload of the edge are not its work`() throws {
    let causes = try Self.reloaded()
    #expect(causes.before == causes.alone)
    #expect(!causes.before.contains("ingress.auth_header_stripped"))
    #expect(causes.meanwhile == ["ingress.auth_header_stripped"])
  }

  /// A client that comes without a token now and then, before and while the edge takes the header from everybody.
  private static func reloaded() throws -> (
    before: Set<String>, meanwhile: Set<String>, alone: Set<String>
  ) {
    func causes(isReloaded: Bool) throws -> (before: Set<String>, meanwhile: Set<String>) {
      var log = EdgeLog()
      for c in 0..<6 {
        for k in 0..<60 {
          let time = 0.3 * Double(c) + 3 * Double(k)
          let isLost = isReloaded && time > 100.2 && time < 140
          if k % 5 == 0 { log.token(time, client: c) }
          log.call(
            time + 0.4, client: c, "/orders/items/\(k)", isLost ? (401, 61) : (200, 300 + k % 7),
            length: 0)
          if c == 0, k % 3 == 0, isLost || k < 30 {
            log.call(time + 0.9, client: c, "/orders/items/\(k)", (401, 61), length: 0)
          }
          if c == 5, k % 4 == 0 {
            log.call(
              time + 0.7, client: 9, "/orders/items", (401, 61), agent: "kube-probe/1.30", length: 0
            )
          }
        }
      }
      let files = try EdgeLog.files(
        log.text(), nil, isReloaded ? [("edge-error", EdgeErrors.reloads(at: 100, 140))] : [])
      let rows = try Tool.attributions(files).of(client: "203.0.113.20")
      return (
        rows.when { $0 < "2026-05-12T10:01:38" }.causes,
        rows.when { $0 > "2026-05-12T10:01:41" }.causes
      )
    }
    let reloaded = try causes(isReloaded: true)
    return (reloaded.before, reloaded.meanwhile, try causes(isReloaded: false).before)
  }

  @Test func `a refusal while Keycloak is down is not of the spell minutes before`() throws {
    let causes = try Self.twice()
    #expect(causes.first.contains("netpol.drop"))
    #expect(!causes.second.contains("netpol.drop"))
  }

  /// The causes of one service's refusals after five seconds: in a spell of its own, and minutes later, one a client,
  /// when the edge finds nobody at Keycloak's address.
  private static func twice() throws -> (first: Set<String>, second: Set<String>) {
    var log = EdgeLog()
    var errors = ""
    for k in 0..<130 {
      for client in 0..<6 {
        let time = 3 * Double(k) + 0.4 * Double(client)
        let isLost = (20..<30).contains(k)
        let isDown = (110..<118).contains(k)
        if isDown {
          log.token(
            time, client: client + 10, (502, 150), seconds: 0.001, upstream: "auth-keycloak-8080")
          errors += EdgeErrors.refused(
            time, client: client + 10, "POST", "/realms/shop/protocol/openid-connect/token",
            host: "sso.example.com")
        } else if k % 10 == 0 {
          log.token(time, client: client)
        }
        if isDown, k > 110 { continue }
        let isRefused = isLost || isDown
        log.call(
          time + (isRefused ? 6 : 0.1), client: client, "/orders/items/\(k)",
          isRefused ? (401, 73) : (200, 300 + k % 7), length: 0, seconds: isRefused ? 5.01 : 0.005)
        log.call(
          time + 0.2, client: client, "/billing/items/\(k)", (200, 410 + k % 7), length: 0)
      }
    }
    let files = try EdgeLog.files(log.text(), nil, [("edge-error", errors)])
    let rows = try Tool.attributions(files).below("/orders")
    return (
      rows.when { $0 < "2026-05-12T10:02" }.causes, rows.when { $0 > "2026-05-12T10:05" }.causes
    )
  }

  @Test func `a service that the edge could not reach has looked at no token`() throws {
    var log = EdgeLog()
    var errors = ""
    for k in 0..<60 {
      for client in 0..<5 {
        let time = 2 * Double(k) + 0.3 * Double(client)
        if k % 12 == 0 { log.token(time, client: client) }
        let isLost = client < 2 && (30..<34).contains(k)
        log.call(
          time + 0.1, client: client, "/orders/items/\(k)",
          isLost ? (502, 150) : (200, 300 + k % 7), length: 0)
        guard isLost else { continue }
        errors += EdgeErrors.refused(
          time, client: client, "GET", "/orders/items/\(k)", host: "shop.example.com")
      }
    }
    let causes = try log.causes(others: [("edge-error", errors)])
    #expect(!causes.contains { $0.hasPrefix("token.") || $0.hasPrefix("benign.") })
  }

  @Test func `what a service answers everybody at one time has one cause`() throws {
    #expect(!(try Self.together(reload: false)).contains("ingress.auth_header_stripped"))
    #expect(try Self.together(reload: true) == ["ingress.auth_header_stripped"])
  }

  /// The causes of a visit's refusals by a service that has one answer for everything, while it and another lose
  /// Keycloak's name, or the edge, reloaded, takes the header away.
  private static func together(reload: Bool) throws -> Set<String> {
    var log = EdgeLog()
    for k in 0..<80 {
      for client in 0..<4 {
        let time = 1.5 * Double(k) + 0.3 * Double(client)
        let isLost = time > 60.2 && time < 75
        if k % 20 == 0 { log.token(time, client: client) }
        log.call(
          time + 0.1, client: client, "/billing/items/\(k)",
          isLost ? (401, 61) : (200, 300 + k % 7), length: 0)
        log.call(
          time + 0.15, client: client, "/shipping/items/\(k)",
          isLost && !reload ? (401, 144) : (200, 400 + k % 7), length: 0)
      }
      if k % 3 == 0 {
        log.call(
          1.5 * Double(k) + 0.9, client: 9, "/billing/health", (401, 61), agent: "kube-probe/1.30",
          length: 0)
        log.call(
          1.5 * Double(k) + 0.95, client: 9, "/shipping/health", (401, 58),
          agent: "kube-probe/1.30", length: 0)
      }
    }
    log.token(66, client: 7)
    for call in 0..<4 {
      log.call(
        66.1 + 0.1 * Double(call), client: 7, "/billing/items/\(call)", (401, 61), length: 0)
    }
    log.token(90, client: 7)
    for call in 0..<4 {
      log.call(
        90.1 + 0.1 * Double(call), client: 7, "/billing/items/\(call)", (200, 305), length: 0)
    }
    let files = try EdgeLog.files(
      log.text(), nil, reload ? [("edge-error", EdgeErrors.reloads(at: 60, 75))] : [])
    return try Tool.attributions(files).of(client: "203.0.113.27").causes
  }
}
