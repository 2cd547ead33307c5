internal import Evidence

/// Account not fully set up.
enum UserActionRequired: WeighedCause {
  static let page = CausePage(
    cause: .userActionRequired,
    title: "Account not fully set up",
    summary:
      """
      The account has a pending required action (new password, verified address, terms, second \
      factor), and a login without a browser cannot fulfil it.
      """,
    decides: [
      "Keycloak's event with `resolve_required_actions`.",
      "The token endpoint answers 400 \"Account is not fully set up\" (75 bytes).",
    ],
    supports: [
      """
      The user was created or imported lately, got a temporary password, or a default required \
      action was switched on.
      """,
      "The password grant fails while the browser login of the same user asks for something.",
    ],
    against: [
      "The event says the credentials are wrong."
    ],
    lookAlikes: [
      (
        .userInvalidCredentials,
        """
        the event's error and the answer's length: 75 bytes "not fully set up", 72 "Invalid user \
        credentials"
        """
      ),
      (
        .userDisabled,
        "the event's error: `resolve_required_actions` or `user_disabled`"
      ),
    ],
    needs: [
      "Keycloak's log (the event's error)"
    ],
    fix: [
      """
      See what is pending: `kcadm.sh get users -r REALM -q username=USER --fields \
      id,requiredActions,emailVerified`
      """,
      """
      Let the user log in once with a browser; or, for a technical account, clear it: `kcadm.sh \
      update users/USER_ID -r REALM -s 'requiredActions=[]' -s emailVerified=true`
      """,
      """
      An account without first name, last name or address fails alike when the user profile asks \
      for them: fill them in, or relax the profile.
      """,
      "Give jobs a client of their own with client credentials instead of a user's password.",
    ],
    verify: [
      "`kcadm.sh get users/USER_ID -r REALM --fields requiredActions` shows an empty list",
      """
      `curl -i -d grant_type=password -d client_id=CLIENT -d username=USER --data-urlencode \
      password@PASSWORD_FILE https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` \
      no longer says "Account is not fully set up"
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak || group.circumstances.isLogin else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["resolve_required_actions"], group, scene) {
      w.add(
        .userActionEvent, "Keycloak's event: resolve_required_actions", Signals.events(group, scene)
      )
      return w
    }
    if Signals.fingerprint(group, scene) == 4_000_075, group.endpoint == .token {
      w.add(
        .userActionBySize, "the answer has the size of “Account is not fully set up”",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
