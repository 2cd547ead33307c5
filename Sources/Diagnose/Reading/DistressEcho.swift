internal import Evidence

/// Refusals of a service that are the echo of errors in Keycloak's own log.
struct DistressEcho {
  var distress: Distress
  /// How much the join tells.
  var odds: Odds
  var claim: String

  static func of(_ group: Group, _ profile: Profile, _ scene: Scene) -> DistressEcho? {
    guard !scene.distress.isEmpty, profile.first.isKnown, isCandidate(group, scene) else {
      return nil
    }
    let spells = scene.distress.filter { $0.covers(profile.first, profile.last) }
    guard
      let best = spells.max(by: { covered($0, group, scene) < covered($1, group, scene) })
    else { return nil }
    let share = Double(covered(best, group, scene)) / Double(group.count)
    guard share >= 0.8, !(best.kind.isWait && isAtOnce(group, profile)) else { return nil }
    let isLate =
      profile.timeout != nil || profile.isSlow || group.answer.statement == .callTimedOut
      || group.endpoint.isKeycloak && group.status == 504
    if best.kind != .uncaught, isLate, !isUntold(group) {
      return DistressEcho(
        distress: best, odds: .distressLate,
        claim: "the answers came late while Keycloak failed on requests")
    }
    if !isUntold(group), TimeJoin(times: best.times).tells(group, scene) {
      return DistressEcho(
        distress: best, odds: .distressAtEachRefusal,
        claim: "an error of Keycloak's stands at the time of each refusal")
    }
    guard best.kind != .uncaught, !scene.isSurelyEmpty(group),
      !Inherited.isBystander(group, profile, scene)
    else { return nil }
    if profile.isNarrow, CheckersCalls.areHeard(group.rows, scene) { return nil }
    if scene.introspecting.contains(group.party) {
      return DistressEcho(
        distress: best, odds: .distressIntrospects,
        claim: "the service asks Keycloak about each token, which failed on requests meanwhile")
    }
    guard isOnlyThen(best, group, scene) else { return nil }
    return DistressEcho(
      distress: best, odds: .distressOnlyThen,
      claim:
        "several clients get this answer while Keycloak fails on requests, and at no other time")
  }

  /// A service refuses at once: it waited for nobody.
  static func isAtOnce(_ group: Group, _ profile: Profile) -> Bool {
    !group.endpoint.isKeycloak && profile.median >= 0 && profile.median < wait
  }
  /// Microseconds: who waits for a connection or a replica does so for seconds.
  private static let wait: Int64 = 400_000

  /// The answer is given to several clients in the spell only, though the service is used at other
  /// times, too.
  private static func isOnlyThen(_ distress: Distress, _ group: Group, _ scene: Scene) -> Bool {
    let kin = scene.kinships.rows[Int(group.kin)]
    let spell = distress.last - distress.first
    guard kin.count >= 5,
      Set(kin.prefix(1000).map { scene.visitor($0) }).count >= 2,
      spell < (scene.last - scene.first) * 0.6, let first = kin.first, let last = kin.last,
      distress.covers(scene.briefs[first].start, scene.briefs[first].end),
      distress.covers(scene.briefs[last].start, scene.briefs[last].end)
    else { return false }
    return scene.attendance[Int(group.party)].served(before: distress.first) >= 3
  }

  /// Whether a cause of a service's refusals is what Keycloak's log names; its own calls are weighed
  /// by the causes.
  func tells(_ cause: CauseID, _ group: Group) -> Bool {
    cause == distress.kind.cause && (!group.endpoint.isKeycloak || DistressEcho.isUntold(group))
  }

  /// Adds what Keycloak's log says for the cause that it names, or against one that presumes it sound.
  func weigh(_ cause: CauseID, _ group: Group, _ weight: inout Weight) {
    if tells(cause, group) {
      weight.add(odds, claim, distress.lines)
    } else if presumesSoundKeycloak(cause) {
      let isOwn = group.endpoint.isKeycloak
      weight.add(
        isOwn ? .distressKeycloakItself : odds, times: isOwn ? 1 : -1,
        "Keycloak's own log shows why it fails", distress.lines)
    }
  }

  private func presumesSoundKeycloak(_ cause: CauseID) -> Bool {
    switch cause.category {
    case .network, .tokens: true
    case .ingress: cause == .ingressAuthHeaderStripped
    case .availability:
      (cause == .keycloakOverloaded || cause == .keycloakDown) && distress.kind != .uncaught
    default: false
    }
  }

  private static func isCandidate(_ group: Group, _ scene: Scene) -> Bool {
    let c = group.circumstances
    if group.endpoint.isKeycloak { return group.status >= 500 || isUntold(group) }
    guard !c.isProbe, c.method.isNone, !c.isScanner, !c.beforeLogin, c.credentials != .absent,
      group.status == 401 || group.status >= 500
    else { return false }
    switch group.answer.statement {
    case .callTimedOut, .callHTTPError, .callFailed, .keysUnavailable, .authServiceCallFailed,
      .authRequestUnexpectedStatus, .upstreamTimedOut:
      return true
    default: return Signals.isMute(group)
    }
  }

  /// Keycloak refused its callers without an event that goes with it.
  private static func isUntold(_ group: Group) -> Bool {
    group.endpoint.isKeycloak && group.circumstances.eventError.isNone
      && (group.status == 400 || group.status == 401)
  }

  private static func covered(_ distress: Distress, _ group: Group, _ scene: Scene) -> Int {
    group.rows.count { distress.covers(scene.briefs[$0].start, scene.briefs[$0].end) }
  }
}
