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

  init(_ file: CaseFile) {
    var isLogin: [Symbol: Bool] = [:]
    for (i, e) in file.observations.tokenEvents.enumerated() where e.error.isNone {
      let known = isLogin[e.type] ?? (file.text(e.type) == "LOGIN")
      isLogin[e.type] = known
      guard known else { continue }
      for user in Set([e.username, e.user]) where !user.isNone {
        places[Key(user: user, address: e.address), default: []].append(i)
      }
    }
  }

  /// The first login of the user of an event, from the same address, within two minutes after it.
  func after(_ event: TokenEvent, _ scene: Scene) -> TokenEvent? {
    let events = scene.file.observations.tokenEvents
    return [event.username, event.user].filter { !$0.isNone }.compactMap { user in
      let list = places[Key(user: user, address: event.address)] ?? []
      let next = list.partitioningIndex { events[$0].time > event.time }
      return next < list.count ? events[list[next]] : nil
    }.filter { $0.time - event.time < 120 }.min { $0.time < $1.time }
  }
}
