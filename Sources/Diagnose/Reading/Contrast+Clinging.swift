internal import Evidence

/// Programs that go on with one token, and what their address shows of others.
extension Contrast {
  /// Actors and rows that are looked at, and calls around each.
  private static let most = 200
  private static let around = 400

  /// Whether most of a group's rows are of programs that were served before, got no other token since and are
  /// never served again with the one they have: not here, nor by another service.
  static func isLapsed(_ group: Group, _ scene: Scene) -> Bool {
    // By actor, and in order of time then; of the first actors.
    let calls = group.rows.map {
      Numbering.key(scene.briefs[$0].actor, Int32(truncatingIfNeeded: $0))
    }.sorted()
    var actors = 0
    var looked = 0
    var lapsed = 0
    var at = 0
    while at < calls.count, actors < most {
      let actor = Int32(truncatingIfNeeded: calls[at] >> 32)
      var end = at + 1
      while end < calls.count, calls[end] >> 32 == calls[at] >> 32 { end += 1 }
      let (first, last) = (row(calls[at]), row(calls[end - 1]))
      looked += end - at
      if isLapsed(actor, from: first, to: last, scene) { lapsed += end - at }
      actors += 1
      at = end
    }
    return lapsed * 10 >= looked * 8
  }

  private static func row(_ key: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: key)) }

  private static func isLapsed(_ actor: Int32, from first: Int, to last: Int, _ scene: Scene)
    -> Bool
  {
    let list = scene.byActor[Int(actor)]
    let start = scene.briefs[first].start
    let end = scene.briefs[last].start
    // The last of two or more answers before.
    var before = 0
    var served = first
    for j in list[..<scene.lowerBound(list, start)].suffix(around).reversed()
    where scene.isServed(j, as: first) && scene.briefs[j].end <= start {
      if before == 0 { served = j }
      before += 1
      if before == 2 { break }
    }
    guard before == 2 else { return false }
    let renewal = scene.within(
      scene.tokenCalls(for: first), scene.briefs[served].start, scene.last
    ).first { scene.briefs[$0].isSuccess }
    let until = renewal.map { scene.briefs[$0].start } ?? scene.last.advanced(seconds: 1)
    guard until > end else { return false }
    return !scene.within(list, start, until).contains { j in
      let b = scene.briefs[j]
      return b.isSuccess && !b.isProbe && b.endpoint == .none && scene.isSameProgram(first, j)
    }
  }

  /// Whether a service serves a client before one of its refusals, and never after.
  static func isServedUntil(_ first: Int, _ scene: Scene) -> Bool {
    let own = scene.byActor[Int(scene.briefs[first].actor)]
    let start = scene.briefs[first].start
    var before = 0
    for j in own where scene.isServed(j, as: first) {
      if scene.briefs[j].start >= start { return false }
      before += 1
    }
    return before >= 3
  }

  /// Whether the actors of a group are served and refused in turn all the while, renew a token meanwhile, and others
  /// are served throughout: where neither port nor length tells programs apart, several of them have one address and
  /// user agent.
  static func isOfSeveralPrograms(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    guard !scene.programs.tell, profile.clientsFailing * 2 <= profile.clientsActive else {
      return false
    }
    var pairs = 0
    var turns = 0
    var renewals = 0
    for actor in Set(group.rows.prefix(most).map { scene.briefs[$0].actor }) {
      renewals += scene.within(
        scene.tokenCallsOfActor[Int(actor)], profile.first, profile.last
      ).count { scene.briefs[$0].isSuccess && isRefused(soonAfter: $0, group, scene) }
      var wasServed: Bool?
      for j in scene.within(scene.byActor[Int(actor)], profile.first, profile.last)
      where scene.briefs[j].party == group.party && !scene.briefs[j].isProbe {
        let isServed = scene.briefs[j].isSuccess
        guard isServed || scene.kinships.of(j) == group.kin else { continue }
        if let wasServed {
          pairs += 1
          if wasServed != isServed { turns += 1 }
        }
        wasServed = isServed
      }
    }
    return renewals > 0 && turns >= 6 && turns * 10 >= pairs * 3
  }

  /// Whether one of the six calls of a group's party that follow a token call is refused like its rows.
  private static func isRefused(soonAfter call: Int, _ group: Group, _ scene: Scene) -> Bool {
    let own = scene.byActor[Int(scene.briefs[call].actor)]
    var looked = 0
    for j in own[scene.lowerBound(own, scene.briefs[call].end)...]
    where scene.briefs[j].party == group.party {
      if scene.kinships.of(j) == group.kin { return true }
      looked += 1
      if looked == 6 { break }
    }
    return false
  }

  /// Refusals of tokens that the same party accepted before, and of others.
  static func refusedTokens(_ group: Group, _ scene: Scene) -> (old: Int, new: Int) {
    var old = 0
    var new = 0
    for i in group.rows.prefix(most) {
      let start = scene.briefs[i].start
      guard let call = scene.lastToken(before: start, for: i) else { continue }
      let since = scene.within(
        scene.byActor[Int(scene.briefs[i].actor)], scene.briefs[call].end, start
      ).prefix(around)
      if since.contains(where: { scene.isServed($0, as: i) }) { old += 1 } else { new += 1 }
    }
    return (old, new)
  }
}
