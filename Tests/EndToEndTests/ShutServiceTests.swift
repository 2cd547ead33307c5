import Testing

/// A service that one client uses alone, beside one of several clients.
struct ShutServiceTests {
  @Test func `what one client uses alone may lose Keycloak together with others`() throws {
    #expect(try Self.weighed(until: 80).contains("nameSeveralLoseKeycloak"))
    // Refused while the others are served again.
    #expect(!(try Self.weighed(until: 140)).contains("nameSeveralLoseKeycloak"))
  }

  /// How it is weighed that three clients are refused at one service from the minute on, a fourth at its own.
  /// - Parameter end: of the fourth's refusals, in seconds; those of the others end at 80.
  private static func weighed(until end: Double) throws -> String {
    try Tool.weighing(EdgeLog.files(services(until: end, renewal: 30).text()))
  }

  /// - Parameter renewal: calls after which each client gets a token.
  static func services(until end: Double, renewal: Int) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      let service = client == 3 ? "parcels" : "orders"
      for k in 0..<120 {
        let time = 1 + 1.5 * Double(k) + 0.3 * Double(client)
        if k % renewal == 0 { log.token(time - 0.2, client: client) }
        let isRefused = time > 60 && time < (client == 3 ? end : 80)
        log.call(
          time, client: client, "/\(service)/items/\(k % 9)", isRefused ? (401, 71) : (200, 300),
          length: 1300)
      }
    }
    return log
  }
}
