internal import Evidence

/// Whose log it is that names nobody: the party that refuses somebody whenever the log speaks of a refusal.
struct WriterTiming {
  /// By party: ends of refused requests, in order of time.
  private var refusals: [Int32: [Instant]] = [:]
  /// Seconds between an answer and what is written about it.
  private var slack: [Int32: Double] = [:]

  /// Fewer refusals may coincide by chance.
  private static let fewest = 4
  /// As many are looked at.
  private static let most = 500

  init(_ file: CaseFile) {
    for e in file.exchanges where e.isFailure && !e.endpoint.isKeycloak && e.request.end.isKnown {
      guard e.request.status == 401 || e.request.status == 403 else { continue }
      refusals[e.party, default: []].append(e.request.end)
      slack[e.party] = max(slack[e.party] ?? 0.3, e.request.isCoarse ? 1.2 : 0.3)
    }
    for party in refusals.keys { refusals[party]?.sort() }
  }

  /// The party that refuses at nearly all of the times, and no other at half of them.
  func party(refusingAt times: [Instant]) -> Int32? {
    let times = times.prefix(WriterTiming.most)
    guard times.count >= WriterTiming.fewest else { return nil }
    // Whole seconds stand for what came after them.
    let isWhole = times.allSatisfy { $0.nanoseconds % 1_000_000_000 == 0 }
    var hits: [Int32: Int] = [:]
    for (party, ends) in refusals {
      let slack = max(slack[party] ?? 0, isWhole ? 1.2 : 0)
      hits[party] = times.count { time in
        let next = ends.partitioningIndex { $0 >= time.advanced(seconds: -slack) }
        return next < ends.count && ends[next] - time <= slack
      }
    }
    let ranked = hits.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let best = ranked.first, best.value * 10 >= times.count * 9 else { return nil }
    return ranked.dropFirst().allSatisfy { $0.value * 2 < times.count } ? best.key : nil
  }
}
