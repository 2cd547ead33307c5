#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Searching and reading numbers in bytes. Positions, never views: every function takes a span and
/// offsets into it, and returns offsets.
public enum Bytes {
  /// First position of `byte` in `span[from..<to]`, or -1. Eight bytes at a time: fields of log lines are
  /// 5 to 100 bytes long, where this is twice as fast as a loop and a call of memchr.
  @inlinable public static func find(
    _ byte: UInt8, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let pattern = UInt64(byte) &* ones
    // Bounds are checked by `RawSpan`; any eight bytes are a `UInt64`.
    let raw = unsafe span.bytes
    var i = from
    while i &+ 8 <= to {
      let word = unsafe UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      let odd = word ^ pattern
      // The lowest set bit marks the first zero byte of `odd` (bits above it may be false).
      let hit = (odd &- ones) & ~odd & highs
      if hit != 0 { return i &+ hit.trailingZeroBitCount &>> 3 }
      i &+= 8
    }
    while i < to {
      if span[i] == byte { return i }
      i &+= 1
    }
    return -1
  }

  /// The eight bytes at `at` as one number; only for comparing and for searching within them.
  @inlinable @inline(__always) public static func word(_ span: Span<UInt8>, _ at: Int) -> UInt64 {
    // Bounds are checked by `RawSpan`; any eight bytes are a `UInt64`.
    let raw = unsafe span.bytes
    return unsafe UInt64(
      littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  /// The highest bit of each byte of a word that is no digit.
  @inlinable @inline(__always) public static func nonDigits(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let values = word ^ (ones &* 0x30)
    // Values from 10 on reach the highest bit; what had it before has it still.
    return ((values & (ones &* 0x7f)) &+ ones &* 0x76 | values) & (ones &* 0x80)
  }

  /// Whether all bytes of a word are hexadecimal digits.
  @inlinable @inline(__always) public static func isHex(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let small = word | ones &* 0x20
    // A sum has the highest bit where a letter is `a` at least, or more than `f`.
    let letters = (small &+ ones &* 0x1f) & ~(small &+ ones &* 0x19)
    return word & (ones &* 0x80) == 0 && nonDigits(word) & ~letters == 0
  }

  /// The highest bit of each byte of a word that is `byte`.
  @inlinable @inline(__always) public static func matches(_ byte: UInt8, _ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let odd = word ^ (ones &* UInt64(byte))
    return ~((odd & (ones &* 0x7f)) &+ ones &* 0x7f | odd) & (ones &* 0x80)
  }

  /// Whether there are only digits in `span[from..<to]`, one to eight. Eight bytes have to be there.
  @inlinable @inline(__always) public static func isNumber(
    _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    let count = to &- from
    guard count > 0, count <= 8, from >= 0, from &+ 8 <= span.count else { return false }
    return nonDigits(word(span, from)) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8) == 0
  }

  /// First position of `a` or `b` in `span[from..<to]`, or -1.
  @inlinable public static func find(
    _ a: UInt8, or b: UInt8, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let first = UInt64(a) &* ones
    let second = UInt64(b) &* ones
    let raw = unsafe span.bytes
    var i = from
    while i &+ 8 <= to {
      let word = unsafe UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
      let x = word ^ first
      let y = word ^ second
      // The lowest set bit of each marks its first hit; bits above may be false, none below is.
      let hit = ((x &- ones) & ~x | (y &- ones) & ~y) & highs
      if hit != 0 { return i &+ hit.trailingZeroBitCount &>> 3 }
      i &+= 8
    }
    while i < to {
      if span[i] == a || span[i] == b { return i }
      i &+= 1
    }
    return -1
  }

  /// The same through memchr: for long distances (line ends).
  public static func findFar(
    _ byte: UInt8, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Int {
    guard from < to, from >= 0, to <= span.count else { return -1 }
    return unsafe span.withUnsafeBufferPointer { (buffer: UnsafeBufferPointer<UInt8>) -> Int in
      guard let base = buffer.baseAddress else { return -1 }
      guard let hit = unsafe memchr(base + from, Int32(byte), to - from) else { return -1 }
      return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }

  /// First position of `needle` in `span[from..<to]`, or -1.
  public static func find(
    _ needle: StaticString, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Int {
    let length = needle.utf8CodeUnitCount
    guard length > 0, from >= 0, to <= span.count else { return -1 }
    let first = unsafe needle.utf8Start[0]
    var i = from
    while i + length <= to {
      i = findFar(first, span, i, to - length + 1)
      if i < 0 { return -1 }
      if has(needle, span, i, to) { return i }
      i += 1
    }
    return -1
  }

  @inlinable public static func contains(
    _ needle: StaticString, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool { find(needle, span, from, to) >= 0 }

  /// Whether `text` stands at `at` (and ends before `to`).
  @inlinable public static func has(
    _ text: StaticString, _ span: Span<UInt8>, _ at: Int, _ to: Int
  ) -> Bool {
    let length = text.utf8CodeUnitCount
    guard at >= 0, to <= span.count, at + length <= to else { return false }
    let start = unsafe text.utf8Start
    var i = 0
    if length >= 8 {
      // Eight bytes at a time, the last eight together.
      let other = unsafe UnsafeRawPointer(start)
      while i < length {
        let k = min(i, length - 8)
        let theirs = unsafe UInt64(
          littleEndian: other.loadUnaligned(fromByteOffset: k, as: UInt64.self))
        if word(span, at + k) != theirs { return false }
        i += 8
      }
      return true
    }
    while i < length {
      if unsafe span[at + i] != start[i] { return false }
      i += 1
    }
    return true
  }

  /// `span[from..<to]` is exactly `text`.
  @inlinable public static func equals(
    _ text: StaticString, _ span: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool { to - from == text.utf8CodeUnitCount && has(text, span, from, to) }

  @inlinable @inline(__always) public static func isDigit(_ byte: UInt8) -> Bool {
    byte &- 48 < 10
  }

  /// The value of a hex digit of either case.
  @inlinable @inline(__always) public static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 97...102: byte - 87
    case 65...70: byte - 55
    default: nil
    }
  }

  /// The byte that a mark and two hex digits at `span[at]` stand for; `nil` where they are not there. The
  /// mark of URLs is `%` (RFC 3986 section 2.1).
  public static func escaped(
    _ span: Span<UInt8>, _ at: Int, _ to: Int, mark: UInt8 = UInt8(ascii: "%")
  ) -> UInt8? {
    guard at + 2 < to, span[at] == mark, let high = hexDigit(span[at + 1]),
      let low = hexDigit(span[at + 2])
    else { return nil }
    return high << 4 | low
  }

  /// A value of a form or of a query (`application/x-www-form-urlencoded`): `%` and two hex digits are a byte, `+`
  /// is a blank. At most `most` bytes.
  public static func formDecoded(
    _ span: Span<UInt8>, _ from: Int, _ to: Int, most: Int = 256
  ) -> [UInt8] {
    var plain: [UInt8] = []
    var i = from
    while i < to, plain.count < most {
      if let byte = escaped(span, i, to) {
        plain.append(byte)
        i += 3
      } else {
        plain.append(span[i] == UInt8(ascii: "+") ? 32 : span[i])
        i += 1
      }
    }
    return plain
  }

  /// The decimal number at `span[from..<to]`, which must be all digits (1…18 of them); else -1.
  @inlinable public static func number(_ span: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard from >= 0, from < to, to <= span.count, to - from <= 18 else { return -1 }
    var value = 0
    var i = from
    while i < to {
      let digit = span[i] &- 48
      if digit > 9 { return -1 }
      value = value &* 10 &+ Int(digit)
      i += 1
    }
    return value
  }

  /// Two digits at `at`; -1 when they are none.
  @inlinable @inline(__always) public static func two(_ span: Span<UInt8>, _ at: Int) -> Int {
    guard at >= 0, at + 1 < span.count else { return -1 }
    let a = span[at] &- 48
    let b = span[at + 1] &- 48
    return a > 9 || b > 9 ? -1 : Int(a) * 10 + Int(b)
  }

  /// End of the run of digits that starts at `from`.
  @inlinable public static func digitsEnd(_ span: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i < to, isDigit(span[i]) { i += 1 }
    return i
  }

  /// Decimal seconds with a fraction (`0.014`, `12`) as microseconds; -1 when it is no number.
  @inlinable public static func microseconds(_ span: Span<UInt8>, _ from: Int, _ to: Int) -> Int64 {
    guard from >= 0, from < to, to <= span.count else { return -1 }
    let dot = digitsEnd(span, from, to)
    guard dot > from, dot - from <= 12 else { return -1 }
    var value = Int64(number(span, from, dot)) * 1_000_000
    if dot == to { return value }
    guard span[dot] == UInt8(ascii: ".") else { return -1 }
    var scale: Int64 = 100_000
    var i = dot + 1
    while i < to {
      let digit = span[i] &- 48
      if digit > 9 { return -1 }
      value += Int64(digit) * scale
      scale /= 10
      i += 1
    }
    return value
  }

  /// Skips blanks (0x20, 0x09).
  @inlinable public static func skipBlanks(_ span: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var i = from
    while i < to, span[i] == 32 || span[i] == 9 { i += 1 }
    return i
  }

  /// FNV-1a, for priorities and grouping; not for security.
  @inlinable public static func hash(
    _ span: Span<UInt8>, _ from: Int, _ to: Int, seed: UInt64 = 0xcbf2_9ce4_8422_2325
  ) -> UInt64 {
    var hash = seed
    var i = from
    while i < to {
      hash = (hash ^ UInt64(span[i])) &* 0x0000_0100_0000_01b3
      i += 1
    }
    return hash
  }

  /// Appends `span[from..<to]` at once; nothing when that is no range of it.
  package static func append(
    _ span: Span<UInt8>, _ from: Int, _ to: Int, to bytes: inout [UInt8]
  ) {
    guard from >= 0, from < to, to <= span.count else { return }
    unsafe span.extracting(from..<to).withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: $0)
    }
  }

  package static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// For messages and tests: the bytes as text, invalid UTF-8 as U+FFFD.
  public static func text(_ span: Span<UInt8>, _ from: Int, _ to: Int) -> String {
    guard from >= 0, from < to, to <= span.count else { return "" }
    var copy: [UInt8] = []
    copy.reserveCapacity(to - from)
    for i in from..<to { copy.append(span[i]) }
    return String(decoding: copy, as: UTF8.self)
  }
}
