internal import Evidence

/// Signed in a way the verifier does not accept.
enum RefusedAlgorithm: WeighedCause {
  static let page = CausePage(
    cause: .tokenAlgorithm,
    title: "Signed in a way the verifier does not accept",
    summary:
      "The token is signed with an algorithm that the verifier was not told to accept.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), group.answer.statement == .tokenAlgorithm else {
      return nil
    }
    var w = Weight(-0.5)
    w.add(
      2.6, "the refusal names the algorithm: “\(Signals.shorten(group.answer.words))”",
      group.answer.citations)
    if group.answer.words.contains("HS512") {
      w.note(-1.5, "HS512 is what Keycloak signs refresh tokens with")
    }
    return w
  }
}
