internal import Evidence

/// Redirect URI not registered.
enum InvalidRedirectURI: WeighedCause {
  static let page = CausePage(
    cause: .clientRedirectURIInvalid,
    title: "Redirect URI not registered",
    summary:
      """
      The redirect_uri of the login is not among those registered for the client, so Keycloak \
      shows an error page instead of the login.
      """,
    decides: [
      "LOGIN_ERROR with `invalid_redirect_uri`, and the `redirect_uri` it names.",
      """
      At the code exchange: "Incorrect redirect_uri", with the saved and the presented one in \
      the reason.
      """,
    ],
    supports: [
      "It starts with a new host name, path or build of the application."
    ],
    against: [
      "The refused URI differs from a registered one in scheme or port only."
    ],
    lookAlikes: [
      (
        .proxyForwardedHeadersMissing,
        """
        what differs from the registered URI: scheme or port alone comes from lost X-Forwarded \
        headers
        """
      ),
      (
        .ingressWrongPath,
        "what differs: a prefix that the edge added or took off"
      ),
      (
        .sessionLoginStateLost,
        "the event's error: cookie or code trouble comes after an accepted redirect_uri"
      ),
    ],
    needs: [
      "Keycloak's log (LOGIN_ERROR with redirect_uri)"
    ],
    fix: [
      """
      Compare: `kcadm.sh get clients -r REALM -q clientId=CLIENT --fields \
      id,redirectUris,webOrigins,rootUrl`
      """,
      """
      Register the exact URI: `kcadm.sh update clients/ID -r REALM -s \
      'redirectUris=["https://HOST/CALLBACK"]' -s 'webOrigins=["https://HOST"]'` (the list is \
      replaced: name all of them; no wildcard in the host)
      """,
      """
      Or correct what the application sends: oauth2-proxy \
      `--redirect-url=https://HOST/oauth2/callback`
      """,
    ],
    verify: [
      """
      `curl -s -o /dev/null -w '%{http_code}\\n' \
      'https://KEYCLOAK_HOST/realms/REALM/protocol/openid-connect/auth?client_id=CLIENT&redirect_uri=https%3A%2F%2FHOST%2FCALLBACK&response_type=code&scope=openid'` \
      prints 200 or 302, not 400
      """,
      "`kubectl -n KEYCLOAK_NS logs POD --since=1h | grep -c invalid_redirect_uri` counts 0",
    ])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["invalid_redirect_uri"], group, scene) else { return nil }
    var w = Weight()
    w.add(.redirectURIEvent, "Keycloak's event: invalid_redirect_uri", Signals.events(group, scene))
    return w
  }
}
