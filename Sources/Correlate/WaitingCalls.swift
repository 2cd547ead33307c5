internal import Evidence

/// Failed calls whose lines have a start and no duration (Apache's combined format), in order: an error that tells of
/// a wait goes to the first of them that none was told of yet, since all wait equally long.
struct WaitingCalls {
  private let rows: [Int]
  private let starts: [Instant]
  /// By place: where the calls of the same party around it begin.
  private let stretches: [Int]
  /// By place: the next one that is free, or one on the way to it.
  private var next: [Int]

  /// Of answers that Apache gives by itself when it gets none.
  init(_ exchanges: Exchanges) {
    rows = exchanges.indices.filter { i in
      let r = exchanges.requests[i]
      return (502...504).contains(r.status) && r.answeredBy != .upstream && r.duration < 0
        && r.start.isKnown
    }
    starts = rows.map { exchanges.requests[$0].start }
    var stretches: [Int] = []
    for (place, row) in rows.enumerated() {
      let isSame = place > 0 && exchanges[rows[place - 1]].party == exchanges[row].party
      stretches.append(isSame ? stretches[place - 1] : place)
    }
    self.stretches = stretches
    next = Array(0...rows.count)
  }

  /// The first free call of `from..<to`; `nil` where there is none, or not all are of one party.
  mutating func take(_ from: Instant, _ to: Instant) -> Int? {
    let low = starts.partitioningIndex { $0 >= from }
    let high = starts.partitioningIndex { $0 >= to }
    guard low < high, stretches[high - 1] <= low else { return nil }
    let place = free(low)
    guard place < high else { return nil }
    next[place] = place + 1
    return rows[place]
  }

  private mutating func free(_ place: Int) -> Int {
    var end = place
    while next[end] != end { end = next[end] }
    // Whoever asks again goes there at once.
    var at = place
    while at != end {
      let following = next[at]
      next[at] = end
      at = following
    }
    return end
  }
}
