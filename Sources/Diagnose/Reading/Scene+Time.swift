internal import Evidence

/// Questions of time and of who is the same: the token an exchange may have used, exchanges within a
/// span, what else happened then.
extension Scene {
  /// Token calls whose answers an exchange may have used: of its program where those are known,
  /// else of its actor.
  func tokenCalls(for i: Int) -> Rows {
    if let id = programs.of(i) {
      let own = programs.all[Int(id)].tokenCalls
      if !own.isEmpty || programs.kind(i) == .neverServed { return Rows(own, 0..<own.count) }
    }
    return tokenCallsOfActor[briefs[i].actor] ?? []
  }

  /// Whether two exchanges come from the same program: by port or length where those are known, the
  /// same actor otherwise.
  func isSameProgram(_ a: Int, _ b: Int) -> Bool {
    guard briefs[a].actor == briefs[b].actor else { return false }
    guard let x = programs.of(a), let y = programs.of(b) else { return true }
    return x == y
  }

  /// The last call for a token, of some of the actor's up to the k-th, that came by the same connection as an exchange;
  /// the k-th where ports are not logged, or no call did.
  func callOfSameConnection(as i: Int, upTo k: Int, _ calls: Rows) -> Int {
    let port = outlines[i].port
    guard k > 0, port > 0, outlines[calls[k]].port != port, programs.isByPort else { return k }
    return (max(0, k - Scene.callsLookedAt)..<k).last { outlines[calls[$0]].port == port } ?? k
  }
  private static let callsLookedAt = 64

  /// The last successful token call of the same program before a time.
  func lastToken(before time: Instant, for i: Int) -> Int? {
    let list = tokenCalls(for: i)
    var k = lowerBound(list, time) - 1
    while k >= 0 {
      let e = briefs[list[k]]
      if e.isSuccess, e.end <= time { return list[k] }
      k -= 1
    }
    return nil
  }

  /// That of the actor, whichever of its programs made it.
  func lastTokenOfActor(before time: Instant, for i: Int) -> Int? {
    let list = tokenCallsOfActor[briefs[i].actor] ?? []
    return list[..<lowerBound(list, time)].last { briefs[$0].isSuccess && briefs[$0].end <= time }
  }

  /// Whether hardly anybody gets a token while a party refuses, or while those tokens were due that it refuses, going by
  /// Keycloak's events alone, though several would have at the pace until then.
  func isWithoutNewTokens(_ first: Instant, _ last: Instant, at party: Int32) -> Bool {
    if eventsOfTokens.isEmpty { return false }
    let from = first.advanced(seconds: -min(30, max(3, greatestServedAge(at: party) / 2)))
    guard from - self.first > 3 else { return false }
    let before = eventsOfTokens.partitioningIndex { briefs[$0].start >= from }
    let within = eventsOfTokens[before...].prefix { briefs[$0].start <= last }.count
    let expected = Double(before) / (from - self.first) * (last - from)
    return expected >= 3 && Double(within) * 5 <= expected
  }

  /// Whether the actor of a failure got the same answer several times within the minute before its calls for a token
  /// began to fail, of which the k-th is one, or goes on getting it with a new token: then those are not why.
  func wasRefused(_ i: Int, beforeCall k: Int, of calls: Rows) -> Bool {
    // Whoever asks another realm with success is another program behind the address.
    let path = file.exchanges.requests[calls[k]].path
    // Nor does what comes by another connection than this one end it.
    let port =
      programs.isByPort && outlines[calls[k]].port == outlines[i].port ? outlines[i].port : 0
    func ends(_ call: Int) -> Bool {
      briefs[call].isSuccess && file.exchanges.requests[call].path == path
        && (port == 0 || outlines[call].port == port)
    }
    var first = k
    while first > 0, k - first < 200, !ends(calls[first - 1]) { first -= 1 }
    let start = briefs[calls[first]].start
    let kin = kinships.rows[Int(kinships.of(i))]
    func isOften(_ from: Instant, _ to: Instant) -> Bool {
      within(kin, from, to).lazy.filter { briefs[$0].actor == briefs[i].actor }.prefix(3).count == 3
    }
    if isOften(start.advanced(seconds: -60), start.advanced(seconds: -1)) { return true }
    guard let next = calls[k...].prefix(200).first(where: ends) else {
      return false
    }
    let renewed = briefs[next].end
    return isOften(renewed.advanced(seconds: 3), renewed.advanced(seconds: 60))
  }

  /// Seconds since the program of an exchange got its last token.
  func tokenAge(_ i: Int) -> Double? {
    let start = briefs[i].start
    return lastToken(before: start, for: i).map { start - briefs[$0].end }
  }

  /// Whether an exchange is a good answer of the same service to the same program as another one.
  func isServed(_ j: Int, as i: Int) -> Bool {
    briefs[j].isSuccess && !briefs[j].isProbe && briefs[j].party == briefs[i].party
      && isSameProgram(i, j)
  }

  /// The first exchange of `indices` (in order of time) that starts at or after `time`.
  func lowerBound(_ indices: Rows, _ time: Instant) -> Int {
    indices.partitioningIndex { briefs[$0].start >= time }
  }

  /// Exchanges of a list within a span of time.
  func within(_ indices: Rows, _ from: Instant, _ to: Instant) -> Slice<Rows> {
    let low = lowerBound(indices, from)
    // Most spans are short.
    var high = low
    while high < indices.count, high < low + 8, briefs[indices[high]].start <= to { high += 1 }
    if high == low + 8, high < indices.count {
      high = max(high, lowerBound(indices, Instant(nanoseconds: to.nanoseconds &+ 1)))
    }
    return indices[low..<high]
  }

  /// A spell of trouble with Keycloak that covers a time (with `margin` seconds after it).
  func trouble(at time: Instant, margin: Double) -> Trouble? {
    troubles.first { time >= $0.first.advanced(seconds: -1.5) && time - $0.last <= margin }
  }

  /// Seconds between a reload of the edge and what it changed.
  static let reloadReach = 4.0

  func reload(near time: Instant, within seconds: Double = reloadReach) -> Citation? {
    reloads.filter { abs($0.time - time) <= seconds }
      .min { abs($0.time - time) < abs($1.time - time) }?.citation
  }
}
