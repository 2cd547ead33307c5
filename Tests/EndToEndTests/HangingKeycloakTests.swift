import Testing

/// Refusals after a time-out while Keycloak hangs, or while it serves others.
struct HangingKeycloakTests {
  @Test func `who waits together with others waits for Keycloak, not for lost packets`() throws {
    #expect(try Self.log(isHung: true).causes(ofPath: "/parcels") == ["keycloak.overloaded"])
    #expect(try Self.log(isHung: false).causes(ofPath: "/parcels") == ["netpol.drop"])
  }

  /// Spells of seven seconds in which a service waits five seconds for Keycloak and refuses; calls for tokens meanwhile
  /// end with the spell, or at once.
  private static func log(isHung: Bool) -> EdgeLog {
    var log = EdgeLog()
    for spell in 0..<6 {
      let start = 30 + 25 * Double(spell)
      for client in 0..<4 {
        let time = start + 0.4 * Double(client)
        log.call(
          time, client: client, "/parcels/items/\(spell)", (401, 229), length: 0, seconds: 5.002)
        let asked = start + 1 + 0.5 * Double(client)
        log.token(asked, client: 10 + client, seconds: isHung ? start + 8 - asked : 0.02)
      }
      for client in 0..<4 {
        for k in 0..<5 {
          log.call(
            start - 20 + 3 * Double(k) + 0.4 * Double(client), client: client,
            "/parcels/items/\(k)", (200, 411 + k), length: 0, seconds: 0.02)
        }
        log.token(start - 21 + 0.3 * Double(client), client: client)
      }
    }
    return log
  }
}
