import Foundation
import Testing

/// What Kong itself refuses, in the lines of its `file-log`.
struct KongTests {
  @Test func `a plug-in with an old key refuses what is newly issued, and says so by its size`()
    throws
  {
    #expect(try Self.causes(since: 40, size: 326) == ["keys.rotated"])
    // `Unrecognizable token`
    #expect(!(try Self.causes(since: 40, size: 329)).contains("keys.rotated"))
  }

  @Test func `one client's signature is its own`() throws {
    #expect(!(try Self.causes(since: 40, size: 326, clients: 1)).contains("keys.rotated"))
  }

  @Test func `who wants a key of its own is given tokens that it served before`() throws {
    #expect(
      try Self.causes(since: 40, size: 290, challenge: "Key realm=\\\"kong\\\"")
        == ["token.wrong_party"])
  }

  /// Clients renew every 25 s and call a service; Kong refuses what some of them got from a moment on.
  private static func causes(
    since change: Double, size: Int, clients: Int = 6,
    challenge: String = #"Bearer error=\"invalid_token\""#
  ) throws -> Set<String> {
    var log = KongLog()
    for client in 0..<6 {
      var issued = 0.4 * Double(client)
      log.token(issued, client: client)
      for k in 1..<60 {
        let time = 0.4 * Double(client) + 2 * Double(k)
        if time - issued > 25 + 3 * Double(client) {
          issued = time - 0.5
          log.token(issued, client: client)
        }
        let isKey = challenge.hasPrefix("Key")
        let isRefused = client < clients && (isKey ? time : issued) > change
        if isRefused {
          log.call(
            time, client: client, "/ledger/items/\(k % 9)", (401, size), challenge: challenge)
        } else {
          log.call(time, client: client, "/ledger/items/\(k % 9)", (200, 700 + k % 7))
        }
      }
    }
    for k in 0..<12 {
      log.call(
        10 * Double(k), client: 90, "/ledger/healthz", (401, 299), challenge: "Bearer",
        isTokenSent: false)
    }
    return try Tool.attributions(EdgeLog.files(log.text)).below("/ledger/items").causes
  }
}
