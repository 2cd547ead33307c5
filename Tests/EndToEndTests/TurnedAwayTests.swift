import Testing

/// Programs that an edge sends to a login although they bring tokens.
struct TurnedAwayTests {
  private static let ignored = "ingress.bearer_ignored"

  @Test func `who got a token before the log begins is turned away like the others`() throws {
    #expect(try Self.turnedAway(length: 1380) == 4)
    // Without its token, a request is shorter.
    #expect(try Self.turnedAway(length: 420) == 2)
  }

  /// Four programs are served and then sent to a login; two of them got their tokens before the log begins.
  /// - Parameter length: of the latter's requests that are turned away.
  /// - Returns: how many of them have such failures.
  private static func turnedAway(length: Int) throws -> Int {
    var log = EdgeLog()
    for client in 0..<4 {
      if client < 2 { log.token(0.2 * Double(client), client: client) }
      for k in 0..<60 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let isAway = (50..<90).contains(time)
        log.call(
          time, client: client, "/orders/items/\(k % 9)", isAway ? (302, 138) : (200, 300 + k % 7),
          length: isAway && client >= 2 ? length : 1380, answeredByEdge: isAway)
      }
    }
    let rows = try Tool.attributions(EdgeLog.files(log.text()))
      .filter { $0["cause"] as? String == Self.ignored }
    return Set(rows.compactMap { $0["client"] as? String }).count
  }
}
