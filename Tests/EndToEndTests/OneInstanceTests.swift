import Testing

/// Refusals of a part of a service: of one of its instances, of one of its routes.
struct OneInstanceTests {
  @Test func `young tokens that are called expired and served again met a wrong clock`() throws {
    let one = Self.service(instances: 3)
    #expect(try one.edge.causes(others: [("orders", one.words)]) == ["token.clock_skew"])
    let all = Self.service(instances: 1)
    #expect(try all.edge.causes(others: [("orders", all.words)]) == ["token.expired"])
  }

  @Test func `a route that alone refuses clients wants a right of them`() throws {
    #expect(try Self.routes(served: "/orders/items/1").causes() == ["user.role_missing"])
    #expect(!(try Self.routes(served: "/orders/admin/1").causes()).contains("user.role_missing"))
  }

  /// Four clients with tokens of a minute. Of three instances one calls tokens of four seconds expired; a single
  /// one those that are older than a minute.
  private static func service(instances: Int) -> (edge: EdgeLog, words: String) {
    var log = EdgeLog()
    var refusals: [Double] = []
    for client in 0..<4 {
      log.visits(of: client, until: 300, every: 1.3, renewal: instances == 1 ? 75 : 58) {
        log, k, time, login in
        let isRefused = instances == 1 ? time - login > 60 : k % 3 == 0 && time - login > 4
        if isRefused { refusals.append(time) }
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 118) : (200, 300 + k % 7),
          length: 1300)
      }
    }
    let words = refusals.sorted().map {
      KeycloakLines.at(
        [$0 + 0.001],
        "WARNING orders.auth token rejected: ExpiredSignatureError: Signature has expired")
    }
    return (log, words.joined())
  }

  /// A client with a token that is refused on a route of administration.
  private static func routes(served: String) -> EdgeLog {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    log.token(1, client: 7)
    for k in 0..<30 {
      log.call(3 + 2 * Double(k), client: 7, "/orders/admin/1", (401, 118), length: 0)
      log.call(4 + 2 * Double(k), client: 7, served, (200, 340), length: 0)
    }
    return log
  }
}
