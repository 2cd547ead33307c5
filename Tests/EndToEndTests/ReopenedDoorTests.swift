import Foundation
import Testing

/// Redirects to a login that an edge forgets between two reloads, and those that it makes meanwhile.
struct ReopenedDoorTests {
  private static let shut = "ingress.no_login_redirect"
  private static let browser =
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
  private static let reloads = [
    (
      name: "edge-error",
      text: """
      2026/05/12 10:01:00 [notice] 7#7: reconfiguring
      2026/05/12 10:02:00 [notice] 7#7: reconfiguring

      """
    )
  ]

  @Test func `pages that lead to the login before and after their refusals lacked a redirect`()
    throws
  {
    #expect(try Self.pages(isTorn: false).causes(others: Self.reloads) == [Self.shut])
    // Somebody is sent there amid the refusals.
    #expect(!(try Self.pages(isTorn: true).causes(others: Self.reloads)).contains(Self.shut))
  }

  @Test func `calls that led to the login before and after their refusals lacked a redirect, too`()
    throws
  {
    let calls = Self.pages(isTorn: false, "/reports/api/items")
    #expect(try calls.causes(others: Self.reloads) == [Self.shut])
    #expect(
      !(try Self.pages(isTorn: true, "/reports/api/items").causes(others: Self.reloads)).contains(
        Self.shut))
    // A token was sent: it is refused, no redirect is missing.
    let sent = Self.pages(isTorn: false, "/reports/api/items", length: 1900)
    #expect(!(try sent.causes(others: Self.reloads)).contains(Self.shut))
  }

  /// Five browsers at a page, that are sent to the login in the first minute, and five others in the third.
  /// - Parameter length: of the requests that are refused.
  private static func pages(
    isTorn: Bool, _ page: String = "/reports/home", length: Int = 0
  ) -> EdgeLog {
    var log = EdgeLog()
    for k in 0..<5 {
      for minute in 0..<3 {
        let time = 3 + 60 * Double(minute) + 10 * Double(k)
        let client = minute < 2 ? 10 + k : 20 + k
        if minute != 1 || isTorn && k == 2 {
          log.call(
            time, client: client, page, (302, 138), agent: browser, length: 0,
            answeredByEdge: true)
          log.login(time + 0.3, client: client, agent: browser)
          log.call(
            time + 5, client: client, page, (200, 4800), agent: browser, length: 0)
        } else {
          for k in 0..<2 {
            log.call(
              time + 4 * Double(k), client: client, page, (401, 172), agent: browser,
              length: length, answeredByEdge: true)
            if page.contains("/api/") { continue }
            log.call(
              time + 4 * Double(k) + 0.2, client: client, "/reports/favicon.ico", (401, 172),
              agent: browser, length: 0, answeredByEdge: true)
          }
        }
      }
    }
    return log
  }

  @Test func `who asks again and is sent to the login then was not on the way to it before`() throws
  {
    #expect(try Self.reopened(areSent: true).causes(others: Self.reloads) == [Self.shut])
    // At a login without being sent there: the refusals were the way to it.
    #expect(
      !(try Self.reopened(areSent: false).causes(others: Self.reloads)).contains(Self.shut))
  }

  /// Ten browsers that a page refuses shortly before the edge is reloaded, and that are at the login right after it.
  private static func reopened(areSent: Bool) -> EdgeLog {
    var log = EdgeLog()
    for client in 10..<20 {
      let time = 50 + Double(client - 10) * 0.8
      for (path, after) in [("/reports/home", 0), ("/reports/favicon.ico", 0.2)] {
        log.call(
          time + after, client: client, path, (401, 172), agent: browser, length: 0,
          answeredByEdge: true)
      }
      if areSent {
        log.call(
          time + 10.5, client: client, "/reports/home", (302, 138), agent: browser, length: 0,
          answeredByEdge: true)
      }
      log.login(time + 10.8, client: client, agent: browser)
      log.call(time + 16, client: client, "/reports/home", (200, 4800), agent: browser, length: 0)
    }
    return log
  }

  @Test func `Apache's names of users are no Basic ones where browsers are sent to a login`() throws
  {
    #expect(try Self.apache(redirects: true) == [Self.shut])
    #expect(try Self.apache(redirects: false) == ["foreign.basic_auth"])
  }

  /// The same behind Apache, whose users have names.
  private static func apache(redirects: Bool) throws -> [String] {
    var lines: [(time: Double, text: String)] = []
    func line(
      _ time: Double, _ client: Int, _ path: String, _ answer: (status: Int, size: Int),
      user: String = "-"
    ) {
      let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
      lines.append(
        (
          time,
          """
          203.0.113.\(client) - \(user) [12/May/2026:\(clock) +0000] "GET \(path) HTTP/1.1" \
          \(answer.status) \(answer.size) "-" "\(browser)"
          """
        ))
    }
    for k in 0..<5 {
      for minute in 0..<3 {
        let time = 3 + 60 * Double(minute) + 10 * Double(k)
        let client = minute < 2 ? 10 + k : 20 + k
        if minute == 1 {
          line(time, client, "/reports/home", (401, 381))
          line(time + 1, client, "/reports/favicon.ico", (401, 381))
          line(time + 4, client, "/reports/home", (401, 381))
        } else {
          if redirects {
            line(time, client, "/reports/home", (302, 1204))
            line(
              time + 1, client,
              "/realms/shop/protocol/openid-connect/auth?client_id=reports&response_type=code",
              (200, 7120))
            line(time + 5, client, "/reports/callback?state=\(minute)&code=x", (302, 604))
          }
          line(time + 6, client, "/reports/home", (200, 4800), user: "user-\(client)")
        }
      }
    }
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [Scratch.file(text, name: "\(UUID().uuidString).log").path])
  }

  @Test func `programs that were served are sent to a login, or only to another address`() throws {
    let ignored = "ingress.bearer_ignored"
    #expect(try Self.programs(repeatAs: nil).causes() == [ignored])
    #expect(!(try Self.programs(repeatAs: 404).causes()).contains(ignored))
  }

  /// Four programs with tokens of their own, whom the edge answers with 302 in the second minute.
  /// - Parameter repeatAs: the status of the same request right after it, if there is one.
  private static func programs(repeatAs status: Int?) -> EdgeLog {
    var log = EdgeLog()
    for client in 0..<4 {
      log.token(0.3 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + 3 * Double(k) + 0.3 * Double(client)
        guard (60..<120).contains(time) else {
          log.call(time, client: client, "/reports/items/\(k)", (200, 300 + k % 7), length: 0)
          continue
        }
        log.call(
          time, client: client, "/reports/items/\(k)", (302, 138), length: 0, answeredByEdge: true)
        if let status {
          log.call(time + 0.4, client: client, "/reports/items/\(k)", (status, 19), length: 0)
        }
      }
    }
    return log
  }
}
