internal import Evidence

/// What tells that one service lost its way to Keycloak for a while where no edge logged how long its answers took:
/// whether it waited for them (dropped packets) or was refused (rejected ones) stays open.
enum LostWay {
  static func weigh(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ prior: Weight,
    _ odds: (passing: Odds, silence: Odds), _ words: Set<Statement>
  ) -> Weight? {
    guard profile.isPassing, profile.median < 0, profile.inTrouble == 0, profile.sufferers.isEmpty,
      group.circumstances.credentials != .absent, !scene.isSurelyEmpty(group),
      Health.keycloakServed(profile, scene)
    else { return nil }
    var w = prior
    w.add(
      odds.passing,
      "this service refuses everybody for a while, and the edge reaches Keycloak meanwhile",
      Signals.everyone(group, profile, scene), beside: OtherSide.keycloakServed(profile, scene),
      alone: "this service refuses everybody for a while")
    let window = Contrast.window(group, scene)
    if let silence = scene.silence.within(window.first, window.last, scene) {
      w.add(
        odds.silence,
        "Keycloak gets \(silence.heard) introspections of \(scene.text(silence.address)) meanwhile, where \(silence.expected) are usual, and serves others",
        silence.lines)
    }
    _ = Signals.length(words, group, scene, &w)
    return w
  }
}
