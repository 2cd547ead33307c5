internal import CVector

/// Where newlines, blanks, quotes, digits and some slashes stand in a stretch of bytes, found in
/// one pass for all lines in it: the end of a line, or of a field of any length, is then one look
/// away.
///
/// Offsets are those of the span that was given to `scan`.
public struct LineMarks: Sendable {
  /// Bytes marked at once: marks and bytes fit into the first-level cache together.
  public static let longest = 16 << 10

  /// Eight for each 64 bytes (`vector.h`).
  @usableFromInline var words: [UInt64] = []
  /// Newlines, blanks and quotes in order, counted from `start`.
  @usableFromInline var places: [UInt16] = []
  @usableFromInline var start = 0
  @usableFromInline var end = 0
  /// Whether there is an escape (27) in the stretch.
  public private(set) var hasEscape = false
  private let vectors: Int32

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
      words = [UInt64](repeating: 0, count: LineMarks.longest / 64 * 8)
      places = [UInt16](repeating: 0, count: LineMarks.longest + 24)
    }
    let count = min(to - from, LineMarks.longest)
    let vectors = vectors
    hasEscape = unsafe s.extracting(from..<from + count).withUnsafeBufferPointer { bytes in
      unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe places.withUnsafeMutableBufferPointer { places in
          guard let source = bytes.baseAddress, let target = words.baseAddress,
            let list = places.baseAddress
          else { return false }
          // 64 bytes make eight words and at most as many places: `longest` bytes fill both arrays.
          return unsafe why401_marks(source, UInt64(count), target, list, vectors) != 0
        }
      }
    }
    start = from
    end = from + count
  }

  /// Nothing is marked: the bytes are gone.
  public mutating func forget() {
    start = 0
    end = 0
  }

  /// Whether all of `from..<to` is marked.
  @inlinable @inline(__always) public func covers(_ from: Int, _ to: Int) -> Bool {
    from >= start && to <= end
  }

  /// The first newline at or after `at`, -1 where none is marked.
  @inlinable @inline(__always) public func newline(_ at: Int) -> Int {
    let found = first(0, false, at, end)
    return found < end ? found : -1
  }
  /// The first blank in `at..<to`, or `to`.
  @inlinable @inline(__always) public func blank(_ at: Int, _ to: Int) -> Int {
    first(1, false, at, to)
  }
  /// The first quote in `at..<to`, or `to`.
  @inlinable @inline(__always) public func quote(_ at: Int, _ to: Int) -> Int {
    first(2, false, at, to)
  }
  /// The end of the run of digits that starts at `at`, `to` at the latest.
  @inlinable @inline(__always) public func digitsEnd(_ at: Int, _ to: Int) -> Int {
    first(3, true, at, to)
  }
  /// The first slash in `at..<to` with which a name of OAuth may begin (`vector.h`), or `to`.
  @inlinable @inline(__always) public func slash(_ at: Int, _ to: Int) -> Int {
    first(4, false, at, to)
  }
  /// The first backslash in `at..<to`, or `to`.
  @inlinable @inline(__always) public func backslash(_ at: Int, _ to: Int) -> Int {
    first(5, false, at, to)
  }

  /// How many places stand before `at`, which is marked or the end of what is.
  @inlinable @inline(__always) public func rank(_ at: Int) -> Int {
    guard at > start, at <= end else { return 0 }
    let place = at &- 1 &- start
    let index = (place &>> 6) &* 8
    let before = words[index &+ 6] & (.max &>> UInt64(truncatingIfNeeded: 63 &- (place & 63)))
    return Int(truncatingIfNeeded: words[index &+ 7]) &+ before.nonzeroBitCount
  }

  /// The offset of a place: a newline, blank or quote.
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
    let index = (place &>> 6) &* 8 &+ 3
    let shift = UInt64(truncatingIfNeeded: place & 63)
    var bits = words[index] &>> shift
    if shift > 0, index &+ 8 < words.count { bits |= words[index &+ 8] &<< (64 &- shift) }
    return bits & (.max &>> UInt64(truncatingIfNeeded: 64 &- count))
  }

  @inlinable @inline(__always)
  func first(_ kind: Int, _ isInverted: Bool, _ at: Int, _ to: Int) -> Int {
    guard at >= start, at < to, to <= end else { return to }
    let place = at &- start
    let flip: UInt64 = isInverted ? .max : 0
    var block = place &>> 6
    var bits =
      (words[block &* 8 &+ kind] ^ flip) & (.max &<< UInt64(truncatingIfNeeded: place & 63))
    let last = (to &- 1 &- start) &>> 6
    while bits == 0 {
      block &+= 1
      if block > last { return to }
      bits = words[block &* 8 &+ kind] ^ flip
    }
    return min(to, start &+ block &<< 6 &+ bits.trailingZeroBitCount)
  }
}
