package import Evidence

/// What was learned about the zone of one source's stamps, to be settled when all of it is read: the
/// line that gives the zone away may come after those that need it.
package struct ZoneNotes: Sendable {
  /// Votes for an offset, in seconds east of UTC: lines that have a stamp with and one without zone.
  package var votes: [Int: Int] = [:]
  /// The same by neighbours: a line with a zone directly before or after one without, of another program in the same
  /// log. `nil`: no zone in use lies between the two (parts of logs put one behind the other).
  private var neighbours: [Int?: Int] = [:]
  /// Lines whose stamp was read as UTC for want of better knowledge: bits by line, by block.
  private var marks: [Int: [UInt64]] = [:]
  /// The block marked last, and its bits, which are not in `marks`.
  private var block = -1
  private var bits: [UInt64] = []
  /// Earliest and latest of these lines.
  package var first = Instant.unknown
  package var last = Instant.unknown

  /// By block: what was seen of stamps with a time and no date.
  private var undated: [Int: UndatedBlock] = [:]

  package init() {}

  package var isEmpty: Bool { votes.isEmpty && neighbours.isEmpty && !hasMarks && undated.isEmpty }
  package var hasMarks: Bool { !marks.isEmpty || !bits.isEmpty }

  package mutating func mark(block: Int, line: Int, _ time: Instant) {
    if block != self.block { open(block) }
    bits.withWord(line >> 6) { $0 |= 1 << UInt64(line & 63) }
    guard time.isDated else { return }
    if !first.isKnown || time < first { first = time }
    if !last.isKnown || time > last { last = time }
  }

  /// A line without a date, or a further piece of a line; `offset`: of its zone, in seconds east of UTC.
  package mutating func sawUndated(
    block: Int, line: Int, _ time: Instant, offset: Int, isPiece: Bool = false
  ) {
    if undated[block]?.saw(time, line, isPiece: isPiece) == nil {
      undated[block] = UndatedBlock(time, line, offset: offset)
    }
  }

  /// At nearly the moment of a line without a date (`undated`) it is `time`, by the line itself or, `isOther`,
  /// by one of another program.
  package mutating func sawDate(
    block: Int, line: Int, _ time: Instant, after undated: Instant, offset: Int,
    isOther: Bool = false
  ) {
    // Centuries lie between them: more nanoseconds than an integer holds.
    let apart = Double(time.nanoseconds) - Double(undated.nanoseconds)
    let days = Int((apart / Double(Instant.day)).rounded())
    var noted = self.undated[block] ?? UndatedBlock(undated, line, offset: offset)
    if isOther { noted.others[days, default: 0] += 1 } else { noted.votes[days, default: 0] += 1 }
    self.undated[block] = noted
  }

  package var hasUndated: Bool { !undated.isEmpty }
  package var undatedLines: Int { undated.values.reduce(0) { $0 + $1.lines } }

  /// What is known of the days of lines without a date. Blocks were read each for itself: they follow one
  /// another as lines do (`RecordHead.clock`).
  package var undatedDays: UndatedDays {
    var days = UndatedDays()
    var end = Instant.unknown
    for block in undated.keys.sorted() {
      guard let noted = undated[block] else { continue }
      var shift: Int64 = 0
      if end.isKnown {
        shift = noted.day(end) - noted.day(noted.first)
        let begin = noted.first.nanoseconds + shift * Instant.day
        if begin < end.nanoseconds - Instant.day / 2 { shift += 1 }
        shift = min(shift, Instant.mostUndatedDays - noted.day(noted.latest))
      }
      days.add(noted, block: block, shift: Int(shift))
      end = Instant(nanoseconds: noted.last.nanoseconds + shift * Instant.day)
    }
    return days
  }

  private mutating func open(_ next: Int) {
    if !bits.isEmpty { marks[block] = bits }
    bits = marks.removeValue(forKey: next) ?? []
    block = next
  }

  package func isMarked(block: Int, line: Int) -> Bool {
    guard let words = block == self.block ? bits : marks[block], line >> 6 < words.count else {
      return false
    }
    return words[line >> 6] & 1 << UInt64(line & 63) != 0
  }

  /// A line whose stamp has no zone, read as UTC, stands beside one whose stamp has one.
  package mutating func sawNeighbours(zoneless: Instant, dated: Instant) {
    guard zoneless.isDated, dated.isDated else { return }
    let offset = ZoneProbe.offset(local: zoneless.nanoseconds, true: dated.nanoseconds)
    neighbours[offset, default: 0] += 1
  }

  /// The votes alone, without the lines that they are for.
  package var votesAlone: ZoneNotes {
    var notes = ZoneNotes()
    notes.votes = votes
    notes.neighbours = neighbours
    return notes
  }

  /// The offset most lines vote for; the one nearest to UTC of several. Where no line tells it by itself, the one
  /// that nearly all neighbours tell.
  package var winner: Int? {
    let best = votes.max {
      ($0.value, -abs($0.key), -$0.key) < ($1.value, -abs($1.key), -$1.key)
    }
    if let best { return best.key }
    let pairs = neighbours.values.reduce(0, +)
    return neighbours.first { $0.value >= 3 && $0.value * 5 >= pairs * 4 }?.key
  }

  package mutating func absorb(_ other: ZoneNotes) {
    votes.merge(other.votes, uniquingKeysWith: +)
    neighbours.merge(other.neighbours, uniquingKeysWith: +)
    for (block, words) in other.marks { absorb(block, words) }
    if !other.bits.isEmpty { absorb(other.block, other.bits) }
    for (block, noted) in other.undated {
      if undated[block]?.absorb(noted) == nil { undated[block] = noted }
    }
    for time in [other.first, other.last] where time.isKnown {
      if !first.isKnown || time < first { first = time }
      if !last.isKnown || time > last { last = time }
    }
  }

  private mutating func absorb(_ block: Int, _ words: [UInt64]) {
    open(block)
    for (i, word) in words.enumerated() { bits.withWord(i) { $0 |= word } }
  }
}

extension [UInt64] {
  fileprivate mutating func withWord(_ index: Int, _ change: (inout UInt64) -> Void) {
    while count <= index { append(0) }
    change(&self[index])
  }
}
