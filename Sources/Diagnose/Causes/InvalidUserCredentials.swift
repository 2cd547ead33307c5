internal import Evidence

/// Wrong user name or password.
enum InvalidUserCredentials: WeighedCause {
  static let page = CausePage(
    cause: .userInvalidCredentials,
    title: "Wrong user name or password",
    summary:
      """
      Logins fail because user name or password is wrong: somebody guesses, or a job holds an \
      old password.
      """,
    decides: [
      "LOGIN_ERROR with `invalid_user_credentials` or `user_not_found`.",
      """
      The token endpoint answers "Invalid user credentials" (72 bytes; 401 up to 26.5, 400 from \
      26.6 on).
      """,
    ],
    supports: [
      """
      Many user names from one address: guessing. One user dozens of times at a steady pace: an \
      old password stored somewhere.
      """,
      "It began at a change of that user's password.",
    ],
    against: [
      "The same user succeeds from the same address moments later: a typing error.",
      "Directory errors stand beside it in Keycloak's log.",
    ],
    lookAlikes: [
      (
        .benignUserTypo,
        """
        what comes next: success of the same user from the same address soon after is a typing \
        error
        """
      ),
      (
        .keycloakFederationDown,
        """
        LDAP or identity provider errors in the same request mean the directory, not the \
        password
        """
      ),
      (
        .userLocked,
        """
        the event's error: `user_temporarily_disabled` is refused without looking at the \
        password; the answer is the same 72 bytes
        """
      ),
      (
        .keycloakDatabaseDown,
        "`Unable to acquire JDBC Connection` beside the event means the database"
      ),
    ],
    needs: [
      "Keycloak's log (LOGIN_ERROR with username, userId and ipAddress)"
    ],
    fix: [
      """
      For a stored password: find the job by the event's ipAddress and clientId (`kubectl get \
      pods -A -o wide | grep IP`) and give it the new one; better, move it to client \
      credentials.
      """,
      """
      Against guessing: `kcadm.sh update realms/REALM -s bruteForceProtected=true -s \
      failureFactor=10`, and a rate limit at the edge: ingress-nginx \
      `nginx.ingress.kubernetes.io/limit-rpm: "30"` on the login path
      """,
      """
      For a person who forgot it: `kcadm.sh set-password -r REALM --username USER --temporary` \
      (asks for the new password)
      """,
    ],
    verify: [
      """
      `kcadm.sh get events -r REALM -q type=LOGIN_ERROR -q dateFrom=YYYY-MM-DD` (with saved \
      events) shows no steady series of one user any more
      """,
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c invalid_user_credentials` falls to a \
      few
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak || group.circumstances.isLogin else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["invalid_user_credentials", "user_not_found"], group, scene) {
      w.add(
        .credentialsEvent, "Keycloak's event: \(Signals.eventError(group, scene))",
        Signals.events(group, scene))
      if group.count <= 5, profile.last - profile.first > 4 * Double(group.count) {
        w.note(.credentialsFewAndApart, "the refusals are few and seconds apart")
      }
      if let line = Crashes.lines([.directoryUnavailable], of: group, profile, scene).first {
        w.add(
          .credentialsDirectoryGone, "the directory behind Keycloak failed meanwhile",
          [line.citation])
      }
      if let line = Crashes.lines([.keycloakLoginCrashed], of: group, profile, scene).first {
        w.add(
          .credentialsLoginCrashed,
          "Keycloak crashed in the login, so that its event need not tell the reason",
          [line.citation])
      }
      return w
    }
    let print = Signals.fingerprint(group, scene)
    if group.endpoint == .token, print == 4_000_072 || print == 4_010_072 {
      w.add(
        .credentialsBySize, "the answer has the size of “Invalid user credentials”",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
