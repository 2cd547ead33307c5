/// A small JSON document as a tree (RFC 8259): a report of our own, a token's claims. For documents
/// of kilobytes to a few megabytes; logs are walked in place instead. Hostile nesting ends in `nil`.
package indirect enum JSONNode: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As written: a claim is shown with the digits it had.
  case number(String)
  case string(String)
  case array([JSONNode])
  /// In the order of the document; a repeated key appears twice.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let key: String
    package let value: JSONNode
  }

  /// `nil` for anything that is not exactly one JSON value.
  package init?(_ bytes: [UInt8]) {
    var parser = JSONParser(bytes: bytes)
    guard let node = parser.value(depth: 0) else { return nil }
    parser.skipBlanks()
    guard parser.isAtEnd else { return nil }
    self = node
  }

  /// The last member of that name, as most readers take it.
  package subscript(_ key: String) -> JSONNode? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }
  package var text: String? { if case .string(let text) = self { text } else { nil } }
  package var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    if let whole = Int(digits) { return whole }
    guard let value = Double(digits), abs(value) < 9e15 else { return nil }
    return Int(value)
  }
  package var items: [JSONNode] { if case .array(let items) = self { items } else { [] } }

  /// On one line; strings keep their quotes.
  package var compact: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): "\"\(text)\""
    case .array(let items): "[" + items.map(\.compact).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\($0.key): \($0.value.compact)" }.joined(separator: ", ") + "}"
    }
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var at = 0
  /// Deep enough for everything honest.
  static let deepest = 64

  init(bytes: [UInt8]) { self.bytes = bytes }
  var isAtEnd: Bool { at == bytes.count }

  mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  mutating func value(depth: Int) -> JSONNode? {
    skipBlanks()
    guard depth < JSONParser.deepest, at < bytes.count else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map(JSONNode.string)
    case UInt8(ascii: "t"): return literal("true", .bool(true))
    case UInt8(ascii: "f"): return literal("false", .bool(false))
    case UInt8(ascii: "n"): return literal("null", .null)
    default: return number()
    }
  }

  private mutating func literal(_ word: StaticString, _ node: JSONNode) -> JSONNode? {
    let letters = Array("\(word)".utf8)
    guard bytes[at...].starts(with: letters) else { return nil }
    at += letters.count
    return node
  }

  private mutating func number() -> JSONNode? {
    let from = at
    while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
    let digits = String(decoding: bytes[from..<at], as: UTF8.self)
    return Double(digits) == nil ? nil : .number(digits)
  }

  private mutating func array(_ depth: Int) -> JSONNode? {
    at += 1
    var items: [JSONNode] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(items) }
    while let item = value(depth: depth + 1) {
      items.append(item)
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }

  private mutating func object(_ depth: Int) -> JSONNode? {
    at += 1
    var members: [JSONNode.Member] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipBlanks()
      guard let key = string() else { return nil }
      skipBlanks()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(JSONNode.Member(key: key, value: value))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard at < bytes.count, let scalar = escape() else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return unicode()
    default: return nil
    }
  }

  private mutating func unicode() -> Unicode.Scalar? {
    guard let high = hex4() else { return nil }
    guard high >= 0xd800, high < 0xdc00 else { return Unicode.Scalar(high) ?? "\u{fffd}" }
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
    else { return "\u{fffd}" }
    at += 2
    guard let low = hex4() else { return nil }
    guard low >= 0xdc00, low < 0xe000 else { return "\u{fffd}" }
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
  }

  private mutating func hex4() -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[at..<at + 4], as: UTF8.self)
    at += 4
    return UInt32(digits, radix: 16)
  }
}
