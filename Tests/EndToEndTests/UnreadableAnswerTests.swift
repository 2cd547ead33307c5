import Foundation
import Testing

/// Answers of Keycloak that the edge does not pass on.
struct UnreadableAnswerTests {
  @Test func `pages alone that HAProxy cannot take have headers that are too large`() throws {
    #expect(try Self.causes(ofTokens: (200, 3100), "----") == ["ingress.upstream_header_too_big"])
    let all = try Self.causes(ofTokens: (502, 208), "PH--")
    #expect(!all.isEmpty && !all.contains("ingress.upstream_header_too_big"))
  }

  /// For a while no login page is passed on; clients fetch tokens in between, but not beside them.
  private static func causes(
    ofTokens answer: (status: Int, size: Int), _ state: String
  ) throws -> Set<String> {
    var log = HAProxyLog()
    for k in 0..<20 {
      let time = 5 + 16 * Double(k)
      let isBad = k >= 5 && k < 14
      log.login(
        time, client: k % 4, isBad ? (502, 208) : (200, 5200), state: isBad ? "PH--" : "----")
      log.token(
        time + 8, client: 4 + k % 3, isBad ? answer : (200, 3100), state: isBad ? state : "----")
    }
    return Set(try log.causes())
  }
}
