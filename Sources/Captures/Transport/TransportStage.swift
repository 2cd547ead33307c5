internal import Evidence

/// Sorts transport packets into connections.
struct TransportStage: TransportTaker, ~Copyable {
  private var table = FlowTable()
  private var connections: [Connection] = []
  private var twins = TwinWatch()
  var collector: Collector
  /// Several interfaces: the same packet may come more than once.
  private var firstInterface = Int.min
  private var isMulti = false
  private var sinceSweep = 0
  private var segments = 0

  static let idle: Int64 = 300_000_000_000

  init(collector: consuming Collector) { self.collector = collector }

  mutating func arrived(packet: Int, time: Int64) {
    if time > collector.now { collector.now = time }
  }

  mutating func tcp(_ d: Datagram, _ s: Span<UInt8>) {
    guard let segment = Segment.parse(d, s) else { return }
    if !isMulti {
      if firstInterface == .min { firstInterface = d.interface }
      if d.interface != firstInterface || d.interface < 0 { isMulti = true }
    }
    let (key, sourceIsLow) = FlowKey.of(
      d.source, segment.sourcePort, d.destination, segment.destinationPort, d.network)
    var entry = table.find(key)
    if entry < 0 {
      entry = open(key, sourceIsLow, d, segment)
    } else if segment.isSYN, !segment.isACK {
      reuse(entry, sourceIsLow, d, segment)
    }
    let found = table.entries[entry]
    let index = Int(found.connection)
    let side = sourceIsLow == found.zeroIsLow ? 0 : 1
    // The second interface may show up late: remember the beginning in any case.
    if isMulti || segments < 4096 { twins.remember(segment, index, side) }
    segments += 1
    connections[index].take(segment, side: side, s, &collector)
    sinceSweep += 1
    if sinceSweep > 1 << 18 { sweep() }
  }

  /// A new key: another leg of a connection that is known, or a connection of its own.
  private mutating func open(
    _ key: FlowKey, _ sourceIsLow: Bool, _ d: Datagram, _ segment: Segment
  ) -> Int {
    if isMulti, let twin = twins.twin(of: segment) {
      let zeroIsLow = twin.side == 0 ? sourceIsLow : !sourceIsLow
      let fromClient = twin.side == connections[twin.connection].client
      if fromClient {
        connections[twin.connection].talk.ends.translate(to: d.destination, segment.destinationPort)
      }
      return table.add(
        FlowTable.Entry(key: key, connection: Int32(twin.connection), zeroIsLow: zeroIsLow))
    }
    connections.append(Connection(d, segment))
    return table.add(
      FlowTable.Entry(
        key: key, connection: Int32(connections.count - 1), zeroIsLow: sourceIsLow))
  }

  /// A SYN on a known key: a retransmission, or a new connection between the same ports.
  private mutating func reuse(
    _ entry: Int, _ sourceIsLow: Bool, _ d: Datagram, _ segment: Segment
  ) {
    let found = table.entries[entry]
    let old = Int(found.connection)
    let side = sourceIsLow == found.zeroIsLow ? 0 : 1
    let half = side == 0 ? connections[old].up : connections[old].down
    let start = segment.seq &+ 1
    if half.packets == 0 { return }
    let behind = Int32(bitPattern: half.next &- start)
    // The same start, or (shuffled files) the start of what is known already.
    if !half.isSynced
      || behind >= 0 && behind < 1 << 28
        && half.next &- start
          <= UInt32(
            clamping: half.bytes + 1)
        && !connections[old].isClosed
    {
      return
    }
    connections[old].finish(&collector)
    connections.append(Connection(d, segment))
    table.point(entry, to: Int32(connections.count - 1), zeroIsLow: sourceIsLow)
  }

  mutating func udp(_ d: Datagram, _ s: Span<UInt8>) {}
  mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) {}

  /// Lets go of connections that are closed or idle, so that memory follows what is open.
  private mutating func sweep() {
    sinceSweep = 0
    let now = collector.now
    var numbers = [Int32](repeating: -1, count: connections.count)
    var kept: [Connection] = []
    for i in connections.indices {
      let idle = now &- connections[i].lastTime
      if connections[i].isFinished || idle > Self.idle
        || connections[i].isClosed && idle > Self.idle / 30
      {
        connections[i].finish(&collector)
      } else {
        numbers[i] = Int32(kept.count)
        kept.append(connections[i])
      }
    }
    guard kept.count < connections.count else { return }
    connections = kept
    table.renumber(numbers)
    twins.forget()
  }

  /// The file is over.
  mutating func finish() {
    for i in connections.indices { connections[i].finish(&collector) }
    connections = []
  }
}
