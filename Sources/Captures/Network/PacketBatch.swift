internal import ByteScan

/// Packets taken apart down to their transport, and the HTTP heads that begin in them: on the way from who
/// reads a file to who puts streams together, on another thread.
package struct PacketBatch: Sendable {
  enum Kind: UInt8, BitwiseCopyable { case other, secrets, tcp, udp, icmp, icmpV6 }
  struct Item: BitwiseCopyable {
    var kind = Kind.other
    /// Index into `heads`: the TCP payload begins with this head; -1 without one.
    var head: Int32 = -1
    /// Of TCP, where it can be read.
    var segment: Segment?
    /// Its positions count in `bytes`.
    var datagram: Datagram
  }
  fileprivate var bytes: [UInt8] = []
  fileprivate var items: [Item] = []
  fileprivate var heads: [Head] = []

  package init() {}

  /// Small enough to be still in the cache when it is taken over.
  private static let piece = 256 << 10
  private static let most = 4096

  fileprivate var isFull: Bool { bytes.count >= Self.piece || items.count >= Self.most }

  /// Makes room for others.
  package mutating func clear() {
    // Room for a packet of many megabytes is not kept.
    bytes.removeAll(keepingCapacity: bytes.capacity <= 4 * Self.piece)
    items.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
  }
}

/// Collects packets into batches.
struct Batcher: TransportTaker, ~Copyable {
  private var batch = PacketBatch()
  /// Takes a batch that is full and leaves an empty one.
  private let handOn: (inout PacketBatch) -> Void

  init(handOn: @escaping (inout PacketBatch) -> Void) { self.handOn = handOn }

  /// Hands on what is left.
  mutating func finish() {
    if !batch.items.isEmpty { handOn(&batch) }
  }

  mutating func arrived(packet: Int, time: Int64) {
    if batch.isFull { handOn(&batch) }
    batch.items.append(
      PacketBatch.Item(
        datagram: Datagram(
          source: IPAddress(), destination: IPAddress(), proto: 0, ttl: 0, id: 0, network: 0,
          from: 0, to: 0, missing: 0, packet: packet, time: time, interface: 0)))
  }

  mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    arrived(packet: 0, time: .min)
    var datagram = batch.items[batch.items.count - 1].datagram
    datagram.from = from
    datagram.to = to
    add(.secrets, datagram, s)
  }

  mutating func tcp(_ d: Datagram, _ s: Span<UInt8>) {
    let datagram = add(.tcp, d, s)
    guard let segment = Segment.parse(datagram, batch.bytes.span) else { return }
    batch.items[batch.items.count - 1].segment = segment
    guard var head = Sniff.head(batch.bytes.span, segment.from, segment.to) else { return }
    head.identity = SuccessChoice.hash(batch.bytes.span, Collector.name(batch.bytes.span, head))
    if head.authorization.isPresent {
      head.credential = CredentialReader.hash(
        batch.bytes.span, head.authorization.start, head.authorization.end)
    }
    batch.items[batch.items.count - 1].head = Int32(truncatingIfNeeded: batch.heads.count)
    batch.heads.append(head)
  }

  mutating func udp(_ d: Datagram, _ s: Span<UInt8>) { add(.udp, d, s) }

  mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) {
    add(isV6 ? .icmpV6 : .icmp, d, s)
  }

  /// Puts the bytes of the packet that arrived last into the batch.
  @discardableResult private mutating func add(
    _ kind: PacketBatch.Kind, _ d: Datagram, _ s: Span<UInt8>
  ) -> Datagram {
    var datagram = d
    let from = max(0, d.from)
    let to = min(max(from, d.to), s.count)
    datagram.from = batch.bytes.count
    Bytes.append(s, from, to, to: &batch.bytes)
    datagram.to = batch.bytes.count
    batch.items[batch.items.count - 1].kind = kind
    batch.items[batch.items.count - 1].datagram = datagram
    return datagram
  }
}

extension TransportStage {
  /// Takes the packets of a batch, as if they came one by one.
  mutating func take(_ batch: inout PacketBatch) {
    swap(&collector.foreseen, &batch.heads)
    replay(batch)
    collector.foreseenHead = -1
    swap(&collector.foreseen, &batch.heads)
  }

  private mutating func replay(_ batch: PacketBatch) {
    let s = batch.bytes.span
    for item in batch.items {
      let d = item.datagram
      if item.kind == .secrets {
        secrets(s, d.from, d.to)
        continue
      }
      arrived(packet: d.packet, time: d.time)
      switch item.kind {
      case .other, .secrets: break
      case .tcp:
        collector.foreseenHead = item.head
        if let segment = item.segment { take(segment, d, s) }
      case .udp: udp(d, s)
      case .icmp: icmp(d, s, isV6: false)
      case .icmpV6: icmp(d, s, isV6: true)
      }
    }
  }
}
