internal import ByteScan

/// What chats, pages and editors make of lines that are pasted into them.
extension Prefixes {
  /// A whole line in Markdown's bold: what it is inside.
  static func bold(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Range<Int>? {
    let mark = UInt8(ascii: "*")
    guard to - from > 26, s[from + 1] == mark, s[from + 2] != mark, s[from + 2] != 32,
      s[to - 1] == mark, s[to - 2] == mark, s[to - 3] != mark, s[to - 3] != 32,
      !Bytes.contains("**", s, from + 2, to - 2)
    else { return nil }
    return from + 2..<to - 2
  }

  /// Behind the `* `, `- ` or `• ` of a list of records.
  static func bullet(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let end = s[from] == 0xe2 ? from + 3 : from + 1
    guard s[from] != 0xe2 || Bytes.has("•", s, from, to), end + 1 < to, s[end] == 32,
      Bytes.has("{\"", s, end + 1, to) || isDated(s, end + 1, to)
    else { return nil }
    return end + 1
  }

  /// Whether a line begins here as records do that say when they were written.
  static func isDated(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from + 19 <= to else { return false }
    if s[from] == UInt8(ascii: "[") { return TimeStamp.iso(s, from + 1, to) != nil }
    if Bytes.isDigit(s[from]), TimeStamp.iso(s, from, to) != nil { return true }
    return Bytes.has("time=\"", s, from, to) || isIndented(s, from, to)
  }

  /// Lines of syslog and requests, which stand behind blanks only where somebody put these.
  static func isIndented(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from + 19 <= to else { return false }
    let isStamped = s[from] == UInt8(ascii: "[") && TimeStamp.iso(s, from + 1, to) != nil
    if isStamped || Bytes.isDigit(s[from]) {
      return Bytes.contains("] \"", s, from, min(to, from + 160))
    }
    return isLetterOrDigit(s[from]) && SyslogPrefix(s, from, to) != nil
  }

  /// Whether the quotes of a line are those of a page or of a string that it was part of: not one stands for itself.
  static func isRequoted(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let quote = Bytes.findFar(UInt8(ascii: "\""), s, from, to)
    if quote >= 0 { return quote > from && s[quote - 1] == UInt8(ascii: "\\") }
    let curly = Bytes.findFar(0xe2, s, from, to)
    if curly >= 0, Bytes.contains("“", s, curly, to) || Bytes.contains("”", s, curly, to) {
      return true
    }
    let entity = Bytes.findFar(UInt8(ascii: "&"), s, from, to)
    return entity >= 0
      && (Bytes.contains("&quot;", s, entity, to) || Bytes.contains("&#34;", s, entity, to))
  }

  /// The line with quotes of its own.
  static func requote(_ s: Span<UInt8>, _ from: Int, _ to: Int, into plain: inout [UInt8]) {
    let isEscaped = Bytes.findFar(UInt8(ascii: "\""), s, from, to) >= 0
    plain.reserveCapacity(to - from)
    var i = from
    while i < to {
      let c = s[i]
      if isEscaped, c == UInt8(ascii: "\\"), i + 1 < to,
        s[i + 1] == UInt8(ascii: "\"") || s[i + 1] == c
      {
        plain.append(s[i + 1])
        i += 2
      } else if !isEscaped, let other = PlainText.otherQuote(s, i, to) ?? PlainText.entity(s, i, to)
      {
        plain.append(other.byte)
        i += other.length
      } else {
        plain.append(c)
        i += 1
      }
    }
  }
}
