internal import Evidence

/// Fills who, where and when of a finding from its rows.
enum FindingDetail {
  /// Rows that are alike for the reader: counted by numbers, told in words once.
  private struct Kind: Hashable, Sendable {
    var party: Int32
    var answerer: Answerer
    var method: Symbol
    var host: Symbol
    var route: Symbol
    var status: UInt16
    /// Of Keycloak's event of the call itself.
    var client: Symbol

    /// What differs most.
    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt64(route.index) << 32 | UInt64(method.index) << 16 ^ UInt64(client.index))
      hasher.combine(party)
    }
  }
  private struct Tally: Sendable {
    var count = 0
    var first: Int
    var last: Int

    mutating func add(_ other: Tally) {
      count += other.count
      first = min(first, other.first)
      last = max(last, other.last)
    }
  }

  /// What the rows of one group, or of several, come to.
  private struct Sum: Sendable {
    var kinds: [Kind: Tally] = [:]
    var clients: [Symbol: Int] = [:]
    var users: [Symbol: Int] = [:]

    init() {}

    init(_ group: Group, _ scene: Scene) {
      for i in group.rows {
        let r = scene.file.exchanges[i].request
        let own = scene.event(scene.file.exchanges[i].event)
        if let event = own ?? scene.event(scene.file.exchanges[i].backEvent) {
          if !event.client.isNone { clients[event.client, default: 0] += 1 }
          if !event.username.isNone { users[event.username, default: 0] += 1 }
        }
        let kind = Kind(
          party: group.party, answerer: group.circumstances.answerer, method: r.method,
          host: r.host, route: r.route, status: group.status, client: own?.client ?? .none)
        kinds[kind, default: Tally(first: i, last: i)].add(Tally(count: 1, first: i, last: i))
      }
    }

    mutating func add(_ other: Sum) {
      for (kind, tally) in other.kinds {
        kinds[kind, default: Tally(first: .max, last: .min)].add(tally)
      }
      clients.merge(other.clients, uniquingKeysWith: +)
      users.merge(other.users, uniquingKeysWith: +)
    }
  }

  static func fill(_ f: inout Finding, _ groups: [Judged], _ scene: Scene) {
    for j in groups {
      f.statuses[Int(j.group.status), default: 0] += j.group.count
      guard j.profile.first.isKnown else { continue }
      f.first = f.first.isKnown ? min(f.first, j.profile.first) : j.profile.first
      f.last = f.last.isKnown ? max(f.last, j.profile.last) : j.profile.last
    }
    let parts = scene.crew.map(groups.count) { Sum(groups[$0].group, scene) }
    var sum = Sum()
    for part in parts { sum.add(part) }
    let (kinds, clients, users) = (sum.kinds, sum.clients, sum.users)
    var routes: [String: Int] = [:]
    var answerers: [String: Int] = [:]
    for (kind, tally) in kinds {
      routes[scene.text(kind.method) + " " + scene.text(kind.route), default: 0] += tally.count
      answerers[who(kind.answerer, kind.party, scene), default: 0] += tally.count
    }
    f.routes = ranked(routes)
    f.clients = ranked(texts(clients, scene)).filter { $0.name != "null" }
    f.users = ranked(texts(users, scene))
    f.answeredBy = ranked(answerers).prefix(3).map(\.name).joined(separator: ", ")
    f.clusters = clusters(kinds, scene)
  }

  private static func texts(_ counts: [Symbol: Int], _ scene: Scene) -> [String: Int] {
    var result: [String: Int] = [:]
    for (symbol, count) in counts { result[scene.text(symbol), default: 0] += count }
    return result
  }

  static func who(_ answerer: Answerer, _ party: Int32, _ scene: Scene) -> String {
    let party = scene.file.parties[Int(party)]
    let name = party.service.isNone ? party.name : scene.text(party.service)
    return switch answerer {
    case .keycloak: "Keycloak"
    case .gatewayFilter: "the gateway's token filter, for \(name)"
    case .authService: "the edge's auth service, for \(name)"
    case .edge: "the edge, for \(name)"
    case .application: "application \(name)"
    case .unknown: name
    }
  }

  private static func ranked(_ counts: [String: Int]) -> [(name: String, count: Int)] {
    counts.map { (name: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.name) > ($1.count, $0.name) }
  }

  private struct Line: Hashable {
    var who: String
    var kind: Kind
  }

  private static func clusters(_ kinds: [Kind: Tally], _ scene: Scene) -> [ClusterRow] {
    // Parties of one name are one to the reader.
    var table: [Line: Tally] = [:]
    for (kind, tally) in kinds {
      var line = Line(who: who(kind.answerer, kind.party, scene), kind: kind)
      line.kind.party = -1
      line.kind.answerer = .unknown
      table[line, default: Tally(first: .max, last: .min)].add(tally)
    }
    let rows = table.map { line, tally -> ClusterRow in
      let first = scene.exchange(tally.first).request
      let last = scene.exchange(tally.last).request
      return ClusterRow(
        answeredBy: line.who, method: scene.text(line.kind.method),
        host: scene.text(line.kind.host), route: scene.text(line.kind.route),
        service: scene.text(first.service), client: scene.text(line.kind.client),
        status: Int(line.kind.status), count: tally.count, first: first.start, last: last.end,
        example: first.citation)
    }
    return rows.sorted { ($0.count, $1.example) > ($1.count, $0.example) }.prefix(50).map { $0 }
  }
}
