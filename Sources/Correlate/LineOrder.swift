internal import Evidence

/// What the order of lines tells where stamps are whole seconds. Edges write a line when the answer is out: within one
/// second the lines stand in the order of their ends, and a line that stands behind lines of later seconds, though it is
/// stamped with the start (Apache), took that long at least. Where a store exported its newest lines first (Loki,
/// Kibana, CloudWatch), all of it is the other way round.
struct LineOrder {
  private struct Second: Equatable {
    var source: UInt16
    var writer: Symbol
    var second: Int64
  }

  /// Neighbours of one second.
  private struct Run {
    var key: Second
    var first: Int
    var last: Int
  }

  /// Who writes what, by source and writer, and the minutes of each. Two numberings take a fraction of a
  /// dictionary's time: logs have as many seconds as they are long.
  private var logs = Numbering()
  private var minutes = Numbering()
  /// By minute, which is as many seconds as `inMinute`: the place of each in `lines`; -1 none. Neighbours are asked for
  /// one after the other, so they stand side by side.
  private var placeOf: [Int32] = []
  /// The first and the last line that bear a second.
  private var lines: [(first: Int, last: Int)] = []
  /// By place in `lines`.
  private var places: [(log: Int32, second: Int64)] = []
  /// By number of a log: its newest lines stand first.
  private var isNewestFirst: [Bool] = []
  /// Sources with many records on one line, which tells nothing of their order.
  private var isBatched: Set<UInt16> = []
  private static let second: Int64 = 1_000_000_000
  private static let inMinute: Int64 = 64
  /// Seconds that a line may stand behind: more is another log's part.
  private static let most: Int64 = 60

  init(_ observations: borrowing Observations, _ crew: Crew = .alone) {
    let requests = observations.requests
    let sampled = observations.successes.items
    let found =
      crew.spans(requests.count, size: LineOrder.atOnce) { span in
        Found(span) { requests[$0] }
      }
      + crew.spans(sampled.count, size: LineOrder.atOnce) { span in
        Found(span, isInOrder: false) { sampled[$0].request }
      }
    for one in found { isBatched.formUnion(one.batched) }
    for run in found.lazy.flatMap(\.runs) where !isBatched.contains(run.key.source) { widen(run) }
    findNewestFirst()
  }

  private static let atOnce = 1 << 14

  /// What some requests show.
  private struct Found: Sendable {
    /// Neighbours of a log bear the same second, as a rule: the table is asked once for all of them.
    var runs: [Run] = []
    var batched: Set<UInt16> = []

    init(_ span: Range<Int>, isInOrder: Bool = true, _ request: (Int) -> Request) {
      // Several logs take turns.
      var open = [Run?](repeating: nil, count: 16)
      var before = isInOrder && span.lowerBound > 0 ? request(span.lowerBound - 1).citation : nil
      for i in span {
        let r = request(i)
        let number = r.citation.number
        if isInOrder {
          if r.citation == before { batched.insert(r.citation.source) }
          before = r.citation
        }
        guard LineOrder.isMeant(r) else { continue }
        let key = LineOrder.key(r)
        let slot = Int((UInt32(key.source) &+ key.writer.index) & 15)
        if let known = open[slot], known.key == key {
          open[slot] = Run(
            key: key, first: min(known.first, number), last: max(known.last, number))
        } else {
          if let run = open[slot] { runs.append(run) }
          open[slot] = Run(key: key, first: number, last: number)
        }
      }
      runs += open.compactMap { $0 }
    }
  }

  /// Pairs of seconds that show an order.
  private static let fewest = 4
  /// Seconds between which the order of lines is looked at.
  private static let neighbours: Int64 = 10

  /// By a clear majority: a second's lines stand before those of the one before it.
  private mutating func findNewestFirst() {
    var balance = [(older: Int, newer: Int)](repeating: (0, 0), count: logs.count)
    let sorted = places.indices.sorted {
      (places[$0].log, places[$0].second) < (places[$1].log, places[$1].second)
    }
    for (a, b) in zip(sorted, sorted.dropFirst())
    where places[a].log == places[b].log
      && places[b].second &- places[a].second <= LineOrder.neighbours
    {
      if lines[b].first > lines[a].last {
        balance[Int(places[a].log)].older += 1
      } else if lines[b].last < lines[a].first {
        balance[Int(places[a].log)].newer += 1
      }
    }
    isNewestFirst = balance.map { $0.newer >= LineOrder.fewest && $0.newer > 4 * $0.older }
  }

  private func isNewestFirst(_ key: Second) -> Bool {
    let log = logs.known(LineOrder.log(key))
    return log >= 0 && isNewestFirst[Int(log)]
  }

  /// Moves ends (and starts) of coarse requests into their second, and dates the ends of those that were written late:
  /// they are no longer in order then.
  func refine(_ requests: inout [Request]) {
    if lines.isEmpty { return }
    var open: (key: Second, span: (first: Int, last: Int))?
    for i in requests.indices where LineOrder.isMeant(requests[i]) {
      if !isBatched.isEmpty, isBatched.contains(requests[i].citation.source) { continue }
      let key = LineOrder.key(requests[i])
      if open?.key != key { open = span(key).map { (key, $0) } }
      if let open { refine(&requests[i], open.key, open.span) }
    }
  }

  private static func isMeant(_ r: Request) -> Bool {
    r.isCoarse && r.end.isKnown && r.hop != .wire
  }

  private mutating func widen(_ run: Run) {
    let (key, first, last) = (run.key, run.first, run.last)
    let log = logs.number(of: LineOrder.log(key))
    let minute = Int(minutes.number(of: LineOrder.minute(log, key.second)))
    let slot = minute << 6 | Int(key.second & (LineOrder.inMinute - 1))
    if slot >= placeOf.count {
      placeOf.append(contentsOf: repeatElement(-1, count: Int(LineOrder.inMinute)))
    }
    let place = Int(placeOf[slot])
    if place < 0 {
      placeOf[slot] = Int32(truncatingIfNeeded: lines.count)
      lines.append((first, last))
      places.append((log, key.second))
    } else {
      lines[place] = (min(lines[place].first, first), max(lines[place].last, last))
    }
  }

  private func span(_ key: Second) -> (first: Int, last: Int)? {
    let log = logs.known(LineOrder.log(key))
    guard log >= 0 else { return nil }
    let minute = Int(minutes.known(LineOrder.minute(log, key.second)))
    guard minute >= 0 else { return nil }
    let place = placeOf[minute << 6 | Int(key.second & (LineOrder.inMinute - 1))]
    return place >= 0 ? lines[Int(place)] : nil
  }

  private static func log(_ key: Second) -> UInt64 {
    UInt64(key.source) << 32 | UInt64(key.writer.index)
  }

  /// Seconds of 64-bit nanoseconds have 35 bits; requests, and so logs, are fewer than 29 bits count.
  private static func minute(_ log: Int32, _ second: Int64) -> UInt64 {
    UInt64(UInt32(bitPattern: log)) << 35 | UInt64(bitPattern: second >> 6) & (1 << 35 - 1)
  }

  private static func key(_ r: Request) -> Second {
    let end = r.end.nanoseconds
    let floor = end >= 0 ? end / second : (end - second + 1) / second
    return Second(source: r.citation.source, writer: r.writer, second: floor)
  }

  private func refine(_ r: inout Request, _ key: Second, _ own: (first: Int, last: Int)) {
    let isReversed = isNewestFirst(key)
    let number = r.citation.number
    let late =
      r.duration < 0 && r.format == .apacheAccess ? lateness(key, number, isReversed) : 0
    if late > 1 {
      // The start lies somewhere in its second, in the middle as a rule, and the end not before the later one.
      r.start.nanoseconds &+= LineOrder.second / 2
      r.end.nanoseconds &+= late &* LineOrder.second
      r.duration = (r.end.nanoseconds &- r.start.nanoseconds) / 1000
      return
    }
    let before = isReversed ? own.last - number : number - own.first
    let share = (Double(before) + 0.5) / Double(own.last - own.first + 1)
    let moved = Int64(share * Double(LineOrder.second))
    r.end.nanoseconds &+= moved
    r.start.nanoseconds &+= moved
  }

  /// How many seconds later than its own the latest second is that began before a line.
  private func lateness(_ key: Second, _ number: Int, _ isReversed: Bool) -> Int64 {
    var found: Int64 = 0
    var next = key
    var missed = 0
    for ahead in 1...LineOrder.most {
      next.second = key.second &+ ahead
      if let other = span(next) {
        if isReversed ? other.last < number : other.first > number { break }
        found = ahead
        missed = 0
      } else {
        missed += 1
        if missed > 5 { break }
      }
    }
    return found
  }
}
