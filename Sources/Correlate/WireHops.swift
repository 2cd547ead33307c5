internal import Evidence

/// Which captured requests are the same request at an earlier hop, and who answers under which
/// address. Works without ids: a proxy's own request starts and ends within the one it serves, has
/// its method and path, and comes from the address that the outer one was sent to, or says whom it is made
/// for.
struct WireHops {
  /// By number of `ip:port`, where it was asked for.
  private var hosts: [Symbol?] = []

  /// The address of `ip:port`.
  mutating func host(_ address: Symbol, _ symbols: inout SymbolTable) -> Symbol {
    guard !address.isNone else { return .none }
    let slot = Int(address.index)
    if slot < hosts.count, let known = hosts[slot] { return known }
    let host = symbols.intern(PartyTable.host(symbols.text(address)))
    if slot >= hosts.count {
      let size = max(slot + 1, symbols.count)
      hosts.append(contentsOf: repeatElement(nil, count: size - hosts.count))
    }
    hosts[slot] = host
    return host
  }

  /// What is asked of a request that may contain others.
  struct Outer: BitwiseCopyable {
    var start: Instant
    var end: Instant
    var status: UInt16
    var clientPort: UInt16
    var method: Symbol
    var client: Symbol
    var forwardedFor: Symbol
    var upstreamAddress: Symbol
    var requestID: Symbol
    var traceID: Symbol

    init(_ r: Request) {
      start = r.start
      end = r.end
      status = r.status
      clientPort = r.clientPort
      method = r.method
      client = r.client
      forwardedFor = r.forwardedFor
      upstreamAddress = r.upstreamAddress
      requestID = r.requestID
      traceID = r.traceID
    }
  }

  private struct Asked: BitwiseCopyable {
    var request: Outer
    /// The one of the same path before it; -1 none.
    var before: Int32
  }

  /// Requests that were asked about and can still contain others; places that are free again.
  private var asked: [Asked] = []
  private var free: [Int32] = []
  /// By path: the latest of them, -1 none.
  private var latest: [Int32] = []

  /// Whether an earlier one of the requests that were asked about (in order of start) contains `r`.
  mutating func isLater(_ r: Request, _ symbols: inout SymbolTable) -> Bool {
    guard !r.path.isNone, !r.method.isNone, r.start.isKnown else { return false }
    let slot = Int(r.path.index)
    if slot >= latest.count {
      let size = max(slot + 1, symbols.count)
      latest.append(contentsOf: repeatElement(-1, count: size - latest.count))
    }
    var isLater = false
    var count = 0
    var last: Int32 = -1
    var at = latest[slot]
    while at >= 0 {
      let outer = asked[Int(at)].request
      let before = asked[Int(at)].before
      if r.start - outer.end > 0.05, r.start - outer.start > 0.05 {
        if last >= 0 { asked[Int(last)].before = before } else { latest[slot] = before }
        free.append(at)
      } else {
        last = at
        if outer.method == r.method {
          count += 1
          if !isLater { isLater = contains(outer, r, &symbols) }
        }
      }
      at = before
    }
    if count < 256 { add(Asked(request: Outer(r), before: latest[slot]), slot) }
    return isLater
  }

  private mutating func add(_ node: Asked, _ slot: Int) {
    if let place = free.popLast() {
      asked[Int(place)] = node
      latest[slot] = place
    } else {
      latest[slot] = Int32(truncatingIfNeeded: asked.count)
      asked.append(node)
    }
  }

  /// `inner` can be the request that a proxy made to serve `outer`.
  mutating func contains(_ outer: Request, _ inner: Request, _ symbols: inout SymbolTable) -> Bool {
    contains(Outer(outer), inner, &symbols)
  }

  private mutating func contains(
    _ outer: Outer, _ inner: Request, _ symbols: inout SymbolTable
  ) -> Bool {
    guard inner.start >= outer.start.advanced(seconds: -0.0005),
      inner.start <= outer.end.advanced(seconds: 0.002) || outer.status == 0
    else { return false }
    if !outer.traceID.isNone, !inner.traceID.isNone, outer.traceID != inner.traceID { return false }
    if !outer.requestID.isNone, !inner.requestID.isNone, outer.requestID != inner.requestID {
      return false
    }
    let sameID =
      !outer.traceID.isNone && outer.traceID == inner.traceID
      || !outer.requestID.isNone && outer.requestID == inner.requestID
    if sameID {
      return outer.clientPort != inner.clientPort || outer.client != inner.client
    }
    return inner.end <= outer.end.advanced(seconds: 0.002)
      && (inner.client == host(outer.upstreamAddress, &symbols)
        || WireHops.isForwarded(outer, inner))
  }

  /// `X-Forwarded-For` of `inner` names who sent `outer`: a machine with several addresses (a node between its
  /// network and that of its pods) sends from another one than it is called at.
  private static func isForwarded(_ outer: Outer, _ inner: Request) -> Bool {
    outer.forwardedFor.isNone && !outer.client.isNone && inner.forwardedFor == outer.client
      && inner.client != outer.client && inner.upstreamAddress != outer.upstreamAddress
  }

  /// Completes the parties' addresses with those that captured requests of their routes were sent
  /// to, and leaves out those of proxies (who pass the same routes on).
  static func learnAddresses(_ file: inout CaseFile) {
    let requests = WireHops.all(file)
    guard !requests.isEmpty else { return }
    var hops = WireHops()
    let count = file.observations.symbols.count
    // By number of the route; -1 none.
    var partyOfRoute = [Int32](repeating: -1, count: count)
    for e in file.exchanges where !e.endpoint.isKeycloak {
      partyOfRoute[Int(e.request.route.index)] = e.party
    }
    let keycloak = file.parties.firstIndex { $0.kind == .keycloak }.map { Int32($0) }
    var endpoints = Endpoints(symbols: file.observations.symbols.count)
    var servers: [Symbol: [Int32: Int]] = [:]
    var callers: [Symbol: Set<Int32>] = [:]
    // By number of the client: the party that was noted for it last.
    var lastParty = [Int32](repeating: -1, count: count)
    for r in requests {
      let endpoint = endpoints.of(r, file.observations.symbols)
      let party = endpoint.isKeycloak ? keycloak ?? -1 : partyOfRoute[Int(r.route.index)]
      guard party >= 0 else { continue }
      let server = hops.host(r.upstreamAddress, &file.observations.symbols)
      if !server.isNone { servers[server, default: [:]][party, default: 0] += 1 }
      if lastParty[Int(r.client.index)] != party {
        lastParty[Int(r.client.index)] = party
        callers[r.client, default: []].insert(party)
      }
    }
    // Who receives and sends requests of one party's routes passes them on.
    let proxies = Set(
      servers.filter { address, parties in
        callers[address].map { calls in parties.keys.contains { calls.contains($0) } } ?? false
      }.keys)
    var learnt: [Int32: Set<Symbol>] = [:]
    for (address, parties) in servers where !proxies.contains(address) {
      if let best = parties.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) {
        learnt[best.key, default: []].insert(address)
      }
    }
    for i in file.parties.indices {
      var all = Set(file.parties[i].addresses)
      if file.outermost == .wire { all = learnt[Int32(i)] == nil ? all : [] }
      all.subtract(proxies)
      all.formUnion(learnt[Int32(i)] ?? [])
      let symbols = file.observations.symbols
      file.parties[i].addresses = all.sorted { symbols.text($0) < symbols.text($1) }
    }
  }

  /// All captured requests, whether exchanges or legs.
  static func all(_ file: CaseFile) -> [Request] {
    var result: [Request] = []
    if file.outermost == .wire { result = file.exchanges.map(\.request) }
    // Only calls to Keycloak are exchanges and legs at once.
    var seen = Set<Citation>()
    if file.outermost == .wire {
      for e in file.exchanges where e.endpoint.isKeycloak { seen.insert(e.request.citation) }
    }
    for leg in file.legs where leg.hop == .wire && seen.insert(leg.citation).inserted {
      result.append(leg)
    }
    return result
  }
}
