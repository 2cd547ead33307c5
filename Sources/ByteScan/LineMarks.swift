internal import CVector

/// Where lines end in a stretch of bytes, and where blanks and quotes stand, found in one pass for all lines
/// in it: fields are then found by their number.
///
/// A place is a newline, a blank or a quote.
public struct LineMarks: Sendable {
  /// Bytes marked at once: marks and bytes fit into the first-level cache together.
  public static let longest = 16 << 10

  /// All places, counted from `start`.
  public private(set) var places: [UInt16] = []
  private(set) var lines: [why401_line] = []
  private(set) var lineCount = 0
  private var nextLine = 0
  /// The stretch, in the span that was given to `scan`.
  public private(set) var start = 0
  public private(set) var end = 0
  /// Whether there is an escape (27) in the stretch.
  public private(set) var hasEscape = false
  /// Which vectors are used.
  public let vectors: Int32

  /// The line that `takeLine` found last.
  private var lineStart = -1
  private var lineEnd = -1
  /// Where its places begin among all, and the last of them, which is its newline.
  public private(set) var firstPlace = 0
  public private(set) var newlinePlace = -1
  /// How many quotes are in it, and how many backslashes.
  public private(set) var quoteCount = 0
  public private(set) var lineBackslashes = 0

  public init() { self.init(vectors: LineMarks.mostVectors) }

  /// `vectors`: 0 for those that every processor has, to `mostVectors`.
  package init(vectors: Int32) { self.vectors = min(vectors, LineMarks.mostVectors) }

  /// What this processor has.
  package static let mostVectors = why401_vectors()

  /// Marks `s[from..<to]`, and no more than `longest` bytes of it.
  public mutating func scan(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    forget()
    guard from >= 0, from < to, to <= s.count else { return }
    if places.isEmpty {
      // As many places as bytes; `why401_marks` may write over 64 more.
      let most = LineMarks.longest + 64
      places = [UInt16](repeating: 0, count: most)
      lines = [why401_line](repeating: why401_line(), count: most)
    }
    let count = min(to - from, LineMarks.longest)
    let vectors = vectors
    var escapes: UInt64 = 0
    let found = unsafe s.extracting(from..<from + count).withUnsafeBufferPointer { bytes in
      unsafe places.withUnsafeMutableBufferPointer { places in
        unsafe lines.withUnsafeMutableBufferPointer { lines -> UInt64 in
          guard let source = bytes.baseAddress else { return 0 }
          let target = unsafe why401_found(places: places.baseAddress, lines: lines.baseAddress)
          return unsafe why401_marks(source, UInt64(count), target, &escapes, vectors)
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
    firstPlace = 0
    newlinePlace = -1
    quoteCount = 0
    lineBackslashes = 0
  }

  /// Goes to the line that begins at `from`, behind the one before, or stays at it: where its newline stands,
  /// -1 where none is marked.
  public mutating func takeLine(_ from: Int) -> Int {
    guard from == lineEnd &+ 1, nextLine < lineCount else {
      return from == lineStart ? lineEnd : -1
    }
    return take(nextLine)
  }

  /// The number of the line that begins at `from`: the one that was taken last, or the one behind it; `nil` for others.
  func line(at from: Int) -> Int? {
    if from == lineStart { return nextLine &- 1 }
    return from == lineEnd &+ 1 && nextLine < lineCount ? nextLine : nil
  }

  /// Goes to a line by its number: where its newline stands.
  mutating func take(_ number: Int) -> Int {
    let line = lines[number]
    let before = number > 0 ? lines[number &- 1] : why401_line()
    firstPlace = number > 0 ? Int(before.places) &+ 1 : 0
    newlinePlace = Int(line.places)
    quoteCount = Int(line.quotes) &- Int(before.quotes)
    lineBackslashes = Int(line.backslashes) &- Int(before.backslashes)
    lineStart = number > 0 ? start &+ Int(places[firstPlace &- 1]) &+ 1 : start
    lineEnd = start &+ Int(places[newlinePlace])
    nextLine = number &+ 1
    return lineEnd
  }

  /// Whether `from..<to` is the line that `takeLine` found, with or without a CR at its end.
  public func isLine(_ from: Int, _ to: Int) -> Bool {
    from == lineStart && (to == lineEnd || to == lineEnd &- 1)
  }

  /// How many blanks and quotes are in that line.
  var placeCount: Int { newlinePlace &- firstPlace }

  /// Whether that line ends there, without a CR.
  func isLineEnd(_ to: Int) -> Bool { to == lineEnd }

  /// Compares the runs of a shape with that line, which ends at `to` and has as many places, and writes where they
  /// begin, counted from `start`; 0: all are there. `s` has 64 bytes behind the line.
  func compare(
    _ s: Span<UInt8>, _ runs: [why401_run], _ fixed: [UInt8], _ to: Int, _ starts: inout [UInt32]
  ) -> UInt64 {
    let (from, first, vectors) = (start, firstPlace, vectors)
    return unsafe s.extracting(from..<to &+ 64).withUnsafeBufferPointer { bytes in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe runs.withUnsafeBufferPointer { runs in
          unsafe fixed.withUnsafeBufferPointer { fixed in
            unsafe starts.withUnsafeMutableBufferPointer { starts in
              guard let source = bytes.baseAddress, let place = places.baseAddress else { return 1 }
              return unsafe why401_runs_there(
                source, place + first, runs.baseAddress, UInt64(runs.count), fixed.baseAddress,
                UInt64(to - from), starts.baseAddress, vectors)
            }
          }
        }
      }
    }
  }

  /// Whether there may be a name of OAuth in `s[at..<to]`: never `false` where there is one (`vector.h`). In
  /// doubt where that is long, or the end of `s` is near. Asked with the `vectors` of some marks: handing over all of
  /// them takes longer than the answer.
  public static func mayNameOAuth(
    _ s: Span<UInt8>, _ at: Int, _ to: Int, vectors: Int32
  ) -> Bool {
    let count = to &- at
    guard at >= 0, count > 0, count <= 64, at &+ 64 <= s.count else { return true }
    let slashes = unsafe s.extracting(at..<at &+ 64).withUnsafeBufferPointer { bytes -> UInt64 in
      guard let source = bytes.baseAddress else { return .max }
      return unsafe why401_slashes(source, vectors)
    }
    return slashes & (.max &>> UInt64(truncatingIfNeeded: 64 &- count)) != 0
  }
}
