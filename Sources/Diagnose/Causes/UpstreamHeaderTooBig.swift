internal import Evidence

/// Keycloak’s answer exceeds the proxy buffer.
enum UpstreamHeaderTooBig: WeighedCause {
  static let page = CausePage(
    cause: .ingressUpstreamHeaderTooBig,
    title: "Keycloak’s answer exceeds the proxy buffer",
    summary:
      """
      The headers of Keycloak's or the login proxy's answer (cookies, a long redirect) are \
      larger than the edge's buffer, and the edge answers 502; inside an auth sub-request, 500.
      """,
    decides: [
      """
      nginx's error log: `upstream sent too big header while reading response header from \
      upstream`.
      """,
      """
      502 on the login, the callback or the token refresh, while Keycloak logs success for the \
      same request.
      """,
    ],
    supports: [
      "Users with many roles or groups; oauth2-proxy with cookie sessions.",
      "The buffer is at its default of one page (4k or 8k).",
    ],
    against: [
      "Keycloak's pod was unreachable or restarted in the same minutes."
    ],
    lookAlikes: [
      (
        .keycloakDown,
        """
        nginx's words: `upstream sent too big header`, or `Connection refused` and `no live \
        upstreams`
        """
      ),
      (
        .ingressHeaderTooLarge,
        "the direction: the answer is too large here (502), the request there (400, 431)"
      ),
      (
        .ingressAuthRequestFailing,
        """
        the error log line of the same request: a sub-request that fails for its buffer says \
        `too big header`
        """
      ),
    ],
    needs: [
      "the ingress's error log"
    ],
    fix: [
      """
      ingress-nginx, on the Ingress of Keycloak and of the login proxy: \
      `nginx.ingress.kubernetes.io/proxy-buffer-size: "16k"` and \
      `nginx.ingress.kubernetes.io/proxy-buffers-number: "4"`
      """,
      "Plain nginx: `proxy_buffer_size 16k; proxy_buffers 4 16k; proxy_busy_buffers_size 32k;`",
      """
      HAProxy: `tune.bufsize 32768`; Envoy: `max_response_headers_kb` in the cluster's HTTP \
      protocol options
      """,
      "Make the answer smaller: oauth2-proxy `--session-store-type=redis` instead of cookies.",
    ],
    verify: [
      """
      `kubectl -n INGRESS_NS logs deploy/INGRESS --since=1h | grep -c 'too big header'` counts 0
      """,
      """
      `curl -s -o /dev/null -D - \
      'https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/auth?client_id=CLIENT&redirect_uri=URI&response_type=code&scope=openid' \
      | wc -c` stays below the buffer
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.answer.statement == .upstreamHeaderTooBig {
      w.add(
        .upstreamHeaderSaid, "the edge says: upstream sent too big header", group.answer.citations)
      return w
    }
    guard group.status == 502, group.endpoint.isKeycloak || group.endpoint == .authService,
      let t = profile.trouble, t.kind == .headerTooBig
    else { return nil }
    if group.rows.prefix(200).allSatisfy({
      UnusableAnswers.isUnreadable(scene.exchange($0).request, scene)
    }) {
      w.add(
        .upstreamHeaderUnreadable,
        "the edge cannot take this answer of Keycloak's, while another of its answers passes",
        t.proof, beside: OtherSide.keycloakServed(profile, scene),
        alone: "the edge cannot take this answer of Keycloak's")
      return w
    }
    if t.rows.allSatisfy({ UnusableAnswers.isMute($0, scene) }) {
      let slow = TimesTaken.usual(of: group, profile, scene)
      let good = TimesTaken.served(like: group, scene)
      w.add(
        .upstreamHeaderSlowAsGood,
        "these calls take as long (\(slow.took)) as good ones of the same end-point (\(good.took)), as those that Keycloak answers",
        slow.lines, beside: good.lines,
        alone: "these calls take \(slow.took), as those that Keycloak answers")
      return w
    }
    w.add(
      .upstreamHeaderSaidOfSuchCalls, "the edge says of such calls: upstream sent too big header",
      t.proof)
    return w
  }
}
