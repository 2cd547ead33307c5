import Testing

@testable import Ingest

/// Known texts are found in messages as vectorscan finds them.
@Suite struct LiteralTests {
  private typealias Texts = [(text: String, isCaseless: Bool)]

  /// All texts of the table of messages.
  private static let known: Texts = {
    var seen: Set<String> = []
    return MessageSignatures.all.flatMap { row in
      row.texts.filter { seen.insert("\(row.isCaseless)\($0)").inserted }
        .map { ($0, row.isCaseless) }
    }
  }()

  /// Texts that lie in one another, differ in their case or bytes alone, and are as short as they may be.
  private static let alike: Texts = [
    ("JWT", false), ("jwt", true), ("jwt ", true), ("[jwt]", true), ("{jwt}", false),
    ("token", false), ("Token", false), ("TOKEN", true), ("token is", false), ("oken", true),
    ("abgelaufen", true), ("erklärt", true), ("ERKLÄRT", true), ("истёк", true), ("  ", false),
    ("a\u{0}b", false), ("    ", false), ("ssl", true), (" ssl", true), ("ssl ", true),
  ]

  private static func found(_ matcher: LiteralMatcher, _ bytes: ArraySlice<UInt8>) -> [UInt16] {
    let all = Array(bytes)
    return matcher.scan(all.span, 0, all.count).sorted()
  }

  /// Pieces of the texts, whole or cut, in other cases, with other bytes between.
  private static func piece(_ texts: Texts, _ dice: inout Dice) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<dice.below(6) {
      var text = Array(texts[dice.below(texts.count)].text.utf8)
      switch dice.below(6) {
      case 0: text.removeLast(dice.below(text.count))
      case 1: text.removeFirst(dice.below(text.count))
      case 2:
        text = text.map { byte in
          byte >= 0x40 && byte < 0x7f && dice.below(3) == 0 ? byte ^ 0x20 : byte
        }
      case 3: text[dice.below(text.count)] ^= UInt8(dice.below(256))
      default: break
      }
      bytes += text
      for _ in 0..<dice.below(3) { bytes.append(UInt8(dice.below(256))) }
    }
    return bytes
  }

  @Test(arguments: [false, true])
  func `vectorscan finds the same texts in pieces of them`(isKnown: Bool) throws {
    let texts = isKnown ? Self.known : Self.alike.filter { $0.text.utf8.count >= 3 }
    let matcher = LiteralMatcher(texts)
    let oracle = try LiteralOracle(texts)
    var dice = Dice(state: 7)
    for _ in 0..<4000 {
      let bytes = Self.piece(texts, &dice)
      #expect(try Self.found(matcher, bytes[...]) == oracle.scan(bytes[...]))
    }
  }

  @Test func `each text is found wherever the bytes are cut that it stands in`() throws {
    let matcher = LiteralMatcher(Self.alike)
    let oracle = try LiteralOracle(Self.alike.filter { $0.text.utf8.count >= 3 })
    let bytes = Array("x Token JWT ssl истёк[jwt]    a\u{0}b TOKEN is ssl".utf8)
    let short = Self.alike.indices.filter { Self.alike[$0].text.utf8.count < 3 }.count
    #expect(short == 1)
    // The one that is too short stands in the middle: identifiers behind it are one less without it.
    let place = UInt16(Self.alike.firstIndex { $0.text.utf8.count < 3 } ?? 0)
    for from in bytes.indices {
      for to in from...bytes.count {
        let expected = try oracle.scan(bytes[from..<to]).map { $0 < place ? $0 : $0 + 1 }
        #expect(matcher.scan(bytes.span, from, to).sorted() == expected)
      }
    }
  }

  @Test func `vectorscan finds the same texts in the examples of all rows`() throws {
    let matcher = LiteralMatcher(Self.known)
    let oracle = try LiteralOracle(Self.known)
    for row in MessageSignatures.all {
      let line = Array(row.example.utf8)
      #expect(try Self.found(matcher, line[...]) == oracle.scan(line[...]))
    }
  }

  @Test func `no known text is too short to be looked for`() {
    #expect(Self.known.allSatisfy { $0.text.utf8.count >= 3 })
    #expect(Self.known.count < Int(UInt16.max))
  }

  @Test func `nothing is read behind the last byte`() throws {
    let matcher = LiteralMatcher(Self.alike)
    for text in ["", "s", "ss", "ssl", "a ssl", "a token", "JWT"] {
      let pages = try GuardedBytes(Array(text.utf8))
      let hits = pages.read { matcher.scan($0, 0, $0.count) }
      #expect(hits.isEmpty == (text.utf8.count < 3))
    }
  }

  @Test func `a text that stands in a line a thousand times is one hit`() {
    let matcher = LiteralMatcher(Self.alike)
    let bytes = Array(String(repeating: "JWT ", count: 1000).utf8)
    #expect(matcher.scan(bytes.span, 0, bytes.count).sorted() == [0, 1, 2])
  }
}

/// The same numbers in each run.
private struct Dice {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
