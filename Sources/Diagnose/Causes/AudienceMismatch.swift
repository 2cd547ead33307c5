internal import Evidence

/// Audience lacks the resource server.
enum AudienceMismatch: WeighedCause {
  static let page = CausePage(
    cause: .tokenAudienceMismatch,
    title: "Audience lacks the resource server",
    summary:
      "The token is good but not meant for this service: aud does not name it.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.3)
    let said = Signals.words(
      [.tokenAudience], group, scene, &w, odds: 3.8, "the refusal says the audience is wrong")
    if Signals.isMute(group) {
      if Signals.backReason(group, scene).contains("not in the token audience") {
        w.add(
          4.5, "Keycloak says the client is not in the token's audience",
          Signals.events(group, scene))
      } else if profile.isNarrow, profile.gotToken, profile.sizes <= 1,
        let client = Contrast.exclusiveClient(group, scene)
      {
        w.add(
          2.4, "only tokens issued to \(client.name) are refused, those of other clients pass",
          [client.line] + Signals.rows(group, scene))
        if group.status == 403 { w.note(-0.6, "403 rather than 401") }
      } else if profile.isNarrow, profile.gotToken, Contrast.refusalSizes(group, scene) <= 1,
        profile.sameServedElsewhere > 0, group.circumstances.credentials != .absent,
        group.count >= 8,
        group.circumstances.backError.isNone, scene.isEmptySize(group) != true,
        !group.circumstances.isProbe
      {
        w.add(
          Contrast.isSpread(group, scene)
            ? 0.2 : group.circumstances.credentials == .present ? 1.2 : 0.8,
          "one client is refused here with a token that other services accept",
          Signals.rows(group, scene))
      } else if !said {
        return nil
      }
    }
    if profile.isPartyWide { w.note(-0.8, "every client is refused") }
    return w
  }
}
