internal import ByteScan
internal import Evidence

extension HAProxyHTTP: GlancingFormat {
  /// Takes only what `read` takes, and less: no syslog prefix, no odd addresses, no aborted requests, no
  /// second bracket, in which there could be another stamp.
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    // `10.1.2.3:34557 [21/Aug/2026:10:00:00.655] `; what begins like a year may be another stamp. Places of
    // fields follow from one another by their number (`LineMarks`).
    guard memory.marks.isLine(from, to) else { return nil }
    let base = memory.marks.start
    let client = base + Int(memory.marks.places[memory.marks.firstPlace])
    guard let stamp = memory.stamp.milliseconds(s, client + 2, to) else { return nil }
    let places = memory.marks.places.span.extracting(
      memory.marks.firstPlace...memory.marks.newlinePlace)
    guard places.count > 15 else { return nil }
    guard client + 40 < to, Bytes.isDigit(s[from]),
      !Bytes.has("20", s, from, to), Bytes.word(s, client) & 0xffff == 0x5b20,
      CombinedGlance.isAddress(s, from, client),
      base + Int(places[1]) == client + 27, s[client + 26] == UInt8(ascii: "]")
    else { return nil }
    // `http~ shop_orders_8080/SRV_1 0/0/1/123/125 `
    let frontend = base + Int(places[2])
    let pair = base + Int(places[3])
    let timers = base + Int(places[4])
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
    let size = base + Int(places[6])
    let state = base + Int(places[9])
    let connections = base + Int(places[10])
    let queues = base + Int(places[11])
    guard base + Int(places[5]) == timers + 4,
      let status = StatusCode.plain(s, timers + 1, timers + 4),
      Bytes.isNumber(s, timers + 5, size),
      Bytes.word(s, size) & 0xff_ffff_ffff == 0x20_2d20_2d20,
      state == size + 9, Bytes.find(UInt8(ascii: "/"), s, state + 1, connections) >= 0
    else { return nil }
    guard let quote = firstQuote(s, base, places) else { return nil }
    if quote != queues + 1 {
      guard quote > queues + 2, s[quote - 1] == 32, s[quote - 2] == UInt8(ascii: "}")
      else { return nil }
    }
    guard let line = RequestLine.plain(s, quote, to),
      !memory.marks.mayNameOAuth(s, line.targetStart, line.targetEnd)
        || !Route.isOAuth(s, line.targetStart, line.targetEnd),
      Bytes.findFar(UInt8(ascii: "["), s, pair, to) < 0
    else { return nil }
    var end = stamp
    end.nanoseconds &+= Int64(min(total, 86_400_000)) &* 1_000_000
    return Glance(status: status, time: end, isZoneless: true)
  }

  private static func firstQuote(
    _ s: Span<UInt8>, _ base: Int, _ places: Span<UInt16>
  ) -> Int? {
    for k in places.indices where s[base + Int(places[k])] == UInt8(ascii: "\"") {
      return base + Int(places[k])
    }
    return nil
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
