internal import ByteScan

/// Questions to the bytes of a line that is marked, `reach` bytes of which stand behind its end: so nothing in the line
/// needs a look at where the bytes end, which costs as much as what is asked of them.
enum GlanceBytes {
  static let reach = 64

  /// Eight bytes of a line, or of the `reach` behind it.
  @inline(__always)
  static func word(_ s: RawSpan, _ at: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: s.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self))
  }

  /// Whether there are only digits in `s[from..<to]`, one to eight.
  @inline(__always)
  static func isNumber(_ s: RawSpan, _ from: Int, _ to: Int) -> Bool {
    let count = to &- from
    guard count > 0, count <= 8 else { return false }
    return Bytes.nonDigits(word(s, from)) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8) == 0
  }

  /// Whether `s[from..<to]` may be an address.
  @inline(__always)
  static func isAddress(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let count = to &- from
    if count >= 8, count <= 16 {
      // Digits and dots, as a rule.
      let words = (Bytes.word(s, from), Bytes.word(s, to &- 8))
      let dot = UInt8(ascii: ".")
      let others =
        Bytes.nonDigits(words.0) & ~Bytes.matches(dot, words.0)
        | Bytes.nonDigits(words.1) & ~Bytes.matches(dot, words.1)
      if others == 0 { return true }
    }
    guard count > 0, count <= 45 else { return false }
    for i in from..<to where !isAddress(s[i]) { return false }
    return true
  }

  @inline(__always)
  private static func isAddress(_ c: UInt8) -> Bool {
    c &- 46 <= 12 && c != UInt8(ascii: "/") || c &- 97 <= 5
  }
}
