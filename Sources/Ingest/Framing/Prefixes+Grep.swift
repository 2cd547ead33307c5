internal import ByteScan

extension Prefixes {
  /// `./edge.log:2058:` and `logs/edge.log:` of `grep -n` and `grep -r`. The name is that of the file, which has a
  /// slash or a dot; without a number it has to look like a log's. A blank behind it is a program's own text
  /// (`main.go:42: words`).
  static func grep(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Named? {
    var i = from
    var dot = -1
    var hasSlash = false
    while i < to, i - from < 255 {
      let c = s[i]
      if c == UInt8(ascii: ".") {
        dot = i
      } else if c == UInt8(ascii: "/") {
        hasSlash = true
      } else if !isNameByte(c), c != UInt8(ascii: "@"), c != UInt8(ascii: "+"),
        c != UInt8(ascii: "~")
      {
        break
      }
      i += 1
    }
    guard dot >= from || hasSlash, i > from + 2, i + 1 < to, s[i] == UInt8(ascii: ":")
    else { return nil }
    let end = i
    let digits = Bytes.digitsEnd(s, end + 1, min(to, end + 12))
    if digits > end + 1, digits < to, s[digits] == UInt8(ascii: ":") {
      i = digits
    } else {
      guard hasSlash && dot >= from || isLogName(s, from, end) else { return nil }
    }
    // `::1` may follow a number.
    let isNumbered = i > end
    guard i + 1 < to, s[i + 1] > 32, isNumbered || s[i + 1] != UInt8(ascii: ":"),
      s[i + 1] != UInt8(ascii: "/")
    else { return nil }
    return Named(nameStart: from, nameEnd: end, next: i + 1)
  }

  /// `….log`, `….log.1`, `….log.2026-08-21.gz`, `….txt`, `….json`.
  private static func isLogName(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if to - from > 4, Bytes.has(".txt", s, to - 4, to) { return true }
    if to - from > 5, Bytes.has(".json", s, to - 5, to) { return true }
    let log = Bytes.find(".log", s, from, to)
    return log > from && (log + 4 == to || s[log + 4] == UInt8(ascii: "."))
  }
}
