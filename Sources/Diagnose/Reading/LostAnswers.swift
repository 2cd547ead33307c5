internal import Evidence

/// Calls that Keycloak answered at once by its own events, while the edge or its client waited in vain for the answer: it
/// got lost on the way (full-size packets that vanish where the MTU differs, a way that is open in one direction).
enum LostAnswers {
  /// Seconds of a wait for an answer, and in which Keycloak had done its part.
  private static let wait = 3.0
  private static let atOnce = 1.0
  private static let mostRows = 200
  private static let fewest = 3

  /// Events of most of some calls; none where most are not so.
  static func events(of rows: some Collection<Int>, _ scene: Scene) -> [Citation] {
    let events = scene.file.observations.tokenEvents
    guard !events.isEmpty else { return [] }
    var waited = 0
    var found: [Citation] = []
    for i in rows.prefix(mostRows) {
      let b = scene.briefs[i]
      let client = scene.exchange(i).request.client
      guard b.end - b.start >= wait, !client.isNone else { continue }
      waited += 1
      let from = scene.firstEvent(after: b.start.advanced(seconds: -0.05))
      let event = events[from...].prefix { $0.time - b.start <= atOnce }.first {
        $0.address == client && $0.error.isNone
      }
      if let event { found.append(event.citation) }
    }
    guard found.count >= fewest, found.count * 10 >= waited * 6, !isLate(rows, scene) else {
      return []
    }
    return found
  }

  /// Keycloak's other answers come late meanwhile: it is slow, and the events may be of other calls of these clients.
  private static func isLate(_ rows: some Collection<Int>, _ scene: Scene) -> Bool {
    var first = Instant.unknown
    var last = Instant.unknown
    for i in rows.prefix(mostRows) {
      let b = scene.briefs[i]
      if !first.isKnown || b.start < first { first = b.start }
      if !last.isKnown || b.end > last { last = b.end }
    }
    var prompt = 0
    var late = 0
    for (p, party) in scene.file.parties.enumerated() where party.kind == .keycloak {
      for i in scene.within(scene.byParty[p], first, last).prefix(2000) {
        let b = scene.briefs[i]
        guard b.isSuccess, scene.exchange(i).request.duration >= 0 else { continue }
        if b.end - b.start >= atOnce { late += 1 } else { prompt += 1 }
      }
    }
    return late > 0 && late * 4 > prompt
  }
}
