import Foundation
import Testing

/// Refusals of tokens that a client got since an administrator changed what they hold.
struct ClientChangeTests {
  private static let ofClaims = ["token.claim_rejected", "token.audience_mismatch"]
  private static let path = "clients/2f81c6d0-5d0a-4c5e-9d38-0c7f4be1a6d2"

  @Test(arguments: [true, false])
  func `tokens got since a mapper was removed lack a claim, those got before do not`(
    isEvent: Bool
  ) throws {
    let mapper = Self.path + "/protocol-mappers/models/77aa0b1c"
    let since = try Self.refused(path: mapper, isEvent: isEvent, renewal: 40.6)
    #expect(Self.ofClaims.contains(since.first ?? ""))
    #expect(!since.contains("token.bad_signature") && !since.contains("token.malformed"))
    let before = try Self.refused(path: mapper, isEvent: isEvent, renewal: 36)
    #expect(!before.isEmpty && !Self.ofClaims.contains(before.first ?? ""))
    let other = try Self.refused(path: Self.path, isEvent: isEvent, renewal: 40.6)
    #expect(!other.isEmpty && !Self.ofClaims.contains(other.first ?? ""))
  }

  /// Six clients; one of them is refused from the 41st second on, and an administrator deletes something at the 40th.
  /// - Parameters:
  ///   - isEvent: Keycloak writes an admin event, its access log has the call otherwise.
  ///   - renewal: when the client got its token.
  private static func refused(path: String, isEvent: Bool, renewal: Double) throws -> [String] {
    var log = EdgeLog()
    for client in 0..<6 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<90 {
        let time = 1.5 + Double(k) + 0.13 * Double(client)
        let isRefused = client == 2 && time > 41
        if client == 2, abs(time - renewal) < 0.5 { log.token(renewal, client: client) }
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          isRefused ? (401, 433) : (200, 300 + k % 7), length: 0)
      }
    }
    let change =
      isEvent
      ? """
      DEBUG [org.keycloak.events] (executor-thread-8) operationType="DELETE", realmId="shop", \
      realmName="shop", clientId="admin-cli", userId="a1", ipAddress="10.42.7.3", \
      resourceType="PROTOCOL_MAPPER", resourcePath="\(path)"
      """
      : """
      INFO  [org.keycloak.http.access-log] (executor-thread-8) 10.42.7.3 - - \
      [12/May/2026:10:00:40 +0000] "DELETE /admin/realms/shop/\(path) HTTP/1.1" 204 -
      """
    return try log.causes(keycloak: KeycloakLines.at([40.1], change))
  }
}
