internal import Evidence

/// Keycloak’s replicas or caches do not answer one another.
enum CacheTimeout: WeighedCause {
  static let page = CausePage(
    cause: .keycloakCacheTimeout,
    title: "Keycloak’s replicas or caches do not answer one another",
    summary:
      """
      Keycloak's replicas, or its remote cache, do not answer one another in time, and requests \
      that need a shared session fail with 500.
      """,
    decides: [
      """
      Keycloak's log: `ISPN000476: Timed out waiting for responses`, `ISPN000136`, `ISPN000400: \
      Node … was suspected`, `ISPN100001: Node … left the cluster`, remote store exceptions.
      """,
      "Requests for sessions fail with 500 at the same moments.",
    ],
    supports: [
      "Right after a node left, a rolling update, or a network fault between the replicas.",
      "A merged view (`ISPN000093`) or a lost majority (`ISPN000314`) soon after.",
    ],
    against: [
      "Each replica sees itself alone (views of size 1): then they never shared."
    ],
    lookAlikes: [
      (
        .keycloakSessionsNotShared,
        "the size of the cluster view: 2 or more with time-outs here, 1 on each replica there"
      ),
      (
        .keycloakOverloaded,
        "whether cache lines stand before the stall, or garbage collection and full processors"
      ),
      (
        .netpolDrop,
        "whether the blocked leg is between replicas (port 7800) or to the callers"
      ),
    ],
    needs: [
      "the logs of all Keycloak replicas"
    ],
    fix: [
      """
      Let the replicas reach one another: NetworkPolicy with ports 7800 (JGroups) and 57800 \
      (failure detection) between the pods: `ingress: [{from: [{podSelector: {matchLabels: {app: \
      keycloak}}}], ports: [{port: 7800}, {port: 57800}]}]`
      """,
      """
      See the views: `kubectl -n KEYCLOAK_NS logs -l app=keycloak --prefix --tail=-1 | grep -E \
      'ISPN0000(93|94)|ISPN000400'`
      """,
      """
      Restart a replica that left and did not come back: `kubectl -n KEYCLOAK_NS delete pod \
      POD`; avoid CPU throttling and long pauses, which look like a dead node.
      """,
      """
      With an external Infinispan: `kubectl -n INFINISPAN_NS get pods` and its log; check \
      `--cache-remote-host` and the credentials.
      """,
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS logs POD | grep ISPN000094 | tail -1` shows as many members as \
      replicas
      """,
      "`kubectl -n KEYCLOAK_NS logs -l app=keycloak --since=1h | grep -c ISPN000476` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Signals.messages(
      [.cacheTimeout, .clusterNodeLeft, .clusterSplit], profile.first, profile.last, margin: 5,
      scene)
    guard let line = lines.first else { return nil }
    var w = Weight(.cachePrior)
    if !group.endpoint.isKeycloak {
      guard lines.contains(where: { $0.statement == .cacheTimeout }) else { return nil }
      w.add(
        .keycloakLog, "Keycloak's log shows replicas or caches that do not answer", [line.citation])
      return Inherited.weigh(
        group, profile, scene, [.internalError, .slow, .timedOut, .shedding], &w)
    }
    let late = lines.filter { $0.statement == .cacheTimeout }
    guard group.status >= 500 || Crashes.blame(group, late, scene) else { return nil }
    w.add(
      .cacheSaid,
      "Keycloak's log: “\(Signals.shorten(scene.text((late.first ?? line).text)))”",
      (late + lines.filter { $0.statement != .cacheTimeout }).prefix(3).map(\.citation))
    return w
  }
}
