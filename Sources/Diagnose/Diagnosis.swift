package import Evidence

/// Explains the failures of a case file: groups them, weighs causes, and builds findings and
/// attributions. Deterministic, whatever the number of hands; no I/O.
package enum Diagnosis {
  /// - Parameter isWeighingTold: whether the report has `weighed`.
  package static func explain(
    _ file: CaseFile, crew: Crew = .alone, isWeighingTold: Bool = false
  ) -> Report {
    let scene = Scene(file, crew)
    let found = Grouping.groups(scene)
    let profiles = crew.map(found.count) { Profile(found[$0], scene) }
    var fitted = found
    JointFit.apply(&fitted, profiles, scene)
    let groups = fitted
    var judged = crew.map(groups.count) { Judged(groups[$0], profiles[$0], scene) }
    Companions.reconsider(&judged, scene)
    var report = Report()
    report.sources = file.sources
    report.symbols = file.observations.symbols
    let fallback = WordsAlone.findings(scene)
    let reported = judged.filter { FindingBuilder.isReported($0, scene) }
    FindingBuilder.build(reported, fallback, scene, &report)
    Accounting.fill(&report, reported, scene)
    if isWeighingTold { report.weighed = WeighedClusters.all(reported, scene, crew) }
    return report
  }
}

/// A group with its verdict.
struct Judged {
  var group: Group
  var profile: Profile
  var verdict: Verdict
  var bonus: Weighing.Bonus = [:]
  /// What the verdict was made of, where a second look may change it.
  private(set) var firstLook: Weighing.FirstLook?

  init(_ group: Group, _ profile: Profile, _ scene: Scene) {
    let first = Weighing.look(group, profile, scene)
    self.group = group
    self.profile = profile
    verdict = Weighing.weigh(first, group, profile, scene)
    if Companions.isOpen(self) { firstLook = first }
  }

  /// Weighs once more what the first look found, which is forgotten then.
  mutating func weighAgain(_ bonus: Weighing.Bonus, _ scene: Scene) -> Verdict {
    self.bonus = bonus
    let first = firstLook ?? Weighing.look(group, profile, scene)
    firstLook = nil
    return Weighing.weigh(first, group, profile, scene, bonus: bonus)
  }
}
