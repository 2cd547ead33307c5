internal import Evidence

/// Which logs are compared with the edge's, and by what: Keycloak's events by the calls of its end-points, an
/// application's and a capture's answers by the edge's, an application's refusals by the edge's.
enum ClockComparison {
  /// Finds the offsets between clocks, and puts all that was observed on the edge's.
  static func measure(_ file: inout CaseFile, _ wishes: Wishes) {
    GivenClocks.add(wishes.clocks, &file)
    if wishes.estimatesClocks, file.outermost == .edge || file.outermost == .unknown {
      estimate(&file)
    }
    ClockAlignment.align(&file)
    if wishes.estimatesClocks { EdgeZone.settle(&file) }
    if wishes.estimatesClocks { WireClocks.measure(&file) }
  }

  private static func estimate(_ file: inout CaseFile) {
    // Without calls there is nothing to compare with.
    if file.exchanges.isEmpty { return }
    let logs = file.sources.logs()
    let told = Set(file.clocks.lazy.filter { $0.source >= 0 }.map { logs[Int($0.source)] })
    var found = keycloaks(file, logs, told)
    found += others(file, logs, told)
    found += ErrorLogZones.measure(file, logs, told)
    file.clocks += found
  }

  // MARK: Keycloak

  private static func keycloaks(
    _ file: CaseFile, _ logs: [UInt16], _ told: Set<UInt16>
  ) -> [ClockOffset] {
    let events = file.observations.tokenEvents
    var byLog: [UInt16: [Int]] = [:]
    for i in events.indices {
      byLog[logs[Int(events[i].citation.source)], default: []].append(i)
    }
    var found: [ClockOffset] = []
    let kinds = EventKinds(file)
    lazy var front = FrontChannel(file, kinds)
    lazy var back = BackChannel(file, kinds)
    for log in byLog.keys.sorted() where !told.contains(log) {
      for (writer, own) in byWriter(byLog[log] ?? [], events) {
        let direct = own.filter { kinds.of(events[$0]).isFrontChannel }
        let series =
          direct.count >= 8
          ? front.series(direct.lazy.map { events[$0] })
          : back.series(own.lazy.map { events[$0] }.filter { !kinds.of($0).isFrontChannel })
        guard let estimate = ClockEstimate.of(series) else { continue }
        var name = "Keycloak"
        if byLog.count > 1 { name = file.sources.all[Int(log)].name }
        if !writer.isNone { name = file.text(writer) }
        var offset = ClockOffset(name, estimate, log)
        offset.writer = writer
        offset.isKeycloak = true
        found.append(offset)
      }
    }
    return found
  }

  /// Several pods whose lines are in one file may run on several nodes.
  private static func byWriter(
    _ places: [Int], _ events: [TokenEvent]
  ) -> [(writer: Symbol, places: [Int])] {
    var lists: [Symbol: [Int]] = [:]
    for i in places { lists[events[i].writer, default: []].append(i) }
    guard lists.count > 1, lists.values.allSatisfy({ $0.count >= 20 }) else {
      return [(.none, places)]
    }
    return lists.map { ($0.key, $0.value) }.sorted { $0.places[0] < $1.places[0] }
  }

  /// Calls of Keycloak's end-points at the edge, and the events that they leave.
  private struct FrontChannel {
    private let calls: [ClockSeries.Call]
    private let addressesAgree: Bool
    private let kinds: EventKinds

    init(_ file: CaseFile, _ kinds: EventKinds) {
      self.kinds = kinds
      let clients = Set(
        file.exchanges.lazy.filter { $0.endpoint.isKeycloak }.map(\.request.client))
      let events = file.observations.tokenEvents.lazy.filter { kinds.of($0).isFrontChannel }
      let agrees = events.count { clients.contains($0.address) } * 2 > events.count
      addressesAgree = agrees
      calls = file.exchanges.lazy.filter { $0.endpoint.isKeycloak }.map { e in
        ClockSeries.Call(
          e.request, key: agrees ? UInt64(e.request.client.index) + 1 : 0,
          kind: FrontChannel.bit(e.endpoint, isError: e.request.status >= 400))
      }
    }

    func series(_ events: some Sequence<TokenEvent>) -> ClockSeries {
      ClockSeries(
        events.map { event in
          let kind = kinds.of(event)
          var bits: UInt32 = 0
          for endpoint in kind.endpoints {
            bits |= FrontChannel.bit(endpoint, isError: kind.isError)
            // A refused login is answered with the form once more.
            if endpoint == .loginActions { bits |= FrontChannel.bit(endpoint, isError: false) }
          }
          return ClockSeries.Clue(
            time: event.time, citation: event.citation,
            key: addressesAgree ? UInt64(event.address.index) + 1 : 0, kinds: bits)
        }, calls)
    }

    private static func bit(_ endpoint: Endpoint, isError: Bool) -> UInt32 {
      1 << (UInt32(endpoint.rawValue) * 2 + (isError ? 1 : 0))
    }
  }

  /// Requests of services, during which they ask Keycloak about the token.
  private struct BackChannel {
    private let calls: [ClockSeries.Call]
    private let kinds: EventKinds

    init(_ file: CaseFile, _ kinds: EventKinds) {
      self.kinds = kinds
      calls = file.exchanges.lazy
        .filter { $0.endpoint == .none && $0.request.answeredBy != .edge }
        .map { ClockSeries.Call($0.request, kind: $0.isFailure ? 2 : 1) }
    }

    func series(_ events: some Sequence<TokenEvent>) -> ClockSeries {
      var clues: [ClockSeries.Clue] = []
      for event in events {
        // What is wrong with the asking client and with its question are two events of one call.
        if let last = clues.last, event.time - last.time < 0.005 { continue }
        clues.append(
          ClockSeries.Clue(
            time: event.time, citation: event.citation, kinds: kinds.of(event).isError ? 2 : 1))
      }
      return ClockSeries(clues, calls)
    }
  }

  // MARK: Applications and captures

  private static func others(
    _ file: CaseFile, _ logs: [UInt16], _ told: Set<UInt16>
  ) -> [ClockOffset] {
    var answers: [UInt16: (clues: [ClockSeries.Clue], routes: Set<Symbol>)] = [:]
    let forwarded = Set(
      file.legs.lazy.filter { !$0.forwardedFor.isNone }.map { logs[Int($0.citation.source)] })
    for leg in file.legs where leg.hop == .application || leg.hop == .wire {
      let log = logs[Int(leg.citation.source)]
      answers[log, default: ([], [])].clues.append(
        ClockSeries.Clue(
          time: leg.end, citation: leg.citation,
          key: key(leg, of: forwarded.contains(log) ? leg.forwardedFor : .none)))
      answers[log]?.routes.insert(leg.route)
    }
    var refusals: [UInt16: [ClockSeries.Clue]] = [:]
    for m in file.observations.messages
    where m.level >= .warn && !m.format.isEdgeMessage && !m.format.isKeycloak {
      let log = logs[Int(m.citation.source)]
      guard answers[log] == nil else { continue }
      refusals[log, default: []].append(ClockSeries.Clue(time: m.time, citation: m.citation))
    }
    // What the edge refused by itself is in no other log.
    let answered = file.exchanges.lazy.filter { $0.request.answeredBy != .edge }
    var found: [ClockOffset] = []
    for log in Set(answers.keys).union(refusals.keys).sorted() where !told.contains(log) {
      let series: ClockSeries
      if let answers = answers[log] {
        let alike = answered.filter { answers.routes.contains($0.request.route) }
        series = ClockSeries(
          answers.clues,
          alike.map { e in
            let client = forwarded.contains(log) ? e.request.client : .none
            return ClockSeries.Call(e.request, key: key(e.request, of: client))
          })
      } else {
        let refused = answered.filter { $0.isFailure && !$0.endpoint.isKeycloak }
        series = ClockSeries(refusals[log] ?? [], refused.map { ClockSeries.Call($0.request) })
      }
      if let estimate = ClockEstimate.of(series) {
        found.append(ClockOffset(file.sources.all[Int(log)].name, estimate, log))
      }
    }
    return found
  }

  /// Only answers that agree in route and status may be the same, and in the client where one forwards its address.
  private static func key(_ r: Request, of client: Symbol) -> UInt64 {
    (UInt64(r.route.index) << 16 | UInt64(r.status)) ^ UInt64(client.index) &* 0x9E37_79B9_7F4A_7C15
  }
}

extension ClockOffset {
  fileprivate init(_ name: String, _ estimate: ClockEstimate, _ log: UInt16) {
    self.init(
      name: name, seconds: estimate.seconds, spread: estimate.spread, pairs: estimate.pairs,
      examples: estimate.examples)
    drift = estimate.drift
    reference = estimate.reference
    self.log = Int32(log)
  }
}
