import Evidence
import Testing

@testable import Correlate

/// Calls that wait for an edge's error which names none of them.
struct WaitingCallsTests {
  @Test func `errors are told of the calls in the order in which those asked`() {
    var calls = WaitingCalls(Self.exchanges([(1, 503, 0), (2, 503, 0), (3, 200, 0), (4, 502, 0)]))
    #expect(calls.take(Self.at(0), Self.at(5)) == 0)
    #expect(calls.take(Self.at(2), Self.at(5)) == 1)
    #expect(calls.take(Self.at(0), Self.at(4)) == nil)
    #expect(calls.take(Self.at(0), Self.at(5)) == 3)
    #expect(calls.take(Self.at(0), Self.at(9)) == nil)
  }

  @Test func `nobody is told of where calls of two parties wait`() {
    var calls = WaitingCalls(Self.exchanges([(1, 503, 0), (2, 503, 1), (3, 503, 1)]))
    #expect(calls.take(Self.at(0), Self.at(9)) == nil)
    #expect(calls.take(Self.at(2), Self.at(9)) == 1)
    #expect(calls.take(Self.at(0), Self.at(2)) == 0)
  }

  @Test func `a call whose duration is known does not wait`() {
    var exchanges = Self.exchanges([])
    var request = Self.request(1, 503)
    request.duration = 3_000_000
    exchanges.append(Exchange(request: request, party: 0, actor: 0, endpoint: .token))
    var calls = WaitingCalls(exchanges)
    #expect(calls.take(Self.at(0), Self.at(9)) == nil)
  }

  private static func at(_ second: Int) -> Instant {
    Instant(nanoseconds: Int64(second) * 1_000_000_000)
  }

  private static func request(_ second: Int, _ status: UInt16) -> Request {
    var request = Request(citation: Citation(source: 0, number: second))
    request.start = at(second)
    request.status = status
    return request
  }

  private static func exchanges(_ calls: [(second: Int, status: UInt16, party: Int32)]) -> Exchanges
  {
    var exchanges = Exchanges()
    for call in calls {
      exchanges.append(
        Exchange(
          request: request(call.second, call.status), party: call.party, actor: 0, endpoint: .token)
      )
    }
    return exchanges
  }
}
