internal import Evidence

/// A middlebox forgets idle connections.
enum IdleDropped: WeighedCause {
  static let page = CausePage(
    cause: .proxyIdleDropped,
    title: "A middlebox forgets idle connections",
    summary:
      """
      A firewall, load balancer or proxy forgets connections that were idle for a while. The \
      first call after a pause fails with a reset or time-out, the retry works.
      """,
    decides: [
      """
      The first call after an idle period fails (reset, broken pipe, time-out), and the next one \
      on a new connection succeeds.
      """,
      "It recurs after every pause longer than one fixed time.",
    ],
    supports: [
      """
      The idle time is near a known limit: 350 s (AWS NLB), 240 s (Azure), 600 s (GCP), 3600 s, \
      or the server's keep-alive.
      """,
      "The capture shows a packet on an old connection answered by RST, or not at all.",
    ],
    against: [
      "Failures go on after the retry, or come under steady load."
    ],
    lookAlikes: [
      (
        .netpolDrop,
        "whether the retry works: it does here, a blocked path stays blocked"
      ),
      (
        .keycloakDown,
        "whether every caller fails at once, also with new connections"
      ),
      (
        .keycloakOverloaded,
        "the load: after pauses here, at peaks there"
      ),
    ],
    needs: [
      "a capture over a pause, on the caller's side",
      "the ingress's or application's log with connection errors",
    ],
    fix: [
      """
      Let pooled connections live shorter than the shortest idle time on the way. nginx: \
      `keepalive_timeout 30s;` in the upstream block; ingress-nginx ConfigMap: \
      `upstream-keepalive-timeout: "30"`; Envoy: `common_http_protocol_options: {idle_timeout: \
      60s}`; Java HttpClient: `-Djdk.httpclient.keepalive.timeout=30`
      """,
      """
      Or keep them alive below it: `sysctl net.ipv4.tcp_keepalive_time=120` for sockets with \
      SO_KEEPALIVE (HAProxy: `option srvtcpka`; Envoy: `upstream_connection_options: \
      {tcp_keepalive: {keepalive_time: 120}}`)
      """,
      """
      Let clients repeat a request once on a reset connection (GET, introspection and JWKS \
      fetches are safe to repeat).
      """,
      "For Keycloak's connections to PostgreSQL: `KC_DB_URL_PROPERTIES='?tcpKeepAlive=true'`",
    ],
    verify: [
      """
      Two calls with a pause between them, on one connection, both succeed: `curl -sS -o \
      /dev/null -w '%{http_code}\\n' https://KEYCLOAK_HOST/realms/REALM; sleep 400; curl -sS -o \
      /dev/null -w '%{http_code}\\n' https://KEYCLOAK_HOST/realms/REALM` from the application's \
      pool
      """,
      """
      `kubectl -n NS logs deploy/APP --since=24h | grep -ciE 'connection reset|broken pipe'` \
      counts 0
      """,
    ])

  /// Seconds without any call that count as a pause: firewalls and balancers forget connections after a minute, few after less.
  private static let pause = 40.0
  /// Seconds, where the edge says that the connection was reset.
  private static let shortPause = 8.0
  /// Seconds within which the retry comes.
  private static let retry = 10.0
  /// Seconds before and after a reset call in which the next ones of its party are looked at.
  private static let neighbours = 60.0
  /// Microseconds: nobody thought about the request.
  private static let atOnce: Int64 = 20_000

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    if let w = behindKeycloak(group, scene) { return w }
    if let apart = IdlePauses.separating(group, scene) {
      var w = Weight(.idlePrior)
      w.add(
        .idlePausesSeparate,
        "calls fail that come \(Int(apart.pause)) s or more after the one before, and hardly any that comes sooner",
        OtherSide.lines(apart.failed, scene), beside: OtherSide.lines(apart.served, scene),
        alone: "calls fail that come after a pause")
      return w
    }
    let isSaid = group.answer.statement == .callReset || isResetSubrequest(group, scene)
    guard isSaid || group.endpoint.isKeycloak && group.status >= 500 else { return nil }
    let resets = group.rows.prefix(200).filter {
      isSaid || TroubleFinder.classify($0, scene).0 == .reset
    }
    let firsts = isSaid ? resets.filter { isLoneFirst($0, scene) } : loneFirsts(group, scene)
    var w = Weight(.idlePrior)
    guard firsts.count * 2 > group.count, recurs(firsts, group, scene) else {
      guard resets.count * 10 >= group.count * 8, areLone(resets, group.party, scene) else {
        return nil
      }
      w.add(
        .idleLoneCalls,
        "single calls are reset at once; a call before and one after are served",
        Array(Signals.rows(group, scene).prefix(1)),
        beside: group.rows.first.map { neighbours(of: $0, group.party, scene) } ?? [],
        alone: "single calls are reset at once")
      return w
    }
    w.add(
      .idleLoneFirst,
      "each time calls in the first moment after a pause fail, and the next one is served",
      OtherSide.lines(firsts.prefix(3), scene),
      beside: firsts.first.flatMap { next(after: $0, scene) }.map { OtherSide.lines([$0], scene) }
        ?? [],
      alone: "calls in the first moment after a pause fail")
    return w
  }

  /// Keycloak's own connections to its database or directory: single uses, far apart from one another, are reset, and
  /// the same client is served soon after.
  private static func behindKeycloak(_ group: Group, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak, group.status >= 500, group.count >= 3, group.count <= 200
    else { return nil }
    let starts = group.rows.map { scene.briefs[$0].start }
    let gaps = zip(starts, starts.dropFirst()).map { $1 - $0 }
    guard gaps.count(where: { $0 >= pause }) >= 2,
      gaps.allSatisfy({ $0 >= pause || $0 <= beside }),
      group.rows.allSatisfy({ isServedNext($0, scene) })
    else { return nil }
    let kinds: Set<Statement> = [
      .databaseUnreachable, .databaseError, .directoryUnavailable, .identityProviderFailed,
      .keycloakUncaught, .callReset,
    ]
    guard let first = starts.first, let last = starts.last else { return nil }
    let told = Signals.messages(kinds, first, last, margin: near, scene).map {
      (time: $0.time, text: scene.text($0.text).lowercased(), citation: $0.citation)
    }
    // A server that is gone refuses: another matter.
    guard !told.contains(where: { $0.text.contains("refused") }) else { return nil }
    let lines = group.rows.compactMap { i -> Citation? in
      let b = scene.briefs[i]
      let from = told.partitioningIndex { $0.time >= b.start.advanced(seconds: -near) }
      return told[from...].prefix { $0.time <= b.end.advanced(seconds: near) }
        .first { line in resets.contains { line.text.contains($0) } }?.citation
    }
    guard lines.count * 10 >= group.count * 7 else { return nil }
    var w = Weight(.idlePrior)
    w.add(
      .idleBehindKeycloak,
      "single uses of Keycloak's own connections, far apart, are reset, and the same client is served soon after",
      Array(lines.prefix(2)) + Signals.rows(group, scene).prefix(1),
      beside: group.rows.first.flatMap { servedNext($0, scene) }.map {
        OtherSide.lines([$0], scene)
      }
        ?? [],
      alone: "single uses of Keycloak's own connections, far apart, are reset")
    return w
  }

  /// What drivers say of a connection that the other side does not know any more.
  private static let resets = [
    "connection reset", "i/o error occurred while sending", "broken pipe",
    "connection has been closed",
  ]
  /// Seconds between a call and Keycloak's line of it.
  private static let near = 0.6

  /// The same client's next call of the end-point is served soon.
  private static func isServedNext(_ i: Int, _ scene: Scene) -> Bool {
    servedNext(i, scene) != nil
  }

  private static func servedNext(_ i: Int, _ scene: Scene) -> Int? {
    let b = scene.briefs[i]
    return scene.within(
      scene.byActor[Int(b.actor)], b.end, b.end.advanced(seconds: retry)
    ).first {
      $0 != i && scene.briefs[$0].endpoint == b.endpoint && scene.briefs[$0].isSuccess
    }
  }

  /// The edge's call of its auth service was reset.
  private static func isResetSubrequest(_ group: Group, _ scene: Scene) -> Bool {
    guard !group.endpoint.isKeycloak, group.status >= 500 else { return false }
    let rows = group.rows.prefix(50)
    let reset = rows.count { i in
      (scene.file.messages[i] ?? []).contains {
        let m = scene.file.observations.messages[$0]
        return (m.statement == .upstreamReset || m.statement == .upstreamClosed)
          && !m.subject.isNone && m.subject != m.path
      }
    }
    return reset * 10 >= rows.count * 8
  }

  /// Failed calls of Keycloak that may have gone out on a connection nobody remembers: reset, never answered, or with
  /// 502 at once and no word why; each the first after a pause, with a good one right after it.
  static func loneFirsts(_ group: Group, _ scene: Scene) -> [Int] {
    group.rows.prefix(200).filter {
      let (kind, proof) = TroubleFinder.classify($0, scene)
      return kind == .reset || kind == .timedOut || kind == .refused && proof == nil
    }
    .filter { isLoneFirst($0, scene) }
  }

  /// Most failures of a group are such.
  static func areLoneFirsts(_ group: Group, _ scene: Scene) -> Bool {
    if IdlePauses.separating(group, scene) != nil { return true }
    let firsts = loneFirsts(group, scene)
    return firsts.count * 2 > group.count && recurs(firsts, group, scene)
  }

  /// More than once: in the group, or among all failures of its party.
  private static func recurs(_ firsts: [Int], _ group: Group, _ scene: Scene) -> Bool {
    if firsts.count >= 2 { return true }
    guard let one = firsts.first, group.endpoint.isKeycloak else { return false }
    let start = scene.briefs[one].start
    return scene.failuresByParty[Int(group.party)].prefix(200).contains {
      scene.briefs[$0].status >= 500 && abs(scene.briefs[$0].start - start) >= pause
        && isLoneFirst($0, scene)
    }
  }

  /// Where others keep connections of the pool busy, no pause is seen: calls that are reset at once, one by one,
  /// among good ones.
  static func areLone(_ rows: some Collection<Int>, _ party: Int32, _ scene: Scene) -> Bool {
    let lone = rows.count { isLone($0, party, scene) }
    return lone >= 3 && lone * 10 >= rows.count * 8
  }

  /// Reset in milliseconds (or in a time that is not known) between two good calls.
  private static func isLone(_ i: Int, _ party: Int32, _ scene: Scene) -> Bool {
    let e = scene.briefs[i]
    guard scene.exchange(i).request.duration < atOnce else { return false }
    let near = scene.within(
      scene.byParty[Int(party)], e.start.advanced(seconds: -neighbours),
      e.end.advanced(seconds: neighbours)
    ).filter { !scene.briefs[$0].isProbe }
    guard let place = near.firstIndex(of: i), place + 1 < near.count,
      scene.briefs[near[place + 1]].isSuccess
    else { return false }
    return place == 0 || scene.briefs[near[place - 1]].isSuccess
  }

  /// The first call of its party after a pause, with a good one right after it; calls that fail beside it are as
  /// much the first.
  private static func isLoneFirst(_ i: Int, _ scene: Scene) -> Bool {
    let party = scene.byParty[Int(scene.briefs[i].party)]
    let e = scene.briefs[i]
    let r = scene.exchange(i).request
    // Within a second without fractions the order of lines is that of the calls.
    let slack = r.isCoarse ? 1.0 : 0
    // Of calls in the same moment some go out on new connections.
    let moment = max(slack, burst)
    var before = scene.lowerBound(party, e.start.advanced(seconds: -moment)) - 1
    while before >= 0, isBeside(party[before], e, scene) { before -= 1 }
    let (kind, proof) = TroubleFinder.classify(i, scene)
    let pause = kind == .reset && proof != nil ? shortPause : pause
    guard before >= 0, e.start - scene.briefs[party[before]].end >= pause else { return false }
    return next(after: i, scene).map { scene.briefs[$0].isSuccess } ?? false
  }

  /// The next call of its party that does not fail beside it.
  private static func next(after i: Int, _ scene: Scene) -> Int? {
    let e = scene.briefs[i]
    let r = scene.exchange(i).request
    return scene.within(
      scene.byParty[Int(e.party)], e.start.advanced(seconds: r.isCoarse ? -1 : 0),
      e.end.advanced(seconds: retry)
    ).first {
      $0 != i && !scene.briefs[$0].isProbe && !isBeside($0, e, scene)
        && (!r.isCoarse || scene.exchange($0).request.citation > r.citation)
    }
  }

  /// The calls of its party just before and after.
  private static func neighbours(of i: Int, _ party: Int32, _ scene: Scene) -> [Citation] {
    let e = scene.briefs[i]
    let near = scene.within(
      scene.byParty[Int(party)], e.start.advanced(seconds: -neighbours),
      e.end.advanced(seconds: neighbours)
    ).filter { !scene.briefs[$0].isProbe }
    guard let place = near.firstIndex(of: i) else { return [] }
    return OtherSide.lines(near[..<place].suffix(1) + near[(place + 1)...].prefix(1), scene)
  }

  /// Another failure in the same moment.
  private static func isBeside(_ j: Int, _ e: Brief, _ scene: Scene) -> Bool {
    let other = scene.briefs[j]
    return other.status >= 500 && abs(other.start - e.start) <= beside
  }
  private static let beside = 2.0
  /// Seconds in which clients that come at once after a pause are the first.
  private static let burst = 0.5
}
