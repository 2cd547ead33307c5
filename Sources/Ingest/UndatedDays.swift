package import Evidence

/// What one block shows of stamps that have a time and no date; times count from `Instant.undated`, days
/// go on where the clock passes midnight.
struct UndatedBlock: Sendable {
  var lines = 1
  /// In the order of lines.
  var first: Instant
  var last: Instant
  var earliest: Instant
  var latest: Instant
  /// By days to add: lines that tell the date.
  var votes: [Int: Int] = [:]

  init(_ time: Instant) {
    first = time
    last = time
    earliest = time
    latest = time
  }

  mutating func saw(_ time: Instant) {
    lines += 1
    last = time
    earliest = min(earliest, time)
    latest = max(latest, time)
  }

  /// A block that two saw is one of their halves and nothing more: never the case in one reading.
  mutating func absorb(_ other: UndatedBlock) {
    lines += other.lines
    last = other.last
    earliest = min(earliest, other.earliest)
    latest = max(latest, other.latest)
    votes.merge(other.votes, uniquingKeysWith: +)
  }
}

/// The days of one source's lines that have a time and no date.
package struct UndatedDays: Sendable {
  /// By block: days to add so that all blocks count from the same one.
  package private(set) var shifts: [Int: Int] = [:]
  package private(set) var earliest = Instant.unknown
  package private(set) var latest = Instant.unknown
  private var votes: [Int: Int] = [:]

  mutating func add(_ block: UndatedBlock, block number: Int, shift: Int) {
    shifts[number] = shift
    let moved = Int64(shift) * Instant.day
    let first = Instant(nanoseconds: block.earliest.nanoseconds + moved)
    let last = Instant(nanoseconds: block.latest.nanoseconds + moved)
    if !earliest.isKnown || first < earliest { earliest = first }
    if !latest.isKnown || last > latest { latest = last }
    for (days, count) in block.votes { votes[days - shift, default: 0] += count }
  }

  /// Days to add to all, which most lines of the source itself tell.
  package var told: Int? {
    votes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }
}
