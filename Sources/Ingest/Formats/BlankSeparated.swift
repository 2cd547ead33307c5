internal import ByteScan

/// Walks fields between blanks, of which some are quoted. Past the end every field is empty.
struct BlankSeparated {
  struct Field: BitwiseCopyable {
    var start: Int
    var end: Int
  }
  private var at: Int
  private let to: Int

  init(_ from: Int, _ to: Int) {
    at = from
    self.to = to
  }

  mutating func next(_ s: Span<UInt8>) -> Field {
    guard at < to else { return Field(start: to, end: to) }
    if s[at] == UInt8(ascii: "\"") {
      let close = Quoted.end(s, at + 1, to)
      let field = Field(start: at + 1, end: close < 0 ? to : close)
      at = close < 0 ? to : close + 2
      return field
    }
    let end = Quoted.wordEnd(s, at, to)
    let field = Field(start: at, end: end)
    at = end + 1
    return field
  }
}
