internal import Evidence

/// A client sent no token.
enum TokenMissing: WeighedCause {
  static let page = CausePage(
    cause: .tokenMissing,
    title: "A client sent no token",
    summary:
      """
      A client that authenticates elsewhere sent no token on these requests: a code path that \
      forgets the header, a login not finished, a header lost inside the client.
      """,
    decides: [
      """
      There is no `Authorization` at the first hop, and the same client (address, user agent, \
      session) sends one elsewhere.
      """,
      """
      The challenge has no error (`Bearer` or `Bearer realm=…` alone) and the request is shorter \
      than the client's good ones by a token's length.
      """,
    ],
    supports: [
      "Other clients send their token on the same route and are served.",
      "One route, one method or one build of the client only.",
    ],
    against: [
      "The client never succeeds anywhere."
    ],
    lookAlikes: [
      (
        .ingressAuthHeaderStripped,
        """
        the request's length at the edge: short when the client sent nothing, as long as good \
        requests when the edge drops it
        """
      ),
      (
        .benignNoToken,
        """
        whether this actor is ever served: never means a visitor, elsewhere means a client with \
        a fault
        """
      ),
      (
        .benignFirstCallBeforeLogin,
        "what comes next: a login and success within seconds makes it the normal first call"
      ),
      (
        .ingressRedirectDropsAuth,
        """
        a 301, 302, 307 or 308 to another scheme or host, from the same client within the second \
        before
        """
      ),
    ],
    needs: [
      "the ingress's log with the request length, or a capture at the first hop",
      "the ingress's log of the client's other routes",
    ],
    fix: [
      """
      In the client, attach the token in one place (an interceptor) that every call passes, and \
      check calls made before the login is done, in workers and on redirects.
      """,
      """
      Look at what the client sends: `curl -v -H "Authorization: Bearer $TOKEN" \
      https://HOST/PATH 2>&1 | grep -iE '^> authorization: bearer|^< HTTP'` from the client's \
      host
      """,
      """
      Log the presence of the header (never its value) at the edge, e.g. nginx: `map \
      $http_authorization $has_auth { "" 0; default 1; }` and `$has_auth` in the log_format.
      """,
    ],
    verify: [
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx from the \
      client's host
      """,
      """
      The client's requests on the route are as long as its good ones on other routes \
      (`$request_length`)
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), Signals.isMute(group) else { return nil }
    guard group.status == 401 || group.status == 403, !group.circumstances.isProbe else {
      return nil
    }
    guard group.circumstances.credentials != .present, group.circumstances.method.isNone else {
      return nil
    }
    guard group.circumstances.backError.isNone else { return nil }
    if group.circumstances.afterRedirect || group.circumstances.beforeLogin { return nil }
    var w = Weight(.missingPrior)
    if Signals.speaksOfToken(group) {
      w.note(.missingRefused, "the challenge speaks of a token that was sent")
    }
    let seen = group.circumstances.credentials == .absent
    if group.answer.statement == .tokenMissing {
      w.add(
        .missingBareChallenge, "\(Signals.answer(group)) names no error, as when nothing was sent",
        group.answer.citations)
    }
    if seen {
      let sent = Sent.of(group, scene)
      w.add(.missingNothingSent, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    if profile.sameServed + profile.sameServedElsewhere > 2 || profile.gotToken {
      // An address alone may be many programs'.
      let isOne =
        scene.programs.tell || !scene.exchange(group.rows[0]).request.userAgent.isNone
      w.add(
        .missingServedOtherwise, times: isOne ? 1 : 0.5,
        "\(Visitors.name(of: group, scene)) is served or gets a token otherwise",
        Signals.rows(group, scene), beside: Contrast.successes(group, scene),
        alone: "\(Visitors.name(of: group, scene)) is served or gets a token otherwise")
    } else if seen, Signals.isShown(group, scene) {
      w.note(.missingShown, "somebody shows this call as one that should have been served")
    } else {
      return nil
    }
    if Signals.isShown(group, scene) {
      // How often it happens is not among what is shown.
    } else if group.count >= 12 {
      w.note(
        .missingOften, "it happens \(group.count) times, more often than visits without a login")
    } else {
      w.note(.missingSeldom, "it happens seldom")
    }
    if scene.lostHeaders.of(group, scene) != nil {
      w.note(.noTokenLostOnRoute, "clients that sent a token here come without at the same time")
    }
    if RoleMissing.isOfRouteLikeEmpty(group, scene) {
      w.note(
        .missingOfRoute,
        "these clients are refused on one route and served on others between: a missing right looks alike"
      )
    }
    if profile.isEmptyElsewhere {
      w.note(
        .missingEmptyElsewhere, "the same address comes without a token to other services, too")
    }
    if !seen, profile.isForbiddenElsewhere {
      w.note(
        .missingForbiddenElsewhere, "the same client gets 403 at another service: it sends tokens")
    }
    if profile.isPartyWide { w.note(.missingEveryClient, "every client is refused") }
    switch scene.isEmptySize(group) {
    case true?:
      w.note(
        .missingEmptySize, times: scene.emptySizeTrust(group),
        "the answer has the size of this service's answer to no token")
      if !scene.emptySizeTells(group.party),
        Contrast.ages(group, profile, scene) == .aboveServed
      {
        w.note(
          .missingAgeAboveServed, "the clients' last tokens are older than any that is still served"
        )
      }
    case false?:
      w.note(
        .missingOtherSize, "the answer does not have the size of this service's answer to no token")
    case nil:
      if !seen, group.answer.statement == nil {
        w.note(.missingNothingShows, "nothing shows what was sent")
      }
    }
    let redirected = Contrast.redirectedKin(group, scene)
    if redirected.count >= 3 {
      w.add(
        .missingRedirectedKin, "another refusal of the same client follows a redirect",
        Signals.rows(group, scene), beside: OtherSide.redirected(redirected.first, scene),
        alone: "other refusals of the same client follow a redirect")
    }
    if Contrast.loginShare(group, scene) >= 0.7 {
      w.note(.missingTokenAfterwards, "the same client gets a token right afterwards and is served")
    } else if LoginsAfter.areCaused(by: group, scene) {
      w.note(.missingLoginsAfter, "logins of the same address follow at once")
    } else if Contrast.isServedNext(group, scene) {
      w.note(.missingServedNext, "the same client is served right after each refusal")
    }
    if !seen, !scene.isSurelyEmpty(group), group.answer.voice != .edge,
      !Signals.isShown(group, scene)
    {
      w.limit(
        to: .missingMostUnseen,
        "nothing shows what was sent, and the service may say the same of other refusals")
    }
    return w
  }
}
