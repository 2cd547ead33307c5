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
    empty = RowLists(lists: parties, exchanges: briefs.count) {
      briefs[$0].status == 401 && !briefs[$0].endpoint.isKeycloak && Refusals.isEmpty($0, scene)
        ? briefs[$0].party : -1
    }
  }

  /// Whether a 401 has the size or the words of its party's answer to no token.
  static func isEmpty(_ i: Int, _ scene: Scene) -> Bool {
    scene.emptySizes[scene.briefs[i].party]?.contains(scene.briefs[i].bytes) == true
      || scene.answers.statement(i) == .tokenMissing
  }
}
