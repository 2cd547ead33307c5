internal import Evidence

/// Tokens that Keycloak's events tell of, where the edge's log has no line of most calls for them: Keycloak has an edge
/// of its own, or good answers were sampled. They become exchanges, of Keycloak's hop and cited by their event, so that
/// whatever is asked about a client's tokens finds them.
enum UnseenTokenCalls {
  /// A log that has this share of the calls is taken to be whole.
  private static let whole = 0.7

  static func add(_ file: inout CaseFile) {
    guard file.outermost == .edge || file.outermost == .unknown || file.outermost == .application,
      !file.observations.tokenEvents.isEmpty
    else { return }
    let kinds = EventKinds(file)
    let calls = file.exchanges.count { $0.endpoint == .token && $0.isSuccess }
    let events = file.observations.tokenEvents.count { isOfToken($0, kinds) }
    // As a rule the log is whole, and nobody's calls need be looked at.
    guard Double(calls) < whole * Double(events), let clients = Clients(file) else { return }
    let given = file.observations.tokenEvents.filter { e in
      e.time >= clients.first && e.time <= clients.last && clients.isKnown(e.address)
        && isOfToken(e, kinds)
    }
    let unseen = given.filter { !clients.calls($0.address, near: $0.time) }
    guard Double(given.count - unseen.count) < whole * Double(given.count) else { return }
    let actors = clients.actors(of: unseen)
    let keycloak = keycloak(&file)
    let method = file.observations.symbols.intern("POST")
    var paths: [Symbol: Symbol] = [:]
    var added: [(request: Request, links: Exchange.Links)] = []
    for (event, actor) in zip(unseen, actors) {
      let path =
        paths[event.realm]
        ?? file.observations.symbols.intern(
          "/realms/\(file.text(event.realm))/protocol/openid-connect/token")
      paths[event.realm] = path
      var r = Request(citation: event.citation)
      r.format = .keycloakText
      r.hop = .keycloak
      r.answeredBy = .upstream
      (r.start, r.end) = (event.time, event.time)
      (r.method, r.path, r.route) = (method, path, path)
      r.status = 200
      r.client = event.address
      r.userAgent = file.actors[Int(actor)].userAgent
      r.writer = event.writer
      added.append((r, Exchange.Links(party: keycloak, actor: actor, endpoint: .token)))
    }
    merge(added, into: &file)
  }

  /// Of a token that was given to whoever asked for it.
  private static func isOfToken(_ e: TokenEvent, _ kinds: EventKinds) -> Bool {
    guard e.error.isNone else { return false }
    let kind = kinds.of(e)
    guard !kind.isError, kind.isFrontChannel, kind.endpoints.contains(.token) else { return false }
    // A login by a form is followed by the change of its code.
    return kind.endpoints.count == 1 || !e.grantType.isNone
  }

  private static func keycloak(_ file: inout CaseFile) -> Int32 {
    if let known = file.parties.firstIndex(where: { $0.kind == .keycloak }) {
      return Int32(truncatingIfNeeded: known)
    }
    file.parties.append(Party(kind: .keycloak, name: "Keycloak"))
    return Int32(truncatingIfNeeded: file.parties.count - 1)
  }

  private static func merge(
    _ added: [(request: Request, links: Exchange.Links)], into file: inout CaseFile
  ) {
    guard !added.isEmpty else { return }
    var requests: [Request] = []
    var links: [Exchange.Links] = []
    requests.reserveCapacity(file.exchanges.count + added.count)
    links.reserveCapacity(file.exchanges.count + added.count)
    var next = added[...]
    for exchange in file.exchanges {
      while let one = next.first, isBefore(one.request, exchange.request) {
        requests.append(one.request)
        links.append(one.links)
        next.removeFirst()
      }
      requests.append(exchange.request)
      links.append(exchange.links)
    }
    requests += next.map(\.request)
    links += next.map(\.links)
    file.exchanges = Exchanges(requests, links)
  }

  private static func isBefore(_ a: Request, _ b: Request) -> Bool {
    (a.start, a.citation) < (b.start, b.citation)
  }
}

/// Who calls through the edge, from which addresses, and when it calls Keycloak for a token.
private struct Clients {
  private(set) var first = Instant.unknown
  private(set) var last = Instant.unknown
  /// By address, in order of time: calls of services.
  private var uses: [Symbol: [(time: Instant, actor: Int32)]] = [:]
  /// By address, in order of time: calls for tokens.
  private var calls: [Symbol: [(start: Instant, end: Instant)]] = [:]

  /// Seconds before the start and after the end of a call in which its event may be stamped.
  private static let margin = 1.0
  /// Seconds that a call for a token may take.
  private static let longest = 60.0
  /// Seconds within which a program uses the token that it got.
  private static let soon = 3.0
  /// Events of one session that are looked at.
  private static let most = 200

  init?(_ file: CaseFile) {
    for e in file.exchanges where e.request.start.isKnown && !e.request.client.isNone {
      if !first.isKnown { first = e.request.start }
      last = e.request.end
      if e.endpoint == .token {
        calls[e.request.client, default: []].append((e.request.start, e.request.end))
      } else if !e.endpoint.isKeycloak {
        uses[e.request.client, default: []].append((e.request.start, e.actor))
      }
    }
    if uses.isEmpty { return nil }
  }

  func isKnown(_ address: Symbol) -> Bool { uses[address] != nil }

  func calls(_ address: Symbol, near time: Instant) -> Bool {
    guard let all = calls[address] else { return false }
    let from = all.partitioningIndex { $0.start >= time.advanced(seconds: -Clients.longest) }
    return all[from...].prefix { $0.start < time.advanced(seconds: Clients.margin) }.contains {
      $0.end > time.advanced(seconds: -Clients.margin)
    }
  }

  /// Whose each event is: of the programs behind its address the one that calls after the events of the same session,
  /// or of the same client where there is none.
  func actors(of events: [TokenEvent]) -> [Int32] {
    struct Holder: Hashable {
      var address: Symbol
      var session: Symbol
      var client: Symbol
    }
    var lists: [Holder: [Int]] = [:]
    for (i, e) in events.enumerated() {
      let client = e.session.isNone ? e.client : .none
      lists[Holder(address: e.address, session: e.session, client: client), default: []].append(i)
    }
    var found = [Int32](repeating: -1, count: events.count)
    var taken: Set<Int32> = []
    // Whoever renews shows best who it is.
    for list in lists.values.sorted(by: { ($1.count, $0[0]) < ($0.count, $1[0]) }) {
      let actor = best(list.prefix(Clients.most).map { events[$0] }, taken)
      taken.insert(actor)
      for i in list { found[i] = actor }
    }
    return found
  }

  /// Who calls first after most of the events; of equals one that has none yet, and then the one that calls sooner.
  private func best(_ events: [TokenEvent], _ taken: Set<Int32>) -> Int32 {
    let all = uses[events[0].address] ?? []
    var firsts: [(actor: Int32, count: Int)] = []
    for event in events {
      let next = all.partitioningIndex { $0.time >= event.time }
      guard next < all.count, all[next].time - event.time < Clients.soon else { continue }
      let actor = all[next].actor
      if let k = firsts.firstIndex(where: { $0.actor == actor }) {
        firsts[k].count += 1
      } else {
        firsts.append((actor, 1))
      }
    }
    let most = firsts.map(\.count).max()
    let best = firsts.filter { $0.count == most }
    if let one = best.first(where: { !taken.contains($0.actor) }) ?? best.first { return one.actor }
    let next = all.partitioningIndex { $0.time >= events[0].time }
    return all[next > 0 ? next - 1 : 0].actor
  }
}
