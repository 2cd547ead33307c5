internal import Evidence

/// Wrong user name or password.
enum InvalidUserCredentials: WeighedCause {
  static let page = CausePage(
    cause: .userInvalidCredentials,
    title: "Wrong user name or password",
    summary:
      "Logins fail for wrong credentials.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.endpoint.isKeycloak else { return nil }
    var w = Weight()
    if Signals.keycloakSays(["invalid_user_credentials", "user_not_found"], group, scene) {
      w.add(
        4, "Keycloak's event: \(Signals.eventError(group, scene))", Signals.events(group, scene))
      let directory = Signals.messages(
        [.directoryUnavailable], profile.first, profile.last, margin: 2, scene)
      if let line = directory.first {
        w.add(-2.5, "the directory behind Keycloak failed meanwhile", [line.citation])
      }
      return w
    }
    let print = Signals.fingerprint(group, scene)
    if group.endpoint == .token, print == 4_000_072 || print == 4_010_072 {
      w.add(
        2.6, "the answer has the size of “Invalid user credentials”", Signals.rows(group, scene))
      return w
    }
    return nil
  }
}
