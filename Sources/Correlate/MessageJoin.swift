internal import Evidence

/// Gives log messages to the exchanges they speak of: by request or trace id; an edge's own message
/// by client and path; an application's by its party and time, one to one, nearest first.
enum MessageJoin {
  static func join(_ file: inout CaseFile) {
    let messages = file.observations.messages
    guard !messages.isEmpty, !file.exchanges.isEmpty else { return }
    let corrections = LegJoin.offsets(file)
    let writers = writerParties(file)
    var byID: [Symbol: Int] = [:]
    for (i, e) in file.exchanges.enumerated() where e.isFailure {
      for id in [e.request.requestID, e.request.traceID] where !id.isNone { byID[id] = i }
    }
    let failures = file.exchanges.indices.filter { file.exchanges[$0].isFailure }
    let ends = failures.map { file.exchanges[$0].request.end }
    let order = ends.indices.sorted { (ends[$0], $0) < (ends[$1], $1) }
    let sorted = order.map { failures[$0] }
    let sortedEnds = order.map { ends[$0] }
    // The earliest start of those that end no earlier: where it is too late, so are they all.
    var earliest = sorted.map { file.exchanges[$0].request.start }
    for k in earliest.indices.dropLast().reversed() {
      earliest[k] = min(earliest[k], earliest[k + 1])
    }
    var hasAnswer = Set<Int>()

    for (m, message) in messages.enumerated() {
      if let i = byID[message.requestID] ?? byID[message.traceID],
        !message.requestID.isNone || !message.traceID.isNone
      {
        file.messages[i, default: []].append(m)
        hasAnswer.insert(i)
        continue
      }
      guard message.time.isKnown else { continue }
      let key = WriterKey(source: message.citation.source, writer: message.writer)
      let party = writers[key]
      let isEdge = message.format.isEdgeMessage
      guard isEdge || party != nil else { continue }
      let time = message.time.advanced(seconds: -(corrections[message.citation.source] ?? 0))
      var best = -1
      var distance = Double.infinity
      var k = EventJoin.lowerBound(sortedEnds, time.advanced(seconds: -1.5))
      while k < sorted.count, sortedEnds[k] - time < 75, time - earliest[k] > -1.2 {
        let i = sorted[k]
        let r = file.exchanges[i].request
        k += 1
        if isEdge {
          guard message.client.isNone || message.client == r.client,
            message.path.isNone || message.path == r.path, !message.client.isNone
          else { continue }
        } else {
          guard file.exchanges[i].party == party, !hasAnswer.contains(i) else { continue }
        }
        let slack = r.isCoarse || isEdge ? 1.2 : 0.25
        guard time - r.start > -slack, time - r.end < slack else { continue }
        let d = abs(time - r.end)
        if d < distance {
          distance = d
          best = i
        }
      }
      if best >= 0 {
        file.messages[best, default: []].append(m)
        if !isEdge, message.statement != .other { hasAnswer.insert(best) }
      } else if let party {
        file.looseMessages[party, default: []].append(m)
      }
    }
  }

  struct WriterKey: Hashable {
    var source: UInt16
    var writer: Symbol
  }

  /// Which party writes which log: by the requests it has in common with the edge, else by name.
  static func writerParties(_ file: CaseFile) -> [WriterKey: Int32] {
    var votes: [WriterKey: [Int32: Int]] = [:]
    for e in file.exchanges where e.inner >= 0 {
      let leg = file.legs[Int(e.inner)]
      let key = WriterKey(source: leg.citation.source, writer: leg.writer)
      votes[key, default: [:]][e.party, default: 0] += 2
    }
    // The routes of an access log name its party even where single requests were not matched.
    var routes: [Symbol: Int32] = [:]
    for e in file.exchanges where !e.endpoint.isKeycloak { routes[e.request.route] = e.party }
    for leg in file.legs where leg.hop == .application {
      if let party = routes[leg.route] {
        let key = WriterKey(source: leg.citation.source, writer: leg.writer)
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
        let key = WriterKey(source: m.citation.source, writer: m.writer)
        votes[key, default: [:]][party, default: 0] += 2
      }
    }
    var result: [WriterKey: Int32] = [:]
    for (key, counts) in votes {
      if let best = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) {
        result[key] = best.key
      }
    }
    var asked: Set<WriterKey> = []
    for m in file.observations.messages where !m.format.isEdgeMessage && !m.format.isKeycloak {
      let key = WriterKey(source: m.citation.source, writer: m.writer)
      guard result[key] == nil, asked.insert(key).inserted else { continue }
      let name = file.text(m.writer) + " " + file.sources.all[Int(m.citation.source)].name
      for (i, party) in file.parties.enumerated() where party.kind == .application {
        guard let last = party.name.split(separator: "/").last, last.utf8.count > 2 else {
          continue
        }
        if name.firstRange(of: String(last)) != nil { result[key] = Int32(i) }
      }
    }
    return result
  }
}

extension Format {
  var isEdgeMessage: Bool {
    switch self {
    case .nginxError, .envoyApplication, .haproxyMessage, .traefikMessage, .caddyMessage,
      .apacheError:
      true
    default: false
    }
  }
  var isKeycloak: Bool {
    switch self {
    case .keycloakText, .keycloakJSON, .keycloakAccess, .keycloakEventsExport: true
    default: false
    }
  }
}
