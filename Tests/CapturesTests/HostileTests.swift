internal import Testing

@testable import Captures

@Suite struct HostileTests {
  static let captures: [[UInt8]] = [
    Samples.exchange().bytes, Samples.exchange(.pcapng).bytes, Samples.everything().bytes,
    Samples.everything(.bigEndianPcap).bytes, HTTP2Tests.capture().bytes,
  ]

  @Test func `a capture cut at any byte never traps and never gains exchanges`() {
    for capture in Self.captures {
      let whole = Reading(capture).requests.count
      for length in 0..<capture.count {
        let reading = Reading(Array(capture[..<length]))
        #expect(reading.requests.count <= whole)
      }
    }
  }

  @Test func `flipped bytes never trap`() {
    var generator = SplitMix(state: 7)
    for capture in Self.captures {
      for _ in 0..<1500 {
        var damaged = capture
        for _ in 0...Int(generator.next() % 6) {
          damaged[Int(generator.next() % UInt64(capture.count))] = UInt8(
            truncatingIfNeeded: generator.next())
        }
        let reading = Reading(damaged)
        #expect(reading.coverage.lines <= capture.count)
      }
    }
  }

  @Test func `noise under each link type never traps`() {
    var generator = SplitMix(state: 9)
    for linkType: UInt32 in [0, 1, 9, 12, 101, 104, 108, 113, 228, 239, 276] {
      var file = PacketBuilder(linkType: linkType)
      for _ in 0..<300 {
        file.frame(
          (0..<Int(generator.next() % 120)).map { _ in
            // Small numbers are more often lengths and types than large ones.
            UInt8(truncatingIfNeeded: generator.next() & generator.next())
          })
      }
      #expect(Reading(file).coverage.lines == 300)
    }
  }

  @Test func `the same capture gives the same observations`() {
    let first = Reading(Samples.everything())
    let second = Reading(Samples.everything())
    #expect(first.lines == second.lines)
    #expect(
      first.observations.network.map(\.citation) == second.observations.network.map(\.citation))
    #expect(first.observations.symbols.count == second.observations.symbols.count)
  }
}
