internal import Evidence

/// What the order of lines tells where stamps are whole seconds. Edges write a line when the answer is out: within one
/// second the lines stand in the order of their ends, and a line that stands behind lines of later seconds, though it is
/// stamped with the start (Apache), took that long at least.
struct LineOrder {
  private struct Second: Hashable {
    var source: UInt16
    var writer: Symbol
    var second: Int64
  }

  /// The first and the last line that bear a second.
  private var lines: [Second: (first: Int, last: Int)] = [:]
  private static let second: Int64 = 1_000_000_000
  /// Seconds that a line may stand behind: more is another log's part.
  private static let most: Int64 = 60

  init(_ observations: Observations) {
    note(observations.requests)
    note(observations.successes.items.lazy.map(\.request))
  }

  /// Moves ends (and starts) of coarse requests into their second, and dates the ends of those that were written late:
  /// they are no longer in order then.
  func refine(_ requests: inout [Request]) {
    if lines.isEmpty { return }
    var open: (key: Second, span: (first: Int, last: Int))?
    for i in requests.indices where LineOrder.isMeant(requests[i]) {
      let key = LineOrder.key(requests[i])
      if open?.key != key { open = lines[key].map { (key, $0) } }
      if let open { refine(&requests[i], open.key, open.span) }
    }
  }

  private static func isMeant(_ r: Request) -> Bool {
    r.isCoarse && r.end.isKnown && r.hop != .wire
  }

  /// Neighbours bear the same second, as a rule: the table is asked once for all of them.
  private mutating func note(_ requests: some Sequence<Request>) {
    var open: (key: Second, first: Int, last: Int)?
    for r in requests where LineOrder.isMeant(r) {
      let number = r.citation.number
      let key = LineOrder.key(r)
      if let known = open, known.key == key {
        open = (key, min(known.first, number), max(known.last, number))
      } else {
        if let open { widen(open.key, open.first, open.last) }
        open = (key, number, number)
      }
    }
    if let open { widen(open.key, open.first, open.last) }
  }

  private mutating func widen(_ key: Second, _ first: Int, _ last: Int) {
    let known = lines[key] ?? (first, last)
    lines[key] = (min(known.first, first), max(known.last, last))
  }

  private static func key(_ r: Request) -> Second {
    let end = r.end.nanoseconds
    let floor = end >= 0 ? end / second : (end - second + 1) / second
    return Second(source: r.citation.source, writer: r.writer, second: floor)
  }

  private func refine(_ r: inout Request, _ key: Second, _ own: (first: Int, last: Int)) {
    let number = r.citation.number
    let late = r.duration < 0 && r.format == .apacheAccess ? lateness(key, number) : 0
    if late > 1 {
      // The start lies somewhere in its second, in the middle as a rule, and the end not before the later one.
      r.start.nanoseconds &+= LineOrder.second / 2
      r.end.nanoseconds &+= late &* LineOrder.second
      r.duration = (r.end.nanoseconds &- r.start.nanoseconds) / 1000
      return
    }
    let share = (Double(number - own.first) + 0.5) / Double(own.last - own.first + 1)
    let moved = Int64(share * Double(LineOrder.second))
    r.end.nanoseconds &+= moved
    r.start.nanoseconds &+= moved
  }

  /// How many seconds later than its own the latest second is that began before a line.
  private func lateness(_ key: Second, _ number: Int) -> Int64 {
    var found: Int64 = 0
    var next = key
    var missed = 0
    for ahead in 1...LineOrder.most {
      next.second = key.second &+ ahead
      if let other = lines[next] {
        if other.first > number { break }
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
