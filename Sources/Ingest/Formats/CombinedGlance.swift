internal import ByteScan
internal import Evidence

/// A plain success in the combined format, by its bytes alone: `client - - [time] "GET /path HTTP/1.1"
/// 200 12 "referer" "agent"`. Takes only what `CombinedLine` and `RequestLine` take, and less: no user,
/// no escapes, no odd addresses, no OAuth paths.
struct CombinedGlance {
  var status: UInt16
  var time: Instant
  /// First byte after the agent.
  var next: Int

  @inline(__always)
  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory) {
    // An address, and nothing that a wrapper could begin with. Places of fields follow from one another by
    // their number, so that no look waits for the one before.
    let first = memory.marks.first
    guard memory.marks.isLine(from, to), memory.marks.last &- first > 15,
      memory.marks.quoteCount == 6
    else { return nil }
    let client = memory.marks.place(first)
    guard client > from, client &- from <= 45, client &+ 48 < to,
      Bytes.word(s, client) & 0xffff_ffff_ffff == CombinedGlance.dashes,
      CombinedGlance.isAddress(s, from, client, memory.marks),
      let stamp = memory.stamp.common(s, client &+ 6, to)
    else { return nil }
    // `] "`
    let method = client &+ 9 &+ StampMemory.commonLength
    guard Bytes.word(s, method &- 3) & 0xff_ffff == 0x22_205d,
      memory.marks.quote(0) == method &- 1
    else { return nil }
    // `GET /path HTTP/1.1" 200 12 "referer" "`
    let target = memory.marks.place(first &+ 6) &+ 1
    let targetEnd = memory.marks.place(first &+ 7)
    let quote = memory.marks.quote(1)
    guard quote &+ 9 < to, target < targetEnd, s[target &- 1] == 32,
      s[target] == UInt8(ascii: "/"),
      CombinedGlance.isMethod(Bytes.word(s, method), target &- 1 &- method),
      Bytes.word(s, targetEnd) & 0xffff_ffff_ffff == CombinedGlance.protocolName,
      quote &- targetEnd == 9 || quote &- targetEnd == 7, s[quote &- 1] != UInt8(ascii: "\\"),
      let answer = CombinedGlance.status(Bytes.word(s, quote))
    else { return nil }
    status = answer
    let size = memory.marks.place(first &+ 11)
    let referer = memory.marks.quote(3)
    guard memory.marks.quote(2) == size &+ 1, memory.marks.isNumber(quote &+ 6, size),
      referer &+ 3 < to, s[size] == 32, s[referer &- 1] != UInt8(ascii: "\\"),
      s[referer &+ 1] == 32, memory.marks.quote(4) == referer &+ 2
    else { return nil }
    let agent = memory.marks.quote(5)
    guard agent < to, s[agent &- 1] != UInt8(ascii: "\\"),
      memory.marks.slash(target, targetEnd) == targetEnd || !Route.isOAuth(s, target, targetEnd)
    else { return nil }
    time = stamp
    next = agent &+ 1
  }

  /// ` - - [`
  private static let dashes: UInt64 = 0x5b20_2d20_2d20

  /// ` HTTP/`
  private static let protocolName: UInt64 = 0x2f50_5454_4820

  /// The status in `" 200 1`; `nil` for what is more than counted.
  @inline(__always)
  private static func status(_ word: UInt64) -> UInt16? {
    let bytes = word &>> 16
    guard word & 0xff00_0000_ffff == 0x2000_0000_2022 else { return nil }
    let b = UInt8(truncatingIfNeeded: bytes &>> 8) &- 48
    let c = UInt8(truncatingIfNeeded: bytes &>> 16) &- 48
    guard b <= 9, c <= 9 else { return nil }
    let rest = UInt16(b) &* 10 &+ UInt16(c)
    switch UInt8(truncatingIfNeeded: bytes) {
    case UInt8(ascii: "2"): return 200 &+ rest
    case UInt8(ascii: "3") where rest == 4: return 304
    default: return nil
    }
  }

  /// Whether all bytes that are no digits may be part of an address.
  @inline(__always)
  static func isAddress(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ marks: borrowing LineMarks)
    -> Bool
  {
    var others =
      ~marks.digits(from, to &- from) & (.max &>> UInt64(truncatingIfNeeded: 64 &- (to &- from)))
    while others != 0 {
      guard isAddress(s[from &+ others.trailingZeroBitCount]) else { return false }
      others &= others &- 1
    }
    return true
  }

  /// Whether the first `count` bytes of a word, at most seven, are capital letters: methods follow one
  /// another without order, so nothing is asked that a processor would have to guess.
  @inline(__always)
  private static func isMethod(_ word: UInt64, _ count: Int) -> Bool {
    guard count > 0, count < 8 else { return false }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs = (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1) & (ones &* 0x80)
    // A sum has the highest bit where a letter is `A` at least, or more than `Z`.
    let capitals = (word &+ ones &* 0x3f) & ~(word &+ ones &* 0x25) & ~word
    return capitals & highs == highs
  }

  @inline(__always)
  static func isAddress(_ c: UInt8) -> Bool {
    c &- 46 <= 12 && c != UInt8(ascii: "/") || c &- 97 <= 5
  }
}
