internal import Evidence

/// The calls to Keycloak that a service makes to check tokens, where lines show where they went.
enum CheckersCalls {
  /// Lines in which a call of the group's service was refused at its own loopback address: nobody
  /// else's Keycloak is there.
  static func toItself(_ group: Group, _ scene: Scene) -> [Citation] {
    var result: [Citation] = []
    for i in group.rows.prefix(50) {
      for m in scene.file.messages[i] ?? [] {
        let message = scene.file.observations.messages[m]
        guard message.statement == .callRefused || message.statement == .authServiceCallFailed,
          isLoopback(scene.text(message.text)) || isLoopback("/" + scene.text(message.peer))
        else { continue }
        result.append(message.citation)
      }
      if result.count >= 3 { break }
    }
    if result.isEmpty, isLoopback(group.answer.words) { result = group.answer.citations }
    return result
  }

  private static func isLoopback(_ text: String) -> Bool {
    guard text.contains("localhost") || text.contains("127.0.0.1") || text.contains("[::1]") else {
      return false
    }
    return ["/", "'", "\"", " ", "=", "@", "("].contains { before in
      ["localhost:", "localhost/", "localhost'", "127.0.0.1", "[::1]"].contains {
        text.contains(before + $0)
      }
    }
  }

  /// 404s of Keycloak to the group's service on the end-points that a checking party asks, before the
  /// group's end; none where the service got a good answer there, too. Where the service's address is
  /// not known, those of callers that never come through the edge count, if they go with the refusals.
  static func missed(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !scene.missedCalls.isEmpty, let last = group.rows.last else { return [] }
    let own = Set(scene.file.parties[Int(group.party)].addresses)
    let end = scene.briefs[last].end
    let missed = scene.missedCalls.filter {
      $0.start <= end
        && (own.isEmpty ? scene.rows(of: $0.client).isEmpty : own.contains($0.client))
    }
    guard !missed.isEmpty else { return [] }
    if own.isEmpty, !TimeJoin(times: missed.map(\.end).sorted()).tells(group, scene) { return [] }
    return missed.prefix(3).map(\.citation)
  }

  /// 404s on end-points that tell of tokens and keys, in Keycloak's access log and at the edge, of
  /// callers who never got a good answer there.
  static func allMissed(_ scene: Scene) -> [Request] {
    struct Place: Hashable {
      var client: Symbol
      var route: Symbol
    }
    // Routes are few, calls many.
    var known: [Symbol: Bool] = [:]
    func isAsked(_ route: Symbol) -> Bool {
      if let asked = known[route] { return asked }
      let asked = CheckersCalls.isAsked(scene.text(route))
      known[route] = asked
      return asked
    }
    var calls = scene.file.legs.filter { $0.hop == .keycloak && isAsked($0.route) }
    for party in scene.file.parties.indices where scene.file.parties[party].kind == .keycloak {
      for i in scene.byParty[party] {
        let r = scene.exchange(i).request
        if r.status < 400 || r.status == 404 || r.status == 405, isAsked(r.route) {
          calls.append(r)
        }
      }
    }
    let good = Set(
      calls.filter { $0.status < 400 }.map { Place(client: $0.client, route: $0.route) })
    return calls.filter {
      ($0.status == 404 || $0.status == 405)
        && !good.contains(Place(client: $0.client, route: $0.route))
    }
  }

  private static func isAsked(_ path: String) -> Bool {
    path.hasSuffix("/certs") || path.hasSuffix("/introspect") || path.hasSuffix("/userinfo")
      || path.contains("/.well-known/")
  }

  /// The words of a call that was answered, but with “not found”.
  static func isNotFound(_ group: Group) -> Bool {
    let words = group.answer.words
    return group.answer.statement == .callHTTPError
      && ["404", "405 ", "Not Found"].contains { words.contains($0) }
  }

  /// Refused connections of one caller while Keycloak serves others.
  static func isAloneRefused(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    group.answer.statement == .callRefused && profile.inTrouble * 2 <= group.count
      && Health.keycloakServed(profile, scene)
  }
}
