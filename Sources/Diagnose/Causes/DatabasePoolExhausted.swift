internal import Evidence

/// No free database connection in Keycloak.
enum DatabasePoolExhausted: WeighedCause {
  static let page = CausePage(
    cause: .keycloakDatabasePoolExhausted,
    title: "No free database connection in Keycloak",
    summary:
      "The database is up, but Keycloak’s connection pool is used up.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Signals.messages(
      [.databasePoolExhausted], profile.first, profile.last, margin: 5, scene)
    guard let line = lines.first, group.endpoint.isKeycloak, group.status >= 400 else { return nil }
    var w = Weight(-0.3)
    w.add(
      3.4, "Keycloak waits in vain for a connection: “\(Signals.shorten(scene.text(line.text)))”",
      lines.prefix(3).map(\.citation))
    if !Signals.messages(
      [.databaseUnreachable, .databaseStopped], profile.first, profile.last, margin: 10, scene
    ).isEmpty {
      w.note(-2.5, "the database itself is gone")
    }
    return w
  }
}
