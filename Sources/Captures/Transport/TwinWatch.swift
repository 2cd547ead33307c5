/// Recognises a packet that was captured before on another interface, with its addresses translated
/// or inside another tunnel: sequence numbers, acknowledgement, length and TCP timestamp survive
/// both. Only asked when a flow key is new.
struct TwinWatch {
  private struct Seen: BitwiseCopyable {
    var seq: UInt32 = 0
    var ack: UInt32 = 0
    var stamp: UInt32 = 0
    var length: Int32 = -1
    var id: UInt16 = 0
    var flags: UInt8 = 0
    var interface: Int32 = 0
    var connection: Int32 = -1
    var side: Int32 = 0
    var time: Int64 = 0
  }
  private var slots = [Seen](repeating: Seen(), count: 4096)
  /// Copies on two interfaces are this close in time (nanoseconds).
  static let window: Int64 = 50_000_000

  private static func slot(_ s: Segment) -> Int {
    var z = UInt64(s.seq) << 32 | UInt64(s.ack)
    z = (z ^ (z >> 30) ^ UInt64(truncatingIfNeeded: s.length)) &* 0xbf58_476d_1ce4_e5b9
    return Int(truncatingIfNeeded: z >> 40) & 4095
  }

  @inline(__always) mutating func remember(_ s: Segment, _ connection: Int, _ side: Int) {
    slots[Self.slot(s)] = Seen(
      seq: s.seq, ack: s.ack, stamp: s.stamp, length: Int32(clamping: s.length), id: s.id,
      flags: s.flags, interface: Int32(clamping: s.interface), connection: Int32(connection),
      side: Int32(side), time: s.time)
  }

  /// The connection and side that sent the same packet a moment ago on another interface.
  func twin(of s: Segment) -> (connection: Int, side: Int)? {
    let seen = slots[Self.slot(s)]
    guard seen.connection >= 0, seen.seq == s.seq, seen.ack == s.ack, seen.stamp == s.stamp,
      seen.length == Int32(clamping: s.length), seen.flags == s.flags,
      abs(s.time &- seen.time) <= Self.window,
      seen.interface != Int32(clamping: s.interface) || s.interface < 0
    else { return nil }
    // Without a timestamp a bare SYN is 32 bits of proof only: ask for the IP id too.
    if s.stamp == 0, s.ack == 0 || s.seq == 0, seen.id != s.id || s.id == 0 { return nil }
    return (Int(seen.connection), Int(seen.side))
  }

  mutating func forget() { slots = [Seen](repeating: Seen(), count: slots.count) }
}
