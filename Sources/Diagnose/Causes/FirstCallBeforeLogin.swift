internal import Evidence

/// First call before the login.
enum FirstCallBeforeLogin: WeighedCause {
  static let page = CausePage(
    cause: .benignFirstCallBeforeLogin,
    title: "First call before the login",
    summary:
      """
      A client asks, is challenged with 401, logs in and succeeds. That is how challenge and \
      response work; one 401 a login is expected.
      """,
    decides: [
      "The same client gets 2xx on the same path within seconds.",
      """
      A token event (login, code exchange, client login) of that client lies between the 401 and \
      the success.
      """,
    ],
    supports: [
      "The 401 has a bare challenge, without error.",
      "One such 401 for each session or token lifetime.",
    ],
    against: [
      "The 401 repeats after the login."
    ],
    lookAlikes: [
      (
        .benignNoToken,
        "whether a login and success follow"
      ),
      (
        .tokenMissing,
        "whether the client then attaches a token on this route"
      ),
      (
        .ingressAuthHeaderStripped,
        "whether the call after the login succeeds"
      ),
      (
        .tokenExpired,
        "whether the refused call carried a token (its length; an error in the challenge)"
      ),
    ],
    needs: [
      "Keycloak's log with success events",
      "the ingress's log",
    ],
    fix: [
      """
      Nothing to repair. To save the round trip, let the client log in before its first call, or \
      renew before the end of the token.
      """,
      "Count in alerts only 401s that are not followed by a success of the same client.",
    ],
    verify: [
      """
      `curl -i https://HOST/PATH` answers 401 with `WWW-Authenticate: Bearer`, and `curl -i -H \
      "Authorization: Bearer $TOKEN" https://HOST/PATH` 2xx
      """
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    // Keycloak's Admin REST interface challenges who sends nothing; who is forbidden sent a token.
    if group.endpoint == .admin, group.status == 403 { return nil }
    // Who asks for a token and is refused has shown something.
    guard group.status < 500, group.endpoint != .token else { return nil }
    guard Signals.isMute(group), !group.circumstances.isProbe,
      group.circumstances.credentials != .present
    else { return nil }
    var w = Weight()
    if group.circumstances.beforeLogin || Contrast.loginShare(group, scene) >= 0.7 {
      let login = OtherSide.login(after: group, scene)
      w.add(
        .firstCallLoginFollows, "the client gets a token within seconds and is then served",
        Signals.rows(group, first: login?.row, scene), beside: login?.lines ?? [],
        alone: "the client is refused before it logs in")
    } else if group.circumstances.credentials == .absent, LoginsAfter.areCaused(by: group, scene) {
      let logins = OtherSide.logins(justAfter: group, scene)
      w.add(
        .firstCallLoginsOfAddress,
        "a login of the same address follows at once, far more often than by chance",
        logins.rows.isEmpty
          ? Signals.rows(group, scene) : OtherSide.lines(logins.rows, scene), beside: logins.lines,
        alone: "these requests come without credentials")
    } else if Contrast.isServedNext(group, scene) {
      let next = OtherSide.served(after: group.rows, within: 3, scene)
      w.add(
        .firstCallServedNext,
        "the same client is served right after each; no call for a token is in these logs",
        next.rows.isEmpty ? Signals.rows(group, scene) : OtherSide.lines(next.rows, scene),
        beside: next.lines,
        alone: "no call for a token is in these logs")
    } else {
      return nil
    }
    if group.answer.statement == .tokenMissing {
      w.note(.firstCallBareChallenge, "the challenge names no error, as when nothing was sent")
    }
    if group.circumstances.credentials == .absent {
      let sent = Sent.of(group, scene)
      w.add(.firstCallNothingSent, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    if scene.isEmptySize(group) == false {
      w.note(
        .firstCallOtherSize,
        "the answer does not have the size of this service's answer to no token")
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.firstCallFailedRenewal, "the client had asked for a token before, and got none")
    }
    if scene.lostHeaders.of(group, scene) != nil {
      w.note(.noTokenLostOnRoute, "clients that sent a token here come without at the same time")
    }
    let window = Contrast.window(group, scene)
    if window.isPartyWide { w.note(.firstCallEveryClient, "every client is refused meanwhile") }
    return w
  }
}
