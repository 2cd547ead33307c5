internal import Evidence

/// Session expired while its access token is still in use.
enum SessionExpired: WeighedCause {
  static let page = CausePage(
    cause: .sessionExpired,
    title: "Session expired while its access token is still in use",
    summary:
      """
      The user, client or offline session ended by idle or maximum time (or was lost at a \
      restart), while an access token of it is still being used.
      """,
    decides: [
      """
      Keycloak says so at introspection, userinfo or refresh: `User session not active`, \
      `user_session_not_found`, `session_expired`, `Session doesn't have required client`, \
      `Offline user session not found`.
      """,
      """
      No LOGOUT, no administrator's action and no restart stands between the session's last \
      event and the refusal.
      """,
    ],
    supports: [
      """
      The gap since the session's last event is about the idle time; or the session's age is its \
      maximum.
      """,
      "The access token lives longer than the session's idle time.",
    ],
    against: [
      "The refused session was used on the same replica moments before."
    ],
    lookAlikes: [
      (
        .sessionLoggedOut,
        "a LOGOUT event of the session before it"
      ),
      (
        .sessionRevoked,
        "an admin event on the user, session or realm before it"
      ),
      (
        .keycloakSessionsNotShared,
        """
        whether the refusing replica differs from the one of the LOGIN, long before the idle \
        time
        """
      ),
      (
        .tokenRefreshExpired,
        """
        the place and words: `Token is not active` or `Session not active` at the refresh belong \
        there
        """
      ),
    ],
    needs: [
      "Keycloak's log with success events (last use of the session)",
      """
      Keycloak's start and stop lines (26 keeps sessions over a restart, earlier versions do \
      not)
      """,
    ],
    fix: [
      """
      Compare the times: `kcadm.sh get realms/REALM --fields \
      accessTokenLifespan,ssoSessionIdleTimeout,ssoSessionMaxLifespan,offlineSessionIdleTimeout`; \
      the access token must live shorter than the idle time.
      """,
      """
      Adjust them: `kcadm.sh update realms/REALM -s accessTokenLifespan=300 -s \
      ssoSessionIdleTimeout=3600`
      """,
      """
      Before 26, keep sessions over restarts with `kc.sh start \
      --features=persistent-user-sessions` (25), or upgrade.
      """,
      "In the client, take the 401 as \"log in again\".",
    ],
    verify: [
      """
      `kcadm.sh get users/USER_ID/sessions -r REALM` still lists the session when its access \
      token is used
      """,
      """
      `curl -s -u CLIENT:$CLIENT_SECRET --data-urlencode token="$TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token/introspect | jq .active` \
      prints true
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.sessionExpiredPrior)
    if let reason = lostAtRenewal(group, scene) {
      w.add(
        .sessionExpiredLostAtRenewal,
        "Keycloak says of the session that was to be renewed: \(reason)",
        Signals.events(group, scene))
      return w
    }
    let start = SessionLoss.start(before: group, profile, scene)
    if !Sessions.isGone(group, profile, scene, &w) {
      guard start != nil, isLostUntold(group, scene) else { return nil }
      w.add(
        .sessionExpiredUntold,
        group.endpoint == .token
          ? "Keycloak says of the session that was to be renewed: Session not active"
          : "Keycloak, asked about the tokens, finds them inactive",
        Signals.events(group, scene) + Signals.rows(group, scene))
    }
    let said = [
      Signals.eventError(group, scene), Signals.backError(group, scene),
      Signals.eventReason(group, scene), Signals.backReason(group, scene),
    ]
    if said.contains(where: { $0.hasSuffix("session_expired") }) {
      w.add(.sessionExpiredSaid, "Keycloak says: session_expired", Signals.events(group, scene))
    }
    if !Sessions.logouts(group, scene).isEmpty || !Sessions.adminLogouts(group, scene).isEmpty {
      w.note(.sessionExpiredEndedByPerson, "the session was ended by a person")
    }
    if Sessions.pause(group, scene) >= Sessions.idle, Sessions.adminLogouts(group, scene).isEmpty {
      w.add(
        .sessionExpiredSilentBefore,
        "nothing was heard of the client for minutes before, as when a session idles out",
        Signals.rows(group, scene), beside: OtherSide.lastHeard(before: group, scene),
        alone: "no line shows the client before")
    }
    if let end = endAge(group, scene) {
      w.add(
        .sessionExpiredAtOneAge,
        "each time the client is refused from about \(Int(end.age)) s after its last call for a token on",
        end.rows, beside: end.calls,
        alone: "the clients are refused from one age of their tokens on")
    }
    if let start {
      w.add(
        .sessionExpiredLostAtStart,
        "Keycloak was started after these tokens were issued: sessions that it kept in memory are lost then",
        [start])
    }
    let stopped = stoppedMembers(profile, scene)
    if !stopped.isEmpty, profile.sessionsFoundAgain.isEmpty {
      w.add(
        .sessionExpiredMemberStopped,
        "a replica of Keycloak was stopped before: sessions that it alone kept in memory are lost then",
        stopped)
    } else if scene.replicas.mayDiffer(group, profile, scene) {
      w.note(.sessionExpiredReplicas, "several replicas of Keycloak wrote the log")
    }
    return w
  }

  /// Lines of one of several replicas that was stopped in the half hour before, and wrote nothing since.
  static func stoppedMembers(_ profile: Profile, _ scene: Scene) -> [Citation] {
    guard profile.first.isKnown, scene.replicas.count(profile) >= 2 else { return [] }
    let from = profile.first.advanced(seconds: -1800)
    let stops = Signals.messages(
      [.keycloakStopping, .keycloakStopped], from, profile.first, margin: 0, scene)
    guard let last = stops.last else { return [] }
    let starts = Signals.messages(
      [.keycloakStarting, .keycloakStarted], last.time, profile.last, margin: 0, scene)
    return starts.isEmpty ? [last.citation] : []
  }

  /// Seconds after a call for a token from which on its session is missed, if that is the same each time: an idle time.
  private static func endAge(
    _ group: Group, _ scene: Scene
  ) -> (age: Double, rows: [Citation], calls: [Citation])? {
    var ages: [Int: Double] = [:]
    var rows: [(row: Int, call: Int)] = []
    for i in group.rows.prefix(500) {
      let b = scene.briefs[i]
      guard let call = scene.lastToken(before: b.start, for: i), ages[call] == nil else { continue }
      // Rows are in order of time: its first. It was served until then.
      let issued = scene.briefs[call].end
      let isServed = scene.within(scene.byActor[Int(b.actor)], issued, b.start).contains {
        scene.briefs[$0].isSuccess && scene.briefs[$0].party == b.party
      }
      if isServed {
        ages[call] = b.start - issued
        rows.append((i, call))
      }
    }
    guard ages.count >= 3, let least = ages.values.min(), let most = ages.values.max(), least >= 5
    else { return nil }
    guard most <= least * 1.1 else { return nil }
    let told = rows.prefix(2)
    return (
      least, OtherSide.lines(told.map(\.row), scene), OtherSide.lines(told.map(\.call), scene)
    )
  }

  /// What a lost session leaves behind where no event names it: a renewal that is refused for it, and a token that is
  /// found inactive (up to 23 without an event of its own).
  private static func isLostUntold(_ group: Group, _ scene: Scene) -> Bool {
    RefreshExpired.saysSessionNotActive(group, scene)
      || Signals.isApplication(group) && Signals.isMute(group)
        && Signals.isInactiveWithoutReason(group, scene)
  }

  /// Reasons of a refused renewal that speak of a session, not of the refresh token.
  private static func lostAtRenewal(_ group: Group, _ scene: Scene) -> String? {
    guard group.endpoint == .token else { return nil }
    let reason = Signals.eventReason(group, scene)
    let known = [
      "Session doesn't have required client", "Offline user session not found",
      "Offline session not active",
    ]
    return known.contains(reason) ? reason : nil
  }
}
