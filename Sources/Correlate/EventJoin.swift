internal import Evidence

/// Joins Keycloak's events to exchanges: an event to the very request that caused it, and the events
/// of an application's own calls (introspection, userinfo) to the request it was serving.
enum EventJoin {
  /// Seconds before the start and after the end of an exchange in which its event may be stamped.
  static let margin = 0.35

  static func join(_ file: inout CaseFile) {
    guard !file.observations.tokenEvents.isEmpty, !file.exchanges.isEmpty else { return }
    let timeline = Timeline(file.observations.tokenEvents, file.observations.symbols)
    let events = timeline.events
    let known = EventKinds(file)
    let kinds = events.map { known.number(of: $0) }

    let clients = Set(file.exchanges.lazy.filter { $0.endpoint == .token }.map(\.request.client))
    let fronts = events.filter { known.of($0).isFrontChannel }
    let seen = fronts.count { clients.contains($0.address) }
    let addressesAgree = seen * 2 > fronts.count

    let refusesLogin = known.numbers(\.isRefusedLogin)
    // What the authorization end-point itself says no to; a wrong password is no such thing.
    let ofRequest = Set(
      Set(events.map(\.error)).filter {
        ["not_allowed", "unauthorized_client", "invalid_request", "invalid_scope", "access_denied"]
          .contains(file.text($0))
      })
    var taken = [Bool](repeating: false, count: events.count)
    for i in file.exchanges.indices where file.exchanges[i].endpoint.isKeycloak {
      let exchange = file.exchanges[i]
      let isError = exchange.request.status >= 400 && exchange.request.status != 404
      let wanted = known.numbers {
        $0.endpoints.contains(exchange.endpoint) && $0.isError == isError
      }
      let isOwn = { (j: Int) in
        !addressesAgree || events[j].address == exchange.request.client
          || exchange.request.client.isNone
      }
      var found = nearest(
        exchange, timeline, &taken, accepts: { wanted[kinds[$0]] && isOwn($0) })
      if found.index < 0, exchange.endpoint == .authorization,
        exchange.request.status == 302 || exchange.request.status == 303
      {
        found = nearest(
          exchange, timeline, &taken,
          accepts: {
            refusesLogin[kinds[$0]] && events[$0].address == exchange.request.client
              && ofRequest.contains(events[$0].error)
          })
        file.exchanges.links[i].isLoginRefused = found.index >= 0
      }
      file.exchanges.links[i].event = Int32(found.index)
      file.exchanges.links[i].rivals = UInt16(clamping: found.rivals)
      if found.index >= 0 { timeline.claimTwin(of: found.index, &taken) }
    }
    joinBackChannel(&file, timeline, known, &taken)
  }

  /// Keycloak's events in order of time.
  private struct Timeline {
    let events: [TokenEvent]
    /// Apart, since they are searched.
    let times: [Instant]

    /// Errors that only close a refused introspection: `invalid_request`, since 26.7 `invalid_client`.
    private let closing: Set<Symbol>

    init(_ events: [TokenEvent], _ symbols: SymbolTable) {
      self.events = events
      times = events.map(\.time)
      closing = Set(
        Set(events.map(\.error)).filter {
          ["invalid_request", "invalid_client"].contains(symbols.text($0))
        })
    }

    /// The events of one refusal are as near to one another, in seconds.
    private static let twins = 0.005

    /// A failed client authentication at introspection is two events of one request: what was wrong with the
    /// client, then the answer.
    private func areTwins(_ index: Int, _ next: Int) -> Bool {
      events[next].type == events[index].type && events[next].address == events[index].address
        && !events[index].error.isNone && events[next].client == events[index].client
        && closing.contains(events[next].error) && !closing.contains(events[index].error)
    }

    func claimTwin(of index: Int, _ taken: inout [Bool]) {
      var next = index + 1
      while next < events.count, times[next] - times[index] < Timeline.twins {
        if !taken[next], areTwins(index, next) {
          taken[next] = true
          return
        }
        next += 1
      }
    }

    /// Of two events of one refusal the first, which tells more.
    func telling(_ index: Int, _ taken: [Bool]) -> Int {
      var before = index - 1
      while before >= 0, times[index] - times[before] < Timeline.twins {
        if !taken[before], areTwins(before, index) { return before }
        before -= 1
      }
      return index
    }
  }

  private static func joinBackChannel(
    _ file: inout CaseFile, _ timeline: Timeline,
    _ kinds: EventKinds, _ taken: inout [Bool]
  ) {
    let clients = Set(file.exchanges.lazy.map(\.request.client))
    var owners: [Symbol: Set<Int32>] = [:]
    for (i, party) in file.parties.enumerated() where party.kind != .keycloak {
      for address in party.addresses { owners[address, default: []].insert(Int32(i)) }
    }
    let homes = SessionHomes(file, timeline.events, kinds)
    learnOwners(&owners, clients, homes, file, timeline, kinds)
    let known = Set(owners.keys)
    joinCallbacks(&file, clients, timeline, kinds, &taken)
    joinRenewals(&file, clients, timeline, kinds, &taken)
    joinLoginForms(&file, timeline, kinds, &taken) { address, party in
      if let owner = owners[address] { return owner.contains(party) }
      return known.isEmpty && !clients.contains(address)
    }
    let events = timeline.events
    let isBack = kinds.numbers {
      $0.isError && !$0.isFrontChannel
        && ($0.endpoints.contains(.introspection) || $0.endpoints.contains(.userinfo))
    }
    // Only these can be claimed, which are few beside all others.
    let back = events.indices.filter { isBack[kinds.number(of: events[$0])] }
    guard !back.isEmpty else { return }
    let refusals = Timeline(back.map { events[$0] }, file.observations.symbols)
    var isTaken = back.map { taken[$0] }
    func join(_ i: Int, isOwn: (Int, Exchange) -> Bool) {
      let exchange = file.exchanges[i]
      let found = nearest(
        exchange, refusals, &isTaken,
        accepts: { j in
          guard isOwn(j, exchange) else { return false }
          let address = refusals.events[j].address
          if let owner = owners[address] { return owner.contains(exchange.party) }
          // Unknown caller: only when no party's address is known, and it is no client's.
          return known.isEmpty && !clients.contains(address)
        })
      guard found.index >= 0 else { return }
      file.exchanges.links[i].backEvent = Int32(back[found.index])
      file.exchanges.links[i].rivals = UInt16(clamping: found.rivals)
      refusals.claimTwin(of: found.index, &isTaken)
    }
    let rows = file.exchanges.indices.filter {
      file.exchanges[$0].isFailure && !file.exchanges[$0].endpoint.isKeycloak
    }
    for i in rows {
      join(i) { homes.mayBe(refusals.events[$0].session, of: $1.request.client) }
    }
    // A session may be used from where it was not seen. Within a whole second that may be anybody's.
    for i in rows where file.exchanges[i].backEvent < 0 && !file.exchanges[i].request.isCoarse {
      join(i) { _, _ in true }
    }
  }

  /// A login that a browser brings back to a service, which changes the code into tokens behind the edge: what
  /// Keycloak refused then is why the callback fails.
  private static func joinCallbacks(
    _ file: inout CaseFile, _ clients: Set<Symbol>, _ timeline: Timeline,
    _ kinds: EventKinds, _ taken: inout [Bool]
  ) {
    let events = timeline.events
    let isRefusal = kinds.numbers(\.isRefusedCode)
    guard isRefusal.contains(true) else { return }
    claim(
      &file, timeline, &taken, where: { $0.request.isLoginCallback && $0.isFailure },
      accepts: { j, _ in
        isRefusal[kinds.number(of: events[j])] && !clients.contains(events[j].address)
      })
  }

  /// The nearest event for each call of a service that may have one.
  private static func claim(
    _ file: inout CaseFile, _ timeline: Timeline, _ taken: inout [Bool],
    where isWanted: (Exchange) -> Bool, accepts: (Int, Exchange) -> Bool
  ) {
    for i in file.exchanges.indices {
      let exchange = file.exchanges[i]
      guard !exchange.endpoint.isKeycloak, isWanted(exchange) else { continue }
      let found = nearest(exchange, timeline, &taken, accepts: { accepts($0, exchange) })
      guard found.index >= 0 else { continue }
      file.exchanges.links[i].event = Int32(found.index)
      file.exchanges.links[i].rivals = UInt16(clamping: found.rivals)
    }
  }

  /// An auth service that renews tokens for a visitor's session: what Keycloak refused then is why the edge
  /// refuses the visitor's calls of that moment.
  private static func joinRenewals(
    _ file: inout CaseFile, _ clients: Set<Symbol>, _ timeline: Timeline,
    _ kinds: EventKinds, _ taken: inout [Bool]
  ) {
    let events = timeline.events
    let isRefusal = kinds.numbers(\.isRefusedRenewal)
    guard isRefusal.contains(true) else { return }
    // By client: the last call so far that has an event.
    var last: [Symbol: (event: Int, end: Instant)] = [:]
    for i in file.exchanges.indices {
      let exchange = file.exchanges[i]
      guard exchange.request.status == 401, exchange.request.answeredBy == .edge,
        !exchange.endpoint.isKeycloak
      else { continue }
      let client = exchange.request.client
      var event = nearest(
        exchange, timeline, &taken,
        accepts: {
          isRefusal[kinds.number(of: events[$0])] && !clients.contains(events[$0].address)
        }
      ).index
      if event < 0, let before = last[client], exchange.request.start - before.end < 2 {
        event = before.event
      }
      guard event >= 0 else { continue }
      file.exchanges.links[i].backEvent = Int32(event)
      last[client] = (event, exchange.request.end)
    }
  }

  /// An application's own login form: the password that it passes on is refused by Keycloak, whose event
  /// then has the application's address. `isCaller`: whether a party may call from an address.
  private static func joinLoginForms(
    _ file: inout CaseFile, _ timeline: Timeline, _ kinds: EventKinds,
    _ taken: inout [Bool], isCaller: (Symbol, Int32) -> Bool
  ) {
    let events = timeline.events
    let isRefusal = kinds.numbers(\.isRefusedLogin)
    guard events.contains(where: { isRefusal[kinds.number(of: $0)] }) else { return }
    let symbols = file.observations.symbols
    claim(
      &file, timeline, &taken,
      where: {
        [400, 401, 403].contains($0.request.status) && symbols.text($0.request.method) == "POST"
      },
      accepts: { j, exchange in
        isRefusal[kinds.number(of: events[j])] && isCaller(events[j].address, exchange.party)
      })
  }

  /// A call that Keycloak logged.
  private struct Call {
    var time: Instant
    var isError: Bool
    var session: Symbol
  }

  /// The time in which a service may have called for a request.
  private struct Flight {
    var from: Instant
    var to: Instant
    var fails: Bool
    var client: Symbol
    /// Whole seconds, in which many others fit.
    var isCoarse: Bool
  }

  /// Which party calls from an address, by timing: the one that has a request in flight at nearly
  /// all of the address's introspections and userinfo calls, and one that fails when Keycloak refuses.
  private static func learnOwners(
    _ owners: inout [Symbol: Set<Int32>], _ clients: Set<Symbol>, _ homes: SessionHomes,
    _ file: CaseFile, _ timeline: Timeline, _ kinds: EventKinds
  ) {
    var calls: [Symbol: [Call]] = [:]
    for e in timeline.events {
      let kind = kinds.of(e)
      guard
        kind.endpoints == [.introspection] || kind.endpoints == [.userinfo]
          || kind.isRefusedLogin,
        owners[e.address] == nil, !clients.contains(e.address), e.time.isKnown
      else { continue }
      calls[e.address, default: []].append(
        Call(time: e.time, isError: kind.isError, session: e.session))
    }
    guard !calls.isEmpty else { return }
    var flights: [Int32: [Flight]] = [:]
    for e in file.exchanges where !e.endpoint.isKeycloak {
      let slack = e.request.isCoarse ? 1.0 : 0.04
      flights[e.party, default: []].append(
        Flight(
          from: e.request.start.advanced(seconds: -slack),
          to: e.request.end.advanced(seconds: slack), fails: e.isFailure,
          client: e.request.client, isCoarse: e.request.isCoarse))
    }
    for (address, list) in calls where list.count >= 4 {
      let sorted = list.sorted { $0.time < $1.time }
      let refused = sorted.filter(\.isError)
      if let owner = likeliestCaller(sorted, flights, homes, clear: 1)
        // Where good answers are missing, refusals must do.
        ?? (refused.count >= 4 ? likeliestCaller(refused, flights, homes, clear: 2) : nil)
      {
        owners[address, default: []].insert(owner)
      }
    }
  }

  /// The party that has a request in flight at seven of ten calls, and so at `clear` times as many as any other.
  private static func likeliestCaller(
    _ calls: [Call], _ flights: [Int32: [Flight]], _ homes: SessionHomes, clear: Double
  ) -> Int32? {
    var best: (party: Int32, hits: Int)?
    var second = 0
    for (party, spans) in flights {
      var hits = 0
      var k = 0
      for call in calls {
        let t = call.time
        while k < spans.count, spans[k].to < t, spans[k].from.advanced(seconds: 70) < t {
          k += 1
        }
        var m = k
        while m < spans.count, spans[m].from <= t {
          if spans[m].to >= t, spans[m].fails || !call.isError,
            !spans[m].isCoarse || homes.mayBe(call.session, of: spans[m].client)
          {
            hits += 1
            break
          }
          m += 1
        }
      }
      if hits > best?.hits ?? 0 || hits == best?.hits && party < best?.party ?? 0 {
        second = max(second, best?.hits ?? 0)
        best = (party, hits)
      } else {
        second = max(second, hits)
      }
    }
    guard let best, best.hits * 10 >= calls.count * 7, Double(best.hits) >= clear * Double(second)
    else { return nil }
    return best.party
  }

  /// The unclaimed event nearest to the end of an exchange within its window; claims it.
  private static func nearest(
    _ exchange: Exchange, _ timeline: Timeline, _ taken: inout [Bool], accepts: (Int) -> Bool
  ) -> (index: Int, rivals: Int) {
    let slack = margin + (exchange.request.isCoarse ? 1.0 : 0)
    let from = exchange.request.start.advanced(seconds: -slack)
    let to = exchange.request.end.advanced(seconds: slack)
    let times = timeline.times
    var i = times.partitioningIndex { $0 >= from }
    var best = -1
    var distance = Double.infinity
    var rivals = -1
    while i < times.count, times[i] <= to {
      if !taken[i], accepts(i) {
        rivals += 1
        let d = abs(times[i] - exchange.request.end)
        if d < distance {
          distance = d
          best = i
        }
      }
      i += 1
    }
    if best >= 0 {
      best = timeline.telling(best, taken)
      taken[best] = true
    }
    return (best, max(0, rivals))
  }
}
