internal import Evidence

/// The browser login lost its thread.
enum LoginStateLost: WeighedCause {
  static let page = CausePage(
    cause: .sessionLoginStateLost,
    title: "The browser login lost its thread",
    summary:
      """
      The browser login lost its thread between the login page and the return to the \
      application: a cookie is blocked or gone, a tab is stale, logins ran in parallel, or a \
      code was used twice.
      """,
    decides: [
      """
      LOGIN_ERROR or CODE_TO_TOKEN_ERROR with `cookie_not_found`, `expired_code`, \
      `already_logged_in`, or `invalid_code` after `already_logged_in`.
      """,
      """
      The application or login proxy says `Unable to find a valid CSRF token`, `state parameter \
      mismatch`, `CSRF token validation failed`, or `Code not valid`.
      """,
    ],
    supports: [
      "Several logins of the same browser within seconds, or a bookmarked login page.",
      """
      Cookies with SameSite limits or third-party cookies: the login runs in a frame or over \
      http.
      """,
    ],
    against: [
      "Many users at once from one moment on: then a proxy or replica fault stands behind it."
    ],
    lookAlikes: [
      (
        .keycloakSessionsNotShared,
        """
        which replica answers: login and code exchange on different pods, both new, point at \
        unshared sessions
        """
      ),
      (
        .proxyForwardedHeadersMissing,
        """
        the scheme: Secure cookies are lost when the browser or Keycloak sees http instead of \
        https
        """
      ),
      (
        .clientRedirectURIInvalid,
        "the event's error: `invalid_redirect_uri` is refused before any login"
      ),
    ],
    needs: [
      "Keycloak's log (LOGIN_ERROR, CODE_TO_TOKEN_ERROR)",
      "the login proxy's log (CSRF, state)",
      "the ingress's log with the callback requests",
    ],
    fix: [
      """
      Serve login and application over https only, and let the login proxy's cookie cover both \
      hosts: oauth2-proxy `--cookie-secure=true --cookie-samesite=lax --cookie-domain=.DOMAIN`
      """,
      "For parallel tabs: oauth2-proxy `--cookie-csrf-per-request=true --cookie-csrf-expire=5m`",
      """
      If pages expire while people type: `kcadm.sh update realms/REALM -s \
      accessCodeLifespanLogin=3600`
      """,
      """
      If a code is used twice, find the double callback (retrying load balancer, page reload, \
      prefetch) in the ingress's log and forbid retries on the callback: ingress-nginx \
      `nginx.ingress.kubernetes.io/proxy-next-upstream: "off"`
      """,
    ],
    verify: [
      """
      A login in a private window succeeds, and `curl -sI \
      'https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/auth?client_id=CLIENT&redirect_uri=URI&response_type=code&scope=openid' \
      | grep -i set-cookie` shows `AUTH_SESSION_ID` with Secure
      """,
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -cE \
      'cookie_not_found|expired_code|invalid_code'` falls to a few
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else {
      return callback(group, scene) ?? afterReuse(group, scene)
    }
    let error = Signals.eventError(group, scene)
    var w = Weight()
    switch error {
    case "cookie_not_found", "already_logged_in", "invalid_authentication_session",
      "different_user_authenticated":
      w.add(.loginStateSaid, "Keycloak says: \(error)", Signals.events(group, scene))
    case "expired_code":
      w.add(.loginStateExpiredCode, "Keycloak says: expired_code", Signals.events(group, scene))
    case "invalid_code":
      w.add(.loginStateInvalidCode, "Keycloak says: invalid_code", Signals.events(group, scene))
    default: return nil
    }
    return w
  }

  /// A service asks Keycloak about tokens that a code gave which was redeemed once more.
  private static func afterReuse(_ group: Group, _ scene: Scene) -> Weight? {
    guard group.status == 401 || group.status == 403, Signals.isMute(group),
      !group.circumstances.backError.isNone || scene.introspecting.contains(group.party)
    else { return nil }
    let calls = CodeReuse.calls(before: group, scene)
    guard !calls.isEmpty else { return nil }
    var w = Weight()
    w.add(
      .loginStateAfterReuse,
      "the code of the login was redeemed twice, which takes the client out of the session, and the tokens are refused since",
      Array(calls.prefix(3)) + Signals.rows(group, scene).prefix(2))
    return w
  }

  /// The party that began the login gets the answer and does not know of it.
  private static func callback(_ group: Group, _ scene: Scene) -> Weight? {
    guard group.circumstances.isCallback else { return nil }
    var w = Weight(.loginStateCallbackPrior)
    switch group.answer.statement {
    case .loginStateLost:
      w.add(
        .loginStateCallbackSaid,
        "whoever began the login no longer knows of it: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations + Signals.rows(group, scene))
      return w
    case .codeNotValid, .codeReused:
      w.add(.loginStateCodeRefused, "the code of the login is not accepted", group.answer.citations)
      return w
    default: break
    }
    guard Signals.isMute(group), [400, 401, 403, 500].contains(group.status) else { return nil }
    w.add(
      .loginStateCallbackRefused, "the answer of a login is refused", Signals.rows(group, scene))
    let said = spoken(group, scene)
    if !said.isEmpty {
      w.add(.loginStateProxySaid, "a login proxy says then that it lost the login", said)
    }
    return w
  }

  /// Words on lost logins at the time of at least half of the rows.
  private static func spoken(_ group: Group, _ scene: Scene) -> [Citation] {
    let rows = group.rows.prefix(100)
    var lines: [Citation] = []
    for i in rows {
      let b = scene.briefs[i]
      if let m = Signals.messages([.loginStateLost], b.start, b.end, margin: 1.2, scene).first {
        lines.append(m.citation)
      }
    }
    return lines.count * 2 >= rows.count ? lines : []
  }
}
