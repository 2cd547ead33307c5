internal import Evidence

/// A setting of the checking party is wrong.
enum WrongSettings: WeighedCause {
  static let page = CausePage(
    cause: .resourceServerSettingsWrong,
    title: "A setting of the checking party is wrong",
    summary:
      "Issuer, audience list, client id or claim names of the service are missing or wrong.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.answer.statement == .settingsWrong else { return nil }
    var w = Weight()
    w.add(3, "the service says its settings are wrong", group.answer.citations)
    return w
  }
}
