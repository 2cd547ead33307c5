package import ByteScan
internal import Evidence

/// What a reader keeps from one glance to the next.
package struct GlanceMemory: Sendable {
  var head = HeadMemory()
  var stamp = StampMemory()
  /// Of the line at hand and its neighbours.
  package var marks = LineMarks()
  /// Of lines that were read.
  package var shapes = LineShapes()

  package init() {}
}

/// The last head of a line of the combined format, by its bytes: neighbours are mostly of one second, and
/// comparing is ten times as fast as reading.
struct HeadMemory: Sendable {
  private var a: UInt64 = 0
  private var b: UInt64 = 0
  private var c: UInt64 = 0
  private var d: UInt64 = 0
  /// Shares bytes with `d`, and at first no bytes are both.
  private var e: UInt64 = .max
  private var time = Instant.unknown
  /// Bytes of ` - - [21/Aug/2026:10:00:00 +0000] "`.
  static let length = 35

  /// The time in ` - - [21/Aug/2026:10:00:00 +0000] "` at `at`; `nil` where there is no stamp of just this
  /// length with its zone. `CombinedGlance.reach` bytes are there.
  @inline(__always)
  mutating func read(_ s: RawSpan, _ at: Int) -> Instant? {
    let words = (
      CombinedGlance.word(s, at), CombinedGlance.word(s, at &+ 8),
      CombinedGlance.word(s, at &+ 16), CombinedGlance.word(s, at &+ 24),
      CombinedGlance.word(s, at &+ 27)
    )
    let differences =
      (words.0 ^ a) | (words.1 ^ b) | (words.2 ^ c) | (words.3 ^ d) | (words.4 ^ e)
    if differences == 0 { return time }
    return readAnew(s, at, words)
  }

  @inline(never)
  private mutating func readAnew(
    _ s: RawSpan, _ at: Int, _ words: (UInt64, UInt64, UInt64, UInt64, UInt64)
  ) -> Instant? {
    // ` - - [` and `] "`
    guard words.0 & 0xffff_ffff_ffff == 0x5b20_2d20_2d20, words.4 &>> 40 == 0x22_205d else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: HeadMemory.length)
    for i in bytes.indices {
      bytes[i] = UInt8(truncatingIfNeeded: CombinedGlance.word(s, at &+ i))
    }
    let end = HeadMemory.length - 3
    guard let stamp = TimeStamp.common(bytes.span, 6, bytes.count), stamp.hasZone,
      stamp.end == end
    else { return nil }
    time = Instant(nanoseconds: stamp.nanoseconds)
    (a, b, c, d, e) = words
    return time
  }
}

/// The last stamp of a log, by its bytes.
struct StampMemory: Sendable {
  private var a: UInt64 = 0
  private var b: UInt64 = 0
  private var c: UInt64 = 0
  private var time = Instant.unknown

  /// The time, as if UTC, of HAProxy's `21/Aug/2026:10:00:00.655` at `at`.
  mutating func milliseconds(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Instant? {
    guard at + 24 <= to, s[at + 20] == UInt8(ascii: ".") else { return nil }
    let x = s[at + 21] &- 48
    let y = s[at + 22] &- 48
    let z = s[at + 23] &- 48
    guard x <= 9, y <= 9, z <= 9 else { return nil }
    let words = (Bytes.word(s, at), Bytes.word(s, at + 8), Bytes.word(s, at + 12))
    if words.0 != a || words.1 != b || words.2 != c || !time.isKnown {
      guard let stamp = TimeStamp.common(s, at, at + 20), stamp.isCoarse, !stamp.hasZone,
        stamp.end == at + 20
      else { return nil }
      time = Instant(nanoseconds: stamp.nanoseconds)
      (a, b, c) = words
    }
    let thousandths = Int64(x) * 100 + Int64(y) * 10 + Int64(z)
    return Instant(nanoseconds: time.nanoseconds &+ thousandths &* 1_000_000)
  }
}
