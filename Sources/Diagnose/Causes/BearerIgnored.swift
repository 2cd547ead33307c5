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
    return nil
  }
}
