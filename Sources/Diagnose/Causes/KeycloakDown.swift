internal import Evidence

/// Keycloak is down or not ready.
enum KeycloakDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDown,
    title: "Keycloak is down or not ready",
    summary:
      "Keycloak is down or not ready.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.3)
    if group.endpoint.isKeycloak {
      guard group.status >= 500, let t = profile.trouble,
        [.refused, .starting, .reset].contains(t.kind)
      else { return nil }
      w.add(
        3.2, "the edge finds nobody at Keycloak's address", t.proof + Signals.rows(group, scene))
      let stops = Signals.messages(
        [
          .keycloakStopping, .keycloakStopped, .keycloakStarting, .keycloakStarted,
          .keycloakStartFailed, .outOfMemory, .containerKilled,
        ], t.first, t.last, margin: 20, scene)
      if let line = stops.first {
        w.add(
          1.6, "Keycloak was stopped or started meanwhile",
          [line.citation] + stops.dropFirst().prefix(2).map(\.citation))
      }
      return w
    }
    if group.answer.statement == .callRefused || group.answer.statement == .callHTTPError {
      w.add(
        1.6, "the call to Keycloak failed: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
      let stops = Signals.messages(
        [.keycloakStopping, .keycloakStopped, .keycloakStarted], profile.first, profile.last,
        margin: 20, scene)
      if let line = stops.first {
        w.add(1.6, "Keycloak was stopped or started meanwhile", [line.citation])
      }
    }
    return Inherited.weigh(group, profile, scene, [.refused, .starting, .reset], &w)
  }
}
