internal import ByteScan

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
    func number(_ separators: String) -> Int? {
      let end = Bytes.digitsEnd(s, at, s.count)
      guard end > at, end - at <= 4 else { return nil }
      let value = Bytes.number(s, at, end)
      at = end
      for c in separators.utf8 {
        guard at < s.count, s[at] == c else { return nil }
        at += 1
      }
      return value
    }
    guard let month = number("/"), let day = number("/"), let year = number(", "),
      let hour = number(":"), let minute = number(":"), let second = number(""), year >= 1970,
      (1...12).contains(hour)
    else { return nil }
    var out: [UInt8] = []
    func append(_ value: Int, _ before: String, digits: Int = 2) {
      out.append(contentsOf: before.utf8)
      var rest = value
      var text: [UInt8] = []
      for _ in 0..<digits {
        text.append(UInt8(48 + rest % 10))
        rest /= 10
      }
      out.append(contentsOf: text.reversed())
    }
    var fraction = at..<at
    if at < s.count, s[at] == UInt8(ascii: ".") {
      let end = Bytes.digitsEnd(s, at + 1, s.count)
      fraction = at..<end
      at = end
    }
    let isAfternoon = Bytes.has(" PM", s, at, s.count)
    guard isAfternoon || Bytes.has(" AM", s, at, s.count), at + 3 == s.count else { return nil }
    append(year, "", digits: 4)
    append(month, "-")
    append(day, "-")
    append(hour % 12 + (isAfternoon ? 12 : 0), "T")
    append(minute, ":")
    append(second, ":")
    for i in fraction { out.append(s[i]) }
    return out
  }
}
