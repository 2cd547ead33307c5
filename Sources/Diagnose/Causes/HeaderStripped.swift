internal import Evidence

/// The edge drops the Authorization header.
enum HeaderStripped: WeighedCause {
  static let page = CausePage(
    cause: .ingressAuthHeaderStripped,
    title: "The edge drops the Authorization header",
    summary:
      "Authorization arrives at the edge and does not reach the service.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group), Signals.isMute(group), group.status == 401 else {
      return nil
    }
    guard group.circumstances.backError.isNone, group.circumstances.answerer != .authService else {
      return nil
    }
    var w = Weight(-0.5)
    let stripped = WireTokens.stripped(group, scene)
    if stripped.share > 0.3 {
      w.add(
        6, "the header is on the leg to the edge and missing on the leg to the service",
        stripped.citations)
      return w
    }
    if group.circumstances.credentials == .absent, group.circumstances.afterRedirect { return nil }
    if scene.introspecting.contains(group.party), profile.timeout != nil { return nil }
    if group.answer.statement == .tokenMissing {
      w.add(0.9, "the service answers as if nothing had been sent", group.answer.citations)
    }
    if group.circumstances.credentials == .present {
      w.add(
        1.2, "the requests are as long as served ones: they carried a token",
        Signals.rows(group, scene))
    }
    switch scene.isEmptySize(group) {
    case true?: w.note(1.6, "the answer has the size of this service's answer to no token")
    case false?: w.note(-2.5, "the answer has not the size of this service's answer to no token")
    case nil: break
    }
    let window = Contrast.window(group, scene)
    if window.isPartyWide {
      w.note(1.0, "\(window.clients) clients of the service are refused from one moment on")
      if window.servedBefore > 2 {
        w.note(0.8, "they were served before")
      } else {
        w.note(-1.5, "nobody was served before")
      }
      if window.servedAfter > 2 { w.note(0.5, "they were served again afterwards") }
    } else {
      w.note(-1.5, "only some clients are refused")
    }
    if let reload = scene.reload(near: window.first, within: 4) {
      w.add(1.5, "the edge's configuration was reloaded at the onset", [reload])
    } else if let reload = scene.reload(near: window.last, within: 4) {
      w.add(1.0, "the edge's configuration was reloaded at the end", [reload])
    }
    if !profile.sufferers.isEmpty { w.note(-1.5, "other services fail for everybody, too") }
    if profile.median > 400_000 { w.note(-2.5, "the answers are slow: something was waited for") }
    if !Keys.changes(scene, before: profile.first).isEmpty {
      w.note(-1, "the realm's keys changed before")
    }
    return w
  }
}
