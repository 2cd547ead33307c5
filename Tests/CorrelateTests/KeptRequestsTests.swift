import Evidence
import Testing

@testable import Correlate

@Suite struct KeptRequestsTests {
  /// A request of a line and a second.
  private static func request(_ line: Int, _ second: Int, source: UInt16 = 0) -> Request {
    var r = Request(citation: Citation(source: source, number: line))
    r.start = Instant(nanoseconds: Int64(second) * 1_000_000_000)
    return r
  }

  private static func observations(_ full: [Request], _ sampled: [Request]) -> Observations {
    var observations = Observations()
    observations.requests = full
    for (i, r) in sampled.enumerated() { observations.successes.offer(r, priority: UInt64(i)) }
    return observations
  }

  @Test func `sampled requests are merged among those in full by time and line`() {
    for count in [0, 1, 7, 50] {
      let full = (0..<count).map { Self.request($0 * 2 + 1, $0 / 3) }
      for others in [0, 1, 9, 60] {
        let sampled = (0..<others).map { Self.request($0 * 3 + 2, $0 / 5, source: 1) }
        var observations = Self.observations(full, sampled)
        let kept = KeptRequests(&observations, LineOrder(observations))
        var expected = full + sampled
        expected.sort { ($0.start, $0.citation) < ($1.start, $1.citation) }
        #expect(kept.all.map(\.citation) == expected.map(\.citation))
        let lines = Set(sampled.map(\.citation))
        for i in kept.all.indices {
          #expect(kept.isSampled(i) == lines.contains(kept.all[i].citation))
        }
        #expect(observations.requests.isEmpty)
      }
    }
  }

  @Test func `requests come into the order of time and line from any other`() {
    for count in [0, 1, 2, 50, 333] {
      var state: UInt64 = 401
      var requests = (0..<count).map { line in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Self.request(line, Int(state >> 60))
      }
      requests.shuffle()
      let expected = requests.sorted { ($0.start, $0.citation) < ($1.start, $1.citation) }
      Request.sort(&requests)
      #expect(requests.map(\.citation) == expected.map(\.citation))
      #expect(requests.map(\.start) == expected.map(\.start))
    }
  }

  @Test func `rows that stand near their places are sorted as those that stand anywhere`() {
    var state: UInt64 = 401
    let written = (0..<5000).map { line in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Self.request(line, line / 3 - Int(state >> 58))
    }
    var swapped = written
    swapped.swapAt(0, 4999)
    for rows in [written, Array(written.reversed()), swapped] {
      var requests = rows
      Request.sort(&requests)
      let expected = rows.sorted { ($0.start, $0.citation) < ($1.start, $1.citation) }
      #expect(requests.map(\.citation) == expected.map(\.citation))
    }
  }

  @Test func `texts of another table keep their meaning in this one, known or new`() {
    var texts = SymbolTable()
    let known = (0..<300).map { texts.intern("text \($0 * 2)") }
    var other = SymbolTable()
    let others = (0..<500).map { other.intern("text \($0)") }
    let map = texts.adoptAll(from: other)
    #expect(map.count == 501 && map[0].isNone)
    for (i, symbol) in others.enumerated() {
      let mine = map[Int(symbol.index)]
      #expect(texts.text(mine) == "text \(i)")
      if i % 2 == 0, i < 600 { #expect(mine == known[i / 2]) }
    }
    #expect(texts.count == 1 + 300 + 250)
  }

  @Test func `the first ones are taken, and none is kept`() {
    var observations = Self.observations((1...5).map { Self.request($0, $0) }, [])
    var kept = KeptRequests(&observations, LineOrder(observations))
    #expect(kept.take(3).map(\.citation.number) == [1, 2, 3])
    #expect(kept.all.isEmpty)
  }

  @Test func `failures are some of the requests, which a change of theirs leaves alone`() {
    let requests = (1...5).map { Self.request($0, $0) }
    var failures = Failures(requests, at: [0, 2, 4])
    #expect(failures.map(\.citation.number) == [1, 3, 5])
    failures[1].status = 401
    failures.append(Self.request(9, 9))
    #expect(failures[1].status == 401 && requests[2].status == 0)
    #expect(failures.map(\.citation.number) == [1, 3, 5, 9])
  }
}
