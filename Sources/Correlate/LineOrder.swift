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

  /// Moves ends (and starts) of coarse requests into their second, and dates the ends of those that were written late.
  ///
  /// - Returns: whether anything moved; then the requests are no longer in order.
  static func refine(_ full: inout [Request], _ sampled: inout [Request]) -> Bool {
    var order = LineOrder()
    for r in full where isMeant(r) { order.note(r) }
    for r in sampled where isMeant(r) { order.note(r) }
    if order.lines.isEmpty { return false }
    for i in full.indices where isMeant(full[i]) { order.refine(&full[i]) }
    for i in sampled.indices where isMeant(sampled[i]) { order.refine(&sampled[i]) }
    return true
  }

  private static func isMeant(_ r: Request) -> Bool {
    r.isCoarse && r.end.isKnown && r.hop != .wire
  }

  private mutating func note(_ r: Request) {
    let number = r.citation.number
    let key = LineOrder.key(r)
    let known = lines[key] ?? (number, number)
    lines[key] = (min(known.first, number), max(known.last, number))
  }

  private static func key(_ r: Request) -> Second {
    let end = r.end.nanoseconds
    let floor = end >= 0 ? end / second : (end - second + 1) / second
    return Second(source: r.citation.source, writer: r.writer, second: floor)
  }

  private func refine(_ r: inout Request) {
    let key = LineOrder.key(r)
    guard let own = lines[key] else { return }
    let number = r.citation.number
    let late = r.duration < 0 && r.format == .apacheAccess ? lateness(key, number) : 0
    if late > 1 {
      // The start lies somewhere in its second.
      r.duration = (late - 1) * 1_000_000 + 500_000
      r.end = Instant(
        nanoseconds: r.start.nanoseconds &+ LineOrder.second / 2 &+ r.duration &* 1000)
      r.start = Instant(nanoseconds: r.start.nanoseconds &+ LineOrder.second / 2)
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
