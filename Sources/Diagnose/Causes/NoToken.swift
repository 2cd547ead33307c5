internal import Evidence

/// Visitors without a token.
enum NoToken: WeighedCause {
  static let page = CausePage(
    cause: .benignNoToken,
    title: "Visitors without a token",
    summary:
      "Scanners, probes and anonymous visitors: nothing to repair.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group),
      group.status == 401 || group.status == 403 || group.status == 302
    else { return nil }
    guard Signals.isMute(group), group.circumstances.credentials != .present,
      group.circumstances.method.isNone, group.circumstances.backError.isNone
    else { return nil }
    var w = Weight(-0.2)
    let i = group.rows[0]
    if group.circumstances.isProbe {
      w.add(
        3.4, "health checks of a platform or monitor, which never authenticate",
        Signals.rows(group, scene))
      return w
    }
    if scene.isScanner(i) {
      w.add(3, "a scanner, by its name or by what it looks for", Signals.rows(group, scene))
    }
    if group.answer.statement == .tokenMissing {
      w.add(1.0, "the answer says that nothing was sent", group.answer.citations)
      if group.answer.voice == .edge { w.note(2.0, "the gateway's filter found no token") }
    }
    if group.circumstances.credentials == .absent {
      w.add(
        1.2, "no Authorization header was sent (header list, capture or request length)",
        Signals.rows(group, scene))
    }
    if profile.sameServed + profile.sameServedElsewhere == 0, !profile.gotToken {
      w.add(1.8, "this address and user agent never authenticates", Signals.rows(group, scene))
    }
    if group.circumstances.beforeLogin || group.circumstances.afterRedirect {
      w.note(-1.5, "a login or redirect follows or precedes")
    }
    if Contrast.emptyElsewhere(group, scene) > 0, group.count < 40 {
      w.note(0.8, "the same address comes without a token to other services, too")
    }
    if group.count >= 25 { w.note(-0.6, "often") }
    if group.count >= 20, profile.isPartyWide {
      w.note(-2, "every client of the service is refused")
    }
    switch scene.isEmptySize(group) {
    case true?: w.note(0.9, "the answer has the size of this service's answer to no token")
    case false?: w.note(-2, "the answer has not the size of this service's answer to no token")
    case nil: break
    }
    if w.supports.isEmpty { return nil }
    return w
  }
}
