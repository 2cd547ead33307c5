internal import ByteScan
internal import Evidence

/// The last stamp of a log, by its bytes: neighbours are mostly of one second, and comparing is ten
/// times as fast as reading.
package struct StampMemory: Sendable {
  private var a: UInt64 = 0
  private var b: UInt64 = 0
  private var c: UInt64 = 0
  private var d: UInt64 = 0
  private var time = Instant.unknown
  /// Bytes of `21/Aug/2026:10:00:00 +0000`.
  static let commonLength = 26

  package init() {}

  /// The time of a stamp of the Common Log Format with its zone at `at`; `nil` where there is none of
  /// just this length.
  mutating func common(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Instant? {
    guard at + StampMemory.commonLength < to else { return nil }
    let words = (
      Bytes.word(s, at), Bytes.word(s, at + 8), Bytes.word(s, at + 16), Bytes.word(s, at + 18)
    )
    if words.0 == a, words.1 == b, words.2 == c, words.3 == d { return time }
    guard let stamp = TimeStamp.common(s, at, to), stamp.hasZone,
      stamp.end == at + StampMemory.commonLength
    else { return nil }
    time = Instant(nanoseconds: stamp.nanoseconds)
    (a, b, c, d) = words
    return time
  }
}
