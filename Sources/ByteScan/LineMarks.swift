internal import CVector

/// Where lines end in a stretch of bytes, and where blanks, quotes, digits and some slashes stand, found
/// in one pass for all lines in it: fields are then found by their number.
///
/// Offsets are those of the span that was given to `scan`. A place is a newline, a blank or a quote; its
/// rank is how many come before it.
public struct LineMarks: Sendable {
  /// Bytes marked at once: marks and bytes fit into the first-level cache together.
  public static let longest = 16 << 10

  /// Two for each 64 bytes (`vector.h`).
  @usableFromInline var words: [UInt64] = []
  /// Counted from `start`.
  @usableFromInline var places: [UInt16] = []
  @usableFromInline var quotes: [UInt16] = []
  private var lines: [why401_line] = []
  private var lineCount = 0
  private var nextLine = 0
  @usableFromInline var start = 0
  @usableFromInline var end = 0
  /// Whether there is an escape (27) in the stretch.
  public private(set) var hasEscape = false
  private let vectors: Int32

  /// The line that `takeLine` found last.
  @usableFromInline var lineStart = -1
  @usableFromInline var lineEnd = -1
  /// The rank of its first place.
  public private(set) var first = 0
  /// The rank of its newline.
  public private(set) var last = -1
  /// How many quotes are in it.
  public private(set) var quoteCount = 0
  @usableFromInline var firstQuote = 0

  public init() { self.init(vectors: LineMarks.mostVectors) }

  /// `vectors`: 0 for those that every processor has, to `mostVectors`.
  package init(vectors: Int32) { self.vectors = min(vectors, LineMarks.mostVectors) }

  /// What this processor has.
  package static let mostVectors = why401_vectors()

  /// Marks `s[from..<to]`, and no more than `longest` bytes of it.
  public mutating func scan(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    forget()
    guard from >= 0, from < to, to <= s.count else { return }
    if words.isEmpty {
      // As many places as bytes; `why401_marks` may write over 64 more.
      let most = LineMarks.longest + 64
      words = [UInt64](repeating: 0, count: LineMarks.longest / 64 * 2)
      places = [UInt16](repeating: 0, count: most)
      quotes = places
      lines = [why401_line](repeating: why401_line(), count: most)
    }
    let count = min(to - from, LineMarks.longest)
    let vectors = vectors
    var escapes: UInt64 = 0
    let found = unsafe s.extracting(from..<from + count).withUnsafeBufferPointer { bytes in
      unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe places.withUnsafeMutableBufferPointer { places in
          unsafe quotes.withUnsafeMutableBufferPointer { quotes in
            unsafe lines.withUnsafeMutableBufferPointer { lines -> UInt64 in
              guard let source = bytes.baseAddress else { return 0 }
              let target = unsafe why401_found(
                words: words.baseAddress, places: places.baseAddress, quotes: quotes.baseAddress,
                lines: lines.baseAddress)
              return unsafe why401_marks(source, UInt64(count), target, &escapes, vectors)
            }
          }
        }
      }
    }
    hasEscape = escapes != 0
    lineCount = Int(truncatingIfNeeded: found)
    lineEnd = from - 1
    start = from
    end = from + count
  }

  /// Nothing is marked: the bytes are gone.
  public mutating func forget() {
    start = 0
    end = 0
    lineCount = 0
    nextLine = 0
    lineStart = -1
    lineEnd = -1
    last = -1
    firstQuote = 0
    quoteCount = 0
  }

  /// Goes to the line that begins at `from`, behind the one before: where its newline stands, -1 where
  /// none is marked.
  public mutating func takeLine(_ from: Int) -> Int {
    guard nextLine < lineCount, from == lineEnd &+ 1 else { return -1 }
    let line = lines[nextLine]
    first = last &+ 1
    last = Int(line.places)
    firstQuote &+= quoteCount
    quoteCount = Int(line.quotes) &- firstQuote
    nextLine &+= 1
    lineStart = from
    lineEnd = place(last)
    return lineEnd
  }

  /// Whether `from..<to` is the line that `takeLine` found, with or without a CR at its end.
  @inlinable @inline(__always) public func isLine(_ from: Int, _ to: Int) -> Bool {
    from == lineStart && (to == lineEnd || to == lineEnd &- 1)
  }

  /// The offset of the quote of a number, from 0, in the line that `takeLine` found.
  @inlinable @inline(__always) public func quote(_ number: Int) -> Int {
    start &+ Int(quotes[firstQuote &+ number])
  }
  /// The first slash in `at..<to` with which a name of OAuth may begin (`vector.h`), or `to`.
  @inlinable @inline(__always) public func slash(_ at: Int, _ to: Int) -> Int {
    guard at >= start, at < to, to <= end else { return to }
    let place = at &- start
    var block = place &>> 6
    var bits = words[block &* 2 &+ 1] & (.max &<< UInt64(truncatingIfNeeded: place & 63))
    let last = (to &- 1 &- start) &>> 6
    while bits == 0 {
      block &+= 1
      if block > last { return to }
      bits = words[block &* 2 &+ 1]
    }
    return min(to, start &+ block &<< 6 &+ bits.trailingZeroBitCount)
  }

  /// The offset of the place of a rank.
  @inlinable @inline(__always) public func place(_ rank: Int) -> Int {
    start &+ Int(places[rank])
  }

  /// Whether there are only digits in `from..<to`, at least one and at most 18.
  @inlinable @inline(__always) public func isNumber(_ from: Int, _ to: Int) -> Bool {
    let count = to &- from
    return count > 0 && count <= 18
      && digits(from, count) == (1 &<< UInt64(truncatingIfNeeded: count)) &- 1
  }

  /// Bit i is set where byte `at` + i is a digit, for the first `count` bytes (at most 64), which
  /// are marked.
  @inlinable @inline(__always) public func digits(_ at: Int, _ count: Int) -> UInt64 {
    guard at >= start, count > 0, count <= 64, at &+ count <= end else { return 0 }
    let place = at &- start
    let index = (place &>> 6) &* 2
    let shift = UInt64(truncatingIfNeeded: place & 63)
    var bits = words[index] &>> shift
    if shift > 0, index &+ 2 < words.count { bits |= words[index &+ 2] &<< (64 &- shift) }
    return bits & (.max &>> UInt64(truncatingIfNeeded: 64 &- count))
  }
}
