/// Builds small captures in memory, so that every test shows its bytes.
struct PacketBuilder {
  enum Container { case pcap, nanosecondPcap, bigEndianPcap, pcapng }

  var container: Container
  var linkType: UInt32
  private(set) var bytes: [UInt8] = []
  /// Seconds since the epoch of the next packet; steps on by a millisecond.
  var time = 1_700_000_000.0
  private(set) var packets = 0

  init(_ container: Container = .pcap, linkType: UInt32 = 1) {
    self.container = container
    self.linkType = linkType
    switch container {
    case .pcap, .nanosecondPcap, .bigEndianPcap:
      append32(container == .nanosecondPcap ? 0xa1b2_3c4d : 0xa1b2_c3d4)
      append16(2)
      append16(4)
      append32(0)
      append32(0)
      append32(262_144)
      append32(linkType)
    case .pcapng:
      append32(0x0a0d_0d0a)
      append32(28)
      append32(0x1a2b_3c4d)
      append16(1)
      append16(0)
      append32(0xffff_ffff)
      append32(0xffff_ffff)
      append32(28)
      interface(linkType)
    }
  }

  private var isBig: Bool { container == .bigEndianPcap }
  private mutating func append16(_ value: UInt16) {
    bytes += PacketBuilder.big(isBig ? value : value.byteSwapped)
  }
  private mutating func append32(_ value: UInt32) {
    bytes += PacketBuilder.big(isBig ? value : value.byteSwapped)
  }

  static func big(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
  static func big(_ value: UInt32) -> [UInt8] {
    big(UInt16(value >> 16)) + big(UInt16(value & 0xffff))
  }

  /// pcapng: one more interface.
  mutating func interface(_ linkType: UInt32) {
    append32(1)
    append32(20)
    append16(UInt16(linkType))
    append16(0)
    append32(0)
    append32(20)
  }

  /// A block of any kind (pcapng).
  mutating func block(_ type: UInt32, _ body: [UInt8]) {
    append32(type)
    append32(UInt32(body.count + 12))
    bytes += body
    append32(UInt32(body.count + 12))
  }

  /// A frame as captured; `missing` bytes were cut by the snap length.
  mutating func frame(_ frame: [UInt8], interface: UInt32 = 0, missing: Int = 0) {
    packets += 1
    let micro = UInt64((time * 1e6).rounded())
    if container == .pcapng {
      let padding = (4 - frame.count % 4) % 4
      let length = UInt32(32 + frame.count + padding)
      append32(6)
      append32(length)
      append32(interface)
      append32(UInt32(micro >> 32))
      append32(UInt32(micro & 0xffff_ffff))
      append32(UInt32(frame.count))
      append32(UInt32(frame.count + missing))
      bytes += frame + [UInt8](repeating: 0, count: padding)
      append32(length)
    } else {
      append32(UInt32(micro / 1_000_000))
      append32(UInt32(micro % 1_000_000) * (container == .nanosecondPcap ? 1000 : 1))
      append32(UInt32(frame.count))
      append32(UInt32(frame.count + missing))
      bytes += frame
    }
    time += 0.001
  }
}

extension PacketBuilder {
  static func ethernet(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
    [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2] + big(type) + payload
  }

  /// LINUX_SLL2 with an interface index.
  static func cooked2(_ type: UInt16, interface: UInt32, _ payload: [UInt8]) -> [UInt8] {
    big(type) + [0, 0] + big(interface) + [0, 1, 0, 6] + [UInt8](repeating: 0, count: 8) + payload
  }

  static func ipv4(
    _ source: [UInt8], _ destination: [UInt8], proto: UInt8, id: UInt16 = 7, ttl: UInt8 = 64,
    fragment: UInt16 = 0, length: UInt16? = nil, _ payload: [UInt8]
  ) -> [UInt8] {
    [0x45, 0] + big(length ?? UInt16(truncatingIfNeeded: 20 + payload.count)) + big(id)
      + big(fragment) + [ttl, proto, 0, 0] + source + destination + payload
  }

  static func ipv6(_ source: [UInt8], _ destination: [UInt8], next: UInt8, _ payload: [UInt8])
    -> [UInt8]
  {
    [0x60, 0, 0, 0] + big(UInt16(payload.count)) + [next, 64] + source + destination + payload
  }

  static func udp(_ source: UInt16, _ destination: UInt16, _ payload: [UInt8]) -> [UInt8] {
    big(source) + big(destination) + big(UInt16(payload.count + 8)) + [0, 0] + payload
  }

  static func tcp(
    _ source: UInt16, _ destination: UInt16, seq: UInt32, ack: UInt32, flags: UInt8,
    _ payload: [UInt8] = []
  ) -> [UInt8] {
    big(source) + big(destination) + big(seq) + big(ack) + [5 << 4, flags] + big(UInt16(501))
      + [0, 0, 0, 0] + payload
  }

  static func vxlan(network: UInt32, _ payload: [UInt8]) -> [UInt8] {
    [8, 0, 0, 0] + Array(big(network << 8)) + payload
  }
}
