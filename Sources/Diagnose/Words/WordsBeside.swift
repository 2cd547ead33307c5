internal import Evidence

/// What words tell beside traffic that does not show it: Keycloak's error events of logins and calls for tokens of which
/// the edge's log has no line (of services that call Keycloak inside the cluster, of clients that come through another
/// edge); and logs of applications that write no requests, where no edge's log shows what they refuse.
enum WordsBeside {
  /// Fewer are slips.
  private static let fewest = 3
  /// Seconds around the traffic in which events are of the same story.
  private static let margin = 60.0
  /// Calls for a token of one's own; what services ask about others' tokens goes with their refusals.
  private static let types: Set<String> = [
    "LOGIN_ERROR", "CLIENT_LOGIN_ERROR", "CODE_TO_TOKEN_ERROR", "REFRESH_TOKEN_ERROR",
    "TOKEN_EXCHANGE_ERROR",
  ]

  static func findings(_ scene: Scene) -> [Finding] {
    var hints: [Hint] = []
    let unseen = unseenEvents(scene)
    if !unseen.isEmpty {
      hints += HintReader.events(scene).filter { unseen.contains($0.citation) }
    }
    // What an edge shows to be refused may be what they speak of, though nothing ties the two together.
    let isShown = scene.file.outermost == .edge && scene.failureCount > 0
    let unheard = isShown ? [] : unheardSources(scene)
    if !unheard.isEmpty {
      hints += HintReader.messages(scene).filter { unheard.contains($0.citation.source) }
    }
    var counts: [CauseID: Int] = [:]
    for hint in hints { counts[hint.meaning.proposals[0].cause, default: 0] += 1 }
    let often = hints.filter { counts[$0.meaning.proposals[0].cause] ?? 0 >= fewest }
    return often.isEmpty ? [] : WordFindings.build(often, scene)
  }

  /// Sources with words of applications, none of which belongs to a request, and without a request that failed.
  private static func unheardSources(_ scene: Scene) -> Set<UInt16> {
    let messages = scene.file.observations.messages
    var found: Set<UInt16> = []
    for m in messages where m.format.isOfApplication && m.statement != .other {
      found.insert(m.citation.source)
    }
    if found.isEmpty { return found }
    for joined in scene.file.messages.values {
      for m in joined { found.remove(messages[m].citation.source) }
    }
    for e in scene.file.exchanges where e.isFailure { found.remove(e.request.citation.source) }
    return found
  }

  /// Error events that no exchange claims, of callers whom the edge does not show at Keycloak.
  private static func unseenEvents(_ scene: Scene) -> Set<Citation> {
    let events = scene.file.observations.tokenEvents
    guard events.contains(where: { !$0.error.isNone }) else { return [] }
    var isClaimed = [Bool](repeating: false, count: events.count)
    var callers: Set<Symbol> = []
    for (links, r) in zip(scene.file.exchanges.links, scene.file.exchanges.requests) {
      if links.event >= 0 { isClaimed[Int(links.event)] = true }
      if links.backEvent >= 0 { isClaimed[Int(links.backEvent)] = true }
      if links.endpoint.isKeycloak, !r.isOfEvent { callers.insert(r.client) }
    }
    var isMeant = TextMemo<Bool>()
    let from = scene.first.advanced(seconds: -margin)
    let to = scene.last.advanced(seconds: margin)
    var found: Set<Citation> = []
    for (i, e) in events.enumerated()
    where !e.error.isNone && !isClaimed[i] && e.time >= from && e.time <= to
      && (e.address.isNone ? callers.isEmpty : !callers.contains(e.address))
    {
      if isMeant.value(of: e.type, { types.contains(scene.text($0)) }) { found.insert(e.citation) }
    }
    return found
  }
}
