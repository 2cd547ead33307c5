internal import Evidence

/// Token used after logout.
enum LoggedOut: WeighedCause {
  static let page = CausePage(
    cause: .sessionLoggedOut,
    title: "Token used after logout",
    summary:
      "The session was logged out, the token went on being used.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight(-0.4)
    guard Sessions.isGone(group, scene, &w) else { return nil }
    let logout = Sessions.logouts(group, scene)
    if logout.isEmpty {
      w.note(-0.6, "no LOGOUT of these sessions is in the log")
    } else {
      w.add(2.6, "LOGOUT of the same session or user before", logout)
    }
    if !Sessions.adminLogouts(group, scene).isEmpty {
      w.note(-2, "an administrator ended sessions before")
    }
    if Replicas.count(scene) >= 2 { w.note(-1.4, "several replicas of Keycloak wrote the log") }
    return w
  }
}
