internal import Evidence

/// Keycloak’s database is unreachable.
enum DatabaseDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDatabaseDown,
    title: "Keycloak’s database is unreachable",
    summary:
      "Keycloak runs but cannot reach its database.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.3)
    let lines = Signals.messages(
      [.databaseUnreachable, .databaseError, .databaseStopped], profile.first, profile.last,
      margin: 10, scene)
    guard let line = lines.first else { return nil }
    if group.endpoint.isKeycloak {
      guard group.status >= 500 || Signals.eventError(group, scene) == "invalid_client_credentials"
      else { return nil }
      w.add(
        4, "Keycloak's log shows the database gone: “\(Signals.shorten(scene.text(line.text)))”",
        [line.citation] + lines.dropFirst().prefix(2).map(\.citation) + Signals.rows(group, scene))
      return w
    }
    w.add(0.6, "Keycloak's log shows the database gone", [line.citation])
    return Inherited.weigh(group, profile, scene, [.internalError, .slow, .timedOut], &w)
  }
}
