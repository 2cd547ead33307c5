internal import Evidence

/// Realm keys changed.
enum RotatedKeys: WeighedCause {
  static let page = CausePage(
    cause: .keysRotated,
    title: "Realm keys changed",
    summary:
      "The verifier holds an old key set, or old tokens died with a disabled key.",
    decides: [], fix: [], verify: [])

  static func weigh(_ group: Group, _ profile: Profile, _ scene: Scene) -> Weight? {
    guard Signals.isApplication(group) else { return nil }
    var w = Weight(-0.7)
    let said = Signals.words(
      [.tokenUnknownKey], group, scene, &w, odds: 2.4, "the refusal says the key is unknown")
    let changes = Keys.changes(scene, before: profile.first)
    if !said || Signals.isMute(group) {
      if Restarts.isRestartOf(group, profile, scene, statement: .tokenUnknownKey) {
        w.add(
          2.6, "the service was restarted in the middle of refusals for an unknown key",
          Signals.rows(group, scene))
        return w
      }
      guard Signals.isMute(group),
        !changes.isEmpty || said && profile.clientsFailing >= 2 && profile.servedBefore > 3
      else { return nil }
    }
    if !changes.isEmpty {
      w.add(2.2, "the realm's keys changed before", changes)
    }
    if group.hasForeignKeyIDLength { w.note(-3, "the key id has not the length of Keycloak's") }
    if profile.servedBefore > 3 { w.note(1.0, "the same service accepted tokens before") }
    if profile.clientsFailing >= 2, profile.servedBefore > 0 {
      w.note(1.0, "\(profile.clientsFailing) clients are hit")
    }
    if profile.clientsFailing <= 1, changes.isEmpty || Signals.isMute(group) {
      w.note(-2.4, "one client only")
    }
    let realms = Realms.tokenRealms(group, scene)
    if realms.isForeignToParty {
      w.note(-2, "the client gets its tokens from realm \(realms.name)")
    }
    if changes.isEmpty, profile.servedBefore == 0 { w.note(-1, "never worked in these logs") }
    return w
  }
}
