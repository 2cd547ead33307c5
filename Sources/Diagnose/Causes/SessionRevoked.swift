internal import Evidence

/// Session ended by an administrator.
enum SessionRevoked: WeighedCause {
  static let page = CausePage(
    cause: .sessionRevoked,
    title: "Session ended by an administrator",
    summary:
      """
      An administrator or a policy ended the session, or raised not-before, and tokens issued \
      earlier are refused from then on. The users must log in again.
      """,
    decides: [
      """
      An admin event before the first 401: `ACTION users/ID/logout`, `push-revocation`, \
      `logout-all` or `DELETE sessions/ID`.
      """,
      """
      `Stale token`, or `user_session_not_found` without a LOGOUT before it; at userinfo \
      `invalid_user` with client, user and session filled.
      """,
    ],
    supports: [
      "One user, several clients and sessions at once; or every token issued before one moment.",
      "Introspecting services refuse first; a client may get a single 401 and log in again.",
    ],
    against: [
      "A LOGOUT event of that session explains it."
    ],
    lookAlikes: [
      (
        .sessionLoggedOut,
        "who ended it: an admin event on the user or session, or a LOGOUT event of the user"
      ),
      (
        .keysRotated,
        """
        who is hit: one user, or sessions older than a moment at introspecting services; a key \
        change hits local validators
        """
      ),
      (
        .keycloakSessionsNotShared,
        """
        whether it stays: a revoked session is refused by every replica, an unshared one only by \
        some
        """
      ),
      (
        .userDisabled,
        "the event's error: `user_disabled`, and new logins fail too"
      ),
    ],
    needs: [
      """
      Keycloak's log at `--log-level=info,org.keycloak.events:debug` (admin events), or the \
      exported admin events
      """,
      "the ingress's or application's log",
    ],
    fix: [
      "If it was meant, nothing is broken: let the client take the 401 as \"log in again\".",
      """
      See who did it: `kcadm.sh get admin-events -r REALM -q operationTypes=ACTION` and again \
      with DELETE (admin events must be saved)
      """,
      """
      If not-before was raised by mistake, take it back: `kcadm.sh get realms/REALM --fields \
      notBefore` then `kcadm.sh update realms/REALM -s notBefore=0`; the same field exists on \
      clients and, through the admin console, on users.
      """,
    ],
    verify: [
      "`kcadm.sh get users/USER_ID/sessions -r REALM` lists a session after the new login",
      """
      `curl -i -H "Authorization: Bearer $TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/userinfo` answers 200 with a \
      token of a new login
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.revokedPrior)
    let grants = Revocations.of(group, scene)
    if !grants.isEmpty, group.status == 401,
      Signals.isMute(group) || Signals.isGenericIntrospection(group, scene)
    {
      w.add(
        .revokedToken, "these tokens were revoked before they were refused",
        grants + Signals.events(group, scene))
      return w
    }
    guard Sessions.isGone(group, profile, scene, &w) else { return nil }
    let admin = Sessions.adminLogouts(group, scene)
    if admin.isEmpty {
      w.note(.revokedNoAdminEvent, "no admin event on users or sessions is in the log")
      if !scene.file.observations.adminEvents.isEmpty {
        w.note(.revokedAdminEventsLogged, "Keycloak logs what administrators do")
      }
      if Sessions.pause(group, scene) >= Sessions.idle {
        w.note(.revokedSilentBefore, "the clients had been silent for minutes")
      } else if Sessions.successEventsVisible(scene), Sessions.logouts(group, scene).isEmpty {
        w.note(
          .revokedNoLogout,
          "no LOGOUT of the session is in the log, although such events are logged")
      }
    } else {
      w.add(.revokedByAdmin, "an administrator ended sessions before", admin)
      let exact = Sessions.endedByAdmin(group, scene)
      if !exact.isEmpty {
        w.add(.revokedExactly, "most of these sessions were ended by their ids", exact)
      }
    }
    if scene.replicas.mayDiffer(group, profile, scene) {
      w.note(.replicas, "several replicas of Keycloak wrote the log")
    }
    return w
  }
}
