internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct SuccessTests {
  /// Requests without credentials, each thousandth refused; then one with a token, accepted.
  private static func many(_ count: Int) -> Observations {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for i in 1...count {
      file.frame(
        talk.fromClient("GET /p\(i) HTTP/1.1\r\nHost: shop\r\nX-Request-ID: id-\(i)\r\n\r\n"))
      file.frame(talk.fromServer(i % 1000 == 0 ? Samples.refusal : Samples.ok()))
    }
    file.frame(talk.fromClient(Samples.get("/t", "Authorization: Bearer \(Samples.token)\r\n")))
    file.frame(talk.fromServer(Samples.ok()))
    return Reading(file.bytes, inFull: false).observations
  }

  @Test func `many successes become a sample, failures and a token's first success stay`() {
    let count = Sample.capturedCapacity * 3 / 2
    let seen = Self.many(count)
    let refused = seen.requests.filter { $0.status == 401 }
    #expect(refused.count == count / 1000)
    #expect(
      refused.enumerated().allSatisfy { i, r in
        seen.symbols.text(r.path) == "/p\((i + 1) * 1000)"
          && seen.symbols.text(r.requestID) == "id-\((i + 1) * 1000)"
      })
    #expect(seen.requests.count { $0.token >= 0 } == 1)
    #expect(!seen.captured.isComplete)
    #expect(seen.captured.offered == count - count / 1000)
    #expect(seen.captured.items.count <= Sample.capturedCapacity * 5 / 4)
    #expect(seen.captured.items.allSatisfy { !$0.request.path.isNone })
    #expect(seen.coverage[3]?.statuses[200] == count - count / 1000 + 1)
  }

  @Test func `one request has one priority at all hops, another second another one`() {
    let bytes: [UInt8] = Array("abc-1".utf8)
    func priority(_ port: UInt16, _ time: Int64) -> UInt64 {
      SuccessChoice.priority(
        SuccessChoice.hash(bytes.span, Field(start: 0, end: 5)), port,
        Arrival(packet: 1, time: time, seq: 1, ack: 0, hasAck: false, isFromServer: false))
    }
    #expect(priority(1, 5_000_000_001) == priority(2, 5_900_000_000))
    #expect(priority(1, 5_000_000_001) != priority(1, 6_000_000_001))
  }

  @Test func `an answer whose request was not captured is kept in the sample`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromServer(Samples.ok()))
    let seen = Reading(file.bytes, inFull: false).observations
    #expect(seen.captured.items.map(\.request.status) == [200])
  }

  @Test func `tokens of sampled requests are found again after a merge`() {
    var all = Self.many(1)
    let other = Self.many(1)
    var request = Request(citation: Citation(source: 4, number: 1))
    request.token = 0
    var third = other
    third.captured.offer(request, priority: 1)
    all.absorb(third)
    #expect(all.captured.items.contains { $0.request.token == 1 })
  }
}
