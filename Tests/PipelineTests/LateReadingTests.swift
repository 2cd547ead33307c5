import Evidence
import Testing

@testable import Ingest
@testable import Pipeline

/// Successes that are read when the sample is settled are those that would have been read as they came.
@Suite struct LateReadingTests {
  private static func line(_ i: Int) -> String {
    let status = i % 50 == 0 ? 401 : i % 9 == 0 ? 304 : 200
    return
      "10.244.\(i % 251).\(i % 9) - - [21/Aug/2026:10:00:00 +0000] \"GET /api/orders/\(i)?x=1 HTTP/2.0\" \(status) 112 \"-\" \"okhttp/4.12.0\" 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 \(status) \(i)"
  }

  private static func read(_ lines: [[UInt8]], late: Bool) -> Sink {
    var sink = Sink()
    sink.readsSuccessesLate = late
    var feed = LineFeed(LineReader(source: 0, options: ReadingOptions()))
    for bytes in lines { feed.append(bytes.span, bytes.count, &sink) }
    feed.finish(&sink)
    sink.settleSample()
    return sink
  }

  private static func shown(_ sink: Sink) -> [String] {
    var successes = sink.observations.successes
    let counts = ["\(successes.offered)", "\(successes.isComplete)"]
    func text(_ symbol: Symbol) -> String { sink.observations.symbols.text(symbol) }
    let requests = successes.finish() + sink.observations.requests
    let statuses = sink.observations.coverage[0]?.statuses.sorted { $0.key < $1.key } ?? []
    return counts + statuses.map { "\($0.key) \($0.value)" }
      + requests.map {
        "\($0.citation.number) \($0.start.rfc3339) \($0.status) \(text($0.client)) \(text($0.route)) \(text($0.path)) \(text($0.requestID))"
      }
  }

  @Test(arguments: [300, Sample.capacity + 200, Sample.capacity * 2])
  func `what the sample keeps does not depend on when it is read`(_ count: Int) {
    let text = (0..<count).map { Self.line($0) + "\n" }
    let pieces = stride(from: 0, to: count, by: 1000).map {
      Array(text[$0..<min($0 + 1000, count)].joined().utf8)
    }
    let shown = Self.shown(Self.read(pieces, late: true))
    #expect(shown == Self.shown(Self.read(pieces, late: false)))
    #expect(shown.count > min(count, Sample.capacity))
  }

  @Test func `the sample of many readers is that of one`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "a.log", (0..<Sample.capacity * 2).map { Self.line($0) + "\n" }.joined())
    let one = IngestRun([file], IngestRunTests.options(threads: 1))
    let three = IngestRun([file], IngestRunTests.options(threads: 3, block: 1 << 20))
    #expect(IngestRunTests.shown(one) == IngestRunTests.shown(three))
    #expect(one.observations.successes.items.count == Sample.capacity)
  }
}
