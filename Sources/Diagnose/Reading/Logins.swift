internal import Evidence

/// Successful logins by user and address.
struct Logins: Sendable {
  private struct Key: Hashable {
    /// A name, or an id.
    var user: Symbol
    var address: Symbol
  }

  /// Indices of events, in order of time.
  private var places: [Key: [Int]] = [:]
  /// Errors of events that refuse a password.
  private var refusals: Set<Symbol> = []

  init() {}

  /// Only of users whose password was refused: all others are many.
  init(_ file: CaseFile) {
    let events = file.observations.tokenEvents
    let failed = events.lazy.filter { !$0.error.isNone }
    refusals = Set(failed.map(\.error)).filter { Logins.isWrongPassword(file.text($0)) }
    if refusals.isEmpty { return }
    var wanted: Set<Key> = []
    for e in failed where refusals.contains(e.error) { wanted.formUnion(Logins.keys(e)) }
    guard !wanted.isEmpty else { return }
    var isLogin: [Symbol: Bool] = [:]
    for (i, e) in events.enumerated() where e.error.isNone {
      let known = isLogin[e.type] ?? (file.text(e.type) == "LOGIN")
      isLogin[e.type] = known
      guard known else { continue }
      for key in Logins.keys(e) where wanted.contains(key) { places[key, default: []].append(i) }
    }
  }

  private static func isWrongPassword(_ error: String) -> Bool {
    error == "invalid_user_credentials" || error == "user_not_found"
  }

  private static func keys(_ e: TokenEvent) -> Set<Key> {
    Set([e.username, e.user].filter { !$0.isNone }.map { Key(user: $0, address: e.address) })
  }

  /// The first login of the user whose password an event refuses, from the same address, within two minutes after it.
  func after(_ event: TokenEvent, _ scene: Scene) -> TokenEvent? {
    guard !places.isEmpty, refusals.contains(event.error) else { return nil }
    let events = scene.file.observations.tokenEvents
    return Logins.keys(event).compactMap { key in
      let list = places[key] ?? []
      let next = list.partitioningIndex { events[$0].time > event.time }
      return next < list.count ? events[list[next]] : nil
    }.filter { $0.time - event.time < 120 }.min { $0.time < $1.time }
  }

  /// The tokens of a group were got by clients for themselves (client credentials), as Keycloak's events say: with them
  /// come no refresh tokens (RFC 6749 section 4.4.3).
  static func areOfClients(_ group: Group, _ scene: Scene) -> Bool {
    let some = group.rows.prefix(50)
    let own = some.count {
      guard let call = scene.lastToken(before: scene.briefs[$0].start, for: $0),
        let event = scene.event(scene.exchange(call).event)
      else { return false }
      return scene.text(event.type) == "CLIENT_LOGIN"
    }
    return own >= 1 && own * 10 >= some.count * 7
  }
}
