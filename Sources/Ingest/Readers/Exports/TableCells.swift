internal import ByteScan

/// The cells of one row (RFC 4180 §2). A quote that is not followed by a separator or the end of the row belongs to
/// the text: some programs do not double them. Where a backslash escapes (`\"`, MySQL's and Python's `escapechar`), no quote
/// behind one ends a cell.
struct TableCells {
  struct Cell: BitwiseCopyable {
    var start: Int
    var end: Int
    /// Quoted, so that doubled quotes stand for one.
    var isQuoted: Bool
    /// A backslash takes away the meaning of a quote or backslash behind it.
    var isEscaped = false

    /// Appends what the cell says.
    func write(_ s: Span<UInt8>, into out: inout [UInt8]) {
      var i = start
      while i < end {
        var c = s[i]
        if isEscaped, let next = escaped(s, i) {
          c = next
          i += 1
        }
        out.append(c)
        if isQuoted, !isEscaped, c == UInt8(ascii: "\""), i + 1 < end, s[i + 1] == c { i += 1 }
        i += 1
      }
    }

    /// The quote or backslash that the backslash at `i` escapes.
    func escaped(_ s: Span<UInt8>, _ i: Int) -> UInt8? {
      guard isQuoted, s[i] == UInt8(ascii: "\\"), i + 1 < end,
        s[i + 1] == UInt8(ascii: "\"") || s[i + 1] == UInt8(ascii: "\\")
      else { return nil }
      return s[i + 1]
    }
  }

  private(set) var all: [Cell] = []
  /// The row has no more than these.
  private(set) var isWhole = true
  /// Where the row ends, but for its line end.
  private var end = 0

  /// Lets the last cell reach to the end of the row.
  mutating func extendLast() { all[all.count - 1].end = end }

  /// Where the row that begins at `from` ends, behind its line end; `nil` when `s[..<to]` does not hold all of it.
  static func rowEnd(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8, isEscaped: Bool = false,
    isLast: Bool
  ) -> Int? {
    var i = from
    while i < to {
      if s[i] == UInt8(ascii: "\"") {
        guard let end = quotedEnd(s, i, to, separator, isEscaped) else { return isLast ? to : nil }
        i = end + 1
        if i == to, !isLast { return nil }
      }
      while i < to, s[i] != separator, s[i] != 10 { i += 1 }
      guard i < to else { break }
      i += 1
      if s[i - 1] == 10 { return i }
    }
    return isLast ? to : nil
  }

  /// The closing quote of the cell that opens at `from`.
  private static func quotedEnd(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8, _ isEscaped: Bool
  ) -> Int? {
    var i = from + 1
    while true {
      i = Bytes.findFar(UInt8(ascii: "\""), s, i, to)
      if i < 0 { return nil }
      if isEscaped, isBehindBackslash(s, from + 1, i) {
        i += 1
        continue
      }
      let next = i + 1
      guard next < to else { return i }
      if s[next] == UInt8(ascii: "\"") {
        // `""` ends an empty cell, too: `"",`.
        i = next + 1
        continue
      }
      if s[next] == separator || s[next] == 10 || s[next] == 13 { return i }
      i = next
    }
  }

  private static func isBehindBackslash(_ s: Span<UInt8>, _ from: Int, _ quote: Int) -> Bool {
    var i = quote
    while i > from, s[i - 1] == UInt8(ascii: "\\") { i -= 1 }
    return (quote - i) % 2 == 1
  }

  /// Takes the row `s[from..<to]` apart, into `most` cells at most; a line end at its end is none of it.
  mutating func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8, isEscaped: Bool = false, most: Int
  ) {
    all.removeAll(keepingCapacity: true)
    isWhole = true
    end = to
    if end > from, s[end - 1] == 10 { end -= 1 }
    if end > from, s[end - 1] == 13 { end -= 1 }
    var i = from
    while true {
      if i < end, s[i] == UInt8(ascii: "\""),
        let close = TableCells.quotedEnd(s, i, end, separator, isEscaped)
      {
        all.append(Cell(start: i + 1, end: close, isQuoted: true, isEscaped: isEscaped))
        i = close + 1
      } else {
        let start = i
        while i < end, s[i] != separator { i += 1 }
        all.append(Cell(start: start, end: i, isQuoted: false))
      }
      // What stands between a closing quote and the separator is nothing.
      while i < end, s[i] != separator { i += 1 }
      guard i < end else { return }
      i += 1
      if all.count == most {
        isWhole = false
        return
      }
    }
  }
}
