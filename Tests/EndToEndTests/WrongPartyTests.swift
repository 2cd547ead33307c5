import Foundation
import Testing

/// Good tokens that are given to somebody who wants something else.
struct WrongPartyTests {
  @Test func `a service that asks for another scheme is given tokens that are not for it`() throws {
    #expect(try Self.challenged("Token") == ["token.wrong_party"])
    #expect(try Self.challenged("ApiKey realm=\\\"ledger\\\"") == ["token.wrong_party"])
    #expect(!(try Self.challenged("Bearer")).contains("token.wrong_party"))
    #expect(!(try Self.challenged("Token", elsewhere: 401)).contains("token.wrong_party"))
  }

  @Test func `a registry that names its own token service is given tokens that are not for it`()
    throws
  {
    let realm = "Bearer realm=\\\"https://r.example/token\\\""
    #expect(
      try Self.challenged(realm + ",service=\\\"registry\\\"") == ["token.wrong_party"])
    #expect(!(try Self.challenged(realm)).contains("token.wrong_party"))
  }

  /// Six clients of two services behind Caddy; one of the services refuses two of them with a challenge.
  /// - Parameter elsewhere: what these two get of the other service.
  private static func challenged(_ challenge: String, elsewhere: Int = 200) throws -> [String] {
    var log = CaddyLog()
    for client in 0..<6 {
      log.token(0.1 * Double(client), client: client, isTokenSent: true)
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.1 * Double(client)
        let isOdd = client < 2
        log.call(
          time, client: client, "/depot/items/\(k % 9)",
          isOdd && elsewhere != 200 ? (elsewhere, 58) : (200, 320 + k % 7), isTokenSent: true)
        log.call(
          time + 0.05, client: client, "/ledger/items/\(k % 9)",
          isOdd ? (401, 58) : (200, 220 + k % 7), challenge: isOdd ? challenge : nil,
          isTokenSent: true)
      }
    }
    return try log.causes()
  }

  @Test func `who is refused although the edge knows the user wants another party`() throws {
    #expect(try Self.causes(Self.known(true)) == ["token.wrong_party"])
    #expect(!(try Self.causes(Self.known(false))).contains("token.wrong_party"))
  }

  @Test func `of several known users the first is shown, whoever runs the tool`() throws {
    let file = try Self.file(Self.known(true, users: 6))
    let reports = try (0..<6).map { _ in
      try Tool.run(["-q", "--fail-on", "never", "--json", "-", file]).output
    }
    #expect(reports[0].contains("token.wrong_party"))
    #expect(Set(reports).count == 1)
  }

  /// Apache, with the user in front of the stamp: six clients of two services, one of which refuses two of them.
  /// - Parameters:
  ///   - isKnown: whether a refused request has its user.
  ///   - users: behind one address.
  private static func known(_ isKnown: Bool, users: Int = 1) -> [(time: Double, text: String)] {
    var lines: [(time: Double, text: String)] = []
    func line(
      _ time: Double, _ client: Int, _ user: String, _ request: String,
      _ answer: (status: Int, size: Int)
    ) {
      let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
      lines.append(
        (
          time,
          """
          203.0.113.\(20 + client) - \(user) [12/May/2026:\(clock) +0000] "\(request) HTTP/1.1" \
          \(answer.status) \(answer.size) "-" "client-\(client)/1.0"
          """
        ))
    }
    for client in 0..<6 {
      line(
        0.2 * Double(client), client, "-", "POST /realms/shop/protocol/openid-connect/token",
        (200, 1441))
      for k in 0..<40 {
        let time = 2 + 2 * Double(k) + 0.2 * Double(client)
        let isOdd = client < 2
        let user = "user-\(client)-\(k % users)"
        line(time, client, user, "GET /depot/items/\(k % 9)", (200, 320 + k % 7))
        line(
          time + 0.05, client, isKnown || !isOdd ? user : "-", "GET /ledger/items/\(k % 9)",
          isOdd ? (401, 58) : (200, 220 + k % 7))
      }
    }
    return lines
  }

  private static func causes(_ lines: [(time: Double, text: String)]) throws -> [String] {
    try EdgeLog.causes(of: [file(lines)])
  }

  private static func file(_ lines: [(time: Double, text: String)]) throws -> String {
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try Scratch.file(text, name: "\(UUID().uuidString).log").path
  }
}
