internal import Evidence

/// Picks the outermost hop that was given, and makes its requests exchanges with party and actor.
enum ExchangeBuilder {
  /// The outermost first.
  private static let order: [Hop] = [.edge, .unknown, .authService, .application, .wire, .keycloak]

  static func build(
    _ file: inout CaseFile, _ requests: inout KeptRequests, _ wishes: Wishes, _ crew: Crew
  ) {
    var endpoints = Endpoints(symbols: file.observations.symbols.count, wishes)
    var roles = HopRoles(wishes, file.sources)
    let isThere = hops(of: requests.all, &roles, &endpoints, file.observations.symbols)
    let outermost = isThere.firstIndex(of: true).map { order[$0] } ?? .unknown
    file.outermost = outermost
    assign(&file, &requests, outermost, &roles, &endpoints, crew)
    Request.sort(&file.legs)
    if isThere[order.firstIndex(of: .wire) ?? 0] || outermost == .edge {
      WireHops.learnAddresses(&file)
    }
  }

  /// Settles the roles; which hops of `order` are there, up to the first.
  private static func hops(
    of requests: [Request], _ roles: inout HopRoles, _ endpoints: inout Endpoints,
    _ symbols: borrowing SymbolTable
  ) -> [Bool] {
    // A span lends what an array would copy.
    let all = requests.span
    for k in all.indices { roles.count(all[k], &endpoints, symbols) }
    roles.settle(all, symbols)
    var isThere = [Bool](repeating: false, count: order.count)
    for k in all.indices {
      let hop = roles.hop(of: all[k], symbols)
      if let place = order.firstIndex(of: hop) { isThere[place] = true }
      if hop == order[0] { break }
    }
    return isThere
  }

  /// Requests of other hops, and later sightings, become legs; exchanges close the ranks.
  private static func assign(
    _ file: inout CaseFile, _ requests: inout KeptRequests, _ outermost: Hop,
    _ roles: inout HopRoles, _ endpoints: inout Endpoints, _ crew: Crew
  ) {
    var sightings = Sightings(
      outermost, symbols: file.observations.symbols.count, logs: file.sources.logs())
    var hops = WireHops()
    var called: [Endpoint] = []
    called.reserveCapacity(requests.all.count)
    for k in requests.all.indices {
      var r = requests.all[k]
      let hop = roles.hop(of: r, file.observations.symbols)
      let isSettled = r.hop == hop && outermost != .wire
      r.hop = hop
      let isOutermost =
        r.hop == outermost
        && !sightings.isLater(r, as: Int32(truncatingIfNeeded: called.count), requests.all.span)
        && (outermost != .wire || !hops.isLater(r, &file.observations.symbols))
      let source = Int(r.citation.source)
      while file.shares.count <= source { file.shares.append(SourceShare()) }
      file.shares[source].add(isSampled: requests.isSampled(k), isExchange: isOutermost)
      guard isOutermost else {
        file.legs.append(r)
        continue
      }
      let endpoint = endpoints.of(r, file.observations.symbols)
      if outermost == .wire {
        // An application's own calls to Keycloak are also legs of what it was doing meanwhile.
        if endpoint.isKeycloak { file.legs.append(r) }
        if !r.forwardedFor.isNone { r.client = r.forwardedFor }
      }
      // At the place of its number, which is no later one.
      if called.count < k || !isSettled { requests.all[called.count] = r }
      called.append(endpoint)
    }
    let exchanges = requests.take(called.count)
    let (parties, actors) = numbered(exchanges, called, file.observations.symbols, crew)
    let (partyOf, actorOf) = (parties.numbers, actors.numbers)
    var links: [Exchange.Links] = []
    links.reserveLarge(called.count)
    for (k, endpoint) in called.enumerated() {
      links.append(Exchange.Links(party: partyOf[k], actor: actorOf[k], endpoint: endpoint))
    }
    file.exchanges = Exchanges(exchanges, links)
    file.actors = actors.actors
    file.parties = PartyTable.withHosts(
      parties.parties, parties.addresses, &file.observations.symbols)
  }

  /// Parties and actors of some requests to end-points, which need nothing of one another.
  private static func numbered(
    _ requests: [Request], _ endpoints: [Endpoint], _ symbols: SymbolTable, _ crew: Crew
  ) -> (PartyTable.Found, (actors: [Actor], numbers: [Int32])) {
    crew.both(
      { PartyTable.of(requests, endpoints, symbols) }, { ActorTable.of(requests) })
  }
}

/// A request that several proxies logged under one id is one exchange: the first sighting.
private struct Sightings {
  private struct Key: Hashable {
    var id: Symbol
    var method: Symbol
    var path: Symbol
  }
  /// By id: the exchange of the first method and path that came with it; -1 none yet.
  private var first: [Int32] = []
  /// Those that came later with an id that was known.
  private var others: [Key: Int32] = [:]

  /// By source: parts of one rotated log are one place.
  private let logs: [UInt16]

  init(_ hop: Hop, symbols: Int, logs: [UInt16]) {
    self.logs = logs
    guard hop == .edge else { return }
    first = [Int32](repeating: -1, count: max(1, symbols))
  }

  /// `false` also means that the request will be exchange `number`.
  mutating func isLater(_ r: Request, as number: Int32, _ exchanges: Span<Request>) -> Bool {
    guard !first.isEmpty, !r.path.isNone else { return false }
    let id = r.requestID
    guard !id.isNone else { return false }
    let slot = Int(id.index)
    var known = first[slot]
    if known >= 0 {
      let other = exchanges[Int(known)]
      if other.method != r.method || other.path != r.path {
        let key = Key(id: id, method: r.method, path: r.path)
        known = others[key] ?? -1
        if known < 0 || !isSame(exchanges[Int(known)], r) {
          others[key] = number
          return false
        }
        return true
      }
      if isSame(other, r) { return true }
    }
    first[slot] = number
    return false
  }

  /// Seen from another place, within a minute.
  private func isSame(_ first: Request, _ r: Request) -> Bool {
    let isOtherPlace =
      first.writer != r.writer
      || logs[Int(first.citation.source)] != logs[Int(r.citation.source)]
    return isOtherPlace && r.start - first.start < 60
  }
}
