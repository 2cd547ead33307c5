import Testing

/// Services that answer 403 to whatever they do not take.
struct ForbiddenToAllTests {
  @Test func `403 for want of a token is no matter of roles`() throws {
    #expect(!(try Self.causes(withoutToken: 403)).contains("user.role_missing"))
    #expect(try Self.causes(withoutToken: 401) == ["user.role_missing"])
  }

  /// The causes of one client's refusals by a service that serves others.
  /// - Parameter status: of its answer to those who send no token.
  private static func causes(withoutToken status: Int) throws -> Set<String> {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.4, length: 1300)
    log.token(1, client: 6)
    for k in 0..<40 {
      log.call(3 + 2.5 * Double(k), client: 6, "/orders/items/\(k)", (403, 13), length: 1290)
      if k % 4 == 0 {
        log.call(
          4 + 2.5 * Double(k), client: k / 4 % 4, "/orders/items/\(k)", (status, 13), length: 400)
      }
    }
    let rows = try Tool.attributions(EdgeLog.files(log.text())).filter {
      $0["client"] as? String == "203.0.113.26"
    }
    try #require(rows.count == 40)
    return rows.causes
  }
}
