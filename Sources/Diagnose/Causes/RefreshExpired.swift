internal import Evidence

/// Session idle or maximum time passed before the refresh.
enum RefreshExpired: WeighedCause {
  static let page = CausePage(
    cause: .tokenRefreshExpired,
    title: "Session idle or maximum time passed before the refresh",
    summary:
      """
      The client tried to renew its token, but the session's idle or maximum time had passed. It \
      must log in again.
      """,
    decides: [
      """
      The token endpoint answers 400 `invalid_grant` with `Token is not active` or `Session not \
      active`, and nobody logged the session out before.
      """,
      "REFRESH_TOKEN_ERROR with error `invalid_token` and one of these reasons.",
    ],
    supports: [
      """
      The gap since the session's last event is about the realm's idle time (1800 s by default), \
      or its age is the maximum (36000 s).
      """,
      "It befalls clients after a pause: nights, closed laptops, jobs that run seldom.",
    ],
    against: [
      "A LOGOUT or an administrator's action on the session stands before it."
    ],
    lookAlikes: [
      (
        .sessionLoggedOut,
        "a LOGOUT event of the session before the refused refresh"
      ),
      (
        .sessionRevoked,
        """
        an admin event (logout, push-revocation, DELETE of the session) before the refused \
        refresh
        """
      ),
      (
        .keycloakSessionsNotShared,
        "the gap: a refresh refused long before the idle time, on another replica than the login"
      ),
      (
        .tokenRefreshReused,
        "the reason of the event: reuse exceeded or stale token, against not active"
      ),
    ],
    needs: [
      "Keycloak's log (REFRESH_TOKEN_ERROR with its reason; the reason is there from 25 on)",
      "Keycloak's success events (when the session was last used)",
    ],
    fix: [
      """
      In the client, take a refused refresh as "log in again", once, instead of retrying with \
      the dead token.
      """,
      """
      See the limits: `kcadm.sh get realms/REALM --fields \
      ssoSessionIdleTimeout,ssoSessionMaxLifespan,clientSessionIdleTimeout,clientSessionMaxLifespan,offlineSessionIdleTimeout`
      """,
      """
      If people are thrown out too early, raise the idle time: `kcadm.sh update realms/REALM -s \
      ssoSessionIdleTimeout=3600`
      """,
      """
      For unattended jobs use client credentials, or an offline token (scope `offline_access`), \
      instead of a user's session.
      """,
    ],
    verify: [
      """
      `curl -s -d grant_type=refresh_token -d client_id=CLIENT --data-urlencode \
      refresh_token="$REFRESH_TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token | jq .error` prints null \
      after a pause as long as the usual one
      """,
      """
      `kcadm.sh get events -r REALM -q type=REFRESH_TOKEN_ERROR` (with saved events) shows no \
      new entries with reason "Token is not active"
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let isBehind = isBehindTheEdge(group, scene)
    guard group.endpoint == .token || isBehind else { return nil }
    var w = Weight()
    let error =
      isBehind ? Signals.backError(group, scene) : Signals.eventError(group, scene)
    let reason =
      isBehind ? Signals.backReason(group, scene) : Signals.eventReason(group, scene)
    if isBehind || scene.text(group.circumstances.eventType) == "REFRESH_TOKEN_ERROR",
      error == "invalid_token", !reason.isEmpty || byItsSize(group, scene) == nil
    {
      if reason == "Token is not active" {
        w.add(
          .refreshExpiredNotActive, "Keycloak says of the refresh token: Token is not active",
          Signals.events(group, scene))
      } else if reason == "Session not active" {
        if !Sessions.endedByReuse(group, scene).isEmpty { return nil }
        w.add(
          .refreshExpiredSessionNotActive, "Keycloak says of the refresh token: Session not active",
          Signals.events(group, scene))
      } else if Signals.sizeOfUnexplained(group, scene) == 4_000_092 {
        return nil
      } else if reason.isEmpty {
        w.add(
          .refreshExpiredNoReason, "a refresh token was refused, without a reason",
          Signals.events(group, scene))
      } else {
        return nil
      }
      return w
    }
    guard let told = byItsSize(group, scene) else { return nil }
    w.add(
      told.odds, "the answer has the size of “\(told.words)”",
      Signals.events(group, scene) + Signals.rows(group, scene))
    return w
  }

  /// Keycloak's words on a refused renewal, or the size of its answer, speak of the session.
  static func saysSessionNotActive(_ group: Group, _ scene: Scene) -> Bool {
    guard group.endpoint == .token else { return false }
    return Signals.eventReason(group, scene) == "Session not active"
      || Signals.sizeOfUnexplained(group, scene) == 4_000_066
  }

  /// What Keycloak's answer says by its size, where its event does not.
  private static func byItsSize(_ group: Group, _ scene: Scene) -> (odds: Odds, words: String)? {
    switch Signals.sizeOfUnexplained(group, scene) {
    case 4_000_067: (.refreshExpiredNotActiveBySize, "Token is not active")
    case 4_000_066: (.refreshExpiredSessionNotActiveBySize, "Session not active")
    default: nil
    }
  }

  /// An auth service at the edge tried to renew the tokens of a session.
  private static func isBehindTheEdge(_ group: Group, _ scene: Scene) -> Bool {
    guard !group.endpoint.isKeycloak, !group.circumstances.backError.isNone,
      let first = group.rows.first, let event = scene.event(scene.exchange(first).backEvent)
    else { return false }
    return scene.text(event.type) == "REFRESH_TOKEN_ERROR"
  }
}
