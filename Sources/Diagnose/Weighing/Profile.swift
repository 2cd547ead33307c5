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
  /// Failures of this kind among all requests of the party in the span.
  var failShare = 0.0
  /// Refusals (400, 401) of the actors at the party, by size of the answer.
  private(set) var refusals: [Int32: Int] = [:]
  /// Other parties that give the same actors their answer to no token.
  private(set) var emptyElsewhere: Set<Int32> = []
  /// The same actors get 403 at another service.
  private(set) var isForbiddenElsewhere = false
  /// Distinct sizes of the actors' failures at the party.
  var sizes = 0
  /// Ages of the last token of the same actor at the time of each row, seconds, sorted.
  var tokenAges: [Double] = []
  var gotToken = false
  /// Somebody behind the same address and user agent got a token before.
  private(set) var mayHaveToken = false
  /// Rows inside a spell of trouble with Keycloak at the edge.
  var inTrouble = 0
  var trouble: Trouble?
  /// Other application parties with failures of the same span that are not of one actor only.
  var sufferers: Set<Int32> = []
  /// Programs of the rows, where ports or lengths tell: then only they are the same client.
  private(set) var programs: Set<Int32> = []

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
  /// One or few clients fail while others are served.
  var isNarrow: Bool {
    othersServed + sameServed >= 3 && !isPartyWide
      && (failShare < 0.75 || clientsFailing * 10 <= clientsActive * 7)
  }

  init(_ group: Group, _ scene: Scene) {
    let rows = group.rows
    var actorSet: Set<Int32> = []
    programs = Set(rows.compactMap { scene.programs.of($0) })
    for i in rows {
      let e = scene.exchange(i)
      actorSet.insert(e.actor)
      if e.request.start.isKnown {
        if !first.isKnown || e.request.start < first { first = e.request.start }
        if !last.isKnown || e.request.end > last { last = e.request.end }
      }
      if e.request.duration >= 0 { durations.append(e.request.duration) }
    }
    durations.sort()
    timeout = Rhythm.timeout(durations)
    company(group, scene, actorSet)
    guard first.isKnown else { return }
    if !scene.isWithoutSuccess { contrast(group, scene) }
    tokens(rows, scene)
    for i in rows {
      if let t = scene.trouble(at: scene.exchange(i).request.start, margin: 3) {
        inTrouble += 1
        trouble = trouble ?? t
      }
    }
  }

  /// What else happens to the actors of a group, in one pass.
  private mutating func company(_ group: Group, _ scene: Scene, _ actors: Set<Int32>) {
    var found = Company(
      party: group.party, from: first.advanced(seconds: -10), to: last.advanced(seconds: 10))
    let rows = actors.reduce(0) { $0 + scene.byActor[Int($1)].count }
    if rows * 4 < scene.briefs.count {
      for a in actors {
        for j in scene.byActor[Int(a)] { meet(j, &found, scene) }
      }
    } else {
      // From front to back is faster than by actor where most exchanges are theirs.
      var isOurs = [Bool](repeating: false, count: scene.byActor.count)
      for a in actors { isOurs[Int(a)] = true }
      for j in scene.briefs.indices where isOurs[Int(scene.briefs[j].actor)] {
        meet(j, &found, scene)
      }
    }
    sizes = first.isKnown ? found.sizes.count : 0
  }

  private struct Company {
    var party: Int32
    var from: Instant
    var to: Instant
    var sizes: Set<Int32> = []
    var lastSize = Int32.min
  }

  private mutating func meet(_ j: Int, _ found: inout Company, _ scene: Scene) {
    let e = scene.briefs[j]
    guard e.party == found.party else {
      if e.endpoint.isKeycloak { return }
      if e.isSuccess {
        if first.isKnown, e.start >= found.from, e.start <= found.to, !e.isProbe,
          isSame(j, scene)
        {
          sameServedElsewhere += 1
        }
        return
      }
      if e.status == 403 { isForbiddenElsewhere = true }
      if e.status == 401, !emptyElsewhere.contains(e.party),
        scene.emptySizes[e.party]?.contains(e.bytes) == true
          || scene.answers.statement(j) == .tokenMissing
      {
        emptyElsewhere.insert(e.party)
      }
      return
    }
    if e.isProbe { return }
    if e.isSuccess {
      if first.isKnown, e.start >= first, e.start <= last, isSame(j, scene) { sameServed += 1 }
    } else if e.isFailure {
      if e.status == 401 || e.status == 400 { refusals[e.bytes, default: 0] += 1 }
      if e.bytes == found.lastSize { return }
      found.lastSize = e.bytes
      found.sizes.insert(e.bytes)
    }
  }

  private mutating func contrast(_ group: Group, _ scene: Scene) {
    let attendance = scene.attendance[Int(group.party)]
    servedBefore = attendance.served(before: first)
    servedAfter = attendance.served(after: last)
    let active = attendance.active(first, last)
    clientsActive = active.clients
    var failing: Set<Int32> = []
    var failed = 0
    for j in scene.within(scene.kinships.rows[Int(group.kin)], first, last)
    where !scene.briefs[j].isProbe {
      failed += 1
      failing.insert(scene.briefs[j].client)
    }
    clientsFailing = failing.count
    failShare = active.exchanges > 0 ? Double(failed) / Double(active.exchanges) : 0
    othersServed = attendance.served(first, last) - sameServed
    servedMedian = scene.servedMedian[Int(group.party)]
    for (p, list) in scene.failuresByParty.enumerated()
    where Int32(p) != group.party && scene.file.parties[p].kind == .application {
      var one: Int32 = 0
      for j in list[scene.lowerBound(list, first)...] {
        let e = scene.briefs[j]
        if e.start > last { break }
        if one == 0 {
          one = e.client
        } else if e.client != one {
          sufferers.insert(Int32(p))
          break
        }
      }
    }
  }

  /// Whether somebody else's failures begin and end with these: such coincidences are rare.
  func coincides(first otherFirst: Instant, last otherLast: Instant) -> Bool {
    let span: Double = last - first
    return abs(otherFirst - first) < max(4, span * 0.15)
      && abs(otherLast - last) < max(4, span * 0.18)
  }

  private func isSame(_ j: Int, _ scene: Scene) -> Bool {
    guard !programs.isEmpty, let id = scene.programs.of(j) else { return true }
    return programs.contains(id)
  }

  private mutating func tokens(_ rows: [Int], _ scene: Scene) {
    for i in rows {
      let e = scene.exchange(i)
      if let t = scene.lastToken(before: e.request.start, for: i) {
        gotToken = true
        tokenAges.append(e.request.start - scene.briefs[t].end)
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
