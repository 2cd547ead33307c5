internal import Evidence

/// Replicas of Keycloak whose tokens a service refuses while they are young, and takes once they are older, while it takes
/// those of the other replicas at any age: the clock of that replica is ahead, so that what it issues comes from the
/// future (`iat`, `nbf`: RFC 7519 sections 4.1.5 and 4.1.6). Which one issued a token, the edge tells by the address that
/// answered the call for it, or Keycloak's log by who wrote its event.
struct IssuingReplicas: Sendable {
  /// One replica, as a service sees it.
  struct Ahead: Sendable {
    fileprivate var issuer: Symbol
    /// The age, in seconds, that hardly any refused token of it exceeds.
    var limit: Double
    /// Who writes its events; none where nobody is known to.
    var writer: Symbol
    /// A young token of another replica, served; and an older one of this, served.
    var others: Citation
    var older: Citation
  }

  private var ahead: [Int32: Ahead] = [:]
  private var isByAddress = false

  private static let fewest = 6
  private static let most = 20_000

  init() {}

  init(_ scene: Scene) {
    guard scene.hasToken else { return }
    var addresses: Set<Symbol> = []
    var writers: Set<Symbol> = []
    var writerOf: [Symbol: [Symbol: Int]] = [:]
    for party in scene.file.parties.indices where scene.file.parties[party].kind == .keycloak {
      for i in scene.servedByParty[party] where scene.briefs[i].endpoint == .token {
        let address = scene.file.exchanges.requests[i].upstreamAddress
        let writer = scene.event(scene.file.exchanges.links[i].event)?.writer ?? .none
        if !address.isNone { addresses.insert(address) }
        if !writer.isNone { writers.insert(writer) }
        if !address.isNone, !writer.isNone {
          writerOf[address, default: [:]][writer, default: 0] += 1
        }
      }
    }
    isByAddress = addresses.count >= 2
    guard isByAddress || writers.count >= 2 else { return }
    for party in scene.file.parties.indices
    where scene.file.parties[party].kind == .application
      && scene.failuresByParty[party].count >= Self.fewest
    {
      guard var found = found(Int32(party), scene) else { continue }
      let own = writerOf[found.issuer] ?? [:]
      found.writer =
        isByAddress
        ? own.max { ($0.value, $1.key.index) < ($1.value, $0.key.index) }?.key ?? .none
        : found.issuer
      ahead[Int32(party)] = found
    }
  }

  private struct Use {
    var issuer: Symbol
    var age: Double
    var row: Int
  }

  private func uses(_ rows: some Collection<Int>, _ scene: Scene) -> [Use] {
    rows.prefix(Self.most).compactMap { i in
      let b = scene.briefs[i]
      guard !b.isProbe, !scene.isScanner(i),
        let token = scene.lastTokenOfActor(before: b.start, for: i)
      else { return nil }
      let issuer = issuer(token, scene)
      return issuer.isNone
        ? nil : Use(issuer: issuer, age: b.start - scene.briefs[token].end, row: i)
    }
  }

  private func issuer(_ token: Int, _ scene: Scene) -> Symbol {
    isByAddress
      ? scene.file.exchanges.requests[token].upstreamAddress
      : scene.event(scene.file.exchanges.links[token].event)?.writer ?? .none
  }

  private func found(_ party: Int32, _ scene: Scene) -> Ahead? {
    let failures = scene.failuresByParty[Int(party)].lazy.filter {
      scene.briefs[$0].status == 401 && !scene.isSurelyEmpty(party, scene.briefs[$0].bytes)
    }
    let refused = uses(Array(failures.prefix(Self.most)), scene)
    var counts: [Symbol: Int] = [:]
    for use in refused { counts[use.issuer, default: 0] += 1 }
    guard let most = counts.max(by: { ($0.value, $1.key.index) < ($1.value, $0.key.index) }),
      most.value >= Self.fewest, most.value * 20 >= refused.count * 17
    else { return nil }
    let own = refused.filter { $0.issuer == most.key }
    guard Set(own.map { scene.briefs[$0.row].actor }).count >= 2 else { return nil }
    let ages = own.map(\.age).sorted()
    let limit = ages[ages.count * 19 / 20]
    let served = uses(scene.servedByParty[Int(party)], scene)
    let young = served.count { $0.issuer == most.key && $0.age < limit }
    let older = served.filter { $0.issuer == most.key && $0.age > limit }
    let others = served.filter { $0.issuer != most.key && $0.age < limit }
    guard young * 4 <= own.count, older.count >= 3, others.count >= Self.fewest,
      others.count >= 3 * (refused.count - own.count),
      let one = others.first, let two = older.first
    else { return nil }
    return Ahead(
      issuer: most.key, limit: limit, writer: .none,
      others: scene.exchange(one.row).request.citation,
      older: scene.exchange(two.row).request.citation)
  }

  /// The replica that issued the tokens of most of a group's rows, all of them young, and three of the calls for them.
  func of(_ group: Group, _ scene: Scene) -> (ahead: Ahead, calls: [Citation])? {
    guard let ahead = ahead[group.party] else { return nil }
    let rows = group.rows.prefix(200)
    var calls: [Citation] = []
    var hits = 0
    for use in uses(rows, scene)
    where use.issuer == ahead.issuer && use.age <= ahead.limit * 1.5 + 2 {
      hits += 1
      if calls.count < 3,
        let token = scene.lastTokenOfActor(before: scene.briefs[use.row].start, for: use.row)
      {
        calls.append(scene.exchange(token).request.citation)
      }
    }
    return hits * 10 >= rows.count * 7 ? (ahead, calls) : nil
  }
}
