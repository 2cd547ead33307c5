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

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    return nil
  }
}
