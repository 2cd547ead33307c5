internal import ByteScan

/// One direction of a connection, put into order.
///
/// The first copy of a byte wins. A hole is given up only when the other side has acknowledged
/// beyond it and a second of capture time or 64 packets have passed, when a budget is spent, or when
/// the connection ends: neither an early acknowledgement nor data from the other side proves a loss.
struct StreamHalf {
  struct Piece {
    var seq: UInt32
    var bytes: [UInt8]
    var missing: Int
    var packet: Int
    var time: Int64
    var ack: UInt32
    var hasAck: Bool
  }

  static let largestHeld = 8 << 20
  static let mostPieces = 4096
  static let patience: Int64 = 1_000_000_000

  var isSynced = false
  /// Next expected sequence number.
  private(set) var next: UInt32 = 0
  /// Highest acknowledgement of this stream by the other side.
  private(set) var acked: UInt32 = 0
  private(set) var hasAck = false
  private(set) var held: [Piece] = []
  private(set) var heldBytes = 0
  private var heldSince: Int64 = 0
  private var heldPackets = 0
  var hasFIN = false
  private(set) var finSeq: UInt32 = 0
  var packets = 0
  /// Payload bytes seen, retransmissions included.
  var bytes: Int64 = 0

  mutating func sync(_ seq: UInt32) {
    guard !isSynced else { return }
    isSynced = true
    next = seq
  }

  /// The other side acknowledges.
  @inline(__always) mutating func acknowledge(_ ack: UInt32) {
    if !hasAck || Int32(bitPattern: ack &- acked) > 0 {
      acked = ack
      hasAck = true
    }
  }

  mutating func fin(at seq: UInt32) {
    guard !hasFIN else { return }
    hasFIN = true
    finSeq = seq
  }

  /// All bytes up to the FIN were delivered.
  var isComplete: Bool { hasFIN && isSynced && held.isEmpty && next == finSeq }

  enum Verdict { case deliver(skip: Int), duplicate, hold, jump }

  /// What to do with `length` bytes at `seq`.
  @inline(__always) mutating func judge(_ seq: UInt32, _ length: Int) -> Verdict {
    // An acknowledgement may be captured before its data: it is no proof of the start.
    if !isSynced { return .hold }
    let ahead = Int32(bitPattern: seq &- next)
    if ahead == 0 { return .deliver(skip: 0) }
    if ahead < 0 {
      let known = -Int(ahead)
      if known > 1 << 28 { return .jump }
      return known >= length ? .duplicate : .deliver(skip: known)
    }
    return ahead > 1 << 26 ? .jump : .hold
  }

  @inline(__always) mutating func advance(_ count: Int) {
    next = next &+ UInt32(truncatingIfNeeded: count)
  }

  mutating func hold(_ segment: Segment, _ s: Span<UInt8>, _ seq: UInt32) {
    if held.count >= Self.mostPieces { return }
    var bytes: [UInt8] = []
    Bytes.append(s, segment.from, segment.to, to: &bytes)
    var at = held.count
    while at > 0, Int32(bitPattern: held[at - 1].seq &- seq) > 0 { at -= 1 }
    if at > 0, held[at - 1].seq == seq,
      held[at - 1].bytes.count + held[at - 1].missing >= segment.length
    {
      return
    }
    if held.isEmpty {
      heldSince = segment.time
      heldPackets = 0
    }
    held.insert(
      Piece(
        seq: seq, bytes: bytes, missing: segment.missing, packet: segment.packet,
        time: segment.time, ack: segment.ack, hasAck: segment.isACK), at: at)
    heldBytes += bytes.count
  }

  /// Whether waiting longer makes no sense. `other`: packets seen from the other side.
  mutating func shouldRelease(now: Int64, otherPackets: Int, budgetSpent: Bool) -> Bool {
    guard let first = held.first else { return false }
    heldPackets += 1
    if heldBytes > Self.largestHeld || held.count >= Self.mostPieces || budgetSpent { return true }
    let waited = now &- heldSince
    let isOld = waited > Self.patience || heldPackets > 64
    if !isSynced { return isOld || heldPackets > 16 }
    if waited > 30 * Self.patience { return true }
    let isAcked = hasAck && Int32(bitPattern: acked &- first.seq) >= 0
    return isOld && (isAcked || otherPackets == 0)
  }

  /// Takes out the pieces that follow on from the next expected byte.
  mutating func takeReady() -> [Piece] {
    var count = 0
    var end = next
    while count < held.count, Int32(bitPattern: held[count].seq &- end) <= 0 {
      let pieceEnd =
        held[count].seq
        &+ UInt32(truncatingIfNeeded: held[count].bytes.count + held[count].missing)
      if Int32(bitPattern: pieceEnd &- end) > 0 { end = pieceEnd }
      count += 1
    }
    guard count > 0 else { return [] }
    let ready = Array(held[..<count])
    held.removeSubrange(..<count)
    for piece in ready { heldBytes -= piece.bytes.count }
    heldPackets = 0
    if let first = held.first { heldSince = max(heldSince, first.time) }
    return ready
  }

  /// Jumps over the hole before the first held piece; says how many bytes are lost.
  mutating func giveUpHole() -> Int {
    guard let first = held.first else { return 0 }
    if !isSynced {
      sync(first.seq)
      return 0
    }
    let hole = max(0, Int(Int32(bitPattern: first.seq &- next)))
    advance(hole)
    return hole
  }

  /// A new stream under the old name.
  mutating func restart(at seq: UInt32) {
    held.removeAll()
    heldBytes = 0
    next = seq
    isSynced = true
    hasFIN = false
  }
}
