internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct StreamTests {
  /// Frames of one exchange with a body in several segments.
  private func frames() -> [[UInt8]] {
    var talk = Talk()
    var all = [talk.fromClient(flags: 2), talk.fromServer(flags: 18), talk.fromClient(flags: 16)]
    all.append(talk.fromClient("GET /a HTTP/1.1\r\nHost: sh"))
    all.append(talk.fromClient("op\r\n\r\n"))
    all.append(talk.fromServer("HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\nabcd"))
    all.append(talk.fromServer("efghijkl"))
    all.append(talk.fromClient(Samples.get("/b")))
    all.append(talk.fromServer(Samples.ok()))
    return all
  }

  @Test func `shuffled and doubled packets give the same exchanges`() {
    var generator = SplitMix(state: 42)
    for _ in 0..<200 {
      var file = PacketBuilder()
      var order = frames() + frames().filter { _ in generator.next() & 3 == 0 }
      order.shuffle(using: &generator)
      for frame in order { file.frame(frame) }
      let reading = Reading(file)
      #expect(Set(reading.lines) == ["GET /a 404", "GET /b 200"])
    }
  }

  @Test func `sequence numbers wrap`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.clientSeq = 0xffff_fff0
    talk.serverSeq = 0xffff_fff8
    talk.open(&file)
    for i in 0..<3 {
      file.frame(talk.fromClient(Samples.get("/\(i)")))
      file.frame(talk.fromServer(Samples.ok()))
    }
    #expect(Reading(file).lines == ["GET /0 200", "GET /1 200", "GET /2 200"])
  }

  @Test func `one lost answer costs only itself and shifts no pair`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for i in 0..<6 {
      file.frame(talk.fromClient(Samples.get("/\(i)")))
      let answer = talk.fromServer(Samples.ok("answer \(i)"))
      if i != 2 { file.frame(answer) }
      file.time += 2
    }
    #expect(
      Reading(file).lines == [
        "GET /0 200", "GET /1 200", "GET /2 0", "GET /3 200", "GET /4 200", "GET /5 200",
      ])
  }

  @Test func `one lost request leaves an answer alone and shifts no pair`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for i in 0..<5 {
      let request = talk.fromClient(Samples.get("/\(i)"))
      if i != 1 { file.frame(request) }
      file.frame(talk.fromServer(Samples.ok("answer \(i)")))
      file.time += 2
    }
    #expect(
      Reading(file).lines == ["GET /0 200", "- 200", "GET /2 200", "GET /3 200", "GET /4 200"])
  }

  @Test func `a hole in a body of known length is stepped over`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(Samples.get("/big")))
    file.frame(talk.fromServer("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n"))
    file.frame(talk.fromServer([UInt8](repeating: 97, count: 100)))
    _ = talk.fromServer([UInt8](repeating: 98, count: 100))
    file.frame(talk.fromServer([UInt8](repeating: 99, count: 100)))
    file.frame(talk.fromClient(Samples.get("/next")))
    file.time += 2
    file.frame(talk.fromServer(Samples.ok()))
    let reading = Reading(file)
    #expect(reading.lines == ["GET /big 200", "GET /next 200"])
    #expect(reading.requests[0].responseBytes == 40 + 300)
    #expect(reading.coverage.problems.contains { $0.contains("1 holes") })
  }

  @Test func `a capture that starts in the middle of a body finds the next head`() {
    var file = PacketBuilder()
    var talk = Talk()
    file.frame(talk.fromServer([UInt8](repeating: 200, count: 500)))
    file.frame(talk.fromClient(flags: 16))
    file.frame(talk.fromServer("HTTP/1.1 is not a head here"))
    file.frame(talk.fromClient(Samples.get("/found")))
    file.frame(talk.fromServer(Samples.refusal))
    #expect(Reading(file).lines == ["GET /found 401"])
  }

  /// A long conversation with answers that tell whose they are, of which a share of the packets is missing.
  @Test(arguments: [(1, false), (10, false), (40, false), (1, true), (10, true)])
  func `lost packets give no request the answer of another`(_ percent: Int, _ isDelayed: Bool) {
    var random = SplitMix(state: UInt64(percent) + (isDelayed ? 1000 : 0))
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    var captured = 0
    var waiting: [[UInt8]] = []
    func put(_ frame: [UInt8]) {
      guard random.next() % 100 >= UInt64(percent) else { return }
      captured += 1
      file.frame(frame)
    }
    for i in 0..<2000 {
      put(talk.fromClient(Samples.get("/p\(i)")))
      let answer = "HTTP/1.1 \(400 + i % 199) X\r\nContent-Length: 4\r\n\r\nfine"
      let frame = talk.fromServer(answer)
      // Packets of one direction may be captured late.
      if isDelayed, random.next() % 50 == 0 { waiting.append(frame) } else { put(frame) }
      if waiting.count > 1 || i == 1999 { waiting.forEach(put); waiting = [] }
      file.time += 0.001
    }
    let reading = Reading(file)
    var heads = 0
    var wrong: [String] = []
    for r in reading.requests {
      let path = reading.text(r.path)
      heads += (path.isEmpty ? 0 : 1) + (r.status > 0 ? 1 : 0)
      if let number = Int(path.dropFirst(2)), r.status > 0, Int(r.status) != 400 + number % 199 {
        wrong.append("\(path) \(r.status)")
      }
    }
    #expect(wrong.isEmpty)
    // All that was captured is told.
    #expect(heads >= captured - 3)
  }

  /// Three requests at once, of which one packet is missing; then one at a time.
  @Test(arguments: 0..<6)
  func `a burst of requests with a loss misleads no later one`(_ missing: Int) {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    func answer(_ i: Int) -> String { "HTTP/1.1 \(401 + i) X\r\nContent-Length: 4\r\n\r\nfine" }
    var burst: [[UInt8]] = []
    for i in 0..<3 { burst.append(talk.fromClient(Samples.get("/\(i)"))) }
    for i in 0..<3 { burst.append(talk.fromServer(answer(i))) }
    burst.remove(at: missing)
    burst.forEach { file.frame($0) }
    for i in 3..<100 {
      file.frame(talk.fromClient(Samples.get("/\(i)")))
      file.frame(talk.fromServer(answer(i)))
    }
    let lines = Reading(file).lines
    for i in 3..<100 { #expect(lines.contains("GET /\(i) \(401 + i)")) }
  }

  @Test func `a port used again is a new connection`() {
    var file = PacketBuilder()
    for i in 0..<3 {
      var talk = Talk()
      talk.clientSeq = UInt32(i) * 1_000_000
      talk.serverSeq = UInt32(i) * 7_000_000 + 9
      talk.open(&file)
      file.frame(talk.fromClient(Samples.get("/\(i)")))
      file.frame(talk.fromServer(Samples.ok()))
      file.frame(talk.fromClient(flags: 0x11))
      file.frame(talk.fromServer(flags: 0x11))
    }
    let reading = Reading(file)
    #expect(reading.lines == ["GET /0 200", "GET /1 200", "GET /2 200"])
    #expect(reading.events(.connected).count == 3)
  }
}

/// A small generator with a seed, for repeatable tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
