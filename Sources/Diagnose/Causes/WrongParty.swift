internal import Evidence

/// A token for another authenticator.
enum WrongParty: WeighedCause {
  static let page = CausePage(
    cause: .tokenWrongParty,
    title: "A token for another authenticator",
    summary:
      "A good OIDC token is handed to an authenticator that wants its own kind of credential.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.answer.statement == .tokenWrongParty else { return nil }
    var w = Weight()
    w.add(3, "the authenticator wants another kind of credential", group.answer.citations)
    return w
  }
}
