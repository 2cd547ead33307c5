internal import ByteScan
package import Evidence

/// Apache httpd's error log: `[Thu Aug 21 10:00:00.652118 2026] [module:level] [pid 8777:tid 140]
/// (111)text: [client 10.0.0.1:58619] AHnnnnn: message, referer: URL`; parts that are missing are
/// left out, 2.2 had no module and no process.
///
/// <https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat>
package enum ApacheError: LineFormat {
  package static let format = Format.apacheError

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 40 && s[from] == UInt8(ascii: "[") && s[from + 4] == 32 && s[from + 8] == 32
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let stamp = stamp(s, from + 1, to), Bytes.has("] [", s, stamp.end, to) else { return nil }
    // `[module:level]`, in 2.2 `[level]`.
    let module = stamp.end + 3
    let close = Bytes.find(UInt8(ascii: "]"), s, module, min(to, module + 48))
    guard close > 0 else { return nil }
    let colon = Bytes.find(UInt8(ascii: ":"), s, module, close)
    guard let level = level(s, colon < 0 ? module : colon + 1, close) else { return nil }
    var i = close + 1
    if Bytes.has(" [pid ", s, i, to) {
      let end = Bytes.find(UInt8(ascii: "]"), s, i, min(to, i + 60))
      guard end > 0 else { return nil }
      i = end + 1
    }
    if i < to, s[i] == 32 { i += 1 }
    var errno = 0
    // `file.c(123): ` and `(111)Connection refused: ` may stand before the client.
    var client: Address?
    let at = Bytes.find("[client ", s, i, min(to, i + 160))
    let bodyStart = i
    if i < to, s[i] == UInt8(ascii: "(") {
      errno = max(0, Bytes.number(s, i + 1, Bytes.digitsEnd(s, i + 1, to)))
    }
    if at >= 0 {
      let end = Bytes.find(UInt8(ascii: "]"), s, at + 8, min(to, at + 72))
      if end > 0 {
        client = Address(s, at + 8, end)
        i = min(to, end + 2)
      }
    }
    let time = Instant.ofMessage(stamp, context)
    let referer = Bytes.find(", referer: ", s, i, to)
    let end = referer < 0 ? to : referer
    let meaning = ApacheErrorStatement(s, i, end, errno)
    if meaning.statement != .other || level >= .error {
      var message = Message(citation: context.citation)
      message.time = time
      message.format = format
      message.level = level
      message.writer = context.writer
      message.statement = meaning.statement
      message.logger = sink.intern(s, module, colon < 0 ? module : colon)
      message.text = sink.internMasked(s, client == nil ? bodyStart : i, end)
      if let client { message.client = sink.intern(s, client.start, client.end) }
      meaning.fill(&message, s, &sink)
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  /// `Thu Aug 21 10:00:00.652118 2026`
  private static func stamp(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> TimeStamp? {
    guard from + 24 < to else { return nil }
    let month = TimeStamp.month(s, from + 4)
    let dayStart = s[from + 8] == 32 ? from + 9 : from + 8
    let day = Bytes.number(s, dayStart, from + 10)
    let hour = Bytes.two(s, from + 11)
    let minute = Bytes.two(s, from + 14)
    let second = Bytes.two(s, from + 17)
    guard month > 0, day >= 1, day <= 31, hour >= 0, hour < 24, minute >= 0, minute < 60,
      second >= 0, second <= 60, s[from + 13] == UInt8(ascii: ":"),
      s[from + 16] == UInt8(ascii: ":")
    else { return nil }
    var i = from + 19
    var nano = 0
    let isCoarse = s[i] != UInt8(ascii: ".")
    if !isCoarse {
      let end = Bytes.digitsEnd(s, i + 1, min(to, i + 10))
      var value = max(0, Bytes.number(s, i + 1, end))
      var digits = end - i - 1
      while digits < 9 {
        value *= 10
        digits += 1
      }
      nano = value
      i = end
    }
    guard i + 6 <= to, s[i] == 32 else { return nil }
    let year = Bytes.number(s, i + 1, i + 5)
    guard year >= 1970, year < 2200 else { return nil }
    let instant = Instant.utc(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      nanosecond: nano)
    return TimeStamp(
      nanoseconds: instant.nanoseconds, end: i + 5, hasZone: false, isCoarse: isCoarse)
  }

  private static func level(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level? {
    if Bytes.equals("error", s, from, to) { return .error }
    if Bytes.equals("warn", s, from, to) { return .warn }
    if Bytes.equals("notice", s, from, to) { return .notice }
    if Bytes.equals("info", s, from, to) { return .info }
    if Bytes.equals("debug", s, from, to) { return .debug }
    if Bytes.equals("crit", s, from, to) || Bytes.equals("alert", s, from, to)
      || Bytes.equals("emerg", s, from, to)
    {
      return .fatal
    }
    return Bytes.has("trace", s, from, to) ? .trace : nil
  }
}
