internal import Evidence

/// The edge’s login only knows browser sessions.
enum BearerIgnored: WeighedCause {
  static let page = CausePage(
    cause: .ingressBearerIgnored,
    title: "The edge’s login only knows browser sessions",
    summary:
      """
      The edge's login plugin or forward-auth only knows browser sessions and ignores bearer \
      tokens, so API clients are sent to the login page or get its 401.
      """,
    decides: [
      """
      A request that carries Authorization (capture, length, log) is answered 302 to the login, \
      or with the same 401 as one without a cookie.
      """,
      "The edge or its auth service answers, not the application.",
    ],
    supports: [
      "Only API clients are hit, browsers are fine.",
      "The answer has the same length with and without a token.",
    ],
    against: [
      "The auth service names a fault of the token."
    ],
    lookAlikes: [
      (
        .ingressAuthHeaderStripped,
        "who answers: the edge's login, or the application with a bare challenge"
      ),
      (
        .tokenMissing,
        "the request's length: with a token here"
      ),
      (
        .tokenAudienceMismatch,
        "the auth service's log: it looked at the token and names its audience"
      ),
    ],
    needs: [
      "a capture at the first hop, or the request length",
      "the auth service's log and settings",
    ],
    fix: [
      """
      Teach the auth service bearer tokens. oauth2-proxy: `--skip-jwt-bearer-tokens=true`, with \
      `--oidc-extra-audience=AUDIENCE` or `--extra-jwt-issuers=ISSUER=AUDIENCE` when tokens have \
      another audience than its client id
      """,
      """
      Make sure the header reaches it: Traefik `forwardAuth.authRequestHeaders` must be empty or \
      contain `Authorization`; Envoy ext_authz: `allowed_headers: {patterns: [{exact: \
      authorization}]}`; mod_auth_openidc: `AuthType auth-openidc` (sessions and tokens) instead \
      of `openid-connect`
      """,
      """
      Or give API clients a route without the browser login, where the application checks the \
      token itself.
      """,
    ],
    verify: [
      "`curl -i -H \"Authorization: Bearer $TOKEN\" https://HOST/API_PATH` answers 2xx",
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' https://HOST/PATH` still prints 302 or 401 \
      without a token
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), Signals.isMute(group), group.circumstances.method.isNone,
      !group.circumstances.isProbe, let first = group.rows.first
    else { return nil }
    if WrongSettings.isTurnedAwayByService(group, scene) { return nil }
    return scene.exchange(first).isTurnedAway
      ? turnedAway(group, scene)
      : refused(group, profile, scene) ?? refusedSinceReload(group, profile, scene)
        ?? unread(group, profile, scene)
  }

  /// Sent to the login.
  private static func turnedAway(_ group: Group, _ scene: Scene) -> Weight {
    var w = Weight(.bearerIgnoredPrior)
    let isSeen = group.rows.allSatisfy { scene.exchange($0).request.authorization == .present }
    if isSeen || group.circumstances.credentials == .present {
      let sent = Sent.of(group, scene)
      w.add(
        isSeen ? .bearerIgnoredTokenTurnedAway : .bearerIgnoredTurnedAwayByLength,
        "requests are sent to the login, and " + sent.text, sent.lines, beside: sent.others,
        alone: "requests are sent to the login, and " + sent.alone)
    } else {
      w.add(
        .bearerIgnoredProgramTurnedAway,
        "a program that fetches tokens by itself is sent to the login",
        Signals.rows(group, scene), beside: Contrast.successes(group, scene),
        alone: "the client is sent to the login")
    }
    if let first = group.rows.first, let last = group.rows.last,
      let reload = scene.reload(near: scene.briefs[first].start)
        ?? scene.reload(near: scene.briefs[last].end)
    {
      w.add(
        .bearerIgnoredTurnsAtReload,
        "the edge's configuration was reloaded when this began or ended", [reload])
    }
    return w
  }

  /// Refusals of clients that have tokens, about which nobody asked Keycloak.
  private static func mayCarryTokens(_ group: Group, _ profile: Profile) -> Bool {
    let credentials = group.circumstances.credentials
    return group.status == 401 && credentials != .absent && group.circumstances.backError.isNone
      && (profile.gotToken || credentials == .present)
  }

  /// Since the edge got another configuration, its login answers the calls that carry tokens; pages are served.
  private static func refusedSinceReload(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> Weight? {
    guard mayCarryTokens(group, profile), group.circumstances.answerer == .authService,
      profile.sameServed == 0 || Contrast.isOfRouteOnly(group, scene),
      Contrast.servedBeforeSameActor(group, scene) > 0,
      let reload = scene.reload(near: profile.first, within: 10),
      let page = servedPage(of: group.party, from: profile.first, to: profile.last, scene)
    else { return nil }
    var w = Weight(.bearerIgnoredRefusedPrior)
    w.add(
      .bearerIgnoredSinceReload,
      "since the edge's configuration was reloaded, its login refuses calls that were served before",
      [reload] + Signals.rows(group, scene).prefix(2),
      beside: group.rows.lazy.prefix(20).compactMap { OtherSide.served(before: $0, scene) }.first
        .map { [$0] } ?? [],
      alone: "since the edge's configuration was reloaded, its login refuses these calls")
    w.add(.bearerIgnoredPagesServed, "pages of the same service are served meanwhile", [page])
    return w
  }

  /// Headers are logged: whoever comes with a token is refused here; browsers without one are served, by a session.
  private static func unread(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.status == 401, profile.sameServed == 0,
      profile.gotToken || profile.sameServedElsewhere > 0,
      group.rows.allSatisfy({ scene.exchange($0).request.authorization == .present })
    else { return nil }
    var sessions: [Citation] = []
    for i in scene.servedByParty[Int(group.party)] {
      let r = scene.exchange(i).request
      if r.authorization == .present { return nil }
      if r.authorization == .absent, scene.file.isBrowser(r.userAgent) {
        sessions.append(r.citation)
      }
    }
    guard sessions.count >= 3 else { return nil }
    var w = Weight(.bearerIgnoredRefusedPrior)
    w.add(
      .bearerIgnoredSessionsOnly,
      "nobody with an Authorization header is served here, a browser without one is",
      Signals.rows(group, scene), beside: Array(sessions.prefix(2)),
      alone: "nobody with an Authorization header is served here")
    return w
  }

  /// A browser's page of a service.
  private static func servedPage(
    of party: Int32, from: Instant, to: Instant, _ scene: Scene
  ) -> Citation? {
    scene.within(scene.byParty[Int(party)], from, to).first {
      let r = scene.exchange($0).request
      // Where user agents are not logged: of a client that fetches no tokens.
      let mayBeBrowser =
        scene.file.isBrowser(r.userAgent)
        || r.userAgent.isNone && scene.tokenCallsOfActor.count(of: scene.briefs[$0].actor) == 0
      return scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe && mayBeBrowser
        && Pages.kind(r.path.isNone ? r.route : r.path, scene) == .page
    }.map { scene.exchange($0).request.citation }
  }

  /// Refused by a guard that sends browsers to the login.
  private static func refused(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard mayCarryTokens(group, profile),
      NoLoginRedirect.isAnsweredBefore(group, scene),
      let redirects = scene.pages.doors[group.party]?.redirects, !redirects.isEmpty,
      Contrast.servedBeforeSameActor(group, scene) + profile.sameServed == 0
    else { return nil }
    var w = Weight(.bearerIgnoredRefusedPrior)
    w.add(
      .bearerIgnoredBrowsersRedirected,
      "browsers are sent to the login here, and clients with a token get a 401",
      Signals.rows(group, scene), beside: OtherSide.lines(redirects.prefix(1), scene),
      alone: "clients with a token get a 401")
    if let line = AuthServiceLog.mute(group, scene) {
      w.add(
        .bearerIgnoredAuthServiceMute, "the auth service answers 401 and says nothing of a token",
        [line])
    }
    return w
  }
}

/// The log of the edge's auth service.
enum AuthServiceLog {
  /// Its line of a request of the group, where it has no word on any token in that time: it did not look at
  /// the token.
  static func mute(_ group: Group, _ scene: Scene) -> Citation? {
    guard let first = group.rows.first, let last = group.rows.last else { return nil }
    let from = scene.briefs[first].start.advanced(seconds: -1.2)
    let to = scene.briefs[last].end.advanced(seconds: 1.2)
    let clients = Set(group.rows.prefix(500).map { scene.exchange($0).request.client })
    let line = scene.file.legs.first {
      $0.hop == .authService && $0.status == 401 && $0.end >= from && $0.start <= to
        && clients.contains($0.client)
    }
    guard let line else { return nil }
    let speaks = scene.file.observations.messages.contains {
      $0.format == .oauth2ProxyMessage && $0.statement != .other && $0.time >= from && $0.time <= to
    }
    return speaks ? nil : line.citation
  }
}
