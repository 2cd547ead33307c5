internal import Evidence

/// The service was given a wrong Keycloak address.
enum WrongKeycloakURL: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerURLWrong,
    title: "The service was given a wrong Keycloak address",
    summary:
      "Address, realm URL or end-point in the service’s settings is not this Keycloak’s.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.3)
    guard let s = group.answer.statement else { return nil }
    switch s {
    case .callWrongURL:
      w.add(
        3.4,
        "the address answers, but not as that end-point: “\(Signals.shorten(group.answer.words))”",
        group.answer.citations)
    case .callRefused where profile.inTrouble == 0 && Health.keycloakServed(profile, scene):
      w.add(1.4, "the connection is refused while Keycloak serves others", group.answer.citations)
      if profile.servedBefore > 3 { w.note(-1.5, "it worked before") }
    default: return nil
    }
    return w
  }
}
