@testable import Captures

/// The header blocks of the HTTP/2 connections in a capture, taken out without the readers that are to be
/// judged by them: streams put together by sequence numbers, from the preface on.
struct HeaderBlocksOnWire {
  struct Direction: Hashable {
    var source: IPAddress
    var port: UInt16
    var destination: IPAddress
    var destinationPort: UInt16
    var network: UInt32
    var reversed: Direction {
      Direction(
        source: destination, port: destinationPort, destination: source, destinationPort: port,
        network: network)
    }
  }
  struct Block {
    var bytes: [UInt8]
    var isFromServer: Bool
  }
  /// By direction of a connection, in order.
  private(set) var blocks: [[Block]] = []

  init(_ capture: [UInt8]) {
    var walk = PacketWalk(next: Segments())
    var feed = ByteFeed(bytes: capture)
    if feed.fill(12), Numbers.big32(feed.buffer.span, feed.start) == BlockFile.sectionHeader {
      BlockFile.read(&feed, into: &walk)
    } else {
      ClassicFile.read(&feed, into: &walk)
    }
    let streams = walk.next.pieces.mapValues(Self.joined)
    for (direction, bytes) in streams
    where bytes.starts(with: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) {
      blocks.append(Self.blocks(bytes.dropFirst(24), isFromServer: false))
      // A server begins with SETTINGS; without an upgrade before.
      if let answer = streams[direction.reversed], answer.count > 9, answer[3] == 4 {
        blocks.append(Self.blocks(answer[...], isFromServer: true))
      }
    }
  }

  private static func joined(_ pieces: [(seq: UInt32, bytes: [UInt8])]) -> [UInt8] {
    guard let first = pieces.first?.seq else { return [] }
    let ordered = pieces.sorted {
      Int32(bitPattern: $0.seq &- first) < Int32(bitPattern: $1.seq &- first)
    }
    var bytes: [UInt8] = []
    let start = ordered[0].seq
    for piece in ordered {
      let at = Int(Int32(bitPattern: piece.seq &- start))
      if at > bytes.count { break }
      bytes += piece.bytes.dropFirst(bytes.count - at)
    }
    return bytes
  }

  private static func blocks(_ bytes: ArraySlice<UInt8>, isFromServer: Bool) -> [Block] {
    var result: [Block] = []
    var block: [UInt8] = []
    var rest = bytes
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      guard rest.count >= 9 + length else { break }
      var payload = rest.dropFirst(9).prefix(length)
      rest = rest.dropFirst(9 + length)
      guard head[3] == 1 || head[3] == 5 || head[3] == 9 else { continue }
      if head[3] != 9 {
        if head[4] & 8 != 0, let padding = payload.popFirst() {
          payload = payload.dropLast(Int(padding))
        }
        if head[3] == 1, head[4] & 0x20 != 0 { payload = payload.dropFirst(5) }
        if head[3] == 5 { payload = payload.dropFirst(4) }
        block = []
      }
      block += payload
      if head[4] & 4 != 0 {
        // What a server promises is a request.
        result.append(Block(bytes: block, isFromServer: isFromServer && head[3] != 5))
      }
    }
    return result
  }

  private struct Segments: TransportTaker, ~Copyable {
    var pieces: [Direction: [(seq: UInt32, bytes: [UInt8])]] = [:]
    mutating func arrived(packet: Int, time: Int64) {}
    mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int) {}
    mutating func udp(_ d: Datagram, _ s: Span<UInt8>) {}
    mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) {}
    mutating func tcp(_ d: Datagram, _ s: Span<UInt8>) {
      guard let segment = Segment.parse(d, s), segment.to > segment.from else { return }
      let direction = Direction(
        source: d.source, port: segment.sourcePort, destination: d.destination,
        destinationPort: segment.destinationPort, network: d.network)
      let bytes = (segment.from..<segment.to).map { s[$0] }
      pieces[direction, default: []].append((segment.seq, bytes))
    }
  }
}
