internal import Evidence

/// The 401 of the auth service reaches browsers.
enum NoLoginRedirect: WeighedCause {
  static let page = CausePage(
    cause: .ingressNoLoginRedirect,
    title: "The 401 of the auth service reaches browsers",
    summary:
      """
      The edge relays the auth service's honest 401 to a browser instead of sending it to the \
      login page. API clients are right to get it; people see an error.
      """,
    decides: [
      """
      A 401 of the sub-request (small constant body, microseconds) goes to browser navigation, \
      and no 302 to the login follows.
      """,
      "The route has no `auth-signin` annotation, errors middleware or equivalent.",
    ],
    supports: [
      "It began with a move to another ingress or forward-auth target.",
      "Other routes of the same edge redirect to the login.",
    ],
    against: [
      "The requests come from scripts or fetch calls, not from navigation."
    ],
    lookAlikes: [
      (
        .benignNoToken,
        "the actor: browser navigation of people who log in elsewhere, or probes and scanners"
      ),
      (
        .tokenMissing,
        "the actor: an API client should send a token and needs no redirect"
      ),
      (
        .ingressAuthRequestFailing,
        "the status of the sub-request: an honest 401, or 5xx"
      ),
    ],
    needs: [
      "the ingress's log with user agent",
      "the ingress's configuration of the route",
    ],
    fix: [
      """
      ingress-nginx: `nginx.ingress.kubernetes.io/auth-signin: \
      https://AUTH_HOST/oauth2/start?rd=$scheme://$host$escaped_request_uri` beside `auth-url`
      """,
      """
      Traefik: an errors middleware before forwardAuth, `errors: {status: ["401"], service: \
      AUTH_SERVICE, query: "/oauth2/sign_in?rd={url}"}`, or forwardAuth to `/` of oauth2-proxy \
      with `--upstream=static://202`
      """,
      """
      Caddy: in `forward_auth`, `handle_response` on 401 with `redir * \
      /oauth2/start?rd={scheme}://{host}{uri}`; for Kong and others the redirecting mode of the \
      OIDC plugin
      """,
      "Keep the plain 401 for API paths, in a route of their own.",
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code} %{redirect_url}\\n' -H 'Accept: text/html' \
      https://HOST/PATH` prints 302 and the login's address
      """,
      "`curl -i https://HOST/API_PATH` still answers 401",
    ])

  /// Requests before and after a refusal among which a redirect of another route is looked for.
  private static let reach = 2000

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard mayBe(group, scene) else { return nil }
    return shutDoor(group, scene) ?? otherRoutes(group, scene)
  }

  private static func mayBe(_ group: Group, _ scene: Scene) -> Bool {
    guard Signals.isApplication(group), Signals.isMute(group), group.status == 401,
      group.circumstances.credentials != .present, group.circumstances.method.isNone,
      !group.circumstances.isProbe, !group.circumstances.beforeLogin,
      let first = group.rows.first, !scene.isScanner(first)
    else { return false }
    return isAnsweredBefore(group, scene)
      || scene.pages.doors[group.party]?.turns(scene) == true
  }

  /// The edge or its auth service may have answered.
  static func isAnsweredBefore(_ group: Group, _ scene: Scene) -> Bool {
    group.circumstances.answerer == .authService || group.circumstances.answerer == .edge
      || isFromUnknown(group, scene) || scene.isAuthProxy(group.party)
  }

  /// Caddy's lines do not tell an auth service's answer from an application's; an application that logged
  /// the request answered it.
  private static func isFromUnknown(_ group: Group, _ scene: Scene) -> Bool {
    group.rows.prefix(20).allSatisfy {
      let e = scene.exchange($0)
      return e.request.format == .caddyAccess && e.inner < 0 && e.request.challenge.isNone
    }
  }

  /// Several browsers open pages here and are refused, and none of them is at a login after it.
  static func isShut(_ group: Group, _ scene: Scene) -> Bool {
    guard mayBe(group, scene), scene.pages.doors[group.party]?.isShut(scene) == true else {
      return false
    }
    let rows = group.rows.prefix(100)
    return rows.count { scene.pages.isAtDoor($0) } * 5 >= rows.count * 4
  }

  private static func shutDoor(_ group: Group, _ scene: Scene) -> Weight? {
    guard isShut(group, scene), let door = scene.pages.doors[group.party],
      let first = door.refused.first
    else { return nil }
    var w = Weight(.noRedirectPrior)
    if door.turns(scene) {
      w.add(
        .noRedirectRedirectedBefore,
        "browsers were sent to the login here before; from one moment on they get a 401",
        Signals.rows(group, scene), beside: OtherSide.lines(door.redirects.suffix(1), scene),
        alone: "browsers get a 401 here")
      if let reload = scene.reload(near: scene.briefs[first].start, within: 60) {
        w.add(.noRedirectReload, "the edge's configuration was reloaded between", [reload])
      }
      return w
    }
    if door.opens(scene), let redirect = door.redirects.first,
      let reload = scene.reload(near: scene.briefs[redirect].start, within: 60)
    {
      w.add(
        .noRedirectRedirectedAfter,
        "browsers get a 401 here; since the edge's configuration was reloaded they are sent to the login",
        Signals.rows(group, scene), beside: [scene.exchange(redirect).request.citation, reload],
        alone: "browsers get a 401 here")
      return w
    }
    guard door.redirects.isEmpty else { return nil }
    let isLogged = group.rows.prefix(100).contains {
      scene.exchange($0).request.navigation == .present
    }
    w.add(
      isLogged ? .noRedirectNavigationRefused : .noRedirectPagesRefused,
      door.actors.count > 1
        ? "several browsers open pages here and get a 401, and no line shows one sent to a login"
        : "a browser opens pages here and gets a 401, and no line shows it sent to a login",
      OtherSide.lines(Signals.spread(door.refused, 3, scene), scene))
    if !scene.basicUsers[Int(group.party)].isEmpty {
      w.note(.noRedirectBasicUsers, "users with a Basic password are served here")
    }
    return w
  }

  /// Several calls of one visitor in the same second are a page's own.
  private static func comesInBursts(_ group: Group, _ scene: Scene) -> Bool {
    let rows = group.rows.prefix(50)
    let inBursts = zip(rows, rows.dropFirst()).count { a, b in
      scene.briefs[a].actor == scene.briefs[b].actor
        && scene.briefs[b].start - scene.briefs[a].start <= 1
    }
    return inBursts * 4 >= rows.count
  }

  private static func otherRoutes(_ group: Group, _ scene: Scene) -> Weight? {
    guard !isFromUnknown(group, scene), let first = group.rows.first,
      group.rows.prefix(50).allSatisfy({ isNavigation(scene.exchange($0).request, scene) }),
      !comesInBursts(group, scene)
    else { return nil }
    let party = scene.briefs[first].party
    let rows = max(0, first - reach)..<min(scene.briefs.count, first + reach)
    let redirect = rows.first { i in
      scene.briefs[i].status == 302 && scene.briefs[i].party != party
        && !scene.briefs[i].endpoint.isKeycloak
        && scene.exchange(i).request.answeredBy == .edge
        && isNavigation(scene.exchange(i).request, scene)
    }
    guard let redirect else { return nil }
    var w = Weight(.noRedirectOtherRoutesPrior)
    w.add(
      .noRedirectOtherRoutesRedirect,
      "browsers get the edge's own 401 here; another route sends them to the login",
      Signals.rows(group, scene), beside: [scene.exchange(redirect).request.citation],
      alone: "browsers get the edge's own 401 here")
    return w
  }

  /// A browser opens a page.
  private static func isNavigation(_ r: Request, _ scene: Scene) -> Bool {
    scene.text(r.method) == "GET" && scene.file.isBrowser(r.userAgent)
      && Pages.kind(r.path, scene) == .page
  }
}
