import Foundation
import Testing

/// A realm that Keycloak answers with 404, and services that ask in it on their own.
struct SilentRealmTests {
  @Test func `a realm is gone where services that ask Keycloak themselves refuse everybody`() throws
  {
    let gone = try Self.causes(serviceRefuses: true)
    #expect(gone.calls == ["realm.not_found"])
    #expect(gone.service == ["realm.not_found"])
  }

  @Test func `a path that the edge alone lost leaves services alone`() throws {
    let lost = try Self.causes(serviceRefuses: false)
    #expect(lost.calls == ["ingress.wrong_path"])
    #expect(lost.service.isEmpty)
  }

  /// A minute in which calls for tokens are answered with 404, in a size that tells nothing; a service refuses meanwhile,
  /// or does not.
  private static func causes(
    serviceRefuses: Bool
  ) throws -> (calls: Set<String>, service: Set<String>) {
    var log = HAProxyLog()
    func isGone(_ time: Double) -> Bool { (60..<120).contains(time) }
    for client in 1..<7 {
      for k in 0..<22 {
        let time = 1 + 8 * Double(k) + 0.9 * Double(client)
        log.token(time, client: client, isGone(time) ? (404, 187) : (200, 3100))
        for n in 0..<3 {
          let time = time + 0.5 + 2 * Double(n)
          let isRefused = serviceRefuses && isGone(time)
          log.call(
            time, client: client, "/parcels/items/\(n)", isRefused ? (401, 229) : (200, 411 + n))
        }
      }
    }
    let path = try Scratch.file(log.text, name: "haproxy-\(UUID().uuidString).log").path
    let rows = try Tool.attributions([path])
    return (rows.below("/realms").causes, rows.below("/parcels").causes)
  }
}
