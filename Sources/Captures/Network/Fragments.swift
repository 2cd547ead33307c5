internal import ByteScan

/// Puts IP fragments together (RFC 791 §3.2, RFC 8200 §4.5). Bounded: 512 packets in the making,
/// 64 pieces each, 30 seconds of capture time.
struct Fragments {
  private struct Key: Hashable {
    var source: IPAddress
    var destination: IPAddress
    var id: UInt32
    var proto: UInt8
    var network: UInt32
  }
  private struct Piece {
    var offset: Int
    var bytes: [UInt8]
  }
  private struct Making {
    var pieces: [Piece] = []
    var total = -1
    var since: Int64
  }
  private var making: [Key: Making] = [:]
  /// Fragments that never became a packet.
  private(set) var lost = 0

  /// Takes a fragment; gives the whole payload when this was the last one missing.
  mutating func take(
    _ header: IPHeader, _ s: Span<UInt8>, _ network: UInt32, _ time: Int64
  ) -> [UInt8]? {
    let key = Key(
      source: header.source, destination: header.destination, id: header.id, proto: header.proto,
      network: network)
    if making.count >= 512, making[key] == nil { dropOld(time) }
    var current = making[key] ?? Making(since: time)
    if time &- current.since > 30_000_000_000 || current.pieces.count >= 64 {
      lost += current.pieces.count
      current = Making(since: time)
    }
    var bytes: [UInt8] = []
    Bytes.append(s, header.payload, header.end, to: &bytes)
    if !header.moreFragments { current.total = header.fragmentOffset + bytes.count }
    if !current.pieces.contains(where: { $0.offset == header.fragmentOffset }) {
      current.pieces.append(Piece(offset: header.fragmentOffset, bytes: bytes))
    }
    guard let whole = Self.join(current) else {
      making[key] = current
      return nil
    }
    making[key] = nil
    return whole
  }

  private static func join(_ making: Making) -> [UInt8]? {
    guard making.total >= 0, making.total <= 65_535 else { return nil }
    var whole: [UInt8] = []
    for piece in making.pieces.sorted(by: { $0.offset < $1.offset }) {
      guard piece.offset <= whole.count else { return nil }
      let known = whole.count - piece.offset
      if known < piece.bytes.count { whole.append(contentsOf: piece.bytes[known...]) }
    }
    return whole.count >= making.total ? whole : nil
  }

  private mutating func dropOld(_ time: Int64) {
    let before = making.values.reduce(0) { $0 + $1.pieces.count }
    making = making.filter { time &- $0.value.since < 2_000_000_000 }
    if making.count >= 512 { making.removeAll() }
    lost += before - making.values.reduce(0) { $0 + $1.pieces.count }
  }

  /// Whatever is still incomplete at the end.
  var unfinished: Int { making.values.reduce(lost) { $0 + $1.pieces.count } }
}
