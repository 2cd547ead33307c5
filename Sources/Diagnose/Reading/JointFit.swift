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
      guard r.responseBytes > 0, r.answeredBy != .edge else { continue }
      items.append(
        Item(
          group: k, clients: Set(g.rows.map { scene.briefs[$0].client }),
          bytes: Int(r.responseBytes), countsHeaders: r.sizeCountsHeaders))
    }
    guard items.count >= 2, items.count <= 400 else { return }
    agree(&groups, profiles)
    for a in items where a.countsHeaders {
      var score: [Statement: Double] = [:]
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
