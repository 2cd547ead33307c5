internal import Evidence

/// Issuer differs from what the verifier expects.
enum IssuerMismatch: WeighedCause {
  static let page = CausePage(
    cause: .tokenIssuerMismatch,
    title: "Issuer differs from what the verifier expects",
    summary:
      "Realm and keys are right, but the issuer URL in the token is not the one the verifier was given.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.3)
    let said = Signals.words(
      [.tokenIssuer, .callIssuerDiffers], group, scene, &w, odds: 3.4,
      "the refusal says the issuer is wrong")
    if Signals.isMute(group) {
      if group.status == 403, profile.isPartyWide,
        profile.servedBefore + profile.othersServed + profile.sameServed + profile.servedAfter == 0,
        scene.exchange(group.rows[0]).request.answeredBy != .edge
      {
        w.add(
          1.6,
          "403 for everybody from the start, as an adapter answers that was given another URL of Keycloak than the tokens name",
          Signals.rows(group, scene))
        return w
      }
      if Signals.backReason(group, scene).contains("Invalid token issuer") {
        w.add(4, "Keycloak says: Invalid token issuer", Signals.events(group, scene))
      } else if profile.isPartyWide, profile.median >= 0, profile.median < 8000,
        profile.inTrouble == 0
      {
        w.add(
          0.9,
          "every client of this service is refused, at once and from the start; others services accept their tokens",
          Signals.rows(group, scene))
        if profile.servedBefore > 3 { w.note(-1.5, "it worked before") }
        if scene.introspecting.contains(group.party) {
          w.note(-1.5, "the service asks Keycloak about tokens")
        }
        if !profile.sufferers.isEmpty { w.note(-0.9, "other services fail, too") }
      } else if !said {
        return nil
      }
    }
    return w
  }
}
