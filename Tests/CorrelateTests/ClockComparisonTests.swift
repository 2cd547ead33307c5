import Evidence
import Testing

@testable import Correlate

struct ClockComparisonTests {
  @Test func `answers of clients whose addresses a proxy forwards are compared with theirs only`() {
    #expect(Self.offsets(isOfSameClients: true).map(\.rounded) == [-20])
    #expect(Self.offsets(isOfSameClients: false).isEmpty)
  }

  /// Keycloak's good answers in a capture, each 20 s before a good answer of the edge's on the same route and at the
  /// time of one that the edge made a 502.
  private static func offsets(isOfSameClients: Bool) -> [ClockOffset] {
    var file = CaseFile(
      observations: Observations(),
      sources: Sources([
        Source(name: "edge.log", isCapture: false), Source(name: "kc.pcap", isCapture: true),
      ]))
    file.outermost = .edge
    let route = file.observations.symbols.intern("/realms/*/login")
    var number = 0
    func request(_ source: UInt16, _ seconds: Double, _ status: UInt16) -> Request {
      number += 1
      var r = Request(citation: Citation(source: source, number: number))
      r.hop = source == 0 ? .edge : .wire
      r.start = Instant(nanoseconds: 1_700_000_000_000_000_000).advanced(seconds: seconds)
      r.end = r.start.advanced(seconds: 0.02)
      r.route = route
      r.status = status
      return r
    }
    var time = 0.0
    for k in 0..<24 {
      time += 31 + Double(k * k % 17)
      let given = file.observations.symbols.intern("10.0.0.\(k)")
      let other = file.observations.symbols.intern("10.0.1.\(k)")
      for (delay, status, client) in [(0.0, UInt16(502), given), (20, 200, other)] {
        var r = request(0, time + delay, status)
        r.client = client
        file.exchanges.append(Exchange(request: r, party: -1, actor: -1, endpoint: .none))
      }
      var leg = request(1, time, 200)
      leg.forwardedFor = isOfSameClients ? other : given
      file.legs.append(leg)
    }
    ClockComparison.measure(&file, Wishes())
    return file.clocks
  }
}

extension ClockOffset {
  fileprivate var rounded: Int { Int(seconds.rounded()) }
}
