internal import Evidence

/// Realms that clients fetch their tokens from.
enum Realms {
  struct Origin {
    var name = ""
    /// The group's clients use a realm that those served by the party do not use.
    var isForeignToParty = false
    /// A call for such a token, and a row of the group.
    var citations: [Citation] = []
    /// The same of a client that is served.
    var others: [Citation] = []
  }

  static func realm(_ path: String) -> String? {
    let parts = path.split(separator: "/")
    guard let i = parts.firstIndex(of: "realms"), i + 1 < parts.count else { return nil }
    return String(parts[i + 1])
  }

  /// The realm of the last token calls before the rows of a group, against that of the served.
  static func tokenRealms(_ group: Group, _ scene: Scene) -> Origin {
    let (served, examples) = servedRealms(at: group.party, scene)
    let leading = served.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    guard let main = leading ?? scene.mainRealm else { return Origin() }
    var other: [String: Int] = [:]
    var all = 0
    var citations: [Citation] = []
    // Paths of token calls are few.
    var others: [(path: Symbol, realm: String?)] = []
    for i in group.rows.prefix(500) {
      let b = scene.briefs[i]
      let list = scene.tokenCalls(for: i)
      if list.isEmpty { continue }
      let before = scene.lowerBound(list, b.start)
      for j in list[max(0, before - 8)..<before] where scene.briefs[j].isSuccess {
        let path = scene.file.exchanges.requests[j].path
        let place = others.firstIndex { $0.path == path } ?? others.count
        if place == others.count {
          let realm = realm(scene.text(path))
          others.append((path, realm == main ? nil : realm))
        }
        all += 1
        guard let r = others[place].realm else { continue }
        other[r, default: 0] += 1
        if citations.isEmpty { citations = OtherSide.lines([j, i], scene) }
      }
    }
    guard let name = other.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      // Administrators' scripts call services with other tokens, as a rule.
      name != "master" || other[name] == all, (served[name] ?? 0) * 10 <= served.values.reduce(0, +)
    else { return Origin() }
    return Origin(
      name: name, isForeignToParty: true, citations: citations, others: examples[main] ?? [])
  }

  /// The realms whose tokens a party takes, and how often; with a call for such a token and what is served with it.
  private static func servedRealms(
    at party: Int32, _ scene: Scene
  ) -> (counts: [String: Int], examples: [String: [Citation]]) {
    // Paths of token calls are few.
    var paths: [(path: Symbol, count: Int, example: [Int])] = []
    for i in scene.servedByParty[Int(party)].prefix(300) {
      let b = scene.briefs[i]
      let list = scene.tokenCalls(for: i)
      if list.isEmpty { continue }
      let before = scene.lowerBound(list, b.start)
      guard before > 0, scene.briefs[list[before - 1]].isSuccess else { continue }
      let path = scene.file.exchanges.requests[list[before - 1]].path
      let place = paths.firstIndex { $0.path == path } ?? paths.count
      if place == paths.count { paths.append((path, 0, [list[before - 1], i])) }
      paths[place].count += 1
    }
    var counts: [String: Int] = [:]
    var examples: [String: [Citation]] = [:]
    for (path, count, example) in paths {
      guard let realm = realm(scene.text(path)) else { continue }
      counts[realm, default: 0] += count
      if examples[realm] == nil { examples[realm] = OtherSide.lines(example, scene) }
    }
    return (counts, examples)
  }

  /// Events of the realm that a group's calls name, each between two of these calls that are not far from it.
  static func alive(_ group: Group, _ scene: Scene) -> [Citation] {
    let rows = group.rows
    guard let first = rows.first, let last = rows.last,
      let name = realm(scene.text(scene.exchange(first).request.path)),
      rows.prefix(50).allSatisfy({ realm(scene.text(scene.exchange($0).request.path)) == name })
    else { return [] }
    let starts = rows.map { scene.briefs[$0].start }
    let events = scene.file.observations.tokenEvents
    let within = events[scene.firstEvent(after: scene.briefs[first].start)...]
      .prefix { $0.time < scene.briefs[last].start }
    let own = within.lazy.filter { e in
      guard scene.text(e.realm) == name else { return false }
      let next = starts.partitioningIndex { $0 > e.time }
      return next > 0 && next < starts.count && e.time - starts[next - 1] < beside
        && starts[next] - e.time < beside
    }.prefix(3).map(\.citation)
    return own.count == 3 ? Array(own) : []
  }
  /// Seconds.
  private static let beside = 10.0

  /// Other realms answer well while this one is 404.
  static func othersWork(_ group: Group, _ scene: Scene) -> Bool {
    let mine = Set(group.rows.compactMap { realm(scene.text(scene.exchange($0).request.path)) })
    return scene.file.exchanges.contains {
      $0.endpoint.isKeycloak && $0.isSuccess
        && !mine.contains(realm(scene.text($0.request.path)) ?? "")
    }
  }

  static func plainPathWorks(_ scene: Scene) -> Bool {
    scene.file.exchanges.contains {
      $0.endpoint.isKeycloak && $0.isSuccess && scene.text($0.request.path).hasPrefix("/realms/")
    }
  }
}
