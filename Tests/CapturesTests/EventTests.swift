internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct EventTests {
  @Test func `a SYN that nobody answers is one event with its retries`() {
    var file = PacketBuilder()
    for wait in [0.0, 1, 3] {
      var talk = Talk()
      file.time += wait
      file.frame(talk.fromClient(flags: 2))
    }
    let events = Reading(file).events(.synUnanswered)
    #expect(events.count == 1)
    #expect(events.first?.count == 3)
    #expect(events.first?.citation.number == 1)
  }

  @Test func `a SYN at the very end of a capture proves nothing`() {
    var file = Samples.exchange()
    var talk = Talk()
    talk.clientPort = 50_000
    file.frame(talk.fromClient(flags: 2))
    #expect(Reading(file).events(.synUnanswered).isEmpty)
  }

  @Test func `a reset in answer to a SYN is a refusal, later it is a reset`() {
    var file = PacketBuilder()
    var refused = Talk()
    file.frame(refused.fromClient(flags: 2))
    file.frame(refused.fromServer(flags: 0x14))
    var reset = Talk()
    reset.clientPort = 41_000
    reset.open(&file)
    file.frame(reset.fromClient(Samples.get("/r")))
    file.frame(reset.fromServer(flags: 4))
    let reading = Reading(file)
    #expect(reading.events(.refused).map(\.sourcePort) == [40_000])
    #expect(reading.events(.reset).map(\.sourcePort) == [41_000])
    #expect(reading.text(reading.events(.reset)[0].detail) == "by server, request open")
    #expect(reading.events(.requestUnanswered).count == 1)
  }

  @Test func `names, quotes and alerts are found in one capture`() {
    let reading = Reading(Samples.everything())
    let name = reading.events(.dnsAnswer)
    #expect(name.map(\.code) == [3])
    #expect(reading.text(name.first?.name ?? .none) == "sso")
    let unreachable = reading.events(.icmpUnreachable)
    #expect(unreachable.map(\.code) == [3 << 8 | 13])
    #expect(unreachable.first?.sourcePort == 40_100)
    let hello = reading.events(.tlsClientHello)
    #expect(reading.text(hello.first?.name ?? .none) == "sso.example")
    let alert = reading.events(.tlsAlert)
    #expect(alert.map(\.code) == [2 << 8 | 48])
    #expect(reading.text(alert.first?.detail ?? .none) == "from server")
  }

  /// A hello in its record; `tail` is what follows an empty session id.
  private static func hello(_ isServer: Bool, _ version: UInt8, _ tail: [UInt8]) -> [UInt8] {
    let body = [3, version] + [UInt8](repeating: 7, count: 32) + [0] + tail
    let message = [isServer ? 2 : 1, 0, 0, UInt8(body.count)] + body
    return [22, 3, 3, 0, UInt8(message.count)] + message
  }

  @Test func `hellos tell which version was offered and which was chosen`() {
    var file = PacketBuilder()
    var modern = Talk()
    modern.serverPort = 443
    modern.open(&file)
    // Two suites; a random value that is no version, 1.3 and 1.2.
    file.frame(
      modern.fromClient(
        Self.hello(
          false, 3,
          [0, 4, 0x13, 1, 0xc0, 0x2f, 1, 0, 0, 11, 0, 43, 0, 7, 6, 0x8a, 0x8a, 3, 4, 3, 3])))
    file.frame(modern.fromServer(Self.hello(true, 3, [0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4])))
    var old = Talk()
    old.clientPort = 41_000
    old.serverPort = 443
    old.open(&file)
    file.frame(old.fromClient(Self.hello(false, 1, [0, 2, 0, 47, 1, 0])))
    file.frame(old.fromServer(Self.hello(true, 1, [0, 47, 0])))
    let reading = Reading(file)
    #expect(
      reading.events(.tlsClientHello).map { reading.text($0.detail) }
        == ["up to TLS 1.3", "up to TLS 1.0"])
    #expect(
      reading.events(.tlsServerHello).map { reading.text($0.detail) }
        == ["TLS 1.3, cipher suite 1301", "TLS 1.0, cipher suite 002f"])
  }

  @Test func `an answer too long for a datagram is not one without data`() {
    var file = PacketBuilder()
    let name: [UInt8] = [3] + Array("sso".utf8) + [0, 0, 1, 0, 1]
    func datagram(_ isAnswer: Bool, _ flags: [UInt8]) -> [UInt8] {
      let body = [0, 9] + flags + [0, 1, 0, 0, 0, 0, 0, 0] + name
      let (client, server): ([UInt8], [UInt8]) = ([10, 0, 0, 1], [10, 0, 0, 10])
      return PacketBuilder.ethernet(
        0x0800,
        isAnswer
          ? PacketBuilder.ipv4(server, client, proto: 17, PacketBuilder.udp(53, 33_000, body))
          : PacketBuilder.ipv4(client, server, proto: 17, PacketBuilder.udp(33_000, 53, body)))
    }
    file.frame(datagram(false, [1, 0]))
    file.frame(datagram(true, [0x83, 0x80]))
    file.time += 5
    #expect(Reading(file).events(.dnsAnswer).isEmpty)
    #expect(Reading(file).events(.dnsUnanswered).isEmpty)
    file.frame(datagram(false, [1, 0]))
    file.frame(datagram(true, [0x81, 0x80]))
    let reading = Reading(file)
    #expect(reading.events(.dnsAnswer).map { reading.text($0.detail) } == ["A, no data"])
  }

  @Test func `a query without an answer is reported when the capture ran on`() {
    var file = PacketBuilder()
    let query: [UInt8] =
      [0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3] + Array("SSO".utf8) + [0, 0, 28, 0, 1]
    for _ in 0..<2 {
      file.frame(
        PacketBuilder.ethernet(
          0x0800,
          PacketBuilder.ipv4(
            [10, 0, 0, 1], [10, 0, 0, 10], proto: 17, PacketBuilder.udp(33_000, 53, query))))
      file.time += 5
    }
    let events = Reading(file).events(.dnsUnanswered)
    #expect(events.map(\.count) == [2])
    #expect(Reading(file).text(events.first?.name ?? .none) == "sso")
    #expect(Reading(file).text(events.first?.detail ?? .none) == "AAAA")
  }

  @Test func `TLS to a plain port is a mismatch`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(Samples.clientHello("sso")))
    file.frame(talk.fromServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))
    #expect(Reading(file).events(.protocolMismatch).count == 1)
  }
}
