@testable import Captures

/// One TCP connection for `PacketBuilder`: keeps the sequence numbers.
struct Talk {
  var client: [UInt8] = [10, 0, 0, 1]
  var server: [UInt8] = [10, 0, 1, 1]
  var clientPort: UInt16 = 40_000
  var serverPort: UInt16 = 8080
  var clientSeq: UInt32 = 1000
  var serverSeq: UInt32 = 5000
  /// Builds the frame around an IP packet.
  var wrap: ([UInt8]) -> [UInt8] = { PacketBuilder.ethernet(0x0800, $0) }
  private var id: UInt16 = 1

  init() {}

  mutating func fromClient(_ text: String, flags: UInt8 = 0x18) -> [UInt8] {
    fromClient(Array(text.utf8), flags: flags)
  }
  mutating func fromClient(_ payload: [UInt8] = [], flags: UInt8 = 0x18) -> [UInt8] {
    id &+= 1
    let packet = PacketBuilder.ipv4(
      client, server, proto: 6, id: id,
      PacketBuilder.tcp(
        clientPort, serverPort, seq: clientSeq, ack: flags & 16 == 0 ? 0 : serverSeq,
        flags: flags, payload))
    clientSeq &+= UInt32(payload.count) &+ (flags & 3 != 0 ? 1 : 0)
    return wrap(packet)
  }
  mutating func fromServer(_ text: String, flags: UInt8 = 0x18) -> [UInt8] {
    fromServer(Array(text.utf8), flags: flags)
  }
  mutating func fromServer(_ payload: [UInt8] = [], flags: UInt8 = 0x18) -> [UInt8] {
    id &+= 1
    let packet = PacketBuilder.ipv4(
      server, client, proto: 6, id: id,
      PacketBuilder.tcp(
        serverPort, clientPort, seq: serverSeq, ack: clientSeq, flags: flags, payload))
    serverSeq &+= UInt32(payload.count) &+ (flags & 3 != 0 ? 1 : 0)
    return wrap(packet)
  }

  /// The three packets of the handshake.
  mutating func open(_ file: inout PacketBuilder) {
    file.frame(fromClient(flags: 2))
    file.frame(fromServer(flags: 18))
    file.frame(fromClient(flags: 16))
  }
}
