internal import Testing

@testable import Captures

@Suite struct KeyLogTests {
  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter { $0 != " " }
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      let start = digits.index(digits.startIndex, offsetBy: $0)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)
    }
  }

  @Test func `keys follow from a traffic secret as in RFC 8448`() {
    let secret = Self.bytes(
      "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38")
    #expect(
      KeySchedule.expand(secret, "key", 16, .sha256)
        == Self.bytes("3fce516009c21727d0f2e4e86ee403bc"))
    #expect(
      KeySchedule.expand(secret, "iv", 12, .sha256) == Self.bytes("5d313eb2671276ee13000b30"))
  }

  @Test func `lines of a key log are kept by the client's random, others are passed over`() {
    let random = String(repeating: "0a", count: 32)
    let text = """
      # comment
      CLIENT_RANDOM \(random) \(String(repeating: "Ab", count: 48))\r
      CLIENT_TRAFFIC_SECRET_0 \(random) \(String(repeating: "01", count: 32))
      EXPORTER_SECRET \(random) \(String(repeating: "02", count: 32))
      CLIENT_RANDOM 0a0b \(String(repeating: "03", count: 48))
      SERVER_TRAFFIC_SECRET_0 \(random) zz
      RSA 0011223344556677 \(String(repeating: "04", count: 48))

      """
    var log = KeyLog()
    let bytes = Array(text.utf8)
    log.add(bytes.span)
    #expect(log.count == 1)
    let key = [UInt8](repeating: 10, count: 32)
    let secrets = KeyLog.Random(key.span, 0).flatMap { log.secrets($0) }
    #expect(secrets?.master == [UInt8](repeating: 0xab, count: 48))
    #expect(secrets?.application.client == [UInt8](repeating: 1, count: 32))
    #expect(secrets?.application.server == [])
  }

  @Test(arguments: ["", "GET / HTTP/1.1", "# only a comment", "CLIENT_RANDOM 12 34", "a b c"])
  func `what is no key log does not begin as one`(_ text: String) {
    let bytes = Array(text.utf8)
    let begins = KeyLog.begins(bytes.span, 0, bytes.count)
    #expect(!begins)
  }

  @Test func `a key log begins as one, behind its comment too`() throws {
    let keys = try SecureSample("1.3-http2").keys
    let commented = Array("# SSL/TLS secrets log file\n".utf8) + keys
    let begins = [
      KeyLog.begins(keys.span, 0, keys.count),
      KeyLog.begins(commented.span, 0, commented.count),
    ]
    #expect(begins == [true, true])
  }

  @Test func `no more connections are remembered than there is room for`() {
    var log = KeyLog()
    let secret = String(repeating: "01", count: 32)
    var text: [UInt8] = []
    for i in 0...KeyLog.most {
      let number = String(i, radix: 16)
      let random = String(repeating: "0", count: 64 - number.count) + number
      text += Array("CLIENT_TRAFFIC_SECRET_0 \(random) \(secret)\n".utf8)
    }
    log.add(text.span)
    #expect(log.count == KeyLog.most)
  }
}
