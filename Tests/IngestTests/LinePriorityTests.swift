import Testing

@testable import Ingest

@Suite struct LinePriorityTests {
  @Test func `a line's priority is its own, wherever it stands`() {
    for length in [0, 1, 7, 8, 63, 64, 65, 127, 128, 129, 500] {
      let line = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let padded = [1, 2, 3] + line + [9, 9]
      let alone = LinePriority.of(line.span, 0, length)
      #expect(LinePriority.of(padded.span, 3, 3 + length) == alone)
      guard length > 0 else { continue }
      var other = line
      other[length - 1] ^= 1
      #expect(LinePriority.of(other.span, 0, length) != alone)
      other = line
      other[0] ^= 1
      #expect(LinePriority.of(other.span, 0, length) != alone)
    }
  }
}
