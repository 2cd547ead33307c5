internal import Evidence

/// Replicas do not share sessions.
enum SessionsNotShared: WeighedCause {
  static let page = CausePage(
    cause: .keycloakSessionsNotShared,
    title: "Replicas do not share sessions",
    summary:
      "The replica that answers does not know the session that another one made.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let replicas = Replicas.count(scene)
    let views = Replicas.singleViews(scene)
    guard replicas >= 2 || views.count >= 2 else { return nil }
    var w = Weight(-0.2)
    let reason = Signals.eventReason(group, scene)
    let error = Signals.eventError(group, scene)
    let isRefresh =
      group.endpoint == .token
      && (reason == "Session not active" || error == "user_session_not_found"
        || Signals.fingerprint(group, scene) == 4_000_066)
    let isCode = error == "invalid_code"
    var gone = Weight(0)
    guard
      isRefresh || isCode || Sessions.isGone(group, scene, &gone)
        || Signals.isGenericIntrospection(group, scene)
    else { return nil }
    w.add(
      2.2, "Keycloak does not find the session",
      Signals.events(group, scene) + Signals.rows(group, scene))
    w.add(1.8, "\(max(replicas, views.count)) replicas wrote the log", Replicas.citations(scene))
    if Sessions.logouts(group, scene).isEmpty {
      w.note(0.6, "no LOGOUT before")
    } else {
      w.note(-2, "the sessions were logged out")
    }
    if profile.sameServed > 2 { w.note(1.0, "the same client is accepted and refused in turn") }
    return w
  }
}
