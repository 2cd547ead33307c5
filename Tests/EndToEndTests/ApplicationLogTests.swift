import Foundation
import Testing

/// An application's own log without ids: whose refusal does a line explain?
struct ApplicationLogTests {
  @Test func `a log that names nobody is of the service that refuses when it says so`() throws {
    #expect(try Self.nameless(lag: 0.002).first == "token.audience_mismatch")
    #expect(!(try Self.nameless(lag: 4.3)).contains("token.audience_mismatch"))
  }

  /// One of two services refuses a client; somebody's log says why, at nearly the same times.
  private static func nameless(lag: Double) throws -> [String] {
    var log = EdgeLog()
    log.serve(60, from: 2, every: 2, apart: 0.3, length: 0)
    var words = ""
    log.token(3, client: 7)
    for k in 0..<12 {
      let time = 8.37 + 7.1 * Double(k)
      log.call(time, client: 7, "/billing/items/\(k)", (401, 61), length: 0)
      log.call(time + 2, client: 8, "/orders/items/\(k)", (401, 44), length: 0)
      words += KeycloakLines.at(
        [time + lag], "WARN  [x.y.Filter] (http-2) JWT verification failed: Invalid audience")
    }
    return try log.causes(others: [("stdout", words)])
  }

  @Test(arguments: [true, false])
  func `refusals of one second keep their own reasons where whole seconds are written`(
    withAccessLines: Bool
  ) throws {
    let edge = try Scratch.file(Self.edge().text(), name: "edge-\(withAccessLines).log")
    let application = try Scratch.file(
      Self.application(withAccessLines: withAccessLines), name: "billing-\(withAccessLines).log")
    let rows = try Tool.attributions([edge.path, application.path])
    #expect(rows.count == 20)
    for row in rows {
      let isForbidden = row["status"] as? Int == 403
      #expect(row["cause"] as? String == (isForbidden ? "user.role_missing" : "token.expired"))
    }
  }

  /// Every other second a client whose token is too old, and one whose user lacks a role, whose
  /// answer is the first to be sent.
  private static func edge() -> EdgeLog {
    var log = EdgeLog()
    for client in 1...3 { log.token(0.2 * Double(client), client: client) }
    for k in 0..<10 {
      let second = 70 + 2 * Double(k)
      log.call(
        second + 0.52, client: 1, "/billing/invoices/\(k)", (401, 60), length: 900, seconds: 0.5)
      log.call(second + 0.06, client: 2, "/billing/admin/reports", (403, 117), length: 905)
      log.call(second + 1.2, client: 3, "/billing/invoices/\(k)", (200, 300 + k), length: 900)
    }
    return log
  }

  private static func application(withAccessLines: Bool) -> String {
    (0..<10).map { k -> String in
      let clock = String(format: "10:01:%02d", 10 + 2 * k)
      let access = { (path: String, status: Int, size: Int) in
        withAccessLines
          ? "10.1.1.7 - - [12/May/2026:\(clock) +0000] \"GET /billing/\(path) HTTP/1.1\" \(status) \(size)\n"
          : ""
      }
      let message = { (text: String) in
        "time=2026-05-12T\(clock)Z level=WARNING logger=billing.auth msg=\"\(text)\"\n"
      }
      return message("token rejected: ExpiredSignatureError: Signature has expired")
        + message("access denied for carol: role billing-admin missing")
        + access("admin/reports", 403, 117)
        + access("invoices/\(k)", 401, 60)
    }.joined()
  }
}
