internal import Evidence

/// A required claim is missing or false.
enum ClaimRejected: WeighedCause {
  static let page = CausePage(
    cause: .tokenClaimRejected,
    title: "A required claim is missing or false",
    summary:
      "The verifier asks for a claim that the token does not have.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.2)
    guard
      Signals.words([.tokenClaim], group, scene, &w, odds: 3.8, "the refusal names a claim")
    else { return nil }
    return w
  }
}
