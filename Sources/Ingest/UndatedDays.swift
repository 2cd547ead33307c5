package import Evidence

/// What one block shows of stamps that have a time and no date; times count from `Instant.undated`, days
/// go on where the clock passes midnight.
struct UndatedBlock: Sendable {
  var lines = 1
  /// In the order of lines.
  private(set) var first: Instant
  private(set) var last: Instant
  private var firstLine: Int
  private var lastLine: Int
  private(set) var earliest: Instant
  private(set) var latest: Instant
  /// Of the zone in which they were read: seconds east of UTC.
  private let offset: Int
  /// By days to add: lines that tell the date themselves, and those of other programs.
  var votes: [Int: Int] = [:]
  var others: [Int: Int] = [:]

  init(_ time: Instant, _ line: Int, offset: Int) {
    first = time
    last = time
    firstLine = line
    lastLine = line
    earliest = time
    latest = time
    self.offset = offset
  }

  mutating func saw(_ time: Instant, _ line: Int, isPiece: Bool) {
    if !isPiece { lines += 1 }
    last = time
    lastLine = line
    earliest = min(earliest, time)
    latest = max(latest, time)
  }

  /// Days of the zone's calendar behind that of `Instant.undated`.
  func day(_ time: Instant) -> Int64 {
    let local = time.nanoseconds - Instant.undated.nanoseconds + Int64(offset) * 1_000_000_000
    return local >= 0 ? local / Instant.day : (local + 1) / Instant.day - 1
  }

  /// Adds what was seen of other lines of the same block.
  mutating func absorb(_ other: UndatedBlock) {
    lines += other.lines
    if other.firstLine < firstLine { (first, firstLine) = (other.first, other.firstLine) }
    if other.lastLine > lastLine { (last, lastLine) = (other.last, other.lastLine) }
    earliest = min(earliest, other.earliest)
    latest = max(latest, other.latest)
    votes.merge(other.votes, uniquingKeysWith: +)
    others.merge(other.others, uniquingKeysWith: +)
  }
}

/// The days of one source's lines that have a time and no date.
package struct UndatedDays: Sendable {
  /// By block: days to add so that all blocks count from the same one.
  package private(set) var shifts: [Int: Int] = [:]
  package private(set) var earliest = Instant.unknown
  package private(set) var latest = Instant.unknown
  private var votes: [Int: Int] = [:]
  private var others: [Int: Int] = [:]

  mutating func add(_ block: UndatedBlock, block number: Int, shift: Int) {
    shifts[number] = shift
    let moved = Int64(shift) * Instant.day
    let first = Instant(nanoseconds: block.earliest.nanoseconds + moved)
    let last = Instant(nanoseconds: block.latest.nanoseconds + moved)
    if !earliest.isKnown || first < earliest { earliest = first }
    if !latest.isKnown || last > latest { latest = last }
    for (days, count) in block.votes { votes[days - shift, default: 0] += count }
    for (days, count) in block.others { others[days - shift, default: 0] += count }
  }

  /// Days to add to all, which most lines of the source itself tell.
  package var told: Int? { Self.winner(votes) }
  /// The same by lines of other programs that follow in the source: likely, but no more.
  package var toldByOthers: Int? { Self.winner(others) }

  private static func winner(_ votes: [Int: Int]) -> Int? {
    votes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }
}
