internal import Evidence

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

  /// Events of most of a group's sessions by which a refresh token was used again before, and those of the group.
  static func endedByReuse(_ group: Group, _ scene: Scene) -> [Citation] {
    let reused = scene.eventLists.reusedSessions
    if reused.isEmpty { return [] }
    let events = scene.file.observations.tokenEvents
    var count = 0
    var citations: [Citation] = []
    for i in group.rows {
      guard let event = scene.event(scene.exchange(i).event), let before = reused[event.session],
        events[before].time <= event.time
      else { continue }
      count += 1
      if citations.count < 4 { citations += [events[before].citation, event.citation] }
    }
    return count * 10 >= group.count * 6 ? citations : []
  }

  private static func saysGone(_ group: Group, _ scene: Scene, _ weight: inout Weight) -> Bool {
    let errors = [Signals.eventError(group, scene), Signals.backError(group, scene)]
    let reasons = [Signals.eventReason(group, scene), Signals.backReason(group, scene)]
    if group.endpoint == .token {
      // What an administrator revokes is refused with the words of a refresh token used again.
      guard reasons[0] == "Stale token",
        !adminLogouts(group, scene).isEmpty || !scene.eventLists.staleAccess.isEmpty
      else { return false }
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
      || reason.contains("Offline session invalid")
      || reason.hasSuffix("session_expired")
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

  /// Ends by their ids, by an administrator, of most sessions that Keycloak misses in a group's events.
  static func endedByAdmin(_ group: Group, _ scene: Scene) -> [Citation] {
    let ended = scene.adminChanges.endedSessions
    guard !ended.isEmpty, let first = group.rows.first else { return [] }
    let sessions = subjects(group, scene).sessions
    let start = scene.briefs[first].end
    let found = sessions.compactMap { ended[scene.text($0)] }.filter { $0.time <= start }
    return found.count * 2 > sessions.count ? Array(found.map(\.citation).sorted().prefix(3)) : []
  }

  /// LOGOUT events before the group, of its sessions or, where none are named, from its clients.
  static func logouts(_ group: Group, _ scene: Scene) -> [Citation] {
    let (sessions, users) = subjects(group, scene)
    let clients = Set(group.rows.map { scene.exchange($0).request.client })
    guard let first = group.rows.first, let last = group.rows.last else { return [] }
    let start = scene.exchange(first).request.start
    let end = scene.exchange(last).request.end
    var result: [Citation] = []
    for k in scene.eventLists.logouts {
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
    var result = scene.eventLists.logouts.map { scene.file.observations.tokenEvents[$0] }.filter {
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
    let all = scene.adminChanges
    let ends = [all.endEvents, all.endCalls].joined().lazy
      .filter { $0.time <= end && $0.time >= scene.first }
    return ends.prefix(3).map(\.citation)
  }
}
