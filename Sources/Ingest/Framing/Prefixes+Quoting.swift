internal import ByteScan

extension Prefixes {
  /// What mail, chat and issues put in front of a quoted line (`> `, `| `, `│ `), and `cat -n` and `nl` in front of any
  /// (`    12<tab>`); behind it.
  static func quoting(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var i = from
    while i < to, s[i] == UInt8(ascii: ">") { i += 1 }
    if i == from {
      if s[i] == UInt8(ascii: "|") {
        i += 1
      } else if Bytes.has("│", s, i, to) || Bytes.has("┃", s, i, to) {
        i += 3
      } else {
        return numbering(s, from, to)
      }
    }
    guard i < to, s[i] == 32 else { return nil }
    return i + 1
  }

  private static func numbering(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let number = Bytes.skipBlanks(s, from, min(to, from + 8))
    let end = Bytes.digitsEnd(s, number, min(to, number + 9))
    guard end > number, end < to, s[end] == 9 else { return nil }
    return end + 1
  }
}
