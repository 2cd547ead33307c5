internal import Evidence
internal import Pipeline

/// `why401 stream [INPUT...]`: findings as they form, the full report at the end or at Ctrl-C.
enum StreamCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    switch ReportRun.begin(invocation) {
    case .failure(let stop): return stop.status
    case .success(let run):
      var news = FindingNews()
      var watch = StreamRun.Watch()
      watch.followsFiles = true
      watch.isCancelled = { Interruption.isWanted }
      watch.isUnwanted = { run.outputs.areGone }
      watch.provisional = { report in
        let findings = news.select(report.findings)
        if !findings.isEmpty { run.outputs.announce(findings, of: report) }
      }
      return run.finish(StreamRun.run(run.request, watch: watch))
    }
  }
}

/// Remembers what was announced, so that a finding is repeated only when it says something new.
struct FindingNews {
  private struct Key: Hashable {
    let cause: CauseID
    let answeredBy: String
    let route: String
  }
  private var known: [Key: (word: String, count: Int)] = [:]

  /// Findings that are new, whose confidence has another word, or that have grown to twice the size.
  mutating func select(_ findings: [Finding]) -> [Finding] {
    findings.filter { finding in
      guard finding.category != .undecided else { return false }
      let key = Key(
        cause: finding.cause, answeredBy: finding.answeredBy,
        route: finding.routes.first?.name ?? "")
      let word = Confidence.word(finding.confidence)
      if let old = known[key], old.word == word, finding.count < old.count * 2 { return false }
      known[key] = (word, finding.count)
      return true
    }
  }
}
