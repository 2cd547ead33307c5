import Foundation
import Testing

/// Sizes of answers that tell what a service said, or what it waited for.
struct WholeSizeTests {
  @Test func `Apache's sizes with headers are those of a usual service's whole answer`() throws {
    // `expired_token: The token is expired`, in the body and in the challenge, of gunicorn.
    let text = "expired_token: The token is expired".utf8.count
    let whole = 198 + 8 + 39 + 2 * text
    #expect(try Self.apache(whole).first == "token.expired")
    #expect(try Self.apache(whole + 1).first != "token.expired")
    // Sizes of bodies alone.
    #expect(try Self.apache(whole, smallest: 60).first != "token.expired")
  }

  @Test func `Apache's sizes of TLS are told apart from what they carry`() throws {
    let text = "expired_token: The token is expired".utf8.count
    let whole = 198 + 22 + 8 + 39 + 2 * text
    // A second record now and then.
    #expect(try Self.apache(whole, records: [0, 22, 0, 0, 22]).contains("token.expired"))
    #expect(try !Self.apache(whole, records: [0, 21, 0, 0, 21]).contains("token.expired"))
  }

  @Test func `two answers whose bodies differ by a record's bytes are two answers`() throws {
    let other = 331
    #expect(try Self.apache(other, smallest: 60, records: [0, 22]).contains("token.malformed"))
    // With headers, and all over TLS, they are one.
    #expect(try !Self.apache(other, records: [0, 22]).contains("token.malformed"))
  }

  /// Five clients of two services behind Apache, one of which refuses two of them from the 30th second on.
  /// - Parameter smallest: of all sizes.
  private static func apache(
    _ size: Int, smallest: Int = 520, records: [Int] = [0]
  ) throws -> [String] {
    var lines: [(time: Double, text: String)] = []
    func line(_ time: Double, _ client: Int, _ request: String, _ status: Int, _ size: Int) {
      let clock = String(format: "10:%02d:%02d", Int(time) / 60, Int(time) % 60)
      lines.append(
        (
          time,
          """
          203.0.113.\(client) - - [12/May/2026:\(clock) +0000] "\(request) HTTP/1.1" \(status) \(size) \
          "-" "client-\(client)/1.0"
          """
        ))
    }
    for k in 0..<60 {
      for client in 0..<5 {
        let time = 1 + Double(k) + 0.13 * Double(client)
        if k == 0 {
          line(time - 0.5, client, "POST /realms/shop/protocol/openid-connect/token", 200, 3717)
        }
        let isRefused = client < 2 && k >= 30
        line(
          time, client, "GET /parcels/items/\(k % 9)", isRefused ? 401 : 200,
          isRefused ? size + records[k % records.count] : 620 + k % 7)
        line(time + 0.05, client, "GET /billing/items/\(k % 9)", 200, smallest + k % 7)
        if records.count > 1, k % 6 == 0 {
          line(time + 0.1, client, "GET /billing/missing", 404, 300 + records[k / 6 % 2])
        }
      }
    }
    let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
    return try EdgeLog.causes(of: [Scratch.file(text, name: "\(UUID().uuidString).log").path])
  }

  @Test(arguments: ["[Errno -3] Try again", "[Errno -3] Temporary failure in name resolution"])
  func `a size that fits a failed lookup, after a resolver's time, is a silent name server`(
    words: String
  ) throws {
    let text = "Fail to fetch data from the url, err: \\\"<urlopen error \(words)>\\\""
    let size = 39 + text.utf8.count
    #expect(try Self.slow(size, seconds: 5.005).first == "dns.blocked")
    #expect(try Self.slow(size + 3, seconds: 5.005).first != "dns.blocked")
    #expect(try Self.slow(size, seconds: 0.005).first != "dns.blocked")
  }

  /// Five clients of two services, one of which refuses everybody in the second minute.
  private static func slow(_ size: Int, seconds: Double) throws -> [String] {
    var log = EdgeLog()
    for client in 0..<5 {
      log.token(0.2 * Double(client), client: client)
      for k in 0..<60 {
        let time = 2 + 3 * Double(k) + 0.3 * Double(client)
        let isRefused = (60..<120).contains(time)
        log.call(
          time, client: client, "/parcels/items/\(k % 9)",
          isRefused ? (401, size) : (200, 300 + k % 7), length: 0,
          seconds: isRefused ? seconds : 0.006)
        log.call(
          time + 0.05, client: client, "/billing/items/\(k % 9)", (200, 410 + k % 7), length: 0)
        if k % 8 == client { log.token(time - 0.4, client: client) }
        if k % 7 == client {
          log.call(
            time + 0.6, client: 60 + client, "/parcels/items/2", (401, 39 + 21), length: 0)
        }
      }
    }
    return try log.causes()
  }
}
