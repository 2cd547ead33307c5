internal import Evidence

/// Token changed or signed by someone else.
enum BadSignature: WeighedCause {
  static let page = CausePage(
    cause: .tokenBadSignature,
    title: "Token changed or signed by someone else",
    summary:
      "Signature or payload of the token does not fit the key it names.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.4)
    let said = Signals.words(
      [.tokenSignature], group, scene, &w, odds: 3.8, "the refusal says the signature is wrong")
    if !said {
      guard Signals.isMute(group), Signals.isGenericIntrospection(group, scene) else { return nil }
      w.add(1.0, "Keycloak's introspection failed the token check", Signals.events(group, scene))
      if Contrast.ages(group, profile, scene) == .belowServed {
        w.note(0.8, "tokens as old are served elsewhere: not their age")
      }
      if scene.renewalGap != nil { w.note(-0.6, "tokens are short-lived here") }
      if Contrast.servedBeforeSameActor(group, scene) == 0 {
        w.note(0.4, "this actor was never served here with such a token")
      }
    }
    if profile.isPartyWide {
      w.note(-2.5, "every client is refused: then the keys, not the tokens")
    }
    if profile.isNarrow { w.note(0.4, "other clients' tokens pass on the same route") }
    return w
  }
}
