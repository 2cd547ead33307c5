internal import Evidence

/// A spell in which a service refuses everybody and after which it serves them again, although nobody changed it, the
/// edge or Keycloak's keys: what it asks for was not there for a while. What tokens hold and what services are set to
/// does not come and go by itself.
enum PassingSpell {
  /// Served calls before and after that show that the service worked.
  private static let fewest = 4

  static func covers(_ group: Group, _ scene: Scene) -> Bool {
    guard Signals.isApplication(group), Signals.isMute(group),
      group.status == 401 || group.status >= 500, !group.circumstances.isProbe
    else { return false }
    let window = Contrast.window(group, scene)
    guard window.isPartyWide, window.clients >= 3, window.servedBefore >= fewest,
      window.servedAfter >= fewest
    else { return false }
    let isChanged = [window.first, window.last].contains {
      scene.reload(near: $0) != nil
        || scene.deployments.change(of: group.party, near: $0) != nil
    }
    return !isChanged && Keys.changes(scene, before: window.last).isEmpty
      && areOldTokensRefused(group, window, scene)
  }

  /// Most clients are first refused with a token that the service accepted before: not for a key that it does not know.
  private static func areOldTokensRefused(
    _ group: Group, _ window: Contrast.Window, _ scene: Scene
  ) -> Bool {
    var seen: Set<Int32> = []
    var old = 0
    var new = 0
    let rows = scene.within(scene.kinships.rows[Int(group.kin)], window.first, window.last)
    for i in rows.prefix(mostRows) where seen.insert(scene.briefs[i].actor).inserted {
      let start = scene.briefs[i].start
      guard let call = scene.lastToken(before: start, for: i) else { continue }
      let isAccepted = scene.within(
        scene.byActor[Int(scene.briefs[i].actor)], scene.briefs[call].end, start
      ).suffix(mostRows).contains { scene.isServed($0, as: i) }
      if isAccepted { old += 1 } else { new += 1 }
    }
    return old >= 2 && old >= new
  }
  private static let mostRows = 200
}
