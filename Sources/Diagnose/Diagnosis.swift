package import Evidence

/// Explains the failures of a case file: groups them, weighs causes, and builds findings and
/// attributions. Deterministic; no I/O.
package enum Diagnosis {
  package static func explain(_ file: CaseFile) -> Report {
    let scene = Scene(file)
    let groups = Grouping.groups(scene)
    var judged = groups.map { group in
      let profile = Profile(group, scene)
      return Judged(
        group: group, profile: profile, verdict: Weighing.weigh(group, profile, scene))
    }
    Companions.reconsider(&judged, scene)
    if judged.isEmpty { judged = [] }
    var report = Report()
    report.sources = file.sources
    report.symbols = file.observations.symbols
    let fallback = WordsAlone.findings(scene)
    FindingBuilder.build(judged, fallback, scene, &report)
    Accounting.fill(&report, scene)
    return report
  }
}

/// A group with its verdict.
struct Judged {
  var group: Group
  var profile: Profile
  var verdict: Verdict
}
