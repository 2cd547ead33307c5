internal import Evidence

/// Small named predicates over a group, each with the lines that show it. Causes are written in
/// terms of these.
enum Signals {
  /// Three lines of a group, of different clients where the group has several.
  static func rows(_ group: Group, _ scene: Scene) -> [Citation] {
    spread(group.rows, 3, scene).map { scene.exchange($0).request.citation }
  }

  /// The same, with one row that has to be among them.
  static func rows(_ group: Group, first: Int?, _ scene: Scene) -> [Citation] {
    guard let first else { return rows(group, scene) }
    let line = scene.exchange(first).request.citation
    return [line] + rows(group, scene).filter { $0 != line }.prefix(2)
  }

  /// Three lines of different clients that get a group's answer while it is refused: the group itself may be one client's.
  static func everyone(_ group: Group, _ profile: Profile, _ scene: Scene) -> [Citation] {
    guard profile.first.isKnown else { return rows(group, scene) }
    let kin = scene.within(scene.kinships.rows[Int(group.kin)], profile.first, profile.last)
    return spread(kin.lazy.filter { !scene.isProbe($0) }, 3, scene)
      .map { scene.exchange($0).request.citation }
  }

  /// Of rows in order of time: the first of each of several clients, as far as one need look for them, and then whatever
  /// comes first. In order of time.
  static func spread(_ rows: some Sequence<Int>, _ count: Int, _ scene: Scene) -> [Int] {
    var clients: [Int32] = []
    var chosen: [Int] = []
    var others: [Int] = []
    for i in rows.prefix(mostLookedAt) {
      let client = scene.visitor(i)
      if !clients.contains(client) {
        clients.append(client)
        chosen.append(i)
        if chosen.count == count { break }
      } else if others.count < count {
        others.append(i)
      }
    }
    return (chosen + others.prefix(count - chosen.count)).sorted()
  }
  private static let mostLookedAt = 1000

  static func events(_ group: Group, _ scene: Scene) -> [Citation] {
    var result: [Citation] = []
    for i in group.rows {
      let e = scene.exchange(i)
      if let event = scene.event(e.event) ?? scene.event(e.backEvent) {
        result.append(event.citation)
      }
      if result.count == 3 { break }
    }
    return result
  }

  /// Whose words a claim repeats.
  static func answer(_ group: Group) -> String {
    group.answer.voice == .inherited
      ? "an answer of the same status and size, to another request," : "the answer"
  }

  static func isApplication(_ group: Group) -> Bool { !group.endpoint.isKeycloak }

  static func eventError(_ group: Group, _ scene: Scene) -> String {
    scene.text(group.circumstances.eventError)
  }
  static func eventReason(_ group: Group, _ scene: Scene) -> String {
    scene.text(group.circumstances.eventReason)
  }
  static func backError(_ group: Group, _ scene: Scene) -> String {
    scene.text(group.circumstances.backError)
  }
  static func backReason(_ group: Group, _ scene: Scene) -> String {
    scene.text(group.circumstances.backReason)
  }

  /// The event of Keycloak says one of these errors.
  static func keycloakSays(_ errors: Set<String>, _ group: Group, _ scene: Scene) -> Bool {
    errors.contains(eventError(group, scene))
  }

  /// The error of Keycloak's answer, by event or by status and body size (facts: answer-length
  /// fingerprints of Keycloak's OIDC errors, measured on 26.x).
  static func fingerprint(_ group: Group, _ scene: Scene) -> Int? {
    group.circumstances.eventError.isNone ? errorBySize(group, scene) : nil
  }

  /// The same where the event, too, leaves the reason out, as up to 24 at a refused refresh.
  static func sizeOfUnexplained(_ group: Group, _ scene: Scene) -> Int? {
    let error = eventError(group, scene)
    guard error.isEmpty || error == "invalid_token", eventReason(group, scene).isEmpty else {
      return nil
    }
    return errorBySize(group, scene)
  }

  /// The same, whatever the event says.
  static func errorBySize(_ group: Group, _ scene: Scene) -> Int? {
    guard group.endpoint.isKeycloak, let first = group.rows.first else { return nil }
    let r = scene.exchange(first).request
    guard r.responseBytes > 0, r.answeredBy != .edge else { return nil }
    guard r.sizeCountsHeaders else { return Int(r.status) * 10_000 + Int(r.responseBytes) }
    guard r.format.isHAProxy, group.endpoint == .token else { return nil }
    return KeycloakBodies.size(of: Int(r.responseBytes), status: r.status)
      .map { Int(r.status) * 10_000 + $0 }
  }

  /// The answer's words, explicit or by length. Adds to the weight; `false` when they say something
  /// else or nothing. `isLast`: no other words are looked for afterwards, so that a size which fits none of these
  /// speaks against the cause.
  static func words(
    _ wanted: Set<Statement>, _ group: Group, _ scene: Scene, _ weight: inout Weight,
    odds: Odds, isLast: Bool = true, _ claim: String
  ) -> Bool {
    if let statement = group.answer.statement, AnswerReading.telling(statement) >= 2 {
      guard wanted.contains(statement) else { return false }
      let quote = group.answer.words.isEmpty ? "" : ": “" + shorten(group.answer.words) + "”"
      weight.add(odds, claim + quote, group.answer.citations + rows(group, scene))
      if group.answer.voice == .inherited { weight.count(.wordsInherited) }
      return true
    }
    if length(wanted, group, scene, &weight) { return true }
    if isLast { sizeSpeaksAgainst(group, &weight) }
    return false
  }

  /// The size of the answer fits words, and none that the cause would have.
  static func sizeSpeaksAgainst(_ group: Group, _ weight: inout Weight) {
    let others = Math.sum(group.byLength.values)
    if others >= 0.4 { weight.count(.sizeFitsOthers, times: others) }
  }

  static func length(
    _ wanted: Set<Statement>, _ group: Group, _ scene: Scene, _ weight: inout Weight
  ) -> Bool {
    let share = Math.sum(group.byLength.filter { wanted.contains($0.key) }.values)
    guard share > 0.08 else { return false }
    let bytes = group.rows.first.map { scene.exchange($0).request.responseBytes } ?? 0
    // Without good answers beside them, lengths are compared with nothing.
    let trust = scene.isWithoutSuccess ? 0.5 : 1
    weight.count(.sizeFitsShare, times: share * trust)
    weight.add(
      .sizeFits, times: trust,
      "the size of the answer (\(bytes) bytes) fits a text saying \(SizeWords.meaning(of: wanted, group)); a hint only",
      rows(group, scene))
    return true
  }

  /// Somebody picked these answers and shows them whole (a transcript, a HAR file): that they are few, or
  /// alone, says nothing.
  static func isShown(_ group: Group, _ scene: Scene) -> Bool {
    group.rows.allSatisfy {
      let format = scene.exchange($0).request.format
      return format == .transcript || format == .har
    }
  }

  /// A service's challenge has an error, in words not known here: who sends no token is given none (RFC 6750 section
  /// 3.1). Gateways may say `invalid_token` to everybody.
  static func speaksOfToken(_ group: Group) -> Bool {
    group.answer.statement == .tokenRefused && group.answer.voice == .challenge
      && group.circumstances.answerer != .gatewayFilter
      && group.circumstances.answerer != .authService
  }

  /// Whoever the edge's configuration is about refuses what was accepted before, since it was reloaded.
  static func isRefusedSinceReload(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    profile.acceptedBefore && group.circumstances.answerer != .application
      && scene.reload(near: profile.first) != nil
  }

  /// nginx answers 500 by itself and asked no upstream: what it asks before did not say yes or no.
  static func isOfSubrequest(_ group: Group, _ scene: Scene) -> Bool {
    guard isApplication(group), group.status == 500 else { return false }
    let r = scene.exchange(group.rows[0]).request
    return r.format == .nginxIngress && r.answeredBy != .upstream && r.upstreamAddress.isNone
  }

  /// The edge says that it could not reach the service, or got no answer of it.
  static func isUnreached(_ group: Group, _ scene: Scene) -> Bool {
    if isOfSubrequest(group, scene), isMute(group) { return true }
    guard isApplication(group), (502...504).contains(group.status) else { return false }
    switch group.answer.statement {
    case .upstreamRefused, .upstreamUnreachable, .upstreamConnectTimedOut, .upstreamReset,
      .upstreamClosed, .upstreamTimedOut, .noLiveUpstream, .noEndpoints, .upstreamNameNotFound,
      .upstreamNameFailed, .upstreamTLSFailed, .upstreamTLSVerify:
      return true
    default: return false
    }
  }

  /// The service itself was not there: HAProxy's connections to it were refused (`SC`), however long that took, since
  /// it waits a second before each of its `retries` (3 by default) of the same server.
  ///
  /// <https://docs.haproxy.org/3.0/configuration.html#4.2-retries>
  static func isServiceRefusing(_ group: Group, _ scene: Scene) -> Bool {
    isApplication(group)
      && group.rows.prefix(200).allSatisfy {
        let r = scene.exchange($0).request
        return r.format.isHAProxy && r.status == 503 && scene.text(r.detail).hasPrefix("SC")
      }
  }

  /// Nothing explicit is known about why.
  static func isMute(_ group: Group) -> Bool {
    guard let statement = group.answer.statement else { return true }
    return AnswerReading.telling(statement) < 2
  }

  /// The application passed the token to Keycloak, which found it not active for a reason it does
  /// not name.
  static func isGenericIntrospection(_ group: Group, _ scene: Scene) -> Bool {
    let error = backError(group, scene)
    let reason = backReason(group, scene)
    return (error == "invalid_token" || error == "token_introspection_failed")
      && !namedReasons.contains { reason.contains($0) } && !ToldReason.isSpecific(group, scene)
  }

  /// What Keycloak 26.3 and later say of introspections beside the token's own check and its session
  /// (`AccessTokenIntrospectionProvider`).
  private static let namedReasons = [
    notInAudience, "client_not_found", "client_disabled", "user_disabled",
    "Could not find client", "Could not find valid user",
  ]

  /// By default since 26.6, to a client that the token is not meant for.
  static let notInAudience = "not in the token audience"

  /// The same, and no event names the reason: the size of the answer tells it.
  static func isInactiveWithoutReason(_ group: Group, _ scene: Scene) -> Bool {
    backError(group, scene) == "token_introspection_failed" && backReason(group, scene).isEmpty
  }

  /// `1 request`, `2 requests`.
  static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }

  static func shorten(_ text: String, _ length: Int = 160) -> String {
    // An error that says nothing behind its colon (`socket.gaierror: `) is quoted by its name.
    var end = text[...]
    while let last = end.last, last == ":" || last == " " { end.removeLast() }
    return end.count <= length ? String(end) : String(end.prefix(length - 1)) + "…"
  }

  /// Lines of a statement within a span (and `margin` seconds around it).
  static func messages(
    _ statements: Set<Statement>, _ from: Instant, _ to: Instant, margin: Double, _ scene: Scene
  ) -> [Message] {
    var found: [Int] = []
    for statement in statements { found += scene.messagesOf[statement] ?? [] }
    return found.sorted().map { scene.file.observations.messages[$0] }.filter {
      (!$0.time.isKnown || !from.isKnown
        || $0.time >= from.advanced(seconds: -margin) && $0.time <= to.advanced(seconds: margin))
    }
  }

  /// Admin events of a kind near or before an onset.
  static func adminEvents(
    _ scene: Scene, before time: Instant, within seconds: Double,
    _ matches: (AdminEvent) -> Bool
  ) -> [AdminEvent] {
    scene.file.observations.adminEvents.filter {
      $0.time <= time.advanced(seconds: 2) && time - $0.time <= seconds && matches($0)
        && $0.time >= scene.first.advanced(seconds: -1)
    }
  }

  static func seconds(_ microseconds: Int64) -> String {
    let tenths = (microseconds + 5000) / 10_000
    return String(tenths / 100) + "." + (tenths % 100 < 10 ? "0" : "") + String(tenths % 100) + " s"
  }
}
