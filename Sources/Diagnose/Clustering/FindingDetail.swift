internal import Evidence

/// Fills who, where and when of a finding from its rows.
enum FindingDetail {
  static func fill(_ f: inout Finding, _ rows: [Int], _ groups: [Judged], _ scene: Scene) {
    var routes: [String: Int] = [:]
    var clients: [String: Int] = [:]
    var users: [String: Int] = [:]
    var answerers: [String: Int] = [:]
    for i in rows {
      let e = scene.exchange(i)
      f.statuses[Int(e.request.status), default: 0] += 1
      if e.request.start.isKnown {
        if !f.first.isKnown || e.request.start < f.first { f.first = e.request.start }
        if !f.last.isKnown || e.request.end > f.last { f.last = e.request.end }
      }
      routes[scene.text(e.request.method) + " " + scene.text(e.request.route), default: 0] += 1
      answerers[who(e, scene), default: 0] += 1
      if let event = scene.event(e.event) ?? scene.event(e.backEvent) {
        if !event.client.isNone, scene.text(event.client) != "null" {
          clients[scene.text(event.client), default: 0] += 1
        }
        if !event.username.isNone { users[scene.text(event.username), default: 0] += 1 }
      }
    }
    f.routes = ranked(routes)
    f.clients = ranked(clients)
    f.users = ranked(users)
    f.answeredBy = ranked(answerers).prefix(3).map(\.name).joined(separator: ", ")
    f.clusters = clusters(groups, scene)
  }

  static func who(_ e: Exchange, _ scene: Scene) -> String {
    let party = scene.file.parties[Int(e.party)]
    let name = party.service.isNone ? party.name : scene.text(party.service)
    return switch CircumstanceReading.answerer(e, scene) {
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

  private struct Row: Hashable {
    var who: String
    var method: Symbol
    var host: Symbol
    var route: Symbol
    var status: UInt16
    var client: String
  }

  private static func clusters(_ groups: [Judged], _ scene: Scene) -> [ClusterRow] {
    var table: [Row: [Int]] = [:]
    for j in groups {
      for i in j.group.rows {
        let e = scene.exchange(i)
        let client = scene.event(e.event).map { scene.text($0.client) } ?? ""
        table[
          Row(
            who: who(e, scene), method: e.request.method, host: e.request.host,
            route: e.request.route, status: e.request.status, client: client), default: []
        ].append(i)
      }
    }
    let rows = table.map { key, list -> ClusterRow in
      let sorted = list.sorted()
      let first = scene.exchange(sorted[0]).request
      let last = scene.exchange(sorted[sorted.count - 1]).request
      return ClusterRow(
        answeredBy: key.who, method: scene.text(key.method), host: scene.text(key.host),
        route: scene.text(key.route), service: scene.text(first.service), client: key.client,
        status: Int(key.status), count: list.count, first: first.start, last: last.end,
        example: first.citation)
    }
    return rows.sorted { ($0.count, $1.example) > ($1.count, $0.example) }.prefix(50).map { $0 }
  }
}
