internal import Evidence

/// A browser that Keycloak sends round in circles: `expired_code` again and again within a second, faster than anybody
/// clicks. Keycloak's installation guide names the cause: each turn reaches another replica, which does not know the
/// login that the one before began.
enum LoginLoops {
  static let meaning = Meaning.refusal(
    .keycloakSessionsNotShared, 0.55, or: [(.sessionLoginStateLost, 0.3)])

  /// So many turns within a second are no person's.
  private static let fewest = 3
  private static let span = 1.0

  static func isTurn(_ e: TokenEvent, _ scene: Scene) -> Bool {
    scene.text(e.error) == "expired_code" && scene.text(e.type) == "LOGIN_ERROR"
  }

  /// Whether so many turns came in so short a time, from one address or from the two that nodes of a cluster put in
  /// its place. Lines of a day that is not known are one behind the other, with nothing else between.
  static func occur(_ scene: Scene) -> Bool {
    let turns = scene.file.observations.tokenEvents.filter {
      !$0.error.isNone && isTurn($0, scene)
    }
    guard turns.count >= fewest else { return false }
    return (fewest - 1..<turns.count).contains { last in
      let window = turns[(last - fewest + 1)...last]
      return Set(window.map(\.address)).count < fewest
        && zip(window, window.dropFirst()).allSatisfy { isNext($1, after: $0) }
        && (!turns[last].time.isKnown
          || turns[last].time - turns[last - fewest + 1].time <= span)
    }
  }

  private static func isNext(_ b: TokenEvent, after a: TokenEvent) -> Bool {
    if a.time.isKnown && b.time.isKnown { return true }
    return !a.time.isKnown && !b.time.isKnown && a.citation.source == b.citation.source
      && b.citation.number == a.citation.number + 1
  }
}
