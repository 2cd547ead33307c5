internal import Evidence

/// Client switched off.
enum ClientDisabled: WeighedCause {
  static let page = CausePage(
    cause: .clientDisabled,
    title: "Client switched off",
    summary:
      "The client exists but is disabled.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if Signals.keycloakSays(["client_disabled"], group, scene)
      || Signals.backError(group, scene) == "client_disabled"
    {
      w.add(5, "Keycloak's event: client_disabled", Signals.events(group, scene))
      return w
    }
    guard Signals.fingerprint(group, scene) == 4_010_093 else { return nil }
    w.add(1.8, "the answer has the size of “invalid_client”", Signals.rows(group, scene))
    return w
  }
}
