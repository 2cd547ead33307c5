internal import Evidence

/// Broken Authorization header.
enum MalformedToken: WeighedCause {
  static let page = CausePage(
    cause: .tokenMalformed,
    title: "Broken Authorization header",
    summary:
      "What follows “Bearer” is not a token: undefined, quoted, cut, or without its scheme.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.4)
    if WireTokens.share(group, scene, { $0.form == .malformed }) > 0.5 {
      w.add(
        5, "the captured header is no token: \(WireTokens.problem(group, scene))",
        WireTokens.citations(group, scene))
      return w
    }
    let said = Signals.words(
      [.tokenMalformed, .unsupportedScheme], group, scene, &w, odds: 3.9,
      "the refusal says the token cannot be read")
    if Signals.isMute(group) {
      let several = Contrast.refusalSizes(group, scene)
      let halfway =
        !group.circumstances.backError.isNone
        ? several >= 2 : scene.introspecting.contains(group.party) && several >= 2
      guard said || several >= 3 || halfway else { return nil }
      if halfway, several < 3 {
        w.add(
          1.9,
          "of one client's requests some are refused by Keycloak's check and some without asking it: the header itself is broken at times",
          Signals.rows(group, scene))
      }
      if several <= 1, group.count >= 20, group.circumstances.backError.isNone {
        w.note(-0.9, "one kind of refusal only")
      }
      if several >= 3, profile.isNarrow || profile.clientsFailing <= 2 {
        w.add(
          several >= 4 ? 2.8 : 2.3,
          "\(several) different refusals of one client: its header is built wrongly in several ways",
          Signals.rows(group, scene))
      }
    }
    if profile.isPartyWide { w.note(-1, "every client is refused alike") }
    return w
  }
}
