internal import ByteScan

/// Decodes a header block (RFC 7541 §6) and writes it as the head of an HTTP/1 message, so that one
/// reader of heads serves both versions.
struct HeaderBlock {
  /// `METHOD path HTTP/2.0` or `HTTP/2.0 status`, then `name: value` lines and a blank line; trailers
  /// have no start line.
  private(set) var text: [UInt8] = []
  enum Kind { case request, answer, trailers, unreadable }
  private(set) var kind: Kind = .trailers
  /// Fields that refer to entries older than the capture: nothing can be called absent.
  private(set) var unknown = 0
  private(set) var isDamaged = false

  private var method: [UInt8] = []
  private var path: [UInt8] = []
  private var authority: [UInt8] = []
  private var status: [UInt8] = []
  private var hasHost = false
  private var lines: [UInt8] = []

  /// `isFromServer` decides what a block without any readable pseudo field is.
  init(_ s: Span<UInt8>, _ table: inout HeaderTable, isFromServer: Bool) {
    var at = 0
    while at < s.count, !isDamaged, lines.count < MessageParser.largestHead {
      let byte = s[at]
      if byte & 0x80 != 0 {
        let index = integer(s, &at, bits: 7)
        add(table.entry(index))
      } else if byte & 0x40 != 0 {
        let entry = literal(s, &at, bits: 6, table)
        add(entry)
        if let entry { table.insert(entry) }
      } else if byte & 0x20 != 0 {
        if integer(s, &at, bits: 5) == 0 { table.forget() }
      } else {
        add(literal(s, &at, bits: 4, table))
      }
    }
    finish(isFromServer)
  }

  private mutating func add(_ entry: HeaderTable.Entry?) {
    guard !isDamaged else { return }
    guard let entry, let name = entry.name else {
      unknown += 1
      return
    }
    if name.first == UInt8(ascii: ":") {
      switch name.count {
      case 7 where name[1] == UInt8(ascii: "m"): method = Self.clean(entry.value)
      case 7 where name[1] == UInt8(ascii: "s") && name[2] == UInt8(ascii: "t"):
        status = Self.clean(entry.value)
      case 5: path = Self.clean(entry.value)
      case 10: authority = Self.clean(entry.value)
      default: break
      }
      return
    }
    if name == [104, 111, 115, 116] { hasHost = true }
    lines += Self.clean(name) + [UInt8(ascii: ":"), 32] + Self.clean(entry.value) + [13, 10]
  }

  /// No control characters and no blanks at the ends: a value cannot make lines of its own.
  private static func clean(_ bytes: [UInt8]) -> [UInt8] {
    bytes.contains { $0 < 32 } ? bytes.map { $0 < 32 ? 32 : $0 } : bytes
  }

  private mutating func finish(_ isFromServer: Bool) {
    if !status.isEmpty {
      kind = .answer
      text = Array("HTTP/2.0 ".utf8) + status
    } else if !method.isEmpty || !path.isEmpty || !authority.isEmpty {
      kind = .request
      // A blank in the path would end it early.
      let target =
        path.isEmpty ? [UInt8(ascii: "*")] : path.map { $0 == 32 ? UInt8(ascii: "+") : $0 }
      text = (method.isEmpty ? [UInt8(ascii: "?")] : method) + [32] + target
      text += Array(" HTTP/2.0".utf8)
    } else {
      kind = unknown > 0 && !isDamaged ? .unreadable : .trailers
      return
    }
    text += [13, 10]
    if kind == .request, !authority.isEmpty, !hasHost {
      text += Array("host: ".utf8) + authority + [13, 10]
    }
    text += lines + [13, 10]
  }

  /// Integers with a prefix (§5.1); at most 2^28.
  private mutating func integer(_ s: Span<UInt8>, _ at: inout Int, bits: UInt8) -> Int {
    guard at < s.count else {
      isDamaged = true
      return 0
    }
    let mask = (1 << Int(bits)) - 1
    var value = Int(s[at]) & mask
    at += 1
    guard value == mask else { return value }
    var shift = 0
    while at < s.count, shift <= 21 {
      let byte = s[at]
      at += 1
      value += Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    isDamaged = true
    return 0
  }

  /// A literal with a literal or an indexed name (§6.2).
  private mutating func literal(
    _ s: Span<UInt8>, _ at: inout Int, bits: UInt8, _ table: HeaderTable
  ) -> HeaderTable.Entry? {
    let index = integer(s, &at, bits: bits)
    guard !isDamaged else { return nil }
    var name: [UInt8]?
    if index == 0 {
      name = string(s, &at)
    } else {
      name = table.entry(index)?.name
    }
    let value = string(s, &at)
    return isDamaged ? nil : HeaderTable.Entry(name: name, value: value)
  }

  private mutating func string(_ s: Span<UInt8>, _ at: inout Int) -> [UInt8] {
    guard at < s.count else {
      isDamaged = true
      return []
    }
    let isHuffman = s[at] & 0x80 != 0
    let length = integer(s, &at, bits: 7)
    guard !isDamaged, at + length <= s.count else {
      isDamaged = true
      return []
    }
    var out: [UInt8] = []
    if isHuffman {
      if !HuffmanCode.decode(s, at, at + length, into: &out) { isDamaged = true }
    } else {
      Bytes.append(s, at, at + length, to: &out)
    }
    at += length
    return out
  }
}
