import Testing

/// Calls of Keycloak that a client gave up (nginx: 499), and names that the edge asks for in vain.
struct GivenUpTests {
  @Test
  func `whoever waits long for Keycloak and goes met a failure, whoever leaves a page did not`()
    throws
  {
    #expect(try Self.statuses(after: 20) == [499])
    #expect(try Self.statuses(after: 0.04).isEmpty)
  }

  /// The statuses of the failures of a log in which six calls are given up.
  private static func statuses(after seconds: Double) throws -> Set<Int> {
    var log = EdgeLog()
    for k in 0..<40 { log.token(Double(k), client: k % 5) }
    for k in 0..<6 { log.asks(20.5 + Double(k), client: k, (499, 0), seconds: seconds) }
    let rows = try Tool.attributions(EdgeLog.files(log.text()))
    return Set(rows.compactMap { $0["status"] as? Int })
  }
}
