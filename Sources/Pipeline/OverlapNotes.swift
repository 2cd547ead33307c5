internal import Evidence

/// Requests and events that stand in two inputs, as where a log was fetched twice and the spans overlap
/// (`kubectl logs --since=1h` after half an hour): they count twice, and the report says so.
enum OverlapNotes {
  /// Fewer may be alike by chance.
  private static let fewest = 5

  private struct Pair: Hashable, Comparable {
    let one: UInt16
    let other: UInt16
    static func < (a: Pair, b: Pair) -> Bool { (a.one, a.other) < (b.one, b.other) }
  }

  /// `observations` are in the order of time.
  static func of(_ observations: Observations, _ sources: Sources) -> [Note] {
    guard observations.coverage.values.count(where: { $0.lines > 0 }) > 1 else { return [] }
    var counts: [Pair: Int] = [:]
    count(observations.requests, &counts, \.stamp, \.citation.source) { request in
      var hash = Hasher()
      hash.combine(request.format)
      for text in [
        request.client, request.method, request.path, request.requestID, request.upstreamAddress,
        request.userAgent,
      ] { hash.combine(text) }
      hash.combine(request.status)
      hash.combine(request.duration)
      hash.combine(request.requestBytes)
      hash.combine(request.responseBytes)
      return hash.finalize()
    }
    count(observations.tokenEvents, &counts, \.time, \.citation.source) { event in
      var hash = Hasher()
      for text in [
        event.type, event.realm, event.client, event.user, event.session, event.address,
        event.error, event.tokenID,
      ] { hash.combine(text) }
      return hash.finalize()
    }
    return counts.filter { $0.value >= fewest }.sorted { $0.key < $1.key }.map { pair, count in
      let names = [pair.one, pair.other].map { sources.all[Int($0)].name }
      return Note(
        kind: .coverage,
        text:
          "\(count) failures and events stand in \(names[0]) and in \(names[1]), too: of one log"
          + " that was fetched twice give the later part alone, else they count twice")
    }
  }

  /// Equal rows of one moment in different sources.
  private static func count<Row>(
    _ rows: [Row], _ counts: inout [Pair: Int], _ time: (Row) -> Instant,
    _ source: (Row) -> UInt16, _ hash: (Row) -> Int
  ) {
    var start = 0
    while start < rows.count {
      let moment = time(rows[start])
      var end = start + 1
      var isMixed = false
      while end < rows.count, time(rows[end]) == moment {
        isMixed = isMixed || source(rows[end]) != source(rows[start])
        end += 1
      }
      if isMixed, moment.isDated {
        let keys = (start..<end).map { (hash(rows[$0]), source(rows[$0])) }.sorted { $0 < $1 }
        for (a, b) in zip(keys, keys.dropFirst()) where a.0 == b.0 && a.1 != b.1 {
          counts[Pair(one: a.1, other: b.1), default: 0] += 1
        }
      }
      start = end
    }
  }
}
