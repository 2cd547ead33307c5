internal import Evidence

/// Refusals that tell something of their client to whoever is judged at another service.
struct Refusals: Sendable {
  /// Answers with 403, by party, in order of time.
  private(set) var forbidden = RowLists(lists: 0, exchanges: 0) { _ in -1 }
  /// Answers to no token, by party, in order of time.
  private(set) var empty = RowLists(lists: 0, exchanges: 0) { _ in -1 }

  /// Parties of which there is one of these.
  private(set) var parties: [Int32] = []
  /// Parties that serve anybody.
  private(set) var servedParties: [Int32] = []
  /// Applications that fail for more than one client.
  private(set) var failingParties: [Int32] = []
  /// One failure that is no probe, as far as the company of a group asks.
  struct Failure: Sendable, BitwiseCopyable {
    var actor: Int32
    var bytes: Int32
    var visitor: Int32
    /// A 400 or 401.
    var isRefusal: Bool
    /// Of the service itself, and not for want of a token: it has not one of the sizes that tell so.
    var isOwn: Bool
  }
  /// By actor: who answered with 403, and who said that there was no token.
  private var forbidding: [Answerers] = []
  private var missing: [Answerers] = []

  /// By party, in order of time: small and side by side, because each group of a party looks at all.
  private(set) var failures: [[Failure]] = []

  init() {}

  /// Once the sizes of answers to no token are known.
  init(_ scene: Scene) {
    let parties = scene.file.parties.count
    let empties = Refusals.empties(scene)
    (forbidden, empty) = scene.crew.both(
      { Refusals.forbidden(scene, parties) }, { Refusals.empty(scene, empties, parties) })
    for p in Int32(0)..<Int32(truncatingIfNeeded: parties) {
      if forbidden.count(of: p) + empty.count(of: p) > 0 { self.parties.append(p) }
      if scene.servedByParty.count(of: p) > 0 { servedParties.append(p) }
      let failures = scene.failuresByParty[Int(p)]
      if scene.file.parties[Int(p)].kind == .application, let first = failures.first,
        failures.contains(where: {
          scene.visitor($0) != scene.visitor(first)
        })
      {
        failingParties.append(p)
      }
    }
    forbidding = Refusals.answerers(forbidden, scene)
    missing = Refusals.answerers(empty, scene)
    failures = scene.crew.map(parties) { p in
      let party = Int32(truncatingIfNeeded: p)
      let isTelling = scene.emptySizeTells(party)
      return scene.failuresByParty[p].map { i in
        let b = scene.briefs[i]
        return Failure(
          actor: b.actor, bytes: b.bytes, visitor: scene.visitor(i),
          isRefusal: b.status == 401 || b.status == 400,
          isOwn: !scene.outlines[i].isOfEdge && !(isTelling && empties[i]))
      }
    }
  }

  /// The parties that gave an actor some answer, as far as it matters.
  private enum Answerers: Sendable {
    case none
    case one(Int32)
    case several

    func areOthers(than party: Int32) -> Bool {
      switch self {
      case .none: false
      case .one(let known): known != party
      case .several: true
      }
    }
  }

  /// Whether a party other than this one gave the actor 403.
  func isForbidden(_ actor: Int32, elsewhereThan party: Int32) -> Bool {
    forbidding[Int(actor)].areOthers(than: party)
  }

  /// Whether a party other than this one gave the actor its answer to no token.
  func isMissing(_ actor: Int32, elsewhereThan party: Int32) -> Bool {
    missing[Int(actor)].areOthers(than: party)
  }

  private static func answerers(_ lists: RowLists, _ scene: Scene) -> [Answerers] {
    var found = [Answerers](repeating: .none, count: scene.byActor.count)
    for (party, rows) in lists.enumerated() {
      for i in rows {
        let actor = Int(scene.briefs[i].actor)
        switch found[actor] {
        case .none: found[actor] = .one(Int32(truncatingIfNeeded: party))
        case .one(let known) where known != party: found[actor] = .several
        case .one, .several: break
        }
      }
    }
    return found
  }

  private static func forbidden(_ scene: Scene, _ parties: Int) -> RowLists {
    let briefs = scene.briefs
    return RowLists(lists: parties, exchanges: briefs.count) {
      briefs[$0].status == 403 && !briefs[$0].endpoint.isKeycloak ? briefs[$0].party : -1
    }
  }

  private static func empty(_ scene: Scene, _ empties: [Bool], _ parties: Int) -> RowLists {
    let briefs = scene.briefs
    let answers = scene.answers
    return RowLists(lists: parties, exchanges: briefs.count) { i in
      let b = briefs[i]
      guard b.status == 401, !b.endpoint.isKeycloak else { return -1 }
      return empties[i] || answers.statement(i) == .tokenMissing ? b.party : -1
    }
  }

  /// By exchange: whether it is a 401 of the size of its party's answer to no token. Each is looked up once, by whoever
  /// has a hand free.
  private static func empties(_ scene: Scene) -> [Bool] {
    let kinships = scene.kinships
    let isEmpty = kinships.classes.map { scene.emptySizes[$0.party]?.contains($0.bytes) == true }
    return unsafe scene.crew.fill(scene.briefs.count) { (span, places) in
      for i in span {
        let b = scene.briefs[i]
        var isOne = false
        if b.status == 401 {
          let kin = Int(kinships.of(i))
          // The sizes of some kin vary.
          isOne =
            kin >= 0 && kinships.classes[kin].bytes == b.bytes
            ? isEmpty[kin] : hasEmptySize(b, scene)
        }
        unsafe places.initializeElement(at: i - span.lowerBound, to: isOne)
      }
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
