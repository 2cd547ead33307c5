import Testing

/// Who is no victim of a Keycloak that was gone.
struct AfterOutageTests {
  @Test func `who is served elsewhere in the same second is not refused for want of a new token`()
    throws
  {
    #expect(
      try Self.client(isServedBeside: false).causes(ofPath: "/orders") == ["keycloak.down"])
    #expect(
      try Self.client(isServedBeside: true).causes(ofPath: "/orders").isDisjoint(with: [
        "keycloak.down"
      ]))
  }

  /// Four clients are served; a fifth gets no new token from the 120th second on, and from the 200th on one of
  /// two services refuses it.
  private static func client(isServedBeside: Bool) -> EdgeLog {
    var log = EdgeLog()
    log.serve(100, from: 2, every: 4, apart: 0.4, length: 1300)
    log.token(1, client: 7)
    for k in 1..<42 {
      let time = Double(10 * k)
      if k >= 12 { log.token(time + 0.2, client: 7, (502, 150), seconds: 0.002) }
      if isServedBeside {
        log.call(time + 2.8, client: 7, "/parcels/items/\(k)", (200, 240), length: 1301)
      }
      log.call(
        time + 3, client: 7, "/orders/items/\(k)", k > 20 ? (401, 26) : (200, 300), length: 1300)
    }
    return log
  }

  @Test func `once Keycloak is there again and says no, it is not gone`() throws {
    #expect(
      try Self.returned((403, 155)).causes(ofPath: "/orders").isDisjoint(with: ["keycloak.down"]))
    #expect(try Self.returned((502, 150)).causes(ofPath: "/orders") == ["keycloak.down"])
  }

  /// Clients get no tokens for a while, and then another answer.
  private static func returned(_ answer: (status: Int, size: Int)) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<5 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<30 {
        let time = 2 + 3 * Double(k) + 0.3 * Double(client)
        if time > 40, k % 2 == 0 {
          log.token(time, client: client, time < 56 ? (502, 150) : answer, seconds: 0.002)
        }
        log.call(
          time + 1, client: client, "/orders/items/\(k)",
          time > 58 ? (401, 74) : (200, 300 + k % 7),
          length: 1300)
      }
    }
    return log
  }
}
