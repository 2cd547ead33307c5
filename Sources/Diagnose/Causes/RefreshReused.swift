internal import Evidence

/// Refresh token used twice.
enum RefreshReused: WeighedCause {
  static let page = CausePage(
    cause: .tokenRefreshReused,
    title: "Refresh token used twice",
    summary:
      """
      Refresh tokens are good for one use in this realm (rotation), and one was used twice: two \
      tabs, pods or a retry shared it. Keycloak then ends the session.
      """,
    decides: [
      """
      REFRESH_TOKEN_ERROR with reason `Maximum allowed refresh token reuse exceeded` or `Stale \
      token`; the answer is 400 `invalid_grant`.
      """,
      "Two refreshes with the same `refresh_token_id`, or two of one session within seconds.",
    ],
    supports: [
      "The two come from different tabs, pods or addresses of the same client.",
      "A slow or lost answer to the first refresh, then a retry with the old token.",
    ],
    against: [
      "`revokeRefreshToken` is off in the realm."
    ],
    lookAlikes: [
      (
        .tokenRefreshExpired,
        "the reason of the event: reuse exceeded or stale against \"not active\""
      ),
      (
        .sessionRevoked,
        """
        not-before raised: `Stale token` for many sessions at once, with an admin event before \
        it
        """
      ),
      (
        .sessionLoggedOut,
        "a LOGOUT event before the refused refresh"
      ),
    ],
    needs: [
      "Keycloak's log (REFRESH_TOKEN_ERROR with its reason and refresh_token_id)",
      "Keycloak's success events (the first refresh)",
    ],
    fix: [
      """
      In the client, let one place refresh: one lock per session (browser: one tab or a shared \
      worker; pods: a shared store), and always store the new refresh token before the next \
      call.
      """,
      """
      See the setting: `kcadm.sh get realms/REALM --fields \
      revokeRefreshToken,refreshTokenMaxReuse`
      """,
      """
      Allow for retries and races: `kcadm.sh update realms/REALM -s refreshTokenMaxReuse=1`, or \
      switch rotation off where the client cannot cope: `kcadm.sh update realms/REALM -s \
      revokeRefreshToken=false`
      """,
    ],
    verify: [
      """
      `kcadm.sh get events -r REALM -q type=REFRESH_TOKEN_ERROR` (with saved events) shows no \
      new entries with reason "Maximum allowed refresh token reuse exceeded"
      """,
      "`kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c 'reuse exceeded'` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint == .token else { return nil }
    var w = Weight()
    let reason = Signals.eventReason(group, scene)
    if reason.contains(EventLists.reuse) {
      w.add(.refreshReusedSaid, "Keycloak says: \(reason)", Signals.events(group, scene))
      return w
    }
    let killed = Sessions.endedByReuse(group, scene)
    if !killed.isEmpty {
      w.add(
        .refreshReusedEndedSession,
        "Keycloak had ended these sessions when a refresh token was used again", killed)
      return w
    }
    if reason == "Stale token" {
      w.add(.refreshReusedStaleToken, "Keycloak says: Stale token", Signals.events(group, scene))
      if !Sessions.adminLogouts(group, scene).isEmpty {
        w.note(.refreshReusedAdmin, "an administrator ended sessions before")
      }
      let access = scene.eventLists.staleAccess.map { scene.file.observations.tokenEvents[$0] }
      if !access.isEmpty {
        w.add(
          .refreshReusedStaleAccess,
          "userinfo says the same of access tokens, which can be used as often as one likes",
          access.map(\.citation))
      }
      return w
    }
    if Signals.sizeOfUnexplained(group, scene) == 4_000_092 {
      w.add(
        .refreshReusedBySize,
        "the answer has the size of “Maximum allowed refresh token reuse exceeded”",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
