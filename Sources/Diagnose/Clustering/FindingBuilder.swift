internal import Evidence

/// Turns judged groups into findings (one per cause) and one attribution per failing row.
enum FindingBuilder {
  /// A 400 or 5xx that nothing ties to authentication is somebody else's business; but a service that asks for
  /// tokens and fails for everybody may have lost what it checks them with.
  static func isReported(_ j: Judged, _ scene: Scene) -> Bool {
    j.verdict.cause != .undecided || j.group.endpoint.isKeycloak || j.group.status == 401
      || j.group.status == 403 || j.group.status == 407
      || j.group.status >= 500 && asksForTokens(j.group.party, scene)
        && (j.profile.isPartyWide || Contrast.window(j.group, scene).isPartyWide)
  }

  private static func asksForTokens(_ party: Int32, _ scene: Scene) -> Bool {
    scene.introspecting.contains(party)
      || scene.failuresByParty[Int(party)].contains { scene.briefs[$0].status == 401 }
  }

  static func build(
    _ judged: [Judged], _ fallback: [Finding], _ scene: Scene, _ report: inout Report
  ) {
    let placeOf = places(of: judged, scene)
    let failures = placeOf.indices.filter { placeOf[$0] >= 0 }.map { Int32(truncatingIfNeeded: $0) }
    report.failures = Failures(scene.file.exchanges.requests, at: failures)

    let tallies = Tallies.all(placeOf, groups: judged.count, scene)
    var byCause: [CauseID: [Int]] = [:]
    for (k, j) in judged.enumerated() { byCause[j.verdict.cause, default: []].append(k) }
    let causes = byCause.map { (cause: $0.key, members: $0.value) }
    let found = scene.crew.map(causes.count) { k in
      finding(causes[k].cause, causes[k].members.map { (judged[$0], tallies[$0]) }, scene)
    }
    var findings = zip(found, causes).compactMap { finding, cause in
      finding.map { (finding: $0, groups: cause.members) }
    }
    findings.sort { order($0.finding, $1.finding) }
    var rows = judged.map(Row.init)
    for k in findings.indices {
      findings[k].finding.id = "F\(k + 1)"
      for group in findings[k].groups { rows[group].attribution.finding = Int32(k) }
    }
    let settled = rows
    report.attributions = unsafe scene.crew.fill(failures.count) { (span, places) in
      for k in span {
        let i = Int(failures[k])
        unsafe places.initializeElement(
          at: k - span.lowerBound, to: attribution(k, i, settled[Int(placeOf[i])], scene))
      }
    }
    report.findings = findings.map(\.finding)
    WordMerge.merge(fallback, into: &report, few: failures.count <= WordsAlone.mostFailures)
  }

  /// By exchange: the place of its group; -1 for what is none.
  private static func places(of judged: [Judged], _ scene: Scene) -> [Int32] {
    var placeOf = [Int32](repeating: -1, count: scene.briefs.count)
    for (k, j) in judged.enumerated() {
      for i in j.group.rows { placeOf[i] = Int32(truncatingIfNeeded: k) }
    }
    return placeOf
  }

  /// What the attributions of one group's rows have in common.
  private struct Row: Sendable {
    var attribution: Attribution
    var common: [Citation]

    init(_ j: Judged) {
      attribution = Attribution(
        request: 0, answeredBy: j.group.circumstances.answerer, cause: j.verdict.cause,
        confidence: Float(j.verdict.confidence), finding: -1)
      common = j.verdict.weight.supports.prefix(2).compactMap(\.citations.first)
    }
  }

  /// Of failure `number`, which is exchange `i`.
  private static func attribution(
    _ number: Int, _ i: Int, _ row: Row, _ scene: Scene
  ) -> Attribution {
    var one = row.attribution
    one.request = number
    one.evidence = evidence(i, row.common, scene)
    return one
  }

  /// Faults before benign noise, the larger and surer first, undecided last.
  private static func order(_ a: Finding, _ b: Finding) -> Bool {
    func rank(_ f: Finding) -> Int {
      f.cause == .undecided ? 2 : f.category == .none ? 1 : 0
    }
    if rank(a) != rank(b) { return rank(a) < rank(b) }
    let weightA = Double(a.count) * a.confidence
    let weightB = Double(b.count) * b.confidence
    return weightA != weightB ? weightA > weightB : a.cause.rawValue < b.cause.rawValue
  }

  private static func evidence(
    _ i: Int, _ common: [Citation], _ scene: Scene
  ) -> FewCitations {
    let links = scene.file.exchanges.links[i]
    var evidence = FewCitations()
    evidence.append(scene.file.exchanges.requests[i].citation)
    if let event = scene.event(links.event) ?? scene.event(links.backEvent) {
      evidence.append(event.citation)
    }
    if scene.answers.says(i) {
      for citation in scene.answers[i]?.citations ?? [] { evidence.append(citation) }
    }
    if !scene.file.legs.isEmpty {
      for leg in [links.wire, links.wireInner, links.wireBack] where leg >= 0 {
        evidence.append(scene.file.legs[Int(leg)].citation)
      }
    }
    for citation in common { evidence.append(citation) }
    return evidence
  }

  private static func finding(
    _ cause: CauseID, _ members: [(judged: Judged, tallies: Tallies)], _ scene: Scene
  ) -> Finding? {
    // Places are sorted, since groups are large.
    let places = members.indices.sorted {
      (members[$0].judged.group.count, members[$1].judged.group.rows[0])
        > (members[$1].judged.group.count, members[$0].judged.group.rows[0])
    }
    let sorted = places.map { members[$0].judged }
    guard let firstRow = sorted.compactMap({ $0.group.rows.first }).min() else { return nil }
    let count = sorted.reduce(0) { $0 + $1.group.count }
    var claims: [String: CitedClaim] = [:]
    var claimOrder: [String] = []
    var against: [CitedClaim] = []
    var remarks: [String] = []
    var told: [String: Int] = [:]
    for j in sorted {
      // Nor does the same claim with other numbers.
      for claim in j.verdict.weight.supports {
        let kind = withoutCounts(claim.text)
        if claims[kind] != nil { continue }
        claims[kind] = claim
        claimOrder.append(kind)
      }
      against += j.verdict.weight.against
      // The same remark with another count, of a smaller group, says nothing new.
      for r in j.verdict.weight.remarks {
        let kind = withoutCounts(r)
        if told[kind] == nil { remarks.append(r) }
        told[kind, default: 0] += j.group.count
      }
    }
    // What is true of a few of the failures only (“one client only”) is not told of all.
    remarks.removeAll { told[withoutCounts($0), default: 0] * 2 < count }
    let supports = claimOrder.prefix(6).compactMap { claims[$0] }
    let page = CauseCatalogue.page(cause)
    let proof =
      supports.first
      ?? CitedClaim("the failures themselves", scene.exchange(firstRow).request.citation)
    let total = sorted.reduce(0.0) { $0 + Double($1.group.count) }
    let mean =
      sorted.reduce(0.0) { $0 + Double($1.group.count) * $1.verdict.confidence } / max(1, total)
    var confidence = cause == .undecided ? 0 : mean
    // One or two rows beside hundreds make no fault of their own; somebody who shows an answer (a
    // transcript, a HAR file) shows no more of them.
    let isShown = sorted.allSatisfy {
      $0.group.answer.voice >= .challenge && Signals.isShown($0.group, scene)
    }
    if count <= 2, !isShown, confidence < 0.9 || scene.failureCount >= 100 {
      confidence = min(confidence, 0.45)
    }
    var f = Finding(
      cause: cause, title: page?.title ?? "Undecided", confidence: confidence, proof: proof,
      more: Array(supports.dropFirst()))
    f.against = Array(against.prefix(3))
    f.remarks = Array(remarks.prefix(5))
    f.hops =
      scene.file.legs.isEmpty ? [] : HopDifferences.of(sorted.lazy.flatMap(\.group.rows), scene)
    f.lifeLine = LifeLines.of(sorted.lazy.flatMap(\.group.rows), scene)
    f.fix = page?.fix ?? []
    f.verify = page?.verify ?? []
    if let runner = sorted.first?.verdict.runnerUp, runner.share > 0.02 {
      f.runnerUp = RunnerUp(
        cause: runner.cause, share: min(runner.share, 1 - confidence),
        separatedBy: separation(cause, runner.cause, page))
    }
    f.missing = MissingInputs.of(cause, sorted, scene)
    FindingDetail.fill(&f, members, scene)
    return f
  }

  private static func withoutCounts(_ text: String) -> String { text.filter { !$0.isNumber } }

  static func separation(_ cause: CauseID, _ other: CauseID, _ page: CausePage?) -> String {
    page?.lookAlikes.first { $0.cause == other }?.separatedBy
      ?? CauseCatalogue.page(other)?.lookAlikes.first { $0.cause == cause }?.separatedBy
      ?? CauseCatalogue.page(other)?.decides.first.map { "it would show: " + $0 }
      ?? "see `why401 explain \(other.rawValue)`"
  }
}
