internal import ByteScan
internal import Evidence

extension HAProxyHTTP {
  package static var glances: Bool { true }

  /// Takes only what `read` takes, and less: no syslog prefix, no odd addresses, no aborted requests, no
  /// second bracket, in which there could be another stamp.
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    // `10.1.2.3:34557 [21/Aug/2026:10:00:00.655] `; what begins like a year may be another stamp. Places of
    // fields follow from one another by their number (`LineMarks`).
    let first = memory.marks.first
    guard memory.marks.isLine(from, to), memory.marks.last - first > 14 else { return nil }
    let client = memory.marks.place(first)
    guard client > from, client - from <= 45, client + 40 < to, Bytes.isDigit(s[from]),
      !Bytes.has("20", s, from, to), Bytes.word(s, client) & 0xffff == 0x5b20,
      CombinedGlance.isAddress(s, from, client, memory.marks),
      let stamp = memory.stamp.milliseconds(s, client + 2, to),
      memory.marks.place(first + 1) == client + 27, s[client + 26] == UInt8(ascii: "]")
    else { return nil }
    // `http~ shop_orders_8080/SRV_1 0/0/1/123/125 `
    let frontend = memory.marks.place(first + 2)
    let pair = memory.marks.place(first + 3)
    let timers = memory.marks.place(first + 4)
    guard Bytes.find(UInt8(ascii: "/"), s, frontend + 1, pair) >= 0 else { return nil }
    var i = pair + 1
    var total = 0
    for timer in 0..<5 {
      total = 0
      let start = i
      while i < timers, Bytes.isDigit(s[i]), i - start < 18 {
        total = total &* 10 &+ Int(s[i] &- 48)
        i += 1
      }
      guard i > start, timer < 4 ? s[i] == UInt8(ascii: "/") : i == timers else { return nil }
      i += 1
    }
    // `200 1234 - - ---- 19/19/0/0/0 0/0 `, perhaps with captures behind it
    let size = memory.marks.place(first + 6)
    let state = memory.marks.place(first + 9)
    let connections = memory.marks.place(first + 10)
    let queues = memory.marks.place(first + 11)
    guard memory.marks.place(first + 5) == timers + 4, let status = plainStatus(s, timers + 1),
      memory.marks.isNumber(timers + 5, size),
      Bytes.word(s, size) & 0xff_ffff_ffff == 0x20_2d20_2d20,
      state == size + 9, Bytes.find(UInt8(ascii: "/"), s, state + 1, connections) >= 0
    else { return nil }
    guard memory.marks.quoteCount > 0 else { return nil }
    let quote = memory.marks.quote(0)
    if quote != queues + 1 {
      guard quote > queues + 2, s[quote - 1] == 32, s[quote - 2] == UInt8(ascii: "}")
      else { return nil }
    }
    guard let line = RequestLine.plain(s, quote, to),
      memory.marks.slash(line.targetStart, line.targetEnd) == line.targetEnd
        || !Route.isOAuth(s, line.targetStart, line.targetEnd),
      Bytes.findFar(UInt8(ascii: "["), s, pair, to) < 0
    else { return nil }
    var end = stamp
    end.nanoseconds &+= Int64(min(total, 86_400_000)) &* 1_000_000
    return Glance(status: status, time: end, isZoneless: true)
  }

  /// Of the answers that are no more than counted: 2xx and 304.
  private static func plainStatus(_ s: Span<UInt8>, _ at: Int) -> UInt16? {
    let status = Bytes.number(s, at, at + 3)
    return status >= 200 && status < 300 || status == 304 ? UInt16(status) : nil
  }
}

extension RequestLine {
  /// The request line between the quote at `at` and the first one that a blank or the end follows, when its
  /// target is a path.
  fileprivate static func plain(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> RequestLine? {
    guard at < to, s[at] == UInt8(ascii: "\"") else { return nil }
    let end = Quoted.rawEnd(s, at + 1, to)
    guard end > at, let line = RequestLine(s, at + 1, end), line.targetStart < line.targetEnd,
      s[line.targetStart] == UInt8(ascii: "/")
    else { return nil }
    return line
  }
}
