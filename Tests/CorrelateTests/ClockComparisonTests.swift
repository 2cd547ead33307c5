import Evidence
import Testing

@testable import Correlate

/// Clocks are compared by answers that two logs have in common.
@Suite struct ClockComparisonTests {
  private static func stamps(
    _ times: [Double], status: UInt16, late: Double = 0, in source: UInt16
  ) -> [ClockComparison.Stamp] {
    times.enumerated().map { k, time in
      var r = Request(citation: Citation(source: source, number: k + 1))
      r.end = Instant(nanoseconds: 0).advanced(seconds: 1000 + time + late)
      r.status = status
      return ClockComparison.Stamp(answer: r)
    }
  }

  private static let times = (0..<40).map { Double($0 * $0 % 97) * 3.7 }

  @Test func `answers of the same status show an offset`() {
    let offset = ClockComparison.compare(
      "orders", Self.stamps(Self.times, status: 200, late: -72, in: 0),
      Self.stamps(Self.times, status: 200, in: 1))
    #expect(offset.map { ($0.seconds * 10).rounded() / 10 } == -72)
  }

  @Test func `a refusal is not what another log calls a success`() {
    #expect(
      ClockComparison.compare(
        "orders", Self.stamps(Self.times, status: 200, late: -72, in: 0),
        Self.stamps(Self.times, status: 401, in: 1)) == nil)
  }
}
