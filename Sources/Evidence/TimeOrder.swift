/// Brings rows into the order of time and citation. Logs are nearly in order: most rows belong a few places
/// from where they stand, so most of what is merged is in order already and passed over. Keys are sorted instead
/// of the rows, which are large and moved once, each to its place; nothing is moved that is in order.
enum TimeOrder {
  private struct Key: BitwiseCopyable {
    var time: Int64
    var line: UInt64
    var index: Int32

    @inline(__always) func isBefore(_ other: Key) -> Bool {
      time != other.time ? time < other.time : line < other.line
    }
  }

  static func sort<Row: BitwiseCopyable>(
    _ rows: inout [Row], by order: (Row) -> (time: Instant, citation: Citation)
  ) {
    let isInOrder = rows.indices.dropFirst().allSatisfy { order(rows[$0 - 1]) <= order(rows[$0]) }
    if isInOrder { return }
    var keys: [Key] = []
    keys.reserveCapacity(rows.count)
    for i in rows.indices {
      let (time, citation) = order(rows[i])
      keys.append(
        Key(
          time: time.nanoseconds,
          line: UInt64(citation.source) << 48 | UInt64(truncatingIfNeeded: citation.number),
          index: Int32(truncatingIfNeeded: i)))
    }
    sort(&keys)
    move(&rows, keys)
  }

  /// Rows that are put in order one by one.
  private static let few = 16

  private static func sort(_ all: inout [Key]) {
    var keys = all.mutableSpan
    for begin in stride(from: 0, to: keys.count, by: few) {
      for i in begin..<min(begin + few, keys.count) {
        let key = keys[i]
        var place = i
        while place > begin, key.isBefore(keys[place - 1]) {
          keys[place] = keys[place - 1]
          place -= 1
        }
        keys[place] = key
      }
    }
    var held: [Key] = []
    var width = few
    while width < keys.count {
      for begin in stride(from: 0, to: keys.count - width, by: 2 * width) {
        merge(&keys, begin, begin + width, min(begin + 2 * width, keys.count), &held)
      }
      width *= 2
    }
  }

  /// Merges two neighbours, each in order, where they overlap.
  private static func merge(
    _ keys: inout MutableSpan<Key>, _ begin: Int, _ middle: Int, _ end: Int, _ held: inout [Key]
  ) {
    let (first, last) = (keys[middle], keys[middle - 1])
    guard first.isBefore(last) else { return }
    var low = middle - 1
    while low > begin, first.isBefore(keys[low - 1]) { low -= 1 }
    held.removeAll(keepingCapacity: true)
    for i in low..<middle { held.append(keys[i]) }
    var left = 0
    var right = middle
    var place = low
    while left < held.count {
      if right < end, keys[right].isBefore(held[left]) {
        keys[place] = keys[right]
        right += 1
      } else {
        keys[place] = held[left]
        left += 1
      }
      place += 1
    }
  }

  /// Moves each row to the place of its key.
  private static func move<Row: BitwiseCopyable>(_ rows: inout [Row], _ keys: [Key]) {
    // `order[k]` is where the one for place `k` stands, -1 once it is there: round by round.
    var order = keys.map(\.index)
    for begin in order.indices where order[begin] >= 0 {
      let held = rows[begin]
      var place = begin
      while true {
        let from = Int(order[place])
        order[place] = -1
        if from == begin { break }
        rows[place] = rows[from]
        place = from
      }
      rows[place] = held
    }
  }
}

extension Request {
  /// Into the order of start and citation.
  public static func sort(_ requests: inout [Request]) {
    TimeOrder.sort(&requests) { ($0.start, $0.citation) }
  }
}

extension TokenEvent {
  /// Into the order of time and citation.
  public static func sort(_ events: inout [TokenEvent]) {
    TimeOrder.sort(&events) { ($0.time, $0.citation) }
  }
}
