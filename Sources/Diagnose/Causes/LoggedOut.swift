internal import Evidence

/// Token used after logout.
enum LoggedOut: WeighedCause {
  static let page = CausePage(
    cause: .sessionLoggedOut,
    title: "Token used after logout",
    summary:
      """
      The user or client logged out, and the access token of that session went on being used. \
      Services that ask Keycloak refuse it; those that only check the signature still accept it \
      until it expires.
      """,
    decides: [
      "A LOGOUT event of the session stands before the first 401.",
      """
      Introspection answers `active: false`, or userinfo says `user_session_not_found`, after \
      that LOGOUT.
      """,
    ],
    supports: [
      """
      Only services that introspect or ask userinfo refuse the token; others accept it to its \
      end.
      """,
      "The 401s belong to one session and end with the token's lifetime or the next login.",
    ],
    against: [
      "The end came from an administrator (admin event) rather than from LOGOUT."
    ],
    lookAlikes: [
      (
        .sessionRevoked,
        "who ended it: a LOGOUT event of the user, or an admin event on the user or session"
      ),
      (
        .sessionExpired,
        "whether a LOGOUT stands before it, or only a gap as long as the idle time"
      ),
      (
        .keycloakSessionsNotShared,
        "a LOGOUT before the refusal; without one, look at which replica answers"
      ),
      (
        .tokenExpired,
        """
        the age at use: refused while younger than its lifespan means the session ended, not the \
        token
        """
      ),
    ],
    needs: [
      "Keycloak's log with success events (LOGOUT is one)",
      "the ingress's or application's log",
    ],
    fix: [
      """
      In the client, throw the tokens away at logout, in every tab and worker, and stop timers \
      that go on calling.
      """,
      """
      Tell other parties of a logout: set a back-channel logout URL for them: `kcadm.sh update \
      clients/ID -r REALM -s \
      'attributes."backchannel.logout.url"=https://HOST/backchannel-logout'`
      """,
      """
      Make success events visible, so that logouts can be seen: `kc.sh start \
      --spi-events-listener--jboss-logging--success-level=info` (older versions: \
      `--spi-events-listener-jboss-logging-success-level=info`)
      """,
    ],
    verify: [
      "`kcadm.sh get users/USER_ID/sessions -r REALM` lists a session after the new login",
      """
      `curl -s -u CLIENT:$CLIENT_SECRET --data-urlencode token="$TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token/introspect | jq .active` \
      prints true
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(.loggedOutPrior)
    guard Sessions.isGone(group, profile, scene, &w) else { return nil }
    let logout = Sessions.logouts(group, scene)
    if logout.isEmpty {
      w.note(.loggedOutNoLogout, "no LOGOUT of these sessions is in the log")
    } else {
      w.add(.loggedOutLogout, "the same session or user logged out before (LOGOUT)", logout)
    }
    if !Sessions.adminLogouts(group, scene).isEmpty {
      w.note(.loggedOutByAdmin, "an administrator ended sessions before")
    }
    if scene.replicas.mayDiffer(group, profile, scene) {
      w.note(.replicas, "several replicas of Keycloak wrote the log")
    }
    return w
  }
}
