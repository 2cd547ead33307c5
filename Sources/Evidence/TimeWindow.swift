/// The span of time that is looked at; both ends belong to it.
public struct TimeWindow: Sendable, Hashable {
  /// Unknown: open.
  public var since: Instant
  public var until: Instant

  public init(since: Instant = .unknown, until: Instant = .unknown) {
    self.since = since
    self.until = until
  }

  /// What has no time, or no date, is not left out.
  @inlinable public func holds(_ time: Instant) -> Bool {
    !time.isDated || (!since.isKnown || time >= since) && (!until.isKnown || time <= until)
  }
}

extension Request {
  /// What its line is stamped with.
  public var stamp: Instant {
    let own = format.stampsStart ? start : end
    return own.isKnown ? own : format.stampsStart ? end : start
  }
}

extension Observations {
  /// Leaves out what is stamped outside, also from what was counted. Lines stay counted: they were read.
  public mutating func keep(_ window: TimeWindow) {
    var counts: [UInt16: [UInt16: Int]] = [:]
    func isOutside(_ request: Request) -> Bool {
      guard !window.holds(request.stamp) else { return false }
      counts[request.citation.source, default: [:]][request.status, default: 0] += 1
      return true
    }
    requests.removeAll(where: isOutside)
    successes.leaveOut(isOutside)
    captured.leaveOut(isOutside)
    tokenEvents.removeAll { !window.holds($0.time) }
    adminEvents.removeAll { !window.holds($0.time) }
    messages.removeAll { !window.holds($0.time) }
    network.removeAll { !window.holds($0.time) }
    for source in Array(coverage.keys) {
      for (status, count) in counts[source] ?? [:] {
        coverage[source]?.statuses[status]? -= count
      }
      coverage[source]?.cut(to: window)
    }
  }
}

extension Coverage {
  fileprivate mutating func cut(to window: TimeWindow) {
    guard first.isKnown, last.isKnown else { return }
    if window.since.isKnown { first = max(first, window.since) }
    if window.until.isKnown { last = min(last, window.until) }
    if last < first { (first, last) = (.unknown, .unknown) }
  }
}
