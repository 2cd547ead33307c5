import Testing

/// Replicas of Keycloak that issue tokens which come from the future.
struct IssuingReplicaTests {
  private static let skew = "token.clock_skew"

  @Test func `young tokens of one replica are refused where its clock is ahead`() throws {
    #expect(try Self.causes(limit: 30) == [Self.skew])
  }

  @Test func `tokens of one replica that no age cures are refused for something else`() throws {
    #expect(!(try Self.causes(limit: 1000).contains(Self.skew)))
  }

  /// Clients get tokens of two replicas in turn; a service refuses those of one until they are old enough. Most clients
  /// ask for another one soon.
  private static func causes(limit: Double) throws -> Set<String> {
    var log = EdgeLog()
    for client in 0..<8 {
      var start = 0.7 * Double(client)
      for round in 0..<8 {
        let isAhead = (client + round) % 2 == 0
        log.upstream = isAhead ? "198.51.100.31:8080" : "198.51.100.30:8080"
        log.token(start, client: client)
        log.upstream = "198.51.100.20:8080"
        let life = isAhead && client > 0 ? 18.0 : 90
        for age in stride(from: 1.0, to: life, by: 5) {
          log.call(
            start + age, client: client, "/parcels/items/\(Int(age) % 9)",
            isAhead && age < limit ? (401, 101) : (200, 300 + Int(age) % 7), length: 1400)
        }
        start += life
      }
    }
    return try log.causes(ofPath: "/parcels")
  }
}
