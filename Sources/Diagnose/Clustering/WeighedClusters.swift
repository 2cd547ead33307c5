internal import Evidence

/// Tells how each group of a report was weighed. Weighs them once more: who does not ask for it pays nothing.
enum WeighedClusters {
  /// - Parameter reported: the groups whose rows are the report's failures.
  static func all(_ reported: [Judged], _ scene: Scene, _ crew: Crew) -> [Weighed] {
    // By exchange: its place among the failures; -1 for what is none.
    var places = [Int32](repeating: -1, count: scene.briefs.count)
    for j in reported { for i in j.group.rows { places[i] = 0 } }
    var count: Int32 = 0
    for i in places.indices where places[i] == 0 {
      places[i] = count
      count += 1
    }
    let known = places
    return crew.map(reported.count) { weighed(reported[$0], known, scene) }
      .sorted { ($0.failures.first ?? 0) < ($1.failures.first ?? 0) }
  }

  private static func weighed(_ j: Judged, _ places: [Int32], _ scene: Scene) -> Weighed {
    var weights = Weighing.weights(
      Weighing.look(j.group, j.profile, scene), j.group, j.profile, scene, bonus: j.bonus)
    let verdict = Weighing.verdict(of: weights)
    weights.append((.undecided, Weight(.undecided)))
    let candidates = weights.map {
      Weighed.Candidate(cause: $0.cause, sum: $0.weight.logOdds, signs: $0.weight.signs)
    }
    return Weighed(
      cause: j.verdict.cause, share: j.verdict.share,
      isBySums: verdict.cause == j.verdict.cause && verdict.share == j.verdict.share,
      candidates: candidates.sorted { ($0.sum, $1.cause.rawValue) > ($1.sum, $0.cause.rawValue) },
      failures: j.group.rows.map { places[$0] })
  }
}
