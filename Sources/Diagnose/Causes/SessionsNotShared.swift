internal import Evidence

/// Replicas do not share sessions.
enum SessionsNotShared: WeighedCause {
  static let page = CausePage(
    cause: .keycloakSessionsNotShared,
    title: "Replicas do not share sessions",
    summary:
      """
      The replica that answers does not know the session that another one made, so the same \
      session works or fails depending on where the request lands.
      """,
    decides: [
      """
      The host or pod of the refusing event differs from that of the LOGIN; "Session not \
      active", `user_session_not_found` or "Code not valid" follow without a LOGOUT.
      """,
      "The same session is accepted and refused in turns as the replica changes.",
    ],
    supports: [
      "Cluster views of size 1 with two or more pods (no such line with `--cache=local`).",
      """
      About one request in two fails with two replicas; a pooled caller sticks to one and always \
      or never fails.
      """,
    ],
    against: [
      "Login and refusal happened on one replica."
    ],
    lookAlikes: [
      (
        .sessionExpired,
        "the gap since the session's last event: moments here, the idle time there"
      ),
      (
        .sessionRevoked,
        "whether an admin event stands before it, and whether every replica refuses"
      ),
      (
        .sessionLoginStateLost,
        "whether the callback reached another replica than the login"
      ),
      (
        .keycloakCacheTimeout,
        "the size of the cluster view: 1 on each replica here"
      ),
    ],
    needs: [
      "the logs of all Keycloak replicas, with pod names",
      "the ingress's log with upstream addresses",
    ],
    fix: [
      """
      Let them form one cluster: no `--cache=local` and no `start-dev` in production; \
      `--cache=ispn` with one discovery for all: `--cache-stack=jdbc-ping` (from 26.1 on) or, \
      before, `--cache-stack=kubernetes` with \
      `JAVA_OPTS_APPEND=-Djgroups.dns.query=KEYCLOAK_HEADLESS.KEYCLOAK_NS.svc.cluster.local`
      """,
      """
      Open ports 7800 and 57800 between the pods in the NetworkPolicy: `ingress: [{from: \
      [{podSelector: {matchLabels: {app: keycloak}}}], ports: [{port: 7800}, {port: 57800}]}]`
      """,
      """
      Use one database for all replicas, and keep user sessions there (default from 26 on; 25: \
      `--features=persistent-user-sessions`).
      """,
      """
      Until then run one replica (`kubectl -n KEYCLOAK_NS scale sts/KEYCLOAK --replicas=1`), or \
      make the edge sticky: ingress-nginx `nginx.ingress.kubernetes.io/affinity: "cookie"` (does \
      not help calls without cookies).
      """,
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS logs POD | grep ISPN000094 | tail -1` shows all members, on every \
      replica
      """,
      """
      `for i in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null -w '%{http_code} ' -H "Authorization: \
      Bearer $TOKEN" https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/userinfo; done` \
      prints 200 every time
      """,
    ])

  /// Most tokens are older than any that the service accepts.
  private static func isOld(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    let greatest = scene.greatestServedAge(at: group.party)
    guard greatest > 0, !profile.tokenAges.isEmpty else { return false }
    return profile.tokenAges[profile.tokenAges.count / 2] > greatest * 0.95
  }

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let replicas = scene.replicas.count(profile)
    let views = scene.replicas.singleViews(profile)
    // A token that is taken, refused and taken again tells of replicas whose logs were not given.
    let isInTurn = profile.sessionsFoundAgain.count >= 2
    guard replicas >= 2 || views.count >= 2 || isInTurn else { return nil }
    var w = Weight(.notSharedPrior)
    let reason = Signals.eventReason(group, scene)
    let error = Signals.eventError(group, scene)
    let isRefresh =
      group.endpoint == .token
      && (reason == "Session not active" || error == "user_session_not_found"
        || reason.isEmpty && Signals.errorBySize(group, scene) == 4_000_066)
    let isCode = error == "invalid_code"
    var gone = Weight()
    if isRefresh || isCode || Sessions.isGone(group, profile, scene, &gone) {
      w.add(
        .notSharedSessionNotFound, "Keycloak does not find the session",
        Signals.events(group, scene) + Signals.rows(group, scene))
    } else if Signals.isGenericIntrospection(group, scene), !isOld(group, profile, scene) {
      w.add(
        .notSharedTokenRefused, "Keycloak refuses the tokens, and does not say why",
        Signals.events(group, scene))
    } else {
      return nil
    }
    if group.circumstances.afterFailedRenewal {
      w.note(.triedToRenew, "the clients' calls for a token had failed")
    }
    if replicas >= 2 || views.count >= 2 {
      w.add(
        .notSharedReplicas, "\(max(replicas, views.count)) replicas wrote the log",
        scene.replicas.citations(profile))
    }
    let makers = scene.replicas.missedByMaker(group, scene)
    if !makers.isEmpty {
      w.add(
        .notSharedMissedByMaker, "the replica that began these sessions misses them itself", makers)
    }
    if isInTurn {
      w.add(
        .notSharedSameToken, "Keycloak finds the same session, misses it and finds it again",
        profile.sessionsFoundAgain)
    }
    if !Sessions.endedByAdmin(group, scene).isEmpty {
      w.note(.notSharedEndedByAdmin, "an administrator ended most of these sessions by their ids")
    }
    if !isInTurn, !SessionExpired.stoppedMembers(profile, scene).isEmpty {
      w.note(
        .notSharedMemberStopped,
        "a replica was stopped before, with sessions that it alone kept, and none is found again")
    }
    if Sessions.logouts(group, scene).isEmpty {
      w.note(.notSharedNoLogout, "no LOGOUT of these sessions is in the log")
    } else {
      w.note(.notSharedLoggedOut, "the sessions were logged out")
    }
    if profile.sameServed > 2 {
      w.note(.notSharedInTurn, "the same client is accepted and refused in turn")
    }
    return w
  }
}
