internal import Evidence

/// The circumstances of a group in numbers: who else was served, since when, how fast, how old the
/// tokens were. The contrast set that causes are judged by.
struct Profile {
  var first = Instant.unknown
  var last = Instant.unknown
  /// Microseconds, sorted.
  var durations: [Int64] = []
  /// The timeout that the durations stand just above, in seconds.
  var timeout: Double?
  /// Successes of the party within the span, probes not counted: by others, by the same actors.
  var othersServed = 0
  var sameServed = 0
  /// Successes of the same actors at other parties within the span and ten seconds around it.
  var sameServedElsewhere = 0
  var servedBefore = 0
  var servedAfter = 0
  /// Of the clients (addresses) active at the party in the span, how many failed alike.
  var clientsFailing = 0
  var clientsActive = 0
  /// `Contrast.isOfSeveralPrograms`: what the actors do between is also another program's doing.
  private(set) var isMixed = false
  /// Share of the rows after which the same client is served with the token that was refused.
  private(set) var servedAgain = 0.0
  /// `Sessions.foundAgain`.
  private(set) var sessionsFoundAgain: [Citation] = []
  /// Failures of this kind among all requests of the party in the span.
  var failShare = 0.0
  /// Refusals (400, 401) of the actors at the party, by size of the answer.
  private(set) var refusals: [Int32: Int] = [:]
  /// Another party gives the same actors its answer to no token.
  private(set) var isEmptyElsewhere = false
  /// The same actors get 403 at another service.
  private(set) var isForbiddenElsewhere = false
  /// Distinct sizes of the actors' failures at the party.
  var sizes = 0
  /// Ages of the last token of the same actor at the time of each row, seconds, sorted.
  var tokenAges: [Double] = []
  var gotToken = false
  /// `YoungTokens.limit`.
  private(set) var youngLimit: Double?
  /// Somebody behind the same address and user agent got a token before.
  private(set) var mayHaveToken = false
  /// Where everybody is refused: refusals of tokens that the party accepted before, and of others.
  private var refusedTokens = (old: 0, new: 0)
  /// The service accepted the same tokens before; where others than those are refused as well, as where it lost its
  /// keys: one with old keys goes on accepting what they signed.
  var acceptedBefore: Bool { refusedTokens.old >= 3 }
  var areOldTokensRefused: Bool { acceptedBefore && refusedTokens.new >= 3 }
  /// The service served before, and of those who are refused each came with another token than was accepted: the tokens
  /// changed, not the service.
  var areOnlyNewTokensRefused: Bool {
    refusedTokens.new >= 3 && refusedTokens.old * 3 <= refusedTokens.new && servedBefore >= 4
  }
  /// `PassingSpell.covers`.
  private(set) var isPassing = false
  /// Rows inside a spell of trouble with Keycloak at the edge.
  var inTrouble = 0
  var trouble: Trouble?
  /// Other application parties that fail most of several clients in the same span.
  var sufferers: Set<Int32> = []
  /// Median duration of the party's good answers, microseconds; -1 unknown.
  private(set) var servedMedian: Int64 = -1
  /// The failures take much longer than good answers: something was waited for before the refusal.
  var isSlow: Bool {
    median >= 800_000 && (servedMedian < 0 || median >= 8 * servedMedian)
  }

  var median: Int64 { durations.isEmpty ? -1 : durations[durations.count / 2] }
  /// Everybody who uses the party fails, but for a few.
  var isPartyWide: Bool {
    clientsActive >= 2 && clientsFailing * 10 >= clientsActive * 7 && failShare > 0.6
  }
  /// Several clients are refused and served in turn with the same tokens, which are younger than others that are
  /// served: one instance of the service sees them otherwise.
  func isOfOneInstance(_ group: Group, _ scene: Scene) -> Bool {
    youngLimit != nil
      || servedAgain >= 0.7 && clientsFailing >= 2 && failShare < 0.7 && tokenAges.count >= 3
        && tokenAges[tokenAges.count / 2] < scene.greatestServedAge(at: group.party) * 0.85
        && !Contrast.isOfRouteOnly(group, scene)
  }
  /// Neither a token nor a good answer is seen of these programs, whoever else is behind their addresses.
  var isStranger: Bool { !gotToken && sameServed + sameServedElsewhere == 0 }
  /// One or few clients fail while others are served.
  var isNarrow: Bool {
    othersServed + sameServed >= 3 && !isPartyWide
      && (failShare < 0.75 || clientsFailing * 10 <= clientsActive * 7)
  }

  init(_ group: Group, _ scene: Scene) {
    let rows = group.rows
    var actors = NumberTable(numbers: scene.byActor.count, expected: rows.count)
    var distinct: [Int32] = []
    durations.reserveCapacity(rows.count)
    for i in rows {
      let b = scene.briefs[i]
      if actors.add(b.actor) == 1 { distinct.append(b.actor) }
      if b.start.isKnown {
        if !first.isKnown || b.start < first { first = b.start }
        if !last.isKnown || b.end > last { last = b.end }
      }
      let duration = scene.file.exchanges[i].request.duration
      if duration >= 0 { durations.append(duration) }
    }
    if durations.count * 2 < rows.count { durations = [] }
    durations.sort()
    timeout = Rhythm.timeout(durations)
    company(Company(group, distinct, scene), scene)
    guard first.isKnown else { return }
    if !scene.isWithoutSuccess { contrast(group, scene) }
    tokens(rows, scene)
    if scene.troubles.isEmpty { return }
    // The one in which most of them fall.
    var most = 0
    var counts: [Instant: Int] = [:]
    for i in rows {
      guard let t = scene.trouble(at: scene.briefs[i].start, margin: 3) else { continue }
      inTrouble += 1
      counts[t.first, default: 0] += 1
      if let count = counts[t.first], count > most {
        most = count
        trouble = t
      }
    }
  }

  /// What else happens to the actors of a group.
  private mutating func company(_ group: Company, _ scene: Scene) {
    let rows = group.actors.reduce(0) { $0 + scene.byActor[Int($1)].count }
    let failures = scene.refusals.failures[Int(group.party)]
    var found = group
    if rows <= (failures.count + scene.refusals.parties.count) / 4 {
      for a in group.actors {
        for j in scene.byActor[Int(a)] { meet(j, &found, scene) }
      }
    } else {
      // List by list is faster than by actor where most failures are theirs.
      found.mark(of: scene.byActor.count)
      for one in failures where found.has(one.actor) {
        found.note(one.bytes, isRefusal: one.isRefusal)
      }
      countServed(found, scene)
      isForbiddenElsewhere = group.actors.contains {
        scene.refusals.isForbidden($0, elsewhereThan: group.party)
      }
      isEmptyElsewhere = group.actors.contains {
        scene.refusals.isMissing($0, elsewhereThan: group.party)
      }
    }
    sizes = first.isKnown ? found.sizes : 0
    refusals = found.refusals
  }

  /// Successes of the actors within the span, and ten seconds around it elsewhere.
  private mutating func countServed(_ found: Company, _ scene: Scene) {
    guard first.isKnown else { return }
    sameServed = served(found, by: found.party, first, last, scene)
    let from = first.advanced(seconds: -10)
    let to = last.advanced(seconds: 10)
    // Where there are many parties, by actor.
    if found.actors.count < scene.refusals.servedParties.count {
      for a in found.actors {
        sameServedElsewhere += scene.within(scene.byActor[Int(a)], from, to).count {
          let b = scene.briefs[$0]
          return b.isSuccess && !b.isProbe && !b.endpoint.isKeycloak && b.party != found.party
            && found.isSame($0, scene)
        }
      }
      return
    }
    for p in scene.refusals.servedParties
    where p != found.party && scene.file.parties[Int(p)].kind != .keycloak {
      sameServedElsewhere += served(found, by: p, from, to, scene)
    }
  }

  /// Successes of the same clients at a party in a span.
  private func served(
    _ found: Company, by party: Int32, _ from: Instant, _ to: Instant, _ scene: Scene
  ) -> Int {
    // Actors stand side by side; programs are told by rows.
    found.isOfActors
      ? scene.attendance[Int(party)].served(from: from, to: to) { found.has($0) }
      : scene.within(scene.servedByParty[Int(party)], from, to).count {
        found.has($0, scene) && found.isSame($0, scene)
      }
  }

  private mutating func meet(_ j: Int, _ found: inout Company, _ scene: Scene) {
    let e = scene.briefs[j]
    guard e.party == found.party else {
      if e.endpoint.isKeycloak { return }
      if e.isSuccess {
        if first.isKnown, e.start >= first.advanced(seconds: -10),
          e.start <= last.advanced(seconds: 10), !e.isProbe, found.isSame(j, scene)
        {
          sameServedElsewhere += 1
        }
        return
      }
      if e.status == 403 { isForbiddenElsewhere = true }
      if e.status == 401, !isEmptyElsewhere, Refusals.isEmpty(j, scene) { isEmptyElsewhere = true }
      return
    }
    if e.isProbe { return }
    if e.isSuccess {
      if first.isKnown, e.start >= first, e.start <= last, found.isSame(j, scene) {
        sameServed += 1
      }
    } else if e.isFailure {
      found.note(e.bytes, isRefusal: e.status == 401 || e.status == 400)
    }
  }

  private mutating func contrast(_ group: Group, _ scene: Scene) {
    let attendance = scene.attendance[Int(group.party)]
    servedBefore = attendance.served(before: first)
    servedAfter = attendance.served(after: last)
    let failed: Int
    (failed, clientsFailing, clientsActive) = scene.turnout(of: group.kin, first, last)
    let exchanges = attendance.exchanges(first, last)
    failShare = exchanges > 0 ? Double(failed) / Double(exchanges) : 0
    othersServed = attendance.served(first, last) - sameServed
    servedMedian = scene.servedMedian[Int(group.party)]
    if !group.endpoint.isKeycloak {
      isMixed = Contrast.isOfSeveralPrograms(group, self, scene)
      servedAgain = isMixed ? 0 : Contrast.servedAgain(group, scene)
      if isPartyWide { refusedTokens = Contrast.refusedTokens(group, scene) }
      isPassing = PassingSpell.covers(group, scene)
    }
    youngLimit = scene.youngTokens.limit(group, scene)
    sessionsFoundAgain = Sessions.foundAgain(group, scene)
    for p in scene.refusals.failingParties
    where p != group.party && suffers(p, scene) { sufferers.insert(p) }
  }

  /// Whether another party fails most of its clients in this span, or in the part of it in which it fails at all.
  private func suffers(_ party: Int32, _ scene: Scene) -> Bool {
    let failures = scene.within(scene.failuresByParty[Int(party)], first, last)
    let some = failures.indices.prefix(Profile.mostLookedAt)
    let refusals = scene.refusals.failures[Int(party)]
    var own = 0
    var ends: (one: Int, other: Int)?
    var isOfSeveral = false
    for k in some where refusals[k].isOwn {
      let one = ends?.one ?? k
      isOfSeveral = isOfSeveral || refusals[k].visitor != refusals[one].visitor
      ends = (one, k)
      own += 1
    }
    guard let ends else { return false }
    let (one, other) = (failures[ends.one], failures[ends.other])
    let all = scene.attendance[Int(party)].exchanges(first, last)
    let meanwhile = scene.attendance[Int(party)].exchanges(
      scene.briefs[one].start, scene.briefs[other].start)
    guard isOfSeveral || own == meanwhile && isShutAsLong(party, scene) else { return false }
    return own * failures.count * 6 >= all * some.count && own * 2 >= meanwhile
      && !CheckersCalls.areHeard(failures, scene)
  }
  private static let mostLookedAt = 200

  /// A party refuses all that it is asked from just this profile's beginning to its end, and served before and
  /// afterwards.
  func isShutAsLong(_ party: Int32, _ scene: Scene) -> Bool {
    let slack = Profile.slack(last - first)
    let failures = scene.within(
      scene.failuresByParty[Int(party)], first.advanced(seconds: -2 * slack),
      last.advanced(seconds: 2 * slack))
    guard let one = failures.first, let other = failures.last else { return false }
    let from = scene.briefs[one].start
    let to = scene.briefs[other].end
    let all = scene.attendance[Int(party)]
    return failures.count >= 5 && failures.count * 10 >= all.exchanges(from, to) * 9
      && coincides(first: from, last: to) && all.served(before: from) >= 3
      && all.served(after: to) >= 3
  }

  /// Whoever uses the party fails, if it is one client alone; it served before and afterwards.
  var isShut: Bool {
    clientsActive == clientsFailing && failShare > 0.9 && servedBefore >= 3
      && servedAfter >= 3
  }

  /// Whether somebody else's failures begin and end with these: such coincidences are rare.
  func coincides(first otherFirst: Instant, last otherLast: Instant) -> Bool {
    let span: Double = last - first
    return abs(otherFirst - first) < max(4, span * 0.15)
      && abs(otherLast - last) < Profile.slack(span)
  }
  private static func slack(_ span: Double) -> Double { max(4, span * 0.18) }

  private mutating func tokens(_ rows: [Int], _ scene: Scene) {
    guard scene.hasToken else { return }
    for i in rows {
      if let age = scene.tokenAge(i) {
        gotToken = true
        tokenAges.append(age)
      }
    }
    tokenAges.sort()
    mayHaveToken =
      gotToken
      || rows.prefix(50).contains { i in
        let e = scene.exchange(i)
        let calls = scene.tokenCallsOfActor[e.actor] ?? []
        return calls.prefix(scene.lowerBound(calls, e.request.start)).contains {
          scene.briefs[$0].isSuccess
        }
      }
  }
}
