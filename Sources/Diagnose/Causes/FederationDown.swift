internal import Evidence

/// The directory or identity provider behind Keycloak fails.
enum FederationDown: WeighedCause {
  static let page = CausePage(
    cause: .keycloakFederationDown,
    title: "The directory or identity provider behind Keycloak fails",
    summary:
      "LDAP or a brokered provider does not answer.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    let lines = Signals.messages(
      [.directoryUnavailable, .identityProviderFailed, .directoryStopped], profile.first,
      profile.last, margin: 5, scene)
    guard let line = lines.first, group.endpoint.isKeycloak, group.status >= 400 else { return nil }
    let error = Signals.eventError(group, scene)
    guard
      group.status >= 500
        || ["invalid_user_credentials", "user_disabled", "user_not_found"].contains(error)
    else { return nil }
    var w = Weight(-0.2)
    w.add(
      4.2, "Keycloak's log shows the directory gone: “\(Signals.shorten(scene.text(line.text)))”",
      lines.prefix(3).map(\.citation) + Signals.rows(group, scene))
    return w
  }
}
