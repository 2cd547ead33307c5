internal import Testing

@testable import Captures

@Suite struct FileTests {
  @Test(arguments: [
    PacketBuilder.Container.pcap, .nanosecondPcap, .bigEndianPcap, .pcapng,
  ])
  func `every container gives the same exchanges, times and packet numbers`(
    _ container: PacketBuilder.Container
  ) {
    let file = Samples.exchange(container)
    let reading = Reading(file)
    let isCapture = CaptureReader.isCapture(first: file.bytes.span)
    #expect(isCapture)
    #expect(reading.lines == ["GET /api/orders/42 401", "GET /health 200"])
    #expect(reading.requests.map(\.citation.number) == [4, 6])
    #expect(reading.requests[0].start.nanoseconds == 1_700_000_000_003_000_000)
    #expect(reading.requests[0].duration == 1000)
    #expect(reading.coverage.lines == 9)
    #expect(reading.coverage.problems == [])
  }

  @Test func `a capture cut in a packet gives the whole packets and says so`() {
    let file = Samples.exchange()
    let reading = Reading(Array(file.bytes.dropLast(10)))
    #expect(reading.lines == ["GET /api/orders/42 401", "GET /health 200"])
    #expect(reading.coverage.problems.count == 1)
    #expect(reading.coverage.problems[0].contains("cut inside packet 9"))
  }

  @Test func `unknown blocks and secrets are skipped, sections start anew`() {
    var file = PacketBuilder(.pcapng)
    file.block(0x0000_000a, Array("TLSK".utf8) + [4, 0, 0, 0] + Array("abcd".utf8))
    file.block(0x1234_5678, [1, 2, 3, 4])
    var reading = Reading(file.bytes + Samples.exchange(.pcapng).bytes)
    #expect(reading.lines == ["GET /api/orders/42 401", "GET /health 200"])
    reading = Reading(Samples.exchange(.pcapng).bytes + Samples.exchange(.pcapng).bytes)
    #expect(reading.coverage.lines == 18)
    #expect(reading.requests.count == 2 || reading.requests.count == 4)
  }

  @Test func `interfaces of different link types are read side by side`() {
    var file = PacketBuilder(.pcapng)
    file.interface(276)
    var first = Talk()
    first.open(&file)
    file.frame(first.fromClient(Samples.get("/ethernet")))
    file.frame(first.fromServer(Samples.ok()))
    var second = Talk()
    second.clientPort = 41_000
    second.clientSeq = 77_000
    second.wrap = { PacketBuilder.cooked2(0x0800, interface: 7, $0) }
    file.frame(second.fromClient(flags: 2), interface: 1)
    file.frame(second.fromServer(flags: 18), interface: 1)
    file.frame(second.fromClient(Samples.get("/cooked")), interface: 1)
    file.frame(second.fromServer(Samples.ok()), interface: 1)
    #expect(Reading(file).lines == ["GET /ethernet 200", "GET /cooked 200"])
  }

  @Test func `a loopback header of no known family is judged by what follows it`() {
    var file = PacketBuilder(linkType: 0)
    var talk = Talk()
    talk.wrap = { [0x0f, 0, 8, 0] + $0 }
    talk.open(&file)
    file.frame(talk.fromClient(Samples.get("/null")))
    file.frame(talk.fromServer(Samples.ok()))
    // OSI is no IP.
    file.frame([7, 0, 0, 0, 0x83, 1, 2, 3])
    #expect(Reading(file).lines == ["GET /null 200"])
  }

  @Test func `an unknown link type is counted, not guessed`() {
    var file = PacketBuilder(linkType: 250)
    file.frame([1, 2, 3])
    #expect(
      Reading(file).coverage.problems == ["1 packets of link type 250, which cannot be read"])
  }

  @Test func `line ends translated by a terminal are named`() {
    let bytes: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0d, 0x0d, 0x0a] + [UInt8](repeating: 0, count: 30)
    #expect(Reading(bytes).coverage.problems.first?.contains("kubectl exec -t") == true)
  }

  @Test func `a text is no capture`() {
    let text = Array("127.0.0.1 - - [23/Nov/2026".utf8)
    let isCapture = CaptureReader.isCapture(first: text.span)
    #expect(!isCapture)
  }
}
