internal import Evidence

/// Who uses a party when, probes left out: so arranged that a span of time is counted without looking
/// at every exchange's particulars.
struct Attendance: Sendable {
  /// Starts, in order.
  private var starts: [Instant] = []
  private var successStarts: [Instant] = []
  /// Beside `successStarts`.
  private var servedClients: [Int32] = []
  private var servedActors: [Int32] = []
  /// Sorted.
  private var successEnds: [Instant] = []

  init(_ rows: Rows, _ briefs: [Brief], _ visitors: Visitors) {
    starts.reserveCapacity(rows.count)
    for i in rows {
      let b = briefs[i]
      if b.isProbe { continue }
      starts.append(b.start)
      if b.isSuccess {
        successStarts.append(b.start)
        servedClients.append(visitors.of(i, briefs))
        servedActors.append(b.actor)
        successEnds.append(b.end)
      }
    }
    successEnds.sort()
  }

  /// The clients of the successes that start within a span, once for each success.
  func served(from first: Instant, to last: Instant) -> ArraySlice<Int32> {
    servedClients[successes(first, last)]
  }

  /// How many of these successes are of some actors.
  func served(from first: Instant, to last: Instant, of actors: (Int32) -> Bool) -> Int {
    servedActors[successes(first, last)].count(where: actors)
  }

  private func successes(_ first: Instant, _ last: Instant) -> Range<Int> {
    let low = Attendance.count(successStarts, below: first)
    return low..<max(low, Attendance.count(successStarts, upTo: last))
  }

  /// Exchanges that start within a span.
  func exchanges(_ first: Instant, _ last: Instant) -> Int {
    max(0, Attendance.count(starts, upTo: last) - Attendance.count(starts, below: first))
  }

  /// Successes that start within a span.
  func served(_ first: Instant, _ last: Instant) -> Int {
    served(from: first, to: last).count
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

extension Scene {
  /// Of a span, probes left out: rows of a kin, their clients, and the clients that are theirs or are served by the
  /// same party.
  func turnout(of kin: Int32, _ first: Instant, _ last: Instant) -> (
    rows: Int, failing: Int, active: Int
  ) {
    let own = within(kinships.rows[Int(kin)], first, last)
    var clients = NumberSet(below: visitors.count)
    var rows = 0
    var failing = 0
    for sender in kinships.senders(of: kin, own.startIndex..<own.endIndex) where sender >= 0 {
      rows += 1
      if clients.insert(sender) { failing += 1 }
    }
    let party = Int(kinships.classes[Int(kin)].party)
    let served = attendance[party].served(from: first, to: last)
    return (rows, failing, failing + served.count { clients.insert($0) })
  }
}
