internal import Evidence

/// Keycloak itself failed on the request.
enum KeycloakError: WeighedCause {
  static let page = CausePage(
    cause: .keycloakError,
    title: "Keycloak itself failed on the request",
    summary:
      "An unexpected error in Keycloak.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight(-0.4)
    let crashed = Signals.messages(
      [.keycloakClientAuthCrashed], profile.first, profile.last, margin: 2, scene)
    if let line = crashed.first, Signals.eventError(group, scene) == "invalid_client_credentials" {
      w.add(4, "Keycloak crashed while authenticating the client", [line.citation])
      return w
    }
    guard group.status == 500, let t = profile.trouble, t.kind == .internalError else { return nil }
    let lines = Signals.messages([.keycloakUncaught], profile.first, profile.last, margin: 3, scene)
    w.add(1.6, "Keycloak answers 500", lines.prefix(2).map(\.citation) + Signals.rows(group, scene))
    return w
  }
}
