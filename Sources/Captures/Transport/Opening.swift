internal import Evidence

/// How a connection was opened or refused, as network events.
struct Opening {
  private var synTime: Int64 = 0
  private var synPacket = 0
  private var syns = 0
  private var lastSYN: (id: UInt16, time: Int64) = (0, 0)
  private var isAnswered = false
  /// Packet of the first RST; -1 without one.
  private(set) var reset = -1
  private var gaveUp = false
  var wasUnreachable = false

  mutating func asked(_ s: Segment) {
    if syns == 0 {
      synTime = s.time
      synPacket = s.packet
    } else if s.time &- lastSYN.time < TwinWatch.window {
      // The same SYN on another interface: retransmissions are a second apart (RFC 6298 §2).
      return
    }
    syns += 1
    lastSYN = (s.id, s.time)
  }

  mutating func answered(_ s: Segment, _ ends: Ends, _ c: inout Collector) {
    guard !isAnswered else { return }
    isAnswered = true
    var event = NetworkEvent(citation: c.citation(s.packet), kind: .connected)
    event.time = Instant(nanoseconds: s.time)
    event.count = UInt16(clamping: max(1, syns))
    c.sawServer(ends.server, ttl: s.ttl)
    c.add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
  }

  mutating func reset(_ s: Segment, _ isClient: Bool, _ talk: Conversation, _ c: inout Collector) {
    guard reset < 0 else { return }
    reset = s.packet
    let ends = talk.ends
    if syns > 0, !isAnswered, isClient {
      // The client itself gives up: nobody answered.
      gaveUp = true
      return
    }
    let isRefusal = syns > 0 && !isAnswered && !isClient
    var event = NetworkEvent(citation: c.citation(s.packet), kind: isRefusal ? .refused : .reset)
    event.time = Instant(nanoseconds: s.time)
    if isRefusal {
      event.count = UInt16(clamping: syns)
      if let usual = c.usualTTL(ends.server), usual != s.ttl {
        event.detail = c.symbol("ttl differs")
      }
      c.add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
    } else {
      event.detail = c.symbol(
        (isClient ? "by client" : "by server") + (talk.isWaiting ? ", request open" : ""))
      c.add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
    }
  }

  func finish(_ ends: Ends, hasData: Bool, _ c: inout Collector) {
    guard syns > 0, !isAnswered, reset < 0 || gaveUp, !hasData, !wasUnreachable,
      c.now &- synTime >= 1_000_000_000
    else { return }
    var event = NetworkEvent(citation: c.citation(synPacket), kind: .synUnanswered)
    event.time = Instant(nanoseconds: synTime)
    event.count = UInt16(clamping: syns)
    c.add(event, from: ends.client, ends.clientPort, to: ends.server, ends.serverPort)
  }
}
