internal import Evidence

/// User locked by brute-force protection.
enum UserLocked: WeighedCause {
  static let page = CausePage(
    cause: .userLocked,
    title: "User locked by brute-force protection",
    summary:
      """
      Keycloak's brute-force protection refuses the login for a while, without looking at the \
      password. The client sees the text of a wrong password.
      """,
    decides: [
      "LOGIN_ERROR with `user_temporarily_disabled`.",
      "Failed logins of the same user before it, and success again after a pause.",
    ],
    supports: [
      "Logins with the right password fail for minutes, then work.",
      "A job with an old password locks the account of a person.",
    ],
    against: [
      """
      No failure before it, and a successful login of the same user within a second: two logins \
      at once, which the protection also refuses (26.x).
      """
    ],
    lookAlikes: [
      (
        .userInvalidCredentials,
        """
        the event's error: `user_temporarily_disabled` or `invalid_user_credentials`; both \
        answer "Invalid user credentials"
        """
      ),
      (
        .userDisabled,
        """
        whether it ends by itself: a lock does, unless it is permanent; a disabled account \
        answers "Account disabled"
        """
      ),
      (
        .keycloakFederationDown,
        "directory errors in the same request"
      ),
    ],
    needs: [
      "Keycloak's log (LOGIN_ERROR; the lockout itself is a success-level event)"
    ],
    fix: [
      """
      See the lock: `kcadm.sh get attack-detection/brute-force/users/USER_ID -r REALM` (USER_ID \
      from `kcadm.sh get users -r REALM -q username=USER --fields id`)
      """,
      "Lift it: `kcadm.sh delete attack-detection/brute-force/users/USER_ID -r REALM`",
      """
      Stop what causes it: find the address of the failed logins in Keycloak's events, and \
      correct the stored password there.
      """,
      """
      If two logins at once are refused, let the client log in once and share the token among \
      its workers, or give each worker a client of its own.
      """,
    ],
    verify: [
      "`kcadm.sh get attack-detection/brute-force/users/USER_ID -r REALM` shows `disabled` false",
      "`kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c user_temporarily_disabled` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["user_temporarily_disabled"], group, scene) else { return nil }
    var w = Weight()
    w.add(.lockedEvent, "Keycloak's event: user_temporarily_disabled", Signals.events(group, scene))
    return w
  }
}
