internal import Evidence

/// A needed scope was not asked for.
enum ScopeMissing: WeighedCause {
  static let page = CausePage(
    cause: .clientScopeMissing,
    title: "A needed scope was not asked for",
    summary:
      """
      The token lacks a scope that is needed (`openid` at userinfo), or the client asks for a \
      scope that it may not have.
      """,
    decides: [
      """
      USER_INFO_REQUEST_ERROR with `access_denied` and a reason about the openid scope; userinfo \
      answers 403 `insufficient_scope`, "Missing openid scope".
      """,
      "`invalid_scope` at the authorization or token endpoint.",
    ],
    supports: [
      """
      The token comes from client credentials or the password grant, which give no `openid` \
      unless asked.
      """,
      "An auth service that asks userinfo turns the 403 into a 401 of its own.",
    ],
    against: [
      "The token's `scope` claim contains what the refusing party asks for."
    ],
    lookAlikes: [
      (
        .userRoleMissing,
        """
        whether Keycloak (userinfo, token endpoint) or the application refuses; and scope \
        against role in the words
        """
      ),
      (
        .clientGrantNotAllowed,
        "the error: `invalid_scope` or \"openid scope\" against a flow that is named"
      ),
      (
        .tokenClaimRejected,
        """
        who refuses: Keycloak for the scope, the service for a claim that the scope would have \
        brought
        """
      ),
    ],
    needs: [
      "Keycloak's log (the event's reason)",
      "one refused token for `why401 token` (its scope)",
    ],
    fix: [
      """
      Ask for it: add `-d scope=openid` (or the scope wanted) to the token request; in \
      oauth2-proxy `--scope="openid email profile"`
      """,
      """
      See what the client may ask for: `kcadm.sh get clients/ID/default-client-scopes -r REALM \
      --fields name` and `kcadm.sh get clients/ID/optional-client-scopes -r REALM --fields name`
      """,
      """
      Add the missing one in the admin console: Clients, CLIENT, Client scopes, Add client scope \
      (Optional: when asked for; Default: always).
      """,
    ],
    verify: [
      """
      `curl -s -u CLIENT:$CLIENT_SECRET -d grant_type=client_credentials -d scope=openid \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/token | jq -r .scope` contains \
      openid
      """,
      """
      `curl -i -H "Authorization: Bearer $TOKEN" \
      https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/userinfo` answers 200
      """,
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.endpoint == .userinfo, group.status == 403 {
      w.add(
        .scopeUserinfoForbids, "userinfo answers 403: the token is good but lacks the openid scope",
        Signals.events(group, scene) + Signals.rows(group, scene))
      return w
    }
    let error = Signals.eventError(group, scene)
    if group.endpoint.isKeycloak,
      error == "invalid_scope" || Signals.eventReason(group, scene).hasPrefix("Invalid scopes")
    {
      w.add(
        .scopeEvent, "Keycloak's event: a scope that the client may not ask for",
        Signals.events(group, scene))
      return w
    }
    if Signals.backError(group, scene) == "access_denied" {
      w.add(
        .scopeEventOfService,
        "Keycloak's userinfo refused the service for want of the openid scope",
        Signals.events(group, scene))
      return w
    }
    if group.answer.statement == .scopeMissing {
      w.add(.scopeSaid, "the answer names the scope", group.answer.citations)
      return w
    }
    return nil
  }
}
