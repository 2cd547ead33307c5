internal import Testing

@testable import Captures

/// Our header decoder against libnghttp2's, on connections seen whole.
@Suite struct HeaderOracleTests {
  /// A small generator, the same in every run.
  struct Dice {
    var state: UInt64
    mutating func next(_ n: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, n)
    }
  }

  static let names = [
    "accept", "authorization", "cookie", "content-type", "traceparent", "user-agent",
    "x-forwarded-for", "x-request-id", "www-authenticate", "x-a-rather-long-name-of-our-own",
  ]

  static func value(_ dice: inout Dice) -> String {
    switch dice.next(6) {
    case 0: return ""
    case 1: return "gzip, deflate"
    case 2: return String(dice.next(1_000_000))
    case 3: return "Bearer " + String(repeating: "eyJhbGciOiJSUzI1NiJ9.", count: 1 + dice.next(60))
    case 4: return "\u{e9}t\u{e9} ~\"\\|^`"
    default: return String(repeating: "a", count: dice.next(300))
    }
  }

  static func message(_ dice: inout Dice) -> (
    isAnswer: Bool, fields: [(name: String, value: String)]
  ) {
    let isAnswer = dice.next(2) == 0
    var fields: [(name: String, value: String)] =
      isAnswer
      ? [(":status", ["200", "401", "204", "503"][dice.next(4)])]
      : [
        (":method", ["GET", "POST", "PUT"][dice.next(3)]), (":scheme", "http"),
        (":authority", "shop.example"), (":path", "/api/items/\(dice.next(50))"),
      ]
    for _ in 0..<dice.next(12) { fields.append((names[dice.next(names.count)], value(&dice))) }
    return (isAnswer, fields)
  }

  /// The text our decoder is expected to write for fields.
  static func expected(_ fields: [(name: [UInt8], value: [UInt8])]) -> [String] {
    fields.filter { $0.name.first != UInt8(ascii: ":") }.map {
      String(decoding: $0.name, as: UTF8.self) + ": " + String(decoding: $0.value, as: UTF8.self)
    }
  }

  static func lines(_ block: HeaderBlock) -> [String] {
    let text = String(decoding: block.text, as: UTF8.self)
    // The start line, a host made of :authority, and the blank line are ours.
    return text.split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst()
      .filter { !$0.isEmpty && !$0.hasPrefix("host: ") }.map(String.init)
  }

  @Test(arguments: [4096, 0, 256, 65_536])
  func `generated header blocks decode as libnghttp2 decodes them`(size: Int) throws {
    for seed in 1...20 {
      var dice = Dice(state: UInt64(seed))
      let oracle = HeaderOracle(tableSize: size)
      oracle.resize(size)
      var table = HeaderTable()
      for _ in 0..<40 {
        let (isAnswer, fields) = Self.message(&dice)
        let bytes = oracle.block(fields, secret: dice.next(2) == 0)
        let reference = try #require(oracle.fields(bytes))
        let own = HeaderBlock(bytes.span, &table, isFromServer: isAnswer)
        #expect(!own.isDamaged)
        #expect(own.unknown == 0)
        #expect(own.kind == (isAnswer ? .answer : .request))
        #expect(Self.lines(own) == Self.expected(reference))
      }
    }
  }

  @Test func `a block that libnghttp2 refuses is damaged or unknown to us, and no reason to trap`()
  {
    var dice = Dice(state: 7)
    for _ in 0..<2000 {
      let oracle = HeaderOracle()
      let (isAnswer, fields) = Self.message(&dice)
      var bytes = oracle.block(fields)
      guard !bytes.isEmpty else { continue }
      for _ in 0...dice.next(3) { bytes[dice.next(bytes.count)] = UInt8(dice.next(256)) }
      if dice.next(4) == 0 { bytes.removeLast(dice.next(bytes.count)) }
      let reference = HeaderOracle().fields(bytes)
      var table = HeaderTable()
      let own = HeaderBlock(bytes.span, &table, isFromServer: isAnswer)
      guard let reference, own.unknown == 0, !own.isDamaged, own.kind != .trailers,
        own.kind != .unreadable
      else { continue }
      // Values with control characters are made harmless on our side.
      let isPlain = reference.allSatisfy { ($0.name + $0.value).allSatisfy { $0 >= 32 } }
      if isPlain { #expect(Self.lines(own).count <= Self.expected(reference).count) }
    }
  }
}
