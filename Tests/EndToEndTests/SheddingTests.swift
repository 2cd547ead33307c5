import Foundation
import Testing

/// A Keycloak that turns calls away, and one that is not there.
struct SheddingTests {
  @Test func `who turns some calls away at once and answers others late has too much to do`() throws
  {
    #expect(try Self.turnedAway(isServing: true).causes() == ["keycloak.overloaded"])
    let stop = KeycloakLines.at(
      [40], "INFO  [io.quarkus] (Shutdown thread) Keycloak stopped in 0.121s")
    let gone = Self.turnedAway(isServing: false)
    #expect(try gone.causes() == ["keycloak.down"])
    #expect(try gone.causes(keycloak: stop) == ["keycloak.down"])
    #expect(
      try Self.turnedAway(isServing: true).causes(keycloak: stop) != ["keycloak.overloaded"])
  }

  @Test func `Keycloak says that it has no thread for a request`() throws {
    func causes(_ words: String) throws -> [String] {
      let lines = KeycloakLines.spell(
        from: 10, to: 60, every: 1,
        "ERROR [io.quarkus.vertx.core.runtime.VertxCoreRecorder] (vert.x-eventloop-thread-1) \(words)"
      )
      return try EdgeLog.causes(of: [Scratch.file(lines, name: "\(UUID().uuidString).log").path])
    }
    #expect(
      try causes(
        "Worker thread pool exhaustion, no more worker threads available - returning a `503 - SERVICE UNAVAILABLE` response."
      ) == ["keycloak.overloaded"])
    #expect(try causes("Worker thread pool created with 40 threads").isEmpty)
  }

  /// Clients that renew their tokens; for half a minute most of them get Keycloak's own 503.
  /// - Parameter isServing: whether others get their tokens meanwhile, late.
  private static func turnedAway(isServing: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<6 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<25 {
        let time = 3 + 4 * Double(k) + 0.6 * Double(client)
        let isBusy = time > 40 && time < 75
        if isBusy, !isServing || client % 3 > 0 {
          log.token(time, client: client, (503, 0), seconds: 0.002)
        } else {
          log.token(time, client: client, seconds: isBusy ? 2.4 + 0.2 * Double(k % 4) : 0.02)
        }
      }
    }
    return log
  }
}
