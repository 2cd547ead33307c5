internal import Evidence

/// A redirect loses the Authorization header.
enum RedirectDropsAuth: WeighedCause {
  static let page = CausePage(
    cause: .ingressRedirectDropsAuth,
    title: "A redirect loses the Authorization header",
    summary:
      "The edge redirects to another scheme or host; the client does not send Authorization again.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.circumstances.afterRedirect, Signals.isMute(group)
    else { return nil }
    var w = Weight()
    w.add(
      3.2, "each request follows a redirect of the same client and path within seconds",
      Contrast.redirects(group, scene) + Signals.rows(group, scene))
    if group.circumstances.credentials == .absent { w.note(0.8, "and carries no token") }
    if group.count < 3 { w.note(-0.8, "seldom") }
    return w
  }
}
