internal import Evidence

/// Tells one refused token's or session's life: when it was issued, when it was last accepted, what
/// Keycloak wrote about its session since, the refusal, and how the client got out of it.
enum LifeLines {
  /// Refusals looked at for the one whose life is best known; calls looked at around it.
  private static let mostRows = 40
  private static let mostCalls = 400
  private static let mostEvents = 20_000
  /// A token call long before says nothing of a token that is used now: no access token lives longer.
  private static let longestLife = 86_400.0

  /// Empty where nothing of the client was seen before or after its refusals.
  static func of(_ rows: some Sequence<Int>, _ scene: Scene) -> [LifeEvent] {
    var best: [LifeEvent] = []
    var seen: Set<Int32> = []
    for i in rows.prefix(mostRows) {
      let e = scene.exchange(i)
      guard e.request.start.isKnown, seen.insert(e.actor).inserted || best.count < 3 else {
        continue
      }
      let events = story(i, scene)
      if events.count > best.count { best = events }
      if best.count >= 5 { break }
    }
    return best.count >= 2 ? best : []
  }

  private static func story(_ i: Int, _ scene: Scene) -> [LifeEvent] {
    let refusal = scene.exchange(i)
    let at = refusal.request.start
    var told: [LifeEvent] = []
    func tell(_ time: Instant, _ text: String, _ citations: [Citation], _ event: TokenEvent?) {
      guard time.isKnown, let claim = CitedClaim(text, citations) else { return }
      let user = event.map { scene.text($0.username) } ?? ""
      told.append(LifeEvent(offset: time - at, claim: claim, user: user))
    }
    let token = scene.lastToken(before: at, for: i).flatMap {
      at - scene.briefs[$0].end < longestLife ? $0 : nil
    }
    if let token {
      let (words, citations, event) = call(token, scene)
      tell(scene.briefs[token].end, "gets a token" + words, citations, event)
      for index in sessionEvents(of: token, until: at, scene) {
        let event = scene.file.observations.tokenEvents[index]
        tell(
          event.time, "Keycloak writes " + phrase(event, scene) + " about this session",
          [event.citation], event)
      }
    }
    if let served = lastServed(before: i, since: token.map { scene.briefs[$0].end }, scene) {
      tell(
        scene.briefs[served].start, "accepted: " + line(served, scene), [citation(served, scene)],
        nil)
    }
    let verb = scene.briefs[i].status >= 500 ? "failed: " : "refused: "
    tell(at, verb + line(i, scene), proof(i, scene), nil)
    tellEnd(i, scene, tell)
    // Keycloak's events stand between the calls; what is of one moment stays as it was told.
    return told.enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }
    .map(\.element)
  }

  /// The next answer to a call for a token, and the next good answer of the same service.
  private static func tellEnd(
    _ i: Int, _ scene: Scene, _ tell: (Instant, String, [Citation], TokenEvent?) -> Void
  ) {
    let refusal = scene.briefs[i]
    let rows = scene.byActor[Int(refusal.actor)]
    let from = scene.lowerBound(rows, refusal.start)
    var refusals = 0
    var asked = false
    for j in rows[from...].prefix(mostCalls) where j != i && scene.isSameProgram(i, j) {
      let b = scene.briefs[j]
      if b.endpoint == .token, !asked, refusal.endpoint != .token || b.isSuccess {
        asked = true
        let (words, citations, event) = call(j, scene)
        let text = b.isSuccess ? "gets a new token" + words : "asks for a new token in vain" + words
        tell(b.end, text, citations, event)
      } else if b.party == refusal.party, b.isFailure {
        refusals += 1
      } else if b.party == refusal.party, b.isSuccess, !b.isProbe, b.endpoint == refusal.endpoint {
        guard b.endpoint != .token else { return }
        let between =
          refusals > 0 ? " after \(refusals) more refusal\(refusals == 1 ? "" : "s")" : ""
        tell(b.start, "accepted again\(between): " + line(j, scene), [citation(j, scene)], nil)
        return
      }
    }
  }

  /// ` (REFRESH_TOKEN, client shop-spa, user bob)` where Keycloak's event of the call is known, and
  /// the lines of both.
  private static func call(
    _ i: Int, _ scene: Scene
  ) -> (words: String, citations: [Citation], event: TokenEvent?) {
    let e = scene.exchange(i)
    guard let event = scene.event(e.event) else {
      return (e.isSuccess ? "" : " (\(e.request.status))", [e.request.citation], nil)
    }
    let lines = e.isOfEvent ? [event.citation] : [e.request.citation, event.citation]
    return (" (" + phrase(event, scene) + ")", lines, event)
  }

  private static func phrase(_ event: TokenEvent, _ scene: Scene) -> String {
    var parts = [scene.text(event.type)]
    for (name, symbol) in [
      ("client ", event.client), ("user ", event.username), ("", event.error),
    ] where !symbol.isNone && scene.text(symbol) != "null" {
      parts.append(name + scene.text(symbol))
    }
    return parts.joined(separator: ", ")
  }

  /// What Keycloak wrote about the session of a token call after it, the last few.
  private static func sessionEvents(of call: Int, until: Instant, _ scene: Scene) -> [Int] {
    let own = scene.exchange(call).event
    guard let event = scene.event(own), !event.session.isNone else { return [] }
    let events = scene.file.observations.tokenEvents
    var found: [Int] = []
    var k = scene.firstEvent(after: event.time)
    let end = min(events.count, k + mostEvents)
    while k < end, events[k].time <= until {
      let other = events[k]
      if other.session == event.session, k != Int(own),
        !other.error.isNone || endsSession(other, scene)
      {
        found.append(k)
      }
      k += 1
    }
    return found.suffix(2)
  }

  private static func endsSession(_ event: TokenEvent, _ scene: Scene) -> Bool {
    let type = scene.text(event.type)
    return type.hasPrefix("LOGOUT") || type.hasPrefix("REVOKE") || type == "USER_SESSION_DELETED"
  }

  private static func lastServed(before i: Int, since: Instant?, _ scene: Scene) -> Int? {
    let refusal = scene.briefs[i]
    let rows = scene.byActor[Int(refusal.actor)]
    let end = scene.lowerBound(rows, refusal.start)
    for j in rows[..<end].suffix(mostCalls).reversed() {
      let b = scene.briefs[j]
      if let since, b.start < since { return nil }
      if b.party == refusal.party, b.isSuccess, b.endpoint == .none, !b.isProbe, j != i,
        scene.isSameProgram(i, j)
      {
        return j
      }
    }
    return nil
  }

  /// `GET /orders/17 → 401`.
  private static func line(_ i: Int, _ scene: Scene) -> String {
    let r = scene.exchange(i).request
    // Of good answers, only the route is kept.
    let path = r.path.isNone ? r.route : r.path
    return scene.text(r.method) + " " + scene.text(path) + " → "
      + (r.status == 0 ? "no answer" : String(r.status))
  }

  private static func citation(_ i: Int, _ scene: Scene) -> Citation {
    scene.exchange(i).request.citation
  }

  private static func proof(_ i: Int, _ scene: Scene) -> [Citation] {
    let e = scene.exchange(i)
    let event = scene.event(e.event) ?? scene.event(e.backEvent)
    var lines = FewCitations()
    lines.append(e.request.citation)
    if let event { lines.append(event.citation) }
    for citation in scene.answers.says(i) ? scene.answers[i]?.citations ?? [] : [] {
      lines.append(citation)
    }
    return Array(lines)
  }
}
