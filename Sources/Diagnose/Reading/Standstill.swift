internal import Evidence

/// A time in which Keycloak's own log says that it was stopped, and in which it answered nobody.
struct Standstill {
  var first: Instant
  var last: Instant
  /// Where it says so.
  var lines: [Citation]

  /// The one in which most rows of a group fall.
  static func around(_ group: Group, _ scene: Scene) -> Standstill? {
    let stops = moments([.keycloakStopping, .keycloakStopped], scene)
    guard !stops.isEmpty else { return nil }
    let starts = moments([.keycloakStarted], scene)
    var end = Instant.unknown
    for stop in stops where !end.isKnown || stop.time > end {
      let start = starts.first { $0.time > stop.time }
      end = start?.time ?? scene.last
      let still = Standstill(
        first: stop.time, last: end, lines: [stop.citation] + (start.map { [$0.citation] } ?? []))
      if still.covers(group, scene), still.isOfAll(scene) { return still }
    }
    return nil
  }

  private static func moments(
    _ statements: [Statement], _ scene: Scene
  ) -> [(time: Instant, citation: Citation)] {
    statements.flatMap { scene.messagesOf[$0] ?? [] }.sorted()
      .map { scene.file.observations.messages[$0] }
      .filter(\.time.isKnown).map { ($0.time, $0.citation) }
  }

  private func covers(_ group: Group, _ scene: Scene) -> Bool {
    let from = first.advanced(seconds: -1)
    let to = last.advanced(seconds: 2)
    let within = group.rows.count { scene.briefs[$0].end >= from && scene.briefs[$0].start <= to }
    return within * 10 >= group.count * 7
  }

  /// No other replica answered meanwhile.
  private func isOfAll(_ scene: Scene) -> Bool {
    scene.keycloakCalls(first.advanced(seconds: 1), last.advanced(seconds: -1)).good == 0
  }
}
