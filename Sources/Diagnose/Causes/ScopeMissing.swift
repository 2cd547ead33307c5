internal import Evidence

/// A needed scope was not asked for.
enum ScopeMissing: WeighedCause {
  static let page = CausePage(
    cause: .clientScopeMissing,
    title: "A needed scope was not asked for",
    summary:
      "The token lacks a scope (openid at userinfo), or the client may not ask for it.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    var w = Weight()
    if group.endpoint == .userinfo, group.status == 403 {
      w.add(
        4, "userinfo answers 403: the token is good but lacks the openid scope",
        Signals.events(group, scene) + Signals.rows(group, scene))
      return w
    }
    let error = Signals.eventError(group, scene)
    if group.endpoint.isKeycloak, error == "invalid_scope" {
      w.add(4.4, "Keycloak's event: invalid_scope", Signals.events(group, scene))
      return w
    }
    if Signals.backError(group, scene) == "access_denied" {
      w.add(
        3.4, "Keycloak's userinfo refused the service for want of the openid scope",
        Signals.events(group, scene))
      return w
    }
    if group.answer.statement == .scopeMissing {
      w.add(3.4, "the answer names the scope", group.answer.citations)
      return w
    }
    return nil
  }
}
