internal import Evidence

/// Wrong client secret.
enum BadClientSecret: WeighedCause {
  static let page = CausePage(
    cause: .clientBadSecret,
    title: "Wrong client secret",
    summary:
      """
      A confidential client authenticates with a wrong, regenerated, mis-encoded or missing \
      secret. Everything that client does at Keycloak fails, and services that introspect turn \
      it into a 401 of their own.
      """,
    decides: [
      "Keycloak's event for the client: `invalid_client_credentials`.",
      """
      The token endpoint answers 401 `unauthorized_client`, "Invalid client or Invalid client \
      credentials" (98 bytes).
      """,
    ],
    supports: [
      """
      It began at an admin event on `clients/ID/client-secret`, an update of the client, or a \
      deploy of the secret.
      """,
      """
      All calls of this client fail, other clients work; one instance may still hold the right \
      secret.
      """,
      """
      Keycloak's HTTP access log shows `POST /admin/realms/REALM/clients/ID/client-secret` \
      before it.
      """,
    ],
    against: [
      "An ERROR `KC-SERVICES0015` beside it: then Keycloak crashed while checking the client."
    ],
    lookAlikes: [
      (
        .clientNotFound,
        """
        the event's error, or the answer's length: 98 bytes (`unauthorized_client`) for the \
        secret, 93 (`invalid_client`) for the id
        """
      ),
      (
        .clientGrantNotAllowed,
        """
        the reason: "Client not enabled to …" or "not allowed for …" wins over the error code
        """
      ),
      (
        .keycloakError,
        "an ERROR `KC-SERVICES0015` of the same moment means a crash, whatever the event says"
      ),
      (
        .keycloakDatabaseDown,
        "database errors in Keycloak's log of the same moment: the event then misleads"
      ),
    ],
    needs: [
      "Keycloak's log (the event's error)",
      "Keycloak's admin events or HTTP access log (who changed the secret)",
    ],
    fix: [
      """
      Find the client and see its secret: `kcadm.sh get clients -r REALM -q clientId=CLIENT \
      --fields id,clientAuthenticatorType,publicClient` then `kcadm.sh get \
      clients/ID/client-secret -r REALM`
      """,
      """
      Put that value into the service and restart it: `kubectl -n NS create secret generic \
      CLIENT-oidc --from-file=client-secret=SECRET_FILE --dry-run=client -o yaml | kubectl apply \
      -f -` then `kubectl -n NS rollout restart deploy/APP` (no line break at the end of the \
      file)
      """,
      """
      If it leaked or is unknown, make a new one and deploy it: `kcadm.sh create \
      clients/ID/client-secret -r REALM`
      """,
      """
      With HTTP Basic, both id and secret must be URL-encoded before base64; a secret with `%`, \
      `+` or `:` is safer in the form body (`client_secret_post`).
      """,
    ],
    verify: [
      """
      `curl -i -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` answers 200 (or an error \
      about the grant, no longer about the credentials)
      """,
      """
      `kubectl -n KEYCLOAK_NS logs POD --since=10m | grep -c invalid_client_credentials` counts \
      0
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if ClientNotFound.isUnknownOfOld(group, scene) { return nil }
    if Signals.keycloakSays(["invalid_client_credentials"], group, scene) {
      w.add(
        .badSecretEvent, "Keycloak's event: invalid_client_credentials",
        Signals.events(group, scene))
      let crashed = Signals.messages(
        [.keycloakClientAuthCrashed], profile.first, profile.last, margin: 2, scene)
      let waits = [
        Database.waitLines(profile, scene),
        Signals.messages([.cacheTimeout], profile.first, profile.last, margin: 2, scene),
      ].first { Crashes.blame(group, $0, scene) }
      if let line = crashed.first ?? waits?.first {
        w.add(
          .badSecretKeycloakCrashed, "Keycloak crashed while authenticating the client",
          [line.citation])
      }
      if let change = Clients.secretChange(group, scene, before: profile.first) {
        w.add(.badSecretChanged, change.text, change.citations)
      }
      return w
    }
    if Signals.backError(group, scene) == "invalid_client_credentials" {
      w.add(
        .badSecretEventOfService,
        "the service itself is refused by Keycloak: invalid_client_credentials",
        Signals.events(group, scene))
      return w
    }
    let calls = CheckersCalls.refused(group, scene)
    if !calls.isEmpty, Signals.isMute(group) {
      w.add(
        .badSecretIntrospectionRefused,
        "Keycloak answers 401 to the service's introspections of that time: it does not accept the service",
        calls + Signals.rows(group, scene))
      return w
    }
    if group.answer.statement == .callClientRefused {
      w.add(
        .badSecretSaidByService,
        "the service's own call to Keycloak was refused for its credentials",
        group.answer.citations)
      return w
    }
    switch Signals.fingerprint(group, scene) {
    case 4_010_098 where group.endpoint == .token || group.endpoint == .introspection:
      w.add(
        .badSecretBySize,
        "the answer has the size of “unauthorized_client: Invalid client or Invalid client credentials”",
        Signals.rows(group, scene))
      return w
    default: break
    }
    if group.endpoint == .token || group.endpoint == .introspection, group.status == 401,
      group.circumstances.eventError.isNone, group.circumstances.answerer == .keycloak
    {
      w.add(
        .badSecretRefusedAtTokenEndpoint, "Keycloak refused the client at the token end-point",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
