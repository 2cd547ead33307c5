internal import Evidence

/// Gives log messages to the exchanges they speak of: by request or trace id; an edge's own message
/// by client and path; an application's by its party and time, one to one, nearest first.
enum MessageJoin {
  static func join(_ file: inout CaseFile) {
    guard !file.observations.messages.isEmpty, !file.exchanges.isEmpty else { return }
    let lent = ConnectErrors.join(&file)
    let messages = file.observations.messages
    var byID: [Symbol: Int] = [:]
    for (i, e) in file.exchanges.enumerated() where e.isFailure {
      for id in [e.request.requestID, e.request.traceID] where !id.isNone { byID[id] = i }
    }
    let failures = FailuresByEnd(file.exchanges)
    let speakers = Speakers(file)
    let accessLines = AccessLines(file)
    var hasAnswer = Set<Int>()
    var nameless = NamelessErrors(file)

    for (m, message) in messages.enumerated() {
      if let i = byID[message.requestID] ?? byID[message.traceID],
        !message.requestID.isNone || !message.traceID.isNone
      {
        file.messages[i, default: []].append(m)
        hasAnswer.insert(i)
        continue
      }
      guard let speaker = speakers.of(message) else { continue }
      if NamelessErrors.isOne(message) {
        if let i = nameless.exchange(of: message, at: speaker.from, failures) {
          file.messages[i, default: []].append(m)
        }
        continue
      }
      var rivals: [Rival] = []
      failures.forEach(near: speaker.from, speaker.to) { i in
        let e = file.exchanges[i]
        guard speaker.mayMean(e, message), speaker.isEdge || !hasAnswer.contains(i) else { return }
        let distance = speaker.distance(e.request)
        if distance < .infinity { rivals.append(Rival(exchange: i, distance: distance)) }
      }
      let best =
        speaker.isCoarse
        ? choice(rivals, for: message, file, accessLines) : nearest(rivals)
      guard
        let best = best
          ?? (lent.contains(m) ? nameless.exchange(of: message, at: speaker.from, failures) : nil)
      else { continue }
      file.messages[best, default: []].append(m)
      if !speaker.isEdge, message.statement.givesReason { hasAnswer.insert(best) }
    }
  }

  /// An exchange that a message may mean.
  private struct Rival {
    var exchange: Int
    /// Seconds.
    var distance: Double
  }

  private static func nearest(_ rivals: [Rival]) -> Int? {
    rivals.min { $0.distance < $1.distance }?.exchange
  }

  /// A second holds many requests: the access line that follows the message tells which it was.
  /// Without such lines it is one of those with the usual status, if they all got the same answer.
  private static func choice(
    _ rivals: [Rival], for message: Message, _ file: CaseFile, _ accessLines: AccessLines
  ) -> Int? {
    let status = message.statement.usualStatus
    if accessLines.areWritten(by: message) {
      let told =
        accessLines.next(after: message, status: status) ?? accessLines.next(after: message)
      return rivals.first { $0.exchange == told }?.exchange
    }
    let usual = rivals.filter {
      status == nil || file.exchanges[$0.exchange].request.status == status
    }
    guard let first = usual.first else { return nil }
    let request = file.exchanges[first.exchange].request
    let areAlike = usual.allSatisfy {
      let other = file.exchanges[$0.exchange].request
      return other.status == request.status && other.responseBytes == request.responseBytes
    }
    return areAlike ? nearest(usual) : nil
  }

  /// The writer of a message: whose requests it can mean, and how exact its clock is.
  struct Speaker {
    var isEdge: Bool
    /// The party whose log this is; -1 for an edge.
    var party: Int32
    /// Whole seconds are written: the message may be of any moment up to `to`.
    var isCoarse: Bool
    var from: Instant
    var to: Instant

    func mayMean(_ e: Exchange, _ message: Message) -> Bool {
      guard isEdge else { return e.party == party }
      return !message.client.isNone && message.client == e.request.client
        && (message.path.isNone || message.path == e.request.path)
    }

    /// Seconds between the end of `r` and the message; infinite where it cannot be of that request.
    func distance(_ r: Request) -> Double {
      let slack = isEdge || r.isCoarse ? 1.2 : 0.25
      guard to - r.start > -slack, from - r.end < slack else { return .infinity }
      return max(from - r.end, r.end - to, 0)
    }
  }

  /// The writers of all messages.
  struct Speakers {
    private let parties: [LogWriters.Key: Int32]
    private let coarse: Set<LogWriters.Key>

    init(_ file: CaseFile) {
      parties = LogWriters.parties(file)
      var fine: Set<LogWriters.Key> = []
      var all: Set<LogWriters.Key> = []
      for m in file.observations.messages where m.time.isKnown && !m.format.isEdgeMessage {
        let key = LogWriters.Key(m)
        all.insert(key)
        if m.time.nanoseconds % 1_000_000_000 != 0 { fine.insert(key) }
      }
      coarse = all.subtracting(fine)
    }

    /// Nil where nothing is known of the time or of the writer.
    func of(_ message: Message) -> Speaker? {
      guard message.time.isKnown else { return nil }
      let key = LogWriters.Key(message)
      let isEdge = message.format.isEdgeMessage
      let party = parties[key]
      guard isEdge || party != nil else { return nil }
      let time = message.time
      let isCoarse = !isEdge && coarse.contains(key)
      return Speaker(
        isEdge: isEdge, party: isEdge ? -1 : party!, isCoarse: isCoarse, from: time,
        to: isCoarse ? time.advanced(seconds: 0.999_999_999) : time)
    }
  }

  /// Failing exchanges in the order of their ends.
  struct FailuresByEnd {
    private let order: [Int]
    private let ends: [Instant]
    /// The earliest start of those that end no earlier: where it is too late, so are they all.
    private let earliest: [Instant]

    init(_ exchanges: Exchanges) {
      order = exchanges.indices.filter { exchanges[$0].isFailure }.sorted {
        (exchanges[$0].request.end, $0) < (exchanges[$1].request.end, $1)
      }
      ends = order.map { exchanges[$0].request.end }
      var starts = order.map { exchanges[$0].request.start }
      for k in starts.indices.dropLast().reversed() { starts[k] = min(starts[k], starts[k + 1]) }
      earliest = starts
    }

    /// Those that may have been under way between `from` and `to`, a minute's wait included.
    func forEach(near from: Instant, _ to: Instant, _ body: (Int) -> Void) {
      let earliestEnd = from.advanced(seconds: -1.5)
      var k = ends.partitioningIndex { $0 >= earliestEnd }
      while k < order.count, ends[k] - to < 75, to - earliest[k] > -1.2 {
        body(order[k])
        k += 1
      }
    }
  }

  /// Refusals in the access lines of the applications themselves. A server writes the line of a
  /// request after what the request made it say.
  struct AccessLines {
    /// By source and writer: number of the line and exchange (-1 where none was found), ascending.
    private var lines: [LogWriters.Key: [(number: Int, exchange: Int, status: UInt16)]] = [:]
    /// Further away, a line is of another request.
    private static let reach = 20

    init(_ file: CaseFile) {
      var exchanges: [Int: Int] = [:]
      for (i, e) in file.exchanges.enumerated() where e.inner >= 0 { exchanges[Int(e.inner)] = i }
      for (l, leg) in file.legs.enumerated() where leg.isFailure {
        let key = LogWriters.Key(source: leg.citation.source, writer: leg.writer)
        lines[key, default: []].append((leg.citation.number, exchanges[l] ?? -1, leg.status))
      }
      for key in lines.keys { lines[key]!.sort { $0 < $1 } }
    }

    func areWritten(by message: Message) -> Bool { lines[LogWriters.Key(message)] != nil }

    /// The exchange of the first refusal after the message, of those with a status where one is given.
    func next(after message: Message, status: UInt16? = nil) -> Int? {
      guard let own = lines[LogWriters.Key(message)] else { return nil }
      let number = message.citation.number
      let first = own.partitioningIndex { $0.number > number }
      return own[first...].prefix { $0.number <= number + Self.reach }
        .first { status == nil || $0.status == status }?.exchange
    }
  }
}

extension Statement {
  /// Whether nothing more is expected to be said of the same request: a bare refusal is often followed, or
  /// preceded, by its reason.
  var givesReason: Bool { self != .other && self != .tokenRefused }

  /// What a resource server answers that says this (RFC 6750 section 3.1); nil where both are usual.
  fileprivate var usualStatus: UInt16? {
    switch self {
    case .roleMissing, .scopeMissing, .accessForbidden: 403
    case .tokenMissing, .tokenExpired, .tokenNotYetValid, .tokenMalformed, .tokenSignature,
      .tokenUnknownKey, .tokenAlgorithm, .tokenIssuer, .tokenInactive:
      401
    default: nil
    }
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
