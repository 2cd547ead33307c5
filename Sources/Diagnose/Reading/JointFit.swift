internal import Evidence

/// Recognises refusals from the *differences* between sizes, where sizes count headers and no
/// constant can be fitted: two services that refuse the same client for the same reason differ by
/// the lengths of their two texts (twice, where the challenge repeats the body's text).
enum JointFit {
  static func apply(_ groups: inout [Group], _ profiles: [Profile], _ scene: Scene) {
    struct Item {
      var group: Int
      var clients: Set<Int32>
      var bytes: Int
      var countsHeaders: Bool
    }
    var items: [Item] = []
    for (k, g) in groups.enumerated() {
      guard Signals.isMute(g), !g.endpoint.isKeycloak, g.status == 401, g.count >= 3,
        let first = g.rows.first
      else { continue }
      let r = scene.exchange(first).request
      guard r.responseBytes > 0, r.answeredBy != .edge,
        !scene.pathEcho.contains(party: g.party, status: g.status)
      else { continue }
      items.append(
        Item(
          group: k, clients: Set(g.rows.map { scene.visitor($0) }),
          bytes: Int(r.responseBytes), countsHeaders: r.sizeCountsHeaders))
    }
    guard items.count >= 2, items.count <= 400 else { return }
    agree(&groups, profiles)
    agreeOfClients(&groups, scene)
    for a in items where a.countsHeaders {
      var score: [Statement: Double] = [:]
      if scene.emptySizes[groups[a.group].party]?.isEmpty == false { continue }
      for b in items
      where b.group != a.group && b.countsHeaders && groups[b.group].party != groups[a.group].party
        && !a.clients.isDisjoint(with: b.clients) && a.bytes != b.bytes
      {
        for statement in matches(a.bytes - b.bytes) { score[statement, default: 0] += 1 }
      }
      let total = score.values.reduce(0, +)
      guard total > 0 else { continue }
      for (statement, value) in score {
        groups[a.group].byLength[statement] = max(
          groups[a.group].byLength[statement] ?? 0, 0.6 * value / total)
      }
    }
  }

  /// Services that refuse everybody in the same span have one reason, as a rule: candidates that
  /// only one of them shows lose.
  private static func agree(_ groups: inout [Group], _ profiles: [Profile]) {
    var wide: [(index: Int, party: Int32, span: Profile, candidates: Set<Statement>)] = []
    for (k, g) in groups.enumerated() where Signals.isMute(g) && !g.byLength.isEmpty {
      let profile = profiles[k]
      guard profile.isPartyWide else { continue }
      wide.append((k, g.party, profile, Set(g.byLength.filter { $0.value > 0.05 }.keys)))
    }
    guard wide.count <= 200 else { return }
    for a in wide {
      var common: Set<Statement> = []
      for b in wide where b.party != a.party {
        let from = max(a.span.first, b.span.first)
        let to = min(a.span.last, b.span.last)
        guard to - from > (a.span.last - a.span.first) * 0.7 else { continue }
        common.formUnion(a.candidates.intersection(b.candidates))
      }
      guard !common.isEmpty, common != a.candidates else { continue }
      for s in a.candidates where !common.contains(s) { groups[a.index].byLength[s]? *= 0.2 }
      for s in common {
        groups[a.index].byLength[s] = min(0.9, (groups[a.index].byLength[s] ?? 0) * 1.8)
      }
    }
  }

  /// The same client refused by several services, or clients whose refusals begin and end together,
  /// have one reason, as a rule: what the sizes of both allow gains, what only one allows loses.
  private static func agreeOfClients(_ groups: inout [Group], _ scene: Scene) {
    struct Item {
      var index: Int
      var actors: Set<Int32>
      var first: Instant
      var last: Instant
    }
    var items: [Item] = []
    for (k, g) in groups.enumerated()
    where Signals.isMute(g) && !g.byLength.isEmpty && g.status == 401 && g.count >= 5 {
      guard let a = g.rows.first, let b = g.rows.last else { continue }
      items.append(
        Item(
          index: k, actors: Set(g.rows.map { scene.exchange($0).actor }),
          first: scene.exchange(a).request.start, last: scene.exchange(b).request.start))
    }
    guard items.count >= 2, items.count <= 200 else { return }
    var changed: [(Int, [Statement: Double])] = []
    for a in items {
      let own = groups[a.index].byLength
      var joint = own
      var hasPeer = false
      let span = a.last - a.first
      for b in items where groups[b.index].party != groups[a.index].party {
        let together =
          span > 8 && a.first - scene.first > 3
          && abs(a.first - b.first) < max(2.5, span * 0.1)
          && abs(a.last - b.last) < max(3, span * 0.18)
        guard together || !a.actors.isDisjoint(with: b.actors) else { continue }
        let product = joint.reduce(into: [Statement: Double]()) {
          let p = share(of: $1.key, groups[a.index], in: groups[b.index])
          if p > 0 { $0[$1.key] = $1.value * p }
        }
        guard !product.isEmpty else { continue }
        joint = product
        hasPeer = true
      }
      let sum = Math.sum(joint.values)
      guard hasPeer, sum > 0 else { continue }
      let mass = min(0.8, Math.sum(own.values) * 1.1)
      changed.append((a.index, joint.mapValues { $0 / sum * mass }))
    }
    for (k, shares) in changed { groups[k].byLength = shares }
  }

  /// How well another service's candidates go with a statement: a token of another kind has an audience of its own at
  /// one service, another algorithm at the next, and a key of its own at a third, whose id is a UUID.
  private static func share(of statement: Statement, _ own: Group, in other: Group) -> Double {
    let same = other.byLength[statement] ?? 0
    switch statement {
    case .tokenAlgorithm:
      let key = other.hasUUIDKeyIDLength ? other.byLength[.tokenUnknownKey] ?? 0 : 0
      return max(same, 0.5 * (other.byLength[.tokenAudience] ?? 0), 0.8 * key)
    case .tokenAudience: return max(same, 0.5 * (other.byLength[.tokenAlgorithm] ?? 0))
    case .tokenUnknownKey:
      // One token has one key id.
      return other.hasUUIDKeyIDLength == own.hasUUIDKeyIDLength ? same : 0.2 * same
    default: return same
    }
  }

  /// Statements that two libraries word with texts whose lengths differ by half of `difference`.
  private static func matches(_ difference: Int) -> Set<Statement> {
    var result: Set<Statement> = []
    guard difference % 2 == 0 else { return result }
    for (statement, lengths) in lengths {
      for a in lengths {
        for b in lengths where a - b == difference / 2 && a != b { result.insert(statement) }
      }
    }
    return result
  }

  private static let lengths: [Statement: [Int]] = {
    var result: [Statement: Set<Int>] = [:]
    for text in RefusalTexts.all {
      for variable in text.variable.isEmpty ? [0] : [text.variable[0]] {
        result[text.statement, default: []].insert(
          text.text.utf8.count + (text.variable.isEmpty ? 0 : variable - 1))
      }
    }
    return result.mapValues { $0.sorted() }
  }()
}
