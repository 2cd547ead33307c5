import Evidence
import Testing

@testable import Correlate

@Suite struct SecondsOfLinesTests {
  /// A request stamped in whole seconds.
  private static func request(
    _ line: Int, _ second: Int64, source: UInt16 = 0, writer: UInt32 = 0
  ) -> Request {
    var r = Request(citation: Citation(source: source, number: line))
    r.start = Instant(nanoseconds: second * 1_000_000_000)
    r.end = r.start
    r.isCoarse = true
    r.writer = Symbol(index: writer)
    return r
  }

  /// How many nanoseconds into its second each request is put.
  private static func moved(_ requests: [Request]) -> [Int64] {
    var observations = Observations()
    observations.requests = requests
    let order = LineOrder(observations)
    var refined = requests
    order.refine(&refined)
    return zip(refined, requests).map { $0.end.nanoseconds - $1.end.nanoseconds }
  }

  @Test func `lines of one second divide it, in whatever order they come`() {
    let requests = [Self.request(1, 7), Self.request(4, 7), Self.request(2, 7), Self.request(3, 7)]
    #expect(Self.moved(requests) == [125_000_000, 875_000_000, 375_000_000, 625_000_000])
  }

  @Test func `seconds of other logs, writers and centuries are others`() {
    for second in [-9_000_000_000, -1, 0, 9_000_000_000] as [Int64] {
      let requests = [
        Self.request(1, second), Self.request(2, second, writer: 1),
        Self.request(3, second, source: 1), Self.request(4, second + 1),
        Self.request(5, second, source: 1, writer: 1), Self.request(6, second - 1),
      ]
      #expect(Self.moved(requests) == [Int64](repeating: 500_000_000, count: 6))
    }
  }

  @Test func `logs that take turns are each read as alone, on either side of a minute`() {
    let logs = 20
    let all = (0..<40_000).map { k in
      Self.request(k / logs + 1, Int64(k / 60) - 300, source: UInt16(k % logs))
    }
    let together = Self.moved(all)
    for log in 0..<logs {
      let own = all.indices.filter { Int(all[$0].citation.source) == log }
      #expect(own.map { together[$0] } == Self.moved(own.map { all[$0] }))
    }
  }

  @Test func `where the newest lines stand first, the last line of a second was written first`() {
    // One line each second, but for two in the second 15.
    let newest = (0..<6).map { Self.request($0 < 4 ? $0 + 1 : $0 + 2, 18 - Int64($0)) }
    let requests =
      newest + [
        Self.request(5, 15),
        // Another log in the usual order, and one that is too short to tell.
        Self.request(1, 8, source: 1), Self.request(2, 8, source: 1), Self.request(3, 9, source: 1),
        Self.request(1, 9, source: 2), Self.request(2, 8, source: 2), Self.request(3, 8, source: 2),
      ]
    let (first, half, last) = (250_000_000 as Int64, 500_000_000 as Int64, 750_000_000 as Int64)
    #expect(
      Self.moved(requests) == [
        half, half, half, last, half, half, first, first, last, half, half, first, last,
      ])
  }
}
