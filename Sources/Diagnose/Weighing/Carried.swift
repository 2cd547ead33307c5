internal import Evidence

/// Which actors show a cause that a client carries from service to service three times or more.
struct Carried {
  static let portable: [CauseID] = [
    .tokenExpired, .tokenBadSignature, .tokenMalformed, .tokenWrongType, .tokenOtherRealm,
    .foreignOtherIDP, .tokenIssuerMismatch, .userRoleMissing, .tokenAudienceMismatch,
  ]
  /// By actor: a bit for each of `portable`. Empty where nobody shows any.
  private var masks: [UInt16] = []

  /// Of groups whose verdict is clear, and not for the size of an answer alone: two guesses are no proof of each other.
  init(_ judged: [Judged], _ scene: Scene) {
    for (bit, cause) in Carried.portable.enumerated() {
      let clear = judged.filter {
        $0.verdict.cause == cause && $0.verdict.share >= 0.6 && !$0.verdict.weight.restsOnSize
      }
      if clear.isEmpty { continue }
      let expected = clear.reduce(0) { $0 + $1.group.count }
      var census = NumberTable(numbers: scene.byActor.count, expected: expected)
      if masks.isEmpty { masks = [UInt16](repeating: 0, count: scene.byActor.count) }
      for j in clear {
        for i in j.group.rows where census.add(scene.briefs[i].actor) == 3 {
          masks[Int(scene.briefs[i].actor)] |= 1 << UInt16(bit)
        }
      }
    }
  }

  /// How many of the rows are of actors who show each cause.
  func counts(_ rows: [Int], _ scene: Scene) -> [CauseID: Int] {
    var found: [CauseID: Int] = [:]
    if masks.isEmpty { return found }
    var counts = [Int](repeating: 0, count: Carried.portable.count)
    for i in rows {
      var mask = masks[Int(scene.briefs[i].actor)]
      while mask != 0 {
        counts[mask.trailingZeroBitCount] += 1
        mask &= mask - 1
      }
    }
    for (cause, count) in zip(Carried.portable, counts) where count > 0 { found[cause] = count }
    return found
  }
}
