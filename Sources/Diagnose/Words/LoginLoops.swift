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
  /// So many users or clients behind one address are those of a proxy.
  private static let fewestShared = 3

  private static func isTurn(_ e: TokenEvent, _ scene: Scene) -> Bool {
    !e.error.isNone && scene.text(e.error) == "expired_code"
      && scene.text(e.type) == "LOGIN_ERROR"
  }

  /// The turns that came so many in so short a time, from one address or from the two that nodes of a cluster put in
  /// its place. Lines of a day that is not known are one behind the other, with nothing else between.
  static func turns(_ scene: Scene) -> Set<Citation> {
    let turns = scene.file.observations.tokenEvents.filter { isTurn($0, scene) }
    guard turns.count >= fewest else { return [] }
    let shared = sharedAddresses(scene)
    var found: Set<Citation> = []
    for last in fewest - 1..<turns.count {
      let window = turns[(last - fewest + 1)...last]
      guard isLoop(window, scene), !window.contains(where: { shared.contains($0.address) }) else {
        continue
      }
      found.formUnion(window.map(\.citation))
    }
    return found
  }

  private static func isLoop(_ window: ArraySlice<TokenEvent>, _ scene: Scene) -> Bool {
    guard let first = window.first, let last = window.last else { return false }
    return Set(window.map(\.address)).count < fewest
      && known(window.map(\.client), scene).count < 2
      && known(window.map(\.session), scene).count < fewest
      && zip(window, window.dropFirst()).allSatisfy { isNext($1, after: $0) }
      && (!last.time.isKnown || last.time - first.time <= span)
  }

  private static func known(_ symbols: [Symbol], _ scene: Scene) -> Set<Symbol> {
    Set(symbols.filter { !$0.isNone && scene.text($0) != "null" })
  }

  /// Addresses that stand for many: what comes from them is not one browser's.
  private static func sharedAddresses(_ scene: Scene) -> Set<Symbol> {
    var users: [Symbol: Set<Symbol>] = [:]
    var clients: [Symbol: Set<Symbol>] = [:]
    for e in scene.file.observations.tokenEvents where !e.address.isNone {
      if users[e.address, default: []].count <= fewestShared {
        users[e.address, default: []].formUnion(known([e.user], scene))
      }
      if clients[e.address, default: []].count <= fewestShared {
        clients[e.address, default: []].formUnion(known([e.client], scene))
      }
    }
    return Set(users.filter { $1.count >= fewestShared }.keys)
      .union(clients.filter { $1.count >= fewestShared }.keys)
  }

  private static func isNext(_ b: TokenEvent, after a: TokenEvent) -> Bool {
    if a.time.isKnown && b.time.isKnown { return true }
    return !a.time.isKnown && !b.time.isKnown && a.citation.source == b.citation.source
      && b.citation.number == a.citation.number + 1
  }
}
