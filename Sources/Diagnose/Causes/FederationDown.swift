internal import Evidence

/// The directory or identity provider behind Keycloak fails.
enum FederationDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakFederationDown,
    title: "The directory or identity provider behind Keycloak fails",
    summary:
      """
      The directory (LDAP) or identity provider behind Keycloak does not answer, and logins of \
      its users fail with errors that blame the user.
      """,
    decides: [
      """
      `LDAP server is unavailable for provider [x]`, `StorageUnavailableException` or an error \
      of the identity provider in the same request.
      """,
      "`user_disabled` or `invalid_user_credentials` together with such an error.",
    ],
    supports: [
      "Only federated users fail; local ones and sessions that are not checked again go on.",
      "The token endpoint answers 500 (94 bytes) for the rest.",
    ],
    against: [
      "Federated users log in during the same minutes."
    ],
    lookAlikes: [
      (
        .userDisabled,
        "whether a directory error stands beside the `user_disabled`"
      ),
      (
        .userInvalidCredentials,
        "whether a directory or identity provider error stands beside the event"
      ),
      (
        .keycloakError,
        "whether the stack names the directory"
      ),
      (
        .keycloakDatabaseDown,
        "whether the stack names the directory or the database"
      ),
    ],
    needs: [
      "Keycloak's log with stack traces",
      "the directory's log, or a capture of ports 389 and 636",
    ],
    fix: [
      """
      Find it: `kcadm.sh get components -r REALM -q \
      type=org.keycloak.storage.UserStorageProvider --fields \
      'id,name,config(connectionUrl,connectionTimeout,readTimeout)'` or `kcadm.sh get \
      identity-provider/instances -r REALM --fields alias,enabled`
      """,
      """
      Reach it from Keycloak's network: `kubectl -n KEYCLOAK_NS debug -it POD \
      --image=nicolaka/netshoot --target=keycloak -- nc -zvw 3 LDAP_HOST 636`; repair the \
      directory, its certificate, name or policy.
      """,
      """
      Fail fast meanwhile: `kcadm.sh update components/ID -r REALM -s \
      'config.connectionTimeout=["5000"]' -s 'config.readTimeout=["10000"]'`
      """,
      "Give the provider two servers: `connectionUrl` takes several URLs separated by blanks.",
    ],
    verify: [
      "`ldapwhoami -H ldaps://LDAP_HOST -D BIND_DN -W` succeeds",
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c 'is unavailable for provider'` \
      counts 0, and a federated user logs in
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Signals.messages(
      [.directoryUnavailable, .identityProviderFailed, .directoryStopped], profile.first,
      profile.last, margin: 5, scene)
    guard let line = lines.first, group.endpoint.isKeycloak, group.status >= 400 else { return nil }
    let error = Signals.eventError(group, scene)
    guard
      group.status >= 500
        || ["invalid_user_credentials", "user_disabled", "user_not_found"].contains(error)
          && Crashes.stand(beside: group, lines, within: Crashes.sameRequest, scene)
    else { return nil }
    var w = Weight(.federationPrior)
    w.add(
      .federationDirectoryGone,
      "\(Distress.log(of: line)) shows the directory gone: “\(Signals.shorten(scene.text(line.text)))”",
      lines.prefix(3).map(\.citation) + Signals.rows(group, scene))
    return w
  }
}
