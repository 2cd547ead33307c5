internal import Evidence

/// Redirect URI not registered.
enum InvalidRedirectURI: WeighedCause {
  static let page = CausePage(
    cause: .clientRedirectURIInvalid,
    title: "Redirect URI not registered",
    summary:
      "The redirect_uri of the login is not among those registered for the client.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["invalid_redirect_uri"], group, scene) else { return nil }
    var w = Weight()
    w.add(4.4, "Keycloak's event: invalid_redirect_uri", Signals.events(group, scene))
    return w
  }
}
