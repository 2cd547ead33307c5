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
  private var names = NameWatch()
  private var lastQuote: (quote: ICMPQuote?, time: Int64) = (nil, 0)

  static let idle: Int64 = 300_000_000_000

  init(collector: consuming Collector) { self.collector = collector }

  mutating func arrived(packet: Int, time: Int64) {
    if time > collector.now { collector.now = time }
    collector.publishIfDue()
  }

  mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    collector.keys.add(s, from, to)
  }

  mutating func tcp(_ d: Datagram, _ s: Span<UInt8>) {
    if let segment = Segment.parse(d, s) { take(segment, d, s) }
  }

  mutating func take(_ segment: Segment, _ d: Datagram, _ s: Span<UInt8>) {
    if !isMulti {
      if firstInterface == .min { firstInterface = d.interface }
      if d.interface != firstInterface || d.interface < 0 { isMulti = true }
    }
    if NameWatch.isPort(segment.sourcePort) || NameWatch.isPort(segment.destinationPort) {
      // DNS over TCP (RFC 7766 §8): the usual message that fills its segment, after its length.
      if segment.to - segment.from > 14,
        Int(Numbers.big16(s, segment.from)) == segment.length - 2
      {
        names.take(
          d, segment.sourcePort, segment.destinationPort, s, segment.from + 2, &collector)
      }
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

  mutating func udp(_ d: Datagram, _ s: Span<UInt8>) {
    guard d.to - d.from >= 8 else { return }
    names.take(
      d, Numbers.big16(s, d.from), Numbers.big16(s, d.from + 2), s, d.from + 8, &collector)
  }

  mutating func icmp(_ d: Datagram, _ s: Span<UInt8>, isV6: Bool) {
    guard let quote = ICMPQuote.parse(d, s, isV6: isV6) else { return }
    // The same error on another interface is a moment away.
    let isCopy =
      quote.source == lastQuote.quote?.source && quote.seq == lastQuote.quote?.seq
      && quote.sourcePort == lastQuote.quote?.sourcePort && quote.code == lastQuote.quote?.code
      && d.time &- lastQuote.time < TwinWatch.window
    lastQuote = (quote, d.time)
    if isCopy { return }
    var event = NetworkEvent(citation: collector.citation(d.packet), kind: .icmpUnreachable)
    event.time = Instant(nanoseconds: d.time)
    event.code = quote.code
    var target = (quote.destination, quote.destinationPort)
    if quote.proto == 6 {
      let (key, _) = FlowKey.of(
        quote.source, quote.sourcePort, quote.destination, quote.destinationPort, d.network)
      let entry = table.find(key)
      if entry >= 0 {
        let index = Int(table.entries[entry].connection)
        connections[index].opening.wasUnreachable = true
        // As the client addressed it.
        if connections[index].talk.ends.client == quote.source {
          target = (connections[index].talk.ends.server, connections[index].talk.ends.serverPort)
        }
      }
    }
    var text: [UInt8] = Array((quote.proto == 6 ? "tcp, from " : "udp, from ").utf8)
    d.source.write(into: &text)
    event.detail = collector.observations.symbols.intern(text.span)
    collector.add(event, from: quote.source, quote.sourcePort, to: target.0, target.1)
  }

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
    names.finish(&collector)
  }
}
