internal import ByteScan
internal import Evidence

/// Instants in the cells of a table.
enum TableStamp {
  /// A JSON value that tells the instant: a number since the epoch, or RFC 3339; `nil` when the cell tells none, as
  /// one without a zone does (Kibana writes those of the browser).
  static func text(_ cell: [UInt8], isUTC: Bool) -> [UInt8]? {
    let s = cell.span
    let end = s.count
    let digits = Bytes.digitsEnd(s, 0, end)
    if digits == end, end >= 10, end <= 19 {
      // Finer than milliseconds is of no use here, and 19 digits are more than a number may have.
      return end > 13 ? Array(cell[..<13]) : cell
    }
    if digits == 10, isNumber(s, 0, end) { return cell }
    if let stamp = TimeStamp.iso(s, 0, end), stamp.end == end {
      guard stamp.hasZone || isUTC else { return nil }
      return quoted(cell, stamp.hasZone ? "" : "Z")
    }
    return isUTC ? american(s).map { quoted($0, "Z") } : nil
  }

  /// Digits with a point at most, and as JSON writes them.
  static func isNumber(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to, to - from <= 18 else { return false }
    let whole = Bytes.digitsEnd(s, from, to)
    guard whole > from, s[from] != UInt8(ascii: "0") || whole == from + 1 else { return false }
    if whole == to { return true }
    guard s[whole] == UInt8(ascii: "."), whole + 1 < to else { return false }
    return Bytes.digitsEnd(s, whole + 1, to) == to
  }

  private static func quoted(_ text: [UInt8], _ zone: String) -> [UInt8] {
    [UInt8(ascii: "\"")] + text + Array(zone.utf8) + [UInt8(ascii: "\"")]
  }

  /// `11/23/2026, 6:42:54.450 PM` of Azure's portal, as ISO 8601.
  private static func american(_ s: Span<UInt8>) -> [UInt8]? {
    var at = 0
    func number(_ separators: String, in range: ClosedRange<Int>) -> Int? {
      let end = Bytes.digitsEnd(s, at, s.count)
      let value = Bytes.number(s, at, end)
      guard end > at, range.contains(value) else { return nil }
      at = end
      for c in separators.utf8 {
        guard at < s.count, s[at] == c else { return nil }
        at += 1
      }
      return value
    }
    guard let month = number("/", in: 1...12), let day = number("/", in: 1...31),
      let year = number(", ", in: 1970...2199), let hour = number(":", in: 1...12),
      let minute = number(":", in: 0...59), let second = number("", in: 0...60)
    else { return nil }
    let end = TimeStamp.fraction(s, at, s.count).1
    let isAfternoon = Bytes.has(" PM", s, end, s.count)
    guard isAfternoon || Bytes.has(" AM", s, end, s.count), end + 3 == s.count else { return nil }
    let whole = Instant.utc(
      year: year, month: month, day: day, hour: hour % 12 + (isAfternoon ? 12 : 0),
      minute: minute, second: second)
    // The fraction as it stands: `.000` is finer than none.
    var out = Array(whole.rfc3339.utf8.dropLast())
    Bytes.append(s, at, end, to: &out)
    return out
  }
}
