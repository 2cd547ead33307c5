import Evidence
import Testing

@testable import Ingest

/// What a field held before is the same text, or it is not taken for it.
@Suite struct FieldTextTests {
  private static let texts = [
    "a", "b", "ab", "web1", "web12", "12345678", "123456789", "1234567890123456",
    "1234567x90123456", "client-secret", "refresh_token", "0b5c3a52-77aa-4c0e-9d3e-6b1f00001000",
    "0b5c3a52-77aa-4c0e-9d3f-6b1f00001000", "\u{0}a", "\u{0}\u{0}a", "aaaaaaaa", "aaaaaaaaa",
    "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa",
  ]

  @Test func `each text has its own symbol, in whatever order texts come`() {
    var sink = Sink()
    for step in 1..<40 {
      for i in FieldTextTests.texts.indices {
        let text = FieldTextTests.texts[i * step % FieldTextTests.texts.count]
        let bytes = Array("..\(text)..".utf8)
        let found = sink.intern(bytes.span, 2, bytes.count - 2, again: i % 3)
        #expect(sink.observations.symbols.text(found) == text)
      }
    }
    #expect(sink.observations.symbols.count == FieldTextTests.texts.count + 1)
  }

  @Test func `several fields of some lines have the symbols that each alone would have`() {
    var sink = Sink()
    var bytes: [UInt8] = []
    for round in 0..<20 {
      var wanted: [WantedText] = []
      bytes = []
      for (i, text) in FieldTextTests.texts.enumerated() where (i + round) % 3 > 0 {
        let from = bytes.count
        bytes += Array("\(text)\(round % 4)".utf8)
        wanted.append(WantedText(field: i % 2, from, bytes.count))
        wanted.append(WantedText(field: i % 5, from, bytes.count))
      }
      sink.intern(bytes.span, &wanted)
      for one in wanted {
        let text = String(decoding: bytes[one.from..<one.to], as: UTF8.self)
        #expect(sink.observations.symbols.text(one.symbol) == text)
      }
    }
  }

  @Test func `symbols of one table are not those of another`() {
    var sink = Sink()
    let bytes = Array("one two".utf8)
    _ = sink.intern(bytes.span, 0, 3, again: 1)
    sink.observations.symbols = SymbolTable()
    let two = sink.intern(bytes.span, 4, 7, again: 1)
    let one = sink.intern(bytes.span, 0, 3, again: 1)
    #expect(one != two)
    #expect(sink.observations.symbols.text(one) == "one")
  }

  @Test func `a role is the key of its number`() {
    for number in 0..<EventKey.other.rawValue {
      #expect(EventKey(role: UInt8(number))?.rawValue == number)
    }
    #expect(EventKey(role: UInt8(EventKey.other.rawValue)) == nil)
    #expect(EventKey(role: 255) == nil)
  }
}
