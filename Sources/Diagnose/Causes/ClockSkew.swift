internal import Evidence

/// Clocks disagree.
enum ClockSkew: WeighedCause {
  static let page = CausePage(
    cause: .tokenClockSkew,
    title: "Clocks disagree",
    summary:
      "The clocks of the issuer and of the verifier differ by more than the allowed leeway.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.6)
    let said = Signals.words(
      [.tokenNotYetValid], group, scene, &w, odds: 4, "the refusal says the token is not valid yet")
    let expired =
      !said
      && Signals.words(
        [.tokenExpired], group, scene, &w, odds: 1.0, "the refusal says the token is expired")
    let offset = Clocks.offset(group, scene)
    if Signals.isMute(group) {
      guard Signals.isMute(group), profile.isPartyWide, scene.isEmptySize(group) != true else {
        return nil
      }
    }
    if let offset {
      if Clocks.isKeycloak(offset), scene.introspecting.contains(group.party) {
        return nil
      }
      w.add(
        3.2,
        "the clock of \(offset.name) is \(Clocks.describe(offset.seconds)) against the edge's (\(offset.pairs) pairs)",
        offset.examples)
    }
    let fresh = Contrast.freshRefusals(group, scene)
    if expired || said, fresh >= 3 {
      w.note(1.8, "\(fresh) tokens are refused within seconds of their issue")
    }
    if profile.isPartyWide {
      w.note(expired || said ? 1.7 : 0.4, "every client of the service is refused alike")
    } else if offset == nil {
      w.note(-1.5, "other clients are served by the same service")
    }
    if profile.servedBefore > 5, offset == nil { w.note(-1.4, "it worked before") }
    if profile.afterFailedRenewal * 2 > group.count {
      w.note(-3, "the clients tried to renew and could not")
    }
    return w
  }
}
