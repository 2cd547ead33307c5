import Testing

/// Programs in browsers that get their tokens by themselves.
struct BrowserProgramTests {
  @Test func `a browser's program that was served is sent to a login that it has no use for`()
    throws
  {
    #expect(try Self.turnedAway(logsIn: false).causes() == ["ingress.bearer_ignored"])
    #expect(try Self.turnedAway(logsIn: true).causes().isEmpty)
    // A browser that was never served with its token may need the login.
    #expect(try Self.turnedAway(logsIn: false, wasServed: false).causes().isEmpty)
  }

  /// Four browsers with a token each; from the 42nd second on the edge sends them to its login.
  /// - Parameter logsIn: some of these redirects are followed.
  private static func turnedAway(logsIn: Bool, wasServed: Bool = true) -> IstioLog {
    let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
    let realm = "/realms/shop/"
    var log = IstioLog()
    for client in 0..<4 {
      log.token(0.3 + 0.1 * Double(client), client: client, agent: browser)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.2 * Double(client)
        guard k >= 20 else {
          if wasServed {
            log.call(
              time, client: client, "/parcels/api/\(k % 9)", (200, 300 + k % 7), agent: browser)
          }
          continue
        }
        log.call(
          time, client: client, "/parcels/api/\(k % 9)", (302, 0),
          details: "oauth.missing_credentials", agent: browser)
        guard logsIn, k % 5 == 4 else { continue }
        log.call(
          time + 0.5, client: client, realm + "protocol/openid-connect/auth?client_id=proxy",
          (200, 7120), agent: browser)
        log.call(
          time + 1.5, client: client, realm + "login-actions/authenticate?client_id=proxy",
          (302, 0), agent: browser, method: "POST")
      }
    }
    return log
  }
}
