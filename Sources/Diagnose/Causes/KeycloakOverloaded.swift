internal import Evidence

/// Keycloak is too slow.
enum KeycloakOverloaded: WeighedCause {
  static let page = CausePage(
    cause: .keycloakOverloaded,
    title: "Keycloak is too slow",
    summary:
      """
      Keycloak is up but too slow: callers time out while some are still served. Processor, \
      memory, threads or the database are at their limit.
      """,
    decides: [
      "504 and 499 at the edge with rising latency, while other requests are answered.",
      """
      Pauses in Keycloak's log followed by bursts, `Acquisition timeout`, `Thread … has been \
      blocked`, garbage collection or out-of-memory lines.
      """,
    ],
    supports: [
      "Everybody stalls together, not one source.",
      """
      It follows a peak of logins (password hashing is costly), a heavy export or a small CPU \
      limit.
      """,
    ],
    against: [
      "One caller waits while others are served fast."
    ],
    lookAlikes: [
      (
        .netpolDrop,
        "who waits: everybody together, or one source only; and connects succeed"
      ),
      (
        .keycloakDatabasePoolExhausted,
        "`Acquisition timeout while waiting for new connection` in Keycloak's log means the pool"
      ),
      (
        .keycloakDown,
        "whether some are served: yes here"
      ),
      (
        .keycloakFederationDown,
        "whether only logins of federated users are slow"
      ),
    ],
    needs: [
      "Keycloak's log and HTTP access log with durations",
      "the ingress's log with upstream times",
      "the pod's CPU throttling and JVM figures",
    ],
    fix: [
      """
      Look: `kubectl -n KEYCLOAK_NS top pod --containers`, and for threads `kubectl -n \
      KEYCLOAK_NS exec POD -- bash -c 'kill -3 1'` followed by `kubectl -n KEYCLOAK_NS logs POD \
      --since=1m`
      """,
      """
      Give it room: `kubectl -n KEYCLOAK_NS set resources sts/KEYCLOAK \
      --requests=cpu=2,memory=2Gi --limits=memory=2Gi` and more replicas: `kubectl -n \
      KEYCLOAK_NS scale sts/KEYCLOAK --replicas=3`
      """,
      """
      Shed load instead of queueing it: `kc.sh start --http-max-queued-requests=1000` (the rest \
      gets 503 at once)
      """,
      """
      Stop needless work: clients that log in for every call, services that introspect every \
      request instead of checking locally or caching.
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' \
      https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration` prints 200 and less \
      than 0.1, several times
      """,
      """
      `curl -s localhost:9000/metrics | grep -E 'http_server_requests_seconds_(max|count)'` \
      (port-forwarded, `--metrics-enabled=true`) shows falling times
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.overloadedPrior)
    if group.endpoint.isKeycloak, group.status == 499 {
      let slow = Health.slowMeanwhile(group, profile, scene).filter { line in
        !group.rows.contains { scene.exchange($0).request.citation == line }
      }
      guard !slow.isEmpty else { return nil }
      w.add(
        .overloadedTooLate, "clients give up waiting for Keycloak, which answers others late",
        Signals.rows(group, scene) + slow)
      return w
    }
    if group.endpoint.isKeycloak {
      guard group.status >= 500, let t = profile.trouble,
        [.slow, .timedOut, .shedding].contains(t.kind)
      else { return nil }
      if t.kind == .shedding {
        w.add(
          .overloadedShedding, "Keycloak turns calls away at once, and answers another late",
          Signals.rows(group, scene), beside: TroubleFinder.lateTokens(t, scene),
          alone: "Keycloak turns calls away at once")
      } else {
        w.add(.overloadedTooLate, "Keycloak answers too late", t.proof + Signals.rows(group, scene))
      }
      let signs = Signals.messages([.threadBlocked], t.first, t.last, margin: 5, scene)
      if let line = signs.first {
        w.add(
          .overloadedThreadBlocked, "Keycloak's log says that its threads are blocked",
          [line.citation])
      }
      let gone = TroubleFinder.callersGone(t, scene)
      if gone.count > 2 {
        w.add(
          .overloadedCallersGone,
          "Keycloak came to some requests only after their callers had hung up",
          Array(gone.prefix(2)))
      }
      return w
    }
    if group.answer.statement == .callTimedOut {
      w.add(.overloadedCallTimedOut, "the call to Keycloak timed out", group.answer.citations)
    }
    if profile.timeout != nil || profile.isSlow,
      group.answer.statement == .callTimedOut || Signals.isMute(group)
    {
      let slow = Health.slowMeanwhile(group, profile, scene)
      if !slow.isEmpty {
        w.add(.overloadedSlowMeanwhile, "Keycloak answers everybody late meanwhile", slow)
        return w
      }
    }
    return Inherited.weigh(group, profile, scene, [.slow, .timedOut, .shedding], &w)
  }
}
