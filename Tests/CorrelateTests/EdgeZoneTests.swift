import Evidence
import Testing

@testable import Correlate

struct EdgeZoneTests {
  @Test func `stamps of an edge that name no zone get that which another log shows`() throws {
    var file = Self.file(behind: -3600, isUncertain: true)
    let before = file.exchanges.requests[0].start
    ClockComparison.measure(&file, Wishes())
    #expect(before - file.exchanges.requests[0].start == 3600)
    #expect(file.observations.coverage[0]?.zoneOffset == 3600)
    #expect(file.observations.coverage[0]?.zoneUncertain == false)
    let zone = try #require(file.clocks.first)
    #expect(zone.isZone && zone.seconds == 3600 && file.clocks.count == 1)
    // The lines of both are of one time again.
    #expect(abs(file.legs[0].end - file.exchanges.requests[0].end) < 1)
  }

  @Test func `a clock that is wrong beside the zone stays wrong by the rest`() throws {
    var file = Self.file(behind: -3600 - 40, isUncertain: true)
    ClockComparison.measure(&file, Wishes())
    #expect(file.observations.coverage[0]?.zoneOffset == 3600)
    #expect(file.clocks.map { Int($0.seconds.rounded()) }.sorted() == [-40, 3600])
  }

  @Test(arguments: [(-3600.0, false), (-2000, true), (-60, true)])
  func `a zone that is named, and clocks that are wrong, move nothing`(
    behind: Double, isUncertain: Bool
  ) {
    var file = Self.file(behind: behind, isUncertain: isUncertain)
    let before = file.exchanges.requests[0].start
    ClockComparison.measure(&file, Wishes())
    #expect(file.exchanges.requests[0].start == before)
    #expect(file.clocks.map { Int($0.seconds.rounded()) } == [Int(behind)])
    #expect(file.clocks.allSatisfy { !$0.isZone })
  }

  /// An edge's log, and a service's whose stamps are so many seconds apart.
  private static func file(behind seconds: Double, isUncertain: Bool) -> CaseFile {
    var file = CaseFile(
      observations: Observations(),
      sources: Sources([
        Source(name: "edge.log", isCapture: false), Source(name: "orders.log", isCapture: false),
      ]))
    file.outermost = .edge
    var coverage = Coverage()
    coverage.zoneUncertain = isUncertain
    file.observations.coverage = [0: coverage, 1: Coverage()]
    let routes = (0..<5).map { file.observations.symbols.intern("/api/\($0)") }
    var time = 0.0
    for k in 0..<60 {
      time += 13 + Double(k * k % 17)
      for source in [UInt16(0), 1] {
        var r = Request(citation: Citation(source: source, number: k + 1))
        r.hop = source == 0 ? .edge : .application
        r.start = Instant(nanoseconds: 1_700_000_000_000_000_000)
          .advanced(seconds: time + (source == 0 ? 0 : seconds))
        r.end = r.start.advanced(seconds: 0.02)
        r.route = routes[k % 5]
        r.status = 200
        if source == 0 {
          file.exchanges.append(Exchange(request: r, party: -1, actor: -1, endpoint: .none))
        } else {
          file.legs.append(r)
        }
      }
    }
    return file
  }
}
