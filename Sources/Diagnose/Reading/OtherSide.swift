internal import Evidence

/// Lines of those with whom a group is compared: who is served where it is refused, what came before or after. Each
/// list is short and empty where no line shows that side; what is looked at for it is bounded.
enum OtherSide {
  /// Rows of a group, and exchanges around one, that are looked at.
  private static let mostRows = 200
  private static let around = 500

  static func lines(_ rows: some Sequence<Int>, _ scene: Scene) -> [Citation] {
    rows.map { scene.exchange($0).request.citation }
  }

  /// Good answers, if there are any, rather than those that were refused for a reason behind the check of the token.
  static func plain(_ rows: some Sequence<Int>, _ scene: Scene) -> [Int] {
    let all = Array(rows)
    let good = all.filter { scene.briefs[$0].status < 400 }
    return good.isEmpty ? all : good
  }

  // MARK: Of the same clients

  /// A row of a group, the call by which its client got a token after it, and the good answer that followed.
  static func login(after group: Group, _ scene: Scene) -> (row: Int, lines: [Citation])? {
    for i in group.rows.prefix(mostRows) {
      let b = scene.briefs[i]
      let slack = scene.exchange(i).request.isCoarse ? 1.0 : 0
      let calls = scene.within(
        scene.tokenCalls(for: i), b.start.advanced(seconds: -slack), b.end.advanced(seconds: 8))
      for call in calls.prefix(8) where scene.briefs[call].isSuccess {
        let end = scene.briefs[call].end
        let served = scene.within(
          scene.byActor[Int(b.actor)], end.advanced(seconds: -0.05),
          end.advanced(seconds: 2.5 + slack)
        ).prefix(around).filter { scene.isServed($0, as: i) }
        if let served = plain(served, scene).first { return (i, lines([call, served], scene)) }
      }
    }
    return nil
  }

  /// Rows of a group right after which its client gets a token, with these calls.
  static func logins(justAfter group: Group, _ scene: Scene) -> (rows: [Int], lines: [Citation]) {
    pairs(group.rows, scene) { i in
      let r = scene.exchange(i).request
      return scene.within(
        scene.tokenCallsOfActor[Int(scene.briefs[i].actor)],
        r.start.advanced(seconds: r.isCoarse ? -1 : 0), r.end.advanced(seconds: 1)
      ).first { scene.briefs[$0].isSuccess && scene.briefs[$0].end >= r.end }
    }
  }

  /// The next good answers of the same service to the programs of some rows, and those rows.
  static func served(
    after rows: some Sequence<Int>, within seconds: Double, _ scene: Scene
  ) -> (rows: [Int], lines: [Citation]) {
    pairs(rows, scene) { i in
      let b = scene.briefs[i]
      return scene.within(
        scene.byActor[Int(b.actor)], b.start, b.end.advanced(seconds: seconds)
      ).prefix(around).first { $0 > i && scene.isServed($0, as: i) }
    }
  }

  /// The first two rows that have another exchange beside them, and the lines of those.
  private static func pairs(
    _ rows: some Sequence<Int>, _ scene: Scene, _ other: (Int) -> Int?
  ) -> (rows: [Int], lines: [Citation]) {
    var told: [Int] = []
    var others: [Int] = []
    for i in rows.prefix(mostRows) {
      guard let other = other(i) else { continue }
      told.append(i)
      others.append(other)
      if told.count == 2 { break }
    }
    return (told, lines(others, scene))
  }

  /// The last good answer of the same service to the program of a row before it.
  static func served(before i: Int, _ scene: Scene) -> Citation? {
    let own = scene.byActor[Int(scene.briefs[i].actor)]
    return own[..<scene.lowerBound(own, scene.briefs[i].start)].suffix(around).reversed()
      .first { scene.isServed($0, as: i) && scene.briefs[$0].status < 400 }
      .map { scene.exchange($0).request.citation }
  }

  /// Good answers that programs of a group get elsewhere than on its routes: of its own service, or of others.
  static func servedElsewhere(
    _ group: Group, _ profile: Profile, _ scene: Scene, bySameService: Bool
  ) -> [Citation] {
    guard profile.first.isKnown else { return [] }
    let from = profile.first.advanced(seconds: -10)
    let to = profile.last.advanced(seconds: 10)
    return ofFirstActor(group, scene) { i in
      let found = scene.within(scene.byActor[Int(scene.briefs[i].actor)], from, to).prefix(around)
        .filter {
          let b = scene.briefs[$0]
          return b.isSuccess && !b.isProbe && b.endpoint == .none
            && (b.party == group.party) == bySameService && scene.isSameProgram(i, $0)
            && (!bySameService
              || scene.exchange($0).request.route != scene.exchange(i).request.route)
        }
      return plain(found, scene)
    }
  }

  /// Two lines of what there is of the first of a group's actors of whom there is something.
  private static func ofFirstActor(
    _ group: Group, _ scene: Scene, _ found: (Int) -> [Int]
  ) -> [Citation] {
    var actors: Set<Int32> = []
    for i in group.rows.prefix(mostRows) where actors.insert(scene.briefs[i].actor).inserted {
      let rows = found(i)
      if !rows.isEmpty { return lines(rows.prefix(2), scene) }
    }
    return []
  }

  /// A redirect, and the row that follows it.
  static func redirected(_ row: Int?, _ scene: Scene) -> [Citation] {
    guard let row, let redirect = CircumstanceReading.redirect(before: row, scene) else {
      return []
    }
    return lines([redirect, row], scene)
  }

  /// The last that is seen of the client of a group's first row before it.
  static func lastHeard(before group: Group, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    let own = scene.byActor[Int(scene.briefs[first].actor)]
    return lines(own[..<scene.lowerBound(own, scene.briefs[first].start)].suffix(1), scene)
  }

  /// The last call for a token before a row.
  static func token(before i: Int, _ scene: Scene) -> Citation? {
    scene.lastToken(before: scene.briefs[i].start, for: i)
      .map { scene.exchange($0).request.citation }
  }

  /// A call for a token since some time, and a row of the group that comes after it with no other between.
  static func token(of group: Group, since time: Instant, _ scene: Scene) -> [Citation] {
    for i in group.rows.prefix(mostRows) {
      guard let call = scene.lastToken(before: scene.briefs[i].start, for: i),
        scene.briefs[call].end >= time.advanced(seconds: -2)
      else { continue }
      return lines([call, i], scene)
    }
    return []
  }

  /// Failed calls for a token of the clients of a group before its rows, and those rows.
  static func failedRenewals(
    before group: Group, _ scene: Scene
  ) -> (rows: [Int], lines: [Citation]) {
    var told: Set<Int> = []
    return pairs(group.rows, scene) { i in
      CircumstanceReading.failedRenewal(before: i, scene).flatMap {
        told.insert($0).inserted ? $0 : nil
      }
    }
  }

  /// A row whose client got its last token longer ago than any token that is served at its party is old, if there is one;
  /// and the call for that token.
  static func agedRow(of group: Group, _ scene: Scene) -> (age: Int, lines: [Citation]) {
    let most = scene.oldestServed(at: group.party)?.age ?? 0
    var found: (row: Int, age: Double)?
    for i in group.rows.prefix(mostRows) {
      guard let age = scene.tokenAge(i) else { continue }
      if found == nil || age > most { found = (i, age) }
      if age > most { break }
    }
    guard let found else { return (0, Signals.rows(group, scene)) }
    let token = token(before: found.row, scene)
    return (found.age.wholeSeconds, lines([found.row], scene) + (token.map { [$0] } ?? []))
  }

  /// Answers 403 that programs of a group get from other services.
  static func forbiddenElsewhere(_ group: Group, _ scene: Scene) -> [Citation] {
    ofFirstActor(group, scene) { i in
      scene.byActor[Int(scene.briefs[i].actor)].prefix(around).filter {
        let b = scene.briefs[$0]
        return b.status == 403 && b.party != group.party && !b.endpoint.isKeycloak
      }
    }
  }

  // MARK: Of others

  /// Good answers of a group's service to others than its clients while these are refused.
  static func othersServed(_ group: Group, _ profile: Profile, _ scene: Scene) -> [Int] {
    guard profile.first.isKnown else { return [] }
    let actors = Set(group.rows.prefix(mostRows).map { scene.briefs[$0].actor })
    let others = scene.within(
      scene.servedByParty[Int(group.party)], profile.first, profile.last
    ).prefix(around).filter { !actors.contains(scene.briefs[$0].actor) }
    return Signals.spread(plain(others, scene), 2, scene)
  }

  /// The same, where the call for the token that was used is known, too: both lines of one client.
  static func othersToken(_ group: Group, _ profile: Profile, _ scene: Scene) -> [Citation] {
    let others = othersServed(group, profile, scene)
    for i in others {
      if let token = token(before: i, scene) { return [token] + lines([i], scene) }
    }
    return lines(others, scene)
  }

  /// Good answers on the routes of a group, of whomever.
  static func servedOnRoute(_ group: Group, _ scene: Scene) -> [Citation] {
    guard let first = group.rows.first, let last = group.rows.last else { return [] }
    let route = scene.exchange(first).request.route
    let all = scene.servedByParty[Int(group.party)]
    let from = scene.briefs[first].start
    func found(_ rows: Slice<Rows>) -> [Citation] {
      let own = rows.prefix(around).filter { scene.exchange($0).request.route == route }
      return lines(Signals.spread(plain(own, scene), 2, scene), scene)
    }
    let meanwhile = found(scene.within(all, from, scene.briefs[last].end))
    return meanwhile.isEmpty ? found(all[scene.lowerBound(all, scene.first)...]) : meanwhile
  }

  /// Good answers to the user agent of a group's first row: of its service, else of any.
  static func servedOfAgent(
    _ group: Group, _ scene: Scene, longerThan least: Int = 0
  ) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    let agent = scene.exchange(first).request.userAgent
    func found(_ rows: some Sequence<Int>) -> [Citation] {
      let own = rows.prefix(around).filter {
        let r = scene.exchange($0).request
        return r.userAgent == agent && r.requestBytes > 0 && scene.briefs[$0].endpoint == .none
          && r.lengthWithoutTarget > least
      }
      return lines(Signals.spread(plain(own, scene), 2, scene), scene)
    }
    let here = found(scene.servedByParty[Int(group.party)])
    if !here.isEmpty { return here }
    return found(
      scene.byActor[Int(scene.briefs[first].actor)].lazy.filter { scene.briefs[$0].isSuccess })
  }

  /// Good calls of Keycloak through the edge within a span.
  static func keycloakServed(_ profile: Profile, _ scene: Scene) -> [Citation] {
    guard profile.first.isKnown else { return [] }
    for (p, party) in scene.file.parties.enumerated() where party.kind == .keycloak {
      let good = scene.within(
        scene.byParty[p], profile.first.advanced(seconds: -1), profile.last.advanced(seconds: 1)
      ).prefix(around).filter { scene.briefs[$0].isSuccess }
      if let one = good.dropFirst(good.count / 2).first { return lines([one], scene) }
    }
    return []
  }

  /// Events that Keycloak logs amid a spell in which the edge does not reach it.
  static func heard(of trouble: Trouble, _ scene: Scene) -> [Citation] {
    let from = trouble.first.advanced(seconds: 1)
    let events = scene.file.observations.tokenEvents
    return events[events.partitioningIndex { $0.time >= from }...]
      .prefix { $0.time <= trouble.last.advanced(seconds: -1) }.prefix(2).map(\.citation)
  }

  /// Answers of a group's party that say something, just before the group.
  static func said(
    _ statement: Statement, before group: Group, within seconds: Double, _ scene: Scene
  ) -> [Citation] {
    guard let first = group.rows.first else { return [] }
    let start = scene.briefs[first].start
    let before = scene.within(
      scene.byParty[Int(group.party)], start.advanced(seconds: -seconds), start)
    return lines(
      before.suffix(around).filter { scene.answers.statement($0) == statement }.suffix(2), scene)
  }

  /// Calls for tokens at the edge, of different clients.
  static func callsOfKeycloak(_ scene: Scene) -> [Citation] {
    for (p, party) in scene.file.parties.enumerated() where party.kind == .keycloak {
      let calls = scene.servedByParty[p].prefix(around).filter {
        scene.briefs[$0].endpoint == .token
          && !scene.exchange($0).request.isOfEvent
      }
      if !calls.isEmpty { return lines(Signals.spread(calls, 2, scene), scene) }
    }
    return []
  }

  /// Lines of several services that fail at once: of a group's, and of another or of a good call of the edge's to
  /// Keycloak, if there is one.
  static func severalFail(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> (lines: [Citation], others: [Citation], isKeycloakReached: Bool) {
    let own = Array(Signals.rows(group, scene).prefix(2))
    let services = sufferers(profile, scene)
    let edge = keycloakServed(profile, scene)
    return edge.isEmpty
      ? (own, services, false) : (own + services.prefix(1), edge, true)
  }

  /// A row of each of up to two other services that fail for most of their clients in a group's span.
  static func sufferers(_ profile: Profile, _ scene: Scene) -> [Citation] {
    lines(
      profile.sufferers.sorted().prefix(2).compactMap { party in
        scene.within(scene.failuresByParty[Int(party)], profile.first, profile.last).first {
          scene.exchange($0).request.answeredBy != .edge
        }
      }, scene)
  }
}

extension Double {
  /// Of a time in seconds.
  var wholeSeconds: Int { Int(rounded()) }
}
