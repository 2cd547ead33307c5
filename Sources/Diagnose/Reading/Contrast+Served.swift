internal import Evidence

/// Where the clients of a group are served while they are refused.
extension Contrast {
  /// Whether two clients or more of a group are served, while they are refused, by services that do not ask Keycloak and
  /// that are not for everybody.
  static func isServedByCheckers(_ group: Group, _ profile: Profile, _ scene: Scene) -> Bool {
    var seen: [Int32: Int] = [:]
    for i in group.rows.prefix(500) {
      seen[scene.briefs[i].actor] = seen[scene.briefs[i].actor] ?? i
    }
    var open = OpenRoutes(scene)
    var clients = 0
    for (actor, i) in seen.sorted(by: { $0.key < $1.key }).prefix(50) {
      let isServed = scene.within(scene.byActor[Int(actor)], profile.first, profile.last).contains {
        let b = scene.briefs[$0]
        return b.isSuccess && !b.isProbe && b.endpoint == .none && b.party != group.party
          && !scene.introspecting.contains(b.party) && scene.isSameProgram(i, $0)
          && !open.contains($0)
      }
      if isServed { clients += 1 }
      if clients == 2 { return true }
    }
    return false
  }

  /// Routes on which somebody is served who never gets a token.
  private struct OpenRoutes {
    private let scene: Scene
    private var known: [Symbol: Bool] = [:]

    init(_ scene: Scene) { self.scene = scene }

    mutating func contains(_ i: Int) -> Bool {
      let route = scene.exchange(i).request.route
      if let known = known[route] { return known }
      let isOpen = scene.servedByParty[Int(scene.briefs[i].party)].prefix(1000).contains {
        scene.exchange($0).request.route == route
          && scene.tokenCallsOfActor.count(of: scene.briefs[$0].actor) == 0
      }
      known[route] = isOpen
      return isOpen
    }
  }

  /// Whether services serve the program of most rows within a second of them, or before the next of them, without a new
  /// token and not on routes for everybody: it holds one that is good.
  static func isServedMeanwhile(_ group: Group, _ scene: Scene) -> Bool {
    let rows = group.rows.prefix(200)
    var open = OpenRoutes(scene)
    func isServed(_ i: Int, _ from: Instant, _ to: Instant) -> Bool {
      scene.within(scene.byActor[Int(scene.briefs[i].actor)], from, to).contains {
        scene.briefs[$0].isSuccess && !scene.briefs[$0].isProbe
          && scene.briefs[$0].endpoint == .none && scene.isSameProgram(i, $0) && !open.contains($0)
      }
    }
    var next: [Int32: Instant] = [:]
    var hits = 0
    for i in rows.reversed() {
      let b = scene.briefs[i]
      let end = max(next[b.actor] ?? b.end, b.end.advanced(seconds: 1))
      let renewed = scene.within(scene.tokenCallsOfActor[b.actor] ?? [], b.start, end)
        .first { scene.briefs[$0].isSuccess }
      let to = renewed.map { scene.briefs[$0].start } ?? end
      if isServed(i, b.start.advanced(seconds: -1), to) { hits += 1 }
      next[b.actor] = b.start
    }
    return hits * 10 >= rows.count * 7
  }

  /// Whether, where nobody is seen to get a token, clients are refused with the answer to no token, each time but once,
  /// and served at once after that: as when they log in meanwhile.
  static func isServedNext(_ group: Group, _ scene: Scene) -> Bool {
    guard !scene.hasToken, scene.isEmptySize(group) == true else { return false }
    let rows = group.rows.prefix(200)
    let served = rows.count { i in
      let b = scene.briefs[i]
      let slack = scene.exchange(i).request.isCoarse ? 1.0 : 0
      let next = scene.within(
        scene.byActor[Int(b.actor)], b.start, b.end.advanced(seconds: soon + slack)
      ).first { $0 > i && scene.briefs[$0].party == b.party && !scene.briefs[$0].isProbe }
      return next.map { scene.briefs[$0].isSuccess && scene.isSameProgram(i, $0) } ?? false
    }
    return served * 10 >= rows.count * 8
  }
  /// Seconds in which a login is done.
  private static let soon = 2.0
}
