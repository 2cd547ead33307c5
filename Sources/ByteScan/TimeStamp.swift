/// A time stamp found in bytes: wall-clock nanoseconds since the epoch *as if UTC*, shifted by the
/// printed zone where there is one.
public struct TimeStamp: Sendable, BitwiseCopyable {
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  public var nanoseconds: Int64
  /// First byte after the stamp.
  public var end: Int
  /// A zone or `Z` was printed.
  public var hasZone: Bool
  /// Whole seconds only.
  public var isCoarse: Bool

  @inlinable public init(nanoseconds: Int64, end: Int, hasZone: Bool, isCoarse: Bool) {
    self.nanoseconds = nanoseconds
    self.end = end
    self.hasZone = hasZone
    self.isCoarse = isCoarse
  }
}

extension TimeStamp {
  /// Days since the epoch of a civil date.
  @inlinable static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Days that a month has.
  @inlinable static func length(ofMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inlinable static func build(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int,
    _ nano: Int, _ offset: Int, _ end: Int, zone: Bool, coarse: Bool
  ) -> TimeStamp? {
    guard year >= 1970, year < 2200, month >= 1, month <= 12, day >= 1, day <= 31, hour >= 0,
      hour < 24, minute >= 0, minute < 60, second >= 0, second <= 60,
      day <= 28 || day <= length(ofMonth: month, year)
    else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return TimeStamp(
      nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(nano), end: end, hasZone: zone,
      isCoarse: coarse)
  }

  /// `.123`, `,123`, up to nine digits are used; returns nanoseconds and the end.
  @inlinable public static func fraction(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> (Int, Int) {
    guard at < to, s[at] == UInt8(ascii: ".") || s[at] == UInt8(ascii: ","), at + 1 < to,
      Bytes.isDigit(s[at + 1])
    else { return (0, at) }
    var i = at + 1
    var value = 0
    var scale = 100_000_000
    while i < to, Bytes.isDigit(s[i]) {
      value += Int(s[i] &- 48) * scale
      scale /= 10
      i += 1
    }
    return (value, i)
  }

  /// `Z`, `+00:00`, `+0000`, ` +0000`, `+00`; returns seconds east and the end, or nil without one.
  @inlinable static func zone(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> (Int, Int)? {
    var i = at
    if i < to, s[i] == 32 { i += 1 }
    guard i < to else { return nil }
    if s[i] == UInt8(ascii: "Z"), i == at { return (0, i + 1) }
    let sign = s[i] == UInt8(ascii: "+") ? 1 : s[i] == UInt8(ascii: "-") ? -1 : 0
    guard sign != 0 else { return nil }
    let hours = Bytes.two(s, i + 1)
    guard hours >= 0, hours <= 18, i + 3 <= to else { return nil }
    var j = i + 3
    if j < to, s[j] == UInt8(ascii: ":") { j += 1 }
    let minutes = j + 1 < to ? Bytes.two(s, j) : -1
    guard minutes >= 0, minutes < 60 else { return (sign * hours * 3600, i + 3) }
    return (sign * (hours * 3600 + minutes * 60), j + 2)
  }

  /// `2026-08-21T10:00:00.123Z`, `2026-08-21 10:00:00,123`, `2026/08/21 10:00:00`, MariaDB's
  /// `2026-08-21  7:00:00`: ISO 8601 and its relatives; fraction and zone optional.
  @inlinable public static func iso(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, at + 19 <= to, to <= s.count else { return nil }
    let century = Bytes.two(s, at)
    let years = Bytes.two(s, at + 2)
    let separator = s[at + 4]
    guard century >= 19, years >= 0,
      separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"),
      s[at + 7] == separator, s[at + 13] == UInt8(ascii: ":"), s[at + 16] == UInt8(ascii: ":")
    else { return nil }
    let (nano, fractionEnd) = fraction(s, at + 19, to)
    let found = zone(s, fractionEnd, to)
    let hour = s[at + 11] == 32 ? Int(s[at + 12]) - 48 : Bytes.two(s, at + 11)
    return build(
      century * 100 + years, Bytes.two(s, at + 5), Bytes.two(s, at + 8), hour,
      Bytes.two(s, at + 14), Bytes.two(s, at + 17), nano, found?.0 ?? 0,
      found?.1 ?? fractionEnd, zone: found != nil, coarse: fractionEnd == at + 19)
  }

  /// `21/Aug/2026:10:00:00 +0000` (Common Log Format) and HAProxy's `21/Aug/2026:10:00:00.655`.
  @inlinable public static func common(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, at + 20 <= to, to <= s.count, s[at + 2] == UInt8(ascii: "/"),
      s[at + 6] == UInt8(ascii: "/")
    else { return nil }
    let month = month(s, at + 3)
    let century = Bytes.two(s, at + 7)
    let years = Bytes.two(s, at + 9)
    guard month > 0, century >= 19, years >= 0 else { return nil }
    let (nano, fractionEnd) = fraction(s, at + 20, to)
    let found = zone(s, fractionEnd, to)
    return build(
      century * 100 + years, month, Bytes.two(s, at), Bytes.two(s, at + 12),
      Bytes.two(s, at + 15), Bytes.two(s, at + 18), nano, found?.0 ?? 0,
      found?.1 ?? fractionEnd, zone: found != nil, coarse: fractionEnd == at + 20)
  }

  /// `28-Nov-2026 20:51:29.344` (Tomcat) and `28-Nov-2026 20:51:29 UTC` (PHP's `error_log`); another zone
  /// that is written as a name is left to the reader.
  public static func dashed(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, at + 20 <= to, to <= s.count, s[at + 2] == UInt8(ascii: "-"),
      s[at + 6] == UInt8(ascii: "-"), s[at + 11] == 32, s[at + 14] == UInt8(ascii: ":"),
      s[at + 17] == UInt8(ascii: ":")
    else { return nil }
    let (nano, fractionEnd) = fraction(s, at + 20, to)
    var found = zone(s, fractionEnd, to)
    if Bytes.has(" UTC", s, fractionEnd, to) { found = (0, fractionEnd + 4) }
    return build(
      Bytes.number(s, at + 7, at + 11), month(s, at + 3), Bytes.two(s, at), Bytes.two(s, at + 12),
      Bytes.two(s, at + 15), Bytes.two(s, at + 18), nano, found?.0 ?? 0,
      found?.1 ?? fractionEnd, zone: found != nil, coarse: fractionEnd == at + 20)
  }

  /// `common` with a day or an hour of one digit, as programs write that pad nothing:
  /// `1/Apr/2026:9:05:01 -0500`.
  public static func unpaddedCommon(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, to <= s.count else { return nil }
    let dayEnd = Bytes.digitsEnd(s, at, min(to, at + 2))
    guard dayEnd > at, dayEnd + 10 < to, s[dayEnd] == UInt8(ascii: "/"),
      s[dayEnd + 4] == UInt8(ascii: "/"), s[dayEnd + 9] == UInt8(ascii: ":")
    else { return nil }
    let hourStart = dayEnd + 10
    let hourEnd = Bytes.digitsEnd(s, hourStart, min(to, hourStart + 2))
    guard hourEnd > hourStart, hourEnd + 6 <= to, s[hourEnd] == UInt8(ascii: ":"),
      s[hourEnd + 3] == UInt8(ascii: ":")
    else { return nil }
    let (nano, fractionEnd) = fraction(s, hourEnd + 6, to)
    let found = zone(s, fractionEnd, to)
    return build(
      Bytes.number(s, dayEnd + 5, dayEnd + 9), month(s, dayEnd + 1), Bytes.number(s, at, dayEnd),
      Bytes.number(s, hourStart, hourEnd), Bytes.two(s, hourEnd + 1), Bytes.two(s, hourEnd + 4),
      nano, found?.0 ?? 0, found?.1 ?? fractionEnd, zone: found != nil,
      coarse: fractionEnd == hourEnd + 6)
  }

  /// `Oct 11, 2024 8:42:14 AM`, as Java's `DateFormat` writes it in English; from Java 20 on with a narrow
  /// no-break space before the half of the day.
  public static func halfDays(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, to <= s.count, at + 23 <= to, s[at + 3] == 32 else { return nil }
    let month = month(s, at)
    let dayEnd = Bytes.digitsEnd(s, at + 4, min(to, at + 6))
    guard month > 0, dayEnd > at + 4, dayEnd + 17 <= to, s[dayEnd] == UInt8(ascii: ","),
      s[dayEnd + 1] == 32, s[dayEnd + 6] == 32
    else { return nil }
    guard let clock = halfDay(s, dayEnd + 7, to) else { return nil }
    return build(
      Bytes.number(s, dayEnd + 2, dayEnd + 6), month, Bytes.number(s, at + 4, dayEnd), clock.hour,
      clock.minute, clock.second, 0, 0, clock.end, zone: false, coarse: true)
  }

  /// `08/22/2026, 7:32:47 PM`, as JavaScript's `toLocaleString` writes it in American English (Nest).
  public static func slashed(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    guard at >= 0, to <= s.count, at + 22 <= to, s[at + 2] == UInt8(ascii: "/"),
      s[at + 5] == UInt8(ascii: "/"), s[at + 10] == UInt8(ascii: ","), s[at + 11] == 32,
      let clock = halfDay(s, at + 12, to)
    else { return nil }
    return build(
      Bytes.number(s, at + 6, at + 10), Bytes.two(s, at), Bytes.two(s, at + 3), clock.hour,
      clock.minute, clock.second, 0, 0, clock.end, zone: false, coarse: true)
  }

  /// `8:42:14 AM`; the blank before the half may be a narrow no-break space.
  private static func halfDay(
    _ s: Span<UInt8>, _ at: Int, _ to: Int
  ) -> (hour: Int, minute: Int, second: Int, end: Int)? {
    let hourEnd = Bytes.digitsEnd(s, at, min(to, at + 2))
    guard hourEnd > at, hourEnd + 9 <= to, s[hourEnd] == UInt8(ascii: ":"),
      s[hourEnd + 3] == UInt8(ascii: ":")
    else { return nil }
    var i = hourEnd + 6
    if s[i] == 32 {
      i += 1
    } else if s[i] == 0xE2, s[i + 1] == 0x80, s[i + 2] == 0xAF {
      i += 3
    } else {
      return nil
    }
    guard i + 2 <= to, s[i + 1] == UInt8(ascii: "M") else { return nil }
    let isAfternoon = s[i] == UInt8(ascii: "P")
    guard isAfternoon || s[i] == UInt8(ascii: "A") else { return nil }
    let hour = Bytes.number(s, at, hourEnd)
    guard hour >= 1, hour <= 12 else { return nil }
    return (
      hour % 12 + (isAfternoon ? 12 : 0), Bytes.two(s, hourEnd + 1), Bytes.two(s, hourEnd + 4),
      i + 2
    )
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7) at `at`: seconds since the epoch.
  public static func httpDate(_ s: Span<UInt8>, _ at: Int) -> Int64? {
    guard at >= 0, at + 29 <= s.count, s[at + 3] == UInt8(ascii: ","),
      s[at + 19] == UInt8(ascii: ":")
    else { return nil }
    let century = Bytes.two(s, at + 12)
    let years = Bytes.two(s, at + 14)
    guard century >= 19, years >= 0,
      let stamp = build(
        century * 100 + years, month(s, at + 8), Bytes.two(s, at + 5), Bytes.two(s, at + 17),
        Bytes.two(s, at + 20), Bytes.two(s, at + 23), 0, 0, at + 29, zone: true, coarse: true)
    else { return nil }
    return stamp.nanoseconds / 1_000_000_000
  }

  /// 1…12 for `Jan`…`Dec` at `at`; 0 otherwise.
  @inlinable public static func month(_ s: Span<UInt8>, _ at: Int) -> Int {
    guard at >= 0, at + 2 < s.count else { return 0 }
    return switch (s[at], s[at + 1], s[at + 2]) {
    case (UInt8(ascii: "J"), UInt8(ascii: "a"), UInt8(ascii: "n")): 1
    case (UInt8(ascii: "F"), UInt8(ascii: "e"), UInt8(ascii: "b")): 2
    case (UInt8(ascii: "M"), UInt8(ascii: "a"), UInt8(ascii: "r")): 3
    case (UInt8(ascii: "A"), UInt8(ascii: "p"), UInt8(ascii: "r")): 4
    case (UInt8(ascii: "M"), UInt8(ascii: "a"), UInt8(ascii: "y")): 5
    case (UInt8(ascii: "J"), UInt8(ascii: "u"), UInt8(ascii: "n")): 6
    case (UInt8(ascii: "J"), UInt8(ascii: "u"), UInt8(ascii: "l")): 7
    case (UInt8(ascii: "A"), UInt8(ascii: "u"), UInt8(ascii: "g")): 8
    case (UInt8(ascii: "S"), UInt8(ascii: "e"), UInt8(ascii: "p")): 9
    case (UInt8(ascii: "O"), UInt8(ascii: "c"), UInt8(ascii: "t")): 10
    case (UInt8(ascii: "N"), UInt8(ascii: "o"), UInt8(ascii: "v")): 11
    case (UInt8(ascii: "D"), UInt8(ascii: "e"), UInt8(ascii: "c")): 12
    default: 0
    }
  }

  /// Epoch seconds with a fraction (`1766311200.123`, Caddy, nginx `$msec`).
  @inlinable public static func epoch(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> TimeStamp? {
    let dot = Bytes.digitsEnd(s, at, to)
    guard dot - at >= 9, dot - at <= 11 else { return nil }
    let seconds = Bytes.number(s, at, dot)
    // Beyond 2200 as everywhere here; also what keeps the product in range.
    guard seconds >= 0, seconds < 7_258_118_400 else { return nil }
    let (nano, end) = fraction(s, dot, to)
    return TimeStamp(
      nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(nano), end: end, hasZone: true,
      isCoarse: end == dot)
  }
}
