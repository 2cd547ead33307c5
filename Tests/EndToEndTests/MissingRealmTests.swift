import Foundation
import Testing

/// Realms that are not there, whatever the words of the answer.
struct MissingRealmTests {
  @Test func `a realm that is not there is told by its longer text, or by all of its paths`() throws
  {
    #expect(try Self.realm(120) == ["realm.not_found"])
    #expect(try Self.realm(77) == ["realm.not_found"])
    #expect(!(try Self.realm(77, isServed: true)).contains("realm.not_found"))
    // “Unable to find matching target resource method”
    #expect(!(try Self.realm(58)).contains("realm.not_found"))
    #expect(!(try Self.realm(146)).contains("realm.not_found"))
  }

  /// Clients of a realm, and one of another, which is answered with 404.
  private static func realm(_ size: Int, isServed: Bool = false) throws -> [String] {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 4, apart: 0.4, length: 1300)
    for k in 0..<20 {
      let isGood = isServed && k % 2 == 0
      log.token(20 + 10 * Double(k), client: 6, isGood ? (200, 1441) : (404, size))
    }
    let edge = log.text().split(separator: "\n").map { line in
      let text = String(line) + "\n"
      return text.contains("203.0.113.26")
        ? text.replacing("/realms/shop/", with: "/realms/stage/") : text
    }.joined()
    return try EdgeLog.causes(of: [Scratch.file(edge, name: "\(UUID().uuidString).log").path])
  }
}
