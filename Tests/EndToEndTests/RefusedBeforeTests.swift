import Testing

/// Refusals beside calls for a token that fail, too.
struct RefusedBeforeTests {
  @Test(arguments: [(503, "keycloak.down"), (404, "ingress.wrong_path")])
  func `who was refused alike before the calls for a token failed is refused for something else`(
    status: Int, cause: String
  ) throws {
    let before = try Self.refused(from: 20, status: status)
    #expect(!before.isEmpty && !before.contains(cause))
    #expect(try Self.refused(from: 60, status: status) == [cause])
  }

  /// The causes of two clients' refusals, whose calls for a token fail from the 60th second to the 90th, as those of
  /// the others do, who are served with older tokens.
  private static func refused(from start: Double, status: Int) throws -> Set<String> {
    let log = clients(refusedFrom: start, status: status)
    let file = try Scratch.file(log.text(), name: "before-\(start)-\(status).log")
    let rows = try Tool.attributions([file.path])
    let causes = rows.filter { $0["status"] as? Int == 401 }.compactMap { $0["cause"] as? String }
    return Set(causes)
  }

  /// Their log, and that of the others.
  static func clients(refusedFrom start: Double, status: Int) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + 2 * Double(k) + 0.3 * Double(client)
        let isOut = (60..<90).contains(time)
        if isOut && (client < 2 || k % 4 == 0) {
          log.token(time - 0.2, client: client, (status, 93))
        }
        let isRefused = client < 2 && (start..<90).contains(time)
        log.call(
          time, client: client, "/orders/items/\(k % 9)",
          isRefused ? (401, 433) : (200, 300 + k % 7), length: 0)
      }
    }
    return log
  }
}
