internal import ByteScan

/// Texts that are read as a whole and not line by line, told by their first bytes.
package enum DocumentKind: Sendable, Equatable {
  /// A browser's HTTP archive (HAR 1.2).
  case har
  /// What `curl -v`, `curl -i`, wget, httpie or a pasted answer show.
  case transcript
  /// JSON whose values go over several lines: an export, or what jq prints.
  case spreadJSON
  /// A JSON value with many records on one long line: what a log store answers.
  case batch

  /// Larger ones are read line by line after all.
  package static let largest = 512 << 20
  /// How much of a text is looked at.
  package static let look = 1 << 20

  package static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> DocumentKind? {
    var at = from
    if Bytes.has("\u{feff}", s, at, to) { at += 3 }
    while at < to, s[at] <= 32 { at += 1 }
    guard at < to else { return nil }
    let first = s[at]
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      if first == UInt8(ascii: "{"), Bytes.contains("\"log\"", s, at, min(to, at + 64)),
        Bytes.contains("\"entries\"", s, at, to) || Bytes.contains("\"creator\"", s, at, to)
      {
        return .har
      }
      if isSpread(s, at, to) { return .spreadJSON }
      return Bytes.findFar(10, s, at, to) < 0 && JSONBatch.begins(s, at, to) ? .batch : nil
    }
    return isTranscript(s, at, to) ? .transcript : nil
  }

  /// The first value does not end in its line: the line is a bracket alone, or ends in a brace, a bracket
  /// or a comma that opens or goes on.
  private static func isSpread(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    let newline = Bytes.findFar(10, s, at, to)
    guard newline > 0 else { return false }
    var last = newline - 1
    while last > at, s[last] <= 32 { last -= 1 }
    guard last < at + 200 else { return false }
    switch s[last] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","): break
    default: return false
    }
    var next = newline
    while next < to, s[next] <= 32 { next += 1 }
    guard next < to else { return false }
    return s[next] == UInt8(ascii: "\"") || s[next] == UInt8(ascii: "{")
  }

  private static func isTranscript(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at < to {
      var end = Bytes.findFar(10, s, at, to)
      if end < 0 { end = to }
      if isTelling(s, at, end) || isSummary(s, at, end, to) { return true }
      at = end + 1
    }
    return false
  }

  /// The summary of a browser's inspector, `Request URL: …` or the address in the next line; a frame's check of a
  /// session is known by its words.
  private static func isSummary(_ s: Span<UInt8>, _ from: Int, _ end: Int, _ to: Int) -> Bool {
    let at = Bytes.skipBlanks(s, from, end)
    guard Bytes.has("Request URL", s, at, end) else { return false }
    var value = at + 11
    let hasColon = value < end && s[value] == UInt8(ascii: ":")
    if hasColon { value += 1 }
    while value < end, s[value] <= 32 { value += 1 }
    guard hasColon || value == end else { return false }
    var last = end
    if value >= end, end < to {
      value = end + 1
      last = Bytes.findFar(10, s, value, to)
      if last < 0 { last = to }
    }
    return value < last && Bytes.contains("://", s, value, last)
      && !Bytes.contains("/login-status-iframe", s, value, last)
  }

  private static func isTelling(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let at = Bytes.skipBlanks(s, from, to)
    guard at < to else { return false }
    switch s[at] {
    case UInt8(ascii: "<"): return Bytes.has("< HTTP/", s, at, to)
    case UInt8(ascii: ">"):
      return Bytes.has("> ", s, at, to) && Bytes.contains(" HTTP/", s, max(at, to - 12), to)
    case UInt8(ascii: "H"):
      return Bytes.has("HTTP/1.", s, at, to) || Bytes.has("HTTP/2 ", s, at, to)
    case UInt8(ascii: "$"), UInt8(ascii: "#"): return Bytes.has(" curl ", s, at + 1, to)
    case UInt8(ascii: "c"):
      return Bytes.has("curl -", s, at, to) || Bytes.has("curl http", s, at, to)
    default: return false
    }
  }
}
