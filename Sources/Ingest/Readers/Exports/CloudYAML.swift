internal import ByteScan

/// Entries as `gcloud logging read` prints them unless it is asked for JSON: YAML documents of maps and texts, each of
/// which becomes a JSON object on the line behind its `---`. Lists are left out: no entry has a line in one.
///
/// <https://cloud.google.com/sdk/gcloud/reference/logging/read>
struct CloudYAML: FlowRewriter {
  /// Maps inside one another, at most.
  private static let deepest = 16

  /// A document that is longer than lines of logs may be stays as it is; so does the rest of it.
  private var isPassing = false

  /// `---`, and an entry's own member soon.
  static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    if Bytes.has("\u{feff}", s, at, to) { at += 3 }
    return (Bytes.has("---\n", s, at, to) || Bytes.has("---\r\n", s, at, to))
      && (Bytes.find("\ninsertId: ", s, at, to) > 0 || Bytes.find("\nlogName: ", s, at, to) > 0)
  }

  mutating func rewrite(_ s: Span<UInt8>, isLast: Bool, into out: inout [UInt8]) -> Int {
    var start = 0
    while start < s.count {
      let next = Bytes.find("\n---", s, start, s.count)
      if next < 0, !isLast {
        guard s.count - start > LineFeed.longest else { return start }
        // Nothing is known of its end: what is here stays, up to a whole line.
        var end = s.count
        while end > start, s[end - 1] != 10 { end -= 1 }
        guard end > start else { return start }
        Bytes.append(s, start, end, to: &out)
        isPassing = true
        return end
      }
      let end = next < 0 ? s.count : next + 1
      if isPassing {
        Bytes.append(s, start, end, to: &out)
      } else {
        document(s, start, end, into: &out)
      }
      isPassing = false
      start = end
    }
    return s.count
  }

  private struct Line {
    var start: Int
    var end: Int
    var indent: Int
    var isBlank: Bool { start >= end }
  }

  private func document(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) {
    var lines: [Line] = []
    var at = from
    var newlines = 0
    while at < to {
      let newline = Bytes.findFar(10, s, at, to)
      var end = newline < 0 ? to : newline
      if newline >= 0 { newlines += 1 }
      if end > at, s[end - 1] == 13 { end -= 1 }
      let start = Bytes.skipBlanks(s, at, end)
      lines.append(Line(start: start, end: end, indent: start - at))
      at = (newline < 0 ? to : newline) + 1
    }
    var i = 0
    if let first = lines.first, Bytes.has("---", s, first.start, first.end) {
      i = 1
      if newlines > 0 {
        out.append(10)
        newlines -= 1
      }
    }
    if i < lines.count { map(s, lines, &i, indent: 0, depth: 0, into: &out) }
    for _ in 0..<newlines { out.append(10) }
  }

  /// The members at one indentation.
  private func map(
    _ s: Span<UInt8>, _ lines: [Line], _ i: inout Int, indent: Int, depth: Int,
    into out: inout [UInt8]
  ) {
    out.append(UInt8(ascii: "{"))
    var isFirst = true
    while i < lines.count {
      let line = lines[i]
      if line.isBlank {
        i += 1
        continue
      }
      if line.indent < indent { break }
      guard line.indent == indent, s[line.start] != UInt8(ascii: "-"),
        let colon = CloudYAML.colon(s, line)
      else {
        // A list, or what belongs to nothing.
        i += 1
        continue
      }
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      name(s, line.start, colon, into: &out)
      out.append(UInt8(ascii: ":"))
      i += 1
      value(s, lines, &i, Bytes.skipBlanks(s, colon + 1, line.end), line, depth, into: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  /// The colon behind a name, which may be quoted.
  private static func colon(_ s: Span<UInt8>, _ line: Line) -> Int? {
    var i = line.start
    if s[i] == UInt8(ascii: "'") || s[i] == UInt8(ascii: "\"") {
      i = Bytes.find(s[i], s, i + 1, line.end)
      if i < 0 { return nil }
    }
    while i < line.end {
      if s[i] == UInt8(ascii: ":"), i + 1 == line.end || s[i + 1] == 32 { return i }
      i += 1
    }
    return nil
  }

  private func name(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) {
    let isQuoted = s[from] == UInt8(ascii: "'") || s[from] == UInt8(ascii: "\"")
    var text: [UInt8] = []
    Bytes.append(s, isQuoted ? from + 1 : from, isQuoted ? max(from + 1, to - 1) : to, to: &text)
    JSONOutput.quote(text[...], into: &out)
  }

  private func value(
    _ s: Span<UInt8>, _ lines: [Line], _ i: inout Int, _ from: Int, _ line: Line, _ depth: Int,
    into out: inout [UInt8]
  ) {
    guard from < line.end else {
      // A map, a list, or nothing.
      if i < lines.count, lines[i].indent > line.indent, !lines[i].isBlank,
        s[lines[i].start] != UInt8(ascii: "-"), depth < CloudYAML.deepest
      {
        map(s, lines, &i, indent: lines[i].indent, depth: depth + 1, into: &out)
      } else {
        skip(s, lines, &i, line.indent)
        Bytes.append("null", to: &out)
      }
      return
    }
    var text: [UInt8] = []
    switch s[from] {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      // The lines below it, however they are folded.
      var inner = -1
      while i < lines.count, lines[i].isBlank || lines[i].indent > line.indent {
        if inner < 0, !lines[i].isBlank { inner = lines[i].indent }
        if !text.isEmpty { text.append(10) }
        let extra = max(0, lines[i].indent - max(0, inner))
        if !lines[i].isBlank {
          Bytes.append(s, lines[i].start - extra, lines[i].end, to: &text)
        }
        i += 1
      }
      while text.last == 10 { text.removeLast() }
    case UInt8(ascii: "'"):
      text = folded(s, lines, &i, from, line)
      text = CloudYAML.unquoted(text)
    case UInt8(ascii: "\""):
      text = folded(s, lines, &i, from, line)
      let end = JSONWalk.stringEnd(text.span, 1, text.count).end
      var plain: [UInt8] = []
      JSONWalk.unescape(text.span, 1, end < 0 ? text.count : end, into: &plain)
      text = plain
    default: text = folded(s, lines, &i, from, line)
    }
    JSONOutput.quote(text[...], into: &out)
  }

  /// A text that may go on in deeper lines, which a blank joins.
  private func folded(
    _ s: Span<UInt8>, _ lines: [Line], _ i: inout Int, _ from: Int, _ line: Line
  ) -> [UInt8] {
    var text: [UInt8] = []
    Bytes.append(s, from, line.end, to: &text)
    while i < lines.count, lines[i].indent > line.indent, !lines[i].isBlank {
      text.append(32)
      Bytes.append(s, lines[i].start, lines[i].end, to: &text)
      i += 1
    }
    return text
  }

  /// `'it''s'`
  private static func unquoted(_ text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    var i = 1
    while i < text.count {
      if text[i] == UInt8(ascii: "'") {
        guard i + 1 < text.count, text[i + 1] == UInt8(ascii: "'") else { break }
        i += 1
      }
      plain.append(text[i])
      i += 1
    }
    return plain
  }

  /// Passes over what is deeper than a name, and over a list that is not.
  private func skip(_ s: Span<UInt8>, _ lines: [Line], _ i: inout Int, _ indent: Int) {
    while i < lines.count,
      lines[i].isBlank || lines[i].indent > indent
        || lines[i].indent == indent && s[lines[i].start] == UInt8(ascii: "-")
    {
      i += 1
    }
  }
}
