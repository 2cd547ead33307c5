internal import ByteScan
internal import Evidence

/// A plain success in the combined format, by its bytes alone: `client - - [time] "GET /path HTTP/1.1"
/// 200 12 "referer" "agent"`. Takes only what `CombinedLine` and `RequestLine` take, and less: no user,
/// no escapes, no odd addresses. The stamp is read by the caller.
struct CombinedGlance {
  var status: UInt16
  /// First byte after the agent.
  var next: Int
  /// Where the target stands: it may be an OAuth path.
  var target: Range<Int>

  /// - Parameters:
  ///   - s: the stretch that is marked; all offsets are its own.
  ///   - places: of the line, its newline being the last.
  ///   - quotes: of the line.
  @inline(__always)
  init?(
    _ s: Span<UInt8>, from: Int, to: Int, _ places: Span<UInt16>, _ quotes: Span<UInt16>
  ) {
    // An address, and nothing that a wrapper could begin with. Places of fields follow from one another by
    // their number, so that no look waits for the one before.
    guard places.count > 16, quotes.count == 6 else { return nil }
    let client = Int(places[0])
    guard client &+ 48 < to, Bytes.word(s, client) & 0xffff_ffff_ffff == CombinedGlance.dashes,
      CombinedGlance.isAddress(s, from, client)
    else { return nil }
    // `] "`
    let method = client &+ 9 &+ StampMemory.commonLength
    guard Bytes.word(s, method &- 3) & 0xff_ffff == 0x22_205d, Int(quotes[0]) == method &- 1
    else { return nil }
    // `GET /path HTTP/1.1" 200 12 "referer" "`
    let start = Int(places[6]) &+ 1
    let end = Int(places[7])
    let quote = Int(quotes[1])
    guard quote &+ 14 < to, start < end, Bytes.word(s, start &- 1) & 0xffff == 0x2f20,
      CombinedGlance.isMethod(Bytes.word(s, method), start &- 1 &- method),
      Bytes.word(s, end) & 0xffff_ffff_ffff == CombinedGlance.protocolName,
      quote &- end == 9 || quote &- end == 7, s[quote &- 1] != UInt8(ascii: "\\"),
      let answer = CombinedGlance.status(Bytes.word(s, quote))
    else { return nil }
    let size = Int(places[11])
    let referer = Int(quotes[3])
    guard Int(quotes[2]) == size &+ 1, Bytes.isNumber(s, quote &+ 6, size), s[size] == 32,
      referer &+ 7 < to, Bytes.word(s, referer &- 1) & 0xffff_ff00 == 0x2220_2200,
      s[referer &- 1] != UInt8(ascii: "\\"), Int(quotes[4]) == referer &+ 2
    else { return nil }
    let agent = Int(quotes[5])
    guard s[agent &- 1] != UInt8(ascii: "\\") else { return nil }
    status = answer
    next = agent &+ 1
    target = start..<end
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
