internal import Evidence

/// Compares clocks by the densest difference between two series of stamps that tell of the same
/// requests (a robust mode: outliers and unmatched lines do not move it). Used for joining only.
enum ClockComparison {
  /// Series longer than this are thinned evenly.
  static let most = 1500

  static func measure(_ file: inout CaseFile, _ wishes: Wishes) {
    GivenClocks.add(wishes.clocks, &file)
    guard wishes.estimatesClocks else { return }
    estimate(&file)
    WireClocks.measure(&file)
  }

  private static func estimate(_ file: inout CaseFile) {
    guard file.outermost == .edge || file.outermost == .unknown else { return }
    let isGiven = file.clocks.contains { $0.name == "Keycloak" }
    guard !file.observations.tokenEvents.isEmpty, !isGiven else {
      return measureApplications(&file)
    }
    let edgeTimes = file.exchanges.lazy
      .filter { [.token, .logout, .loginActions, .authorization].contains($0.endpoint) }
      .map { Stamp(time: $0.request.end, citation: $0.request.citation) }
    let kinds = EventKinds(file)
    let front = file.observations.tokenEvents.filter { kinds.of($0).isFrontChannel }
    if agrees(front, file) { return measureApplications(&file) }
    if let offset = compare(
      "Keycloak", front.map { Stamp(time: $0.time, citation: $0.citation) }, Array(edgeTimes))
    {
      file.clocks.append(offset)
    }
    measureApplications(&file)
  }

  /// Most events have a call of the same client at the edge at the very time: no offset.
  private static func agrees(_ events: [TokenEvent], _ file: CaseFile) -> Bool {
    // In order of start; with each, the latest end so far.
    var calls: [Symbol: [(start: Instant, end: Instant, latest: Instant)]] = [:]
    for e in file.exchanges where e.endpoint.isKeycloak {
      let latest = max(calls[e.request.client]?.last?.latest ?? .unknown, e.request.end)
      calls[e.request.client, default: []].append((e.request.start, e.request.end, latest))
    }
    var matched = 0
    var known = 0
    for event in events {
      guard let list = calls[event.address] else { continue }
      known += 1
      var k = list.partitioningIndex {
        event.time < $0.start.advanced(seconds: -0.6)
      }
      while k > 0, event.time <= list[k - 1].latest.advanced(seconds: 1.3) {
        k -= 1
        if event.time <= list[k].end.advanced(seconds: 1.3) {
          matched += 1
          break
        }
      }
    }
    return known >= 3 && matched * 10 >= known * 6
  }

  private static func measureApplications(_ file: inout CaseFile) {
    var groups: [UInt16: (times: [Stamp], routes: Set<Symbol>)] = [:]
    let told = file.toldOffsets
    let logs = file.sources.logs()
    for leg in file.legs where leg.hop == .application && told[leg.citation.source] == nil {
      let log = logs[Int(leg.citation.source)]
      groups[log, default: ([], [])].times.append(Stamp(answer: leg))
      groups[log]?.routes.insert(leg.route)
    }
    for source in groups.keys.sorted() {
      guard let group = groups[source] else { continue }
      let edge = file.exchanges.lazy
        .filter {
          // What the edge refused by itself is in no application's log.
          group.routes.contains($0.request.route) && $0.request.answeredBy != .edge
        }
        .map { Stamp(answer: $0.request) }
      if let offset = compare(
        file.sources.all[Int(source)].name, group.times, Array(edge))
      {
        file.clocks.append(offset)
      }
    }
  }

  /// The time of one event in one log.
  struct Stamp {
    var time: Instant
    var citation: Citation
    /// What an answer was to, and its status: only answers that agree in both may be the same.
    var route = Symbol.none
    var status: UInt16 = 0

    init(time: Instant, citation: Citation) {
      self.time = time
      self.citation = citation
    }

    init(answer r: Request) {
      self.init(time: r.end, citation: r.citation)
      route = r.route
      status = r.status
    }

    func mayBe(_ other: Stamp) -> Bool { route == other.route && status == other.status }
  }

  /// `a` minus `b` in seconds where one difference is much more frequent than others.
  static func compare(
    _ name: String, _ a: [Stamp], _ b: [Stamp]
  ) -> ClockOffset? {
    let left = thin(a.filter { $0.time.isKnown })
    let right = thin(b.filter { $0.time.isKnown })
    guard left.count >= 5, right.count >= 5 else { return nil }
    var bins: [Int: Int] = [:]
    for x in left {
      for y in right where x.mayBe(y) {
        let difference = x.time - y.time
        guard abs(difference) < 50_000 else { continue }
        bins[Int((difference * 2).rounded(.down)), default: 0] += 1
      }
    }
    func weight(_ bin: Int) -> Int {
      (bins[bin - 1] ?? 0) + (bins[bin] ?? 0) + (bins[bin + 1] ?? 0)
    }
    guard let best = bins.keys.max(by: { (weight($0), -abs($0)) < (weight($1), -abs($1)) })
    else { return nil }
    // Zero wins unless the other offset is clearly better supported.
    let chosen = weight(0) * 4 >= weight(best) * 3 ? 0 : best
    guard weight(chosen) * 3 >= min(left.count, right.count) else { return nil }
    var near: [(Double, Citation, Citation)] = []
    for x in left {
      var closest: (Double, Citation, Citation)?
      for y in right where x.mayBe(y) {
        let d = x.time - y.time
        if abs(d - Double(chosen) / 2) < 1.5,
          abs(d - Double(chosen) / 2) < abs((closest?.0 ?? .infinity) - Double(chosen) / 2)
        {
          closest = (d, x.citation, y.citation)
        }
      }
      if let closest { near.append(closest) }
    }
    guard near.count >= 5 else { return nil }
    near.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    let middle = near[near.count / 2]
    return ClockOffset(
      name: name, seconds: middle.0,
      spread: (near[near.count * 3 / 4].0 - near[near.count / 4].0) / 2, pairs: near.count,
      examples: [middle.1, middle.2])
  }

  private static func thin(_ list: [Stamp]) -> [Stamp] {
    guard list.count > most else { return list }
    let step = Double(list.count) / Double(most)
    return (0..<most).map { list[Int(Double($0) * step)] }
  }
}
