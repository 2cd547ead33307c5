internal import ByteScan

/// Syslog in front of a message: RFC 5424 (`<14>1 TIME HOST APP PID MSGID SD MSG`) and RFC 3164
/// (`<14>Aug 21 10:00:00 host tag[pid]: MSG`, mostly without `<14>` in files), also with the ISO stamp
/// of rsyslog's file format and of `journalctl -o short-iso`, `short-precise` and `short-full`.
struct SyslogPrefix: BitwiseCopyable {
  /// Host and program, as printed.
  var nameStart: Int
  var nameEnd: Int
  /// With a zone, else 0 nanoseconds and `month` set.
  var nanoseconds: Int64
  var hasZone: Bool
  var isCoarse: Bool
  /// Of a stamp without a year: month 1…12, day, and seconds of the day; 0 where there is a year.
  var month = 0
  var day = 0
  var secondOfDay = 0
  /// Nanoseconds behind them.
  var fraction = 0
  var next: Int

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    var i = from
    var hasPriority = false
    if i < to, s[i] == UInt8(ascii: "<") {
      let end = Bytes.digitsEnd(s, i + 1, min(to, i + 5))
      guard end > i + 1, end < to, s[end] == UInt8(ascii: ">") else { return nil }
      hasPriority = true
      i = end + 1
    }
    guard i < to else { return nil }
    if hasPriority, Bytes.has("1 ", s, i, to) {
      self.init(fields: s, i + 2, to)
    } else if TimeStamp.month(s, i) > 0, i + 16 <= to, s[i + 3] == 32 {
      self.init(yearless: s, i, to)
    } else if !hasPriority, i + 32 < to, s[i + 3] == 32, s[i + 8] == UInt8(ascii: "-") {
      self.init(weekday: s, i, to)
    } else if !hasPriority || Bytes.isDigit(s[i]) {
      self.init(dated: s, i, to)
    } else {
      return nil
    }
  }

  /// RFC 5424 §6, behind the version.
  private init?(fields s: Span<UInt8>, _ from: Int, _ to: Int) {
    var i = from
    nanoseconds = 0
    hasZone = false
    isCoarse = true
    if let stamp = TimeStamp.iso(s, i, to) {
      nanoseconds = stamp.nanoseconds
      hasZone = stamp.hasZone
      isCoarse = stamp.isCoarse
      i = stamp.end
    } else if i < to, s[i] == UInt8(ascii: "-") {
      i += 1
    } else {
      return nil
    }
    guard i < to, s[i] == 32 else { return nil }
    i += 1
    nameStart = i
    nameEnd = i
    // HOST APP PID MSGID
    for field in 0..<4 {
      let start = i
      while i < to, s[i] != 32, i - start < 256 { i += 1 }
      guard i > start, i < to, s[i] == 32 else { return nil }
      if field == 1 { nameEnd = i }
      i += 1
    }
    // Structured data: `-` or `[id key="value" …]…`.
    if i < to, s[i] == UInt8(ascii: "[") {
      while i < to, s[i] == UInt8(ascii: "[") {
        while i < to, s[i] != UInt8(ascii: "]") {
          if s[i] == UInt8(ascii: "\"") {
            let end = JSONWalk.stringEnd(s, i + 1, to).end
            guard end >= 0 else { return nil }
            i = end
          }
          i += 1
        }
        guard i < to else { return nil }
        i += 1
      }
    } else if i < to, s[i] == UInt8(ascii: "-") {
      i += 1
    }
    while i < to, s[i] == 32 { i += 1 }
    if Bytes.has("\u{feff}", s, i, to) { i += 3 }
    next = i
  }

  /// `Fri 2026-08-21 10:00:00 UTC host tag[pid]: `; letters for another zone leave the time unknown.
  private init?(weekday s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let stamp = TimeStamp.iso(s, from + 4, to), !stamp.hasZone, s[stamp.end] == 32
    else { return nil }
    let zone = stamp.end + 1
    let end = Quoted.wordEnd(s, zone, to)
    guard end > zone + 1, end - zone < 6, s[zone] >= 65, s[zone] <= 90,
      let tag = SyslogPrefix.tag(s, min(to, end + 1), to)
    else { return nil }
    nanoseconds = stamp.nanoseconds
    hasZone = Bytes.equals("UTC", s, zone, end) || Bytes.equals("GMT", s, zone, end)
    isCoarse = stamp.isCoarse
    (nameStart, nameEnd, next) = tag
  }

  /// `Aug 21 10:00:00 host tag[pid]: `, perhaps with a fraction; an empty host leaves its blanks.
  private init?(yearless s: Span<UInt8>, _ from: Int, _ to: Int) {
    month = TimeStamp.month(s, from)
    let tens = s[from + 4] == 32 ? 0 : Int(s[from + 4] &- 48)
    let ones = Int(s[from + 5] &- 48)
    guard tens <= 3, ones <= 9, s[from + 6] == 32 else { return nil }
    day = tens * 10 + ones
    let hour = Bytes.two(s, from + 7)
    let minute = Bytes.two(s, from + 10)
    let second = Bytes.two(s, from + 13)
    guard day > 0, day < 32, hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0,
      second < 61, s[from + 9] == UInt8(ascii: ":"), s[from + 12] == UInt8(ascii: ":")
    else { return nil }
    secondOfDay = hour * 3600 + minute * 60 + second
    nanoseconds = 0
    hasZone = false
    isCoarse = true
    var end = from + 15
    if s[end] == UInt8(ascii: ".") { (fraction, end) = TimeStamp.fraction(s, end, to) }
    guard end < to, s[end] == 32,
      let tag = SyslogPrefix.tag(s, Bytes.skipBlanks(s, end, to), to)
    else { return nil }
    (nameStart, nameEnd, next) = tag
  }

  /// `2026-08-21T10:00:00.123456+00:00 host tag[pid]: `.
  private init?(dated s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard let stamp = TimeStamp.iso(s, from, to), stamp.hasZone, stamp.end < to,
      s[from + 10] == UInt8(ascii: "T"), s[stamp.end] == 32,
      let tag = SyslogPrefix.tag(s, stamp.end + 1, to)
    else { return nil }
    nanoseconds = stamp.nanoseconds
    hasZone = true
    isCoarse = stamp.isCoarse
    (nameStart, nameEnd, next) = tag
  }

  /// `host tag[pid]: ` or `host tag: `; the name is `host tag`. What was sent to a local socket has no
  /// host: `tag[pid]: ` (GNUstep: `tag [pid]: `).
  static func tag(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> (Int, Int, Int)? {
    var i = from
    while i < to, i - from < 128, Prefixes.isNameByte(s[i]) || s[i] == UInt8(ascii: "/") { i += 1 }
    if i > from, i < to, s[i] == UInt8(ascii: "[") {
      let digits = Bytes.digitsEnd(s, i + 1, to)
      guard digits > i + 1, Bytes.has("]: ", s, digits, to) else { return nil }
      return (from, i, digits + 3)
    }
    if i > from, Bytes.has(" [", s, i, to) {
      let digits = Bytes.digitsEnd(s, i + 2, to)
      if digits > i + 2, Bytes.has("]: ", s, digits, to) { return (from, i, digits + 3) }
    }
    i = from
    while i < to, i - from < 256, Prefixes.isNameByte(s[i]) || s[i] == UInt8(ascii: ":") { i += 1 }
    guard i > from, i < to, s[i] == 32, s[i - 1] != UInt8(ascii: ":") else { return nil }
    i += 1
    let start = i
    while i < to, i - start < 128, Prefixes.isNameByte(s[i]) || s[i] == UInt8(ascii: "/") { i += 1 }
    guard i > start else { return nil }
    let end = i
    if i < to, s[i] == UInt8(ascii: "[") {
      i = Bytes.digitsEnd(s, i + 1, to)
      guard i < to, s[i] == UInt8(ascii: "]") else { return nil }
      i += 1
    }
    guard i < to, s[i] == UInt8(ascii: ":") else { return nil }
    i += 1
    if i < to, s[i] == 32 { i += 1 }
    return (from, end, i)
  }
}
