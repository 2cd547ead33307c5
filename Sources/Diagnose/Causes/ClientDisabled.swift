internal import Evidence

/// Client switched off.
enum ClientDisabled: WeighedCause {
  static let page = CausePage(
    cause: .clientDisabled,
    title: "Client switched off",
    summary:
      "The client exists but is switched off, so it can neither log anybody in nor introspect.",
    decides: [
      "Keycloak's event: `client_disabled`.",
      """
      An admin event UPDATE on the client at the onset, and every call of it fails from then on.
      """,
    ],
    supports: [
      "It ends with another update of the client.",
      "The answer has the length of `invalid_client` (401, 93 bytes).",
    ],
    against: [
      "Other calls of the same client succeed in the same minutes."
    ],
    lookAlikes: [
      (
        .clientNotFound,
        """
        the event's error; without it, whether the client ever worked in this realm and an \
        UPDATE or DELETE stands at the onset
        """
      ),
      (
        .clientBadSecret,
        "the answer: `invalid_client` (93 bytes) or `unauthorized_client` (98)"
      ),
      (
        .realmNotFound,
        """
        the status: a disabled realm answers the token endpoint 403 "Realm not enabled", and for \
        every client
        """
      ),
    ],
    needs: [
      "Keycloak's log (the event's error)",
      "Keycloak's admin events (who switched it off)",
    ],
    fix: [
      "Find it: `kcadm.sh get clients -r REALM -q clientId=CLIENT --fields id,clientId,enabled`",
      "Switch it on: `kcadm.sh update clients/ID -r REALM -s enabled=true`",
      """
      See who switched it off before you do: `kcadm.sh get admin-events -r REALM -q \
      resourcePath=clients/ID`
      """,
    ],
    verify: [
      "`kcadm.sh get clients/ID -r REALM --fields clientId,enabled` shows true",
      """
      `curl -i -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` no longer says \
      `invalid_client`
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if Signals.keycloakSays(["client_disabled"], group, scene)
      || Signals.backError(group, scene) == "client_disabled"
    {
      w.add(.clientDisabledEvent, "Keycloak's event: client_disabled", Signals.events(group, scene))
      return w
    }
    guard Signals.fingerprint(group, scene) == 4_010_093 else { return nil }
    w.add(
      .clientDisabledBySize, "the answer has the size of “invalid_client”",
      Signals.rows(group, scene))
    return w
  }
}
