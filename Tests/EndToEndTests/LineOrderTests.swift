import Testing

/// Whole seconds: the order of lines, and the wrapper's stamp, tell more.
struct LineOrderTests {
  @Test func `a login that stands behind a refusal in the same second follows it`() throws {
    #expect(try Self.second(loginBehind: true).contains("benign.first_call_before_login"))
    #expect(!(try Self.second(loginBehind: false)).contains("benign.first_call_before_login"))
  }

  @Test func `a login that stands behind a refusal follows it, however long it took`() throws {
    #expect(
      try Self.second(loginBehind: true, "0.600").contains("benign.first_call_before_login"))
    #expect(
      !(try Self.second(loginBehind: false, "0.600")).contains("benign.first_call_before_login"))
  }

  /// nginx stamps the end in whole seconds; a login that took a while stands before or behind a refusal of its second.
  private static func second(loginBehind: Bool, _ took: String = "0.200") throws -> [String] {
    var lines: [String] = []
    func line(_ second: Int, _ client: Int, _ request: String, _ answer: String, _ took: String) {
      let clock = String(format: "10:%02d:%02d", second / 60, second % 60)
      lines.append(
        """
        203.0.113.\(20 + client) - - [12/May/2026:\(clock) +0000] "\(request) HTTP/1.1" \(answer) "-" \
        "client-\(client)/1.0" 0 \(took) [x] [] 198.51.100.20:8080 1 \(took) \(answer.prefix(3)) \
        \(String(format: "%032x", lines.count + 1))
        """)
    }
    let token = "POST /realms/shop/protocol/openid-connect/token"
    for k in 0..<12 {
      let second = 3 + 7 * k
      if !loginBehind { line(second, k, token, "200 1441", took) }
      line(second, k, "GET /orders/items/\(k)", "401 61", "0.001")
      if loginBehind { line(second, k, token, "200 1441", took) }
      for next in 0..<5 {
        line(second + 1 + next, k, "GET /orders/items/\(next)", "200 31\(next)", "0.002")
      }
    }
    return try EdgeLog.causes(of: [
      Scratch.file(lines.joined(separator: "\n") + "\n", name: "nginx-\(loginBehind)-\(took).log")
        .path
    ])
  }

  @Test(arguments: [true, false])
  func `lines that Apache writes late took long`(_ isWrapped: Bool) throws {
    #expect(try Self.apache(seconds: 3, isWrapped: isWrapped).contains("netpol.drop"))
    #expect(!(try Self.apache(seconds: 0, isWrapped: isWrapped)).contains("netpol.drop"))
  }

  /// Apache stamps the start in whole seconds; from the 31st to the 60th second a service refuses after a wait.
  private static func apache(seconds: Int, isWrapped: Bool) throws -> [String] {
    var lines: [(end: Double, text: String)] = []
    for k in 0..<90 {
      for client in 0..<4 {
        let start = Double(k) + 0.2 * Double(client) + 0.05
        func line(_ service: String, _ answer: String, _ took: Double) {
          func clock(_ time: Double) -> String {
            String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
          }
          let end = start + took
          let head =
            isWrapped
            ? String(
              format: "2026-05-12T%@.%09dZ ", clock(end), Int(end * 1000) % 1000 * 1_000_000 + 7)
            : ""
          lines.append(
            (
              end,
              """
              \(head)203.0.113.\(20 + client) - - [12/May/2026:\(clock(start)) +0000] \
              "GET /\(service)/items/\(k % 9) HTTP/1.1" \(answer) "-" "client-\(client)/1.0"
              """
            ))
        }
        let isLost = (31..<60).contains(k)
        line(
          "orders", isLost ? "401 233" : "200 31\(k % 7)", isLost ? Double(seconds) + 0.02 : 0.01)
        line("billing", "200 42\(k % 7)", 0.012)
      }
    }
    let text = lines.sorted { $0.end < $1.end }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [
      Scratch.file(text, name: "apache-\(seconds)-\(isWrapped).log").path
    ])
  }
}
