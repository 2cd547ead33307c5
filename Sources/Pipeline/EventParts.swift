internal import Evidence
internal import Synchronization

/// The token events of several readers, each in the order of its lines: brought into one order of time. Millions
/// may come, so they are moved once, by as many hands as reading uses.
struct EventParts: Sendable {
  /// The events of one reader, and its symbols in the table of all; `nil`: they are those.
  struct Part: Sendable {
    var events: [TokenEvent]
    var symbols: [Symbol]?
  }

  private(set) var parts: [Part] = []
  /// Fewer events are not worth a thread.
  static let worthwhile = 1 << 14

  private var count: Int { parts.reduce(0) { $0 + $1.events.count } }

  mutating func add(_ events: consuming [TokenEvent], _ symbols: [Symbol]?) {
    if !events.isEmpty { parts.append(Part(events: events, symbols: symbols)) }
  }

  /// Changes every event.
  mutating func map(_ change: (inout TokenEvent) -> Void) {
    for k in parts.indices {
      for i in parts[k].events.indices { change(&parts[k].events[i]) }
    }
  }

  /// All of them in order, with the citations that they have in the whole; keeps none.
  mutating func taken(_ lines: LineBases, hands: Int) -> [TokenEvent] {
    let hands = count < EventParts.worthwhile ? 1 : max(1, hands)
    let left = Mutex(parts)
    let done = Mutex<[[TokenEvent]]>([])
    let count = parts.count
    parts = []
    Workers.run(min(hands, count)) { _ in
      while var part = left.withLock({ $0.popLast() }) {
        part.settle(lines)
        let events = part.events
        done.withLock { $0.append(events) }
      }
    }
    return EventParts.merged(done.withLock { $0 }, hands: hands)
  }

  // MARK: Merging

  /// One list out of lists that are in order, of which no two have an event in common.
  static func merged(_ lists: [[TokenEvent]], hands: Int) -> [TokenEvent] {
    guard lists.count > 1 else { return lists.first ?? [] }
    let spans = cut(lists, hands)
    return unsafe [TokenEvent](large: lists.reduce(0) { $0 + $1.count }) { room in
      let target = unsafe Target(room: room)
      Workers.run(spans.count) { k in target.merge(lists, spans[k]) }
    }
  }

  /// Divides lists that are in order into spans that follow one another: of each span, the ranges in the lists.
  static func cut(_ lists: [[TokenEvent]], _ hands: Int) -> [[Range<Int>]] {
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

  /// Room for all events; each hand writes to places of its own.
  @safe private struct Target: @unchecked Sendable {
    let room: UnsafeMutableBufferPointer<TokenEvent>

    init(room: UnsafeMutableBufferPointer<TokenEvent>) { unsafe self.room = unsafe room }

    /// Merges these ranges of the lists to where they stand in the whole. Neighbours are mostly of one list, which
    /// is followed as long as no other has an earlier event.
    func merge(_ lists: [[TokenEvent]], _ ranges: [Range<Int>]) {
      var place = ranges.reduce(0) { $0 + $1.lowerBound }
      var heads = ranges.map(\.lowerBound)
      while let next = EventParts.first(lists, heads, ranges, but: -1) {
        let other = EventParts.first(lists, heads, ranges, but: next)
        let limit = other.map { lists[$0][heads[$0]] }
        let list = lists[next]
        var i = heads[next]
        repeat {
          unsafe room.initializeElement(at: place, to: list[i])
          i += 1
          place += 1
          if let limit, i < ranges[next].upperBound, !list[i].isBefore(limit) { break }
        } while i < ranges[next].upperBound
        heads[next] = i
      }
    }
  }

  /// The list whose next event is the first, of all but one.
  private static func first(
    _ lists: [[TokenEvent]], _ heads: [Int], _ ranges: [Range<Int>], but passedOver: Int
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

extension EventParts.Part {
  /// Gives the events their symbols and citations in the whole, and puts them in order.
  fileprivate mutating func settle(_ lines: LineBases) {
    var isInOrder = true
    var last: TokenEvent?
    for i in events.indices {
      var event = events[i]
      if let symbols { event.translate(symbols) }
      event.citation = lines.final(event.citation)
      events[i] = event
      if let last, event.isBefore(last) { isInOrder = false }
      last = event
    }
    if !isInOrder { events.sort { $0.isBefore($1) } }
  }
}

extension TokenEvent {
  fileprivate func isBefore(_ other: TokenEvent) -> Bool {
    time != other.time ? time < other.time : citation < other.citation
  }
}
