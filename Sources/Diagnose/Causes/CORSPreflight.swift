internal import Evidence

/// A CORS preflight is asked for credentials.
enum CORSPreflight: WeighedCause {
  static let page = CausePage(
    cause: .ingressCORSPreflight,
    title: "A CORS preflight is asked for credentials",
    summary:
      """
      A browser's CORS preflight (OPTIONS) is asked for credentials. Preflights never carry \
      Authorization, so the real request is never sent.
      """,
    decides: [
      "Method OPTIONS, no Authorization, answered 401 or 403.",
      "A browser's user agent, and no follow-up request of the same path.",
    ],
    supports: [
      """
      It began when authentication was put before a route that a browser application of another \
      origin calls.
      """,
      "The same calls from curl or servers work.",
    ],
    against: [
      "The OPTIONS requests come from no browser (scanner, monitoring)."
    ],
    lookAlikes: [
      (
        .benignNoToken,
        """
        method and agent: OPTIONS of browsers with a real call missing after it, or any other \
        request without a token
        """
      ),
      (
        .tokenMissing,
        "the method: a GET or POST without a token is no preflight"
      ),
    ],
    needs: [
      "the ingress's log with method and user agent"
    ],
    fix: [
      """
      Answer preflights at the edge, before authentication. ingress-nginx: \
      `nginx.ingress.kubernetes.io/enable-cors: "true"`, \
      `nginx.ingress.kubernetes.io/cors-allow-origin: "https://APP_HOST"`, \
      `nginx.ingress.kubernetes.io/cors-allow-headers: "Authorization,Content-Type"`
      """,
      """
      Traefik: put a `headers` middleware with `accessControlAllowOriginList`, \
      `accessControlAllowMethods` and `accessControlAllowHeaders` before forwardAuth; Envoy: the \
      cors filter before jwt_authn and ext_authz, with `bypass_cors_preflight: true` in \
      jwt_authn; oauth2-proxy: `--skip-auth-preflight=true`
      """,
      """
      In the service, permit OPTIONS. Spring Security: `http.cors(withDefaults())` with a \
      CorsConfigurationSource.
      """,
      """
      For Keycloak's own end-points, register the origin: `kcadm.sh update clients/ID -r REALM \
      -s 'webOrigins=["https://APP_HOST"]'`
      """,
    ],
    verify: [
      """
      `curl -i -X OPTIONS -H 'Origin: https://APP_HOST' -H 'Access-Control-Request-Method: GET' \
      -H 'Access-Control-Request-Headers: authorization' https://HOST/PATH` answers 200 or 204 \
      with `access-control-allow-origin`
      """
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard !group.circumstances.method.isNone, Signals.isApplication(group),
      group.status == 401 || group.status == 403
    else { return nil }
    var w = Weight()
    w.add(.preflightOptions, "OPTIONS requests are refused", Signals.rows(group, scene))
    return w
  }
}
