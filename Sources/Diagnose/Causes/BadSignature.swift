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
    if Signals.isMute(group), Signals.isGenericIntrospection(group, scene) {
      w.add(1.0, "Keycloak's introspection failed the token check", Signals.events(group, scene))
      if Contrast.ages(group, profile, scene) == .belowServed {
        w.note(0.8, "tokens as old are served elsewhere: not their age")
      }
      if scene.renewalGap != nil { w.note(-0.6, "tokens are short-lived here") }
      if Contrast.servedBeforeSameActor(group, scene) == 0 {
        w.note(0.4, "this actor was never served here with such a token")
      }
    } else if Signals.isMute(group), !said {
      guard profile.isNarrow, profile.gotToken, group.circumstances.backError.isNone,
        group.circumstances.credentials != .absent, scene.isEmptySize(group) != true,
        group.status == 401,
        !group.circumstances.isProbe, group.circumstances.method.isNone
      else { return nil }
      w.add(
        Contrast.isSpread(group, scene) ? 0.9 : 0.5,
        "one client's tokens are refused although fresh ones of others pass: changed, broken or of another kind",
        Signals.rows(group, scene))
      if scene.renewalGap != nil { w.note(-0.8, "tokens are short-lived here") }
      return w
    }
    if Signals.isMute(group), Contrast.refusalSizes(group, scene) >= 2 {
      w.note(-1.2, "several different refusals")
    }
    if profile.isPartyWide {
      w.note(-2.5, "every client is refused: then the keys, not the tokens")
    }
    if profile.isNarrow { w.note(0.4, "other clients' tokens pass on the same route") }
    return w
  }
}
