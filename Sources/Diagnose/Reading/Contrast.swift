internal import Evidence

/// Comparisons of a group with what surrounds it: the same actors elsewhere, everybody else here.
enum Contrast {
  /// Successes of the same actors at the same party before their first failure of the group.
  static func servedBeforeSameActor(_ group: Group, _ scene: Scene) -> Int {
    var firstFailure: [Int32: Int] = [:]
    for i in group.rows where firstFailure[scene.exchange(i).actor] == nil {
      firstFailure[scene.exchange(i).actor] = i
    }
    var count = 0
    for (actor, i) in firstFailure {
      let time = scene.exchange(i).request.start
      for j in scene.byActor[Int(actor)] {
        if scene.briefs[j].start >= time { break }
        if scene.isServed(j, as: i) { count += 1 }
      }
    }
    return count
  }

  /// Rows whose client got a token less than five seconds before.
  static func freshRefusals(_ group: Group, _ scene: Scene) -> Int {
    group.rows.count { i in scene.tokenAge(i).map { $0 < 5 } ?? false }
  }

  /// The share of a group's rows after which the same actor gets a token within three seconds and is
  /// then served on the same route (or, after a login within half a second, by the same service),
  /// whatever comes between.
  static func loginShare(_ group: Group, _ scene: Scene) -> Double {
    let rows = group.rows.prefix(200)
    guard !rows.isEmpty else { return 0 }
    var hits = 0
    for i in rows
    where !CircumstanceReading.hasFreshToken(i, scene) && !scene.youngTokens.isRefused(i, scene) {
      let e = scene.exchange(i)
      let calls = scene.tokenCalls(for: i)
      let next = scene.within(calls, e.request.start, e.request.end.advanced(seconds: 3))
      guard let token = next.first(where: { scene.briefs[$0].isSuccess }) else { continue }
      let end = scene.briefs[token].end
      let isAtOnce = scene.briefs[token].start - e.request.end < 0.5
      let served = scene.within(
        scene.byActor[Int(e.actor)], end.advanced(seconds: -0.05), end.advanced(seconds: 2.5)
      ).contains {
        scene.briefs[$0].isSuccess && scene.briefs[$0].party == e.party
          && (isAtOnce || scene.exchange($0).request.route == e.request.route)
          && scene.isSameProgram(i, $0)
      }
      if served { hits += 1 }
    }
    return Double(hits) / Double(rows.count)
  }

  /// A few successes of the same actors elsewhere, for citation.
  static func successes(_ group: Group, _ scene: Scene) -> [Citation] {
    guard let i = group.rows.first else { return [] }
    var result: [Citation] = []
    for j in scene.byActor[Int(scene.exchange(i).actor)] {
      let e = scene.exchange(j)
      if e.isSuccess, !scene.isProbe(j), e.endpoint == .token || !e.endpoint.isKeycloak {
        result.append(e.request.citation)
        if result.count == 2 { break }
      }
    }
    return result
  }

  /// Rows of the group's kin (same party, status and size) that carry one of these statements.
  static func kinWords(_ group: Group, _ scene: Scene, _ wanted: Set<Statement>) -> [Citation] {
    guard let first = group.rows.first, let last = group.rows.last else { return [] }
    let from = scene.exchange(first).request.start.advanced(seconds: -20)
    let to = scene.exchange(last).request.end.advanced(seconds: 20)
    var result: [Citation] = []
    for j in scene.within(scene.spoken[Int(group.party)], from, to) {
      if let s = scene.answers.statement(j), wanted.contains(s) {
        result += scene.answers[j]?.citations ?? []
        if result.count >= 3 { break }
      }
    }
    return result
  }

  /// What the ages of a group's tokens say about expiry: above what is served elsewhere, or well
  /// below.
  enum Ages { case aboveServed, belowServed, unclear }

  static func ages(_ group: Group, _ profile: Profile, _ scene: Scene) -> Ages {
    let ages = profile.tokenAges
    guard ages.count * 10 >= group.count * 8, ages.count >= 3, let youngest = ages.first
    else { return .unclear }
    let greatest = scene.greatestServedAge(at: group.party)
    if youngest > greatest * 0.95, youngest > 5 { return .aboveServed }
    if scene.renewalGap(at: group.party) == nil || areOfOneProgram(group, scene),
      let oldest = ages.last, oldest < greatest * 0.95,
      ages[ages.count / 2] < greatest * 0.6
    {
      return .belowServed
    }
    return .unclear
  }

  /// Port or length tell which program sent these requests, and which calls for tokens are its own.
  private static func areOfOneProgram(_ group: Group, _ scene: Scene) -> Bool {
    let rows = group.rows.prefix(200)
    let known = rows.count { i in
      scene.programs.of(i).map { !scene.programs.all[Int($0)].tokenCalls.isEmpty } ?? false
    }
    return known * 10 >= rows.count * 8
  }

  /// Other services refuse the same clients in the same span, or others in just this span, with another answer
  /// than that to no token: rather a matter of tokens than of one service.
  static func isSpread(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    lazy var actors = Set(group.rows.lazy.map { scene.briefs[$0].actor })
    var count = 0
    for (kin, size) in scene.kinships.classes.enumerated()
    where size.status == 401 && size.party != group.party
      && scene.file.parties[Int(size.party)].kind == .application
      && !scene.isSurelyEmpty(size.party, size.bytes)
    {
      let rows = scene.kinships.rows[kin]
      let meanwhile = scene.within(rows, profile.first, profile.last)
      guard let first = rows.first, let last = rows.last, !meanwhile.isEmpty else { continue }
      if profile.coincides(first: scene.briefs[first].start, last: scene.briefs[last].end) {
        count += meanwhile.count
      } else {
        count += meanwhile.prefix(mostLookedAt).count { actors.contains(scene.briefs[$0].actor) }
      }
      if count >= 8 { return true }
    }
    return false
  }
  private static let mostLookedAt = 200

  /// How many different answers (by size, those to no token left out) the actors of a group get at
  /// its party, each at least twice.
  static func refusalSizes(_ group: Group, _ profile: Profile, _ scene: Scene) -> Int {
    let empty = scene.emptySizes[group.party] ?? []
    if !scene.emptySizeTells(group.party) { return profile.refusals.count { $0.value >= 2 } }
    return profile.refusals.count { $0.value >= 2 && !empty.contains($0.key) }
  }

  /// How many different lengths the refused requests of a group's actors at its party have, targets
  /// not counted; a client that is sound repeats one.
  static func lengthVariety(_ group: Group, _ scene: Scene) -> Int {
    guard let i = group.rows.first, scene.exchange(i).request.requestBytes > 0 else { return 0 }
    var lengths: Set<Int> = []
    for j in scene.byActor[Int(scene.exchange(i).actor)] {
      let r = scene.exchange(j).request
      guard scene.exchange(j).party == group.party, r.status == 401 || r.status == 400,
        r.requestBytes > 0, !scene.isProbe(j), !scene.isScanner(j)
      else { continue }
      lengths.insert(r.lengthWithoutTarget)
    }
    return lengths.count
  }

  /// A success, in the span of a profile, of another service that asks Keycloak about each token:
  /// whoever cannot reach Keycloak, that one can.
  static func introspectorServed(_ group: Group, _ profile: Profile, _ scene: Scene) -> Citation? {
    guard profile.first.isKnown, profile.last - profile.first > 4 else { return nil }
    let from = profile.first.advanced(seconds: 2)
    for party in scene.introspecting.sorted() where party != group.party {
      let served = scene.attendance[Int(party)].served(from, profile.last)
      guard served >= 3, let failures = scene.failuresByParty[party],
        let all = scene.byParty[party],
        scene.within(failures, from, profile.last).count * 2 < served
      else { continue }
      if let i = scene.within(all, from, profile.last).first(where: {
        scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe
      }) {
        return scene.exchange(i).request.citation
      }
    }
    return nil
  }

  /// Whether another service that refuses everybody in the span of a group is served again at the same
  /// moment as the group's own, both before the logs end.
  static func recoversWithOthers(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard profile.isPartyWide, profile.last - profile.first > 4, scene.last - profile.last > 3
    else { return false }
    let middle = profile.first.advanced(seconds: (profile.last - profile.first) * 0.6)
    guard let own = recovery(group.party, after: middle, scene), own - profile.last < 3 else {
      return false
    }
    return profile.sufferers.contains { p in
      guard let other = recovery(p, after: middle, scene) else { return false }
      return abs(other - own) < 1.5 && other - middle > 2
    }
  }

  private static func recovery(_ party: Int32, after time: Instant, _ scene: Scene) -> Instant? {
    guard let list = scene.byParty[party] else { return nil }
    return list[scene.lowerBound(list, time)...].first {
      scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe
    }.map { scene.briefs[$0].start }
  }

  /// How many clients get this very answer (party, status, size), those with less than three left
  /// out.
  static func kinClients(_ group: Group, _ scene: Scene) -> Int {
    group.stretch.frequentClients
  }

  struct Window {
    var first: Instant
    var last: Instant
    var clients: Int
    /// Most of the group falls into it.
    var covers: Bool
    var isPartyWide: Bool
    var servedBefore: Int
    var servedAfter: Int
  }

  /// The stretch in which the kin of a group fail, and whether the group is of it.
  static func window(_ group: Group, _ scene: Scene) -> Window {
    let stretch = group.stretch
    guard stretch.count > 0 else {
      return Window(
        first: .unknown, last: .unknown, clients: 0, covers: false, isPartyWide: false,
        servedBefore: 0, servedAfter: 0)
    }
    let covers =
      group.rows.count { i in
        let t = scene.briefs[i].start
        return t >= stretch.first && t <= stretch.last
      } * 2 > group.count
    return Window(
      first: stretch.first, last: stretch.last, clients: stretch.clients, covers: covers,
      isPartyWide: covers && stretch.count >= 6 && stretch.clients >= 2
        && stretch.clients * 10 >= stretch.active * 8,
      servedBefore: stretch.servedBefore, servedAfter: stretch.servedAfter)
  }

  /// Health checks without a token at the failing party: do they fail with 5xx, or get their 401?
  static func probesFail(_ group: Group, _ scene: Scene) -> (failed: Citation?, answered: Citation?)
  {
    guard let a = group.rows.first, let b = group.rows.last else { return (nil, nil) }
    let from = scene.exchange(a).request.start
    let to = scene.exchange(b).request.end
    var failed: Citation?
    var answered: Citation?
    for j in scene.within(scene.byParty[Int(group.party)], from, to) where scene.isProbe(j) {
      let e = scene.exchange(j)
      let isAlike = e.request.status == group.status && group.status != 401
      if e.request.status >= 500 || isAlike { failed = failed ?? e.request.citation }
      if e.request.status == 401 { answered = answered ?? e.request.citation }
    }
    return (failed, failed == nil ? answered : nil)
  }

  /// Whether health checks that fail are served at other times, on the same route.
  static func areServedProbes(_ group: Group, _ scene: Scene) -> Bool {
    guard let first = group.rows.first else { return false }
    let route = scene.exchange(first).request.route
    return scene.byActor[Int(scene.briefs[first].actor)].prefix(500).contains {
      scene.briefs[$0].isProbe && scene.briefs[$0].status > 0 && scene.briefs[$0].status < 300
        && scene.briefs[$0].party == group.party && scene.exchange($0).request.route == route
    }
  }

  /// Failures of the same kind and clients that do follow a redirect, where these do not.
  static func redirectedKin(_ group: Group, _ scene: Scene) -> [Int] {
    guard !group.circumstances.afterRedirect else { return [] }
    let actors = Set(group.rows.prefix(500).map { scene.briefs[$0].actor })
    return scene.kinships.rows[Int(group.kin)].prefix(500).filter {
      actors.contains(scene.briefs[$0].actor)
        && CircumstanceReading.redirect(before: $0, scene) != nil
    }
  }

  /// The redirects before a group's rows.
  static func redirects(_ group: Group, _ scene: Scene) -> [Citation] {
    group.rows.prefix(3).compactMap {
      CircumstanceReading.redirect(before: $0, scene).map { scene.exchange($0).request.citation }
    }
  }

  /// Successful logins of the same users from the same addresses within two minutes after a group.
  static func loginAfter(_ group: Group, _ scene: Scene) -> [Citation] {
    var result: [Citation] = []
    for i in group.rows {
      guard let event = scene.event(scene.exchange(i).event) else { continue }
      if let login = scene.logins.after(event, scene) { result.append(login.citation) }
      if result.isEmpty, !Sessions.successEventsVisible(scene) {
        // Without success events: the same actor's next token call is good.
        let e = scene.exchange(i)
        let calls = scene.rows(of: e.request.client)
        for j in calls[scene.lowerBound(calls, e.request.start)...]
        where scene.briefs[j].endpoint == .token {
          if scene.briefs[j].start - e.request.start >= 30 { break }
          let next = scene.exchange(j)
          if next.request.start > e.request.start, next.request.start - e.request.start < 30,
            next.request.userAgent == e.request.userAgent, next.isSuccess, group.count <= 4
          {
            result.append(next.request.citation)
            break
          }
        }
      }
    }
    return Array(result.prefix(3))
  }

  /// Successes of the same party with a Basic user name.
  static func basicUsers(_ group: Group, _ scene: Scene) -> [Citation] {
    scene.basicUsers[Int(group.party)].map { scene.exchange($0).request.citation }
  }
}

extension Contrast {
  /// Some answers came in milliseconds although most waited: of the group, or the same of others in these seconds.
  static func hasQuickOnes(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard let longest = profile.durations.last, longest > 900_000 else { return false }
    if profile.durations.count(where: { $0 < 100_000 }) * 10 >= profile.durations.count {
      return true
    }
    let kin = scene.within(
      scene.kinships.rows[Int(group.kin)], profile.first.advanced(seconds: -5),
      profile.last.advanced(seconds: 5))
    var known = 0
    var quick = 0
    for i in kin {
      let duration = scene.file.exchanges.requests[i].duration
      if duration >= 0 { known += 1 }
      if duration >= 0, duration < 100_000 { quick += 1 }
    }
    return quick >= 2 && quick * 10 >= known
  }
}

extension Profile {
  /// Durations that spread over several whole seconds: calls that wait for one another.
  var isQueue: Bool {
    let slow = durations.filter { $0 > 900_000 }
    guard slow.count >= 3, slow.count * 2 >= durations.count else { return false }
    let steps = slow.count { value in
      let seconds = Double(value) / 1e6
      return seconds - seconds.rounded(.down) < 0.25
    }
    return steps * 10 >= slow.count * 3
  }
}
