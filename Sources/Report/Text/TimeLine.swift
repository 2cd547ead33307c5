internal import Evidence

/// When each finding began and ended, in order: the time-line of the incident.
enum TimeLine {
  struct Row {
    var time: Instant
    var text: String
  }

  static func rows(_ report: Report) -> [Row] {
    var rows: [(time: Instant, isEnd: Bool, order: Int, text: String)] = []
    for (i, finding) in report.findings.enumerated() where finding.first.isKnown {
      let name = "\(finding.id) \(finding.cause.rawValue)"
      if finding.first == finding.last {
        rows.append((finding.first, false, i, "\(name): \(Phrase.statuses(finding.statuses))"))
        continue
      }
      rows.append((finding.first, false, i, "\(name): first failure"))
      rows.append(
        (finding.last, true, i, "\(name): last failure (\(Phrase.statuses(finding.statuses)))"))
    }
    rows.sort {
      ($0.time, $0.isEnd ? 1 : 0, $0.order) < ($1.time, $1.isEnd ? 1 : 0, $1.order)
    }
    return rows.map { Row(time: $0.time, text: $0.text) }
  }

  /// Failures per finding and slice of time, for charts: `counts[finding][slice]`, findings in the
  /// report's order and failures of no finding last. `nil` without dated failures.
  struct Slices {
    var first: Instant
    var last: Instant
    var counts: [[Int]]
    var highest: Int
    func start(of slice: Int) -> Instant {
      let number = Int64(counts.first?.count ?? 1)
      return Instant(
        nanoseconds: first.nanoseconds
          + (last.nanoseconds - first.nanoseconds) / number * Int64(slice))
    }
  }

  static func slices(_ report: Report, count: Int) -> Slices? {
    var first = Instant.unknown
    var last = Instant.unknown
    for row in report.attributions where report.failures.indices.contains(row.request) {
      let time = report.failures[row.request].middle
      guard time.isKnown else { continue }
      if !first.isKnown || time < first { first = time }
      if !last.isKnown || last < time { last = time }
    }
    guard first.isKnown, last.isKnown, last - first < 3e9 else { return nil }
    if last - first < 1 { last = first.advanced(seconds: 1) }
    var slices = Slices(
      first: first, last: last,
      counts: Array(
        repeating: Array(repeating: 0, count: count), count: report.findings.count + 1),
      highest: 0)
    for row in report.attributions where report.failures.indices.contains(row.request) {
      let time = report.failures[row.request].middle
      guard time.isKnown else { continue }
      let slice = min(count - 1, Int((time - first) / (last - first) * Double(count)))
      let known = report.findings.indices.contains(Int(row.finding))
      slices.counts[known ? Int(row.finding) : report.findings.count][slice] += 1
    }
    for slice in 0..<count {
      slices.highest = max(slices.highest, slices.counts.reduce(0) { $0 + $1[slice] })
    }
    return slices
  }
}
