internal import Evidence

/// A token for another authenticator.
enum WrongParty: WeighedCause {
  static let page = CausePage(
    cause: .tokenWrongParty,
    title: "A token for another authenticator",
    summary:
      """
      A good OIDC token reaches an authenticator that wants its own kind of credential: an API \
      token, a session key, a token of its own make.
      """,
    decides: [
      """
      The authenticator complains about the form in its own words (`found 1 parts of token`, two \
      parts expected) although an OIDC check accepted the same token.
      """,
      "The OIDC login or check of the same request succeeded one hop before.",
    ],
    supports: [
      """
      Two products share the header `Authorization`: a gateway that adds the OIDC token, and an \
      application with tokens of its own.
      """,
      "It starts when a forward-auth or token-passing option was switched on.",
    ],
    against: [
      "The OIDC check refuses the token as well."
    ],
    lookAlikes: [
      (
        .tokenMalformed,
        "whether an OIDC check accepted the same text: yes here, no for a broken header"
      ),
      (
        .foreignBasicAuth,
        "what the service asks for: a challenge `Basic` is a password, not another token"
      ),
      (
        .ingressAuthHeaderStripped,
        """
        which value arrives: the OIDC token replaced the application's own credential here, \
        nothing arrives there
        """
      ),
    ],
    needs: [
      "the log of the authenticator that refuses",
      "a capture behind the last hop, or the gateway's log",
    ],
    fix: [
      """
      Send each party its own credential: keep the OIDC token in a header of its own \
      (ingress-nginx: `nginx.ingress.kubernetes.io/auth-response-headers: \
      X-Auth-Request-Access-Token`) and leave `Authorization` to the application.
      """,
      """
      Switch off the passing of the OIDC token. oauth2-proxy: `--set-authorization-header=false \
      --pass-authorization-header=false`; Traefik: take `Authorization` out of \
      `forwardAuth.authResponseHeaders`.
      """,
      "Or teach the application OIDC, with this realm as issuer.",
    ],
    verify: [
      """
      `curl -i -H "Authorization: Bearer $APP_TOKEN" https://HOST/PATH` answers 2xx through the \
      edge
      """,
      "`kubectl -n NS logs deploy/APP --since=10m | grep -ci 'parts of token'` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.answer.statement == .tokenWrongParty else { return nil }
    var w = Weight()
    w.add(
      .wrongPartySaid, "the authenticator wants another kind of credential", group.answer.citations)
    return w
  }
}
