internal import Evidence

/// An edge's error log has stamps without a zone (nginx, Apache: local time) while its access log names one
/// (`+0530`): its offset is found by the requests that its lines name. Whole quarter-hours only: both come of
/// one clock.
enum ErrorLogZones {
  private struct Key: Hashable {
    var client: Symbol
    /// None where the lines of the log name none.
    var path: Symbol
  }
  private struct Span {
    var start: Instant
    var end: Instant
  }
  /// Seconds between a request and a line about it, both stamped in whole seconds.
  private static let margin = 1.3
  /// Lines that are compared, at most.
  private static let most = 500

  static func measure(_ file: CaseFile, _ logs: [UInt16], _ told: Set<UInt16>) -> [ClockOffset] {
    var byLog: [UInt16: [Message]] = [:]
    for m in file.observations.messages
    where m.format.isEdgeMessage && m.time.isKnown && !m.client.isNone {
      let log = logs[Int(m.citation.source)]
      if !told.contains(log) { byLog[log, default: []].append(m) }
    }
    if byLog.isEmpty { return [] }
    for r in file.exchanges.requests { byLog[logs[Int(r.citation.source)]] = nil }
    var found: [ClockOffset] = []
    for log in byLog.keys.sorted() {
      if let one = offset(byLog[log] ?? [], log, file) { found.append(one) }
    }
    return found
  }

  private static func offset(_ lines: [Message], _ log: UInt16, _ file: CaseFile) -> ClockOffset? {
    let step = max(1, lines.count / most)
    let some = stride(from: 0, to: lines.count, by: step).map { lines[$0] }
    var calls: [Key: [(span: Span, citation: Citation)]] = [:]
    let wanted = Set(some.map { Key(client: $0.client, path: $0.path) })
    for r in file.exchanges.requests where r.start.isKnown && r.end.isKnown {
      for path in [r.path, Symbol.none] {
        let key = Key(client: r.client, path: path)
        if wanted.contains(key) {
          calls[key, default: []].append((Span(start: r.start, end: r.end), r.citation))
        }
      }
    }
    func pairs(_ seconds: Double) -> [(line: Citation, call: Citation)] {
      some.compactMap { m in
        let time = m.time.advanced(seconds: -seconds)
        let call = calls[Key(client: m.client, path: m.path)]?.first {
          time >= $0.span.start.advanced(seconds: -margin)
            && time <= $0.span.end.advanced(seconds: margin)
        }
        return call.map { (m.citation, $0.citation) }
      }
    }
    let asWritten = pairs(0).count
    // Lines without a path name any request of the client: chance finds one.
    let fewest = some.allSatisfy { !$0.path.isNone } ? 2 : 6
    guard asWritten * 3 < some.count, some.count >= fewest else { return nil }
    var best: (pairs: [(line: Citation, call: Citation)], seconds: Double) = ([], 0)
    var second = 0
    for quarter in -48...56 where quarter != 0 {
      let found = pairs(Double(quarter) * 900)
      if found.count > best.pairs.count {
        second = best.pairs.count
        best = (found, Double(quarter) * 900)
      } else {
        second = max(second, found.count)
      }
    }
    let count = best.pairs.count
    guard count >= fewest, count * 10 >= some.count * 7, max(second, asWritten) * 2 <= count,
      let example = best.pairs.first
    else { return nil }
    var offset = ClockOffset(
      name: file.sources.all[Int(log)].name, seconds: best.seconds, spread: 0, pairs: count,
      examples: [example.line, example.call])
    offset.log = Int32(log)
    offset.isErrorLog = true
    return offset
  }
}
