internal import Evidence

/// Session expired while its access token is still in use.
enum SessionExpired: WeighedCause {
  static let page = CausePage(
    cause: .sessionExpired,
    title: "Session expired while its access token is still in use",
    summary:
      "The user session ended by idle or maximum time, or was lost at a restart.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.9)
    guard Sessions.isGone(group, scene, &w) else { return nil }
    let error = Signals.eventError(group, scene) + Signals.backError(group, scene)
    if error == "session_expired" {
      w.add(2, "Keycloak says: session_expired", Signals.events(group, scene))
    }
    if !Sessions.logouts(group, scene).isEmpty || !Sessions.adminLogouts(group, scene).isEmpty {
      w.note(-2, "the session was ended by a person")
    }
    if Replicas.count(scene) >= 2 { w.note(-1, "several replicas of Keycloak wrote the log") }
    return w
  }
}
