import Testing

/// Many programs behind one address: is a call without a token the first of a login, or forgotten?
struct FirstCallTests {
  @Test func `calls that logins follow far more often than by chance are first calls`() throws {
    #expect(
      try Self.busyAddress(loginAfter: 0.35, othersEvery: 20).causes() == [
        "benign.first_call_before_login"
      ])
  }

  @Test
  func `calls that logins follow much later are no first calls, however many logins there are`()
    throws
  {
    let causes = try Self.busyAddress(loginAfter: 6.1, othersEvery: 150).causes()
    #expect(!causes.contains("benign.first_call_before_login"))
    #expect(!causes.isEmpty)
  }

  /// Programs of one address and user agent that log in and call, and calls without a token, each
  /// followed by one more login, by which another service is called.
  private static func busyAddress(loginAfter delay: Double, othersEvery pace: Int) -> EdgeLog {
    var log = EdgeLog()
    log.isPlain = true
    for k in 0..<150 {
      let time = 1.3 * Double(k)
      if k % pace == 0 { log.token(time + 0.11, client: 1) }
      for service in ["orders", "billing"] {
        let path = "/\(service)/items/\(k)"
        log.call(
          time + 0.4, client: 1, path, (200, 310 + k % 9), length: 1400 + path.utf8.count)
      }
    }
    for k in 0..<18 {
      let time = 5.07 + 10.4 * Double(k)
      let path = "/orders/items/\(k)"
      log.call(time, client: 1, path, (401, 60), length: 300 + path.utf8.count)
      log.token(time + delay, client: 1, seconds: 0.3)
    }
    return log
  }
}
