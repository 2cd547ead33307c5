internal import Evidence

/// By how much a clock is off the edge's, found from calls that both logs tell of: the offset under which most
/// clues have a call of their own, if it explains clearly more of them than other offsets do, and than
/// none. A drift is looked for where parts of the log disagree.
struct ClockEstimate {
  /// Seconds at `reference`.
  var seconds: Double
  /// Seconds per second.
  var drift = 0.0
  var reference = Instant.unknown
  /// Half the width of the middle half of the pairs.
  var spread: Double
  var pairs: Int
  var examples: [Citation]

  /// Offsets below this are none where clues do not lie close together: stamps of a request's end lie apart by as much.
  static let least = 0.7
  /// Seconds: no zone is farther away than this.
  private static let farthest = 50_400.0
  /// Calls to the left and to the right of a clue that are looked at, at most.
  private static let reach = 1000
  private static let fewest = 5

  /// Seconds around a call at an offset that is known to the second.
  private static let narrow = 0.3
  /// Log-likelihood by which an offset must explain the clues better than another.
  private static let clearly = 4.0

  /// Nil where the clocks agree, or nothing can be said.
  static func of(_ series: ClockSeries) -> ClockEstimate? {
    guard series.clues.count >= fewest else { return nil }
    if agrees(series) { return slight(series) }
    let whole = constant(series)
    if let whole, whole.spread < 0.4, whole.pairs * 10 >= series.eligible(whole.seconds) * 8 {
      return whole
    }
    return drifting(series) ?? whole ?? zone(series)
  }

  /// Seconds around a call at the offset of a zone.
  private static let exact = 0.05
  /// Like `clearly`, of one zone among all.
  private static let surely = 6.0

  /// A zone's offset under which most clues lie within a call to some hundredths of a second. In a burst of
  /// calls any offset of seconds finds one for most of them.
  private static func zone(_ series: ClockSeries) -> ClockEstimate? {
    func found(_ offset: Double) -> [ClockSeries.Pair] {
      series.pairs({ _ in offset }, margin: exact)
    }
    var best: (pairs: [ClockSeries.Pair], offset: Double) = ([], 0)
    for quarter in -56...56 where quarter != 0 {
      let pairs = found(Double(quarter) * 900)
      if pairs.count > best.pairs.count { best = (pairs, Double(quarter) * 900) }
    }
    let count = best.pairs.count
    guard count >= 2 * fewest, count * 10 >= series.clues.count * 6 else { return nil }
    let chance = [-34.0, -13, -5, -2, 1, 3, 8, 21, 55].map { found(best.offset + $0).count }.max()
    guard gain(count, over: chance ?? 0, of: series.clues.count) >= surely,
      gain(count, over: found(0).count, of: series.clues.count) >= surely
    else { return nil }
    return made(best.pairs, median(best.pairs))
  }

  /// An offset of some tenths of a second: nearly all clues have a call, but most lie before its start or behind its
  /// end, all by the same. Stamps in whole seconds tell no such thing.
  private static func slight(_ series: ClockSeries) -> ClockEstimate? {
    guard series.clues.count >= 2 * fewest else { return nil }
    let agreeing = series.pairs({ _ in 0 }, margin: exact).count
    guard agreeing * 2 < series.clues.count else { return nil }
    let offset = median(series.pairs { _ in 0 })
    let pairs = series.pairs({ _ in offset }, margin: exact)
    guard abs(offset) >= 2 * exact, pairs.count * 10 >= series.clues.count * 8,
      gain(pairs.count, over: agreeing, of: series.clues.count) >= surely
    else { return nil }
    return made(pairs, median(pairs))
  }

  /// Nearly every clue has its call as it is.
  private static func agrees(_ series: ClockSeries) -> Bool {
    series.pairs { _ in 0 }.count * 20 >= series.clues.count * 19
  }

  private static func constant(_ series: ClockSeries) -> ClockEstimate? {
    let agreeing = count(series, 0)
    var best: (pairs: [ClockSeries.Pair], offset: Double) = ([], 0)
    for candidate in candidates(series) {
      let near = series.pairs { _ in candidate }
      guard near.count >= max(fewest, best.pairs.count), near.count * 2 >= agreeing else {
        continue
      }
      let offset = median(near)
      let pairs = series.pairs({ _ in offset }, margin: narrow)
      if pairs.count > best.pairs.count
        || pairs.count == best.pairs.count && abs(offset) < abs(best.offset)
      {
        best = (pairs, offset)
      }
    }
    let found = best.pairs.count
    let all = series.eligible(best.offset)
    // What beside this offset comes by chance, or by a rhythm.
    let chance = [-34.0, -13, -5, 3, 8, 21, 55].map { count(series, best.offset + $0) }.max() ?? 0
    guard found >= fewest, found * 4 >= all, found * 2 >= series.eligible(0),
      gain(found, over: chance, of: all) >= clearly,
      gain(found, over: agreeing, of: max(all, series.eligible(0))) >= clearly
    else { return nil }
    let middle = median(best.pairs)
    return abs(middle) < least ? nil : made(best.pairs, middle)
  }

  private static func count(_ series: ClockSeries, _ offset: Double) -> Int {
    series.pairs({ _ in offset }, margin: narrow).count
  }

  private static func median(_ pairs: [ClockSeries.Pair]) -> Double {
    let sorted = pairs.map(\.difference).sorted()
    return sorted[sorted.count / 2]
  }

  /// How much better a share of pairs is explained by itself than by a smaller one (G statistic, halved).
  private static func gain(_ found: Int, over other: Int, of all: Int) -> Double {
    guard found > other, all > 0 else { return 0 }
    let n = Double(max(all, found))
    let p = Double(found) / n
    let q = max(Double(other), 0.5) / n
    let missed = p < 1 ? (1 - p) * Math.log((1 - p) / (1 - q)) : 0
    return n * (p * Math.log(p / q) + missed)
  }

  private static func made(_ pairs: [ClockSeries.Pair], _ seconds: Double) -> ClockEstimate {
    let sorted = pairs.sorted { ($0.difference, $0.clue) < ($1.difference, $1.clue) }
    let example = sorted[sorted.count / 2]
    return ClockEstimate(
      seconds: seconds,
      spread: (sorted[sorted.count * 3 / 4].difference - sorted[sorted.count / 4].difference) / 2,
      pairs: sorted.count, examples: [example.clue, example.call])
  }

  // MARK: Candidates

  /// Offsets under which many clues meet a call, and whole quarter-hours where not all could be looked at.
  private static func candidates(_ series: ClockSeries) -> [Double] {
    var bins: [Int32: Int32] = [:]
    var isWhole = true
    for clue in series.clues {
      guard let list = series.calls[clue.key] else { continue }
      let place = list.partitioningIndex { $0.middle >= clue.time }
      let near = max(0, place - reach)..<min(list.count, place + reach)
      isWhole = isWhole && near.count == list.count
      for call in list[near] where call.kind & clue.kinds != 0 {
        let difference = clue.time - call.middle
        guard abs(difference) <= farthest else { continue }
        bins[Int32((difference * 2).rounded(.down)), default: 0] += 1
      }
    }
    let ranked = bins.keys.map { bin -> (weight: Int32, bin: Int32) in
      ((bins[bin - 1] ?? 0) + (bins[bin] ?? 0) + (bins[bin + 1] ?? 0), bin)
    }.sorted { ($0.weight, abs($1.bin), $1.bin) > ($1.weight, abs($0.bin), $0.bin) }
    var chosen: [Int32] = []
    for one in ranked where !chosen.contains(where: { abs($0 - one.bin) <= 1 }) {
      chosen.append(one.bin)
      if chosen.count == 12 { break }
    }
    let found = chosen.map { Double($0) / 2 + 0.25 }
    return isWhole ? found : found + (-56...56).filter { $0 != 0 }.map { Double($0) * 900 }
  }

  // MARK: Drift

  /// Parts of the log are compared one by one; their offsets must lie on a line.
  private static func drifting(_ series: ClockSeries) -> ClockEstimate? {
    let parts = min(8, series.clues.count / 12)
    guard parts >= 3 else { return nil }
    let found = (0..<parts).compactMap { k -> (time: Instant, seconds: Double)? in
      let range = series.clues.count * k / parts..<series.clues.count * (k + 1) / parts
      let part = series.part(range)
      guard let one = constant(part) else { return nil }
      return (part.clues[part.clues.count / 2].time, one.seconds)
    }
    guard found.count >= 3, found.count * 2 >= parts else { return nil }
    let reference = found[0].time
    let slopes = found.indices.flatMap { i in
      (i + 1..<found.count).map { j in
        (found[j].seconds - found[i].seconds) / max(1, found[j].time - found[i].time)
      }
    }.sorted()
    let slope = slopes[slopes.count / 2]
    let starts = found.map { $0.seconds - slope * ($0.time - reference) }.sorted()
    let start = starts[starts.count / 2]
    guard starts[starts.count * 3 / 4] - starts[starts.count / 4] < 1,
      abs(slope) * (found[found.count - 1].time - reference) >= 1
    else { return nil }
    var pairs = series.pairs { start + slope * ($0 - reference) }
    guard pairs.count * 10 >= series.clues.count * 4 else { return nil }
    for i in pairs.indices { pairs[i].difference -= slope * (pairs[i].time - reference) }
    var result = made(pairs, median(pairs))
    result.drift = slope
    result.reference = reference
    return result
  }
}
