internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct HTTP2Tests {
  static func frame(_ type: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    [0] + PacketBuilder.big(UInt16(payload.count)) + [type, flags] + PacketBuilder.big(stream)
      + payload
  }
  /// A literal with incremental indexing and a new name (RFC 7541 §6.2.1).
  static func literal(_ name: String, _ value: String) -> [UInt8] {
    [0x40, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)]
      + Array(value.utf8)
  }
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
  /// `:method GET`, `:path /api` (name 4), `:authority shop` (name 1), `x-request-id r1`.
  static let request: [UInt8] =
    [0x82, 0x44, 4] + Array("/api".utf8) + [0x41, 4] + Array("shop".utf8)
    + literal("x-request-id", "r1")

  static func capture(late: Bool = false) -> PacketBuilder {
    var file = PacketBuilder()
    var talk = Talk()
    if !late { talk.open(&file) }
    let first = talk.fromClient(
      preface + frame(4, flags: 0, stream: 0, []) + frame(1, flags: 5, stream: 1, request))
    if !late { file.frame(first) }
    let answer =
      frame(1, flags: 4, stream: 1, [0x48, 3] + Array("401".utf8) + literal("x-a", "b"))
      + frame(0, flags: 1, stream: 1, Array("{\"error\":\"invalid_token\"}".utf8))
    let second = talk.fromServer(frame(4, flags: 0, stream: 0, []) + answer)
    if !late { file.frame(second) }
    // By index now: `x-request-id: r1` is 62, `:authority` 63, `:path` 64; `:status 401` is 63.
    file.frame(
      talk.fromClient(
        frame(
          1, flags: 5, stream: 3,
          [0x82, 0xc0, 0xbf, 0xbe]
            + literal("authorization", "Bearer abc"))))
    file.frame(talk.fromServer(frame(1, flags: 5, stream: 3, [0xbf])))
    return file
  }

  @Test func `a connection seen from its start gives every stream`() {
    let reading = Reading(Self.capture())
    #expect(reading.lines == ["GET /api 401", "GET /api 401"])
    #expect(reading.requests.map { reading.text($0.requestID) } == ["r1", "r1"])
    #expect(reading.requests.map { reading.text($0.host) } == ["shop", "shop"])
    #expect(reading.requests.map(\.authorization) == [.absent, .present])
    #expect(reading.text(reading.requests[0].reason) == "invalid_token")
  }

  @Test func `a connection joined late calls nothing absent that it cannot know`() {
    let reading = Reading(Self.capture(late: true))
    #expect(reading.lines == ["GET * 0"])
    #expect(reading.requests.map(\.authorization) == [.present])
    #expect(reading.coverage.problems.contains { $0.contains("HTTP/2 heads refer") })
  }

  @Test func `the preface may come in pieces`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    let all =
      Self.preface + Self.frame(4, flags: 0, stream: 0, [])
      + Self.frame(1, flags: 5, stream: 1, Self.request)
    file.frame(talk.fromClient(Array(all[..<2])))
    file.frame(talk.fromClient(Array(all[2..<11])))
    file.frame(talk.fromClient(Array(all[11..<30])))
    file.frame(talk.fromClient(Array(all[30...])))
    file.frame(
      talk.fromServer(
        Self.frame(4, flags: 0, stream: 0, []) + Self.frame(1, flags: 5, stream: 1, [0x88])))
    #expect(Reading(file).lines == ["GET /api 200"])
  }

  /// RFC 7541 Appendix C.4: three requests, Huffman coded, with the dynamic table.
  @Test func `the examples of the RFC decode`() {
    var table = HeaderTable()
    let blocks: [[UInt8]] = [
      [
        0x82, 0x86, 0x84, 0x41, 0x8c, 0xf1, 0xe3, 0xc2, 0xe5, 0xf2, 0x3a, 0x6b, 0xa0, 0xab, 0x90,
        0xf4, 0xff,
      ],
      [0x82, 0x86, 0x84, 0xbe, 0x58, 0x86, 0xa8, 0xeb, 0x10, 0x64, 0x9c, 0xbf],
      [
        0x82, 0x87, 0x85, 0xbf, 0x40, 0x88, 0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xa9, 0x7d, 0x7f, 0x89,
        0x25, 0xa8, 0x49, 0xe9, 0x5b, 0xb8, 0xe8, 0xb4, 0xbf,
      ],
    ]
    let texts = blocks.map { block in
      String(
        decoding: HeaderBlock(block.span, &table, isFromServer: false).text, as: UTF8.self)
    }
    #expect(texts[0] == "GET / HTTP/2.0\r\nhost: www.example.com\r\n\r\n")
    #expect(
      texts[1] == "GET / HTTP/2.0\r\nhost: www.example.com\r\ncache-control: no-cache\r\n\r\n")
    #expect(
      texts[2]
        == "GET /index.html HTTP/2.0\r\nhost: www.example.com\r\ncustom-key: custom-value\r\n\r\n")
  }
}
