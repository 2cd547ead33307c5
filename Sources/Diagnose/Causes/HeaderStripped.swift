internal import Evidence

/// The edge drops the Authorization header.
enum HeaderStripped: WeighedCause {
  static let page = CausePage(
    cause: .ingressAuthHeaderStripped,
    title: "The edge drops the Authorization header",
    summary:
      """
      The Authorization header arrives at the edge and does not reach the service: a setting of \
      the edge removes or overwrites it.
      """,
    decides: [
      """
      The two legs of one request (joined by request id, trace id or connection and time): \
      header present before the edge, absent after it.
      """,
      """
      The service answers with a bare challenge (`Bearer` without error) although the request at \
      the edge is as long as those that succeed.
      """,
    ],
    supports: [
      "Every client of one route, from one moment on (a reload or deploy of the edge).",
      "Direct calls to the service work.",
    ],
    against: [
      """
      No reload or change of the edge at the onset: look at the service's key source and DNS \
      first.
      """,
      "The same client logs in right after: then it was its first call.",
    ],
    lookAlikes: [
      (
        .benignNoToken,
        "the request's length at the edge: shorter by a token when the client sent none"
      ),
      (
        .tokenMissing,
        "length again, and who: one client or build, or every client of the route"
      ),
      (
        .benignFirstCallBeforeLogin,
        "whether a login and success of the same client follow within seconds"
      ),
      (
        .ingressBearerIgnored,
        """
        who answers: the service (the header was lost), or the edge's own login (it was not \
        looked at)
        """
      ),
    ],
    needs: [
      "the ingress's log with `$request_length`, or a capture on both sides of the edge",
      "the application's challenge (`$sent_http_www_authenticate` in the ingress's log)",
    ],
    fix: [
      """
      See what changed: `kubectl -n NS get ingress NAME -o yaml` and, in ingress-nginx, `kubectl \
      -n INGRESS_NS exec deploy/INGRESS -- nginx -T | grep -n -i authorization`
      """,
      """
      ingress-nginx: take out `proxy_set_header Authorization "";` and `auth-type: basic` (it \
      empties the header); with `auth-url`, hand it through by \
      `nginx.ingress.kubernetes.io/auth-response-headers: Authorization` only if the auth \
      service answers with it.
      """,
      """
      Istio: `jwtRules: [{issuer: ISSUER, forwardOriginalToken: true}]`; Envoy jwt_authn: \
      `forward: true` (both remove the token otherwise).
      """,
      """
      HAProxy: take out `http-request del-header Authorization`; Traefik: take `Authorization` \
      out of `forwardAuth.authResponseHeaders` and out of a headers middleware; Caddy: \
      `header_up -Authorization`; Apache: `RequestHeader unset Authorization`, and `CGIPassAuth \
      On` for CGI and FastCGI.
      """,
    ],
    verify: [
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx through the edge
      """,
      """
      `kubectl -n NS exec POD -- curl -i -H "Authorization: Bearer $TOKEN" \
      http://SERVICE:PORT/PATH` answers the same directly
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), Signals.isMute(group), group.status == 401 else {
      return nil
    }
    guard group.circumstances.backError.isNone, group.circumstances.answerer != .authService else {
      return nil
    }
    var w = Weight(.strippedPrior)
    let stripped = WireTokens.stripped(group, scene)
    if stripped.share > 0.3 {
      w.add(
        .strippedBetweenLegs,
        "the header is on the leg to the edge and missing on the leg to the service",
        stripped.citations)
      return w
    }
    if group.circumstances.credentials == .absent, group.circumstances.afterRedirect { return nil }
    if scene.introspecting.contains(group.party), profile.timeout != nil { return nil }
    if group.answer.statement == .tokenMissing {
      w.add(
        .strippedBareChallenge, "the service answers as if nothing had been sent",
        group.answer.citations)
    }
    if Signals.speaksOfToken(group) {
      w.add(
        .strippedTokenRefused,
        "the challenge speaks of a token that was sent (RFC 6750 section 3.1)",
        group.answer.citations)
    }
    if group.circumstances.credentials == .present {
      let sent = Sent.of(group, scene)
      w.add(
        .strippedTokenSent, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    switch scene.isEmptySize(group) {
    case true?:
      w.note(
        .strippedEmptySize, times: scene.emptySizeTrust(group.party),
        "the answer has the size of this service's answer to no token")
    case false?:
      w.note(
        .strippedOtherSize, "the answer does not have the size of this service's answer to no token"
      )
    // A size that fits the refusal of a token is not of an answer to none.
    case nil: Signals.sizeSpeaksAgainst(group, &w)
    }
    let loss = scene.lostHeaders.of(group, scene)
    if let loss {
      w.add(
        .strippedFromRoute,
        "clients that sent credentials on this route come without from one moment on, and send them elsewhere",
        loss.lost, beside: loss.kept, alone: "these requests come without credentials")
    }
    let window = Contrast.window(group, scene)
    if window.isPartyWide {
      w.note(
        .strippedEveryClient,
        "\(window.clients) clients of the service are refused from one moment on")
      if window.servedBefore > 2 {
        w.note(.strippedServedBefore, "the service served clients before")
      } else {
        w.note(.strippedNeverServed, "no line shows a client served before")
      }
      if window.servedAfter > 2 {
        w.note(.strippedServedAfter, "the service served clients again afterwards")
      }
    } else if loss == nil {
      w.note(.strippedSomeClients, "only some clients are refused")
    }
    if loss == nil, scene.isEmptySize(group) == true, areOthersRead(window, group, scene) {
      w.note(
        .strippedOthersRead,
        "tokens of others reach the service meanwhile: it refuses them in other words")
    }
    let onset = window.covers ? scene.reload(near: window.first) : nil
    let end = window.covers ? scene.reload(near: window.last) : nil
    if let reload = onset {
      w.add(.strippedReloadAtOnset, "the edge's configuration was reloaded at the onset", [reload])
    } else if window.covers,
      let change = scene.deployments.change(of: group.party, near: window.first)
    {
      w.add(
        .strippedSinceDeployed, "another instance of the service answers since then",
        [change.citation])
    } else if let reload = end {
      w.add(.strippedReloadAtEnd, "the edge's configuration was reloaded at the end", [reload])
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.triedToRenew, "the clients' calls for a token had failed")
    }
    if !profile.sufferers.isEmpty {
      w.note(.strippedOthersFail, "other services fail for everybody, too")
    }
    if profile.median > 400_000 {
      w.note(.strippedSlow, "the answers are slow: something was waited for")
    }
    if !Keys.changes(scene, before: profile.first).isEmpty {
      w.note(.strippedKeyChange, Keys.change(scene, before: profile.first))
    }
    if loss != nil { return w }
    let isReloaded = onset != nil || end != nil
    if !isReloaded, scene.isSurelyEmpty(group) {
      if w.supports.isEmpty {
        w.limit(
          to: .strippedMostIfEmpty,
          "no line shows the edge reloaded when this began, and nothing else shows that a token was sent"
        )
      }
    } else if !isReloaded {
      // Not every edge writes a line at a reload; a service that fetches its keys by itself seldom heals.
      w.limit(
        to: window.servedAfter > 2 && (profile.median >= 0 || comesAtOnce(group, scene))
          ? .strippedMostIfHealed : .strippedMostWithoutReload,
        "no line shows the edge reloaded when this began, and a service without keys refuses alike")
    }
    return w
  }

  /// Refusals come within a second after a token: where durations are not logged, that nothing was waited for.
  private static func comesAtOnce(_ group: Group, _ scene: Scene) -> Bool {
    scene.kinships.rows[Int(group.kin)].lazy.filter {
      scene.tokenAge($0).map { $0 < 1.1 } ?? false
    }.prefix(3).count >= 3
  }

  /// The service has another answer with 401, too, in the span of its answers to no token.
  private static func areOthersRead(
    _ window: Contrast.Window, _ group: Group, _ scene: Scene
  ) -> Bool {
    scene.within(scene.failuresByParty[Int(group.party)], window.first, window.last).lazy.filter {
      let b = scene.briefs[$0]
      return b.status == 401 && !b.isProbe && b.bytes >= 0
        && scene.emptySizes[b.party]?.contains(b.bytes) != true
    }.prefix(5).count >= 5
  }
}
