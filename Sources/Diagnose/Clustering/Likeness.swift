internal import Evidence

/// Rows of a group that are alike for the reader: counted by numbers, told in words once.
struct Likeness: Hashable, Sendable {
  var method: Symbol
  var host: Symbol
  var route: Symbol
  /// Of Keycloak's event of the call itself.
  var client: Symbol
}

/// How many rows are alike, and the first and last of them.
struct Tally: Sendable {
  var count = 0
  var first = Int.max
  var last = -1

  mutating func add(_ other: Tally) {
    count += other.count
    first = min(first, other.first)
    last = max(last, other.last)
  }
}

/// What the rows of one group come to.
struct Tallies: Sendable {
  private(set) var alike: [Likeness: Tally] = [:]
  /// Clients and users of Keycloak's events.
  private(set) var clients: [Symbol: Int] = [:]
  private(set) var users: [Symbol: Int] = [:]

  /// By group, in one pass over the exchanges: `groupOf` gives the group of each, -1 for none.
  static func all(_ groupOf: [Int32], groups: Int, _ scene: Scene) -> [Tallies] {
    let spans = scene.crew.spans(groupOf.count, size: 1 << 15) { span in
      var counts = SpanCounts()
      for i in span where groupOf[i] >= 0 { counts.add(i, groupOf[i], scene) }
      return counts
    }
    var all = [Tallies](repeating: Tallies(), count: groups)
    for span in spans {
      for one in span.alike {
        all[Int(one.group)].alike[one.likeness, default: Tally()].add(one.tally)
      }
      for one in span.events { all[Int(one.group)].add(one.client, one.user) }
    }
    return all
  }

  private mutating func add(_ client: Symbol, _ user: Symbol) {
    if !client.isNone { clients[client, default: 0] += 1 }
    if !user.isNone { users[user, default: 0] += 1 }
  }
}

/// The rows of some groups within a span of exchanges.
private struct SpanCounts: Sendable {
  private(set) var alike: [(group: Int32, likeness: Likeness, tally: Tally)] = []
  private(set) var events: [(group: Int32, client: Symbol, user: Symbol)] = []
  // Each numbers what the one before has numbered, and one field more.
  private var routes = Numbering()
  private var hosts = Numbering()
  private var clients = Numbering()
  private var groups = Numbering()

  mutating func add(_ i: Int, _ group: Int32, _ scene: Scene) {
    let links = scene.file.exchanges.links[i]
    let own = scene.event(links.event)
    if let event = own ?? scene.event(links.backEvent),
      !event.client.isNone || !event.username.isNone
    {
      events.append((group, event.client, event.username))
    }
    let outline = scene.outlines[i]
    let likeness = Likeness(
      method: outline.method, host: scene.file.exchanges.requests[i].host, route: outline.route,
      client: own?.client ?? .none)
    let number = Int(number(likeness, group))
    if number == alike.count { alike.append((group, likeness, Tally())) }
    alike[number].tally.add(Tally(count: 1, first: i, last: i))
  }

  private mutating func number(_ one: Likeness, _ group: Int32) -> Int32 {
    var number = routes.number(of: Numbering.key(one.route, one.method))
    number = hosts.number(of: Numbering.key(number, one.host))
    number = clients.number(of: Numbering.key(number, one.client))
    return groups.number(of: Numbering.key(number, group))
  }
}
