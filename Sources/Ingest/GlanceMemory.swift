package import ByteScan
internal import Evidence

/// What a reader keeps from one glance to the next.
package struct GlanceMemory: Sendable {
  /// Of a line in the combined format.
  var head = LineHead()
  var stamp = StampMemory()
  /// Of the line at hand and its neighbours.
  package var marks = LineMarks()
  /// Of lines that were read.
  package var shapes = LineShapes()

  package init() {}
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
