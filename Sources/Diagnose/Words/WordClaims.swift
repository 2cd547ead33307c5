internal import Evidence

/// Words the claims, counts and remarks of findings that stand on log lines.
enum WordClaims {
  /// One claim for each kind of hint, the commonest first, with all its lines.
  static func claims(_ hints: [Hint], limit: Int) -> [CitedClaim] {
    var kinds: [String: [Hint]] = [:]
    for hint in hints { kinds[hint.kind, default: []].append(hint) }
    let sorted = kinds.values.sorted {
      ($0[0].meaning.depth, $0.count, $1[0].citation)
        > ($1[0].meaning.depth, $1.count, $0[0].citation)
    }
    return sorted.prefix(limit).compactMap { list in
      let lines = list.map(\.citation).sorted()
      return CitedClaim(
        list[0].claim + (list.count > 1 ? ", and \(list.count - 1) more like it" : ""), lines)
    }
  }

  static func ranked(_ names: [String]) -> [(name: String, count: Int)] {
    var counts: [String: Int] = [:]
    for name in names where !name.isEmpty { counts[name, default: 0] += 1 }
    return counts.map { (name: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.name) > ($1.count, $0.name) }
  }

  static func remark(_ own: [Hint], _ followers: [Hint]) -> String {
    let lines = own.count + followers.count
    let events = own.count { $0.isEvent }
    let what =
      events == own.count
      ? "\(events) error event\(events == 1 ? "" : "s") of Keycloak"
      : "\(lines) log line\(lines == 1 ? "" : "s")"
    return "from the words of \(what): no request of these inputs shows the failure itself"
  }
}
