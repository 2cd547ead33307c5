import Foundation
import Testing

/// Keycloak behind a proxy whose headers it does not get.
struct ForwardedTests {
  @Test func `services that refuse while Keycloak takes everybody for the proxy`() throws {
    let causes = try Self.log().causes(keycloak: Self.events(proxyFrom: 60, to: 120))
    #expect(causes.first == "proxy.forwarded_headers_missing")
    let sound = try Self.log().causes(keycloak: Self.events(proxyFrom: 0, to: 0))
    #expect(!sound.contains("proxy.forwarded_headers_missing"))
    // Always so: then it is not what changed.
    let always = try Self.log().causes(keycloak: Self.events(proxyFrom: 0, to: 300))
    #expect(!always.contains("proxy.forwarded_headers_missing"))
  }

  @Test func `Keycloak that expects its own name with a port has it from its proxy`() throws {
    let port = "https://sso.example.com:8443/realms/shop"
    #expect(try Self.renewals(expecting: port) == ["proxy.forwarded_headers_missing"])
    let host = "https://login.example.com/realms/shop"
    #expect(try Self.renewals(expecting: host) == ["token.issuer_mismatch"])
  }

  /// Renewals with tokens of `https://sso.example.com/realms/shop` that are refused.
  private static func renewals(expecting issuer: String) throws -> Set<String> {
    var log = EdgeLog()
    var keycloak = ""
    for client in 0..<clients {
      for k in 0..<6 {
        let time = 3 + 20 * Double(k) + 2.1 * Double(client)
        let isRefused = k >= 3
        log.token(time, client: client, isRefused ? (400, 128) : (200, 1441))
        guard isRefused else { continue }
        keycloak += KeycloakLines.at(
          [time + 0.002],
          KeycloakLines.event(
            "REFRESH_TOKEN_ERROR", client: "web", "userId=\"null\"",
            "ipAddress=\"\(EdgeLog.address(of: client))\"", "error=\"invalid_token\"",
            "grant_type=\"refresh_token\"",
            "reason=\"Invalid token issuer. Expected '\(issuer)', but was 'https://sso.example.com/realms/shop'\""
          ))
      }
    }
    return try log.causes(ofPath: "/realms", keycloak: KeycloakLines.inOrder(keycloak))
  }

  private static let clients = 5

  /// When a client gets its tokens.
  private static func logins(of client: Int) -> [Double] {
    (0..<9).map { 1 + 20 * Double($0) + 3.1 * Double(client) }
  }

  /// Two services refuse tokens issued in the second minute.
  private static func log() -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<clients {
      for login in logins(of: client) {
        log.token(login, client: client)
        let isRefused = login >= 60 && login < 120
        for k in 0..<8 {
          for (n, service) in ["orders", "billing"].enumerated() {
            log.call(
              login + 0.5 + 2.3 * Double(k) + 0.7 * Double(n), client: client,
              "/\(service)/items/\(k)", isRefused ? (401, 91 + 8 * n) : (200, 300 + k), length: 0)
          }
        }
      }
    }
    return log
  }

  private static func events(proxyFrom from: Double, to: Double) -> String {
    (0..<clients).flatMap { client in logins(of: client).map { (client, $0) } }
      .sorted { $0.1 < $1.1 }
      .map { client, time in
        let address = time >= from && time < to ? "10.128.8.13" : "203.0.113.\(20 + client)"
        return KeycloakLines.at(
          [time + 0.003],
          """
          DEBUG [org.keycloak.events] (executor-thread-4) type="CLIENT_LOGIN", realmName="shop", \
          clientId="client-\(client)", userId="u\(client)", ipAddress="\(address)", grant_type="client_credentials"
          """)
      }.joined()
  }
}
