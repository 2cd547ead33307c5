internal import Evidence

/// A second look at groups that were not clear: the same actors' clear failures elsewhere, and the
/// failed calls of the token end-point that came right before.
enum Companions {
  static func reconsider(_ judged: inout [Judged], _ scene: Scene) {
    let carried = Carried(judged, scene)
    // Of calls of the token end-point only: nobody asks for others.
    var causeOfRow: [Int: CauseID] = [:]
    var causeOfLogin: [Int: CauseID] = [:]
    for j in judged where j.verdict.cause != .undecided && j.verdict.share >= 0.6 {
      for i in j.group.rows {
        switch scene.briefs[i].endpoint {
        case .token: causeOfRow[i] = j.verdict.cause
        case .authorization: causeOfLogin[i] = j.verdict.cause
        default: break
        }
      }
    }
    for k in judged.indices where judged[k].verdict.cause == .undecided {
      if let verdict = restart(judged[k], judged, scene) { judged[k].verdict = verdict }
    }
    for k in judged.indices {
      let j = judged[k]
      guard isOpen(j), !Sessions.isMissed(j.group, scene) else { continue }
      var bonus: Weighing.Bonus = [:]
      let lines = Array(Signals.rows(j.group, scene).prefix(2))
      if let before = failedCallBefore(j.group, j.profile, scene, causeOfRow) {
        bonus[before.cause] = Weighing.Extra(
          odds: .companionFailedCall,
          text: "a call of the same client for a token had failed right before",
          lines: OtherSide.lines(group(j.group, after: before.rows, scene), scene),
          others: OtherSide.lines(before.rows.prefix(1), scene),
          alone: "the client is refused without a token")
      }
      if let shared = sharedCause(j, k, carried, scene) {
        bonus[shared.cause] = Weighing.Extra(
          odds: .companionElsewhere,
          text: "another refusal of the same client is clearly for this cause",
          lines: lines, others: OtherSide.lines(shared.rows, scene),
          alone: "the client is refused like others with this cause")
      }
      if let same = sameSpan(k, judged, scene), bonus[same.cause] == nil {
        bonus[same.cause] = Weighing.Extra(
          odds: .companionSameSpan,
          text: "another client is refused for this cause in just the same span of time",
          lines: lines, others: OtherSide.lines(same.rows, scene),
          alone: "the client is refused in one span of time")
      }
      if let (cause, row) = sharedWindow(k, judged, scene) {
        let window = Odds.companionSharedWindow
        let known = bonus[cause]?.odds ?? window
        bonus[cause] = Weighing.Extra(
          odds: known.logOdds > window.logOdds ? known : window,
          text: "another service fails for everybody in the same minutes for this cause",
          lines: lines, others: OtherSide.lines([row], scene), alone: "the service fails")
      }
      guard !bonus.isEmpty else { continue }
      var verdict = judged[k].weighAgain(bonus, scene)
      if verdict.cause == .undecided || verdict.share < 0.6,
        let (cause, claim) = bonus.max(by: {
          ($0.value.odds.logOdds, $1.key.rawValue) < ($1.value.odds.logOdds, $0.key.rawValue)
        }),
        verdict.cause != cause
      {
        var weight = Weight(.companionAlone)
        claim.add(to: &weight)
        let odds = Math.exp(weight.logOdds)
        let share = odds / (odds + Math.exp(Odds.companionRivals.logOdds) + 1)
        if share > verdict.share || verdict.cause == .undecided {
          verdict = Verdict(
            cause: cause, share: share, weight: weight,
            runnerUp: verdict.cause == .undecided ? nil : (verdict.cause, verdict.share))
        }
      }
      judged[k].verdict = verdict
    }
    inheritRefusals(&judged, causeOfRow, causeOfLogin, scene)
    Echoes.sameRefusals(&judged, scene)
    Echoes.agree(&judged, scene)
    Echoes.sameWindow(&judged, scene)
    Echoes.siblings(&judged, scene)
    Echoes.sameAge(&judged, scene)
    Echoes.otherKinds(&judged, scene)
    Echoes.strippedAlike(&judged, scene)
    Echoes.brokenHeaders(&judged, scene)
    Echoes.shutDoors(&judged, scene)
    OwnFaults.apply(&judged, scene)
  }

  /// Whether a verdict is not clear enough to stand by itself.
  static func isOpen(_ j: Judged) -> Bool {
    (j.verdict.share < 0.85 || j.verdict.cause == .undecided)
      && !j.group.endpoint.isKeycloak && !j.group.circumstances.isProbe
  }

  /// Below it a verdict on mute refusals gives way to what is known of the clients' calls for tokens.
  private static let weakShare = 0.75

  /// Refusals of clients who failed to get a token have the cause of that, unless they are explained by
  /// something that no new token would cure.
  private static func inheritRefusals(
    _ judged: inout [Judged], _ causeOfCall: [Int: CauseID], _ causeOfLogin: [Int: CauseID],
    _ scene: Scene
  ) {
    guard !causeOfCall.isEmpty || !causeOfLogin.isEmpty else { return }
    // Where good answers were not exported, the last call that is seen need not be the last one.
    var calls = 0
    var good = 0
    for b in scene.briefs where b.endpoint == .token {
      calls += 1
      if b.isSuccess { good += 1 }
    }
    if good * 20 < calls { return }
    let renewals = RefusedRenewals(causeOfCall, scene)
    for k in judged.indices {
      let j = judged[k]
      let isOpen =
        j.verdict.cause == .tokenExpired
        || Signals.isMute(j.group) && !areSeveralAnswers(j)
          && (j.verdict.cause == .undecided || j.verdict.cause.category == .tokens
            || j.verdict.cause.category != .none && j.verdict.share < weakShare)
      let isBenign =
        j.verdict.cause == .benignNoToken && !j.group.rows.prefix(20).allSatisfy(scene.isScanner)
        || j.verdict.cause == .benignFirstCallBeforeLogin
      guard isOpen || isBenign, j.group.status == 401, Signals.isApplication(j.group),
        !j.group.circumstances.isProbe, !Sessions.isMissed(j.group, scene)
      else { continue }
      var weight = Weight()
      let cause: CauseID
      if isBenign {
        let call = renewals.refusedCalls(justBefore: j.group, scene)
        guard let found = call ?? renewals.refusedLogins(before: j.group, causeOfLogin, scene)
        else { continue }
        cause = found.cause
        weight.add(
          .renewalRefusedAtOnce,
          call == nil
            ? "the same client's last attempt to log in was refused"
            : "a call of the same client for a token was refused right before",
          OtherSide.lines(found.rows.prefix(2), scene),
          beside: OtherSide.lines(group(j.group, after: found.rows, scene), scene),
          alone: "a call for a token was refused")
      } else if let found = renewals.lastCalls(before: j.group, scene) {
        cause = found.cause
        weight.add(
          .renewalLastCall, "the same client's last call for a token failed",
          OtherSide.lines(found.rows.prefix(2), scene),
          beside: OtherSide.lines(group(j.group, after: found.rows, scene), scene),
          alone: "a call for a token failed")
      } else if let found = renewals.cause(of: j.group, scene), found.odds >= 2 {
        cause = found.cause
        weight.add(
          .renewalsRefused, times: min(found.odds, 4),
          "calls of the same client for a token are refused before",
          OtherSide.lines(found.rows.prefix(3), scene),
          beside: OtherSide.lines(group(j.group, after: found.rows, scene), scene),
          alone: "calls for a token are refused")
      } else {
        continue
      }
      if !isBenign, Contrast.isServedMeanwhile(j.group, scene) { continue }
      let share = 1 - 1 / (1 + Math.exp(weight.logOdds - Odds.renewalRivals.logOdds))
      judged[k].verdict = Verdict(
        cause: cause, share: share, weight: weight,
        runnerUp: j.verdict.cause == .undecided ? nil : (j.verdict.cause, 1 - share))
    }
  }

  /// Who has no token is refused with one answer, a broken one is read in several ways.
  private static func areSeveralAnswers(_ j: Judged) -> Bool {
    j.verdict.cause == .tokenMalformed && j.verdict.share >= weakShare
      && !j.verdict.weight.restsOnSize
  }

  /// A few quick 502/503 of a service at the end of refusals for stale keys: the restart that cures.
  private static func restart(_ j: Judged, _ judged: [Judged], _ scene: Scene) -> Verdict? {
    guard j.group.status == 502 || j.group.status == 503, j.group.count <= 30,
      !j.group.endpoint.isKeycloak,
      j.profile.median < 200_000 || Signals.isServiceRefusing(j.group, scene)
    else { return nil }
    for other in judged
    where other.group.party == j.group.party && other.verdict.cause == .keysRotated
      && other.verdict.share > 0.5 && j.profile.first - other.profile.first > 0
      && j.profile.first - other.profile.last < 15
    {
      var weight = Weight()
      weight.add(
        .echo,
        "these answers stand among refusals for an unknown key, as when the service is restarted",
        Signals.rows(j.group, scene), beside: Signals.rows(other.group, scene),
        alone: "the service is away for a moment, as when it is restarted")
      return Verdict(cause: .keysRotated, share: 0.8, weight: weight, runnerUp: nil)
    }
    return nil
  }

  /// The cause of the token call that the same client failed in the three seconds before most rows.
  private static func failedCallBefore(
    _ group: Group, _ profile: Profile, _ scene: Scene, _ causeOfRow: [Int: CauseID]
  ) -> (cause: CauseID, rows: [Int])? {
    guard group.circumstances.credentials != .present, !causeOfRow.isEmpty,
      !Inherited.isBystander(group, profile, scene)
    else { return nil }
    let last = RefusedRenewals.lastCalls(before: group, within: 3, causeOfRow, scene)
    guard let last, last.rows.count * 2 > group.count, !Contrast.isServedMeanwhile(group, scene)
    else { return nil }
    return last
  }

  /// The first row of a group after the first of some calls, which its client made; and that call's place in the lines.
  private static func group(_ group: Group, after calls: [Int], _ scene: Scene) -> [Int] {
    guard let call = calls.first else { return [] }
    return group.rows.first {
      $0 > call && scene.briefs[$0].actor == scene.briefs[call].actor
    }.map { [$0] } ?? []
  }

  /// A cause that made every client of another service fail in the same window.
  private static func sharedWindow(_ k: Int, _ judged: [Judged], _ scene: Scene)
    -> (cause: CauseID, row: Int)?
  {
    let j = judged[k]
    guard j.profile.isPartyWide || j.profile.isShut && j.group.count >= 5, j.profile.first.isKnown,
      Signals.isMute(j.group)
    else { return nil }
    var counts: [CauseID: Int] = [:]
    var rows: [CauseID: Int] = [:]
    for other in judged
    where other.group.party != j.group.party && !other.group.endpoint.isKeycloak
      && other.verdict.share >= 0.5 && other.profile.isPartyWide
    {
      // Which of the two it is was guessed from the same window: no proof of one another.
      if [.dnsNXDOMAIN, .dnsSERVFAIL].contains(other.verdict.cause), other.verdict.share < 0.6 {
        continue
      }
      switch other.verdict.cause.category {
      case .network, .proxy, .availability: break
      default: continue
      }
      let from = max(other.profile.first, j.profile.first)
      let to = min(other.profile.last, j.profile.last)
      guard to - from > (j.profile.last - j.profile.first) * 0.5,
        j.profile.isPartyWide
          || other.verdict.share >= 0.6
            && j.profile.coincides(first: other.profile.first, last: other.profile.last)
      else { continue }
      counts[other.verdict.cause, default: 0] += other.group.count
      let known = rows[other.verdict.cause] ?? .max
      rows[other.verdict.cause] = min(known, other.group.rows.first ?? .max)
    }
    guard let best = counts.leading, let row = rows[best.key] else { return nil }
    return (best.key, row)
  }

  /// A cause of bad tokens that begins and ends with this group, although it hits other clients or
  /// another service: such coincidences are rare.
  private static func sameSpan(
    _ k: Int, _ judged: [Judged], _ scene: Scene
  ) -> (cause: CauseID, rows: [Int])? {
    let j = judged[k]
    let span: Double = j.profile.last - j.profile.first
    guard Signals.isMute(j.group) || j.group.answer.statement == .tokenMissing,
      j.profile.isNarrow, span > 8, j.group.count >= 5, j.profile.first - scene.first > 3,
      !scene.isSurelyEmpty(j.group)
    else { return nil }
    struct Fault: Hashable {
      var cause: CauseID
      var party: Int32
    }
    /// With the first of their rows.
    var spans: [Fault: (first: Instant, last: Instant, count: Int, row: Int)] = [:]
    for other in judged
    where Carried.portable.contains(other.verdict.cause) && other.verdict.share >= 0.5
      && other.group.party != j.group.party && other.profile.first.isKnown
      && !other.verdict.weight.restsOnTime
    {
      let fault = Fault(cause: other.verdict.cause, party: other.group.party)
      let known = spans[fault]
      spans[fault] = (
        min(known?.first ?? other.profile.first, other.profile.first),
        max(known?.last ?? other.profile.last, other.profile.last),
        (known?.count ?? 0) + other.group.count,
        min(known?.row ?? .max, other.group.rows.first ?? .max)
      )
    }
    let alike = spans.filter {
      $0.value.count >= 5 && j.profile.coincides(first: $0.value.first, last: $0.value.last)
    }
    var counts: [CauseID: Int] = [:]
    for (fault, value) in alike { counts[fault.cause, default: 0] += value.count }
    guard let best = counts.leading,
      let row = alike.lazy.filter({ $0.key.cause == best.key }).map(\.value.row).min()
    else { return nil }
    return (best.key, [row])
  }

  /// A cause of bad tokens that all the group's actors show elsewhere at the same time.
  private static func sharedCause(
    _ j: Judged, _ k: Int, _ carried: Carried, _ scene: Scene
  ) -> (cause: CauseID, rows: [Int])? {
    guard Signals.isMute(j.group) || j.group.answer.statement == .tokenMissing else { return nil }
    let counts = carried.counts(j.group.rows, of: k, scene)
    guard let best = counts.leading, best.value * 10 >= j.group.count * 8 else { return nil }
    return (best.key, carried.rows(of: best.key, likeThose: j.group.rows, of: k, scene))
  }
}
