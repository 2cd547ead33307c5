internal import Testing

@testable import Captures
@testable import Evidence

/// TLS whose secrets are known.
@Suite struct SecureTests {
  static let exchanges = ["GET /api/orders/bad/1 401", "GET /api/300 200"]

  @Test(arguments: SecureSample.names)
  func `exchanges inside TLS are read with their secrets, and cited by packet`(
    _ name: String
  ) throws {
    let sample = try SecureSample(name)
    let reading = sample.read()
    #expect(reading.lines == Self.exchanges)
    #expect(reading.coverage.problems == [])
    // The packets that tshark names for the requests with the same secrets.
    let isEarly = name == "1.3-tls-aes-128-gcm-sha256" || name == "1.3-tls-aes-256-gcm-sha384"
    let first = isEarly || name.hasSuffix("chacha20-poly1305-sha256") ? 9 : 10
    #expect(reading.requests[0].citation.number == UInt64(first))
    let refused = reading.requests[0]
    #expect(reading.text(refused.challenge).contains("The access token expired"))
    #expect(reading.text(refused.reason) == "invalid_token: The token expired")
    #expect(refused.authorization == .present)
    #expect(reading.observations.tokens[Int(refused.token)].form == .jwt)
    #expect(reading.events(.protocolMismatch).isEmpty)
    #expect(reading.events(.tlsAlert).isEmpty)
  }

  @Test func `HTTP/2 inside TLS is read, also after a hello that was asked for again`() throws {
    let reading = try SecureSample("1.3-http2").read()
    #expect(reading.lines == ["GET /index.html 200", "GET /missing 404"])
    #expect(reading.coverage.problems == [])
  }

  @Test func `keys may change while both sides go on`() throws {
    let reading = try SecureSample("1.3-key-update").read()
    #expect(
      reading.lines == ["GET /api/300 200", "GET /api/orders/bad/1 401", "GET /api/300 200"])
    #expect(reading.coverage.problems == [])
  }

  @Test(arguments: SecureSample.names)
  func `without secrets nothing is read, and nothing is said of them`(_ name: String) throws {
    let reading = try SecureSample(name).read(keys: [])
    #expect(reading.requests.isEmpty)
    #expect(reading.coverage.problems == [])
  }

  @Test(arguments: SecureSample.names)
  func `secrets of other connections open nothing, and are counted`(_ name: String) throws {
    let other = try SecureSample(name.hasPrefix("1.3") ? "1.3-http2" : SecureSample.names[7])
    let reading = try SecureSample(name).read(keys: other.keys)
    #expect(reading.requests.isEmpty == (other.name != name))
    if other.name != name {
      #expect(reading.coverage.problems == ["1 TLS connections are in no key log"])
    }
  }

  @Test(arguments: SecureSample.names)
  func `wrong secrets give no garbage`(_ name: String) throws {
    let sample = try SecureSample(name)
    // The last digit of each secret is another one.
    let text = String(decoding: sample.keys, as: UTF8.self).split(separator: "\n").map {
      $0.dropLast() + ($0.last == "0" ? "1" : "0")
    }
    let reading = sample.read(keys: Array(text.joined(separator: "\n").utf8))
    #expect(reading.requests.isEmpty)
    #expect(
      reading.coverage.problems == [
        "1 TLS connections are not opened by the keys given for them"
      ])
  }

  @Test(arguments: SecureSample.names)
  func `a connection joined after its handshake is counted`(_ name: String) throws {
    let sample = try SecureSample(name)
    let reading = sample.read(Array(sample.all.dropFirst(8)))
    #expect(reading.requests.isEmpty)
    #expect(
      reading.coverage.problems.contains(
        "1 TLS connections began before the capture: their keys cannot be told"))
  }

  @Test(arguments: SecureSample.names)
  func `any one packet may be missing: no garbage, and what is left is read`(
    _ name: String
  ) throws {
    let sample = try SecureSample(name)
    var whole = 0
    for dropped in sample.all {
      let reading = sample.read(sample.without(dropped))
      for line in reading.lines {
        #expect(
          Self.exchanges.contains(line) || ["- 401", "- 200"].contains(line)
            || line.hasSuffix(" 0"), "\(dropped): \(line)")
      }
      if reading.lines == Self.exchanges { whole += 1 }
    }
    // Only packets that carry the hellos or the exchanges themselves matter.
    #expect(whole >= sample.packets.count - 11)
  }

  @Test(arguments: SecureSample.names)
  func `neighbouring packets may change places`(_ name: String) throws {
    let sample = try SecureSample(name)
    for i in 4..<sample.packets.count {
      var order = sample.all
      order.swapAt(i - 1, i)
      let lines = sample.read(order).lines
      #expect(lines.sorted() == Self.exchanges.sorted(), "\(i)")
    }
  }

  @Test func `the client's records wait for a server's hello that was captured late`() throws {
    let sample = try SecureSample("1.3-tls-aes-128-gcm-sha256")
    // Packet 6 holds the server's hello, 8 and 9 what the client says after it.
    let order = sample.without(6).flatMap { $0 == 9 ? [9, 6] : [$0] }
    #expect(sample.read(order).lines.contains("GET /api/orders/bad/1 401"))
  }

  @Test func `a pcapng file may bring its secrets along`() throws {
    let sample = try SecureSample("1.3-tls-aes-128-gcm-sha256")
    var file = PacketBuilder(.pcapng)
    let padding = [UInt8](repeating: 0, count: (4 - sample.keys.count % 4) % 4)
    let length = UInt32(sample.keys.count)
    file.block(
      10, Array("KSLT".utf8) + PacketBuilder.big(length.byteSwapped) + sample.keys + padding)
    for packet in sample.packets { file.frame(Array(packet.dropFirst(16))) }
    #expect(Reading(file).lines == Self.exchanges)
  }

  @Test func `secrets are dropped from everything that is kept`() throws {
    let sample = try SecureSample("1.2-ecdhe-ecdsa-aes128-gcm-sha256")
    let reading = sample.read()
    let secret = String(decoding: sample.keys, as: UTF8.self).split(separator: " ").last ?? ""
    for index in 0..<reading.observations.symbols.count {
      let text = reading.text(Symbol(index: UInt32(index)))
      #expect(!text.contains(secret) && !text.contains("eyJ"))
    }
  }

  @Test func `flipped and missing bytes never trap, and give no exchange that was not there`()
    throws
  {
    var generator = SplitMix(state: 11)
    for name in SecureSample.names + ["1.3-http2", "1.3-key-update"] {
      let sample = try SecureSample(name)
      var options = CaptureOptions()
      options.keys.add(sample.keys.span)
      for _ in 0..<150 {
        var damaged = sample.capture(sample.all)
        for _ in 0...Int(generator.next() % 4) {
          damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(
            truncatingIfNeeded: generator.next())
        }
        if generator.next() % 3 == 0 { damaged.removeLast(Int(generator.next() % 2000)) }
        let reading = Reading(damaged, options)
        #expect(reading.requests.count <= 6)
      }
    }
  }
}
