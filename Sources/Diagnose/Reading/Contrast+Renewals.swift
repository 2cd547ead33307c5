internal import Evidence

/// What tokens just issued, and those used on, tell of refusals.
extension Contrast {
  /// How many tokens the clients of a group got while it lasted and used within three seconds, and how many
  /// of these first calls got the group's answer. (Of several programs behind one address, others would be
  /// served.)
  static func firstCalls(
    _ group: Group, _ profile: Profile, _ scene: Scene
  ) -> (all: Int, refused: Int) {
    var all = 0
    var refused = 0
    guard profile.first.isKnown else { return (0, 0) }
    let from = profile.first.advanced(seconds: -3)
    for actor in Set(group.rows.prefix(500).map { scene.briefs[$0].actor }).sorted() {
      for call in scene.within(scene.tokenCallsOfActor[Int(actor)], from, profile.last)
      where scene.briefs[call].isSuccess {
        let end = scene.briefs[call].end
        let next = scene.within(
          scene.byActor[Int(actor)], end.advanced(seconds: -0.05), end.advanced(seconds: 3)
        ).first { $0 > call && scene.briefs[$0].endpoint == .none && !scene.briefs[$0].isProbe }
        guard let next else { continue }
        all += 1
        if scene.briefs[next].isFailure, scene.kinships.of(next) == group.kin { refused += 1 }
      }
    }
    return (all, refused)
  }

  /// Whether the clients of a group, between its refusals, are served on other routes of its service, again and
  /// again, and hardly ever on those of the group; and the answer is not that to no token, unless that `mayBeEmpty`.
  static func isOfRouteOnly(
    _ group: Group, _ scene: Scene, mayBeEmpty: Bool = false
  ) -> Bool {
    guard group.count >= 5, mayBeEmpty || scene.isEmptySize(group) != true,
      let first = group.rows.first, let last = group.rows.last
    else { return false }
    let routes = Set(group.rows.map { scene.exchange($0).request.route })
    let from = scene.briefs[first].start
    let to = scene.briefs[last].end
    var elsewhere = 0
    var here = 0
    for actor in Set(group.rows.prefix(500).map { scene.briefs[$0].actor }) {
      for j in scene.within(scene.byActor[Int(actor)], from, to)
      where scene.briefs[j].party == group.party && scene.briefs[j].isSuccess
        && !scene.briefs[j].isProbe
      {
        if routes.contains(scene.exchange(j).request.route) { here += 1 } else { elsewhere += 1 }
      }
    }
    // Others behind the same address may have the right.
    return elsewhere * 2 >= group.count && here * 3 <= group.count
  }

  /// The share of a group's rows after which the same client is served by the same service within a minute,
  /// having got no other token.
  static func servedAgain(_ group: Group, _ scene: Scene) -> Double {
    let rows = group.rows.prefix(100)
    guard !rows.isEmpty else { return 0 }
    var hits = 0
    for i in rows {
      let b = scene.briefs[i]
      let until = b.end.advanced(seconds: 60)
      let calls = scene.tokenCalls(for: i)
      let renewal = scene.within(calls, b.start, until).first { scene.briefs[$0].isSuccess }
      let end = renewal.map { scene.briefs[$0].start } ?? until
      let own = scene.within(scene.byActor[Int(b.actor)], b.end, end)
      let next = own.prefix(200).first {
        $0 > i && scene.isServed($0, as: i)
      }
      if next != nil { hits += 1 }
    }
    return Double(hits) / Double(rows.count)
  }
}
