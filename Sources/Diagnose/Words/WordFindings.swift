internal import Evidence

/// Turns hints into findings: lets the reason of a failed call speak for the refusals that follow it,
/// and gathers the rest by cause.
enum WordFindings {
  static func build(_ hints: [Hint], _ scene: Scene) -> [Finding] {
    var gathered: [CauseID: Gathered] = [:]
    let reasons = deepest(hints, .reason)
    let refusals = deepest(hints, .refusal)
    for hint in hints {
      let (cause, share) = leaning(hint, hints)
      if hint.meaning.mayFollow, let root = root(of: hint, reasons, refusals) {
        gathered[leaning(root, hints).cause, default: Gathered()].followers.append(hint)
      } else {
        gathered[cause, default: Gathered()].add(hint, share)
      }
    }
    return gathered.filter { !$0.value.own.isEmpty }
      .map { finding($0.key, $0.value, scene) }
      .sorted {
        $0.confidence != $1.confidence
          ? $0.confidence > $1.confidence : $0.cause.rawValue < $1.cause.rawValue
      }
  }

  struct Gathered {
    var own: [Hint] = []
    var followers: [Hint] = []
    var best = 0.0
    mutating func add(_ hint: Hint, _ share: Double) {
      own.append(hint)
      best = max(best, share)
    }
  }

  /// One hint of each kind is enough to look for roots among.
  private static func deepest(_ hints: [Hint], _ depth: Meaning.Depth) -> [Hint] {
    var seen: [String: Int] = [:]
    return hints.filter { hint in
      guard hint.meaning.depth == depth else { return false }
      seen[hint.kind, default: 0] += 1
      return seen[hint.kind, default: 0] <= 200
    }
  }

  private static func root(of hint: Hint, _ reasons: [Hint], _ refusals: [Hint]) -> Hint? {
    var candidates = reasons
    if hint.meaning.depth == .general { candidates += refusals }
    return candidates.filter { $0.meaning.depth > hint.meaning.depth && $0.isNear(hint) }
      .max {
        ($0.meaning.depth, $0.meaning.proposals[0].share, $1.citation)
          < ($1.meaning.depth, $1.meaning.proposals[0].share, $0.citation)
      }
  }

  /// The cause that a hint stands for, in the light of what hints of other kinds say beside it.
  private static func leaning(_ hint: Hint, _ hints: [Hint]) -> (cause: CauseID, share: Double) {
    var best = (cause: hint.meaning.proposals[0].cause, share: 0.0)
    // In a whole log the neighbours are other people's failures.
    let beside = hints.count <= 40 ? hints : []
    for (cause, own) in hint.meaning.proposals where own >= 0.1 {
      var kinds: [String: Double] = [:]
      for other in beside where other.kind != hint.kind && other.isNear(hint) {
        kinds[other.kind] = max(kinds[other.kind] ?? 0, other.meaning.share(of: cause))
      }
      var rest = 1 - own
      for (_, share) in kinds.sorted(by: { $0.key < $1.key }) { rest *= 1 - 0.4 * share }
      let share = min(1 - rest, 0.97)
      if share > best.share { best = (cause, share) }
    }
    return best
  }

  private static func finding(_ cause: CauseID, _ gathered: Gathered, _ scene: Scene) -> Finding {
    let claims = WordClaims.claims(gathered.own, limit: 5)
    let followers = WordClaims.claims(gathered.followers, limit: 2)
    let page = CauseCatalogue.page(cause)
    var f = Finding(
      cause: cause, title: page?.title ?? cause.rawValue, confidence: gathered.best,
      proof: claims.first ?? CitedClaim("the line itself", gathered.own[0].citation),
      more: Array(claims.dropFirst()) + followers)
    let all = gathered.own
    for hint in all where hint.time.isKnown {
      if !f.first.isKnown || hint.time < f.first { f.first = hint.time }
      if !f.last.isKnown || hint.time > f.last { f.last = hint.time }
    }
    f.clients = WordClaims.ranked(all.map(\.client))
    f.users = WordClaims.ranked(all.map(\.user))
    f.answeredBy = WordClaims.ranked(all.map(\.speaker)).map(\.name).joined(separator: ", ")
    f.remarks = [WordClaims.remark(all, gathered.followers)]
    f.fix = page?.fix ?? []
    f.verify = page?.verify ?? []
    f.runnerUp = runnerUp(cause, gathered.own, page)
    f.missing = WordsMissing.of(cause, gathered.best, scene)
    return f
  }

  private static func runnerUp(_ cause: CauseID, _ hints: [Hint], _ page: CausePage?) -> RunnerUp? {
    var shares: [CauseID: Double] = [:]
    for hint in hints {
      for (other, share) in hint.meaning.proposals where other != cause {
        shares[other] = max(shares[other] ?? 0, share)
      }
    }
    guard let best = shares.leading, best.value >= 0.05 else { return nil }
    return RunnerUp(
      cause: best.key, share: best.value,
      separatedBy: FindingBuilder.separation(cause, best.key, page))
  }
}
