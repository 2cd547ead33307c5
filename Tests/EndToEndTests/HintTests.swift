import Testing

/// What an edge's log alone tells when the refusals name no reason: who recovers with whom, and whether
/// a service has more than one answer to what it refuses.
struct HintTests {
  @Test func `services that recover together lost something that all of them need`() throws {
    let together = try Self.outage(ends: ["orders": 60, "billing": 60.3, "profile": 60.5]).causes()
    #expect(together.first != "keys.rotated")
    let apart = try Self.outage(ends: ["orders": 60, "billing": 72, "profile": 85]).causes()
    #expect(apart.first == "keys.rotated")
  }

  @Test
  func `a service with one answer to all that it refuses tells nothing of a missing token by it`()
    throws
  {
    let mute = try Self.pastLifetime(otherAnswers: []).causes()
    #expect(mute.first == "token.expired")
    #expect(!mute.contains("token.missing"))
    let telling = try Self.pastLifetime(otherAnswers: [74, 74, 88, 88]).causes()
    #expect(telling.first == "token.missing")
  }

  /// Six clients, three services that refuse everybody at once from half a minute on, until each is
  /// served again at its own time (seconds).
  private static func outage(ends: [String: Double]) -> EdgeLog {
    var log = EdgeLog()
    let services = ["orders", "billing", "profile"]
    let onsets = ["orders": 30, "billing": 31.5, "profile": 33]
    for c in 0..<6 {
      log.visits(of: c, until: 110, every: 0.9, renewal: 40) { log, k, time, _ in
        let service = services[(k + c) % 3]
        let isRefused = time >= onsets[service] ?? 0 && time < ends[service] ?? 0
        log.call(
          time, client: c, "/\(service)/items/\(k)", isRefused ? (401, 139) : (200, 300 + k % 7),
          length: 1604)
      }
    }
    return log
  }

  /// Four clients that renew their tokens every half minute, one that never does, and a scanner.
  private static func pastLifetime(otherAnswers: [Int]) -> EdgeLog {
    var log = EdgeLog()
    for c in 0..<5 {
      log.visits(of: c, until: 150, every: 1.1, renewal: c == 2 ? .infinity : 27) {
        log, k, time, login in
        let isRefused = c == 2 && time - login > 30
        log.call(
          time, client: c, "/orders/items/\(k)", isRefused ? (401, 61) : (200, 300 + k % 7),
          length: 0)
      }
    }
    for (k, path) in [".env", ".git/config", "wp-login.php", "admin", ".env", "admin"].enumerated()
    {
      log.call(
        5 + 17 * Double(k), client: 180, "/orders/\(path)", (401, 61), agent: "zgrab/0.x", length: 0
      )
    }
    for (k, size) in otherAnswers.enumerated() {
      log.call(20 + 9 * Double(k), client: 90, "/orders/items/9", (401, size), length: 0)
    }
    return log
  }
}
