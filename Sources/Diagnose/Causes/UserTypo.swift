internal import Evidence

/// A mistyped password.
enum UserTypo: WeighedCause {
  static let page = CausePage(
    cause: .benignUserTypo,
    title: "A mistyped password",
    summary:
      "One or two wrong passwords, then success: a typing error of a person.",
    decides: [
      """
      LOGIN_ERROR `invalid_user_credentials`, then a LOGIN of the same user from the same \
      address soon after.
      """,
      "No more than a few failures, at the pace of a person.",
    ],
    supports: [
      "A browser login, not a job's password grant."
    ],
    against: [
      "Dozens of failures at a steady pace, many user names from one address, or no success."
    ],
    lookAlikes: [
      (
        .userInvalidCredentials,
        "whether success of the same user from the same address follows soon"
      ),
      (
        .userLocked,
        "whether `user_temporarily_disabled` follows"
      ),
      (
        .keycloakFederationDown,
        "whether directory errors stand beside the failure"
      ),
    ],
    needs: [
      "Keycloak's log with success events (LOGIN)"
    ],
    fix: [
      "Nothing to repair.",
      """
      If many people mistype, look at the login page: user name or address asked for, keyboard \
      layout, password managers. `kcadm.sh get realms/REALM --fields \
      loginWithEmailAllowed,resetPasswordAllowed`
      """,
    ],
    verify: [
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -E 'type="?LOGIN' | grep -F USER` shows \
      the success after the failure (with success events on)
      """
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["invalid_user_credentials", "user_not_found"], group, scene),
      group.count <= 6
    else { return nil }
    let after = Contrast.loginAfter(group, scene)
    var w = Weight()
    if !after.isEmpty {
      w.add(
        group.count <= 4 ? .typoLoginAfter : .typoLoginAfterMany,
        "the same user logs in from the same address soon after", after)
    } else if group.count <= 5, profile.last - profile.first > 4 * Double(group.count) {
      w.add(
        .typoFewAndApart,
        "a wrong password is sent only a few times, seconds apart, as people mistype",
        Signals.events(group, scene))
    } else {
      return nil
    }
    return w
  }
}
