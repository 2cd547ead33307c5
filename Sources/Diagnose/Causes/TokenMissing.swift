internal import Evidence

/// A client sent no token.
enum TokenMissing: WeighedCause {
  static let page = CausePage(
    cause: .tokenMissing,
    title: "A client sent no token",
    summary:
      "A client that authenticates elsewhere sent no token here.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), Signals.isMute(group) else { return nil }
    guard group.status == 401 || group.status == 403, !group.circumstances.isProbe else {
      return nil
    }
    guard group.circumstances.credentials != .present, group.circumstances.method.isNone else {
      return nil
    }
    guard group.circumstances.backError.isNone else { return nil }
    if group.circumstances.afterRedirect || group.circumstances.beforeLogin { return nil }
    var w = Weight(-0.4)
    let seen = group.circumstances.credentials == .absent
    if group.answer.statement == .tokenMissing {
      w.add(0.8, "the challenge names no error, as when nothing was sent", group.answer.citations)
    }
    if seen {
      w.add(
        1.0, "no Authorization header was sent (header list, capture or request length)",
        Signals.rows(group, scene))
    }
    if profile.sameServed + profile.sameServedElsewhere > 2 || profile.gotToken {
      w.add(
        1.2, "the same address and user agent authenticates otherwise",
        Contrast.successes(group, scene))
    } else {
      return nil
    }
    if group.count >= 12 {
      w.note(0.6, "\(group.count) times, more than visits without a login")
    } else {
      w.note(-1.4, "seldom")
    }
    if Contrast.emptyElsewhere(group, scene) > 0 {
      w.note(-0.8, "the same address comes without a token to other services, too")
    }
    if profile.isPartyWide { w.note(-1.5, "every client is refused") }
    switch scene.isEmptySize(group) {
    case true?: w.note(1.2, "the answer has the size of this service's answer to no token")
    case false?: w.note(-2.5, "the answer has not the size of this service's answer to no token")
    case nil:
      if !seen, group.answer.statement == nil { w.note(-1.4, "nothing shows what was sent") }
    }
    return w
  }
}
