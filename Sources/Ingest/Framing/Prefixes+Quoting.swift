internal import ByteScan

extension Prefixes {
  /// What mail, chat and issues put in front of a quoted line (`> `, `| `, `│ `), and `cat -n` and `nl` in front of any
  /// (`    12<tab>`); behind it.
  static func quoting(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var i = from
    switch s[from] {
    case UInt8(ascii: ">"): while i < to, s[i] == UInt8(ascii: ">") { i += 1 }
    case UInt8(ascii: "|"): i += 1
    case 0xe2 where Bytes.has("│", s, i, to) || Bytes.has("┃", s, i, to): i += 3
    case 9, 32, UInt8(ascii: "0")...UInt8(ascii: "9"): return numbering(s, from, to)
    default: return nil
    }
    guard i < to, s[i] == 32 else { return nil }
    return i + 1
  }

  /// The stamp that a web page shows in front of a line: `Aug 21, 2026 @ 10:00:00.123 ` (Kibana),
  /// `Aug 21, 2026, 10:00:00 AM ` (browsers' short form) and `Fri, Aug 21 2026 10:00:00 am ` (Rancher); behind it. They are
  /// in the zone of whoever looked, which nobody knows.
  static func console(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var i = from
    guard to - from > 24 else { return nil }
    if s[i + 3] == UInt8(ascii: ","), s[i + 4] == 32 { i += 5 }
    guard TimeStamp.month(s, i) > 0, s[i + 3] == 32 else { return nil }
    let day = Bytes.digitsEnd(s, i + 4, min(to, i + 6))
    guard day > i + 4 else { return nil }
    i = s[day] == UInt8(ascii: ",") ? day + 1 : day
    guard i + 16 < to, s[i] == 32, Bytes.digitsEnd(s, i + 1, i + 6) == i + 5 else { return nil }
    i += 5
    let hasComma = s[i] == UInt8(ascii: ",")
    if hasComma { i += 1 }
    guard s[i] == 32 else { return nil }
    i += 1
    if s[i] == UInt8(ascii: "@"), s[i + 1] == 32 {
      i += 2
    } else if !hasComma, s[day] == UInt8(ascii: ",") {
      // `Aug 21, 2026 10:00:00 AM` is java.util.logging's own.
      return nil
    }
    let hour = Bytes.digitsEnd(s, i, min(to, i + 2))
    guard hour > i, hour + 7 < to, s[hour] == UInt8(ascii: ":"), Bytes.two(s, hour + 1) >= 0,
      s[hour + 3] == UInt8(ascii: ":"), Bytes.two(s, hour + 4) >= 0
    else { return nil }
    i = TimeStamp.fraction(s, hour + 6, to).1
    for half: StaticString in [" AM", " PM", " am", " pm"] where Bytes.has(half, s, i, to) {
      i += 3
      break
    }
    guard i < to, s[i] == 32 || s[i] == 9 else { return nil }
    return Bytes.skipBlanks(s, i, to)
  }

  private static func numbering(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let number = Bytes.skipBlanks(s, from, min(to, from + 8))
    let end = Bytes.digitsEnd(s, number, min(to, number + 9))
    guard end > number, end < to, s[end] == 9 else { return nil }
    return end + 1
  }
}
