internal import Evidence

/// The browser login lost its thread.
enum LoginStateLost: WeighedCause {
  static let page = CausePage(
    cause: .sessionLoginStateLost,
    title: "The browser login lost its thread",
    summary:
      "A cookie, tab or code of the browser login is gone or was used twice.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    let error = Signals.eventError(group, scene)
    var w = Weight()
    switch error {
    case "cookie_not_found", "already_logged_in", "invalid_authentication_session",
      "different_user_authenticated":
      w.add(3, "Keycloak says: \(error)", Signals.events(group, scene))
    case "expired_code":
      w.add(2.4, "Keycloak says: expired_code", Signals.events(group, scene))
    case "invalid_code":
      w.add(1.6, "Keycloak says: invalid_code", Signals.events(group, scene))
    default: return nil
    }
    return w
  }
}
