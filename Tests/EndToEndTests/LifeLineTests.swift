import Foundation
import Testing

/// The life of one refused token, as a report tells it.
struct LifeLineTests {
  @Test func `a token's life is told from its issue to the next one`() throws {
    var log = EdgeLog()
    for client in 1...3 { log.token(0.2 * Double(client), client: client) }
    for k in 0..<40 {
      let second = 2 + 2.5 * Double(k)
      let isStale = second > 58
      let path = "/orders/items/\(k)"
      let length = 880 + path.utf8.count
      log.call(
        second, client: 1, path, isStale ? (401, 60) : (200, 310 + k % 9), length: length)
      log.call(second + 1, client: 2, path, (200, 310 + k % 9), length: length)
      if k % 10 == 9 { log.token(second + 1.5, client: 2) }
    }
    log.token(110.2, client: 1)
    log.call(110.6, client: 1, "/orders/items/7", (200, 312), length: 895)
    let events = try lifeLine(of: "token.expired", log)
    #expect(
      events.map(\.text) == [
        "gets a token", "accepted: GET /orders/items/* → 200",
        "refused: GET /orders/items/23 → 401", "gets a new token",
        "accepted again after 16 more refusals: GET /orders/items/* → 200",
      ])
    #expect(events.map(\.offset) == [-59.295, -2.5, 0, 50.705, 51.1])
  }

  @Test func `a visitor of whom nothing else was seen has no life line`() throws {
    var log = EdgeLog()
    for k in 0..<30 {
      log.token(3 * Double(k), client: 1)
      log.call(3 * Double(k) + 1, client: 1, "/orders/items/\(k)", (200, 310 + k % 9), length: 900)
      log.call(
        3 * Double(k) + 2, client: 9, "/orders/.env", (401, 60), agent: "zgrab/0.x", length: 0)
    }
    #expect(try lifeLine(of: "benign.no_token", log).isEmpty)
  }

  private func lifeLine(
    of cause: String, _ log: EdgeLog
  ) throws -> [(offset: Double, text: String)] {
    let file = try Scratch.file(log.text(), name: "\(UUID().uuidString).log")
    let findings = try Tool.report([file.path])["findings"] as? [[String: Any]] ?? []
    let finding = try #require(findings.first { $0["cause"] as? String == cause })
    let events = try #require(finding["life_line"] as? [[String: Any]])
    return events.map { ($0["offset"] as? Double ?? .nan, $0["text"] as? String ?? "") }
  }
}
