internal import Evidence
internal import Synchronization

/// What readers see in great number.
protocol Ordered: Sendable, BitwiseCopyable {
  var citation: Citation { get set }
  /// In the order of time, and of citations where that is the same.
  func isBefore(_ other: Self) -> Bool
  static func sort(_ rows: inout [Self])
  /// Takes over the symbols of another table.
  mutating func translate(_ symbols: [Symbol])
}

/// What several readers saw, each in the order of its lines: brought into one order of time. Millions of events
/// may come, so they are moved once, by as many hands as reading uses.
struct OrderedParts<Row: Ordered>: Sendable {
  /// The rows of one reader, and its symbols in the table of all; `nil`: they are those.
  struct Part: Sendable {
    var rows: [Row]
    var symbols: [Symbol]?
  }

  private(set) var parts: [Part] = []
  /// Fewer rows are not worth a thread.
  static var worthwhile: Int { 1 << 14 }
  /// Merged rows are given up so many at a time: as many as fill a large page.
  private static var step: Int { (2 << 20) / MemoryLayout<Row>.stride + 1 }

  private var count: Int { parts.reduce(0) { $0 + $1.rows.count } }

  mutating func add(_ rows: consuming [Row], _ symbols: [Symbol]?) {
    if !rows.isEmpty { parts.append(Part(rows: rows, symbols: symbols)) }
  }

  /// Changes every row.
  mutating func map(_ change: (inout Row) -> Void) {
    for k in parts.indices {
      for i in parts[k].rows.indices { change(&parts[k].rows[i]) }
    }
  }

  /// All of them in order, with the citations that they have in the whole, and room for some more; keeps none.
  mutating func taken(_ lines: LineBases, hands: Int, room: Int = 0) -> [Row] {
    let hands = count < Self.worthwhile ? 1 : max(1, hands)
    let left = Mutex(parts)
    let done = Mutex<[[Row]]>([])
    let count = parts.count
    parts = []
    Workers.run(min(hands, count)) { _ in
      while var part = left.withLock({ $0.popLast() }) {
        part.settle(lines)
        let rows = part.rows
        done.withLock { $0.append(rows) }
      }
    }
    return Self.merged(done.withLock { $0 }, hands: hands, room: room)
  }

  // MARK: Merging

  /// One list out of lists that are in order, of which no two have a row in common; what they held is given up.
  static func merged(_ lists: [[Row]], hands: Int, room: Int) -> [Row] {
    guard lists.count > 1 else { return lists.first ?? [] }
    let spans = cut(lists, hands)
    return unsafe [Row](large: lists.reduce(0) { $0 + $1.count }, room: room) { rows in
      let target = unsafe Target(rows: rows)
      Workers.run(spans.count) { k in target.merge(lists, spans[k]) }
    }
  }

  /// Divides lists that are in order into spans that follow one another: of each span, the ranges in the lists.
  static func cut(_ lists: [[Row]], _ hands: Int) -> [[Range<Int>]] {
    let longest = lists.max { $0.count < $1.count } ?? []
    var spans: [[Range<Int>]] = []
    var starts = [Int](repeating: 0, count: lists.count)
    for hand in 1...max(1, hands) {
      let ends =
        hand == max(1, hands)
        ? lists.map(\.count)
        : lists.map { list in
          list.partitioningIndex { !$0.isBefore(longest[longest.count * hand / hands]) }
        }
      spans.append(lists.indices.map { starts[$0]..<max(starts[$0], ends[$0]) })
      starts = ends
    }
    return spans
  }

  /// Room for all rows; each hand writes to places of its own.
  @safe private struct Target: @unchecked Sendable {
    let rows: UnsafeMutableBufferPointer<Row>

    init(rows: UnsafeMutableBufferPointer<Row>) { unsafe self.rows = unsafe rows }

    /// Merges these ranges of the lists to where they stand in the whole. Neighbours are mostly of one list, which
    /// is followed as long as no other has an earlier row. What was merged is given up on the way, so that the rows
    /// behind it are written to its memory: two fifths of a large log's memory, and a sixth of the time where fresh
    /// pages are slow. `settle` wrote to all lists, so nobody else has them.
    func merge(_ lists: [[Row]], _ ranges: [Range<Int>]) {
      var place = ranges.reduce(0) { $0 + $1.lowerBound }
      var heads = ranges.map(\.lowerBound)
      var kept = heads
      while let next = OrderedParts.first(lists, heads, ranges, but: -1) {
        let other = OrderedParts.first(lists, heads, ranges, but: next)
        let limit = other.map { lists[$0][heads[$0]] }
        let list = lists[next]
        var i = heads[next]
        let end = min(ranges[next].upperBound, i + OrderedParts.step)
        repeat {
          unsafe rows.initializeElement(at: place, to: list[i])
          i += 1
          place += 1
          if let limit, i < end, !list[i].isBefore(limit) { break }
        } while i < end
        heads[next] = i
        if i - kept[next] >= OrderedParts.step {
          // From a step before, for the page that the last ones ended in.
          let start = max(ranges[next].lowerBound, kept[next] - OrderedParts.step)
          unsafe list.giveUp(start..<i)
          kept[next] = i
        }
      }
    }
  }

  /// The list whose next row is the first, of all but one.
  private static func first(
    _ lists: [[Row]], _ heads: [Int], _ ranges: [Range<Int>], but passedOver: Int
  ) -> Int? {
    var best: Int?
    for k in lists.indices where k != passedOver && heads[k] < ranges[k].upperBound {
      guard let known = best else {
        best = k
        continue
      }
      if lists[k][heads[k]].isBefore(lists[known][heads[known]]) { best = k }
    }
    return best
  }
}

extension OrderedParts.Part {
  /// Gives the rows their symbols and citations in the whole, and puts them in order.
  fileprivate mutating func settle(_ lines: LineBases) {
    for i in rows.indices {
      if let symbols { rows[i].translate(symbols) }
      rows[i].citation = lines.final(rows[i].citation)
    }
    Row.sort(&rows)
  }
}

extension TokenEvent: Ordered {
  func isBefore(_ other: TokenEvent) -> Bool {
    time != other.time ? time < other.time : citation < other.citation
  }
}

extension Request: Ordered {
  func isBefore(_ other: Request) -> Bool {
    start != other.start ? start < other.start : citation < other.citation
  }
}
