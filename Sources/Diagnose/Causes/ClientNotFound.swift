internal import Evidence

/// Unknown client.
enum ClientNotFound: WeighedCause {
  static let page = CausePage(
    cause: .clientNotFound,
    title: "Unknown client",
    summary:
      """
      The client id is unknown in this realm or was deleted; or it exists but authenticates by \
      another method than the one configured, which Keycloak reports alike.
      """,
    decides: [
      "Keycloak's event: `client_not_found`.",
      """
      The token endpoint answers 401 `invalid_client`, "Invalid client or Invalid client \
      credentials" (93 bytes), and the client is not disabled.
      """,
    ],
    supports: [
      "An admin event DELETE on the client before it; or the client's first use in this realm.",
      "The same client id works in another realm, or with another authentication method.",
    ],
    against: [
      "The client worked before and nobody touched it."
    ],
    lookAlikes: [
      (
        .clientDisabled,
        """
        the event's error (`client_not_found` or `client_disabled`); the answer is the same 93 \
        bytes
        """
      ),
      (
        .clientBadSecret,
        """
        the answer: `invalid_client` (93 bytes) for the id, `unauthorized_client` (98) for the \
        secret
        """
      ),
      (
        .realmNotFound,
        "the status: 404 \"Realm does not exist\" comes before any client is looked up"
      ),
    ],
    needs: [
      "Keycloak's log (the event's error and clientId)",
      "the application's settings (realm, client id, authentication method)",
    ],
    fix: [
      """
      Look it up, with its realm and its authenticator: `kcadm.sh get clients -r REALM -q \
      clientId=CLIENT --fields id,enabled,clientAuthenticatorType`
      """,
      """
      If it is there, let both sides use one method: `kcadm.sh update clients/ID -r REALM -s \
      clientAuthenticatorType=client-secret` (or `client-jwt`, `client-x509`), or change the \
      service's setting.
      """,
      """
      If it is missing, create it: `kcadm.sh create clients -r REALM -s clientId=CLIENT -s \
      enabled=true -s publicClient=false -s serviceAccountsEnabled=true`; or correct client id \
      and realm in the service: `kubectl -n NS get deploy/APP -o yaml | grep -iE \
      'client.?id|realm|issuer'`
      """,
    ],
    verify: [
      """
      `kcadm.sh get clients -r REALM -q clientId=CLIENT --fields clientId,enabled` shows it \
      enabled
      """,
      """
      `curl -i -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` no longer says \
      `invalid_client`
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if Signals.keycloakSays(["client_not_found"], group, scene)
      || Signals.backError(group, scene) == "client_not_found"
    {
      w.add(
        .clientNotFoundEvent, "Keycloak's event: client_not_found", Signals.events(group, scene))
      return w
    }
    if isUnknownOfOld(group, scene) {
      w.add(
        .clientNotFoundOfOld,
        "Keycloak's event: invalid_client_credentials, and the answer is a 400: up to 19 that is a client that "
          + "Keycloak does not know, a wrong secret is answered with 401",
        Signals.events(group, scene) + Signals.rows(group, scene))
      return w
    }
    guard Signals.fingerprint(group, scene) == 4_010_093 else { return nil }
    w.add(
      .clientNotFoundBySize, "the answer has the size of “invalid_client”",
      Signals.rows(group, scene))
    if profile.servedBefore == 0 {
      w.note(.clientNotFoundNeverWorked, "no line shows this client get a token")
    }
    return w
  }

  /// Up to 19 the event of an unknown client is that of a wrong secret (`ClientAuthenticationFlow`); its answer
  /// is a 400, `{"error":"invalid_client","error_description":"Invalid client credentials"}`. A signed assertion
  /// that is not accepted is answered with 400, too, with a longer text.
  static func isUnknownOfOld(_ group: Group, _ scene: Scene) -> Bool {
    guard group.status == 400, group.endpoint == .token || group.endpoint == .introspection,
      Signals.keycloakSays(["invalid_client_credentials"], group, scene)
    else { return false }
    return Signals.errorBySize(group, scene) == 4_000_075
  }
}
