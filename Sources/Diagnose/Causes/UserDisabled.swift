internal import Evidence

/// User disabled.
enum UserDisabled: WeighedCause {
  static let page = CausePage(
    cause: .userDisabled,
    title: "User disabled",
    summary:
      "The account is switched off.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["user_disabled"], group, scene) {
      w.add(4.4, "Keycloak's event: user_disabled", Signals.events(group, scene))
      let directory = Signals.messages(
        [.directoryUnavailable], profile.first, profile.last, margin: 5, scene)
      if let line = directory.first {
        w.add(
          -4, "the directory behind Keycloak failed meanwhile: then this event lies",
          [line.citation])
      }
      return w
    }
    if Signals.fingerprint(group, scene) == 4_000_064, group.endpoint == .token {
      w.add(3.2, "the answer has the size of “Account disabled”", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
