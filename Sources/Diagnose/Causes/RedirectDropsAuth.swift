internal import Evidence

/// A redirect loses the Authorization header.
enum RedirectDropsAuth: WeighedCause {
  static let page = CausePage(
    cause: .ingressRedirectDropsAuth,
    title: "A redirect loses the Authorization header",
    summary:
      """
      The edge redirects to another scheme or host, and the client does not send its \
      Authorization header again there. Most clients drop it on purpose when the host changes.
      """,
    decides: [
      """
      A 301, 302, 307 or 308 to another scheme or host, then the same client and path without \
      the header within a second.
      """,
      """
      The second request is shorter than the first by a token's length and gets a bare \
      challenge.
      """,
    ],
    supports: [
      "Only clients that use the old URL are hit.",
      "It began when a redirect (https, www, a slash at the end) was switched on.",
    ],
    against: [
      "The client also fails when it calls the final URL."
    ],
    lookAlikes: [
      (
        .tokenMissing,
        "whether a redirect of the same client precedes within a second"
      ),
      (
        .ingressAuthHeaderStripped,
        "whether the header is still there at the edge on the second request"
      ),
      (
        .benignNoToken,
        "whether the first request had a token (its length)"
      ),
    ],
    needs: [
      """
      the ingress's log with both requests (and `$request_length`), or a capture at the first \
      hop
      """
    ],
    fix: [
      """
      Let the client call the final URL: see it with `curl -sI http://HOST/PATH | grep -i \
      '^location'`
      """,
      """
      For clients that cannot change, serve the old URL without redirect: ingress-nginx \
      `nginx.ingress.kubernetes.io/ssl-redirect: "false"` on that Ingress, or a second host in \
      the same Ingress instead of `from-to-www-redirect`.
      """,
      """
      A token sent over plain http has been seen by the network: after the change, treat tokens \
      sent to http:// as leaked.
      """,
    ],
    verify: [
      """
      `curl -i -H "Authorization: Bearer $TOKEN" https://HOST/PATH` answers 2xx without a \
      redirect
      """,
      """
      `curl -s -o /dev/null -w '%{num_redirects} %{url_effective}\\n' -L https://HOST/PATH` \
      prints 0 redirects for the client's URL
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    // The way back from a login is a redirect, and carries no token.
    guard Signals.isApplication(group), Signals.isMute(group), !group.circumstances.isCallback,
      (400..<500).contains(group.status)
    else { return nil }
    var w = Weight()
    guard group.circumstances.afterRedirect else {
      guard group.circumstances.credentials != .present else { return nil }
      let kin = Contrast.redirectedKin(group, scene)
      guard kin.count >= 3 else { return nil }
      w.add(
        .redirectKinFollow,
        "another refusal of the same client follows a redirect; not every redirect is in the log",
        Signals.rows(group, scene), beside: OtherSide.redirected(kin.first, scene),
        alone: "not every redirect is in the log")
      return w
    }
    w.add(
      .redirectFollows,
      "each request follows a redirect of the same client and path within seconds",
      Signals.rows(group, scene), beside: Contrast.redirects(group, scene),
      alone: "each request follows a redirect")
    if group.circumstances.credentials == .absent {
      let sent = Sent.of(group, scene)
      w.add(.redirectNothingSent, sent.text, sent.lines, beside: sent.others, alone: sent.alone)
    }
    if group.count < 3 { w.note(.redirectSeldom, "it happens seldom") }
    return w
  }
}
