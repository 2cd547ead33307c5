internal import ByteScan

/// The cells of one row (RFC 4180 §2). A quote that is not followed by a separator or the end of the row belongs to
/// the text: some programs do not double them.
struct TableCells {
  struct Cell: BitwiseCopyable {
    var start: Int
    var end: Int
    /// Quoted, so that doubled quotes stand for one.
    var isQuoted: Bool

    /// Appends what the cell says.
    func write(_ s: Span<UInt8>, into out: inout [UInt8]) {
      var i = start
      while i < end {
        let c = s[i]
        out.append(c)
        if isQuoted, c == UInt8(ascii: "\""), i + 1 < end, s[i + 1] == UInt8(ascii: "\"") { i += 1 }
        i += 1
      }
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
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8, isLast: Bool
  ) -> Int? {
    var i = from
    while i < to {
      if s[i] == UInt8(ascii: "\"") {
        guard let end = quotedEnd(s, i, to, separator) else { return isLast ? to : nil }
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
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8
  ) -> Int? {
    var i = from + 1
    while true {
      i = Bytes.findFar(UInt8(ascii: "\""), s, i, to)
      if i < 0 { return nil }
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

  /// Takes the row `s[from..<to]` apart, into `most` cells at most; a line end at its end is none of it.
  mutating func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ separator: UInt8, most: Int
  ) {
    all.removeAll(keepingCapacity: true)
    isWhole = true
    end = to
    if end > from, s[end - 1] == 10 { end -= 1 }
    if end > from, s[end - 1] == 13 { end -= 1 }
    var i = from
    while true {
      if i < end, s[i] == UInt8(ascii: "\""),
        let close = TableCells.quotedEnd(s, i, end, separator)
      {
        all.append(Cell(start: i + 1, end: close, isQuoted: true))
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
