internal import ByteScan
internal import Evidence

/// What stands before an Apache error message; offsets only:
/// `[Thu Aug 21 10:00:00.652118 2026] [module:level] [pid 8777:tid 140] file.c(123): (111)text:
/// [client 10.0.0.1:58619] `. Sent through syslog, it has no stamp; `ErrorLogFormat` may give it another
/// (`%{cu}t`: `2026-08-21 10:00:00.652118`).
struct ApacheErrorHead {
  var stamp: TimeStamp?
  var level: Level
  var moduleStart: Int
  var moduleEnd: Int
  var errno = 0
  var client: Address?
  /// The message, with what stands before a client where there is none.
  var text: Int

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard from < to, s[from] == UInt8(ascii: "[") else { return nil }
    moduleStart = from + 1
    let own = ApacheErrorHead.stamp(s, from + 1, to)
    if let stamp = own ?? TimeStamp.iso(s, from + 1, to) ?? TimeStamp.common(s, from + 1, to) {
      guard Bytes.has("] [", s, stamp.end, to) else { return nil }
      self.stamp = stamp
      moduleStart = stamp.end + 3
    }
    // `[module:level]`, in 2.2 `[level]`.
    let close = Bytes.find(UInt8(ascii: "]"), s, moduleStart, min(to, moduleStart + 48))
    guard close > 0 else { return nil }
    let colon = Bytes.find(UInt8(ascii: ":"), s, moduleStart, close)
    guard let level = ApacheErrorHead.level(s, colon < 0 ? moduleStart : colon + 1, close) else {
      return nil
    }
    self.level = level
    moduleEnd = colon < 0 ? moduleStart : colon
    text = close + 1
    let hasProcess = Bytes.has(" [pid ", s, text, to)
    if hasProcess {
      let end = Bytes.find(UInt8(ascii: "]"), s, text, min(to, text + 60))
      guard end > 0 else { return nil }
      text = end + 1
    }
    if text < to, s[text] == 32 { text += 1 }
    if text < to, s[text] == UInt8(ascii: "(") {
      errno = max(0, Bytes.number(s, text + 1, Bytes.digitsEnd(s, text + 1, to)))
    }
    takeClients(s, to, hasPort: colon >= 0)
    if stamp == nil, !hasProcess, client == nil { return nil }
    // Other programs write `[2026-08-21 10:00:00] [error] ` as well.
    if stamp != nil, own == nil, !hasProcess || colon < 0 { return nil }
  }

  /// `[client A]` and `[remote A]`; modules that write their own repeat them. From 2.4 on httpd puts a port
  /// behind each address, also behind IPv6 without brackets.
  private mutating func takeClients(_ s: Span<UInt8>, _ to: Int, hasPort: Bool) {
    var limit = min(to, text + 160)
    for _ in 0..<3 {
      var at = Bytes.find("[client ", s, text, limit)
      if at < 0 { at = Bytes.find("[remote ", s, text, limit) }
      guard at >= 0 else { return }
      let end = Bytes.find(UInt8(ascii: "]"), s, at + 8, min(to, at + 72))
      guard end > 0 else { return }
      if client == nil {
        let address = Address(s, at + 8, end, hasPort: hasPort)
        // `::1` alone: what was taken for a port is the last group.
        let isCut =
          address.end > address.start && s[address.end - 1] == UInt8(ascii: ":")
          && s[address.end - 2] != UInt8(ascii: ":")
        client = isCut ? Address(s, at + 8, end) : address
      }
      text = min(to, end + 2)
      limit = min(to, text + 1)
    }
  }

  /// `Thu Aug 21 10:00:00.652118 2026`; the day may have one digit.
  static func stamp(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> TimeStamp? {
    guard from + 24 < to, s[from + 3] == 32, s[from + 7] == 32 else { return nil }
    let dayStart = s[from + 8] == 32 ? from + 9 : from + 8
    let dayEnd = Bytes.digitsEnd(s, dayStart, min(to, dayStart + 2))
    let clock = dayEnd + 1
    guard dayEnd > dayStart, clock + 13 <= to else { return nil }
    let month = TimeStamp.month(s, from + 4)
    let day = Bytes.number(s, dayStart, dayEnd)
    let hour = Bytes.two(s, clock)
    let minute = Bytes.two(s, clock + 3)
    let second = Bytes.two(s, clock + 6)
    guard month > 0, day >= 1, day <= 31, hour >= 0, hour < 24, minute >= 0, minute < 60,
      second >= 0, second <= 60, s[clock + 2] == UInt8(ascii: ":"),
      s[clock + 5] == UInt8(ascii: ":")
    else { return nil }
    var i = clock + 8
    var nano = 0
    let isCoarse = s[i] != UInt8(ascii: ".")
    if !isCoarse {
      let end = Bytes.digitsEnd(s, i + 1, min(to, i + 10))
      nano = max(0, Bytes.number(s, i + 1, end))
      for _ in 0..<max(0, 9 - (end - i - 1)) { nano *= 10 }
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
    LevelWord.ofSyslog(s, from, to) ?? (Bytes.has("trace", s, from, to) ? .trace : nil)
  }
}
