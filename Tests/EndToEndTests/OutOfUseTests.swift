import Testing

/// Why HAProxy takes Keycloak's server out of use.
struct OutOfUseTests {
  @Test(arguments: [
    ("DNS timeout status", "dns.blocked"), ("DNS refused status", "dns.servfail"),
    ("DNS NX status", "dns.nxdomain"),
  ])
  func `a server without an address is one that no name server knows, told or was asked for`(
    why: String, cause: String
  ) throws {
    let text = "is going DOWN for maintenance (\(why)). 0 active and 0 backup servers left."
    #expect(try Self.outage("Server sso/s1 \(text)").causes() == [cause])
    // The server of others.
    let others = try Self.outage("Server billing/s1 \(text)").causes()
    #expect(!others.isEmpty && !others.contains { $0.hasPrefix("dns.") })
    // An administrator's doing.
    let byHand = try Self.outage("Server sso/s1 is going DOWN for maintenance.").causes()
    #expect(!byHand.isEmpty && !byHand.contains { $0.hasPrefix("dns.") })
  }

  @Test func `a server whose certificate the check does not trust is out of use for it`() throws {
    func causes(_ reason: String) throws -> [String] {
      try Self.outage(
        """
        Server sso/s1 is DOWN, reason: \(reason), check duration: 3ms. 0 active and 0 backup servers left.
        """
      ).causes()
    }
    #expect(
      try causes(
        """
        Layer6 invalid response, info: "SSL handshake failure (error:0A000086:SSL routines::certificate \
        verify failed)"
        """) == ["proxy.tls"])
    #expect(
      try causes("Layer4 connection problem, info: \"Connection refused\"") == ["keycloak.down"])
  }

  /// Five clients that renew their tokens; from the 31st second to the 55th nobody is there to ask, and HAProxy says
  /// something before.
  private static func outage(_ text: String) -> HAProxyLog {
    var log = HAProxyLog()
    log.say(30.4, text)
    for client in 0..<5 {
      for k in 0..<40 {
        let time = 1 + 2 * Double(k) + 0.13 * Double(client)
        if k % 5 == client {
          let isOut = (31..<55).contains(time)
          log.token(
            time, client: client, isOut ? (503, 217) : (200, 3100), state: isOut ? "SC--" : "----")
        } else {
          log.call(time, client: client, "/billing/items/\(k % 9)", (200, 710 + k % 7))
        }
      }
    }
    return log
  }
}
