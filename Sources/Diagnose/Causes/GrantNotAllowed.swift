internal import Evidence

/// Grant not allowed for the client.
enum GrantNotAllowed: WeighedCause {
  static let page = CausePage(
    cause: .clientGrantNotAllowed,
    title: "Grant not allowed for the client",
    summary:
      """
      The client uses a flow that is switched off for it: service accounts, direct access \
      grants, the standard flow, or token exchange.
      """,
    decides: [
      """
      Keycloak's event `not_allowed`, `invalid_client` or `unauthorized_client` with a reason \
      "Client not enabled to …" or "Client not allowed for …".
      """,
      """
      The answer has that text: 401 with 100 bytes ("Client not enabled to retrieve service \
      account"), 400 with 97 bytes ("Client not allowed for direct access grants").
      """,
    ],
    supports: [
      "It began at an update of the client."
    ],
    against: [
      "The reason speaks of the credentials."
    ],
    lookAlikes: [
      (
        .clientBadSecret,
        """
        the reason of the event (or the answer's length: 98 bytes is the secret): a flow that is \
        off is named in words
        """
      ),
      (
        .clientScopeMissing,
        "the error: `invalid_scope` is about a scope, not a flow"
      ),
      (
        .clientDisabled,
        "whether other flows of the same client work"
      ),
    ],
    needs: [
      "Keycloak's log (the event's reason), or the lengths of the answers"
    ],
    fix: [
      """
      See which flows are on: `kcadm.sh get clients -r REALM -q clientId=CLIENT --fields \
      id,publicClient,bearerOnly,standardFlowEnabled,directAccessGrantsEnabled,serviceAccountsEnabled`
      """,
      """
      Switch on the one that is meant: `kcadm.sh update clients/ID -r REALM -s \
      serviceAccountsEnabled=true` (client credentials; the client must not be public), `-s \
      directAccessGrantsEnabled=true` (password), `-s standardFlowEnabled=true` (browser)
      """,
      "Or change the client to a flow that it has; the password grant is best left off.",
    ],
    verify: [
      """
      `curl -i -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token` answers 200
      """,
      """
      `kcadm.sh get clients/ID -r REALM --fields \
      serviceAccountsEnabled,directAccessGrantsEnabled,standardFlowEnabled` shows the flow on
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    let words = Signals.eventReason(group, scene)
    let reason = words.lowercased()
    if group.endpoint.isKeycloak,
      Signals.keycloakSays(["not_allowed"], group, scene)
        || Signals.keycloakSays(["invalid_client", "unauthorized_client"], group, scene)
          && (reason.contains("not enabled") || reason.contains("not allowed") || reason.isEmpty)
    {
      w.add(
        .grantEvent,
        "Keycloak's event: \(Signals.eventError(group, scene))"
          + (words.isEmpty ? "" : " (“\(Signals.shorten(words))”)"),
        Signals.events(group, scene))
      return w
    }
    switch Signals.fingerprint(group, scene) {
    case 4_010_100, 4_000_097:
      w.add(
        .grantBySize, "the answer has the size of “Client not enabled/allowed …”",
        Signals.rows(group, scene)
      )
      return w
    default: return nil
    }
  }
}
