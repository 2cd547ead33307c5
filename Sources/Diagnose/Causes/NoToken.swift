internal import Evidence

/// Visitors without a token.
enum NoToken: WeighedCause {
  static let page = CausePage(
    cause: .benignNoToken,
    title: "Visitors without a token",
    summary:
      """
      Scanners, probes and anonymous visitors ask without credentials and are rightly refused. \
      Nothing in the auth path needs repair.
      """,
    decides: [
      """
      No credentials at the first hop, and this actor (address, user agent, kind of path) is \
      never served.
      """,
      "A scanner's or probe's user agent, or a spread over many paths that do not exist.",
    ],
    supports: [
      """
      A steady rhythm (health check, monitoring), or bursts over `/.env`, `/wp-login.php` and \
      the like.
      """,
      "The challenge has no error, and the request is short.",
    ],
    against: [
      "The same actor is served with credentials elsewhere."
    ],
    lookAlikes: [
      (
        .tokenMissing,
        "whether this actor ever authenticates: never here, elsewhere there"
      ),
      (
        .ingressAuthHeaderStripped,
        "the request's length at the edge: short here, as long as good ones there"
      ),
      (
        .benignFirstCallBeforeLogin,
        "whether a login and success follow"
      ),
      (
        .ingressCORSPreflight,
        "the method: OPTIONS of a browser with no real call after it"
      ),
    ],
    needs: [
      "the ingress's log with user agent and request length"
    ],
    fix: [
      """
      Nothing to repair. Point health checks at a path that needs no token: `readinessProbe: \
      {httpGet: {path: /healthz, port: PORT}}`, or give the monitoring a token.
      """,
      """
      Keep scanners out of the figures and off the service: a rate limit (ingress-nginx \
      `nginx.ingress.kubernetes.io/limit-rps: "10"`), and alerts on 401s of known clients only.
      """,
    ],
    verify: [
      """
      `curl -i https://HOST/PATH` answers 401 and `curl -i -H "Authorization: Bearer $TOKEN" \
      https://HOST/PATH` 2xx: the protection works
      """
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group),
      group.status == 401 || group.status == 403 || group.status == 302
    else { return nil }
    guard Signals.isMute(group), group.circumstances.credentials != .present,
      group.circumstances.method.isNone, group.circumstances.backError.isNone
    else { return nil }
    var w = Weight(.noTokenPrior)
    if group.circumstances.afterFailedRenewal {
      w.note(.noTokenFailedRenewal, "the clients had asked for a token and got none")
    }
    if Signals.speaksOfToken(group) {
      w.note(.noTokenRefused, "the challenge speaks of a token that was sent")
    }
    let i = group.rows[0]
    if group.circumstances.isProbe {
      if Contrast.areServedProbes(group, scene) { return nil }
      w.add(
        .noTokenProbe, "health checks of a platform or monitor, which never authenticate",
        Signals.rows(group, scene))
      return w
    }
    if scene.isScanner(i) {
      w.add(
        .noTokenScanner, "a scanner, by its name or by what it looks for",
        Signals.rows(group, scene))
    }
    if group.answer.statement == .tokenMissing {
      w.add(
        .noTokenBareChallenge, "\(Signals.answer(group)) says that nothing was sent",
        group.answer.citations)
      if group.answer.voice == .edge {
        w.note(.noTokenEdgeFoundNone, "the gateway's filter found no token")
      }
    }
    if group.circumstances.credentials == .absent {
      let sent = Sent.of(group, scene)
      w.add(.noTokenNothingSent, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    if NoLoginRedirect.isShut(group, scene) {
      w.note(.noTokenShutDoor, "several browsers open pages here and are not sent to a login")
    } else if Signals.isShown(group, scene) {
      w.note(.noTokenShown, "somebody shows this call as one that should have been served")
    } else if profile.sameServed + profile.sameServedElsewhere == 0, !profile.gotToken {
      // In a handful of lines, in failures alone, and where served clients show no token call either,
      // nobody is seen to do much.
      let isTelling = scene.briefs.count >= 10 && scene.tokenCallsTell
      w.add(
        isTelling ? .noTokenNeverAuthenticates : .noTokenNeverAuthenticatesHere,
        Visitors.neverAuthenticate(group, scene), Signals.rows(group, scene))
    }
    if profile.sameServed + profile.sameServedElsewhere > 0,
      RoleMissing.isOfStrangers(group, profile, scene)
    {
      w.add(
        .noTokenStrangers,
        "hardly any of these clients ever asks for a token; what else they are served is open to all",
        Signals.rows(group, scene))
    }
    if scene.lostHeaders.of(group, scene) != nil {
      w.note(.noTokenLostOnRoute, "clients that sent a token here come without at the same time")
    }
    if group.circumstances.beforeLogin || group.circumstances.afterRedirect {
      w.note(.noTokenLoginAround, "a login follows the request, or a redirect comes before it")
    } else if !scene.isScanner(i), LoginsAfter.areCaused(by: group, scene) {
      w.note(.noTokenLoginsAfter, "logins of the same address follow at once")
    }
    if profile.isEmptyElsewhere, group.count < 40 {
      w.note(
        .noTokenEmptyElsewhere, "the same address comes without a token to other services, too")
    }
    if group.count >= 25 { w.note(.noTokenOften, "it happens often") }
    if group.count >= 20, profile.isPartyWide {
      w.note(.noTokenEveryClient, "every client of the service is refused")
    }
    switch scene.isEmptySize(group) {
    case true?:
      w.note(
        .noTokenEmptySize, times: scene.emptySizeTrust(group.party),
        "the answer has the size of this service's answer to no token")
    case false?:
      w.note(
        .noTokenOtherSize, "the answer does not have the size of this service's answer to no token")
    case nil: break
    }
    if w.supports.isEmpty { return nil }
    return w
  }
}
