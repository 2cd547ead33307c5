internal import Evidence

/// Refusals that tell something of their client to whoever is judged at another service.
struct Refusals: Sendable {
  /// Answers with 403, by party, in order of time.
  private(set) var forbidden = RowLists(lists: 0, exchanges: 0) { _ in -1 }
  /// Answers to no token, by party, in order of time.
  private(set) var empty = RowLists(lists: 0, exchanges: 0) { _ in -1 }

  init() {}

  /// Once the sizes of answers to no token are known.
  init(_ scene: Scene) {
    let briefs = scene.briefs
    let parties = scene.file.parties.count
    forbidden = RowLists(lists: parties, exchanges: briefs.count) {
      briefs[$0].status == 403 && !briefs[$0].endpoint.isKeycloak ? briefs[$0].party : -1
    }
    let classes = scene.kinships.classes
    let isEmpty = classes.map { scene.emptySizes[$0.party]?.contains($0.bytes) == true }
    empty = RowLists(lists: parties, exchanges: briefs.count) { i in
      let b = briefs[i]
      guard b.status == 401, !b.endpoint.isKeycloak else { return -1 }
      let kin = Int(scene.kinships.of(i))
      // The sizes of some kin vary.
      let hasSize =
        classes[kin].bytes == b.bytes ? isEmpty[kin] : Refusals.hasEmptySize(b, scene)
      return hasSize || scene.answers.statement(i) == .tokenMissing ? b.party : -1
    }
  }

  /// Whether a 401 has the size or the words of its party's answer to no token.
  static func isEmpty(_ i: Int, _ scene: Scene) -> Bool {
    hasEmptySize(scene.briefs[i], scene) || scene.answers.statement(i) == .tokenMissing
  }

  private static func hasEmptySize(_ b: Brief, _ scene: Scene) -> Bool {
    scene.emptySizes[b.party]?.contains(b.bytes) == true
  }
}
