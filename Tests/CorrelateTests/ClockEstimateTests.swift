import Evidence
import Testing

@testable import Correlate

/// Clocks are compared by calls that two logs tell of.
@Suite struct ClockEstimateTests {
  /// Times of calls in seconds: neither even nor in bursts, over some hours.
  private static let times = (0..<400).map { (i: Int) -> Double in
    Double(i * 7919 % 9973) + Double(i % 7) * 0.13
  }

  private static func call(_ time: Double, _ number: Int, coarse: Bool = false) -> Request {
    var r = Request(citation: Citation(source: 1, number: number + 1))
    r.end = Instant(nanoseconds: 0).advanced(
      seconds: 100_000 + (coarse ? time.rounded(.down) : time))
    r.start = r.end.advanced(seconds: -0.04)
    r.isCoarse = coarse
    return r
  }

  private static func clue(_ time: Double, _ number: Int, key: UInt64 = 0) -> ClockSeries.Clue {
    ClockSeries.Clue(
      time: Instant(nanoseconds: 0).advanced(seconds: 100_000 + time),
      citation: Citation(source: 0, number: number + 1), key: key)
  }

  /// A log whose clock is ahead by `late` seconds at a time by the edge's.
  private static func series(
    _ times: [Double] = times, coarse: Bool = false, late: (Double) -> Double
  ) -> ClockSeries {
    ClockSeries(
      times.enumerated().map { clue($1 - 0.02 + late($1), $0) },
      times.enumerated().map { ClockSeries.Call(call($1, $0, coarse: coarse)) })
  }

  @Test(arguments: [47.0, -3, -90, 18_000, -17_973.5], [false, true])
  func `a constant offset is found to the second`(late: Double, coarse: Bool) throws {
    let found = try #require(ClockEstimate.of(Self.series(coarse: coarse) { _ in late }))
    #expect(abs(found.seconds - late) < 0.5)
    #expect(found.drift == 0)
    #expect(found.pairs > 300)
    #expect(found.examples.map(\.source) == [0, 1])
  }

  @Test func `clocks that agree have no offset`() {
    #expect(ClockEstimate.of(Self.series { _ in 0 }) == nil)
    #expect(ClockEstimate.of(Self.series { _ in 0.04 }) == nil)
    #expect(ClockEstimate.of(Self.series(coarse: true) { _ in 0.3 }) == nil)
  }

  @Test(arguments: [0.4, -0.4, 0.2])
  func `tenths of a second are found where stamps are finer`(late: Double) throws {
    let found = try #require(ClockEstimate.of(Self.series { _ in late }))
    #expect(abs(found.seconds - late) < 0.05)
    #expect(found.pairs > 300)
  }

  @Test func `clues that lie before and behind their calls by unlike tenths show no offset`() {
    #expect(ClockEstimate.of(Self.series { $0.truncatingRemainder(dividingBy: 0.9) - 0.45 }) == nil)
  }

  @Test func `a clock that loses seconds over hours drifts`() throws {
    let found = try #require(ClockEstimate.of(Self.series { 2 - $0 * 0.0009 }))
    #expect(abs(found.drift + 0.0009) < 0.0001)
    let end = Instant(nanoseconds: 0).advanced(seconds: 100_000 + 9900)
    #expect(abs(found.seconds + found.drift * (end - found.reference) - (2 - 9900 * 0.0009)) < 0.3)
    #expect(found.pairs > 300)
  }

  @Test func `a rhythm fits many offsets and shows none`() {
    let even = (0..<200).map { Double($0) * 0.5 }
    let series = ClockSeries(
      even[60..<140].enumerated().map { Self.clue($1 + 8, $0) },
      even.enumerated().map { ClockSeries.Call(Self.call($1, $0)) })
    #expect(ClockEstimate.of(series) == nil)
  }

  @Test func `unrelated lines show no offset`() {
    let series = ClockSeries(
      Self.times.enumerated().map { Self.clue((1 - $1 / 9973) * 9973 * 0.71 + 11, $0) },
      Self.times.enumerated().map { ClockSeries.Call(Self.call($1, $0)) })
    #expect(ClockEstimate.of(series) == nil)
  }

  @Test func `an answer is compared only with answers that agree in what was asked`() {
    let series = ClockSeries(
      Self.times.enumerated().map { Self.clue($1 + 47, $0, key: 7) },
      Self.times.enumerated().map { ClockSeries.Call(Self.call($1, $0), key: 8) })
    #expect(series.clues.isEmpty)
    #expect(ClockEstimate.of(series) == nil)
  }

  @Test func `stretches of a long log are compared with all calls`() throws {
    let long = (0..<20_000).map { (i: Int) -> Double in
      Double(i * 3) + Double(i * 7919 % 997) / 200
    }
    let found = try #require(ClockEstimate.of(Self.series(long) { _ in -3600 }))
    #expect(abs(found.seconds + 3600) < 0.5)
    #expect(found.pairs <= ClockSeries.most)
  }
}
