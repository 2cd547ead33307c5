import Foundation
import Testing

/// What can be told where Keycloak writes warnings alone.
struct QuietKeycloakTests {
  @Test func `a client that got tokens since is not refused for its old secret`() throws {
    #expect(!(try Self.mended(true)).contains("client.bad_secret /parcels"))
    #expect(try Self.mended(false).contains("client.bad_secret /parcels"))
  }

  /// A client whose calls for a token are refused for a while, and a service that refuses it afterwards.
  private static func mended(_ isMended: Bool) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    log.token(1, client: 7)
    for k in 0..<60 {
      log.call(2 + 2 * Double(k), client: 7, "/orders/items/\(k)", (200, 300), length: 1300)
    }
    for k in 0..<8 {
      let time = 130 + 5 * Double(k)
      log.token(time, client: 7, (401, 98))
      keycloak += KeycloakLines.at(
        [time],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="CLIENT_LOGIN_ERROR", realmName="shop", \
        clientId="batch", ipAddress="203.0.113.27", error="invalid_client_credentials"
        """)
    }
    if isMended { log.token(170, client: 7) }
    for k in 0..<9 {
      log.call(172 + 3 * Double(k), client: 7, "/parcels/items/\(k)", (401, 74), length: 1300)
    }
    let inputs = try [log.text(), keycloak].map {
      try Scratch.file($0, name: "\(UUID().uuidString).log").path
    }
    return Set(
      try Tool.attributions(inputs).map {
        "\($0["cause"] as? String ?? "") /\(($0["path"] as? String ?? "").split(separator: "/").first ?? "")"
      })
  }

  @Test func `a burst of refusals tells the zone of Keycloak's log`() throws {
    #expect(try Self.burst(hours: 1).contains("a time zone, not a wrong clock"))
    #expect(!(try Self.burst(hours: 0)).contains("a time zone"))
    // No whole quarter of an hour.
    #expect(!(try Self.burst(hours: 1, late: 7)).contains("a time zone"))
  }

  /// Some clients' sessions end, and they call on and on; Keycloak writes no more than its refusals.
  private static func burst(hours: Int, late: Double = 0) throws -> String {
    var log = EdgeLog()
    log.serve(40, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    var time = 60.0
    for k in 0..<90 {
      time += 0.02 + 0.03 * Double(k * k % 13)
      log.call(
        time, client: 5 + k % 2, "/orders/items/\(k % 9)", (401, 126), length: 1300, seconds: 0.02)
      // Another service asks as well, of whose calls the edge has no lines.
      let asker = k % 3 == 0 ? "198.51.100.40" : "198.51.100.20"
      keycloak += KeycloakLines.at(
        k % 3 == 0 ? [time - 0.006 + late, time + 0.041 + late] : [time - 0.006 + late],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN_ERROR", realmName="shop", \
        clientId="orders", userId="u\(k % 2)", sessionId="s\(k % 2)", ipAddress="\(asker)", \
        error="user_session_not_found"
        """)
    }
    let inputs = try [
      log.text(), keycloak.replacing("2026-05-12 10:", with: "2026-05-12 1\(hours):"),
    ].map { try Scratch.file($0, name: "\(UUID().uuidString).log").path }
    return SettingsTests.words(try Tool.run(["--fail-on", "never"] + inputs).output)
  }

  @Test func `a token that Keycloak's event names was read`() throws {
    #expect(!(try Self.severalAnswers("token_id=\"onrtac:1\", ")).contains("token.malformed"))
    #expect(try Self.severalAnswers("").contains("token.malformed"))
  }

  /// One client's calls are refused with answers of four sizes, each after Keycloak was asked.
  private static func severalAnswers(_ token: String) throws -> [String] {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    var keycloak = ""
    log.token(1, client: 6)
    for k in 0..<40 {
      let time = 20 + 3 * Double(k)
      log.call(
        time, client: 6, "/orders/items/\(k)", (401, 98 + 13 * (k % 4)), length: 1300, seconds: 0.01
      )
      keycloak += KeycloakLines.at(
        [time - 0.002],
        """
        WARN  [org.keycloak.events] (executor-thread-1) type="INTROSPECT_TOKEN_ERROR", realmName="shop", \
        clientId="orders", userId="null", ipAddress="198.51.100.20", \(token)error="invalid_token"
        """)
    }
    return try log.causes(keycloak: keycloak)
  }

  @Test func `Keycloak's start line shows that it was told of no proxy`() throws {
    let cause = "proxy.forwarded_headers_missing"
    #expect(try Self.issuer("Hostname: <request>", isProxied: false).first == cause)
    #expect(try Self.issuer("Hostname: <request>", isProxied: true).first != cause)
    #expect(try Self.issuer("Hostname: login.shop.example", isProxied: false).first != cause)
  }

  /// Two services refuse everybody from the start, a third serves all.
  private static func issuer(_ name: String, isProxied: Bool) throws -> [String] {
    var log = EdgeLog()
    for client in 0..<5 { log.token(1 + 0.2 * Double(client), client: client) }
    for k in 0..<40 {
      for client in 0..<5 {
        let time = 3 + 2 * Double(k) + 0.3 * Double(client)
        log.call(time, client: client, "/orders/items/\(k)", (401, 84), length: 1300)
        log.call(time + 0.05, client: client, "/parcels/items/\(k)", (401, 91), length: 1300)
        log.call(time + 0.1, client: client, "/stock/items/\(k)", (200, 300 + k % 7), length: 1300)
      }
    }
    let keycloak = KeycloakLines.at(
      [0],
      """
      INFO  [org.keycloak.quarkus.runtime.hostname.DefaultHostnameProvider] (main) Hostname settings: \
      Base URL: <unset>, \(name), Strict HTTPS: false, Path: <request>, Strict BackChannel: false, \
      Admin URL: <unset>, Admin: <request>, Port: -1, Proxied: \(isProxied)
      """)
    return try log.causes(keycloak: keycloak)
  }
}
