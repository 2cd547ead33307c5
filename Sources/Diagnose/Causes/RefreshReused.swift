internal import Evidence

/// Refresh token used twice.
enum RefreshReused: WeighedCause {
  static let page = CausePage(
    cause: .tokenRefreshReused,
    title: "Refresh token used twice",
    summary:
      "Refresh token rotation is on and one refresh token was used more than once.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint == .token else { return nil }
    var w = Weight()
    let reason = Signals.eventReason(group, scene)
    if reason.contains("Maximum allowed refresh token reuse") {
      w.add(5, "Keycloak says: \(reason)", Signals.events(group, scene))
      return w
    }
    if reason == "Stale token" {
      w.add(1.4, "Keycloak says: Stale token", Signals.events(group, scene))
      return w
    }
    if Signals.fingerprint(group, scene) == 4_000_092 {
      w.add(
        3.6, "the answer has the size of “Maximum allowed refresh token reuse exceeded”",
        Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
