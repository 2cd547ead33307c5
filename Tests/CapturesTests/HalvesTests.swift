internal import Testing

@testable import Captures
@testable import Evidence

/// A thread that takes packets apart ahead of another changes nothing.
@Suite struct HalvesTests {
  private static func areSame(_ bytes: [UInt8], _ options: CaptureOptions = CaptureOptions())
    -> Bool
  {
    Halves.numbers(Reading(bytes, options).observations)
      == Halves.numbers(Halves.read(bytes, 3, options))
  }

  /// Heads whole, in pieces and out of order, chunks, holes, many tokens; more than a batch holds.
  private static func long() -> PacketBuilder {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for i in 0..<9000 {
      let token = "Authorization: Bearer \(Samples.token)\(i % 300)\r\n"
      let request = Array(Samples.get("/api/\(i)", token).utf8)
      let first = talk.fromClient(Array(request[..<40]))
      let second = talk.fromClient(Array(request[40...]))
      switch i % 7 {
      case 0:
        file.frame(second)
        file.frame(first)
      case 1: if i % 5 != 0 { file.frame(first) }
      default:
        file.frame(first)
        file.frame(second)
      }
      file.frame(talk.fromServer(i % 9 == 0 ? Samples.refusal : Samples.ok("body \(i)")))
    }
    return file
  }

  @Test(arguments: [
    PacketBuilder.Container.pcap, .nanosecondPcap, .bigEndianPcap, .pcapng,
  ])
  func `a bit of everything is the same in two halves`(_ container: PacketBuilder.Container) {
    let bytes = Samples.everything(container).bytes
    #expect(Self.areSame(bytes))
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(Self.areSame(Array(bytes[..<length])))
    }
  }

  @Test(arguments: [true, false]) func `many batches are one capture`(inFull: Bool) {
    var options = CaptureOptions()
    options.isInFull = inFull
    let bytes = Self.long().bytes
    #expect(bytes.count > 4 << 20)
    #expect(Self.areSame(bytes, options))
    #expect(Reading(bytes, options).observations.coverage[3]?.statuses[401] ?? 0 > 900)
  }

  @Test func `a filter drops the same packets`() {
    #expect(Self.areSame(Samples.everything(.pcap).bytes, CaptureOptions(filter: "udp")))
  }

  @Test func `TLS is opened with secrets inside the file`() throws {
    for name in SecureSample.names {
      let sample = try SecureSample(name)
      var options = CaptureOptions()
      options.keys.add(sample.keys.span)
      #expect(Self.areSame(sample.capture(sample.all), options))
    }
  }

  @Test func `a head that was put by until its answer is read as one that was not`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    // Enough successes that no more are wanted.
    for i in 0..<Sample.capturedCapacity * 2 {
      file.frame(talk.fromClient(Samples.get("/p\(i)", "X-Request-ID: id-\(i)\r\n")))
      file.frame(talk.fromServer(Samples.ok()))
    }
    let heads = [
      "Authorization: Bearer \(Samples.token)\r\nCookie: a=1; b=2\r\nX-Forwarded-Proto: https\r\n",
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
      "Authorization: x\r\nAuthorization: y\r\nX-Forwarded-For: 10.9.9.9, 10.1.1.1\r\n",
      "Authorization:\r\nForwarded: for=10.8.8.8\r\n", "Authorization: Basic YTpi\r\n",
    ]
    var late: [String] = []
    for round in 0..<40 {
      for (i, head) in heads.enumerated() {
        file.frame(talk.fromClient(Samples.get("/r\(round)/\(i)?q", head)))
        file.frame(talk.fromServer(Samples.refusal))
        late.append("/r\(round)/\(i)")
      }
    }
    func texts(_ inFull: Bool) -> [[String]] {
      let reading = Reading(file.bytes, inFull: inFull)
      return reading.requests.filter { $0.status == 401 }.map { r in
        [
          r.method, r.host, r.path, r.route, r.userAgent, r.requestID, r.traceID, r.forwardedFor,
          r.headers, r.remoteUser,
        ].map(reading.text) + ["\(r.targetLength) \(r.requestBytes) \(r.token) \(r.authorization)"]
      }
    }
    #expect(texts(false).map { $0[2] } == late)
    #expect(texts(false) == texts(true))
  }
}
