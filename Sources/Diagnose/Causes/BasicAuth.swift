internal import Evidence

/// HTTP Basic of the edge or the service itself.
enum BasicAuth: WeighedCause {
  static let page = CausePage(
    cause: .foreignBasicAuth,
    title: "HTTP Basic of the edge or the service itself",
    summary:
      """
      The edge or the service itself protects the route with HTTP Basic. These 401s have nothing \
      to do with Keycloak.
      """,
    decides: [
      "The challenge is `Basic`, or `$remote_user` is set on the same route's successes.",
      """
      nginx's error log: `user "x" was not found in`, `password mismatch`, `no user/password was \
      provided for basic authentication`.
      """,
    ],
    supports: [
      "No upstream address on the 401s, beside Basic successes of the same route.",
      "Tools such as dashboards, registries and metrics end-points.",
    ],
    against: [
      "The same route accepts bearer tokens."
    ],
    lookAlikes: [
      (
        .benignNoToken,
        "the challenge: Basic here, Bearer there"
      ),
      (
        .tokenWrongParty,
        "what the refusing party asks for: a password, or a token of its own"
      ),
      (
        .tokenMalformed,
        "the scheme of the refused header: Basic, or a broken Bearer"
      ),
    ],
    needs: [
      "the ingress's error log at level info",
      "the challenge (`$sent_http_www_authenticate`)",
    ],
    fix: [
      """
      See what guards the route: `kubectl -n NS get ingress NAME -o yaml | grep auth-` \
      (`auth-type: basic`, `auth-secret`)
      """,
      """
      Correct the user's entry: `htpasswd FILE USER` (asks for the password), then `kubectl -n \
      NS create secret generic AUTH_SECRET --from-file=auth=FILE --dry-run=client -o yaml | \
      kubectl apply -f -`
      """,
      """
      If bearer tokens should reach the service on that route, remove `auth-type: basic`: it \
      empties Authorization towards the service.
      """,
    ],
    verify: [
      "`curl -i -u USER https://HOST/PATH` (asks for the password) answers 2xx",
      "`curl -sI https://HOST/PATH | grep -i www-authenticate` shows which scheme is asked for",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.status == 401 else { return nil }
    var w = Weight(.basicPrior)
    if let s = group.answer.statement,
      [.basicMissing, .basicUserNotFound, .basicPasswordMismatch].contains(s)
    {
      w.add(
        .basicSaid, "Basic authentication: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
      return w
    }
    // Where browsers are sent to a login, the names are of those who came back from it.
    if let door = scene.pages.doors[group.party], door.redirects.count >= 2 { return nil }
    let users = Contrast.basicUsers(group, scene)
    let refused = scene.exchange(group.rows[0]).request
    if users.isEmpty, isHAProxysOwn(refused, scene) {
      w.add(
        .basicByHAProxy,
        "HAProxy answers 401 by itself (LR) and asks no server, as `http-request auth` does; a rule about tokens denies (PR)",
        Signals.rows(group, scene))
      if profile.gotToken {
        w.note(.basicTokensFetched, "these clients fetch tokens, which a password does not need")
      }
      return w
    }
    // Apache does not tell who answered, and names the users of tokens, too: those got tokens.
    let isOfRoute =
      refused.answeredBy == .unknown && refused.format == .apacheAccess && !profile.gotToken
      && scene.basicUsers[Int(group.party)].contains {
        scene.exchange($0).request.route == refused.route
          && scene.tokenCallsOfActor.count(of: scene.briefs[$0].actor) == 0
      }
    guard !users.isEmpty, refused.answeredBy == .edge || isOfRoute else { return nil }
    w.add(.basicUsersServed, "the same route is served with Basic user names", users)
    return w
  }

  /// L: aborted by the proxy itself, R: before a server was chosen (HAProxy, "Session state at disconnection").
  private static func isHAProxysOwn(_ request: Request, _ scene: Scene) -> Bool {
    request.answeredBy == .edge && request.format.isHAProxy
      && scene.text(request.detail).hasPrefix("LR")
  }
}
