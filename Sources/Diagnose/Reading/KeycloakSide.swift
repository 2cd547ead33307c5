internal import Evidence

/// Realms that clients fetch their tokens from.
enum Realms {
  struct Origin {
    var name = ""
    /// The group's clients use a realm that those served by the party do not use.
    var isForeignToParty = false
    var citations: [Citation] = []
  }

  static func realm(_ path: String) -> String? {
    let parts = path.split(separator: "/")
    guard let i = parts.firstIndex(of: "realms"), i + 1 < parts.count else { return nil }
    return String(parts[i + 1])
  }

  /// The realm of the last token calls before the rows of a group, against that of the served.
  static func tokenRealms(_ group: Group, _ scene: Scene) -> Origin {
    let served = servedRealms(at: group.party, scene)
    let leading = served.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    guard let main = leading ?? scene.mainRealm else { return Origin() }
    var other: [String: Int] = [:]
    var citations: [Citation] = []
    // Paths of token calls are few.
    var others: [(path: Symbol, realm: String?)] = []
    for i in group.rows.prefix(500) {
      let b = scene.briefs[i]
      guard let list = scene.tokenCallsOfActor[b.actor], !list.isEmpty else { continue }
      let before = scene.lowerBound(list, b.start)
      for j in list[max(0, before - 8)..<before] where scene.briefs[j].isSuccess {
        let path = scene.file.exchanges.requests[j].path
        let place = others.firstIndex { $0.path == path } ?? others.count
        if place == others.count {
          let realm = realm(scene.text(path))
          others.append((path, realm == main ? nil : realm))
        }
        guard let r = others[place].realm else { continue }
        other[r, default: 0] += 1
        if citations.count < 2 { citations.append(scene.file.exchanges.requests[j].citation) }
      }
    }
    guard let name = other.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      name != "master", (served[name] ?? 0) * 10 <= served.values.reduce(0, +)
    else { return Origin() }
    return Origin(name: name, isForeignToParty: true, citations: citations)
  }

  /// The realms whose tokens a party takes, and how often.
  private static func servedRealms(at party: Int32, _ scene: Scene) -> [String: Int] {
    var counts: [String: Int] = [:]
    for i in scene.servedByParty[Int(party)].prefix(300) {
      let b = scene.briefs[i]
      guard let list = scene.tokenCallsOfActor[b.actor], !list.isEmpty else { continue }
      let before = scene.lowerBound(list, b.start)
      guard before > 0, scene.briefs[list[before - 1]].isSuccess else { continue }
      let path = scene.file.exchanges.requests[list[before - 1]].path
      if let realm = realm(scene.text(path)) { counts[realm, default: 0] += 1 }
    }
    return counts
  }

  /// Events of the realm that a group's calls name, each between two of these calls that are not far from it.
  static func alive(_ group: Group, _ scene: Scene) -> [Citation] {
    let rows = group.rows
    guard let first = rows.first, let last = rows.last,
      let name = realm(scene.text(scene.exchange(first).request.path)),
      rows.prefix(50).allSatisfy({ realm(scene.text(scene.exchange($0).request.path)) == name })
    else { return [] }
    let starts = rows.map { scene.briefs[$0].start }
    let events = scene.file.observations.tokenEvents
    let within = events[scene.firstEvent(after: scene.briefs[first].start)...]
      .prefix { $0.time < scene.briefs[last].start }
    let own = within.lazy.filter { e in
      guard scene.text(e.realm) == name else { return false }
      let next = starts.partitioningIndex { $0 > e.time }
      return next > 0 && next < starts.count && e.time - starts[next - 1] < beside
        && starts[next] - e.time < beside
    }.prefix(3).map(\.citation)
    return own.count == 3 ? Array(own) : []
  }
  /// Seconds.
  private static let beside = 10.0

  /// Other realms answer well while this one is 404.
  static func othersWork(_ group: Group, _ scene: Scene) -> Bool {
    let mine = Set(group.rows.compactMap { realm(scene.text(scene.exchange($0).request.path)) })
    return scene.file.exchanges.contains {
      $0.endpoint.isKeycloak && $0.isSuccess
        && !mine.contains(realm(scene.text($0.request.path)) ?? "")
    }
  }

  static func plainPathWorks(_ scene: Scene) -> Bool {
    scene.file.exchanges.contains {
      $0.endpoint.isKeycloak && $0.isSuccess && scene.text($0.request.path).hasPrefix("/realms/")
    }
  }
}

/// Clients of Keycloak in its admin events.
enum Clients {
  static func secretChange(_ group: Group, _ scene: Scene, before time: Instant) -> Citation? {
    Signals.adminEvents(scene, before: time, within: 600) { e in
      let path = scene.text(e.resourcePath)
      return path.hasPrefix("clients/")
        && (path.hasSuffix("client-secret") || scene.text(e.operation) == "UPDATE")
    }.last?.citation
  }
}

/// The realm's keys.
enum Keys {
  /// A good fetch of the JWKS by a party, in Keycloak's access log or at the edge.
  static func fetched(by party: Int32, _ scene: Scene) -> Citation? {
    let own = Set(scene.file.parties[Int(party)].addresses)
    guard !own.isEmpty else { return nil }
    for leg in scene.file.legs where leg.hop == .keycloak && leg.status == 200 {
      if own.contains(leg.client), scene.text(leg.route).hasSuffix("/certs") { return leg.citation }
    }
    for i in scene.keyFetches {
      let r = scene.file.exchanges[i].request
      if own.contains(r.client) { return r.citation }
    }
    return nil
  }

  /// Keycloak's word of its first keys for an algorithm of signatures that is not the usual one: a client or the
  /// realm was told to use it.
  static func ofOtherAlgorithms(_ scene: Scene, before time: Instant) -> [Message] {
    Signals.messages([.keysGenerated], scene.first, time, margin: 0, scene).filter {
      isOtherAlgorithm(scene.text($0.subject))
    }
  }

  /// RFC 7518 section 3.1, RFC 8037; Keycloak signs with RS256 unless told otherwise.
  private static func isOtherAlgorithm(_ name: String) -> Bool {
    ["RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"].contains(name)
  }

  /// Admin events on key providers, or Keycloak's own word of new keys, before a time.
  static func changes(_ scene: Scene, before time: Instant) -> [Citation] {
    let from = scene.first
    let all = scene.adminChanges
    let events = all.componentEvents.filter {
      $0.time >= from && $0.time <= time.advanced(seconds: 2)
    }
    let words = Signals.messages([.keysGenerated], from, time, margin: 0, scene).filter {
      !isOtherAlgorithm(scene.text($0.subject))
    }
    let calls = all.componentCalls.filter { $0.time >= from && $0.time <= time }
    let result = events.map(\.citation) + words.map(\.citation) + calls.map(\.citation)
    return Array(result.prefix(3))
  }
}

/// Restarts of a service in the middle of a story.
enum Restarts {
  /// A few 502/503 of a party between refusals with a given statement and good answers.
  static func isRestartOf(
    _ group: Group, _ profile: Profile, _ scene: Scene, statement: Statement
  ) -> Bool {
    guard group.status == 502 || group.status == 503, group.count <= 30, profile.median < 100_000
    else { return false }
    let from = profile.first.advanced(seconds: -15)
    let before = scene.within(scene.byParty[Int(group.party)], from, profile.first)
    return before.contains { scene.answers.statement($0) == statement }
  }
}

/// Sessions that Keycloak no longer knows.
enum Sessions {
  /// Lines of Keycloak were read, be they of no token event.
  static func isLogGiven(_ scene: Scene) -> Bool {
    let observations = scene.file.observations
    return !observations.tokenEvents.isEmpty
      || observations.coverage.values.contains {
        ($0.formats[.keycloakText] ?? 0) + ($0.formats[.keycloakJSON] ?? 0) > 0
      }
  }

  static func successEventsVisible(_ scene: Scene) -> Bool {
    scene.file.observations.coverage.values.contains { $0.hasSuccessEvents }
  }

  /// Keycloak says that the session is gone; the claim is added.
  static func isGone(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ weight: inout Weight
  ) -> Bool {
    guard saysGone(group, scene, &weight) else { return false }
    if profile.sessionsFoundAgain.count >= 2 {
      weight.note(.sessionTakenAgain, "Keycloak finds the same sessions again")
    }
    return true
  }

  private static func saysGone(_ group: Group, _ scene: Scene, _ weight: inout Weight) -> Bool {
    let errors = [Signals.eventError(group, scene), Signals.backError(group, scene)]
    let reasons = [Signals.eventReason(group, scene), Signals.backReason(group, scene)]
    if group.endpoint == .token {
      // What an administrator revokes is refused with the words of a refresh token used again.
      guard reasons[0] == "Stale token", !adminLogouts(group, scene).isEmpty else { return false }
    }
    if zip(errors, reasons).contains(where: isMissing)
      || group.endpoint == .userinfo && errors.contains("invalid_user")
    {
      weight.add(
        .sessionGoneEvent, "Keycloak says the session is gone", Signals.events(group, scene))
      return true
    }
    if group.endpoint == .userinfo, group.status == 401, errors[0].isEmpty {
      weight.add(.sessionGoneUserinfo, "userinfo refuses the token", Signals.rows(group, scene))
      return true
    }
    if Signals.isInactiveWithoutReason(group, scene) {
      let ends = logouts(group, scene) + adminLogouts(group, scene)
      guard !ends.isEmpty else { return false }
      weight.add(
        .sessionGoneInactive,
        "Keycloak finds the tokens inactive, and sessions were ended before",
        ends + Signals.events(group, scene))
      return true
    }
    if backErrorIsMissing(group), let asked = GoodIntrospections.untold(group, scene) {
      let ends = endsOfClients(group, scene)
      guard !ends.isEmpty else { return false }
      weight.add(
        .sessionGoneInactive,
        "the service asks Keycloak about the tokens, and a session of these clients was ended before",
        ends + asked.prefix(2).map(\.citation))
      return true
    }
    if group.answer.statement == .sessionNotFound {
      weight.add(.sessionGoneSaid, "the answer says the session is gone", group.answer.citations)
      return true
    }
    return false
  }

  /// Keycloak, asked by the service, missed the session. It looks at the token itself first
  /// (`AccessTokenIntrospectionProvider`): that was in order.
  static func isMissed(_ group: Group, _ scene: Scene) -> Bool {
    isMissing(Signals.backError(group, scene), Signals.backReason(group, scene))
  }

  /// The words of an event on a session that is not there.
  private static func isMissing(_ error: String, _ reason: String) -> Bool {
    error == "user_session_not_found" || error == "session_expired"
      || reason.contains("session_not_found") || reason.contains("Stale token")
  }

  /// Seconds in which a session that one replica lacks is asked for again, and of another one.
  private static let again = 300.0

  /// Good events of sessions that Keycloak missed before, in a group's events: they did not end.
  static func foundAgain(_ group: Group, _ scene: Scene) -> [Citation] {
    var missed: [Symbol: Instant] = [:]
    for i in group.rows {
      let links = scene.file.exchanges.links[i]
      guard links.event >= 0 || links.backEvent >= 0 else { continue }
      for event in [links.event, links.backEvent].compactMap(scene.event)
      where !event.error.isNone && !event.session.isNone && missed[event.session] == nil
        && scene.text(event.session) != "null"
        && isMissing(scene.text(event.error), scene.text(event.reason))
      {
        missed[event.session] = event.time
      }
    }
    guard let first = missed.values.min(), let last = missed.values.max() else { return [] }
    let events = scene.file.observations.tokenEvents
    return events[scene.firstEvent(after: first)...].prefix { $0.time - last < again }
      .filter { event in
        event.error.isNone && missed[event.session].map { event.time > $0 } ?? false
      }.map(\.citation)
  }

  /// No realm ends sessions that idle for less, in practice; seconds.
  static let idle = 300.0

  /// How long the clients of a group had been silent before it, in seconds: the shortest of their pauses; 0
  /// where one of them was never seen before.
  static func pause(_ group: Group, _ scene: Scene) -> Double {
    var shortest = Double.infinity
    var seen: Set<Int32> = []
    for i in group.rows {
      let b = scene.briefs[i]
      guard seen.insert(b.actor).inserted else { continue }
      let own = scene.byActor[Int(b.actor)]
      let at = scene.lowerBound(own, b.start)
      guard at > 0 else { return 0 }
      shortest = min(shortest, b.start - scene.briefs[own[at - 1]].end)
      if shortest < idle { break }
    }
    return shortest == .infinity ? 0 : shortest
  }

  /// Sessions and users that the group's events name.
  private static func subjects(_ group: Group, _ scene: Scene)
    -> (sessions: Set<Symbol>, users: Set<Symbol>)
  {
    var sessions: Set<Symbol> = []
    var users: Set<Symbol> = []
    for i in group.rows {
      let e = scene.exchange(i)
      for event in [scene.event(e.event), scene.event(e.backEvent)].compactMap({ $0 }) {
        if !event.session.isNone { sessions.insert(event.session) }
        if !event.user.isNone { users.insert(event.user) }
      }
    }
    return (sessions, users)
  }

  /// LOGOUT events before the group, of its sessions or, where none are named, from its clients.
  static func logouts(_ group: Group, _ scene: Scene) -> [Citation] {
    let (sessions, users) = subjects(group, scene)
    let clients = Set(group.rows.map { scene.exchange($0).request.client })
    guard let first = group.rows.first, let last = group.rows.last else { return [] }
    let start = scene.exchange(first).request.start
    let end = scene.exchange(last).request.end
    var result: [Citation] = []
    for k in scene.logouts {
      let e = scene.file.observations.tokenEvents[k]
      guard e.time <= end, start - e.time < 900 else { continue }
      let named = sessions.contains(e.session) || users.contains(e.user)
      let sameClient = sessions.isEmpty && users.isEmpty && clients.contains(e.address)
      if named || sameClient { result.append(e.citation) }
    }
    if result.isEmpty {
      // Without events: the client's own call of the logout end-point, seen at the edge.
      for c in clients {
        for j in scene.rows(of: c) where scene.briefs[j].endpoint == .logout {
          let e = scene.exchange(j)
          if e.request.start <= end, e.request.status < 400 {
            result.append(e.request.citation)
          }
        }
      }
    }
    return Array(result.sorted().prefix(3))
  }

  private static func backErrorIsMissing(_ group: Group) -> Bool {
    group.circumstances.backError.isNone && !group.endpoint.isKeycloak
  }

  /// Ends of sessions of those who call from a group's addresses, by themselves or by an administrator, in the
  /// quarter of an hour before its first row.
  private static func endsOfClients(_ group: Group, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    let start = scene.briefs[first].start
    let clients = Set(group.rows.map { scene.exchange($0).request.client })
    func isBefore(_ time: Instant) -> Bool { time <= start && start - time < 900 }
    var result = scene.logouts.map { scene.file.observations.tokenEvents[$0] }.filter {
      isBefore($0.time) && clients.contains($0.address)
    }.map(\.citation)
    var ended: [String: Citation] = [:]
    for e in scene.file.observations.adminEvents where isBefore(e.time) {
      let parts = scene.text(e.resourcePath).split(separator: "/")
      guard parts.count == 3, parts[0] == "users", parts[2] == "logout" else { continue }
      ended[String(parts[1])] = e.citation
    }
    if !ended.isEmpty {
      let users = Set(
        scene.file.observations.tokenEvents.lazy.filter {
          $0.time <= start && $0.error.isNone && clients.contains($0.address)
        }.map(\.user))
      result += users.compactMap { ended[scene.text($0)] }
    }
    return Array(result.sorted().prefix(3))
  }

  /// Admin events that end sessions: `users/<id>/logout`, `sessions/<id>`, push-revocation.
  static func adminLogouts(_ group: Group, _ scene: Scene) -> [Citation] {
    guard let last = group.rows.last else { return [] }
    let end = scene.exchange(last).request.end
    var result: [Citation] = []
    for e in scene.file.observations.adminEvents where e.time <= end && e.time >= scene.first {
      let path = scene.text(e.resourcePath)
      if path.hasSuffix("/logout") || path.contains("sessions/") || path.contains("push-revocation")
        || path.contains("logout-all")
      {
        result.append(e.citation)
      }
    }
    for leg in scene.file.legs
    where leg.hop == .keycloak && leg.start <= end && leg.start >= scene.first {
      let path = scene.text(leg.path)
      if path.contains("/admin/realms/"),
        path.hasSuffix("/logout") || path.contains("/sessions/")
          || path.hasSuffix("/push-revocation") || path.hasSuffix("/logout-all")
      {
        result.append(leg.citation)
      }
    }
    return Array(result.prefix(3))
  }
}

/// Replicas of Keycloak, as far as its log shows them.
enum Replicas {
  static func count(_ scene: Scene) -> Int {
    var writers: Set<Symbol> = []
    for e in scene.file.observations.tokenEvents where !e.writer.isNone { writers.insert(e.writer) }
    return writers.count
  }

  /// Cluster views that hold one member only, by source line.
  static func singleViews(_ scene: Scene) -> [Citation] {
    scene.file.observations.messages.filter {
      $0.statement == .clusterView && scene.text($0.subject) == "1"
    }.map(\.citation)
  }

  static func citations(_ scene: Scene) -> [Citation] {
    var seen: Set<Symbol> = []
    var result: [Citation] = []
    for e in scene.file.observations.tokenEvents where seen.insert(e.writer).inserted {
      result.append(e.citation)
      if result.count == 3 { break }
    }
    return result
  }
}
