internal import CVector

/// What lines of one layout have in common: the bytes between their values. A line of the same shape is
/// taken apart by comparing those, without asking what they mean.
///
/// Values are texts without quotes and backslashes, up to the next quote, and numbers. Where all else is
/// equal, so is all that a reader makes of it, but for what the values say. Never copied: it is asked for every line.
public struct LineShape: ~Copyable, Sendable {
  public struct Value: Sendable, BitwiseCopyable {
    public enum Kind: UInt8, Sendable, BitwiseCopyable {
      /// Ends at a quote.
      case text
      /// Ends at the backslash of an escaped quote.
      case escaped
      /// Digits, `.`, `-`, `+`, `e`; begins with a digit or `-`.
      case number
    }
    public var kind: Kind
    public var start: Int
    public var end: Int
    /// What it is, to whoever learnt the shape, below `roles`; several may be the same.
    public var role: UInt8

    public init(_ kind: Kind, _ start: Int, _ end: Int, role: UInt8) {
      self.kind = kind
      self.start = start
      self.end = end
      self.role = role
    }
  }

  /// Values of one line, at most.
  public static let mostValues = 96
  /// Different roles.
  public static let roles = 64
  private static let mostBytes = 6 << 10

  /// Bytes that stay, and the value behind them.
  private struct Run: Sendable, BitwiseCopyable {
    /// Where they begin in `words`, and how many there are.
    var first: Int32
    var count: Int32
    /// `nil`: the line ends.
    var value: Value.Kind?
    /// The bits of the last word that count.
    var mask: UInt64
  }

  /// What stays, each run filled up to whole words.
  private var words: [UInt64] = []
  private var runs: [Run] = []
  /// The same for a line without blanks in its values (`LineMarks`): where a run begins is told by a place in it.
  private var marked: [why401_run] = []
  private var fixed: [UInt8] = []
  private var placeCount = 0
  /// Every run but the last one has a place.
  private var isPlaced = true
  /// How many there are in such a line.
  public private(set) var quotes = 0
  public private(set) var backslashes = 0
  /// By value.
  public internal(set) var roles: [UInt8] = []
  /// A note of whoever learnt the shape.
  public var note: UInt8 = 0

  /// The shape of `s[from..<to]`, in which values stand at these places, in order; `nil` where they could
  /// not be found again by it.
  public init?(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ values: [Value]) {
    guard from >= 0, from < to, to <= s.count, values.count <= LineShape.mostValues else {
      return nil
    }
    var at = from
    for value in values {
      guard value.start >= at, value.start <= value.end, value.end < to,
        value.role < LineShape.roles,
        LineShape.isValue(s, value), value.kind == .number || value.start > at
      else { return nil }
      append(s, at, value.start, value.kind)
      roles.append(value.role)
      at = value.end
    }
    append(s, at, to, nil)
    fixed += [UInt8](repeating: 0, count: 64)
    guard words.count * 8 <= LineShape.mostBytes else { return nil }
  }

  private static func isValue(_ s: Span<UInt8>, _ value: Value) -> Bool {
    let isPlain =
      Bytes.find(UInt8(ascii: "\""), or: UInt8(ascii: "\\"), s, value.start, value.end) < 0
    switch value.kind {
    case .text: return isPlain && s[value.end] == UInt8(ascii: "\"")
    case .escaped: return isPlain && Bytes.has("\\\"", s, value.end, s.count)
    case .number: return numberEnd(s, value.start) == value.end
    }
  }

  private mutating func append(_ s: Span<UInt8>, _ from: Int, _ to: Int, _ value: Value.Kind?) {
    var run = Run(
      first: Int32(words.count), count: Int32(to - from), value: value, mask: .max)
    var i = from
    while i < to {
      var word: UInt64 = 0
      let length = min(8, to - i)
      for k in 0..<length {
        let byte = s[i + k]
        word |= UInt64(byte) << UInt64(k * 8)
        if byte == UInt8(ascii: "\"") { quotes += 1 }
        if byte == UInt8(ascii: "\\") { backslashes += 1 }
      }
      if length < 8 { run.mask = 1 << UInt64(length * 8) - 1 }
      words.append(word)
      i += 8
    }
    runs.append(run)
    mark(s, from, to, isLast: value == nil)
  }

  private mutating func mark(_ s: Span<UInt8>, _ from: Int, _ to: Int, isLast: Bool) {
    var first = -1
    var run = why401_run(
      first: UInt32(fixed.count), count: UInt32(to - from), place: UInt32(placeCount),
      before: UInt32(to - from))
    for i in from..<to {
      fixed.append(s[i])
      guard s[i] == UInt8(ascii: "\"") || s[i] == 32 else { continue }
      placeCount += 1
      if first < 0 { first = i - from }
    }
    if first >= 0 { run.before = UInt32(first) }
    // The last one may be told by the newline.
    if first < 0, !isLast { isPlaced = false }
    marked.append(run)
  }

  /// The same as the other one, for a line that is marked; `nil` where the marks do not tell.
  ///
  /// - Parameter starts: room for one more than there are values.
  @inline(__always)
  func matches(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ marks: borrowing LineMarks,
    _ starts: inout [UInt32], _ places: inout [LineShapes.Place], _ first: Int
  ) -> Bool? {
    guard isPlaced, marks.placeCount == placeCount, marks.isLineEnd(to), to &+ 64 <= s.count,
      marked.count <= starts.count
    else { return nil }
    let base = marks.start
    let differences = marks.compare(s, marked, fixed, to, &starts)
    guard differences == 0, base &+ Int(starts[0]) == from else { return false }
    var values = places.mutableSpan
    var end = from &+ Int(marked[0].count)
    for i in 1..<marked.count {
      let start = base &+ Int(starts[i])
      if runs[i &- 1].value == .number, LineShape.numberEnd(s, end) != start { return false }
      values[first &+ i &- 1] = LineShapes.Place(from: end, to: start)
      end = start &+ Int(marked[i].count)
    }
    return end == to
  }

  /// Whether the line `s[from..<to]`, which has as many backslashes, has this shape; then `places` holds where its
  /// values begin and end.
  ///
  /// - Parameter places: at least `roles.count` from `first` on.
  @inline(__always)
  func matches(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ places: inout [LineShapes.Place], _ first: Int
  ) -> Bool {
    // What is compared beyond the end is masked, but it must be there.
    guard to &+ 8 <= s.count else { return false }
    let runs = runs.span
    let words = words.span
    var values = places.mutableSpan
    var at = from
    for i in runs.indices {
      let run = runs[i]
      let next = at &+ Int(run.count)
      guard next <= to else { return false }
      var word = Int(run.first)
      while at &+ 8 < next {
        if Bytes.word(s, at) != words[word] { return false }
        at &+= 8
        word &+= 1
      }
      if at < next, (Bytes.word(s, at) ^ words[word]) & run.mask != 0 { return false }
      at = next
      guard let kind = run.value else { return at == to }
      var end = to
      switch kind {
      case .number: end = LineShape.numberEnd(s, at)
      case .text: end = Bytes.find(UInt8(ascii: "\""), s, at, to)
      case .escaped: end = Bytes.find(UInt8(ascii: "\""), s, at, to) &- 1
      }
      guard end >= at, end < to else { return false }
      values[first &+ i] = LineShapes.Place(from: at, to: end)
      at = end
    }
    return false
  }

  /// Where the number that begins at `at` ends; -1 where none begins.
  @inline(__always)
  private static func numberEnd(_ s: Span<UInt8>, _ at: Int) -> Int {
    guard at < s.count, Bytes.isDigit(s[at]) || s[at] == UInt8(ascii: "-") else { return -1 }
    var i = at
    if at &+ 8 <= s.count { i &+= Bytes.nonDigits(Bytes.word(s, at)).trailingZeroBitCount &>> 3 }
    while i < s.count, isNumeral(s[i]) { i &+= 1 }
    return i
  }

  private static func isNumeral(_ c: UInt8) -> Bool {
    Bytes.isDigit(c) || c == UInt8(ascii: ".") || c == UInt8(ascii: "-") || c == UInt8(ascii: "+")
      || c | 0x20 == UInt8(ascii: "e")
  }
}
