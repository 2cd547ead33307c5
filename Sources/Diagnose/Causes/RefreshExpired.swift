internal import Evidence

/// Session idle or maximum time passed before the refresh.
enum RefreshExpired: WeighedCause {
  static let page = CausePage(
    cause: .tokenRefreshExpired,
    title: "Session idle or maximum time passed before the refresh",
    summary:
      "The refresh token outlived its session.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint == .token else { return nil }
    var w = Weight()
    let error = Signals.eventError(group, scene)
    let reason = Signals.eventReason(group, scene)
    if scene.text(group.circumstances.eventType) == "REFRESH_TOKEN_ERROR", error == "invalid_token"
    {
      if reason == "Token is not active" {
        w.add(
          4.5, "Keycloak says of the refresh token: Token is not active",
          Signals.events(group, scene))
      } else if reason == "Session not active" {
        w.add(
          1.6, "Keycloak says of the refresh token: Session not active",
          Signals.events(group, scene))
      } else if reason.isEmpty {
        w.add(0.9, "a refresh token was refused, without a reason", Signals.events(group, scene))
      } else {
        return nil
      }
      return w
    }
    switch Signals.fingerprint(group, scene) {
    case 4_000_067:
      w.add(3.5, "the answer has the size of “Token is not active”", Signals.rows(group, scene))
    case 4_000_066:
      w.add(1.2, "the answer has the size of “Session not active”", Signals.rows(group, scene))
    default: return nil
    }
    return w
  }
}
