internal import Evidence

/// Request headers too large.
enum HeaderTooLarge: WeighedCause {
  static let page = CausePage(
    cause: .ingressHeaderTooLarge,
    title: "Request headers too large",
    summary:
      """
      The token or the cookies exceed a header limit of the edge or of the service, which \
      refuses the request before any check.
      """,
    decides: [
      """
      nginx answers 400 `Request Header Or Cookie Too Large` (494 inside); Apache 400 with its \
      constant page; Envoy 431 with `http1.headers_too_large`; HAProxy 400 with `PR--`.
      """,
      "431 or 400 of the application's server: gunicorn `limit request headers`, Tomcat, Node.",
      "The request is longer than about 8 kB, and shorter requests of others pass.",
    ],
    supports: [
      "Users with many groups or roles, or with one fat session cookie.",
      "It comes back after each login of the same users and goes away in a private window.",
    ],
    against: [
      "Short requests fail as well."
    ],
    lookAlikes: [
      (
        .ingressUpstreamHeaderTooBig,
        "the direction: the request is too large here (400, 431), the answer there (502)"
      ),
      (
        .tokenMalformed,
        "the length: far beyond the usual, or shorter than the good ones"
      ),
    ],
    needs: [
      "the ingress's log with `$request_length`, and its error log",
      "the application server's log",
    ],
    fix: [
      """
      Make the token smaller: fewer role and group mappers, `fullScopeAllowed` off: `kcadm.sh \
      update clients/ID -r REALM -s fullScopeAllowed=false`; keep sessions out of cookies \
      (oauth2-proxy `--session-store-type=redis`).
      """,
      """
      Raise the edge's limit. ingress-nginx ConfigMap: `large-client-header-buffers: "4 32k"`; \
      Envoy: `max_request_headers_kb: 96` (60 by default); HAProxy: `tune.bufsize 32768`; \
      Apache: `LimitRequestFieldSize 32768`
      """,
      """
      Raise the service's. Spring Boot 3: `server.max-http-request-header-size=32KB`; gunicorn: \
      `--limit-request-field_size 16380`; Node: `--max-http-header-size=32768`; Keycloak: \
      `QUARKUS_HTTP_LIMITS_MAX_HEADER_SIZE=64K`
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' -H "Authorization: Bearer $TOKEN" \
      https://HOST/PATH` prints 2xx with the longest token
      """,
      "`printf %s \"$TOKEN\" | wc -c` stays well below the limit",
    ])

  /// Plain reads of the same clients that are answered with the same 400 at other parties, Keycloak among them: the edge's own
  /// answer, for something that a browser sends to every host. No event of Keycloak's tells of them.
  private static func everywhere(_ group: Group, _ scene: Scene) -> [Citation] {
    guard group.status == 400, group.count >= 4, let first = group.rows.first,
      group.answer.statement == nil || Signals.isMute(group),
      group.circumstances.eventError.isNone
    else { return [] }
    let size = scene.briefs[first].bytes
    guard size >= 0, isPlainRead(first, scene) else { return [] }
    var rows: [Int32: Int] = [:]
    var isOfKeycloak = group.endpoint.isKeycloak
    for actor in Set(group.rows.prefix(100).map { scene.briefs[$0].actor }).sorted().prefix(20) {
      for j in scene.byActor[Int(actor)].prefix(1000)
      where scene.briefs[j].status == 400 && scene.briefs[j].bytes == size
        && scene.briefs[j].party != group.party && isPlainRead(j, scene)
        && scene.exchange(j).event < 0
      {
        rows[scene.briefs[j].party] = rows[scene.briefs[j].party] ?? j
        if scene.briefs[j].endpoint.isKeycloak { isOfKeycloak = true }
      }
    }
    guard isOfKeycloak, rows.count >= 2 else { return [] }
    return OtherSide.lines(rows.sorted { $0.key < $1.key }.prefix(2).map(\.value), scene)
  }

  private static func isPlainRead(_ i: Int, _ scene: Scene) -> Bool {
    let r = scene.exchange(i).request
    return r.answeredBy != .upstream && ["GET", "HEAD"].contains(scene.text(r.method))
  }

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.answer.statement == .requestHeaderTooLarge {
      let isLogged = group.answer.voice == .message || group.answer.voice == .edge
      w.add(
        .headerTooLargeSaid,
        "the \(isLogged ? "log" : "answer") says the header is too large", group.answer.citations)
      return w
    }
    let r = scene.exchange(group.rows[0]).request
    let everywhere = everywhere(group, scene)
    if !everywhere.isEmpty, profile.sizes <= 2 || group.endpoint.isKeycloak {
      w.add(
        .headerTooLargeEverywhere,
        "these clients get the same 400 of \(r.responseBytes) bytes at several services and at Keycloak's host, whatever they ask",
        Array(Signals.rows(group, scene).prefix(2)), beside: everywhere,
        alone: "these clients get a 400 whatever they ask")
      return w
    }
    guard Signals.isApplication(group) else { return nil }
    if group.status == 431 || group.status == 494 {
      w.add(
        .headerTooLargeStatus,
        "the status \(group.status) says by itself that the headers are too large",
        Signals.rows(group, scene))
      if r.requestBytes > 7000 {
        w.note(
          .headerTooLargeLongRequests, "the first of these requests has \(r.requestBytes) bytes")
      }
      return w
    }
    if group.status == 400, r.requestBytes < 0, r.answeredBy != .upstream, group.count >= 8,
      profile.othersServed + profile.sameServed > 5, profile.sizes <= 2,
      ["GET", "HEAD"].contains(scene.text(r.method))
    {
      w.add(
        .headerTooLargePlainReads,
        "plain reads are answered 400 with one size, as servers refuse headers over their limit; the same route is served otherwise",
        Signals.rows(group, scene), beside: OtherSide.servedOnRoute(group, scene),
        alone:
          "plain reads are answered 400 with one size, as servers refuse headers over their limit")
      return w
    }
    if group.status == 400, r.requestBytes > 7000 {
      w.add(
        .headerTooLargeLongBadRequests, "400 for requests of \(r.requestBytes) bytes",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
