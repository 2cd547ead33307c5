internal import Evidence

/// Compares what two hops wrote of the same calls: Keycloak's events of tokens that clients got through the edge,
/// and the edge's lines of them. Where many have none, all over the log's time, good answers were sampled.
///
/// Samplers: nginx `access_log … if=$loggable`, Envoy `runtime_filter`, Istio `randomSamplingPercentage`, Traefik
/// `accessLog.filters`.
enum HopCounts {
  /// Calls from which a share can be told.
  private static let fewest = 40
  /// A log that has this share of the calls is taken to be whole: some clients have another way, too.
  private static let whole = 0.7
  /// Parts of the time in each of which the share is alike.
  private static let parts = 4

  static func notes(_ scene: Scene) -> [Note] {
    let calls = callsOfKnownClients(scene)
    guard calls.count >= fewest else { return [] }
    let seen = calls.count { $0 }
    let share = Double(seen) / Double(calls.count)
    guard share < whole, isEven(calls, share) else { return [] }
    return [
      Note(
        kind: .coverage,
        text:
          "of \(calls.count) tokens that Keycloak gave to clients of the edge, \(seen) have a line in"
          + " the edge's log, all over its time: good answers are sampled (nginx `access_log … if=`, Envoy"
          + " `runtime_filter`, Traefik `accessLog.filters`) or lines were lost, so shares of failures are"
          + " too high")
    ]
  }

  /// Whether each has a line in the edge's log: tokens given, while that was written, to addresses from which it
  /// has calls for tokens; in order.
  private static func callsOfKnownClients(_ scene: Scene) -> [Bool] {
    // A sample of our own says nothing of the log.
    guard scene.file.observations.successes.isComplete else { return [] }
    let events = scene.file.observations.tokenEvents
    var seen = [Bool](repeating: false, count: events.count)
    var clients: Set<Symbol> = []
    var first = Instant.unknown
    var last = Instant.unknown
    for e in scene.file.exchanges {
      if e.event >= 0, !e.isOfEvent { seen[Int(e.event)] = true }
      if e.endpoint == .token, !e.isOfEvent { clients.insert(e.request.client) }
      guard e.request.start.isKnown else { continue }
      if !first.isKnown { first = e.request.start }
      last = e.request.end
    }
    guard first.isKnown else { return [] }
    // Names are few, events many.
    let types = Set(events.map(\.type)).filter { isOfTokenEndpoint(scene.text($0)) }
    return events.indices.filter { i in
      let e = events[i]
      return e.error.isNone && e.time > first && e.time < last && clients.contains(e.address)
        && types.contains(e.type)
    }.map { seen[$0] }
  }

  private static func isOfTokenEndpoint(_ type: String) -> Bool {
    type == "CODE_TO_TOKEN" || type == "REFRESH_TOKEN" || type == "CLIENT_LOGIN"
  }

  /// A gap of the log, or of clocks, leaves out many at once; a sampler some of each time.
  private static func isEven(_ calls: [Bool], _ share: Double) -> Bool {
    (0..<parts).allSatisfy { part in
      let slice = calls[(calls.count * part / parts)..<(calls.count * (part + 1) / parts)]
      let own = Double(slice.count { $0 }) / Double(slice.count)
      return own > share / 2.5 && own < min(share * 2.5, 0.9)
    }
  }
}
