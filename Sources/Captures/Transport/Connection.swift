internal import Evidence

/// One TCP connection: both directions, what is spoken on it, and how it began and ended.
struct Connection {
  /// The side that opened it or speaks first as a client: 0 or 1; -1 not known yet.
  var client = -1
  /// Addresses of side 0 and side 1, as first seen.
  let address: (IPAddress, IPAddress)
  let port: (UInt16, UInt16)
  var up = StreamHalf()
  var down = StreamHalf()
  var upParser = MessageParser()
  var downParser = MessageParser()
  var talk: Conversation
  var opening = Opening()
  var lastTime: Int64
  var isFinished = false

  init(_ d: Datagram, _ s: Segment) {
    address = (d.source, d.destination)
    port = (s.sourcePort, s.destinationPort)
    lastTime = s.time
    talk = Conversation(ends: Ends())
    // A guess until a SYN or a start line tells: the lower port serves.
    setClient(s.sourcePort >= s.destinationPort ? 0 : 1, sure: false)
  }

  mutating func setClient(_ side: Int, sure: Bool) {
    guard !talk.ends.isKnown else { return }
    let isZero = side == 0
    client = side
    var ends = Ends()
    ends.client = isZero ? address.0 : address.1
    ends.clientPort = isZero ? port.0 : port.1
    ends.server = isZero ? address.1 : address.0
    ends.serverPort = isZero ? port.1 : port.0
    ends.isKnown = sure
    if talk.ends.hasTarget { ends.translate(to: talk.ends.target, talk.ends.targetPort) }
    talk.ends = ends
  }

  var isClosed: Bool {
    opening.reset >= 0 || up.isComplete && down.isComplete
  }

  mutating func take(_ segment: Segment, side: Int, _ s: Span<UInt8>, _ c: inout Collector) {
    lastTime = max(lastTime, segment.time)
    if segment.isSYN || segment.isRST || segment.isFIN {
      control(segment, side, &c)
    }
    if side == 0 {
      Connection.flow(segment, s, &up, &down, &upParser, &talk, self.side0IsServer, &c)
    } else {
      Connection.flow(segment, s, &down, &up, &downParser, &talk, !self.side0IsServer, &c)
    }
  }

  private var side0IsServer: Bool { client == 1 }

  private mutating func control(_ segment: Segment, _ side: Int, _ c: inout Collector) {
    if segment.isSYN {
      setClient(segment.isACK ? 1 - side : side, sure: true)
      if segment.isACK { opening.answered(segment, talk.ends, &c) } else { opening.asked(segment) }
    }
    if segment.isRST {
      opening.reset(segment, side == client, talk, &c)
    }
  }

  /// One segment of `mine`, and what its acknowledgement says about `other`.
  private static func flow(
    _ segment: Segment, _ s: Span<UInt8>, _ mine: inout StreamHalf, _ other: inout StreamHalf,
    _ parser: inout MessageParser, _ talk: inout Conversation, _ isServer: Bool,
    _ c: inout Collector
  ) {
    mine.packets += 1
    if segment.isACK { other.acknowledge(segment.ack) }
    var seq = segment.seq
    if segment.isSYN {
      seq = seq &+ 1
      mine.sync(seq)
      // The acknowledgement of a SYN names the start of the other stream.
      if segment.isACK { other.sync(segment.ack) }
      if !mine.held.isEmpty { drain(&mine, &parser, &talk, isServer, &c) }
    }
    let length = segment.length
    if segment.isFIN { mine.fin(at: seq &+ UInt32(truncatingIfNeeded: length)) }
    // A keep-alive probe carries one byte that was sent before, or garbage with a reset.
    guard length > 0, !segment.isRST else {
      if !mine.held.isEmpty { release(segment.time, &mine, other, &parser, &talk, isServer, &c) }
      return
    }
    mine.bytes &+= Int64(length)
    switch mine.judge(seq, length) {
    case .deliver(let skip):
      let from = min(segment.from + skip, segment.to)
      let lost = length - skip - (segment.to - from)
      deliver(
        s, from, segment.to, lost: lost,
        Arrival(
          packet: segment.packet, time: segment.time,
          seq: seq &+ UInt32(truncatingIfNeeded: skip), ack: segment.ack, hasAck: segment.isACK,
          isFromServer: isServer, head: skip == 0 ? c.foreseenHead : -1),
        &mine, &parser, &talk, isServer, &c)
      if !mine.held.isEmpty { drain(&mine, &parser, &talk, isServer, &c) }
    case .duplicate: break
    case .hold:
      let before = mine.heldBytes
      mine.hold(segment, s, seq)
      c.heldBytes += mine.heldBytes - before
    case .jump:
      giveUpAll(&mine, &parser, &talk, isServer, &c)
      parser.gap(Int(Int32.max), &talk, &c)
      talk.lostBytes(ofServer: isServer)
      mine.restart(at: seq)
      deliver(
        s, segment.from, segment.to, lost: segment.missing,
        Arrival(
          packet: segment.packet, time: segment.time, seq: seq, ack: segment.ack,
          hasAck: segment.isACK,
          isFromServer: isServer), &mine, &parser, &talk, isServer, &c)
    }
    if !mine.held.isEmpty { release(segment.time, &mine, other, &parser, &talk, isServer, &c) }
  }

  private static func deliver(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, lost: Int, _ arrival: Arrival,
    _ half: inout StreamHalf, _ parser: inout MessageParser, _ talk: inout Conversation,
    _ isServer: Bool, _ c: inout Collector
  ) {
    half.advance(to - from + max(0, lost))
    parser.take(s, from, to, arrival, &talk, &c)
    if lost > 0 {
      parser.gap(lost, &talk, &c)
      talk.lostBytes(ofServer: isServer)
    }
  }

  private static func drain(
    _ half: inout StreamHalf, _ parser: inout MessageParser, _ talk: inout Conversation,
    _ isServer: Bool, _ c: inout Collector
  ) {
    let before = half.heldBytes
    let ready = half.takeReady()
    c.heldBytes -= before - half.heldBytes
    for piece in ready {
      let length = piece.bytes.count + piece.missing
      guard case .deliver(let skip) = half.judge(piece.seq, length) else { continue }
      let from = min(skip, piece.bytes.count)
      deliver(
        piece.bytes.span, from, piece.bytes.count, lost: length - skip - (piece.bytes.count - from),
        Arrival(
          packet: piece.packet, time: piece.time,
          seq: piece.seq &+ UInt32(truncatingIfNeeded: skip), ack: piece.ack,
          hasAck: piece.hasAck, isFromServer: isServer), &half, &parser, &talk, isServer, &c)
    }
  }

  private static func release(
    _ now: Int64, _ mine: inout StreamHalf, _ other: StreamHalf, _ parser: inout MessageParser,
    _ talk: inout Conversation, _ isServer: Bool, _ c: inout Collector
  ) {
    let isSpent = c.heldBytes > Collector.mostHeld
    while mine.shouldRelease(now: now, otherPackets: other.packets, budgetSpent: isSpent) {
      giveUpOne(&mine, &parser, &talk, isServer, &c)
    }
  }

  private static func giveUpOne(
    _ half: inout StreamHalf, _ parser: inout MessageParser, _ talk: inout Conversation,
    _ isServer: Bool, _ c: inout Collector
  ) {
    let wasSynced = half.isSynced
    let hole = half.giveUpHole()
    if hole > 0 {
      c.holes += 1
      parser.gap(hole, &talk, &c)
      talk.lostBytes(ofServer: isServer)
    } else if !wasSynced {
      parser.joinedLate()
      talk.lostBytes(ofServer: isServer)
    }
    drain(&half, &parser, &talk, isServer, &c)
  }

  private static func giveUpAll(
    _ half: inout StreamHalf, _ parser: inout MessageParser, _ talk: inout Conversation,
    _ isServer: Bool, _ c: inout Collector
  ) {
    while !half.held.isEmpty { giveUpOne(&half, &parser, &talk, isServer, &c) }
  }

  /// Nothing more will come.
  mutating func finish(_ c: inout Collector) {
    guard !isFinished else { return }
    isFinished = true
    // The client's side first: answers look for their requests.
    for side in [client, 1 - client] {
      if side == 0 {
        Connection.giveUpAll(&up, &upParser, &talk, side0IsServer, &c)
        upParser.finish(clean: up.isComplete, &talk, &c)
      } else {
        Connection.giveUpAll(&down, &downParser, &talk, !side0IsServer, &c)
        downParser.finish(clean: down.isComplete, &talk, &c)
      }
    }
    var ending = Ending()
    ending.wasReset = opening.reset >= 0
    ending.wasClosed = up.hasFIN || down.hasFIN
    ending.isOneSided = up.packets == 0 || down.packets == 0
    talk.finish(ending, &c)
    opening.finish(talk.ends, hasData: up.bytes > 0 || down.bytes > 0, &c)
  }
}
