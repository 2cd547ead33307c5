internal import Evidence

/// From where sessions are used: the clients of services whose own calls of Keycloak (login, code, refresh) name them.
/// What a service asks Keycloak about a session is asked for one of these.
struct SessionHomes {
  private var addresses: [Symbol: Set<Symbol>] = [:]

  init(_ file: CaseFile, _ events: [TokenEvent], _ kinds: EventKinds) {
    let isFront = kinds.numbers(\.isFrontChannel)
    let callers = Set(
      file.exchanges.lazy.filter { !$0.endpoint.isKeycloak }.map(\.request.client))
    for e in events where !e.session.isNone && callers.contains(e.address) {
      guard isFront[kinds.number(of: e)] else { continue }
      addresses[e.session, default: []].insert(e.address)
    }
  }

  /// False where the session is known to be used, and from other clients alone.
  func mayBe(_ session: Symbol, of client: Symbol) -> Bool {
    guard !session.isNone, let homes = addresses[session], !client.isNone else { return true }
    return homes.contains(client)
  }
}
