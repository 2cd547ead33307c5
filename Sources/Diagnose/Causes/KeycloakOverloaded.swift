internal import Evidence

/// Keycloak is too slow.
enum KeycloakOverloaded: WeighedCause {
  static let page = CausePage(
    cause: .keycloakOverloaded,
    title: "Keycloak is too slow",
    summary:
      "Keycloak is too slow.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.3)
    if group.endpoint.isKeycloak {
      guard group.status >= 500, let t = profile.trouble, [.slow, .timedOut].contains(t.kind) else {
        return nil
      }
      w.add(3.2, "Keycloak answers too late", t.proof + Signals.rows(group, scene))
      let signs = Signals.messages(
        [.threadBlocked, .databasePoolExhausted], t.first, t.last, margin: 5, scene)
      if let line = signs.first { w.add(1.2, "its log shows distress", [line.citation]) }
      return w
    }
    if group.answer.statement == .callTimedOut {
      w.add(0.9, "the call to Keycloak timed out", group.answer.citations)
    }
    return Inherited.weigh(group, profile, scene, [.slow, .timedOut], &w)
  }
}
