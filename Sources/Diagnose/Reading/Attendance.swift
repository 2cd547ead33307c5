internal import Evidence

/// Who uses a party when, probes left out: so arranged that a span of time is counted without looking
/// at every exchange's particulars.
struct Attendance: Sendable {
  /// Starts, in order.
  private var starts: [Instant] = []
  /// By place: the place of the same client's exchange before, -1 for its first.
  private var before: [Int32] = []
  private var successStarts: [Instant] = []
  /// Sorted.
  private var successEnds: [Instant] = []

  init(_ rows: Rows, _ briefs: [Brief], clients: Int) {
    // By client, one more than the place of the last exchange.
    var last = NumberTable(numbers: clients, expected: rows.count)
    starts.reserveCapacity(rows.count)
    before.reserveCapacity(rows.count)
    for i in rows {
      let b = briefs[i]
      if b.isProbe { continue }
      before.append(last[b.client] - 1)
      starts.append(b.start)
      last[b.client] = Int32(truncatingIfNeeded: starts.count)
      if b.isSuccess {
        successStarts.append(b.start)
        successEnds.append(b.end)
      }
    }
    successEnds.sort()
  }

  /// Exchanges that start within a span, and how many clients they are of.
  func active(_ first: Instant, _ last: Instant) -> (exchanges: Int, clients: Int) {
    let low = Attendance.count(starts, below: first)
    let high = Attendance.count(starts, upTo: last)
    guard low < high else { return (0, 0) }
    var clients = 0
    for k in low..<high where before[k] < Int32(truncatingIfNeeded: low) { clients += 1 }
    return (high - low, clients)
  }

  /// Exchanges that start within a span.
  func exchanges(_ first: Instant, _ last: Instant) -> Int {
    max(0, Attendance.count(starts, upTo: last) - Attendance.count(starts, below: first))
  }

  /// Successes that start within a span.
  func served(_ first: Instant, _ last: Instant) -> Int {
    max(
      0,
      Attendance.count(successStarts, upTo: last) - Attendance.count(successStarts, below: first))
  }
  /// Successes that end before a time.
  func served(before time: Instant) -> Int { Attendance.count(successEnds, below: time) }
  /// Successes that start after a time.
  func served(after time: Instant) -> Int {
    successStarts.count - Attendance.count(successStarts, upTo: time)
  }

  private static func count(_ times: [Instant], below time: Instant) -> Int {
    times.partitioningIndex { $0 >= time }
  }
  private static func count(_ times: [Instant], upTo time: Instant) -> Int {
    times.partitioningIndex { $0 > time }
  }
}
