import Foundation
import Testing

/// Answers of Keycloak that the edge does not pass on.
struct UnreadableAnswerTests {
  @Test func `pages alone that HAProxy cannot take have headers that are too large`() throws {
    #expect(try Self.causes(ofTokens: (200, 3100), "----") == ["ingress.upstream_header_too_big"])
    let all = try Self.causes(ofTokens: (502, 208), "PH--")
    #expect(!all.isEmpty && !all.contains("ingress.upstream_header_too_big"))
  }

  @Test func `login pages refused after as long as good ones take have too large a head`() throws {
    let (large, gone) = ("ingress.upstream_header_too_big", "keycloak.down")
    #expect(try Self.mute { 0.012 + 0.004 * Double($0 % 5) } == [large])
    // Nobody there is found at once, or always after the same time.
    #expect(try Self.mute { _ in 0.001 } == [gone])
    #expect(try Self.mute { 0.041 + 0.001 * Double($0 % 5) } == [gone])
  }

  @Test func `of several end-points that fail none has too large a head`() throws {
    let causes = try Self.mute(tokensFail: true) { 0.012 + 0.004 * Double($0 % 5) }
    #expect(!causes.contains("ingress.upstream_header_too_big"))
  }

  @Test func `who stops while login pages fail did not send too large a head`() throws {
    let stop = KeycloakLines.at(
      [80], "INFO  [io.quarkus] (Shutdown thread) Keycloak stopped in 0.121s")
    let causes = try Self.mute(keycloak: stop) { 0.012 + 0.004 * Double($0 % 5) }
    #expect(causes == ["keycloak.down"])
  }

  @Test func `who writes events of others while nginx finds nobody is not surely gone`() throws {
    let event = KeycloakLines.event(
      "INTROSPECT_TOKEN", client: "orders", #"ipAddress="10.244.1.9""#)
    let heard = KeycloakLines.spell(from: 6, to: 160, every: 5, event)
    let silent = KeycloakLines.spell(from: 6, to: 70, every: 5, event)
    #expect(try Self.confidence(keycloak: silent) > 0.8)
    #expect(try Self.confidence(keycloak: heard) < 0.8)
  }

  /// That nobody is there, of 502s at once.
  private static func confidence(keycloak: String) throws -> Double {
    let files = try EdgeLog.files(log(tokensFail: true) { _ in 0.001 }.text(), keycloak)
    let findings = try Tool.report(files)["findings"] as? [[String: Any]] ?? []
    let down = try #require(findings.first { $0["cause"] as? String == "keycloak.down" })
    return try #require(down["confidence"] as? Double)
  }

  /// Login pages that nginx answers with 502 for a minute, after so many seconds; its error log is not at hand.
  private static func mute(
    tokensFail: Bool = false, keycloak: String? = nil, seconds: (Int) -> Double
  ) throws -> Set<String> {
    Set(try log(tokensFail: tokensFail, seconds: seconds).causes(keycloak: keycloak))
  }

  private static func log(tokensFail: Bool, seconds: (Int) -> Double) -> EdgeLog {
    var log = EdgeLog()
    for k in 0..<40 {
      let time = 5 + 4 * Double(k)
      let isBad = k >= 18 && k < 32
      log.asks(
        time, client: k % 4, isBad ? (502, 150) : (200, 6820),
        seconds: isBad ? seconds(k) : 0.010 + 0.004 * Double(k % 6))
      if !isBad || tokensFail {
        log.token(time + 2, client: k % 4, isBad ? (502, 150) : (200, 1441), seconds: 0.02)
      }
    }
    return log
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
