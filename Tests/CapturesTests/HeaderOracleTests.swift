internal import Foundation
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

  @Test(arguments: [4096, 0, 256, 65_536], [false, true])
  func `generated header blocks decode as libnghttp2 decodes them`(
    size: Int, changes: Bool
  ) throws {
    for seed in 1...20 {
      var dice = Dice(state: UInt64(seed))
      let oracle = HeaderOracle(tableSize: 65_536)
      oracle.resize(size)
      var table = HeaderTable()
      for _ in 0..<40 {
        // In the middle of a connection, once or twice before the next block (RFC 7541 §4.2).
        while changes, dice.next(4) == 0 {
          oracle.resize([0, 64, 500, 4096, 65_536][dice.next(5)])
        }
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

  // MARK: Blocks out of captures

  /// Compares every block up to where the reference ends its connection; gives the number of blocks.
  static func compare(_ capture: [UInt8]) -> Int {
    var compared = 0
    for direction in HeaderBlocksOnWire(capture).blocks {
      let oracle = HeaderOracle()
      // What the other side allowed is not looked at: as much as anybody allows.
      oracle.resize(65_536)
      var table = HeaderTable()
      for block in direction {
        guard let reference = oracle.fields(block.bytes) else { break }
        let own = HeaderBlock(block.bytes.span, &table, isFromServer: block.isFromServer)
        #expect(!own.isDamaged)
        #expect(own.unknown == 0)
        compared += 1
        guard own.kind != .trailers, !reference.contains(where: { $0.name == Array("host".utf8) })
        else { continue }
        #expect(own.kind == (block.isFromServer ? .answer : .request))
        #expect(lines(own) == expected(reference))
      }
    }
    return compared
  }

  @Test func `blocks out of captures decode as libnghttp2 decodes them`() throws {
    #expect(Self.compare(HTTP2Tests.capture().bytes) == 4)
    // Somebody's own captures, beside it.
    guard let folder = ProcessInfo.processInfo.environment["WHY401_CAPTURES"],
      let files = FileManager.default.enumerator(atPath: folder)
    else { return }
    var compared = 0
    for case let name as String in files where name.contains(".pcap") && !name.hasSuffix(".gz") {
      let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
      compared += Self.compare(Array(try Data(contentsOf: url)))
    }
    print("\(compared) header blocks of \(folder) compared")
  }

  // MARK: Blocks as other encoders write them

  /// An integer with a prefix (RFC 7541 §5.1).
  static func integer(_ value: Int, bits: Int, _ flags: UInt8) -> [UInt8] {
    let mask = 1 << bits - 1
    if value < mask { return [flags | UInt8(value)] }
    var out = [flags | UInt8(mask)]
    var rest = value - mask
    while rest >= 128 {
      out.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return out + [UInt8(rest)]
  }

  static func raw(_ text: String) -> [UInt8] {
    integer(text.utf8.count, bits: 7, 0) + Array(text.utf8)
  }

  /// An instruction of any kind, referring to what there may be in the tables.
  static func instruction(_ dice: inout Dice, _ entries: inout Int) -> [UInt8] {
    func known(_ dice: inout Dice) -> Int {
      dice.next(2) == 0 ? 1 + dice.next(61) : 1 + dice.next(61 + min(entries, 30))
    }
    let kind = dice.next(10)
    if kind < 4 { return integer(known(&dice), bits: 7, 0x80) }
    let (bits, flags): (Int, UInt8) = kind < 7 ? (6, 0x40) : kind == 7 ? (4, 0x10) : (4, 0)
    if kind < 7 { entries += 1 }
    var text = value(&dice)
    if text.utf8.count > 600 { text = "short" }
    if dice.next(2) == 0 { return integer(known(&dice), bits: bits, flags) + raw(text) }
    return [flags] + raw(names[dice.next(names.count)]) + raw(text)
  }

  @Test func `blocks of any instructions decode as libnghttp2 decodes them`() {
    var compared = 0
    for seed in 1...300 {
      var dice = Dice(state: UInt64(seed) &* 7919)
      let oracle = HeaderOracle()
      var table = HeaderTable()
      var entries = 0
      for _ in 0..<8 {
        var bytes: [UInt8] = []
        if dice.next(6) == 0 {
          // A smaller table, and its old size again (§6.3): only at the start of a block.
          bytes += Self.integer(dice.next(2) == 0 ? 0 : 512, bits: 5, 0x20)
          bytes += Self.integer(4096, bits: 5, 0x20)
        }
        for _ in 0..<dice.next(10) { bytes += Self.instruction(&dice, &entries) }
        // The reference ends a connection at what it has not in its table.
        guard let reference = oracle.fields(bytes) else { break }
        let own = HeaderBlock(bytes.span, &table, isFromServer: false)
        #expect(!own.isDamaged)
        #expect(own.unknown == 0)
        guard own.kind == .request || own.kind == .answer else { continue }
        compared += 1
        let isPlain = !reference.contains { $0.name == Array("host".utf8) }
        if isPlain { #expect(Self.lines(own) == Self.expected(reference)) }
      }
    }
    #expect(compared > 200)
  }

  @Test func `every character survives the Huffman code`() throws {
    // Above ASCII as the two bytes of UTF-8.
    for scalar in (32 as UInt8)...255 {
      let oracle = HeaderOracle()
      let text = String(repeating: Character(Unicode.Scalar(scalar)), count: 40)
      let bytes = oracle.block([(":status", "200"), ("x-a-rather-long-name-of-our-own", text)])
      let reference = try #require(oracle.fields(bytes))
      var table = HeaderTable()
      let own = HeaderBlock(bytes.span, &table, isFromServer: true)
      #expect(Self.lines(own) == Self.expected(reference))
    }
  }
}
