internal import Evidence

/// STUB until correlation and diagnosis are here: every failure of the edge is undecided.
enum DiagnosisStub {
  static func explain(_ observations: Observations, _ sources: Sources) -> Report {
    var report = Report()
    report.sources = sources
    report.symbols = observations.symbols
    report.failures = observations.requests.filter(\.isFailure)
    for (i, failure) in report.failures.enumerated() {
      report.attributions.append(
        Attribution(
          request: i, answeredBy: .unknown, cause: .undecided, confidence: 0, finding: -1,
          evidence: [failure.citation]))
    }
    report.totals.requests = observations.requests.count + observations.successes.offered
    report.totals.failures401 = report.failures.count { $0.status == 401 }
    report.totals.adjacent = report.failures.count - report.totals.failures401
    report.totals.undecided = report.totals.failures401
    return report
  }
}
