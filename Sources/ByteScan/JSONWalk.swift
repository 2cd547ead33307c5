internal import CVector

/// One value met while walking a JSON object: offsets into the line.
public struct JSONValue: Sendable, BitwiseCopyable {
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    case string, number, literal, object, array
  }
  public var kind: Kind
  /// Of a string: the bytes between the quotes, still escaped. Of others: the raw bytes.
  public var start: Int
  public var end: Int
  /// A string that holds a backslash.
  public var isEscaped: Bool

  @inlinable @inline(__always) public var isString: Bool {
    if case .string = kind { true } else { false }
  }
  @inlinable @inline(__always) public var isLiteral: Bool {
    if case .literal = kind { true } else { false }
  }

  /// The literal `null`.
  @inlinable public func isNull(_ s: Span<UInt8>) -> Bool {
    isLiteral && Bytes.equals("null", s, start, end)
  }

  @inlinable public init(kind: Kind, start: Int, end: Int, isEscaped: Bool) {
    self.kind = kind
    self.start = start
    self.end = end
    self.isEscaped = isEscaped
  }
}

/// Walks the members of one JSON object in place. Tolerant: logs hold repaired-looking JSON
/// (`"x": ,` and `"t": 0.001, 0.200` from nginx templates); an unquoted list from a template
/// (`"t": 0.001, 0.200`) gives its first item, the rest is stepped over.
public enum JSONWalk {
  /// Calls `member(keyStart, keyEnd, value)` for each member of the object that starts at `from`
  /// (`{`). Nested objects and arrays are reported as one value; call again to enter them.
  ///
  /// - Returns: the offset after the closing brace, or -1 when the object is cut or not one.
  @inlinable public static func members(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ member: (Int, Int, JSONValue) -> Void
  ) -> Int {
    guard from >= 0, from < to, to <= s.count, s[from] == UInt8(ascii: "{") else { return -1 }
    var i = skip(s, from + 1, to)
    while i < to {
      if s[i] == UInt8(ascii: "}") { return i + 1 }
      if s[i] == UInt8(ascii: ",") {
        i = skip(s, i + 1, to)
        continue
      }
      if s[i] != UInt8(ascii: "\"") {
        // The rest of an unquoted list: step over it.
        let rest = value(s, i, to)
        guard rest.next > i else { return -1 }
        i = skip(s, rest.next, to)
        continue
      }
      let keyEnd = stringEnd(s, i + 1, to)
      guard keyEnd.end >= 0 else { return -1 }
      let keyStart = i + 1
      i = skip(s, keyEnd.end + 1, to)
      guard i < to, s[i] == UInt8(ascii: ":") else { return -1 }
      i = skip(s, i + 1, to)
      let found = value(s, i, to)
      guard found.next >= 0 else { return -1 }
      member(keyStart, keyEnd.end, found.value)
      i = skip(s, found.next, to)
    }
    return -1
  }

  /// Calls `element(value)` for each element of the array that starts at `from` (`[`).
  @inlinable public static func elements(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ element: (JSONValue) -> Void
  ) -> Int {
    guard from >= 0, from < to, to <= s.count, s[from] == UInt8(ascii: "[") else { return -1 }
    var i = skip(s, from + 1, to)
    while i < to {
      if s[i] == UInt8(ascii: "]") { return i + 1 }
      if s[i] == UInt8(ascii: ",") {
        i = skip(s, i + 1, to)
        continue
      }
      let found = value(s, i, to)
      guard found.next > i else { return -1 }
      element(found.value)
      i = skip(s, found.next, to)
    }
    return -1
  }

  @inlinable static func skip(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    // Nearly always there is nothing to skip.
    while i < to, s[i] <= 32, s[i] == 32 || s[i] == 9 || s[i] == 10 || s[i] == 13 { i += 1 }
    return i
  }

  /// End (the closing quote) of the string whose first byte is at `from`, -1 when cut.
  public static func stringEnd(_ s: Span<UInt8>, _ from: Int, _ to: Int)
    -> (end: Int, escaped: Bool)
  {
    guard from >= 0, from < to, to <= s.count else { return (-1, false) }
    var escaped: UInt32 = 0
    // All offsets are inside of the span, and no byte beyond its end is read.
    let end = unsafe s.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return to }
      return unsafe Int(
        why401_string_end(
          base, UInt64(bytes.count), UInt64(from), UInt64(to), &escaped))
    }
    return (end < to ? end : -1, escaped != 0)
  }

  @inlinable public static func value(_ s: Span<UInt8>, _ from: Int, _ to: Int)
    -> (value: JSONValue, next: Int)
  {
    let none = JSONValue(kind: .literal, start: from, end: from, isEscaped: false)
    guard from < to else { return (none, -1) }
    let c = s[from]
    if c == UInt8(ascii: "\"") {
      let found = stringEnd(s, from + 1, to)
      guard found.end >= 0 else { return (none, -1) }
      return (
        JSONValue(kind: .string, start: from + 1, end: found.end, isEscaped: found.escaped),
        found.end + 1
      )
    }
    if c == UInt8(ascii: "{") || c == UInt8(ascii: "[") {
      // Nested: by depth, strings skipped. No recursion: hostile nesting costs no stack.
      var depth = 0
      var i = from
      while i < to {
        let b = s[i]
        if b == UInt8(ascii: "\"") {
          let found = stringEnd(s, i + 1, to)
          guard found.end >= 0 else { return (none, -1) }
          i = found.end
        } else if b == UInt8(ascii: "{") || b == UInt8(ascii: "[") {
          depth += 1
        } else if b == UInt8(ascii: "}") || b == UInt8(ascii: "]") {
          depth -= 1
          if depth == 0 {
            return (
              JSONValue(
                kind: c == UInt8(ascii: "{") ? .object : .array, start: from, end: i + 1,
                isEscaped: false), i + 1
            )
          }
        }
        i += 1
      }
      return (none, -1)
    }
    // A number or a literal, up to a comma or a brace.
    var i = from
    while i < to {
      let b = s[i]
      if b == UInt8(ascii: "}") || b == UInt8(ascii: "]") { break }
      if b == UInt8(ascii: ",") {
        break
      }
      i += 1
    }
    var end = i
    while end > from, s[end - 1] == 32 || s[end - 1] == 13 || s[end - 1] == 10 { end -= 1 }
    let first = from < end ? s[from] : 0
    let isNumber = Bytes.isDigit(first) || first == UInt8(ascii: "-")
    return (
      JSONValue(kind: isNumber ? .number : .literal, start: from, end: end, isEscaped: false), i
    )
  }

  /// Appends the unescaped bytes of a string value to `out` (`\n`, `\uXXXX` with surrogates).
  public static func unescape(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]
  ) {
    let before = out.count
    let count = unescape(s, from, to, over: &out, at: before)
    out.removeSubrange((before + count)...)
  }

  /// Writes them over what is in `out` from `at` on; it grows where that is too short.
  ///
  /// - Returns: how many they are.
  public static func unescape(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, over out: inout [UInt8], at: Int = 0
  ) -> Int {
    guard from >= 0, from <= to, to <= s.count, at >= 0 else { return 0 }
    // No escape is shorter than what it stands for.
    let wanted = at + to - from
    if out.count < wanted {
      out.append(contentsOf: repeatElement(0, count: wanted - out.count))
    }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let backslashes = UInt64(UInt8(ascii: "\\")) &* ones
    var i = from
    var n = at
    while i < to {
      if i + 8 <= to {
        // Up to the next backslash, eight bytes at a time; what is written too much is written over.
        let word = Bytes.word(s, i)
        unsafe out.withUnsafeMutableBytes {
          unsafe $0.storeBytes(of: word.littleEndian, toByteOffset: n, as: UInt64.self)
        }
        let odd = word ^ backslashes
        let hit = (odd &- ones) & ~odd & highs
        let length = hit == 0 ? 8 : hit.trailingZeroBitCount &>> 3
        i += length
        n += length
        if hit == 0 { continue }
      } else if s[i] != UInt8(ascii: "\\") {
        out[n] = s[i]
        i += 1
        n += 1
        continue
      }
      i = escape(s, i, to, &out, &n)
    }
    return n - at
  }

  /// Writes what the escape at `at` stands for; one at the very end stands for itself.
  ///
  /// - Returns: the offset after it.
  private static func escape(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, _ out: inout [UInt8], _ n: inout Int
  ) -> Int {
    var c = at + 1 < to ? s[at + 1] : s[at]
    switch c {
    case UInt8(ascii: "n"): c = 10
    case UInt8(ascii: "t"): c = 9
    case UInt8(ascii: "r"): c = 13
    case UInt8(ascii: "b"): c = 8
    case UInt8(ascii: "f"): c = 12
    case UInt8(ascii: "u"):
      guard let unit = hex4(s, at + 2, to) else {
        c = UInt8(ascii: "?")
        break
      }
      var next = at + 6
      var scalar = unit
      if unit >= 0xd800, unit < 0xdc00, next + 1 < to, s[next] == UInt8(ascii: "\\"),
        s[next + 1] == UInt8(ascii: "u"), let low = hex4(s, next + 2, to), low >= 0xdc00,
        low < 0xe000
      {
        scalar = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
        next += 6
      }
      for byte in String(Character(Unicode.Scalar(scalar) ?? "\u{fffd}")).utf8 {
        out[n] = byte
        n += 1
      }
      return next
    default: break
    }
    out[n] = c
    n += 1
    return min(to, at + 2)
  }

  static func hex4(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> UInt32? {
    guard at + 4 <= to else { return nil }
    var value: UInt32 = 0
    for i in at..<at + 4 {
      guard let digit = Bytes.hexDigit(s[i]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
