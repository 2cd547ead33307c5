package import Evidence

/// What was learned about the zone of one source's stamps, to be settled when all of it is read: the
/// line that gives the zone away may come after those that need it.
package struct ZoneNotes: Sendable {
  /// Votes for an offset, in seconds east of UTC: lines that have a stamp with and one without zone.
  package var votes: [Int: Int] = [:]
  /// Lines whose stamp was read as UTC for want of better knowledge: bits by line, by block.
  package private(set) var marks: [Int: [UInt64]] = [:]
  /// Earliest and latest of these lines.
  package var first = Instant.unknown
  package var last = Instant.unknown

  package init() {}

  package var isEmpty: Bool { votes.isEmpty && marks.isEmpty }

  package mutating func mark(block: Int, line: Int, _ time: Instant) {
    let word = line >> 6
    marks[block, default: []].withWord(word) { $0 |= 1 << UInt64(line & 63) }
    guard time.isKnown else { return }
    if !first.isKnown || time < first { first = time }
    if !last.isKnown || time > last { last = time }
  }

  package func isMarked(block: Int, line: Int) -> Bool {
    guard let words = marks[block], line >> 6 < words.count else { return false }
    return words[line >> 6] & 1 << UInt64(line & 63) != 0
  }

  /// The offset most lines vote for; the one nearest to UTC of several.
  package var winner: Int? {
    votes.max {
      ($0.value, -abs($0.key), -$0.key) < ($1.value, -abs($1.key), -$1.key)
    }?.key
  }

  package mutating func absorb(_ other: ZoneNotes) {
    votes.merge(other.votes, uniquingKeysWith: +)
    for (block, words) in other.marks {
      if marks[block] == nil { marks[block] = words; continue }
      for (i, word) in words.enumerated() { marks[block, default: []].withWord(i) { $0 |= word } }
    }
    for time in [other.first, other.last] where time.isKnown {
      if !first.isKnown || time < first { first = time }
      if !last.isKnown || time > last { last = time }
    }
  }
}

extension [UInt64] {
  fileprivate mutating func withWord(_ index: Int, _ change: (inout UInt64) -> Void) {
    while count <= index { append(0) }
    change(&self[index])
  }
}
