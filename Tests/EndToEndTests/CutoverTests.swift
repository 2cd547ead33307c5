import Testing

/// Services that refuse what is newly issued.
struct CutoverTests {
  @Test func `newly issued tokens that all clients are refused with are of another key`() throws {
    #expect(try Self.causes(clients: 6) == ["keys.rotated"])
    #expect(!(try Self.causes(clients: 2)).contains("keys.rotated"))
  }

  /// Clients of a service renew their tokens at different times; what is issued from a moment on is refused.
  /// - Parameter clients: how many are refused with it.
  private static func causes(clients: Int) throws -> Set<String> {
    var log = EdgeLog()
    for client in 0..<6 {
      let renewal = 70 + 25 * Double(client)
      log.visits(of: client, until: 400, every: 3, renewal: renewal) { log, k, time, login in
        let isRefused = client < clients && login > 180
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 433) : (200, 300 + k % 7), length: 0)
      }
    }
    return try log.causes(ofPath: "/orders")
  }
}
