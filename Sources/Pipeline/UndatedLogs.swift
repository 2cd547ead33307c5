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
    /// Days to add by dated lines of other programs in the same source.
    var neighbours: Int?

    func moved(to order: [UInt16]) -> Log {
      var moved = self
      if Int(source) < order.count { moved.source = order[Int(source)] }
      return moved
    }
  }

  static func settle(_ logs: [Log], _ observations: inout Observations) {
    guard !logs.isEmpty else { return }
    var days = UndatedLogs(observations, Set(logs.map(\.source)))
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

  /// What has a time without a day still has none.
  static func forgetTimes(_ observations: inout Observations) {
    // Sorted by time: undated ones come before the others.
    let isLeft =
      observations.requests.lazy.prefix { !$0.start.isDated }.contains {
        $0.start.isUndated || $0.end.isUndated
      } || observations.tokenEvents.lazy.prefix { !$0.time.isDated }.contains { $0.time.isUndated }
      || observations.adminEvents.contains { $0.time.isUndated }
      || observations.messages.contains { $0.time.isUndated }
      || observations.successes.items.contains { $0.request.start.isUndated }
    guard isLeft else { return }
    observations.mapLogTimes { if $1.isUndated { $1 = .unknown } }
    observations.sort()
  }

  // MARK: The other inputs

  /// Nanoseconds between a call's end and the event that it left.
  private static let nearby: Int64 = 1_000_000_000
  /// No zone is farther away than this.
  private static let farthest: Int64 = 14 * 3_600_000_000_000
  /// Zones differ by whole ones of these.
  private static let quarter: Int64 = 900_000_000_000
  private static let quartersPerDay = 96
  /// Stamps lie between 1970 and here (2223): room for sums.
  private static let end: Int64 = 8_000_000_000_000_000_000
  /// Days that are tried, at most, and clues that are looked at.
  private static let mostDays = 400
  private static let mostClues = 400

  /// Ends of requests by client, each list in order.
  private var calls: [Symbol: [Int64]] = [:]
  /// Events of the logs whose client calls, by source; times count from `Instant.undated`.
  private var clues: [UInt16: [(time: Int64, client: Symbol)]] = [:]
  /// The spans of other sources, in order; no two touch.
  private var spans: [(first: Int64, last: Int64)] = []
  /// The answers of `bySpan`, by first and last.
  private var known: [[Int64]: Int?] = [:]

  private init(_ observations: Observations, _ undated: Set<UInt16>) {
    for r in observations.requests where r.end.isDated && !r.client.isNone {
      calls[r.client, default: []].append(r.end.nanoseconds)
    }
    for key in Array(calls.keys) { calls[key]?.sort() }
    for event in observations.tokenEvents
    where event.time.isUndated && calls[event.address] != nil {
      clues[event.citation.source, default: []].append(
        (Self.sinceUndated(event.time), event.address))
    }
    var all: [(first: Int64, last: Int64)] = []
    for (source, c) in observations.coverage
    where !undated.contains(source) && c.first.isDated && c.last.isDated {
      func within(_ time: Instant) -> Int64 { min(max(time.nanoseconds, 0), Self.end) }
      all.append((within(c.first), within(c.last)))
    }
    all.sort { $0 < $1 }
    for span in all {
      if let last = spans.last, span.first <= last.last {
        spans[spans.count - 1].last = max(last.last, span.last)
      } else {
        spans.append(span)
      }
    }
  }

  private static func sinceUndated(_ time: Instant) -> Int64 {
    time.nanoseconds - Instant.undated.nanoseconds
  }

  // MARK: The day

  /// Days to add; nil where none fits, or several do.
  private mutating func day(of log: Log, _ observations: Observations) -> Int? {
    guard let begin = spans.first?.first, let end = spans.last?.last else { return log.neighbours }
    let first = Self.sinceUndated(log.first)
    let last = Self.sinceUndated(log.last)
    // Counted from 1970: nanoseconds from `Instant.undated` to now may be too many.
    let latest = Int((end + Self.farthest - first) / Instant.day)
    let earliest = min(latest, Int((begin - Self.farthest - last) / Instant.day))
    let days = max(earliest, latest - Self.mostDays)...latest
    let isZoneKnown = observations.coverage[log.source]?.zoneUncertain == false
    let day = byCalls(clues[log.source] ?? [], days, isZoneKnown)
    if day == nil, let neighbours = log.neighbours { return neighbours }
    return (day ?? bySpan(first, last, days)).map { $0 + Instant.undatedDays }
  }

  /// The day on which clearly the most events have a call by their client at their time, in UTC or, where the
  /// zone is not known, in any. Zones reach over 26 hours: one shift may be of two days, then it is that of the
  /// nearer zone.
  private func byCalls(
    _ all: [(time: Int64, client: Symbol)], _ days: ClosedRange<Int>, _ isZoneKnown: Bool
  ) -> Int? {
    var clues = all
    if clues.count > Self.mostClues {
      let step = clues.count / Self.mostClues + 1
      clues = stride(from: 0, to: clues.count, by: step).map { clues[$0] }
    }
    guard clues.count >= 3 else { return nil }
    var shifts = [Int](repeating: 0, count: days.count * Self.quartersPerDay)
    let lowest = days.lowerBound * Self.quartersPerDay - Self.quartersPerDay / 2
    for clue in clues {
      Self.count(calls[clue.client] ?? [], clue.time, from: lowest, &shifts)
    }
    func answer(_ scores: [Int]) -> Int? {
      guard let score = scores.max(), let best = scores.firstIndex(of: score) else { return nil }
      let second = max(scores[..<best].max() ?? 0, scores[(best + 1)...].max() ?? 0)
      return score >= 3 && score * 3 >= clues.count && score >= 2 * second
        ? days.lowerBound + best : nil
    }
    let begins = stride(from: 0, to: shifts.count, by: Self.quartersPerDay)
    if let day = answer(begins.map { shifts[$0 + Self.quartersPerDay / 2] }) { return day }
    guard !isZoneKnown else { return nil }
    return answer(begins.map { shifts[$0..<($0 + Self.quartersPerDay)].max() ?? 0 })
  }

  /// Counts one up each shift, in quarters of an hour from `lowest` on, by which `time` is near a call.
  private static func count(
    _ calls: [Int64], _ time: Int64, from lowest: Int, _ shifts: inout [Int]
  ) {
    var place = 0
    while place < shifts.count {
      let least = time + Int64(lowest + place) * quarter - nearby
      let next = calls.partitioningIndex { $0 >= least }
      guard next < calls.count else { return }
      // The call is near this shift, near a later one, or near none.
      let (quarters, rest) = (calls[next] - least).quotientAndRemainder(dividingBy: quarter)
      place += Int(min(quarters, Int64(shifts.count)))
      if rest <= 2 * nearby, place < shifts.count { shifts[place] += 1 }
      place += 1
    }
  }

  /// The only day on which the log and another input tell of one span; where there is none, the day that is
  /// nearest, if a zone can lie between and the next day is far.
  private mutating func bySpan(_ first: Int64, _ last: Int64, _ days: ClosedRange<Int>) -> Int? {
    if let known = known[[first, last]] { return known }
    var order: [(gap: Int64, day: Int)] = []
    for day in days {
      let shift = Int64(day) * Instant.day
      order.append((gap(first + shift, last + shift), day))
    }
    order.sort { $0 < $1 }
    var day: Int?
    if let best = order.first, best.gap < Self.farthest {
      let next = order.count > 1 ? order[1].gap : .max
      if best.gap == 0 ? next > 0 : next > 2 * best.gap { day = best.day }
    }
    known[[first, last]] = .some(day)
    return day
  }

  /// Nanoseconds between a span and the nearest of the others; 0 where they meet.
  private func gap(_ first: Int64, _ last: Int64) -> Int64 {
    let next = spans.partitioningIndex { $0.last >= first }
    let behind = next < spans.count ? max(0, spans[next].first - last) : .max
    return next > 0 ? min(behind, first - spans[next - 1].last) : behind
  }
}
