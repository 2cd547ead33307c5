internal import Evidence

/// Introspections that found nothing wrong while the requests of a group were handled: Keycloak says that the tokens
/// are good, and the service refuses them all the same.
enum GoodIntrospections {
  /// One for most rows; nil where they are missing, or so many that they stand beside anything.
  static func of(_ group: Group, _ scene: Scene) -> [TokenEvent]? {
    guard Signals.isMute(group), group.status == 401, let first = group.rows.first,
      let last = group.rows.last
    else { return nil }
    let rows = group.rows.prefix(mostRows).map { scene.exchange($0).request }
    let good = rows.compactMap { during($0, scene) }
    guard good.count >= 3, good.count * 10 >= rows.count * 8 else { return nil }
    let span = scene.briefs[last].end - scene.briefs[first].start
    let open = rows.reduce(0) { $0 + ($1.end - $1.start) + 2 * slack } / Double(rows.count)
    let all = within(
      scene.briefs[first].start, scene.briefs[last].end, atMost: mostEvents, scene
    ).count
    return Double(all) * open < span * mostByChance ? good : nil
  }

  /// Only where the stamp of the request tells parts of a second.
  private static func during(_ r: Request, _ scene: Scene) -> TokenEvent? {
    guard !r.isCoarse, r.start.isKnown else { return nil }
    return within(
      r.start.advanced(seconds: -slack), r.end.advanced(seconds: slack), atMost: mostRows, scene
    ).first
  }

  private static func within(
    _ from: Instant, _ to: Instant, atMost most: Int, _ scene: Scene
  ) -> [TokenEvent] {
    let events = scene.file.observations.tokenEvents
    return events[scene.firstEvent(after: from)...].prefix(most).prefix { $0.time <= to }.filter {
      $0.error.isNone && scene.text($0.type) == "INTROSPECT_TOKEN"
    }
  }

  /// Seconds by which a request's and Keycloak's stamps differ.
  private static let slack = 0.02
  /// How many introspections stand beside a request by chance at most.
  private static let mostByChance = 0.4
  private static let mostRows = 100
  private static let mostEvents = 20_000
}
