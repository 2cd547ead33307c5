import Evidence
import Testing

@testable import Correlate

/// Captured requests at one hop after the other.
@Suite struct WireHopsTests {
  private var symbols = SymbolTable()

  /// A request over `milliseconds` from `start` on, from `client:port` to `server`.
  private mutating func request(
    _ start: Double, _ milliseconds: Double, from client: String, _ port: UInt16 = 40_000,
    to server: String, path: String = "/a", method: String = "GET", id: String = ""
  ) -> Request {
    var r = Request(citation: Citation(source: 0, number: 1))
    r.format = .capture
    r.hop = .wire
    r.start = Instant(nanoseconds: 1_000_000_000).advanced(seconds: start / 1000)
    r.end = r.start.advanced(seconds: milliseconds / 1000)
    r.status = 200
    r.client = symbols.intern(client)
    r.clientPort = port
    r.upstreamAddress = symbols.intern(server)
    r.path = symbols.intern(path)
    r.method = symbols.intern(method)
    r.requestID = id.isEmpty ? .none : symbols.intern(id)
    return r
  }

  private mutating func isInside(_ outer: Request, _ inner: Request) -> Bool {
    var hops = WireHops()
    return hops.contains(outer, inner, &symbols)
  }

  @Test mutating func `a proxy's own request lies within the one it serves`() {
    let outer = request(0, 20, from: "10.0.0.1", to: "10.0.0.2:80")
    let inner = request(3, 10, from: "10.0.0.2", to: "10.0.0.3:8080")
    #expect(isInside(outer, inner))
    #expect(!isInside(inner, outer))
  }

  @Test mutating func `from another address, or later than the answer, it is another one`() {
    let outer = request(0, 20, from: "10.0.0.1", to: "10.0.0.2:80")
    let stranger = request(3, 10, from: "10.0.0.9", to: "10.0.0.3:8080")
    let late = request(15, 30, from: "10.0.0.2", to: "10.0.0.3:8080")
    let after = request(40, 5, from: "10.0.0.2", to: "10.0.0.3:8080")
    #expect(!isInside(outer, stranger))
    #expect(!isInside(outer, late))
    #expect(!isInside(outer, after))
  }

  @Test mutating func `one id joins hops that addresses do not, two ids part those they would`() {
    let outer = request(0, 20, from: "10.0.0.1", to: "10.96.0.1:80", id: "r1")
    let same = request(3, 30, from: "10.0.0.7", to: "10.0.0.3:8080", id: "r1")
    #expect(isInside(outer, same))
    let direct = request(0, 20, from: "10.0.0.1", to: "10.0.0.2:80", id: "r1")
    let other = request(3, 10, from: "10.0.0.2", to: "10.0.0.3:8080", id: "r2")
    #expect(!isInside(direct, other))
  }

  @Test mutating func `a proxy with two addresses says whom it serves`() {
    var outer = request(0, 20, from: "10.0.0.1", to: "192.168.0.2:80")
    var inner = request(3, 10, from: "10.0.5.1", to: "10.0.5.3:8080")
    #expect(!isInside(outer, inner))
    inner.forwardedFor = outer.client
    #expect(isInside(outer, inner))
    // Two calls of one client behind two addresses of a balancer stand side by side.
    outer.forwardedFor = symbols.intern("203.0.113.9")
    inner.forwardedFor = outer.forwardedFor
    #expect(!isInside(outer, inner))
    // So do two calls that reach one server.
    outer.forwardedFor = .none
    inner.forwardedFor = outer.client
    inner.upstreamAddress = outer.upstreamAddress
    #expect(!isInside(outer, inner))
  }

  @Test mutating func `a request on the same connection is the same one, not an inner one`() {
    let outer = request(0, 20, from: "10.0.0.1", to: "10.0.0.2:80", id: "r1")
    let again = request(3, 10, from: "10.0.0.1", to: "10.0.0.2:80", id: "r1")
    #expect(!isInside(outer, again))
  }

  @Test mutating func `of a chain all but the first are later sightings`() {
    let chain = [
      request(0, 40, from: "10.0.0.1", to: "10.0.0.2:80"),
      request(2, 30, from: "10.0.0.2", to: "10.0.0.3:80"),
      request(4, 20, from: "10.0.0.3", to: "10.0.0.4:80"),
    ]
    let other = request(5, 10, from: "10.0.0.2", to: "10.0.0.3:80", path: "/b")
    let post = request(6, 10, from: "10.0.0.2", to: "10.0.0.3:80", method: "POST")
    let next = request(200, 10, from: "10.0.0.2", to: "10.0.0.3:80")
    var hops = WireHops()
    var later: [Bool] = []
    for r in chain + [other, post, next] { later.append(hops.isLater(r, &symbols)) }
    #expect(later == [false, true, true, false, false, false])
  }

  @Test mutating func `of a crowd on one path only the first are remembered, until they are over`()
  {
    var hops = WireHops()
    var later: [Bool] = []
    for i in 0..<300 {
      let outer = request(Double(i) / 1000, 100, from: "10.0.0.1", to: "10.0.1.\(i):80")
      #expect(!hops.isLater(outer, &symbols))
    }
    for (start, last) in [(1.0, 0), (2.0, 299)] {
      let inner = request(start, 10, from: "10.0.1.\(last)", to: "10.0.2.1:80")
      later.append(hops.isLater(inner, &symbols))
    }
    // All of them ended long ago.
    let outer = request(1000, 100, from: "10.0.0.1", to: "10.0.1.299:80")
    let inner = request(1002, 10, from: "10.0.1.299", to: "10.0.2.1:80")
    for r in [outer, inner] { later.append(hops.isLater(r, &symbols)) }
    #expect(later == [true, false, false, true])
  }

  /// `count` served requests, each seen before and behind a proxy, and one that was refused.
  private mutating func file(_ count: Int, isProxied: Bool) -> CaseFile {
    var observations = Observations()
    observations.captured = Sample(capacity: 100)
    for i in 0..<count {
      let at = Double(i) * 100
      let priority = Sample.priority(source: 7, offset: UInt64(i))
      let path = "/p\(i)"
      var outer = request(at, 20, from: "10.0.0.1", to: "10.0.0.2:80", path: path, id: "r\(i)")
      outer.citation = Citation(source: 0, number: 2 * i + 1)
      observations.captured.offer(outer, priority: priority)
      guard isProxied else { continue }
      var inner = request(
        at + 2, 10, from: "10.0.0.2", to: "10.0.0.3:80", path: path, id: "r\(i)")
      inner.citation = Citation(source: 0, number: 2 * i + 2)
      observations.captured.offer(inner, priority: priority)
    }
    observations.symbols = symbols
    return Correlation.link(
      observations, Sources([Source(name: "a.pcap", isCapture: true)]))
  }

  @Test(arguments: [true, false])
  func `what is only counted of several hops counts once`(_ isProxied: Bool) throws {
    var copy = self
    let file = copy.file(3000, isProxied: isProxied)
    let sample = file.observations.captured
    #expect(sample.offered - sample.kept > 2500)
    #expect(file.exchanges.count + file.legs.count == sample.kept)
    let share = try #require(file.shares.first)
    let total = file.exchanges.count + share.uncounted(of: sample.offered)
    #expect(share.isMixed == isProxied)
    // Both sightings of a request have one priority: the share is that of all, up to the sample's edge.
    #expect(isProxied ? abs(total - 3000) <= 30 : total == 3000)
  }
}
