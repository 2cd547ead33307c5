internal import Evidence

/// What two logs say of the same calls: one by its own clock, the other by the edge's.
struct ClockSeries {
  /// Something that a log says happened in a call.
  struct Clue {
    var time: Instant
    var citation: Citation
    /// Must be that of the call: a client's address, a route with a status; 0 where nothing is known.
    var key: UInt64 = 0
    /// Kinds of calls that it may come from, a bit each.
    var kinds: UInt32 = .max
  }

  /// A call as the edge saw it.
  struct Call {
    var start: Instant
    /// Its end; of a whole-second stamp the latest moment that it may mean.
    var end: Instant
    /// The likeliest end.
    var middle: Instant
    var citation: Citation
    var key: UInt64 = 0
    /// A bit of `Clue.kinds`.
    var kind: UInt32 = 1

    init(_ r: Request, key: UInt64 = 0, kind: UInt32 = 1) {
      start = r.start
      end = r.isCoarse ? r.end.advanced(seconds: 1) : r.end
      middle = r.isCoarse ? r.end.advanced(seconds: 0.5) : r.end
      citation = r.citation
      self.key = key
      self.kind = kind
    }
  }

  /// Clues beyond this number are taken from `runs` stretches of the log.
  static let most = 1500
  static let runs = 6
  /// Seconds before and after a call in which a clue may be stamped.
  static let margin = 0.6
  /// Calls that last longer than this tell too little, in seconds.
  static let longest = 5.0
  /// Calls that are looked at for one clue: among more, chance finds one at any offset.
  static let rivals = 256

  /// In the order of their times.
  private(set) var clues: [Clue]
  /// In the order of their likeliest ends, by key.
  private(set) var calls: [UInt64: [Call]] = [:]
  let first: Instant
  let last: Instant

  init(_ clues: [Clue], _ calls: [Call]) {
    var kept = calls.filter {
      $0.start.isKnown && $0.end.isKnown && $0.end - $0.start < ClockSeries.longest
    }
    kept.sort { ($0.middle, $0.citation) < ($1.middle, $1.citation) }
    for call in kept { self.calls[call.key, default: []].append(call) }
    first = kept.first?.middle ?? .unknown
    last = kept.last?.middle ?? .unknown
    let known = Set(self.calls.keys)
    self.clues = ClockSeries.stretches(
      clues.filter { $0.time.isKnown && known.contains($0.key) }
        .sorted { ($0.time, $0.citation) < ($1.time, $1.citation) })
  }

  /// The same calls, and some of the clues.
  func part(_ range: Range<Int>) -> ClockSeries {
    var part = self
    part.clues = Array(clues[range])
    return part
  }

  private static func stretches(_ all: [Clue]) -> [Clue] {
    guard all.count > most else { return all }
    let length = most / runs
    return (0..<runs).flatMap { k -> ArraySlice<Clue> in
      let from = (all.count - length) * k / (runs - 1)
      return all[from..<from + length]
    }
  }

  /// A clue and the call that it is taken to come from.
  struct Pair {
    var difference: Double
    var clue: Citation
    var call: Citation
    var time: Instant
  }

  /// The pairs when the clues' clock is ahead by `offset` seconds, each call taken once.
  func pairs(_ offset: (Instant) -> Double, margin: Double = margin) -> [Pair] {
    var taken: [UInt64: [Bool]] = [:]
    var result: [Pair] = []
    for clue in clues {
      guard let list = calls[clue.key] else { continue }
      let time = clue.time.advanced(seconds: -offset(clue.time))
      var k = list.partitioningIndex { $0.middle >= time.advanced(seconds: -margin - 0.5) }
      let latest = time.advanced(seconds: ClockSeries.longest + margin)
      let end = min(list.count, k + ClockSeries.rivals)
      while k < end, list[k].middle <= latest {
        let call = list[k]
        if call.kind & clue.kinds != 0, call.start.advanced(seconds: -margin) <= time,
          call.end.advanced(seconds: margin) >= time, taken[clue.key]?[k] != true
        {
          taken[clue.key, default: [Bool](repeating: false, count: list.count)][k] = true
          result.append(
            Pair(
              difference: clue.time - call.middle, clue: clue.citation, call: call.citation,
              time: clue.time))
          break
        }
        k += 1
      }
    }
    return result
  }

  /// Clues whose time falls among the calls when their clock is ahead by `offset` seconds.
  func eligible(_ offset: Double) -> Int {
    let from = first.advanced(seconds: offset - 1)
    let to = last.advanced(seconds: offset + 1)
    return clues.count { $0.time >= from && $0.time <= to }
  }
}
