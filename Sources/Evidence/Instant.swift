/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, as UTC.
///
/// Sources differ in precision and in how sure the time zone is; both travel with the line's
/// `Stamp`, not with the instant, so that instants stay plain numbers that can be sorted.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  public var nanoseconds: Int64

  @inlinable @inline(__always) public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A line without any time stamp of its own and without a dated neighbour.
  @inlinable @inline(__always) public static var unknown: Instant { Instant(nanoseconds: .min) }
  @inlinable @inline(__always) public var isKnown: Bool { nanoseconds != .min }

  /// 1800-01-01: on and behind it stand stamps that have a time and no date, until their day is settled. No
  /// stamp with a date is read as earlier than 1970.
  public static let undated = Instant(nanoseconds: -Int64(undatedDays) * day)
  /// Days from `undated` to 1970.
  public static let undatedDays = 62_091
  /// Days that clocks without a date may go on behind `undated`: more midnights are no log's.
  public static let mostUndatedDays: Int64 = 10_000
  /// Nanoseconds of a day.
  public static let day: Int64 = 86_400_000_000_000
  /// A time whose day is not known yet: such instants can be compared with others of the same source alone.
  @inlinable @inline(__always) public var isUndated: Bool {
    nanoseconds < -3_000_000_000_000_000_000 && isKnown
  }
  /// A time with its day.
  @inlinable @inline(__always) public var isDated: Bool {
    nanoseconds >= -3_000_000_000_000_000_000
  }

  @inlinable @inline(__always) public static func < (a: Instant, b: Instant) -> Bool {
    a.nanoseconds < b.nanoseconds
  }
  /// Seconds from `b` to `a`; meaningless when one of them is unknown.
  @inlinable public static func - (a: Instant, b: Instant) -> Double {
    Double(a.nanoseconds &- b.nanoseconds) / 1e9
  }
  public func advanced(days: Int) -> Instant {
    isKnown ? Instant(nanoseconds: nanoseconds &+ Int64(days) &* Instant.day) : self
  }
  @inlinable public func advanced(seconds: Double) -> Instant {
    isKnown ? Instant(nanoseconds: nanoseconds &+ Int64(seconds * 1e9)) : self
  }

  /// Builds an instant from UTC calendar fields (proleptic Gregorian), `offset` in seconds east.
  @inlinable public static func utc(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    nanosecond: Int = 0, offset: Int = 0
  ) -> Instant {
    // Days from civil, Howard Hinnant's algorithm: http://howardhinnant.github.io/date_algorithms.html
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    let product = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return product.overflow
      ? .unknown : Instant(nanoseconds: product.partialValue &+ Int64(nanosecond))
  }
}

extension Instant {
  /// Calendar fields in UTC.
  public var civil:
    (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, nano: Int)
  {
    var seconds = nanoseconds / 1_000_000_000
    var nano = nanoseconds % 1_000_000_000
    if nano < 0 {
      nano += 1_000_000_000
      seconds -= 1
    }
    var days = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (
      Int(year), Int(month), Int(day), Int(rest / 3600), Int(rest % 3600 / 60), Int(rest % 60),
      Int(nano)
    )
  }

  /// RFC 3339 in UTC with as many fraction digits (0, 3, 6 or 9) as the value has.
  public var rfc3339: String {
    guard isDated else { return "" }
    let c = civil
    var text =
      padded(c.year, 4) + "-" + padded(c.month, 2) + "-" + padded(c.day, 2) + "T" + clock
    if c.nano != 0 {
      var digits = padded(c.nano, 9)
      if digits.hasSuffix("000000") {
        digits.removeLast(6)
      } else if digits.hasSuffix("000") {
        digits.removeLast(3)
      }
      text += "." + digits
    }
    return text + "Z"
  }

  /// `HH:MM:SS`, UTC.
  public var clock: String {
    guard isDated else { return "--:--:--" }
    let c = civil
    return padded(c.hour, 2) + ":" + padded(c.minute, 2) + ":" + padded(c.second, 2)
  }

  /// `YYYY-MM-DD HH:MM:SS`, UTC.
  public var dateAndClock: String {
    guard isDated else { return "time unknown" }
    let c = civil
    return padded(c.year, 4) + "-" + padded(c.month, 2) + "-" + padded(c.day, 2) + " " + clock
  }
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return digits.count >= width
    ? digits : String(repeating: "0", count: width - digits.count) + digits
}
