internal import Evidence

/// Unknown client.
enum ClientNotFound: WeighedCause {
  static let page = CausePage(
    cause: .clientNotFound,
    title: "Unknown client",
    summary:
      "The client id is unknown in this realm, or the client uses another authentication method than configured.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if Signals.keycloakSays(["client_not_found"], group, scene)
      || Signals.backError(group, scene) == "client_not_found"
    {
      w.add(5, "Keycloak's event: client_not_found", Signals.events(group, scene))
      return w
    }
    guard Signals.fingerprint(group, scene) == 4_010_093 else { return nil }
    w.add(2.0, "the answer has the size of “invalid_client”", Signals.rows(group, scene))
    if profile.servedBefore == 0 { w.note(0.4, "never worked in these logs") }
    return w
  }
}
