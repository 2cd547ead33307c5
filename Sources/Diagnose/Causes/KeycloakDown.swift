internal import Evidence

/// Keycloak is down or not ready.
enum KeycloakDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDown,
    title: "Keycloak is down or not ready",
    summary:
      """
      Keycloak is not running, restarting or not ready. Every caller fails in the same window; \
      services that need it refuse their clients.
      """,
    decides: [
      "Stop and start lines, or a gap in Keycloak's log, over the window.",
      """
      502 or 503 with connection refused (111), `no healthy upstream`, `no live upstreams`, \
      `does not have any active Endpoint` at the edge.
      """,
    ],
    supports: [
      "Every caller fails in the same window, and it ends with `started in …s`.",
      "Local validators fail only later, when their key cache or the tokens run out.",
    ],
    against: [
      "Other callers are served in the same minutes."
    ],
    lookAlikes: [
      (
        .netpolDrop,
        """
        how many sources fail and how: one after its time-out, or everybody with refused \
        connections
        """
      ),
      (
        .netpolReject,
        "how many sources are refused: one, or every one"
      ),
      (
        .keycloakOverloaded,
        "whether it answers some: none here, some and slowly there"
      ),
      (
        .keycloakDatabaseDown,
        "whether it listens: refused connections here, 500 or 503 with database errors there"
      ),
    ],
    needs: [
      "Keycloak's log over the whole window (also `kubectl logs --previous`)",
      "the ingress's log and error log",
    ],
    fix: [
      """
      See why: `kubectl -n KEYCLOAK_NS get pods -o wide`, `kubectl -n KEYCLOAK_NS describe pod \
      POD` (OOMKilled, probes, scheduling) and `kubectl -n KEYCLOAK_NS logs POD --previous | \
      tail -50`
      """,
      """
      Bring it back: `kubectl -n KEYCLOAK_NS rollout undo sts/KEYCLOAK` after a bad deploy; more \
      memory after OOMKilled: `kubectl -n KEYCLOAK_NS set resources sts/KEYCLOAK \
      --limits=memory=2Gi`
      """,
      """
      Do not lose it at the next restart: two replicas, a PodDisruptionBudget (`kubectl -n \
      KEYCLOAK_NS create pdb keycloak --selector=app=keycloak --min-available=1`) and a \
      readiness probe on `/health/ready`, port 9000 (`--health-enabled=true`)
      """,
      "In services, keep the last key set while Keycloak is away.",
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS port-forward POD 9000 & sleep 2; curl -s \
      localhost:9000/health/ready` says `UP`
      """,
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' \
      https://KEYCLOAK_HOST/realms/REALM/.well-known/openid-configuration` prints 200
      """,
      """
      `kubectl -n KEYCLOAK_NS get endpointslices -l kubernetes.io/service-name=KEYCLOAK_SERVICE` \
      lists ready addresses
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.downPrior)
    if group.endpoint.isKeycloak {
      guard group.status >= 500, let t = profile.trouble,
        [.refused, .starting, .reset].contains(t.kind)
      else { return nil }
      // One or two statuses without a word may as well be an answer that the edge could not take.
      // So may those of a load balancer that says of a TLS handshake what it says of nobody there, where no log of
      // Keycloak's shows whether others were served.
      let isTold =
        TroubleFinder.isOfTargetAlone(t, scene)
        ? !scene.file.observations.tokenEvents.isEmpty
        : !t.proof.isEmpty || t.rows.count >= 3 && !TroubleFinder.isKeycloakHeard(t, scene)
      w.add(
        isTold ? .downNobodyThere : .downNobodyThereUntold,
        "the edge finds nobody at Keycloak's address",
        t.proof + Signals.rows(group, scene))
      let stops = Signals.messages(
        [
          .keycloakStopping, .keycloakStopped, .keycloakStarting, .keycloakStarted,
          .keycloakStartFailed, .outOfMemory, .containerKilled,
        ], t.first, t.last, margin: 20, scene)
      if t.kind == .reset, IdleDropped.areLone(group.rows.prefix(200), group.party, scene) {
        w.note(.downServedBetween, "the calls just before and after are served")
      } else if IdleDropped.areLoneFirsts(group, scene) {
        w.note(.downOnlyAfterPauses, "only first calls after a pause fail, and the next are served")
      } else if let line = stops.first {
        w.add(
          .downStopped, "Keycloak was stopped or started meanwhile",
          [line.citation] + stops.dropFirst().prefix(2).map(\.citation))
      }
      return w
    }
    let isElsewhere =
      CheckersCalls.isNotFound(group) || !CheckersCalls.toItself(group, scene).isEmpty
      || CheckersCalls.isAloneRefused(group, profile, scene)
    if group.answer.statement == .callRefused || group.answer.statement == .callHTTPError,
      !isElsewhere
    {
      w.add(
        .downCallFailed, "the call to Keycloak failed: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
      let stops = Signals.messages(
        [.keycloakStopping, .keycloakStopped, .keycloakStarted], profile.first, profile.last,
        margin: 20, scene)
      if let line = stops.first {
        w.add(.downStopped, "Keycloak was stopped or started meanwhile", [line.citation])
      }
    }
    if group.circumstances.credentials != .absent, !isElsewhere, profile.servedBefore > 0,
      !Inherited.isBystander(group, profile, scene), let still = Standstill.around(group, scene)
    {
      w.add(.downStandstill, "Keycloak was stopped when these were refused", still.lines)
    }
    return Inherited.weigh(group, profile, scene, [.refused, .starting, .reset], &w)
  }
}
