internal import Evidence

/// First call before the login.
enum FirstCallBeforeLogin: WeighedCause {
  static let page = CausePage(
    cause: .benignFirstCallBeforeLogin,
    title: "First call before the login",
    summary:
      "A client asks, is challenged, logs in and succeeds.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard group.circumstances.beforeLogin, Signals.isMute(group) else { return nil }
    var w = Weight()
    w.add(2.6, "the same client logs in and is served within seconds", Signals.rows(group, scene))
    if group.answer.statement == .tokenMissing {
      w.note(0.6, "the challenge says that nothing was sent")
    }
    if group.circumstances.credentials == .absent { w.note(0.8, "and indeed nothing was sent") }
    if scene.isEmptySize(group) == false {
      w.note(-2.5, "the answer has not the size of this service's answer to no token")
    }
    let window = Contrast.window(group, scene)
    if window.isPartyWide { w.note(-1.6, "every client is refused meanwhile") }
    return w
  }
}
