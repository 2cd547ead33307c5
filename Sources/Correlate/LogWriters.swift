internal import Evidence

/// Who writes which log: a pod's or a service's lines within one source.
enum LogWriters {
  struct Key: Hashable {
    var source: UInt16
    var writer: Symbol

    init(source: UInt16, writer: Symbol) {
      self.source = source
      self.writer = writer
    }
    init(_ message: Message) {
      self.init(source: message.citation.source, writer: message.writer)
    }
  }

  /// Which party writes which log: by the requests it has in common with the edge, else by name.
  static func parties(_ file: CaseFile) -> [Key: Int32] {
    var votes: [Key: [Int32: Int]] = [:]
    for e in file.exchanges where e.inner >= 0 {
      let leg = file.legs[Int(e.inner)]
      let key = Key(source: leg.citation.source, writer: leg.writer)
      votes[key, default: [:]][e.party, default: 0] += 2
    }
    // The routes of an access log name its party even where single requests were not matched.
    var routes: [Symbol: Int32] = [:]
    for e in file.exchanges where !e.endpoint.isKeycloak { routes[e.request.route] = e.party }
    for leg in file.legs where leg.hop == .application {
      if let party = routes[leg.route] {
        let key = Key(source: leg.citation.source, writer: leg.writer)
        votes[key, default: [:]][party, default: 0] += 1
      }
    }
    // Ids shared by messages and exchanges.
    var byID: [Symbol: Int32] = [:]
    for e in file.exchanges {
      if !e.request.requestID.isNone { byID[e.request.requestID] = e.party }
      if !e.request.traceID.isNone { byID[e.request.traceID] = e.party }
    }
    for m in file.observations.messages {
      if let party = byID[m.requestID] ?? byID[m.traceID], !m.format.isEdgeMessage {
        let key = Key(m)
        votes[key, default: [:]][party, default: 0] += 2
      }
    }
    var result: [Key: Int32] = [:]
    for (key, counts) in votes {
      if let best = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) {
        result[key] = best.key
      }
    }
    var asked: Set<Key> = []
    for m in file.observations.messages where !m.format.isEdgeMessage && !m.format.isKeycloak {
      let key = Key(m)
      guard result[key] == nil, asked.insert(key).inserted else { continue }
      let name = file.text(m.writer) + " " + file.sources.all[Int(m.citation.source)].name
      for (i, party) in file.parties.enumerated() where party.kind == .application {
        guard let last = party.name.split(separator: "/").last, last.utf8.count > 2 else {
          continue
        }
        if name.firstRange(of: String(last)) != nil { result[key] = Int32(i) }
      }
    }
    addByTiming(&result, file)
    return result
  }

  private static func addByTiming(_ result: inout [Key: Int32], _ file: CaseFile) {
    var times: [Key: [Instant]] = [:]
    for m in file.observations.messages
    where m.time.isKnown && m.statement.givesReason && !m.format.isEdgeMessage
      && !m.format.isKeycloak
    {
      let key = Key(m)
      if result[key] == nil { times[key, default: []].append(m.time) }
    }
    guard !times.isEmpty else { return }
    let timing = WriterTiming(file)
    for (key, list) in times { result[key] = timing.party(refusingAt: list) }
  }
}
