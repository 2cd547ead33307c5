/// Everything that was read, normalised: what `Ingest` and `Captures` produce, `Correlate` links
/// and `Diagnose` explains.
///
/// Failures, OAuth end-point requests, events and messages are kept in full. Other successes are the
/// contrast set: they are counted, and a sample is kept (`Sampling`) that does not depend on thread
/// count or input order. Two `Observations` merge with `absorb`, which is associative.
public struct Observations: Sendable {
  public var symbols = SymbolTable()
  /// Failures, OAuth end-point requests and captured messages.
  public var requests: [Request] = []
  /// Sampled successes of other routes.
  public var successes = Sample()
  /// Sampled successes out of captures: apart, so that logs, which have many more, do not crowd them out.
  public var captured = Sample(capacity: Sample.capturedCapacity)
  public var tokenEvents: [TokenEvent] = []
  public var adminEvents: [AdminEvent] = []
  public var messages: [Message] = []
  public var network: [NetworkEvent] = []
  public var tokens: [BearerToken] = []
  /// What the words of answers (challenges, reasons) say, by symbol, as far as it is known.
  public var said: [Symbol: Statement] = [:]
  /// By `Citation.source`.
  public var coverage: [UInt16: Coverage] = [:]

  public init() {}
}

/// What one source held.
public struct Coverage: Sendable {
  public var lines = 0
  public var bytes = 0
  /// Lines that are part of a record begun earlier (stack traces).
  public var continuations = 0
  public var unparsed = 0
  /// First few unparsed lines.
  public var unparsedExamples: [Citation] = []
  /// Lines (captures: messages) by format.
  public var formats: [Format: Int] = [:]
  /// Requests by status, all of them (also those not kept).
  public var statuses: [UInt16: Int] = [:]
  public var first = Instant.unknown
  public var last = Instant.unknown
  /// Success-level Keycloak events were seen (`org.keycloak.events` at DEBUG or success-level raised).
  public var hasSuccessEvents = false
  /// Stamps without a zone were read as UTC, and nothing in the source confirmed it.
  public var zoneUncertain = false
  /// Seconds east of UTC found for stamps without a zone; `nil` where there was no need or no way.
  public var zoneOffset: Int?
  /// Lines whose stamps have a time and no date.
  public var undatedLines = 0
  /// The day of the first of them, where one fits other lines; unknown where none does. What the source
  /// itself tells of the day needs no word.
  public var assumedDay = Instant.unknown
  /// Nothing tells the day: these lines have no time.
  public var isDayUnknown = false
  /// Problems met while reading: a truncated gzip member, a damaged packet; text ready to print.
  public var problems: [String] = []
  /// Part of it could not be read: truncated, damaged, given up.
  public var isBrokenOff = false
  /// Of an archive: its entries that were read, and those that were not, by reason.
  public var entriesRead = 0
  public var entriesPassedOver: [String: Int] = [:]

  public init() {}

  public var isArchive: Bool { entriesRead > 0 || !entriesPassedOver.isEmpty }
  /// `3 empty, 30 manifests and other files that are no logs`.
  public var passedOverInWords: String {
    entriesPassedOver.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  public mutating func saw(_ time: Instant) {
    guard time.isKnown else { return }
    if !first.isKnown || time < first { first = time }
    if !last.isKnown || time > last { last = time }
  }

  /// Like `saw`, of two times, unless their day is not known.
  public mutating func saw(dated first: Instant, _ last: Instant) {
    if first.isDated { saw(first) }
    if last.isDated { saw(last) }
  }

  public mutating func absorb(_ other: Coverage) {
    lines += other.lines
    bytes += other.bytes
    continuations += other.continuations
    unparsed += other.unparsed
    unparsedExamples = Array((unparsedExamples + other.unparsedExamples).sorted().prefix(5))
    formats.merge(other.formats, uniquingKeysWith: +)
    statuses.merge(other.statuses, uniquingKeysWith: +)
    saw(other.first)
    saw(other.last)
    hasSuccessEvents = hasSuccessEvents || other.hasSuccessEvents
    zoneUncertain = zoneUncertain || other.zoneUncertain
    zoneOffset = zoneOffset ?? other.zoneOffset
    undatedLines += other.undatedLines
    if !assumedDay.isKnown { assumedDay = other.assumedDay }
    isDayUnknown = isDayUnknown || other.isDayUnknown
    problems += other.problems
    isBrokenOff = isBrokenOff || other.isBrokenOff
    entriesRead += other.entriesRead
    entriesPassedOver.merge(other.entriesPassedOver, uniquingKeysWith: +)
  }
}

extension Observations {
  /// Hands over all requests and the sampled successes, each after a change and then in order of time, and keeps
  /// none; what was counted stays counted.
  public mutating func takeRequests(
    _ crew: Crew = .alone, _ change: @escaping @Sendable (inout [Request]) -> Void
  ) -> (full: [Request], sampled: [Request]) {
    var full: [Request] = []
    swap(&full, &requests)
    var samples = [Sample(), Sample(capacity: Sample.capturedCapacity)]
    swap(&samples[0], &successes)
    swap(&samples[1], &captured)
    let (ordered, taken) = crew.both(
      consume full,
      { all in
        change(&all)
        Request.sort(&all)
      }, (samples: consume samples, requests: [Request]()),
      { all in
        all.requests = all.samples[0].take()
        all.requests += all.samples[1].take()
        change(&all.requests)
        Request.sort(&all.requests)
      })
    (successes, captured) = (taken.samples[0], taken.samples[1])
    return (ordered, taken.requests)
  }

  /// Adds what another reader saw; symbols and token indices are translated.
  ///
  /// - Returns: its symbols in this table.
  @discardableResult public mutating func absorb(
    _ other: Observations, crew: Crew = .alone
  ) -> [Symbol] {
    let map = symbols.adoptAll(from: other.symbols, crew: crew)
    for (symbol, statement) in other.said { said[map[Int(symbol.index)]] = statement }
    let tokenBase = Int32(tokens.count)
    requests.reserveCapacity(requests.count + other.requests.count)
    for var r in other.requests {
      r.translate(map)
      r.moveTokens(by: tokenBase)
      requests.append(r)
    }
    successes.absorb(other.successes) { $0.translate(map) }
    captured.absorb(other.captured) {
      $0.translate(map)
      $0.moveTokens(by: tokenBase)
    }
    for var e in other.tokenEvents {
      e.translate(map)
      tokenEvents.append(e)
    }
    for var e in other.adminEvents {
      e.translate(map)
      adminEvents.append(e)
    }
    for var m in other.messages {
      m.translate(map)
      messages.append(m)
    }
    for var n in other.network {
      n.translate(map)
      network.append(n)
    }
    for var t in other.tokens {
      t.translate(map)
      tokens.append(t)
    }
    for (source, c) in other.coverage { coverage[source, default: Coverage()].absorb(c) }
    return map
  }

  /// Changes every citation: line numbers relative to a block become absolute, sources are
  /// renumbered.
  public mutating func mapCitations(_ change: (Citation) -> Citation) {
    for i in requests.indices { requests[i].citation = change(requests[i].citation) }
    successes.mapCitations(change)
    captured.mapCitations(change)
    for i in tokenEvents.indices { tokenEvents[i].citation = change(tokenEvents[i].citation) }
    for i in adminEvents.indices { adminEvents[i].citation = change(adminEvents[i].citation) }
    for i in messages.indices { messages[i].citation = change(messages[i].citation) }
    for i in network.indices { network[i].citation = change(network[i].citation) }
    for i in tokens.indices { tokens[i].citation = change(tokens[i].citation) }
    coverage = coverage.mapValues {
      var changed = $0
      changed.unparsedExamples = $0.unparsedExamples.map(change).sorted()
      return changed
    }
  }

  /// Changes the times of everything that cites a line of a log.
  public mutating func mapLogTimes(_ change: (Citation, inout Instant) -> Void) {
    for i in requests.indices {
      change(requests[i].citation, &requests[i].start)
      change(requests[i].citation, &requests[i].end)
    }
    successes.mapRequests {
      change($0.citation, &$0.start)
      change($0.citation, &$0.end)
    }
    for i in tokenEvents.indices { change(tokenEvents[i].citation, &tokenEvents[i].time) }
    for i in adminEvents.indices { change(adminEvents[i].citation, &adminEvents[i].time) }
    for i in messages.indices { change(messages[i].citation, &messages[i].time) }
  }

  /// Puts everything into the order of time and citation, so that later stages see the same
  /// whatever the number of threads.
  public mutating func sort() {
    Request.sort(&requests)
    TokenEvent.sort(&tokenEvents)
    adminEvents.sort { ($0.time, $0.citation) < ($1.time, $1.citation) }
    messages.sort { ($0.time, $0.citation) < ($1.time, $1.citation) }
    network.sort { ($0.time, $0.citation) < ($1.time, $1.citation) }
  }
}

extension Request {
  public mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&method); t(&host); t(&path); t(&route); t(&client); t(&userAgent); t(&remoteUser);
    t(&requestID)
    t(&traceID); t(&service); t(&upstreamAddress); t(&detail); t(&flags); t(&challenge)
    t(&reason); t(&oauthClient); t(&writer); t(&location); t(&forwardedFor); t(&headers)
  }
}

extension Request {
  /// Its tokens are `base` further on in a longer table.
  public mutating func moveTokens(by base: Int32) {
    if token >= 0 { token &+= base }
    if presented >= 0 { presented &+= base }
    if issued >= 0 { issued &+= base }
  }
}

extension TokenEvent {
  public mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&writer); t(&type); t(&realm); t(&client); t(&user); t(&username); t(&session); t(&address)
    t(&error); t(&reason); t(&grantType); t(&tokenID); t(&refreshTokenID); t(&redirectURI)
    t(&authMethod); t(&clientAuthMethod); t(&tokenIssuedFor); t(&traceID)
    t(&refreshTokenSubject); t(&refreshTokenType); t(&updatedRefreshTokenID); t(&tokenType)
    t(&scope); t(&audience); t(&identityProvider); t(&responseMode); t(&tab)
  }
}

extension AdminEvent {
  mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&operation); t(&resourceType); t(&resourcePath); t(&realm); t(&address); t(&error)
    t(&writer); t(&user); t(&traceID)
  }
}

extension Message {
  mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&writer); t(&logger); t(&text); t(&subject); t(&peer); t(&client); t(&host); t(&path)
    t(&method); t(&requestID); t(&traceID)
  }
}

extension NetworkEvent {
  mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&source); t(&destination); t(&name); t(&detail)
  }
}

extension BearerToken {
  mutating func translate(_ map: [Symbol]) {
    func t(_ s: inout Symbol) { s = map[Int(s.index)] }
    t(&problem); t(&algorithm); t(&keyID); t(&type); t(&issuer); t(&audience)
    t(&authorizedParty); t(&subject); t(&session); t(&tokenID)
  }
}
