internal import Evidence

/// User disabled.
enum UserDisabled: WeighedCause {
  static let page = CausePage(
    cause: .userDisabled,
    title: "User disabled",
    summary:
      "The user's account is switched off, or was locked for good by brute-force protection.",
    decides: [
      "Keycloak's event with `user_disabled`, and no directory error in the same request.",
      "The token endpoint answers 400 \"Account disabled\" (64 bytes) or \"User disabled\".",
    ],
    supports: [
      "An admin event UPDATE on the user at the onset.",
      "Every client of that user fails, other users work.",
    ],
    against: [
      """
      LDAP errors stand beside the event: with a directory that is down the event says \
      `user_disabled` although it is not.
      """
    ],
    lookAlikes: [
      (
        .keycloakFederationDown,
        """
        `LDAP server is unavailable for provider` (or another directory error) in the same \
        request means the directory
        """
      ),
      (
        .userLocked,
        "the event's error, and whether it ends by itself"
      ),
      (
        .sessionRevoked,
        "whether new logins work: they do after a revocation, not for a disabled account"
      ),
    ],
    needs: [
      "Keycloak's log (the event's error, directory errors)",
      "Keycloak's admin events (who switched it off)",
    ],
    fix: [
      """
      Look: `kcadm.sh get users -r REALM -q username=USER --fields \
      id,username,enabled,federationLink`
      """,
      "If it should work, switch it on: `kcadm.sh update users/USER_ID -r REALM -s enabled=true`",
      """
      For an account that comes from a directory, enable it there; for a permanent lock also \
      clear the failures: `kcadm.sh delete attack-detection/brute-force/users/USER_ID -r REALM`
      """,
      """
      If it belongs to a service account (`service-account-CLIENT`), the client's tokens come \
      back with it.
      """,
    ],
    verify: [
      "`kcadm.sh get users/USER_ID -r REALM --fields username,enabled` shows true",
      "`kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c user_disabled` counts 0",
    ])

  /// What Keycloak answers to a service that asks about a token of such a user (`AccessTokenIntrospectionProvider`,
  /// `UserInfoEndpoint`).
  private static func isSaidOfToken(_ group: Group, _ scene: Scene) -> Bool {
    Signals.isApplication(group)
      && (Signals.backError(group, scene) == "user_disabled"
        || Signals.backReason(group, scene).contains("Could not find valid user"))
  }

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    let isOfToken = isSaidOfToken(group, scene)
    guard group.endpoint.isKeycloak || group.circumstances.isLogin || isOfToken else { return nil }
    if isOfToken || Signals.keycloakSays(["user_disabled"], group, scene) {
      w.add(
        .userDisabledEvent,
        isOfToken
          ? "Keycloak says of the tokens: the session has no valid user"
          : "Keycloak's event: user_disabled", Signals.events(group, scene))
      let directory = Crashes.lines(
        [.directoryUnavailable], of: group, profile, margin: 5, scene)
      if let line = directory.first {
        w.add(
          .userDisabledDirectoryGone,
          "the directory behind Keycloak failed meanwhile, so that its event need not tell the reason",
          [line.citation])
      }
      return w
    }
    if Signals.fingerprint(group, scene) == 4_000_064, group.endpoint == .token {
      w.add(
        .userDisabledBySize, "the answer has the size of “Account disabled”",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
