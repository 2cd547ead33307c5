internal import Evidence

/// Grant not allowed for the client.
enum GrantNotAllowed: WeighedCause {
  static let page = CausePage(
    cause: .clientGrantNotAllowed,
    title: "Grant not allowed for the client",
    summary:
      "The client uses a flow that is switched off for it.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    let reason = Signals.eventReason(group, scene).lowercased()
    if group.endpoint.isKeycloak,
      Signals.keycloakSays(["not_allowed"], group, scene)
        || Signals.keycloakSays(["invalid_client", "unauthorized_client"], group, scene)
          && (reason.contains("not enabled") || reason.contains("not allowed") || reason.isEmpty)
    {
      w.add(
        4.8, "Keycloak's event: \(Signals.eventError(group, scene)) \(reason)",
        Signals.events(group, scene))
      return w
    }
    switch Signals.fingerprint(group, scene) {
    case 4_010_100, 4_000_097:
      w.add(
        3.6, "the answer has the size of “Client not enabled/allowed …”", Signals.rows(group, scene)
      )
      return w
    default: return nil
    }
  }
}
