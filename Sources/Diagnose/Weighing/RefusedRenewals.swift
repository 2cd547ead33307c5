internal import Evidence

/// Clients whose calls of the token end-point are refused: from then on they use what they have, until it is
/// too old, or nothing. What services say to them then has the cause of the refused calls.
struct RefusedRenewals {
  /// Causes for which Keycloak gives a client no token, whatever the client tries.
  private static let lasting: Set<CauseID> = [
    .clientBadSecret, .clientNotFound, .clientDisabled, .clientGrantNotAllowed, .realmNotFound,
    .clientScopeMissing, .proxyHTTPSRequired, .userDisabled, .userLocked, .userActionRequired,
    .sessionExpired, .sessionRevoked, .sessionLoggedOut,
  ]
  /// Refused calls of a client that are more than a slip.
  private static let fewest = 3
  /// Seconds after the last refused call in which services may still refuse for it.
  private static let tail = 120.0
  /// Seconds after a failed call in which a client may be without a new token for it.
  private static let longest = 1800.0

  /// Seconds by which an edge's stamps may put the end of one request after the start of the next.
  private static let slack = 0.05

  /// The refused calls of one actor for one cause.
  private struct Spell {
    var cause: CauseID
    var first: Instant
    var last: Instant
    var rows: [Int]
  }

  private var spells: [Int32: Spell] = [:]

  /// Calls of the token end-point that failed for want of Keycloak, of the way to it, or of the right to ask.
  private let causeOfCall: [Int: CauseID]

  /// - Parameter causes: by exchange, of failed calls of the token end-point.
  init(_ causes: [Int: CauseID], _ scene: Scene) {
    causeOfCall = causes.filter {
      switch $0.value.category {
      case .configuration, .ingress, .network, .proxy, .availability:
        $0.value != .userInvalidCredentials
      default: false
      }
    }
    let calls = causes.filter { RefusedRenewals.lasting.contains($0.value) }
    var counts = NumberTable(numbers: scene.byActor.count, expected: calls.count)
    for i in calls.keys { _ = counts.add(scene.briefs[i].actor) }
    var all: [Int32: [CauseID: [Int]]] = [:]
    for (i, cause) in calls where counts[scene.briefs[i].actor] >= RefusedRenewals.fewest {
      all[scene.briefs[i].actor, default: [:]][cause, default: []].append(i)
    }
    for (actor, causes) in all {
      guard let main = causes.mapValues(\.count).leading, main.value >= RefusedRenewals.fewest
      else { continue }
      let rows = (causes[main.key] ?? []).sorted()
      if RefusedRenewals.isOfSeveral(rows, actor, scene) { continue }
      spells[actor] = Spell(
        cause: main.key, first: scene.briefs[rows[0]].start,
        last: scene.briefs[rows[rows.count - 1]].end, rows: rows)
    }
  }

  /// Between the refused calls the same address and user agent gets tokens: another program does, and nobody can say
  /// whose call it is that is refused for want of one.
  private static func isOfSeveral(_ rows: [Int], _ actor: Int32, _ scene: Scene) -> Bool {
    guard let first = rows.first, let last = rows.last else { return false }
    let path = scene.exchange(first).request.path
    return scene.within(
      scene.tokenCallsOfActor[Int(actor)], scene.briefs[first].start, scene.briefs[last].start
    ).contains { scene.briefs[$0].isSuccess && scene.exchange($0).request.path == path }
  }

  /// The cause of the last calls for a token before most rows of a group, and those calls.
  func lastCalls(before group: Group, _ scene: Scene) -> (cause: CauseID, rows: [Int])? {
    let last = RefusedRenewals.lastCalls(
      before: group, within: RefusedRenewals.longest, causeOfCall, scene)
    guard let last, last.rows.count * 10 >= group.count * 7 else { return nil }
    return last
  }

  /// Keycloak gives the clients no token whatever they try, and most rows of a group follow a refused call within
  /// seconds: who has none calls without.
  func refusedCalls(justBefore group: Group, _ scene: Scene) -> (cause: CauseID, rows: [Int])? {
    let last = RefusedRenewals.lastCalls(before: group, within: 3, causeOfCall, scene)
    guard let last, last.rows.count * 10 >= group.count * 8,
      RefusedRenewals.lasting.contains(last.cause)
    else { return nil }
    return last
  }

  /// Keycloak refused the clients' last attempts to log in before most rows of a group, and they got no token since.
  func refusedLogins(
    before group: Group, _ causeOfLogin: [Int: CauseID], _ scene: Scene
  ) -> (cause: CauseID, rows: [Int])? {
    guard !causeOfLogin.isEmpty else { return nil }
    var found: [CauseID: [Int]] = [:]
    for i in group.rows.prefix(500) {
      let b = scene.briefs[i]
      let own = scene.byActor[Int(b.actor)]
      let last = own[..<scene.lowerBound(own, b.start.advanced(seconds: 0.001))].suffix(100)
        .reversed().first { j in
          let e = scene.briefs[j]
          return e.endpoint == .authorization || e.endpoint == .token && e.isSuccess
        }
      guard let last, let cause = causeOfLogin[last],
        b.start - scene.briefs[last].end < RefusedRenewals.tail
      else { continue }
      found[cause, default: []].append(last)
    }
    guard let main = found.mapValues(\.count).leading, main.value * 10 >= group.count * 8,
      RefusedRenewals.lasting.contains(main.key)
    else { return nil }
    return (main.key, found[main.key] ?? [])
  }

  /// The leading cause of the clients' last calls for a token before the rows of a group, if those are not more
  /// than some seconds away; and those calls.
  static func lastCalls(
    before group: Group, within seconds: Double, _ causeOfCall: [Int: CauseID], _ scene: Scene
  ) -> (cause: CauseID, rows: [Int])? {
    guard !causeOfCall.isEmpty else { return nil }
    var found: [CauseID: [Int]] = [:]
    for i in group.rows {
      let b = scene.briefs[i]
      guard let calls = scene.tokenCallsOfActor[b.actor] else { continue }
      let k = scene.callOfSameConnection(as: i, upTo: scene.lowerBound(calls, b.start) - 1, calls)
      // Who waits for an answer to its call for a token does not call meanwhile, unless it waits for long.
      guard k >= 0, b.start - scene.briefs[calls[k]].end < seconds,
        b.start - scene.briefs[calls[k]].end > -RefusedRenewals.slack
          || scene.briefs[calls[k]].status >= 499
            && scene.briefs[calls[k]].end - scene.briefs[calls[k]].start >= 3,
        let cause = causeOfCall[calls[k]], !scene.wasRefused(i, beforeCall: k, of: calls)
      else { continue }
      found[cause, default: []].append(calls[k])
    }
    guard let main = found.mapValues(\.count).leading else { return nil }
    return (main.key, found[main.key] ?? [])
  }

  /// The actor got a token since, before a call.
  private func isOver(_ spell: Spell, before call: Brief, _ scene: Scene) -> Bool {
    guard call.start > spell.last, let calls = scene.tokenCallsOfActor[call.actor] else {
      return false
    }
    let since = scene.lowerBound(calls, spell.last)
    return calls[since..<max(since, scene.lowerBound(calls, call.start))].contains {
      scene.briefs[$0].isSuccess
    }
  }

  /// The cause of most rows of a group, and how much it is likelier than chance (log-odds): rows come in such
  /// spells, and came seldom or never before. Nil where it is not.
  func cause(of group: Group, _ scene: Scene) -> (cause: CauseID, odds: Double, rows: [Int])? {
    guard !spells.isEmpty else { return nil }
    var within: [CauseID: Int] = [:]
    var actors: [CauseID: Set<Int32>] = [:]
    var before = 0
    for i in group.rows {
      let b = scene.briefs[i]
      guard let spell = spells[b.actor] else { continue }
      if b.start < spell.first {
        before += 1
      } else if b.start <= spell.last.advanced(seconds: RefusedRenewals.tail),
        !isOver(spell, before: b, scene)
      {
        within[spell.cause, default: 0] += 1
        actors[spell.cause, default: []].insert(b.actor)
      }
    }
    guard let main = within.leading, main.value >= RefusedRenewals.fewest,
      main.value * 10 >= group.count * 7
    else { return nil }
    let own = (actors[main.key] ?? []).sorted().compactMap { spells[$0] }
    let quiet = own.reduce(0) { $0 + max(0, $1.first - scene.first) }
    let loud = own.reduce(0) { $0 + ($1.last - $1.first) + RefusedRenewals.tail }
    guard quiet > 0 else { return nil }
    // How many would come in the spells if they came as before.
    let expected = (Double(before) + 0.5) / quiet * loud
    let found = Double(main.value)
    guard found > 2 * expected else { return nil }
    let odds = found * Math.log(found / expected) - (found - expected)
    return (main.key, odds, own.flatMap { $0.rows.prefix(2) })
  }
}
