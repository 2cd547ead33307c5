internal import Evidence

/// HTTP Basic of the edge or the service itself.
enum BasicAuth: WeighedCause {
  static let page = CausePage(
    cause: .foreignBasicAuth,
    title: "HTTP Basic of the edge or the service itself",
    summary:
      "Another protection than Keycloak: Basic credentials.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.status == 401 else { return nil }
    var w = Weight(-0.2)
    if let s = group.answer.statement,
      [.basicMissing, .basicUserNotFound, .basicPasswordMismatch].contains(s)
    {
      w.add(
        4.6, "Basic authentication: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
      return w
    }
    let users = Contrast.basicUsers(group, scene)
    guard !users.isEmpty, scene.exchange(group.rows[0]).request.answeredBy == .edge else {
      return nil
    }
    w.add(3.6, "the same route is served with Basic user names", users)
    return w
  }
}
