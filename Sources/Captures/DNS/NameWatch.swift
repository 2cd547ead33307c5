internal import Evidence

/// DNS over UDP (RFC 1035 §4): which names were asked for, and which got no good answer.
///
/// A query is known by client, port and id, whatever server address it was sent to: the legs before
/// and after a translation are one. Bounded: 65,536 open queries.
struct NameWatch {
  private struct Key: Hashable {
    var client: IPAddress
    var port: UInt16
    var id: UInt16
  }
  private struct Query {
    var name: Symbol
    var type: UInt16
    var server: IPAddress
    var serverPort: UInt16
    var packet: Int
    var time: Int64
    var lastTime: Int64
    var count = 1
    var isAnswered = false
  }
  private struct Question: Hashable {
    var name: Symbol
    var type: UInt16
  }
  private var queries: [Key: Query] = [:]
  /// Last rcode per question: good answers are reported when that changes only.
  private var lastCode: [Question: UInt8] = [:]
  private var scratch: [UInt8] = []

  static func isPort(_ port: UInt16) -> Bool {
    port == 53 || port == 5353 || port == 8053 || port == 1053
  }

  mutating func take(
    _ d: Datagram, _ sourcePort: UInt16, _ destinationPort: UInt16, _ s: Span<UInt8>, _ from: Int,
    _ c: inout Collector
  ) {
    guard d.to - from >= 12, !d.destination.isMany else { return }
    let flags = Numbers.big16(s, from + 2)
    let isAnswer = flags & 0x8000 != 0
    guard isAnswer ? Self.isPort(sourcePort) : Self.isPort(destinationPort) else { return }
    // Standard queries with one question.
    guard flags & 0x7800 == 0, Numbers.big16(s, from + 4) == 1,
      let end = name(s, from + 12, d.to), end + 4 <= d.to
    else { return }
    let type = Numbers.big16(s, end)
    let symbol = c.observations.symbols.intern(scratch.span)
    let id = Numbers.big16(s, from)
    if isAnswer {
      answer(
        d, Key(client: d.destination, port: destinationPort, id: id), symbol, type,
        UInt8(flags & 15), sourcePort, isCut: flags & 0x0200 != 0,
        answers: Numbers.big16(s, from + 6), &c)
    } else {
      query(d, Key(client: d.source, port: sourcePort, id: id), symbol, type, destinationPort, &c)
    }
  }

  private mutating func query(
    _ d: Datagram, _ key: Key, _ name: Symbol, _ type: UInt16, _ serverPort: UInt16,
    _ c: inout Collector
  ) {
    if var known = queries[key], known.name == name, known.type == type {
      // The same query on another interface is a moment away, a retry is not.
      if d.time &- known.lastTime > TwinWatch.window {
        if known.isAnswered {
          known.isAnswered = false
          known.count = 0
          known.time = d.time
          known.packet = d.packet
        }
        known.count += 1
        known.lastTime = d.time
        queries[key] = known
      }
      return
    }
    if let old = queries[key], !old.isAnswered { report(unanswered: old, key, &c) }
    if queries.count >= 65_536 { forget(d.time, &c) }
    queries[key] = Query(
      name: name, type: type, server: d.destination, serverPort: serverPort, packet: d.packet,
      time: d.time, lastTime: d.time)
  }

  private mutating func answer(
    _ d: Datagram, _ key: Key, _ name: Symbol, _ type: UInt16, _ code: UInt8,
    _ serverPort: UInt16, isCut: Bool, answers: UInt16, _ c: inout Collector
  ) {
    var server = d.source
    var port = serverPort
    var tries = 1
    if var known = queries[key], known.name == name {
      if known.isAnswered { return }
      known.isAnswered = true
      queries[key] = known
      server = known.server
      port = known.serverPort
      tries = known.count
    } else {
      // Its query was not captured: remembered all the same, so that a copy is not counted.
      if queries.count >= 65_536 { forget(d.time, &c) }
      queries[key] = Query(
        name: name, type: type, server: server, serverPort: port, packet: d.packet, time: d.time,
        lastTime: d.time, isAnswered: true)
    }
    // Too long for a datagram: it is asked again over TCP (RFC 1035 §4.2.1), and what counts comes there.
    if isCut { return }
    let question = Question(name: name, type: type)
    let isNew = lastCode[question] != code
    if lastCode.count < 65_536 || !isNew { lastCode[question] = code }
    guard code != 0 || isNew else { return }
    var event = NetworkEvent(citation: c.citation(d.packet), kind: .dnsAnswer)
    event.time = Instant(nanoseconds: d.time)
    event.code = UInt16(code)
    event.count = UInt16(clamping: tries)
    event.name = name
    event.detail = c.symbol(Self.typeName(type) + (code == 0 && answers == 0 ? ", no data" : ""))
    c.add(event, from: key.client, key.port, to: server, port)
  }

  private func report(unanswered query: Query, _ key: Key, _ c: inout Collector) {
    // A capture that ends right after the query proves nothing.
    guard c.now &- query.time >= 1_000_000_000 else { return }
    var event = NetworkEvent(citation: c.citation(query.packet), kind: .dnsUnanswered)
    event.time = Instant(nanoseconds: query.time)
    event.count = UInt16(clamping: query.count)
    event.name = query.name
    event.detail = c.symbol(Self.typeName(query.type))
    c.add(event, from: key.client, key.port, to: query.server, query.serverPort)
  }

  /// Makes room: answered and old queries go.
  private mutating func forget(_ now: Int64, _ c: inout Collector) {
    finish(&c, olderThan: now &- 10_000_000_000)
    queries = queries.filter { !$0.value.isAnswered && $0.value.time > now &- 10_000_000_000 }
    if queries.count > 60_000 { queries.removeAll() }
  }

  /// Reports what was never answered, in the order of packets.
  mutating func finish(_ c: inout Collector, olderThan limit: Int64 = .max) {
    let open = queries.filter { !$0.value.isAnswered && $0.value.time < limit }
    for (key, query) in open.sorted(by: { $0.value.packet < $1.value.packet }) {
      report(unanswered: query, key, &c)
    }
  }

  /// Reads a name into `scratch`, lower case, dots between labels; gives the offset behind it.
  /// Questions are not compressed: a pointer ends the reading.
  private mutating func name(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    scratch.removeAll(keepingCapacity: true)
    var at = from
    while at < to {
      let length = Int(s[at])
      at += 1
      if length == 0 { return scratch.isEmpty ? nil : at }
      guard length < 64, at + length <= to, scratch.count + length < 256 else { return nil }
      if !scratch.isEmpty { scratch.append(UInt8(ascii: ".")) }
      for i in at..<at + length {
        let byte = s[i]
        scratch.append(byte >= 65 && byte <= 90 ? byte | 32 : byte)
      }
      at += length
    }
    return nil
  }

  private static func typeName(_ type: UInt16) -> String {
    switch type {
    case 1: "A"
    case 5: "CNAME"
    case 12: "PTR"
    case 15: "MX"
    case 16: "TXT"
    case 28: "AAAA"
    case 33: "SRV"
    case 65: "HTTPS"
    default: "type \(type)"
    }
  }
}
