internal import Evidence

/// Fills who, where and when of a finding from its rows.
enum FindingDetail {
  /// The same over all groups of a finding.
  private struct Kind: Hashable {
    var party: Int32
    var answerer: Answerer
    var status: UInt16
    var rows: Likeness
  }

  static func fill(
    _ f: inout Finding, _ groups: [(judged: Judged, tallies: Tallies)], _ scene: Scene
  ) {
    var kinds: [Kind: Tally] = [:]
    var clients: [Symbol: Int] = [:]
    var users: [Symbol: Int] = [:]
    for (j, tallies) in groups {
      for (rows, tally) in tallies.alike {
        let kind = Kind(
          party: j.group.party, answerer: j.group.circumstances.answerer, status: j.group.status,
          rows: rows)
        kinds[kind, default: Tally()].add(tally)
      }
      clients.merge(tallies.clients, uniquingKeysWith: +)
      users.merge(tallies.users, uniquingKeysWith: +)
      f.statuses[Int(j.group.status), default: 0] += j.group.count
      guard j.profile.first.isKnown else { continue }
      f.first = f.first.isKnown ? min(f.first, j.profile.first) : j.profile.first
      f.last = f.last.isKnown ? max(f.last, j.profile.last) : j.profile.last
    }
    var routes: [String: Int] = [:]
    var answerers: [String: Int] = [:]
    for (kind, tally) in kinds {
      routes[scene.text(kind.rows.method) + " " + scene.text(kind.rows.route), default: 0] +=
        tally.count
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
      table[line, default: Tally()].add(tally)
    }
    let rows = table.map { line, tally -> ClusterRow in
      let first = scene.exchange(tally.first).request
      let last = scene.exchange(tally.last).request
      return ClusterRow(
        answeredBy: line.who, method: scene.text(line.kind.rows.method),
        host: scene.text(line.kind.rows.host), route: scene.text(line.kind.rows.route),
        service: scene.text(first.service), client: scene.text(line.kind.rows.client),
        status: Int(line.kind.status), count: tally.count, first: first.start, last: last.end,
        example: first.citation)
    }
    return rows.sorted(by: precedes).prefix(50).map { $0 }
  }

  /// The most failures first. Records of one line have one citation: what they say tells them apart.
  private static func precedes(_ a: ClusterRow, _ b: ClusterRow) -> Bool {
    if (a.count, b.example) != (b.count, a.example) {
      return (a.count, b.example) > (b.count, a.example)
    }
    if (a.first, a.status, a.method) != (b.first, b.status, b.method) {
      return (a.first, a.status, a.method) < (b.first, b.status, b.method)
    }
    return (a.route, a.host, a.answeredBy, a.client) < (b.route, b.host, b.answeredBy, b.client)
  }
}
