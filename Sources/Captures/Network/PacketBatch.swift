internal import ByteScan

/// Packets taken apart down to their transport, and the HTTP heads that begin in them: on the way from who
/// reads a file to who puts streams together, on another thread. The window of the file that they stand in goes
/// along.
package struct PacketBatch: Sendable {
  enum Kind: UInt8, BitwiseCopyable { case other, secrets, tcp, udp, icmp, icmpV6 }
  struct Item: BitwiseCopyable {
    var kind = Kind.other
    /// Index into `heads`: the TCP payload begins with this head; -1 without one.
    var head: Int32 = -1
    /// Of TCP in the window, where it can be read.
    var segment: Segment?
    /// Its positions count in `window`, or in `apart`.
    var datagram: Datagram
  }
  fileprivate var window: [UInt8] = []
  /// Bytes of packets that were put together from fragments.
  fileprivate var apart: [UInt8] = []
  fileprivate var items: [Item] = []
  fileprivate var heads: [Head] = []

  package init() {}

  /// Makes room for others. The window is used again as it is.
  package mutating func clear() {
    // Room for a packet of many megabytes is not kept.
    if window.count > 4 * ByteFeed.piece { window = [] }
    apart.removeAll(keepingCapacity: apart.capacity <= ByteFeed.piece)
    items.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
  }
}

/// Collects packets into batches, one for each window of the file.
struct Batcher: TransportTaker, ~Copyable {
  private var batch = PacketBatch()
  /// Takes a batch that is full and leaves an empty one.
  private let handOn: (inout PacketBatch) -> Void

  init(handOn: @escaping (inout PacketBatch) -> Void) { self.handOn = handOn }

  mutating func leave(_ feed: inout ByteFeed) {
    guard !batch.items.isEmpty else { return }
    feed.exchange(&batch.window)
    handOn(&batch)
  }

  mutating func arrived(packet: Int, time: Int64) {
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
    guard !datagram.isApart, let segment = Segment.parse(datagram, s) else { return }
    let last = batch.items.count - 1
    batch.items[last].segment = segment
    guard Sniff.isMessage(s, segment.from, segment.to) else { return }
    // Read in its place: a head is large.
    let place = batch.heads.count
    batch.heads.append(Head())
    if batch.heads[place].readAhead(s, segment.from, segment.to) {
      batch.items[last].head = Int32(truncatingIfNeeded: place)
    } else {
      batch.heads.removeLast()
    }
  }

  mutating func udp(_ d: Datagram, _ s: Span<UInt8>) { add(.udp, d, s) }

  mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) {
    add(isV6 ? .icmpV6 : .icmp, d, s)
  }

  /// Makes the item that was begun last one of the packet `d`, whose bytes are in the window `s`, or apart.
  @discardableResult private mutating func add(
    _ kind: PacketBatch.Kind, _ d: Datagram, _ s: Span<UInt8>
  ) -> Datagram {
    var datagram = d
    datagram.from = max(0, d.from)
    datagram.to = min(max(datagram.from, d.to), s.count)
    if d.isApart {
      let start = batch.apart.count
      Bytes.append(s, datagram.from, datagram.to, to: &batch.apart)
      datagram.from = start
      datagram.to = batch.apart.count
    }
    batch.items[batch.items.count - 1].kind = kind
    batch.items[batch.items.count - 1].datagram = datagram
    return datagram
  }
}

extension Head {
  /// Reads a whole head, and takes what names it and its credential; false when it does not end before `to`.
  fileprivate mutating func readAhead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard parse(s, from, to) > 0 else { return false }
    identity = SuccessChoice.hash(s, Collector.name(s, self))
    if authorization.isPresent {
      credential = CredentialReader.hash(s, authorization.start, authorization.end)
    }
    return true
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
    let window = batch.window.span
    let apart = batch.apart.span
    for item in batch.items {
      let d = item.datagram
      let s = d.isApart ? apart : window
      if item.kind == .secrets {
        secrets(s, d.from, d.to)
        continue
      }
      arrived(packet: d.packet, time: d.time)
      collector.foreseenHead = item.head
      switch item.kind {
      case .other, .secrets: break
      case .tcp where d.isApart: tcp(d, s)
      case .tcp: if let segment = item.segment { take(segment, d, s) }
      case .udp: udp(d, s)
      case .icmp: icmp(d, s, isV6: false)
      case .icmpV6: icmp(d, s, isV6: true)
      }
    }
  }
}
