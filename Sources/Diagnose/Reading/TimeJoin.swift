internal import Evidence

/// Lines of one log against the requests of another: whether they go with the refused ones.
struct TimeJoin {
  /// In order.
  var times: [Instant]

  /// Most rows of a group, and far fewer of its service's good answers around that spell, have a line at
  /// their time.
  func tells(_ group: Group, _ scene: Scene) -> Bool {
    guard let first = times.first, let last = times.last else { return false }
    // One or two may meet a line by chance: then all their like are asked.
    let kin = scene.kinships.rows[Int(group.kin)]
    let rows = group.count >= 3 ? Array(group.rows.prefix(200)) : Array(kin.prefix(200))
    let failing = Double(rows.count { isWithin($0, scene) }) / Double(rows.count)
    guard failing >= 0.6 else { return false }
    let from = first.advanced(seconds: -60)
    let to = last.advanced(seconds: 60)
    func goodAnswers(of party: Int32) -> [Int] {
      Array(
        scene.within(scene.byParty[Int(party)], from, to).lazy
          .filter { scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe }.prefix(400))
    }
    var served = goodAnswers(of: group.party)
    if served.isEmpty, isOneEach(group, scene) {
      // Of a service that serves nobody, the others' good answers show what chance would give.
      served = scene.file.parties.indices
        .filter { scene.file.parties[$0].kind == .application && $0 != Int(group.party) }
        .flatMap { goodAnswers(of: Int32($0)) }
    }
    guard served.count >= 5 else { return false }
    let passing = Double(served.count { isWithin($0, scene) }) / Double(served.count)
    return passing * 2.5 <= failing
  }

  /// About as many lines as refusals.
  private func isOneEach(_ group: Group, _ scene: Scene) -> Bool {
    let own = scene.within(scene.kinships.rows[Int(group.kin)], times[0], times[times.count - 1])
    return abs(own.count - times.count) * 5 <= times.count
  }

  /// Whether a line stands within the time of an exchange.
  private func isWithin(_ i: Int, _ scene: Scene) -> Bool {
    let slack = scene.exchange(i).request.isCoarse ? 1.0 : 0.05
    let from = scene.briefs[i].start.advanced(seconds: -slack)
    let next = times.partitioningIndex { $0 >= from }
    return next < times.count && times[next] <= scene.briefs[i].end.advanced(seconds: slack)
  }
}
