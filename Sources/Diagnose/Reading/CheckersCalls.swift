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
    // A refused issuer is what a token says, not where somebody looks.
    if result.isEmpty, group.answer.statement != .tokenIssuer, isLoopback(group.answer.words) {
      result = group.answer.citations
    }
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
    // A gateway's filter fetches keys by itself, not the service behind it.
    let own =
      group.circumstances.answerer == .gatewayFilter
      ? [] : Set(scene.file.parties[Int(group.party)].addresses)
    let end = scene.briefs[last].end
    let missed = scene.missedCalls.filter {
      $0.start <= end
        && (own.isEmpty ? scene.rows(of: $0.client).isEmpty : own.contains($0.client))
    }
    guard !missed.isEmpty else { return [] }
    if own.isEmpty, !TimeJoin(times: missed.map(\.end).sorted()).tells(group, scene) { return [] }
    return missed.prefix(3).map(\.citation)
  }

  /// Whether Keycloak heard of a part of a service's refused requests: a service that it answers knows its name
  /// and reaches it.
  static func areHeard(_ rows: some Collection<Int>, _ scene: Scene) -> Bool {
    let some = rows.prefix(200)
    let heard = some.count { scene.file.exchanges.links[$0].backEvent >= 0 }
    return heard >= 2 && heard * 4 >= some.count
  }

  /// Introspections of the group's service that Keycloak's access log shows refused with 401 (its own
  /// credentials) while requests of the group were handled; empty where that goes for less than half of them.
  static func refused(_ group: Group, _ scene: Scene) -> [Citation] {
    let calls = scene.refusedIntrospections
    guard !calls.isEmpty, !group.endpoint.isKeycloak else { return [] }
    let own = Set(scene.file.parties[Int(group.party)].addresses)
    let rows = group.rows.prefix(200)
    let lines = rows.compactMap { i -> Citation? in
      let r = scene.exchange(i).request
      let slack = r.isCoarse ? 1.0 : 0.1
      let until = r.end.advanced(seconds: slack)
      return calls[calls.partitioningIndex { $0.end >= r.start.advanced(seconds: -slack) }...]
        .prefix { $0.end <= until }
        .first {
          own.contains($0.client) || own.isEmpty && scene.rows(of: $0.client).isEmpty
        }?.citation
    }
    return lines.count * 2 >= rows.count ? Array(lines.prefix(3)) : []
  }

  /// Introspections in Keycloak's access log, in order of their ends.
  static func introspections(_ file: CaseFile) -> [Request] {
    var asks = TextMemo<Bool>()
    return file.legs.filter {
      $0.hop == .keycloak
        && asks.value(of: $0.route) { file.text($0).hasSuffix("/introspect") }
    }
    .sorted { ($0.end, $0.citation) < ($1.end, $1.citation) }
  }

  /// 404s on end-points that tell of tokens and keys, in Keycloak's access log and at the edge, of
  /// callers who never got a good answer there.
  static func allMissed(_ scene: Scene) -> [Request] {
    struct Place: Hashable {
      var client: Symbol
      var route: Symbol
    }
    var known = TextMemo<Bool>()
    func isAsked(_ route: Symbol) -> Bool {
      known.value(of: route) { CheckersCalls.isAsked(scene.text($0)) }
    }
    /// Of Keycloak's access log and of the edge's, in this order.
    func calls(_ isWanted: (UInt16) -> Bool) -> [Request] {
      var found = scene.file.legs.filter {
        $0.hop == .keycloak && isWanted($0.status) && isAsked($0.route)
      }
      for party in scene.file.parties.indices where scene.file.parties[party].kind == .keycloak {
        for i in scene.byParty[party]
        where isWanted(scene.briefs[i].status) && isAsked(scene.outlines[i].route) {
          found.append(scene.file.exchanges.requests[i])
        }
      }
      return found
    }
    let missed = calls { $0 == 404 || $0 == 405 }
    if missed.isEmpty { return [] }
    let good = Set(calls { $0 < 400 }.map { Place(client: $0.client, route: $0.route) })
    return missed.filter { !good.contains(Place(client: $0.client, route: $0.route)) }
  }

  /// Calls of the group's service, in Keycloak's access log, for pages and end-points that only browsers and
  /// clients ask for, where they go with the refusals.
  static func strange(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !scene.strangeCalls.isEmpty, !group.endpoint.isKeycloak else { return [] }
    return going(with: group, scene.strangeCalls, scene)
  }

  /// Calls for keys and about tokens that the edge answers with 404 by itself, where they go with the refusals of a
  /// group's service.
  static func lostAtEdge(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !scene.lostCalls.isEmpty, !group.endpoint.isKeycloak, let first = group.rows.first,
      !scene.file.parties[Int(group.party)].addresses.isEmpty
    else { return [] }
    let from = scene.briefs[first].start.advanced(seconds: -1)
    return going(with: group, scene.lostCalls.filter { $0.end >= from }, scene)
  }

  /// Such calls, in order of time.
  static func allLost(_ scene: Scene) -> [Request] {
    scene.briefs.indices.filter {
      let b = scene.briefs[$0]
      return b.status == 404
        && [.certs, .introspection, .userinfo, .discovery].contains(b.endpoint)
    }.map { scene.file.exchanges.requests[$0] }.filter { $0.answeredBy == .edge }
  }

  /// Calls that Keycloak refuses for want of HTTPS, where they go with the refusals of a group's service.
  static func insecure(_ group: Group, _ scene: Scene) -> [Citation] {
    guard !scene.insecureIntrospections.isEmpty else { return [] }
    return going(with: group, scene.insecureIntrospections, scene)
  }

  /// Calls of a group's service (of any, where its address is not known) that go with its refusals.
  private static func going(
    with group: Group, _ calls: [Request], _ scene: Scene
  ) -> [Citation] {
    let own = Set(scene.file.parties[Int(group.party)].addresses)
    let calls = calls.filter { own.isEmpty || own.contains($0.client) }
    guard calls.count >= 3, TimeJoin(times: calls.map(\.end).sorted()).tells(group, scene) else {
      return []
    }
    return calls.prefix(3).map(\.citation)
  }

  /// Of callers that never come through the edge.
  static func allStrange(_ scene: Scene) -> [Request] {
    var strange = TextMemo<Bool>()
    return scene.file.legs.filter {
      guard $0.hop == .keycloak, scene.rows(of: $0.client).isEmpty else { return false }
      return strange.value(of: $0.route) {
        let text = scene.text($0)
        return text.contains("/realms/") && !text.contains("/admin/") && !isAsked(text)
          && !["/token", "/logout", "/revoke"].contains { text.hasSuffix($0) }
      }
    }
  }

  /// The realm in which a service's introspections fail for an unknown client, where that client is known in another.
  static func ofAnotherRealm(
    _ group: Group, _ scene: Scene
  ) -> (realm: String, lines: [Citation])? {
    guard Signals.backError(group, scene) == "client_not_found" else { return nil }
    let failed = group.rows.prefix(20).compactMap { scene.event(scene.exchange($0).backEvent) }
    guard let one = failed.first, !one.client.isNone, !one.realm.isNone else { return nil }
    let known = scene.file.observations.tokenEvents.first {
      $0.client == one.client && $0.realm != one.realm && !$0.realm.isNone && $0.error.isNone
    }
    guard let known else { return nil }
    return (scene.text(one.realm), failed.prefix(2).map(\.citation) + [known.citation])
  }

  private static func isAsked(_ path: String) -> Bool {
    ["/certs", "/jwks", "/jwks.json", "/introspect", "/userinfo"].contains { path.hasSuffix($0) }
      || path.contains("/.well-known/")
      // A misspelt one: what is missing there is asked of programs alone.
      || path.contains("/protocol/openid-connect/")
        && !["/token", "/auth", "/logout", "/registrations", "/revoke", "/3p-cookies"].contains {
          path.contains($0)
        }
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
