/// One TCP segment: header fields and where its payload stands (RFC 9293 §3.1).
struct Segment: BitwiseCopyable {
  var seq: UInt32
  var ack: UInt32
  var flags: UInt8
  var sourcePort: UInt16
  var destinationPort: UInt16
  /// TSval of the timestamps option; 0 without.
  var stamp: UInt32
  var from: Int
  var to: Int
  /// Payload bytes that were on the wire but not captured.
  var missing: Int
  var packet: Int
  var time: Int64
  var interface: Int
  var ttl: UInt8
  var id: UInt16

  var isFIN: Bool { flags & 1 != 0 }
  var isSYN: Bool { flags & 2 != 0 }
  var isRST: Bool { flags & 4 != 0 }
  var isACK: Bool { flags & 16 != 0 }
  /// Payload bytes on the wire.
  var length: Int { to - from + missing }

  static func parse(_ d: Datagram, _ s: Span<UInt8>) -> Segment? {
    guard d.to - d.from >= 20 else { return nil }
    let at = d.from
    let header = Int(s[at + 12] >> 4) * 4
    guard header >= 20 else { return nil }
    var segment = Segment(
      seq: Numbers.big32(s, at + 4), ack: Numbers.big32(s, at + 8), flags: s[at + 13],
      sourcePort: Numbers.big16(s, at), destinationPort: Numbers.big16(s, at + 2), stamp: 0,
      from: min(at + header, d.to), to: d.to, missing: d.missing, packet: d.packet, time: d.time,
      interface: d.interface, ttl: d.ttl, id: d.id)
    let end = segment.from
    var i = at + 20
    // The usual layout first: NOP NOP Timestamps.
    if i + 12 <= end, s[i] == 1, s[i + 1] == 1, s[i + 2] == 8 { i += 2 }
    while i < end {
      let kind = s[i]
      if kind == 0 { break }
      if kind == 1 {
        i += 1
        continue
      }
      guard i + 1 < end, s[i + 1] >= 2 else { break }
      if kind == 8, i + 6 <= end {
        segment.stamp = Numbers.big32(s, i + 2)
        break
      }
      i += Int(s[i + 1])
    }
    return segment
  }
}
