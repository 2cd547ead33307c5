internal import Evidence

/// Wrong client secret.
enum BadClientSecret: WeighedCause {
  static let page = CausePage(
    cause: .clientBadSecret,
    title: "Wrong client secret",
    summary:
      "A client authenticates with a wrong, regenerated or missing secret.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if Signals.keycloakSays(["invalid_client_credentials"], group, scene) {
      w.add(5, "Keycloak's event: invalid_client_credentials", Signals.events(group, scene))
      let crashed = Signals.messages(
        [.keycloakClientAuthCrashed], profile.first, profile.last, margin: 2, scene)
      if let line = crashed.first {
        w.add(-3.5, "Keycloak crashed while authenticating the client", [line.citation])
      }
      if let change = Clients.secretChange(group, scene, before: profile.first) {
        w.add(0.5, "the client's secret was changed shortly before", [change])
      }
      return w
    }
    if Signals.backError(group, scene) == "invalid_client_credentials" {
      w.add(
        5, "the service itself is refused by Keycloak: invalid_client_credentials",
        Signals.events(group, scene))
      return w
    }
    if group.answer.statement == .callClientRefused {
      w.add(
        3.4, "the service's own call to Keycloak was refused for its credentials",
        group.answer.citations)
      return w
    }
    switch Signals.fingerprint(group, scene) {
    case 4_010_098 where group.endpoint == .token || group.endpoint == .introspection:
      w.add(
        3.4,
        "the answer has the size of “unauthorized_client: Invalid client or Invalid client credentials”",
        Signals.rows(group, scene))
      return w
    default: break
    }
    if group.endpoint == .token || group.endpoint == .introspection, group.status == 401,
      group.circumstances.eventError.isNone, group.circumstances.answerer == .keycloak
    {
      w.add(0.9, "Keycloak refused the client at the token end-point", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
