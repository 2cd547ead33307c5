internal import Evidence

/// Gives logs whose stamps have a time and no date (WildFly's console, as `kubectl logs` hands it out) the day
/// that fits the other inputs: the one on which calls at their ends tell of the same clients at the same
/// time, or the only one on which the log and the others tell of one span. Where nothing fits, these lines
/// have no time.
struct UndatedLogs {
  struct Log: Sendable {
    var source: UInt16
    /// Counted from `Instant.undated`.
    var first: Instant
    var last: Instant

    func moved(to order: [UInt16]) -> Log {
      var moved = self
      if Int(source) < order.count { moved.source = order[Int(source)] }
      return moved
    }
  }

  static func settle(_ logs: [Log], _ observations: inout Observations) {
    guard !logs.isEmpty else { return }
    let days = UndatedLogs(observations, Set(logs.map(\.source)))
    var found: [UInt16: Int] = [:]
    for log in logs {
      guard let day = days.day(of: log, observations) else {
        observations.coverage[log.source]?.isDayUnknown = true
        continue
      }
      found[log.source] = day
      let first = log.first.advanced(days: day)
      observations.coverage[log.source]?.assumedDay = first
      observations.coverage[log.source]?.saw(dated: first, log.last.advanced(days: day))
    }
    observations.mapLogTimes { citation, time in
      guard time.isUndated else { return }
      time = found[citation.source].map { time.advanced(days: $0) } ?? .unknown
    }
    observations.sort()
  }

  // MARK: The other inputs

  /// Seconds between a call's end and the event that it left.
  private static let nearby: Int64 = 1_000_000_000
  /// No zone is farther away than this.
  private static let farthest: Int64 = 14 * 3_600_000_000_000
  /// Days that are tried, at most, and clues that are looked at.
  private static let mostDays = 400
  private static let mostClues = 400

  /// Ends of requests by client, each list in order.
  private var calls: [Symbol: [Int64]] = [:]
  /// The spans of other sources.
  private var spans: [(first: Int64, last: Int64)] = []

  private init(_ observations: Observations, _ undated: Set<UInt16>) {
    for r in observations.requests where r.end.isDated && !r.client.isNone {
      calls[r.client, default: []].append(r.end.nanoseconds)
    }
    for key in Array(calls.keys) { calls[key]?.sort() }
    for (source, c) in observations.coverage.sorted(by: { $0.key < $1.key })
    where !undated.contains(source) && c.first.isDated && c.last.isDated {
      spans.append((c.first.nanoseconds, c.last.nanoseconds))
    }
  }

  // MARK: The day

  /// Days to add; nil where none fits, or several do.
  private func day(of log: Log, _ observations: Observations) -> Int? {
    guard let begin = spans.map(\.first).min(), let end = spans.map(\.last).max() else {
      return nil
    }
    let latest = (end + Self.farthest - log.first.nanoseconds) / Instant.day
    let earliest = (begin - Self.farthest - log.last.nanoseconds) / Instant.day
    let days = max(earliest, latest - Int64(Self.mostDays))...max(earliest, latest)
    return byCalls(log, days, observations) ?? bySpan(log, days)
  }

  /// The day on which clearly the most events have a call by their client at their time, in UTC or, where the
  /// zone is not known, in any.
  private func byCalls(
    _ log: Log, _ days: ClosedRange<Int64>, _ observations: Observations
  ) -> Int? {
    var clues: [(time: Int64, calls: [Int64])] = []
    for event in observations.tokenEvents
    where event.citation.source == log.source && event.time.isUndated {
      guard let own = calls[event.address] else { continue }
      clues.append((event.time.nanoseconds, own))
    }
    if clues.count > Self.mostClues {
      let step = clues.count / Self.mostClues + 1
      clues = stride(from: 0, to: clues.count, by: step).map { clues[$0] }
    }
    guard clues.count >= 3 else { return nil }
    let isZoneKnown = observations.coverage[log.source]?.zoneUncertain == false
    var hours: [Int64] = [0]
    if !isZoneKnown { for hour: Int64 in 1...14 { hours += [hour, -hour] } }
    for zones in [[0], hours] {
      var scores: [Int64: Int] = [:]
      for day in days {
        for hour in zones {
          let shift = day * Instant.day - hour * 3_600_000_000_000
          scores[day] = max(
            scores[day] ?? 0, clues.count { Self.has($0.calls, near: $0.time + shift) })
        }
      }
      let order = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      let best = order[0]
      let second = order.count > 1 ? order[1].value : 0
      if best.value >= 3, best.value * 3 >= clues.count, best.value >= 2 * second {
        return Int(best.key)
      }
    }
    return nil
  }

  private static func has(_ calls: [Int64], near time: Int64) -> Bool {
    let first = calls.partitioningIndex { $0 >= time - nearby }
    return first < calls.count && calls[first] <= time + nearby
  }

  /// The only day on which the log and another input tell of one span; where there is none, the day that is
  /// nearest, if a zone can lie between and the next day is far.
  private func bySpan(_ log: Log, _ days: ClosedRange<Int64>) -> Int? {
    /// Nanoseconds between the log and the nearest span; negative: by how much they overlap.
    func gap(_ day: Int64) -> Int64 {
      let first = log.first.nanoseconds + day * Instant.day
      let last = log.last.nanoseconds + day * Instant.day
      return spans.lazy.map { max($0.first - last, first - $0.last) }.min() ?? .max
    }
    let order = days.map { (gap: gap($0), day: $0) }.sorted { $0 < $1 }
    guard let best = order.first, best.gap < Self.farthest else { return nil }
    guard order.count > 1 else { return Int(best.day) }
    let next = order[1].gap
    return best.gap <= 0
      ? (next > 0 ? Int(best.day) : nil) : next > 2 * best.gap ? Int(best.day) : nil
  }
}
