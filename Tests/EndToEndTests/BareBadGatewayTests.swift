import Foundation
import Testing

/// 502 of an edge that logs no durations (nginx's `combined`).
struct BareBadGatewayTests {
  @Test func `502 without a duration tells of no packets that were dropped`() throws {
    let silent = try Self.causes(isServingOthers: false)
    #expect(silent == ["keycloak.down"])
    let serving = try Self.causes(isServingOthers: true)
    #expect(serving.isDisjoint(with: ["keycloak.down", "netpol.drop"]))
  }

  /// Calls for tokens that fail for half a minute.
  /// - Parameter isServingOthers: whether Keycloak logs events of a service's questions meanwhile.
  private static func causes(isServingOthers: Bool) throws -> Set<String> {
    var log = ApacheLog()
    var keycloak = ""
    for second in 0..<140 {
      let isLost = (40..<75).contains(second)
      for client in 0..<8 where (second + client) % 4 == 0 {
        log.token(second, client: client, isLost ? (502, 150) : (200, 1441))
        log.call(second, client: client, "/orders/items", (200, 140))
        if !isLost {
          keycloak += KeycloakLines.at(
            [Double(second) + 0.3],
            KeycloakLines.event(
              "CLIENT_LOGIN", client: "c\(client)", #"ipAddress="203.0.113.\#(20 + client)""#))
        }
      }
      if !isLost || isServingOthers {
        keycloak += KeycloakLines.at(
          [Double(second) + 0.5],
          KeycloakLines.event(
            "INTROSPECT_TOKEN", client: "orders", #"ipAddress="10.0.0.9""#, #"userId="u1""#))
      }
    }
    return try Tool.attributions(log.files(keycloak: keycloak)).causes
  }
}
