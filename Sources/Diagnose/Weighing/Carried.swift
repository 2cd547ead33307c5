internal import Evidence

/// Which actors show a cause that a client carries from service to service three times or more.
struct Carried {
  static let portable: [CauseID] = [
    .tokenExpired, .tokenBadSignature, .tokenMalformed, .tokenWrongType, .tokenOtherRealm,
    .foreignOtherIDP, .tokenIssuerMismatch, .userRoleMissing, .tokenAudienceMismatch,
  ]
  /// By actor: a bit for each of `portable`. Empty where nobody shows any.
  private var masks: [UInt16] = []
  /// By bit and actor: the only group in which it shows the cause (index of `judged`); -1 for several, -2 for none.
  private var homes = [[Int32]](repeating: [], count: Carried.portable.count)
  /// By bit, the groups that show the cause: index of `judged` and rows.
  private var shown = [[(group: Int, rows: [Int])]](repeating: [], count: Carried.portable.count)

  /// Of groups whose verdict is clear, and not for the size of an answer alone: two guesses are no proof of each other.
  init(_ judged: [Judged], _ scene: Scene) {
    for (bit, cause) in Carried.portable.enumerated() {
      let clear = judged.indices.filter {
        let verdict = judged[$0].verdict
        return verdict.cause == cause && verdict.share >= 0.6 && !verdict.weight.restsOnTime
      }
      if clear.isEmpty { continue }
      let expected = clear.reduce(0) { $0 + judged[$1].group.count }
      var census = NumberTable(numbers: scene.byActor.count, expected: expected)
      if masks.isEmpty { masks = [UInt16](repeating: 0, count: scene.byActor.count) }
      homes[bit] = [Int32](repeating: -2, count: scene.byActor.count)
      shown[bit] = clear.map { ($0, judged[$0].group.rows) }
      for k in clear {
        let group = Int32(truncatingIfNeeded: k)
        for i in judged[k].group.rows {
          let actor = Int(scene.briefs[i].actor)
          if census.add(scene.briefs[i].actor) == 3 { masks[actor] |= 1 << UInt16(bit) }
          let known = homes[bit][actor]
          if known != group { homes[bit][actor] = known == -2 ? group : -1 }
        }
      }
    }
  }

  /// How many of a group's rows are of actors who show each cause in another group, too.
  func counts(_ rows: [Int], of group: Int, _ scene: Scene) -> [CauseID: Int] {
    var found: [CauseID: Int] = [:]
    if masks.isEmpty { return found }
    var counts = [Int](repeating: 0, count: Carried.portable.count)
    for i in rows {
      var mask = masks[Int(scene.briefs[i].actor)]
      while mask != 0 {
        let bit = mask.trailingZeroBitCount
        if homes[bit][Int(scene.briefs[i].actor)] != Int32(truncatingIfNeeded: group) {
          counts[bit] += 1
        }
        mask &= mask - 1
      }
    }
    for (cause, count) in zip(Carried.portable, counts) where count > 0 { found[cause] = count }
    return found
  }

  /// A row of another group that shows a cause, of the actor of a group's first row that has one.
  func rows(of cause: CauseID, likeThose rows: [Int], of group: Int, _ scene: Scene) -> [Int] {
    guard let bit = Carried.portable.firstIndex(of: cause) else { return [] }
    let actors = Set(rows.prefix(200).map { scene.briefs[$0].actor })
    for other in shown[bit] where other.group != group {
      if let row = other.rows.prefix(200).first(where: { actors.contains(scene.briefs[$0].actor) })
      {
        return [row]
      }
    }
    return []
  }
}
