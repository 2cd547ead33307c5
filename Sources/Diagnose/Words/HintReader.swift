internal import Evidence

/// Collects what log lines propose on their own: recognised messages, and Keycloak's error events.
enum HintReader {
  /// Words that nobody knows are asked only where the known ones give no reason.
  static func hints(_ scene: Scene) -> [Hint] {
    let known = messages(scene) + events(scene) + writtenAnswers(scene)
    if known.contains(where: { $0.meaning.depth > .general }) { return known }
    let all =
      known + looseWords(scene) + callbacks(scene) + lostEndpoints(scene) + unseen(scene)
    if !all.isEmpty { return all }
    let plain = insecure(scene)
    return plain.isEmpty ? topics(scene) : plain
  }

  /// What lines that say nothing of a cause are about, in an input that has few of them.
  private static func topics(_ scene: Scene) -> [Hint] {
    let messages = scene.file.observations.messages
    guard messages.count <= mostForTopics else { return [] }
    return messages.compactMap { m in
      guard m.statement == .other else { return nil }
      let text = scene.text(m.text)
      guard let meaning = LooseTopics.of(text) else { return nil }
      return Hint(
        meaning: meaning, claim: "“\(Signals.shorten(text))”",
        kind: "topic of " + meaning.proposals[0].cause.rawValue, citation: m.citation, time: m.time)
    }
  }

  private static let mostForTopics = 20

  /// Keycloak warns of plain HTTP wherever it is used on purpose, too: it counts in a fragment that says nothing else.
  private static func insecure(_ scene: Scene) -> [Hint] {
    let messages = scene.file.observations.messages
    guard messages.count <= 5,
      let warning = messages.first(where: { $0.statement == .nonSecureContext })
    else { return [] }
    return [
      Hint(
        meaning: .general(.proxyForwardedHeadersMissing, 0.35, or: [(.sessionLoginStateLost, 0.2)]),
        claim: "“\(Signals.shorten(scene.text(warning.text)))”", kind: "plain context",
        citation: warning.citation, time: warning.time)
    ]
  }

  /// Answers that somebody wrote down with their heads, of which the body says why. What was asked may not be there:
  /// the words are then all that is known.
  private static func writtenAnswers(_ scene: Scene) -> [Hint] {
    scene.file.exchanges.compactMap { e in
      let r = e.request
      guard r.status >= 400, r.format == .transcript else { return nil }
      if r.reason.isNone { return unsaid(r, scene) }
      let said = scene.text(r.reason)
      let statement =
        scene.file.observations.said[r.reason] ?? RefusalTexts.statement(of: said) ?? .other
      // Whether a credential was sent at all is for others to judge.
      if statement == .tokenMissing { return nil }
      let known = meaning(statement, "", said, (said + " " + scene.text(r.path)).lowercased())
      guard let meaning = known ?? LooseMeanings.of("error: " + said),
        meaning.proposals[0].cause != .tokenMissing
      else { return nil }
      return Hint(
        meaning: meaning, claim: "\(r.status) “\(Signals.shorten(said))”",
        kind: "answer "
          + (statement == .other ? meaning.proposals[0].cause.rawValue : statement.rawValue),
        citation: r.citation, time: r.start)
    }
  }

  /// The login page's own 400 is a page for people; the inspector of their browser shows its status alone.
  private static func unsaid(_ r: Request, _ scene: Scene) -> Hint? {
    let path = scene.text(r.path)
    guard r.status == 400, path.hasSuffix("/protocol/openid-connect/auth") else { return nil }
    return Hint(
      meaning: .general(
        .clientRedirectURIInvalid, 0.45, or: [(.clientNotFound, 0.25), (.clientScopeMissing, 0.1)]),
      claim: "the login page answers 400 to “\(Signals.shorten(path))”", kind: "answer of login",
      citation: r.citation, time: r.start)
  }

  /// Requests written down with their credential, and answered as if they had none.
  private static func unseen(_ scene: Scene) -> [Hint] {
    scene.file.exchanges.compactMap { e in
      let r = e.request
      guard r.status == 401, r.format == .transcript, r.authorization != .absent,
        let answer = AnswerReading.challenge(r, scene.file, .challenge),
        answer.statement == .tokenMissing
      else { return nil }
      if r.authorization != .present {
        // The answer alone was pasted: it says that no token came, not whether one was sent.
        return Hint(
          meaning: .general(
            .tokenMissing, 0.4, or: [(.benignNoToken, 0.3), (.ingressAuthHeaderStripped, 0.15)]),
          claim: "the answer asks for a token and names no fault of one", kind: "bare challenge",
          citation: r.citation, time: r.start)
      }
      return Hint(
        meaning: .general(.ingressAuthHeaderStripped, 0.45, or: [(.tokenMalformed, 0.25)]),
        claim: "a request with an Authorization header is answered as if it had none",
        kind: "unseen credential", citation: r.citation, time: r.start)
    }
  }

  /// End-points of Keycloak that are not where they were asked for: another prefix (`/auth` ended with 17), another
  /// realm, or a path that the edge changes.
  private static func lostEndpoints(_ scene: Scene) -> [Hint] {
    scene.file.exchanges.compactMap { e in
      guard e.request.status == 404 else { return nil }
      let path = scene.text(e.request.path)
      guard path.contains("/realms/"),
        path.contains("/.well-known/") || path.contains("/protocol/openid-connect/")
      else { return nil }
      return Hint(
        meaning: .general(
          .resourceServerURLWrong, 0.4, or: [(.ingressWrongPath, 0.3), (.realmNotFound, 0.2)]),
        claim: "“\(Signals.shorten(path))” is answered with 404", kind: "lost end-point",
        citation: e.request.citation, time: e.request.start)
    }
  }

  /// Errors that a browser brought back from a login.
  private static func callbacks(_ scene: Scene) -> [Hint] {
    scene.file.exchanges.compactMap { e in
      guard e.request.isLoginCallback, !e.request.reason.isNone else { return nil }
      let text = scene.text(e.request.reason)
      guard let meaning = LooseMeanings.of("error_description: " + text) else { return nil }
      return Hint(
        meaning: meaning, claim: "a login came back with “\(Signals.shorten(text))”",
        kind: "callback " + meaning.proposals[0].cause.rawValue, citation: e.request.citation,
        time: e.request.start)
    }
  }

  private static func looseWords(_ scene: Scene) -> [Hint] {
    scene.file.observations.messages.compactMap { m in
      // A refusal or a status that names no reason may still be worded around one.
      guard [.other, .tokenRefused, .callHTTPError, .callFailed].contains(m.statement) else {
        return nil
      }
      let text = scene.text(m.text)
      guard let meaning = LooseMeanings.of(reason(text, of: m.statement)),
        // A refusal that names no reason is undecided, whatever it is most often.
        m.statement != .tokenRefused || meaning.proposals[0].share >= 0.3
      else { return nil }
      return Hint(
        meaning: meaning, claim: "“\(Signals.shorten(text))”",
        kind: "words of " + meaning.proposals[0].cause.rawValue, citation: m.citation, time: m.time)
    }
  }

  /// Behind the first colon of a refusal, for the words before it are its own; the whole of other texts.
  private static func reason(_ text: String, of statement: Statement) -> String {
    guard statement == .tokenRefused else { return text }
    guard let colon = text.firstRange(of: ": ") else { return "" }
    return String(text[colon.upperBound...])
  }

  /// Of recognised messages.
  static func messages(_ scene: Scene) -> [Hint] {
    let rotations = KeyRotations(scene)
    let commands = Commands(scene)
    var rotated: [Hint] = []
    var last: [UInt16: Message] = [:]
    let hints: [Hint] = scene.file.observations.messages.compactMap { m in
      let earlier = last.updateValue(m, forKey: m.citation.source)
      let original = scene.text(m.text)
      let peer = scene.text(m.peer)
      let path = scene.text(m.path)
      var text = (original + " " + peer + " " + path).lowercased()
      if m.statement == .callRefused, m.peer.isNone, let earlier {
        text += asked(before: m, earlier, scene)
      }
      let subject = scene.text(m.subject)
      let edgeText =
        subject.hasPrefix("/")
        ? text + " subrequest: " + subject
        : m.statement == .probeFailed ? text + " " + scene.text(m.writer).lowercased() : text
      guard
        var meaning = commands.meaning(m)
          ?? meaning(m.statement, subject, original, text, edge: edgeText)
      else { return nil }
      if let rotation = rotations.before(m, meaning) {
        meaning = KeyRotations.meaning
        if !rotated.contains(where: { $0.citation == rotation.citation }) {
          rotated.append(rotations.hint(rotation, scene))
        }
      }
      return Hint(
        meaning: meaning, claim: "“\(Signals.shorten(original))”", kind: m.statement.rawValue,
        citation: m.citation, time: m.time)
    }
    return hints + rotated
  }

  /// A refused call that names no address, under a line that says what was asked: an exception and its cause.
  private static func asked(before m: Message, _ earlier: Message, _ scene: Scene) -> String {
    let lines = m.citation.number - earlier.citation.number
    guard (1...3).contains(lines) else { return "" }
    let words = scene.text(earlier.text).lowercased().split { " \t\"'`“”<>()[]{},;".contains($0) }
    return words.first { $0.contains("/realms/") }.map { " " + $0 } ?? ""
  }

  /// `text`: `original` in lower case, with peer and path; `edge`: with the sub-request, too.
  private static func meaning(
    _ statement: Statement, _ subject: String, _ original: String, _ text: String,
    edge: String? = nil
  ) -> Meaning? {
    foreign(statement, original) ?? TokenMeanings.of(statement, subject, original)
      ?? CallMeanings.of(statement, subject, text) ?? SessionMeanings.of(statement, text)
      ?? EdgeMeanings.of(statement, edge ?? text) ?? KeycloakMeanings.of(statement, text)
  }

  /// Another vendor's own code stands in an answer about a client or an address: his client, not Keycloak's.
  private static func foreign(_ statement: Statement, _ text: String) -> Meaning? {
    [.callClientRefused, .redirectURIInvalid, .scopeMissing].contains(statement)
      && text.contains("AADSTS")
      ? .refusal(.foreignOtherIDP, 0.66, or: [(.resourceServerSettingsWrong, 0.15)]) : nil
  }

  /// Of Keycloak's error events.
  static func events(_ scene: Scene) -> [Hint] {
    let lives = sessions(scene)
    let turns = LoginLoops.turns(scene)
    var known: [Said: Meaning?] = [:]
    return scene.file.observations.tokenEvents.compactMap { e in
      guard !e.error.isNone, !e.isOfAnswer else { return nil }
      let type = scene.text(e.type)
      let error = scene.text(e.error)
      let reason = scene.text(e.reason)
      let said = Said(e)
      let isTurn = turns.contains(e.citation)
      let told: Meaning?
      if isTurn {
        told = LoginLoops.meaning
      } else {
        told = known[said] ?? EventMeanings.of(EventMeanings.Event(e, scene))
        known[said] = .some(told)
      }
      guard let meaning = refined(told, e, lives[e.session] ?? [], scene) else { return nil }
      var hint = Hint(
        meaning: meaning,
        claim: "Keycloak's event \(type.isEmpty ? "" : type + " ")says \(error)"
          + (reason.isEmpty ? "" : " (“\(Signals.shorten(reason))”)"),
        kind: type + " " + error + " " + (isTurn ? "in a circle" : reason.prefix(40)),
        citation: e.citation, time: e.time)
      hint.client = named(e.client, scene)
      hint.user = named(e.username.isNone ? e.user : e.username, scene)
      hint.speaker = "Keycloak"
      hint.isEvent = true
      return hint
    }
  }

  /// All that the meaning of an event depends on: most events say what others said.
  private struct Said: Hashable {
    var type: Symbol
    var error: Symbol
    var reason: Symbol
    var client: Symbol
    var redirectURI: Symbol

    init(_ e: TokenEvent) {
      type = e.type
      error = e.error
      reason = e.reason
      client = e.client
      redirectURI = e.redirectURI
    }
  }

  /// Beginnings and ends of the sessions that errors name, a few of each.
  private static func sessions(_ scene: Scene) -> [Symbol: [TokenEvent]] {
    var named = Numbering()
    for e in scene.file.observations.tokenEvents where !e.error.isNone {
      _ = named.number(of: UInt64(e.session.index))
    }
    var lives: [Symbol: [TokenEvent]] = [:]
    var types = TextMemo<Bool>()
    for e in scene.file.observations.tokenEvents where e.error.isNone && !e.session.isNone {
      let isMeant = types.value(of: e.type) {
        ["LOGIN", "LOGOUT", "CODE_TO_TOKEN"].contains(scene.text($0))
      }
      guard isMeant, named.known(UInt64(e.session.index)) >= 0 else { continue }
      if lives[e.session, default: []].count < 8 { lives[e.session, default: []].append(e) }
    }
    return lives
  }

  private static func named(_ symbol: Symbol, _ scene: Scene) -> String {
    let text = scene.text(symbol)
    return text == "null" ? "" : text
  }

  /// The session's login on another replica, its logout before: what other events add.
  private static func refined(
    _ meaning: Meaning?, _ e: TokenEvent, _ life: [TokenEvent], _ scene: Scene
  ) -> Meaning? {
    guard let meaning, !e.session.isNone, e.time.isKnown else { return meaning }
    let isAboutSession =
      meaning.share(of: .sessionExpired) > 0 || meaning.share(of: .keycloakSessionsNotShared) > 0
      || meaning.share(of: .sessionLoggedOut) > 0
    guard isAboutSession else { return meaning }
    for other in life where other.time <= e.time {
      let type = scene.text(other.type)
      if type == "LOGOUT" {
        return .refusal(.sessionLoggedOut, 0.86, or: [(.sessionExpired, 0.08)])
      }
      if type == "LOGIN" || type == "CODE_TO_TOKEN", !other.writer.isNone, !e.writer.isNone,
        other.writer != e.writer, e.time - other.time < 120
      {
        return .refusal(.keycloakSessionsNotShared, 0.84, or: [(.sessionLoginStateLost, 0.1)])
      }
    }
    return meaning
  }
}
