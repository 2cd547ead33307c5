internal import Evidence

/// Failures of services that are the echo of trouble between somebody and Keycloak.
enum Inherited {
  static func weigh(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ kinds: Set<Trouble.Kind>,
    _ weight: inout Weight, trouble given: Trouble? = nil
  ) -> Weight? {
    guard Signals.isApplication(group), !group.circumstances.isProbe else {
      return weight.supports.isEmpty ? nil : weight
    }
    if group.circumstances.credentials == .absent, group.answer.statement == .tokenMissing {
      return nil
    }
    // The token was in order: no new one was needed.
    if Sessions.isMissed(group, scene) || isBystander(group, profile, scene) { return nil }
    let covering = given ?? profile.trouble ?? lastTrouble(group, profile, scene)
    guard let t = covering, kinds.contains(t.kind) else {
      return weight.supports.isEmpty ? nil : weight
    }
    let proof = Array(
      (t.proof + t.rows.prefix(2).map { scene.exchange($0).request.citation }).prefix(3))
    if group.circumstances.afterFailedRenewal {
      // The calls that failed were another program's, or for another token.
      if !scene.introspecting.contains(group.party), Contrast.isServedMeanwhile(group, scene) {
        return weight.supports.isEmpty ? nil : weight
      }
      let failed = OtherSide.failedRenewals(before: group, scene)
      weight.add(
        .inheritedFailedRenewal, "a call of the same client for a token had failed shortly before",
        failed.lines.isEmpty ? proof : failed.lines + t.proof.prefix(1),
        beside: OtherSide.lines(failed.rows, scene),
        alone: "calls for tokens failed meanwhile")
      return weight
    }
    guard profile.inTrouble * 2 > group.count else {
      return weight.supports.isEmpty ? nil : weight
    }
    weight.add(
      .inheritedSameSpell, "the edge itself could not use Keycloak in the same spell", proof)
    let share = Double(t.rows.count) / Double(max(1, group.count))
    if share > 2 { weight.note(.inheritedManyCalls, "far more calls to Keycloak failed meanwhile") }
    return weight
  }

  /// A few quick refusals of a service that serves the others meanwhile: they would have been refused
  /// without the outage, too. Who could not renew is no bystander, unless served right afterwards.
  static func isBystander(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    if isFirstCall(group, scene) || group.rows.first.map(scene.isScanner) == true { return true }
    // Keycloak answered about one client's tokens, those of others are accepted.
    if profile.isNarrow, profile.sameServed == 0, CheckersCalls.areHeard(group.rows, scene) {
      return true
    }
    guard profile.first.isKnown, profile.timeout == nil, !profile.isSlow, Signals.isMute(group),
      !scene.introspecting.contains(group.party)
    else { return false }
    // Who checks tokens by itself refuses no fresh one for want of Keycloak, least of all one client's.
    if profile.isNarrow, profile.sameServed == 0, Contrast.freshRefusals(group, scene) >= 3 {
      return true
    }
    let from = profile.first.advanced(seconds: -5)
    let to = profile.last.advanced(seconds: 5)
    let served = scene.attendance[Int(group.party)].served(from, to)
    let failing = scene.within(scene.kinships.rows[Int(group.kin)], from, to).count
    guard served >= 8, failing * 8 <= served else { return false }
    return !group.circumstances.afterFailedRenewal || isServedAtOnce(group, scene)
  }

  /// Most rows are followed within three seconds by a good answer to the same client on the route.
  private static func isServedAtOnce(_ group: Group, _ scene: Scene) -> Bool {
    let rows = group.rows.prefix(200)
    let hits = rows.count { i in
      let e = scene.briefs[i]
      let route = scene.exchange(i).request.route
      return scene.within(
        scene.byActor[Int(e.actor)], e.start, e.end.advanced(seconds: 3)
      ).contains {
        scene.briefs[$0].isSuccess && scene.briefs[$0].party == e.party
          && scene.exchange($0).request.route == route
      }
    }
    return hits * 10 >= rows.count * 7
  }

  /// Calls without a token have their usual answer in an outage, too: those of clients that log in
  /// and are served right afterwards are none of its victims.
  static func isFirstCall(_ group: Group, _ scene: Scene) -> Bool {
    scene.isSurelyEmpty(group)
      && (group.circumstances.beforeLogin || Contrast.loginShare(group, scene) >= 0.7)
      && !Contrast.window(group, scene).isPartyWide
  }

  private static func lastTrouble(_ group: Group, _ profile: Profile, _ scene: Scene) -> Trouble? {
    guard group.circumstances.afterFailedRenewal else { return nil }
    return scene.troubles.last { $0.first <= profile.first }
  }
}
