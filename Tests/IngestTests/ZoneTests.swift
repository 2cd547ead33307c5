import Evidence
import Testing

@testable import Ingest

@Suite struct ZoneTests {
  @Test func `a wrapper's stamp tells the zone of a line`() {
    let sink = read("2026-08-21T15:00:00.200000000Z 2026-08-21 10:00:00,123 INFO  a")
    #expect(sink.shown == ["1||2026-08-21T15:00:00.123Z|INFO  a"])
    #expect(sink.zones.isEmpty)
  }

  @Test func `Tomcat's own stamp without a zone votes as well`() {
    let line = Array("21-Aug-2026 10:00:00.123 INFO [main] a.b.C.start words".utf8)
    #expect(ZoneProbe.zoneless(line.span, 0, line.count) == 1_787_306_400_123_000_000)
    let php = Array("[21-Aug-2026 10:00:00 UTC] PHP Notice:  words".utf8)
    #expect(ZoneProbe.zoneless(php.span, 0, php.count) == nil)
  }

  @Test func `a skewed clock is no zone`() {
    let sink = read("2026-08-21T10:04:50.200000000Z 2026-08-21 10:00:00,123 INFO  a")
    #expect(sink.shown == ["1||2026-08-21T10:00:00.123Z|INFO  a"])
  }

  @Test func `the user's zone wins`() {
    let sink = read("2026-08-21 10:00:00,123 INFO  a", timezone: 7200)
    #expect(sink.shown == ["1||2026-08-21T08:00:00.123Z|INFO  a"])
    #expect(sink.zones.isEmpty)
  }

  @Test func `an access line inside a log line votes for the zone`() {
    let sink = read(
      """
      2026-11-23 14:21:35,000 INFO  x
      2026-11-23 14:21:36,123 INFO  10.0.0.1 - - [23/Nov/2026:14:21:36 -0500] "GET / HTTP/1.1" 200 1
      """)
    #expect(sink.zones[0]?.winner == -18_000)
    #expect(sink.zones[0]?.isMarked(block: 0, line: 1) == true)
  }

  @Test(arguments: [
    (0, 0), (300, 0), (-300, 0), (3600, 3600), (-18_000, -18_000), (19_800 + 20, 19_800),
    (20_700, 20_700), (50_400, 50_400), (-17_700, -18_000),
  ])
  func `offsets in use are recognised through small skews`(difference: Int, offset: Int) {
    #expect(ZoneProbe.offset(local: Int64(difference) * 1_000_000_000, true: 0) == offset)
  }

  @Test(arguments: [1800, 86_400, -60_000])
  func `other differences are no zone`(difference: Int) {
    #expect(ZoneProbe.offset(local: Int64(difference) * 1_000_000_000, true: 0) == nil)
  }

  @Test func `stamps without a year take the file's`() {
    let sink = read("Dec 31 23:59:59 node1 app[1]: words\n")
    #expect(sink.coverage.unparsed == 1)
  }
}
