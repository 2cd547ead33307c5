internal import Evidence

/// A last look at groups that show little beside groups that show much: answers, clients and spans
/// that are the same have the cause that the clear ones have.
enum Echoes {
  /// A client whose header is built wrongly meets several refusals of one service: where most of
  /// them are told as that, the few others are, too.
  static func brokenHeaders(_ judged: inout [Judged], _ scene: Scene) {
    struct Place: Hashable {
      var actor: Int32
      var party: Int32
    }
    var broken: [Place: Int] = [:]
    for (k, j) in judged.enumerated()
    where j.verdict.cause == .tokenMalformed && j.verdict.share >= 0.5 && j.group.count >= 5 {
      let place = Place(
        actor: scene.briefs[j.group.rows[0]].actor, party: j.group.party)
      if let known = broken[place], judged[known].group.count >= j.group.count { continue }
      broken[place] = k
    }
    guard !broken.isEmpty else { return }
    for k in judged.indices {
      let j = judged[k]
      guard j.verdict.cause != .tokenMalformed, j.verdict.share < 0.75, Signals.isMute(j.group),
        j.group.status == 401 || j.group.status == 400, !scene.isSurelyEmpty(j.group),
        let first = j.group.rows.first,
        let main = broken[Place(actor: scene.briefs[first].actor, party: j.group.party)],
        j.group.count <= judged[main].group.count
      else { continue }
      switch j.verdict.cause.category {
      case .tokens, .undecided: break
      default: continue
      }
      judged[k].verdict = verdict(
        .tokenMalformed, judged[main].verdict.share * 0.85,
        "the same client meets another refusal at this service, which speaks of a broken header", j,
        beside: judged[main], scene)
    }
  }

  /// A browser that is no longer sent to the login gets one answer on every route: where most that it opens are told as
  /// that, those that might as well be a program's are, too.
  static func shutDoors(_ judged: inout [Judged], _ scene: Scene) {
    var shut: [Int32: [Int]] = [:]
    for (k, j) in judged.enumerated()
    where j.verdict.cause == .ingressNoLoginRedirect && j.verdict.share >= 0.7 {
      shut[j.group.kin, default: []].append(k)
    }
    for k in judged.indices {
      let j = judged[k]
      guard let doors = shut[j.group.kin], j.verdict.share < 0.75,
        j.verdict.cause == .benignNoToken || j.verdict.cause == .undecided,
        !j.group.circumstances.isProbe, !j.group.circumstances.isScanner
      else { continue }
      let visitors = Set(j.group.rows.map { scene.briefs[$0].actor })
      let door = doors.first {
        visitors.isSubset(of: judged[$0].group.rows.map { scene.briefs[$0].actor })
      }
      guard let door, j.profile.first >= judged[door].profile.first.advanced(seconds: -3) else {
        continue
      }
      judged[k].verdict = verdict(
        .ingressNoLoginRedirect, judged[door].verdict.share * 0.85,
        "the same browsers get the same answer where they are no longer sent to the login", j,
        beside: judged[door], scene)
    }
  }

  /// A header that the edge takes away is missed by all services behind it: where refusals of one service start
  /// and end with those of another that are told as that, at reloads of the edge, their words differ, not their
  /// cause.
  static func strippedAlike(_ judged: inout [Judged], _ scene: Scene) {
    let sure = judged.filter {
      $0.verdict.cause == .ingressAuthHeaderStripped && $0.verdict.share >= 0.7
        && $0.group.count >= 5 && scene.reload(near: $0.profile.first, within: 2) != nil
    }
    guard !sure.isEmpty else { return }
    for k in judged.indices {
      let j = judged[k]
      guard Signals.isMute(j.group), Signals.isApplication(j.group), j.group.status == 401,
        j.verdict.cause.category == .tokens || j.verdict.cause == .undecided,
        j.verdict.share < 0.75, j.group.count >= 3, !j.group.circumstances.isProbe,
        let peer = sure.first(where: {
          $0.group.party != j.group.party
            && j.profile.coincides(first: $0.profile.first, last: $0.profile.last)
        })
      else { continue }
      judged[k].verdict = verdict(
        .ingressAuthHeaderStripped, peer.verdict.share * 0.8,
        "another service misses the header in just the same span, from a reload of the edge on", j,
        beside: peer, scene)
    }
  }

  /// A client that sends the wrong one of its three tokens is told different things by different
  /// services: an ID token has another audience, a refresh token another algorithm. Where one of
  /// several clients that fail in the same span is told the latter, the former is the same mistake.
  static func otherKinds(_ judged: inout [Judged], _ scene: Scene) {
    let sure = judged.filter {
      $0.verdict.cause == .tokenWrongType && $0.verdict.share >= 0.65 && $0.group.count >= 3
    }
    guard !sure.isEmpty else { return }
    for k in judged.indices where judged[k].verdict.cause == .tokenAudienceMismatch {
      let j = judged[k]
      let span: Double = j.profile.last - j.profile.first
      guard j.profile.isNarrow, span > 8, j.profile.first - scene.first > 3 else { continue }
      let peer = sure.first {
        $0.group.party != j.group.party
          && j.profile.coincides(first: $0.profile.first, last: $0.profile.last)
      }
      guard let peer else { continue }
      var weight = Weight()
      weight.add(
        .echo, "in just the same span a client sends a token of another kind to another service",
        Signals.rows(j.group, scene), beside: Signals.rows(peer.group, scene),
        alone: "the client is refused in one span of time")
      judged[k].verdict = Verdict(
        cause: .tokenWrongType, share: 0.6, weight: weight,
        runnerUp: (.tokenAudienceMismatch, 0.35))
    }
  }

  /// Answers of one service with one status and size, in one stretch of time, have one cause when it
  /// is not one of single clients: what most of them show holds for the few that show little.
  static func agree(_ judged: inout [Judged], _ scene: Scene) {
    var kin: [Int32: [Int]] = [:]
    for (k, j) in judged.enumerated()
    where !j.group.endpoint.isKeycloak && scene.kinships.classes[Int(j.group.kin)].bytes > 0 {
      kin[j.group.kin, default: []].append(k)
    }
    for list in kin.values where list.count >= 2 {
      var votes: [CauseID: Double] = [:]
      var total = 0.0
      for k in list {
        let j = judged[k]
        total += Double(j.group.count)
        votes[j.verdict.cause, default: 0] += Double(j.group.count) * j.verdict.share
      }
      guard let best = votes.leading, isOfService(best.key), best.value * 10 >= total * 4 else {
        continue
      }
      let leaders = list.filter { judged[$0].verdict.cause == best.key }
      guard
        let first = leaders.map({ judged[$0].profile.first }).min(),
        let last = leaders.map({ judged[$0].profile.last }).max(),
        let leader = leaders.max(by: { judged[$0].group.count < judged[$1].group.count })
      else { continue }
      let share = leaders.reduce(0.0) { max($0, judged[$1].verdict.share) }
      for k in list where judged[k].verdict.cause != best.key {
        let j = judged[k]
        let isSame = isOfService(j.verdict.cause) || j.verdict.cause == .undecided
        guard isSame || j.verdict.share < 0.6, Signals.isMute(j.group),
          !j.group.circumstances.isProbe,
          !j.group.circumstances.isScanner, !scene.isSurelyEmpty(j.group),
          j.profile.first - first > -3, last - j.profile.last > -8
        else { continue }
        judged[k].verdict = verdict(
          best.key, share * 0.9,
          "other requests to this service get the same answer in that time",
          j, beside: judged[leader], left: 0.5, scene)
      }
    }
  }

  /// What one service answers all its clients at one time has one cause: few of them are not refused for a header that
  /// the edge takes away, without a reload, while most are refused since the service cannot ask Keycloak.
  static func sameWindow(_ judged: inout [Judged], _ scene: Scene) {
    var kin: [Int32: [Int]] = [:]
    for (k, j) in judged.enumerated()
    where j.verdict.share >= 0.35 && isOfService(j.verdict.cause) && !j.group.endpoint.isKeycloak {
      kin[j.group.kin, default: []].append(k)
    }
    for k in judged.indices where judged[k].verdict.cause == .ingressAuthHeaderStripped {
      let j = judged[k]
      guard scene.reload(near: j.group.stretch.first) == nil,
        scene.reload(near: j.group.stretch.last) == nil
      else { continue }
      let peers = (kin[j.group.kin] ?? []).filter {
        judged[$0].profile.first <= j.profile.last && judged[$0].profile.last >= j.profile.first
      }
      guard let leader = peers.max(by: { judged[$0].group.count < judged[$1].group.count }),
        peers.allSatisfy({ judged[$0].verdict.cause == judged[leader].verdict.cause }),
        peers.reduce(0, { $0 + judged[$1].group.count }) >= 2 * j.group.count
      else { continue }
      judged[k].verdict = verdict(
        judged[leader].verdict.cause, judged[leader].verdict.share * 0.9,
        "other requests to this service get the same answer in that time", j,
        beside: judged[leader],
        scene)
    }
  }

  /// Refusals of one of Keycloak's end-points with one status and size, whose events could not be told apart or
  /// were not written, have the cause of those between which they stand.
  static func sameRefusals(_ judged: inout [Judged], _ scene: Scene) {
    var told: [Int32: [Int]] = [:]
    for (k, j) in judged.enumerated()
    where j.group.endpoint.isKeycloak && j.verdict.cause != .undecided
      && scene.kinships.classes[Int(j.group.kin)].bytes > 0
    {
      told[j.group.kin, default: []].append(k)
    }
    for k in judged.indices where judged[k].verdict.cause == .undecided {
      let j = judged[k]
      guard j.group.endpoint.isKeycloak, (400...403).contains(j.group.status),
        j.group.circumstances.eventError.isNone,
        let peers = told[j.group.kin]?.filter({ judged[$0].group.endpoint == j.group.endpoint }),
        let leader = peers.max(by: { judged[$0].group.count < judged[$1].group.count }),
        peers.allSatisfy({ judged[$0].verdict.cause == judged[leader].verdict.cause }),
        judged[leader].verdict.share >= 0.6, judged[leader].group.count >= j.group.count,
        j.profile.first >= judged[leader].profile.first.advanced(seconds: -5),
        j.profile.last <= judged[leader].profile.last.advanced(seconds: 5)
      else { continue }
      judged[k].verdict = verdict(
        judged[leader].verdict.cause, judged[leader].verdict.share * 0.9,
        "other calls of Keycloak get the same answer in that time", j,
        beside: judged[leader], scene)
    }
  }

  /// Faults of what tokens hold, that clients of one service meet at one time.
  private static let contents: Set<CauseID> = [
    .tokenAudienceMismatch, .tokenIssuerMismatch, .tokenWrongType, .tokenClaimRejected,
    .tokenOtherRealm, .foreignOtherIDP,
  ]

  /// Clients that one service refuses alike in just the same span have one fault in their tokens: what one of them
  /// shows holds for one that shows less.
  static func siblings(_ judged: inout [Judged], _ scene: Scene) {
    var leaders: [Int32: Int] = [:]
    for (k, j) in judged.enumerated()
    where contents.contains(j.verdict.cause) && j.verdict.share >= 0.4 && j.group.count >= 5
      && Signals.isMute(j.group) && j.profile.isNarrow
    {
      if let known = leaders[j.group.kin], judged[known].verdict.share >= j.verdict.share {
        continue
      }
      leaders[j.group.kin] = k
    }
    for k in judged.indices {
      let j = judged[k]
      guard let leader = leaders[j.group.kin], leader != k, isOpen(j, below: 0.5, scene),
        j.verdict.cause != judged[leader].verdict.cause, j.group.count >= 3,
        j.profile.coincides(
          first: judged[leader].profile.first, last: judged[leader].profile.last)
      else { continue }
      judged[k].verdict = verdict(
        judged[leader].verdict.cause, judged[leader].verdict.share * 0.9,
        "another client gets the same answer of this service in just the same span", j,
        beside: judged[leader], scene)
    }
  }

  /// Some clients of a service are refused without a word, by their tokens as far as one can say, and not surely.
  private static func isOpen(_ j: Judged, below share: Double, _ scene: Scene) -> Bool {
    let isUndecided = j.verdict.cause == .undecided
    return (isUndecided || j.verdict.cause.category == .tokens && j.verdict.share < share)
      && Signals.isMute(j.group) && j.profile.isNarrow && !j.group.circumstances.isProbe
      && !scene.isSurelyEmpty(j.group)
  }

  /// Seconds by which ages at the first refusal may differ.
  private static let ageSlack = 1.5

  /// Tokens end at one age: where clients of a service are refused from an age on, another that is refused ever after it
  /// was as old has the same cause, although another program behind its address gets new ones.
  static func sameAge(_ judged: inout [Judged], _ scene: Scene) {
    var ends: [Int32: Int] = [:]
    for (k, j) in judged.enumerated()
    where j.verdict.cause == .tokenExpired && j.verdict.share >= 0.55 && j.group.count >= 5
      && j.profile.tokenAges.first.map({ $0 > 5 * ageSlack }) == true
    {
      ends[j.group.kin] = ends[j.group.kin] ?? k
    }
    for k in judged.indices {
      let j = judged[k]
      guard let leader = ends[j.group.kin], leader != k, isOpen(j, below: 0.6, scene),
        j.verdict.cause != .tokenExpired, j.group.count >= 5,
        let age = judged[leader].profile.tokenAges.first, let first = j.group.rows.first,
        Contrast.isServedUntil(first, scene)
      else { continue }
      let start = scene.briefs[first].start
      let issued = scene.within(
        scene.tokenCallsOfActor[Int(scene.briefs[first].actor)],
        start.advanced(seconds: -age - ageSlack - 2), start.advanced(seconds: -age + ageSlack + 1)
      ).first {
        scene.briefs[$0].isSuccess && abs(start - scene.briefs[$0].end - age) < ageSlack
      }
      guard let issued else { continue }
      judged[k].verdict = verdict(
        .tokenExpired, judged[leader].verdict.share * 0.85,
        "the client is refused from the age on at which a token of another client is refused", j,
        beside: judged[leader],
        lines: OtherSide.lines([issued, first], scene),
        others: OtherSide.lines(
          judged[leader].group.rows.first.map { row in
            [scene.lastToken(before: scene.briefs[row].start, for: row), row].compactMap { $0 }
          } ?? [], scene), scene)
    }
  }

  /// A verdict on one group that is taken over from another one. `left`: how much of its own is left to what was said
  /// of it before.
  static func verdict(
    _ cause: CauseID, _ share: Double, _ claim: String, _ j: Judged, beside clear: Judged,
    left: Double = 0.4, lines: [Citation]? = nil, others: [Citation]? = nil, _ scene: Scene
  ) -> Verdict {
    var weight = Weight()
    weight.add(
      .echo, claim, lines ?? Signals.rows(j.group, scene),
      beside: others ?? Signals.rows(clear.group, scene),
      alone: "the same time and place as failures with this cause")
    return Verdict(
      cause: cause, share: share, weight: weight,
      runnerUp: j.verdict.cause == .undecided ? nil : (j.verdict.cause, j.verdict.share * left))
  }

  /// Causes that hit a service, not single clients of it.
  private static func isOfService(_ cause: CauseID) -> Bool {
    switch cause.category {
    case .network, .proxy, .availability: true
    default: cause == .clientBadSecret || cause == .keysRotated || cause == .clientDisabled
    }
  }
}
