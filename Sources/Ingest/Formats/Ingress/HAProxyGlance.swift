internal import ByteScan
internal import Evidence

extension HAProxyHTTP: GlancingFormat {
  /// Takes only what `read` takes, and less: no syslog prefix, no odd addresses, no aborted requests, no
  /// second bracket, in which there could be another stamp, and no other quotes than those of the request.
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    let first = memory.marks.firstPlace
    let newline = memory.marks.newlinePlace
    guard memory.marks.isLine(from, to), newline &- first >= 16, memory.marks.quoteCount == 2,
      s.count &- to >= GlanceBytes.reach
    else { return nil }
    // Counted from where the stretch begins, as its places are.
    let base = memory.marks.start
    let stretch = s.extracting(base..<s.count)
    let bytes = unsafe stretch.bytes
    let client = Int(memory.marks.places[first])
    guard let stamp = memory.stamp.milliseconds(stretch, client &+ 2, to &- base),
      isClient(GlanceBytes.word(bytes, from &- base)),
      isAddress(bytes, from &- base, client)
        || GlanceBytes.isAddress(stretch, from &- base, client),
      let line = PlainLine(bytes, memory.marks.places.span, first, newline, to &- base),
      !LineMarks.mayNameOAuth(
        stretch, line.target.lowerBound, line.target.upperBound, vectors: memory.marks.vectors)
        || !Route.isOAuth(stretch, line.target.lowerBound, line.target.upperBound),
      Bytes.findFar(UInt8(ascii: "["), stretch, line.timers, to &- base) < 0
    else { return nil }
    var end = stamp
    end.nanoseconds &+= Int64(min(line.total, 86_400_000)) &* 1_000_000
    return Glance(status: line.status, time: end, isZoneless: true)
  }

  /// Begins with a digit; what begins like a year may be another stamp.
  @inline(__always)
  private static func isClient(_ word: UInt64) -> Bool {
    word & 0xffff != 0x3032 && UInt8(truncatingIfNeeded: word) &- 48 <= 9
  }

  /// Whether there are only digits, dots and colons in `s[from..<to]`, 8 to 24.
  @inline(__always)
  private static func isAddress(_ s: RawSpan, _ from: Int, _ to: Int) -> Bool {
    @inline(__always) func others(_ at: Int) -> UInt64 {
      let word = GlanceBytes.word(s, at)
      return Bytes.nonDigits(word) & ~Bytes.matches(UInt8(ascii: "."), word)
        & ~Bytes.matches(UInt8(ascii: ":"), word)
    }
    let count = to &- from
    guard count >= 8, count <= 24 else { return false }
    let middle = min(from &+ 8, to &- 8)
    return others(from) | others(middle) | others(to &- 8) == 0
  }
}

/// Behind the client's address: `[21/Aug/2026:10:00:00.655] http~ shop_orders_8080/SRV_1 0/0/1/123/125 200 1234 - - ----
/// 19/19/0/0/0 0/0 {captures} "GET /path HTTP/1.1"` of a plain success, by its bytes alone. The stamp was looked at.
private struct PlainLine {
  var status: UInt16
  /// The last timer, in milliseconds.
  var total: Int
  /// Where the timers begin.
  var timers: Int
  var target: Range<Int>

  /// As `GlanceBytes`; there are two quotes in the line, which ends at `to`.
  @inline(__always)
  init?(_ s: RawSpan, _ places: Span<UInt16>, _ first: Int, _ newline: Int, _ to: Int) {
    // Places of fields follow from one another by their number, so that no look waits for the one before.
    @inline(__always) func place(_ number: Int) -> Int {
      Int(unsafe places[unchecked: first &+ number])
    }
    @inline(__always) func word(_ at: Int) -> UInt64 { GlanceBytes.word(s, at) }
    let client = place(0)
    let pair = place(3)
    let answer = place(4)
    let size = place(6)
    let queues = place(11)
    // `] http~ `, ` 200 `, ` - - ---- `
    guard word(client) & 0xffff == 0x5b20, place(1) == client &+ 27,
      word(client &+ 26) & 0xff == 0x5d, place(5) == answer &+ 4, place(9) == size &+ 9,
      word(size) & 0xff_ffff_ffff == 0x20_2d20_2d20,
      PlainLine.hasSlash(s, place(2) &+ 1, pair), PlainLine.hasSlash(s, size &+ 10, place(10)),
      let status = PlainLine.status(word(answer)),
      GlanceBytes.isNumber(s, answer &+ 5, size)
    else { return nil }
    total = PlainLine.lastTimer(s, pair &+ 1, answer)
    guard total >= 0 else { return nil }
    // `"GET /path HTTP/1.1"` at the end, or fields without quotes behind it
    var last = newline &- first &- 1
    while last > 15, word(place(last)) & 0xff != 0x22 { last &-= 1 }
    guard last >= 15 else { return nil }
    let quote = place(last &- 3)
    let start = place(last &- 2) &+ 1
    let end = place(last &- 1)
    let close = place(last)
    guard word(quote) & 0xff == 0x22, word(start &- 1) & 0xffff == 0x2f20, start < end,
      word(end) & 0xffff_ffff_ffff == PlainLine.protocolName,
      close &- end == 9 || close &- end == 7,
      close &+ 1 == to || word(close) & 0xffff == 0x2022,
      PlainLine.isMethod(word(quote &+ 1), start &- quote &- 2)
    else { return nil }
    // Captures come in braces before it.
    guard
      quote == queues &+ 1
        || quote > queues &+ 2 && word(quote &- 2) & 0xffff == 0x207d
    else { return nil }
    self.status = status
    timers = pair &+ 1
    target = start..<end
  }

  /// ` HTTP/`
  private static let protocolName: UInt64 = 0x2f50_5454_4820
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Whether there is a slash in `s[from..<to]`, most likely at its end; eight bytes are there before.
  @inline(__always)
  private static func hasSlash(_ s: RawSpan, _ from: Int, _ to: Int) -> Bool {
    var end = to
    while end > from {
      var slashes = Bytes.matches(UInt8(ascii: "/"), GlanceBytes.word(s, end &- 8))
      if end &- from < 8 { slashes &>>= UInt64(truncatingIfNeeded: 64 &- (end &- from) &* 8) }
      if slashes != 0 { return true }
      end &-= 8
    }
    return false
  }

  /// The last number of `0/0/1/123/125`; -1 for anything else, and for what is long.
  @inline(__always)
  private static func lastTimer(_ s: RawSpan, _ from: Int, _ to: Int) -> Int {
    guard to &- from >= 9, to &- from <= 24 else { return -1 }
    var slashes = 0
    var last = from
    // Whether the byte before was a slash: neither the first one is, nor one behind another.
    var before: UInt64 = 0x80
    var i = from
    while i < to {
      let word = GlanceBytes.word(s, i)
      let left = to &- i
      let mask = left >= 8 ? highs : highs & ((1 &<< UInt64(truncatingIfNeeded: left &* 8)) &- 1)
      let found = Bytes.matches(UInt8(ascii: "/"), word) & mask
      guard Bytes.nonDigits(word) & mask == found, found & (found &<< 8 | before) == 0 else {
        return -1
      }
      if found != 0 { last = i &+ (63 &- found.leadingZeroBitCount) &>> 3 }
      slashes &+= found.nonzeroBitCount
      before = found &>> 56
      i &+= 8
    }
    let count = to &- last &- 1
    guard slashes == 4, count > 0, count <= 8 else { return -1 }
    var digits = GlanceBytes.word(s, last &+ 1)
    var total = 0
    for _ in 0..<count {
      total = total &* 10 &+ Int(digits & 0xf)
      digits &>>= 8
    }
    return total
  }

  /// The status in ` 200 12`; `nil` for what is more than counted.
  @inline(__always)
  private static func status(_ word: UInt64) -> UInt16? {
    let b = UInt8(truncatingIfNeeded: word &>> 16) &- 48
    let c = UInt8(truncatingIfNeeded: word &>> 24) &- 48
    guard b <= 9, c <= 9 else { return nil }
    let rest = UInt16(b) &* 10 &+ UInt16(c)
    switch UInt8(truncatingIfNeeded: word &>> 8) {
    case UInt8(ascii: "2"): return 200 &+ rest
    case UInt8(ascii: "3") where rest == 4: return 304
    default: return nil
    }
  }

  /// Whether the first `count` bytes of a word, at most seven, are capital letters.
  @inline(__always)
  private static func isMethod(_ word: UInt64, _ count: Int) -> Bool {
    guard count > 0, count < 8 else { return false }
    let mask = (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1) & highs
    // A sum has the highest bit where a letter is `A` at least, or more than `Z`.
    let capitals = (word &+ ones &* 0x3f) & ~(word &+ ones &* 0x25) & ~word
    return capitals & mask == mask
  }
}
