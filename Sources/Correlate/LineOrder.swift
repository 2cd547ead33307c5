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
  private struct Open {
    var key: Second
    var first: Int
    var last: Int
  }

  /// Who writes what, by source and writer, and the seconds of each. Two numberings take a fraction of a
  /// dictionary's time: logs have as many seconds as they are long.
  private var logs = Numbering()
  private var seconds = Numbering()
  /// The first and the last line that bear a second.
  private var lines: [(first: Int, last: Int)] = []
  /// By place in `lines`.
  private var places: [(log: Int32, second: Int64)] = []
  /// By number of a log: its newest lines stand first.
  private var isNewestFirst: [Bool] = []
  /// Sources with many records on one line, which tells nothing of their order.
  private var isBatched: Set<UInt16> = []
  private static let second: Int64 = 1_000_000_000
  /// Seconds that a line may stand behind: more is another log's part.
  private static let most: Int64 = 60

  init(_ observations: borrowing Observations) {
    // Spans lend what arrays would copy.
    var open: Open?
    let requests = observations.requests.span
    for i in requests.indices.dropFirst() where requests[i].citation == requests[i - 1].citation {
      isBatched.insert(requests[i].citation.source)
    }
    for i in requests.indices { note(requests[i], &open) }
    let sampled = observations.successes.items.span
    for i in sampled.indices { note(sampled[i].request, &open) }
    if let open { widen(open.key, open.first, open.last) }
    findNewestFirst()
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
    for i in requests.indices where isMeant(requests[i]) {
      let key = LineOrder.key(requests[i])
      if open?.key != key { open = span(key).map { (key, $0) } }
      if let open { refine(&requests[i], open.key, open.span) }
    }
  }

  private func isMeant(_ r: Request) -> Bool {
    r.isCoarse && r.end.isKnown && r.hop != .wire
      && (isBatched.isEmpty || !isBatched.contains(r.citation.source))
  }

  /// Neighbours bear the same second, as a rule: the table is asked once for all of them.
  private mutating func note(_ r: Request, _ open: inout Open?) {
    guard isMeant(r) else { return }
    let number = r.citation.number
    let key = LineOrder.key(r)
    if let known = open, known.key == key {
      open = Open(key: key, first: min(known.first, number), last: max(known.last, number))
    } else {
      if let open { widen(open.key, open.first, open.last) }
      open = Open(key: key, first: number, last: number)
    }
  }

  private mutating func widen(_ key: Second, _ first: Int, _ last: Int) {
    let log = logs.number(of: LineOrder.log(key))
    let place = Int(seconds.number(of: LineOrder.place(log, key.second)))
    if place == lines.count {
      lines.append((first, last))
      places.append((log, key.second))
    } else {
      lines[place] = (min(lines[place].first, first), max(lines[place].last, last))
    }
  }

  private func span(_ key: Second) -> (first: Int, last: Int)? {
    let log = logs.known(LineOrder.log(key))
    guard log >= 0 else { return nil }
    let place = seconds.known(LineOrder.place(log, key.second))
    return place >= 0 ? lines[Int(place)] : nil
  }

  private static func log(_ key: Second) -> UInt64 {
    UInt64(key.source) << 32 | UInt64(key.writer.index)
  }

  /// Seconds of 64-bit nanoseconds have 35 bits; requests, and so logs, are fewer than 29 bits count.
  private static func place(_ log: Int32, _ second: Int64) -> UInt64 {
    UInt64(UInt32(bitPattern: log)) << 35 | UInt64(bitPattern: second) & (1 << 35 - 1)
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
