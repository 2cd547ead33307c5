internal import Evidence

/// Session ended by an administrator.
enum SessionRevoked: WeighedCause {
  static let page = CausePage(
    cause: .sessionRevoked,
    title: "Session ended by an administrator",
    summary:
      "An administrator or a policy ended the session, or raised not-before.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.5)
    guard Sessions.isGone(group, scene, &w) else { return nil }
    let admin = Sessions.adminLogouts(group, scene)
    if admin.isEmpty {
      w.note(-0.3, "no admin event on users or sessions is in the log")
      if Sessions.successEventsVisible(scene), Sessions.logouts(group, scene).isEmpty {
        w.note(0.8, "no LOGOUT of the session either, although such events are logged")
      }
    } else {
      w.add(2.8, "an administrator ended sessions before", admin)
    }
    if Replicas.count(scene) >= 2 { w.note(-1.4, "several replicas of Keycloak wrote the log") }
    return w
  }
}
