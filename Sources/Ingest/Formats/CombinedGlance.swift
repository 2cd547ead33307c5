internal import ByteScan
internal import Evidence

/// A plain success in the combined format, by its bytes alone: `client - - [time] "GET /path HTTP/1.1"
/// 200 12 "referer" "agent"`. Takes only what `CombinedLine` and `RequestLine` take, and less: no user,
/// no escapes, no odd addresses. The head (`HeadMemory`) is read by the caller.
struct CombinedGlance {
  /// Bytes behind the end of a line that have to be there, so that nothing in the line needs a look at where
  /// the bytes end: that costs as much as what is asked of them.
  static let reach = 64

  /// Quotes in such a line, all of which are found here: other places are blanks.
  static let quotes = 6

  var status: UInt16
  /// Where the target stands: it may be an OAuth path.
  var target: Range<Int>
  /// The number of the quote that ends the agent, among the places of the line.
  var agent: Int

  /// - Parameters:
  ///   - s: what begins with the marked stretch; all offsets are its own. `reach` bytes follow the line.
  ///   - from: begins with the client, then the head; both were looked at.
  ///   - places: of the whole stretch; those of the line are at `first...newline`, more than 16.
  ///   - tail: how many places there may be behind the agent's, the newline among them: so many, or one less.
  @inline(__always)
  init?(_ s: RawSpan, _ places: Span<UInt16>, _ first: Int, _ newline: Int, tail: Int) {
    // Places of fields follow from one another by their number, so that no look waits for the one before.
    @inline(__always) func place(_ number: Int) -> Int {
      Int(unsafe places[unchecked: first &+ number])
    }
    // `GET /path HTTP/1.1" 200 12 "referer" "`
    let method = place(5) &+ 1
    let start = place(6) &+ 1
    let end = place(7)
    let quote = place(8)
    let answer = CombinedGlance.word(s, quote &- 1)
    guard start < end, CombinedGlance.word(s, start &- 1) & 0xffff == 0x2f20,
      CombinedGlance.isMethod(CombinedGlance.word(s, method), start &- 1 &- method),
      CombinedGlance.word(s, end) & 0xffff_ffff_ffff == CombinedGlance.protocolName,
      quote &- end == 9 || quote &- end == 7, let status = CombinedGlance.status(answer)
    else { return nil }
    let size = place(11)
    let referer = CombinedGlance.word(s, place(13) &- 1)
    guard CombinedGlance.word(s, size) & 0xffff == 0x2220,
      CombinedGlance.isNumber(s, quote &+ 6, size), referer & 0xffff_ff00 == 0x2220_2200,
      referer & 0xff != 0x5c
    else { return nil }
    // `" `, a quote of its own
    let last = newline &- first
    var agent = last &- tail
    if agent < 16 || CombinedGlance.word(s, place(agent)) & 0xff != 0x22 { agent &+= 1 }
    guard agent >= 16 else { return nil }
    let ending = CombinedGlance.word(s, place(agent) &- 1)
    guard ending & 0xff_ff00 == 0x20_2200, ending & 0xff != 0x5c else { return nil }
    self.status = status
    target = start..<end
    self.agent = agent
  }

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

  /// ` HTTP/`
  private static let protocolName: UInt64 = 0x2f50_5454_4820

  /// The status in `1" 200 1`; `nil` for what is more than counted, and behind a backslash.
  @inline(__always)
  private static func status(_ word: UInt64) -> UInt16? {
    guard word & 0x00ff_0000_00ff_ff00 == 0x0020_0000_0020_2200, word & 0xff != 0x5c else {
      return nil
    }
    let digits = word &>> 24
    let b = UInt8(truncatingIfNeeded: digits &>> 8) &- 48
    let c = UInt8(truncatingIfNeeded: digits &>> 16) &- 48
    guard b <= 9, c <= 9 else { return nil }
    let rest = UInt16(b) &* 10 &+ UInt16(c)
    switch UInt8(truncatingIfNeeded: digits) {
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
