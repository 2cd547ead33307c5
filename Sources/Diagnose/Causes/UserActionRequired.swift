internal import Evidence

/// Account not fully set up.
enum UserActionRequired: WeighedCause {
  static let page = CausePage(
    cause: .userActionRequired,
    title: "Account not fully set up",
    summary:
      "The user has a pending required action.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["resolve_required_actions"], group, scene) {
      w.add(4.6, "Keycloak's event: resolve_required_actions", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_000_075, group.endpoint == .token {
      w.add(
        3.4, "the answer has the size of “Account is not fully set up”", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
