internal import ByteScan
internal import Evidence

/// Finds stamps that were printed without a zone, and says what zone they were printed in when a better
/// clock is at hand.
enum ZoneProbe {
  /// The zone-less stamp at the start of a line, as if UTC: ISO (`2026-08-21 10:00:00,123`,
  /// `2026/08/21 10:00:00`), with a bracket before it, Tomcat's, Java's, or HAProxy's behind the client's
  /// address.
  static func zoneless(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int64? {
    guard from + 19 <= to else { return nil }
    var at = from
    if s[at] == UInt8(ascii: "[") { at += 1 }
    if s[at] == UInt8(ascii: "2"), at + 19 <= to {
      let separator = s[at + 4]
      if separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"),
        let stamp = TimeStamp.iso(s, at, to)
      {
        return stamp.hasZone ? nil : stamp.nanoseconds
      }
    }
    if s[at + 2] == UInt8(ascii: "-"), let stamp = TimeStamp.dashed(s, at, to) {
      return stamp.hasZone ? nil : stamp.nanoseconds
    }
    if s[at] >= 65, s[at] <= 90, let stamp = TimeStamp.halfDays(s, at, to) {
      return stamp.nanoseconds
    }
    // `1.2.3.4:5678 [21/Aug/2026:10:00:00.123] `: the bracket is behind the first blank.
    let blank = Bytes.find(32, s, from, min(to, from + 56))
    guard blank > from, blank + 23 <= to, s[blank + 1] == UInt8(ascii: "["),
      s[blank + 4] == UInt8(ascii: "/"), s[blank + 22] == UInt8(ascii: "."),
      let stamp = TimeStamp.common(s, blank + 2, to)
    else { return nil }
    return stamp.hasZone ? nil : stamp.nanoseconds
  }

  /// A time without a date at the start of a line, perhaps behind a bracket: `04:45:18,928`.
  @inline(__always)
  static func isClock(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from + 9 <= to else { return false }
    let at = s[from] == UInt8(ascii: "[") ? from + 1 : from
    return at + 8 <= to && s[at + 2] == UInt8(ascii: ":") && s[at + 5] == UInt8(ascii: ":")
      && Bytes.two(s, at) >= 0 && Bytes.two(s, at + 3) >= 0 && Bytes.two(s, at + 6) >= 0
  }

  /// The zone in which the time `s[from...]` without a date was printed at the moment `utc`, as `offset`.
  static func offset(clock s: Span<UInt8>, _ from: Int, true utc: Int64) -> Int? {
    let at = s[from] == UInt8(ascii: "[") ? from + 1 : from
    let seconds = Bytes.two(s, at) * 3600 + Bytes.two(s, at + 3) * 60 + Bytes.two(s, at + 6)
    var difference = (Int64(seconds) * 1_000_000_000 - utc) % Instant.day
    // Of two days the one that is nearer to UTC.
    if difference > Instant.day / 2 { difference -= Instant.day }
    if difference < -Instant.day / 2 { difference += Instant.day }
    return offset(local: utc + difference, true: utc)
  }

  /// The stamp of a Common Log Format line inside another line, with its zone:
  /// `[21/Aug/2026:10:00:00 +0200]`.
  static func inner(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int64? {
    var i = from
    while true {
      i = Bytes.findFar(UInt8(ascii: "["), s, i, to - 27)
      guard i >= 0 else { return nil }
      if s[i + 3] == UInt8(ascii: "/"), s[i + 7] == UInt8(ascii: "/"),
        let stamp = TimeStamp.common(s, i + 1, to), stamp.hasZone
      {
        return stamp.nanoseconds
      }
      i += 1
    }
  }

  /// Offsets in use (IANA time zone database), in quarter-hours.
  private static let quarters: [Int64] =
    (-12...14).map { $0 * 4 } + [-38, -14, -10, 14, 18, 22, 26, 38, 42] + [23, 35, 51, 55]

  /// Seconds east of UTC at which `local`, read as if UTC, and `utc` mean the same moment, up to ten
  /// minutes by which lines wait in buffers and clocks differ. `nil` when no zone in use fits.
  static func offset(local: Int64, true utc: Int64) -> Int? {
    let difference = (local &- utc) / 1_000_000
    guard difference > -50_400_000, difference < 54_000_000 else { return nil }
    var best: Int64 = 0
    var distance = Int64.max
    for quarter in quarters {
      let left = abs(difference - quarter * 900_000)
      if left < distance {
        distance = left
        best = quarter
      }
    }
    return distance <= 600_000 ? Int(best * 900) : nil
  }
}
