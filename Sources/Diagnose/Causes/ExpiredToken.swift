internal import Evidence

/// Expired access token in use.
enum ExpiredToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenExpired,
    title: "Expired access token in use",
    summary:
      "A client goes on using an access token after its lifetime instead of renewing it.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.4)
    let said = Signals.words(
      [.tokenExpired], group, scene, &w, odds: 3.6, "the refusal says the token is expired")
    if Signals.isMute(group) {
      let ages = Contrast.ages(group, profile, scene)
      if ages == .aboveServed, !profile.isPartyWide, scene.isEmptySize(group) != true {
        w.add(
          2.2, "the clients' last tokens are older than any that is still served",
          Signals.rows(group, scene))
      }
      if ages == .belowServed { w.note(-2.2, "tokens as old are served elsewhere") }
      if scene.renewalGap != nil, profile.isNarrow, scene.isEmptySize(group) != true,
        profile.first - scene.first > (scene.renewalGap ?? 0) * 0.8
      {
        w.add(
          1.3,
          "other clients renew their tokens within \(Int(scene.renewalGap ?? 0)) s; refusals begin after such a time",
          Signals.rows(group, scene))
      }
      if Signals.isGenericIntrospection(group, scene), profile.isNarrow || profile.othersServed > 0
      {
        w.add(
          1.0, "Keycloak's introspection failed the token check", Signals.events(group, scene))
        if profile.sizes <= 1 { w.note(0.3, "one kind of refusal only") }
        if Contrast.servedBeforeSameActor(group, scene) > 0 {
          w.note(0.5, "the same actor was served before, then refused throughout")
        }
      }
    }
    if !said, w.supports.isEmpty { return nil }
    if profile.isNarrow {
      w.note(
        0.6,
        "only some clients are refused; \(profile.othersServed) requests of others were served meanwhile"
      )
    }
    if profile.isPartyWide {
      w.note(
        -2.2,
        "every client of the service is refused alike, which single expired tokens do not explain")
    }
    if Contrast.freshRefusals(group, scene) >= 3, profile.isPartyWide {
      w.note(-1.5, "tokens are refused within seconds of their issue")
    }
    if profile.afterFailedRenewal * 2 > group.count {
      w.note(-3, "the clients tried to renew and could not")
    }
    return w
  }
}
