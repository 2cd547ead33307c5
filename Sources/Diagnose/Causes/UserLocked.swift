internal import Evidence

/// User locked by brute-force protection.
enum UserLocked: WeighedCause {
  static let page = CausePage(
    cause: .userLocked,
    title: "User locked by brute-force protection",
    summary:
      "Keycloak refuses the login for a while without looking at the password.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.keycloakSays(["user_temporarily_disabled"], group, scene) else { return nil }
    var w = Weight()
    w.add(5, "Keycloak's event: user_temporarily_disabled", Signals.events(group, scene))
    return w
  }
}
