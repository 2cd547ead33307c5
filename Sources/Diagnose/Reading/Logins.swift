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

  init() {}

  /// Only of users whose password was refused: all others are many.
  init(_ file: CaseFile) {
    let events = file.observations.tokenEvents
    var isRefused: [Symbol: Bool] = [:]
    var wanted: Set<Key> = []
    for e in events where !e.error.isNone {
      let known = isRefused[e.error] ?? Logins.isWrongPassword(file.text(e.error))
      isRefused[e.error] = known
      if known { wanted.formUnion(Logins.keys(e)) }
    }
    guard !wanted.isEmpty else { return }
    var isLogin: [Symbol: Bool] = [:]
    for (i, e) in events.enumerated() where e.error.isNone {
      let known = isLogin[e.type] ?? (file.text(e.type) == "LOGIN")
      isLogin[e.type] = known
      guard known else { continue }
      for key in Logins.keys(e) where wanted.contains(key) { places[key, default: []].append(i) }
    }
  }

  /// Of the error of an event.
  static func isWrongPassword(_ error: String) -> Bool {
    error == "invalid_user_credentials" || error == "user_not_found"
  }

  private static func keys(_ e: TokenEvent) -> Set<Key> {
    Set([e.username, e.user].filter { !$0.isNone }.map { Key(user: $0, address: e.address) })
  }

  /// The first login of the user of an event, from the same address, within two minutes after it.
  func after(_ event: TokenEvent, _ scene: Scene) -> TokenEvent? {
    let events = scene.file.observations.tokenEvents
    return Logins.keys(event).compactMap { key in
      let list = places[key] ?? []
      let next = list.partitioningIndex { events[$0].time > event.time }
      return next < list.count ? events[list[next]] : nil
    }.filter { $0.time - event.time < 120 }.min { $0.time < $1.time }
  }
}
