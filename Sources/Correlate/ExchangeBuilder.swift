internal import Evidence

/// Picks the outermost hop that was given, and makes its requests exchanges with party and actor.
enum ExchangeBuilder {
  static func build(_ file: inout CaseFile, _ plain: [Request], _ roles: HopRoles) {
    var byHop: [Hop: [Request]] = [:]
    for var r in file.observations.requests {
      r.hop = roles.hop(of: r)
      byHop[r.hop, default: []].append(r)
    }
    for var r in plain {
      r.hop = roles.hop(of: r)
      byHop[r.hop, default: []].append(r)
    }
    let order: [Hop] = [.edge, .unknown, .authService, .application, .wire, .keycloak]
    let outermost = order.first { !(byHop[$0] ?? []).isEmpty } ?? .unknown
    file.outermost = outermost
    var outer = byHop[outermost] ?? []
    Request.sort(&outer)
    if outermost == .edge || outermost == .wire { outer = firstOfEach(outer, outermost) }
    for hop in order where hop != outermost { file.legs += byHop[hop] ?? [] }
    if outermost == .wire || outermost == .edge {
      // Later sightings of the same request are legs.
      let kept = Set(outer.map(\.citation))
      file.legs += (byHop[outermost] ?? []).filter { !kept.contains($0.citation) }
    }
    Request.sort(&file.legs)
    assign(&file, outer)
  }

  /// A request that several proxies logged under one id is one exchange: the first sighting.
  private static func firstOfEach(_ requests: [Request], _ hop: Hop) -> [Request] {
    struct Key: Hashable {
      var id: Symbol
      var method: Symbol
      var path: Symbol
    }
    var seen: [Key: (writer: Symbol, source: UInt16, status: UInt16, start: Instant)] = [:]
    var result: [Request] = []
    result.reserveCapacity(requests.count)
    for r in requests {
      let id = r.requestID.isNone ? (hop == .wire ? r.traceID : .none) : r.requestID
      guard !id.isNone, !r.path.isNone else {
        result.append(r)
        continue
      }
      let key = Key(id: id, method: r.method, path: r.path)
      if let first = seen[key] {
        let isOtherPlace =
          first.writer != r.writer || first.source != r.citation.source || hop == .wire
        if isOtherPlace, r.start - first.start < 60 { continue }
      }
      seen[key] = (r.writer, r.citation.source, r.status, r.start)
      result.append(r)
    }
    return result
  }

  private static func assign(_ file: inout CaseFile, _ outer: [Request]) {
    var endpoints = Endpoints()
    var parties = PartyTable()
    var actors: [Actor: Int32] = [:]
    file.exchanges.reserveCapacity(outer.count)
    for r in outer {
      let endpoint = endpoints.of(r, file.observations.symbols)
      let actor = Actor(client: r.client, userAgent: r.userAgent)
      let actorIndex: Int32
      if let known = actors[actor] {
        actorIndex = known
      } else {
        actorIndex = Int32(file.actors.count)
        actors[actor] = actorIndex
        file.actors.append(actor)
      }
      let party = parties.of(r, endpoint, file.observations.symbols)
      file.exchanges.append(
        Exchange(request: r, party: party, actor: actorIndex, endpoint: endpoint))
    }
    file.parties = parties.finish(&file.observations.symbols)
  }
}
