import Testing

/// Routes on which the credentials of several clients are lost before the edge.
struct LostHeaderTests {
  @Test func `clients that lose their header on one route at once did not forget it`() throws {
    let lost = try Self.clients(sentBefore: true).causes(ofPath: "/orders/prices")
    #expect(lost == ["ingress.auth_header_stripped"])
    // They never sent one there.
    let never = try Self.clients(sentBefore: false).causes(ofPath: "/orders/prices")
    #expect(!never.contains("ingress.auth_header_stripped"))
  }

  /// Six clients that are served with tokens on two routes; from the second minute on requests of one of the two are as
  /// short as those without a token, and are refused.
  private static func clients(sentBefore: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        log.call(time, client: client, "/orders/items", (200, 300 + k % 7), length: 1500)
        let isLost = time >= 60
        if isLost || sentBefore {
          log.call(
            time + 0.9, client: client, "/orders/prices", isLost ? (401, 52) : (200, 700 + k % 5),
            length: isLost ? 320 : 1501)
        }
      }
    }
    for k in 0..<12 {
      log.call(
        5 + 9 * Double(k), client: 30, "/orders/items", (401, 52), agent: "curl/8", length: 180)
    }
    return log
  }
}
