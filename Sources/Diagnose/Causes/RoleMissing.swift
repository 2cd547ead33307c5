internal import Evidence

/// Role missing.
enum RoleMissing: WeighedCause {
  static let page = CausePage(
    cause: .userRoleMissing,
    title: "Role missing",
    summary:
      "The user is authenticated but lacks the role or scope for this route.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.4)
    if Signals.words(
      [.roleMissing, .accessForbidden, .scopeMissing], group, scene, &w, odds: 3.6,
      "the answer says the right is missing"), !Signals.isMute(group)
    {
      return w
    }
    guard Signals.isMute(group), !group.circumstances.isProbe else { return nil }
    if group.status == 403, group.circumstances.answerer != .edge {
      w.add(1.6, "403: authenticated but not allowed, as a rule", Signals.rows(group, scene))
      if profile.othersServed > 0 { w.note(0.8, "others are served meanwhile") }
      if profile.isPartyWide { w.note(-1.6, "every client is refused") }
      if profile.servedBefore + profile.sameServed + profile.othersServed + profile.servedAfter == 0
      {
        w.note(-2, "nobody is ever served: no matter of one role")
      }
      return w
    }
    guard group.status == 401, profile.isNarrow, group.circumstances.credentials == .present,
      group.circumstances.backError.isNone
    else { return nil }
    w.add(1.0, "refused with a token on this route only", Signals.rows(group, scene))
    if scene.isEmptySize(group) == true {
      w.note(
        1.2,
        "a token was sent, and the answer is that to no token: the token was accepted, the right is missing"
      )
    }
    if profile.sameServedElsewhere > 0 { w.note(0.5, "the same client is served elsewhere") }
    if Contrast.forbiddenElsewhere(group, scene) {
      w.note(1.8, "the same client gets 403 at another service")
    }
    return w
  }
}
