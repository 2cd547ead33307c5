internal import Evidence

/// Introspections while the requests of a group were handled.
enum GoodIntrospections {
  /// Those that found nothing wrong: Keycloak says that the tokens are good, and the service refuses them all the
  /// same. One for most rows; nil where they are missing, or so many that they stand beside anything.
  static func of(_ group: Group, _ scene: Scene) -> [TokenEvent]? {
    during(group, scene) { isGood($0) }
  }

  /// The same of introspections of which nothing tells what they found: up to 23 their events do not.
  static func untold(_ group: Group, _ scene: Scene) -> [TokenEvent]? {
    scene.seesIntrospections ? nil : during(group, scene) { $0.error.isNone && !isGood($0) }
  }

  private static func during(
    _ group: Group, _ scene: Scene, _ isWanted: (TokenEvent) -> Bool
  ) -> [TokenEvent]? {
    guard Signals.isMute(group), group.status == 401, let first = group.rows.first,
      let last = group.rows.last
    else { return nil }
    let rows = group.rows.prefix(mostRows).map { scene.exchange($0).request }
    let good = rows.compactMap { during($0, scene, isWanted) }
    guard good.count >= 3, good.count * 10 >= rows.count * 8 else { return nil }
    let span = scene.briefs[last].end - scene.briefs[first].start
    let open = rows.reduce(0) { $0 + ($1.end - $1.start) + 2 * slack } / Double(rows.count)
    let all = within(
      scene.briefs[first].start, scene.briefs[last].end, atMost: mostEvents, scene, isWanted
    ).count
    return Double(all) * open < span * mostByChance ? good : nil
  }

  /// Only where the stamp of the request tells parts of a second.
  private static func during(
    _ r: Request, _ scene: Scene, _ isWanted: (TokenEvent) -> Bool
  ) -> TokenEvent? {
    guard !r.isCoarse, r.start.isKnown else { return nil }
    return within(
      r.start.advanced(seconds: -slack), r.end.advanced(seconds: slack), atMost: mostRows, scene,
      isWanted
    ).first
  }

  private static func within(
    _ from: Instant, _ to: Instant, atMost most: Int, _ scene: Scene,
    _ isWanted: (TokenEvent) -> Bool
  ) -> [TokenEvent] {
    let events = scene.file.observations.tokenEvents
    return events[scene.firstEvent(after: from)...].prefix(most).prefix { $0.time <= to }.filter {
      isWanted($0) && scene.text($0.type) == "INTROSPECT_TOKEN"
    }
  }

  /// Up to 23 the event of a token that is not active has no error either (`TokenIntrospectionEndpoint`); what it
  /// names of the token (26.2 on) is of one that is.
  private static func isGood(_ e: TokenEvent) -> Bool {
    e.error.isNone && (!e.isUnquoted || !e.tokenID.isNone || !e.user.isNone)
  }

  /// Seconds by which a request's and Keycloak's stamps differ.
  private static let slack = 0.02
  /// How many introspections stand beside a request by chance at most.
  private static let mostByChance = 0.4
  private static let mostRows = 100
  private static let mostEvents = 20_000
}
