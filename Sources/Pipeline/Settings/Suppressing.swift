internal import Evidence

/// Marks the findings of a report that the settings say not to report. Nothing is taken out: a
/// suppressed finding stays with its count, its reason and its end.
enum Suppressing {
  static func apply(_ rules: [SuppressionRule], to report: inout Report) {
    guard !rules.isEmpty else { return }
    let rows = Dictionary(grouping: report.attributions) { Int($0.finding) }
    for k in report.findings.indices {
      for rule in rules where rule.holds(for: report.findings[k].cause) {
        guard report.findings[k].suppression == nil else { break }
        judge(k, by: rule, rows[k] ?? [], &report)
      }
    }
    for attribution in report.attributions where attribution.finding >= 0 {
      if report.failures[attribution.request].status == 401,
        report.findings[Int(attribution.finding)].suppression != nil
      {
        report.totals.suppressed += 1
      }
    }
  }

  private static func judge(
    _ k: Int, by rule: SuppressionRule, _ rows: [Attribution], _ report: inout Report
  ) {
    let suppression = Suppression(reason: rule.reason, until: rule.until, place: rule.place)
    guard !rows.isEmpty else {
      // Told by words alone: the time of what was read decides.
      let time = [report.findings[k].last, report.totals.last].first(where: \.isKnown)
      guard !rule.asksRequest else { return }
      if let time, time >= rule.end {
        ended(rule, nil, report.findings[k], &report)
      } else {
        report.findings[k].suppression = suppression
      }
      return
    }
    let fitting = rows.filter { rule.holds(for: report.failures[$0.request], report.symbols) }
    guard !fitting.isEmpty else { return }
    let late = fitting.count { report.failures[$0.request].end >= rule.end }
    if late > 0 { ended(rule, late, report.findings[k], &report) }
    let known = fitting.count - late
    if known == rows.count {
      report.findings[k].suppression = suppression
    } else if known > 0 {
      report.findings[k].remarks.append(
        "\(known) of its \(rows.count) failures are known until \(rule.until): \(rule.reason)"
          + " (\(rule.place))")
    }
  }

  private static func ended(
    _ rule: SuppressionRule, _ late: Int?, _ finding: Finding, _ report: inout Report
  ) {
    let what =
      late.map { "\($0) \($0 == 1 ? "failure" : "failures") of \(finding.id)" } ?? finding.id
    report.notes.append(
      Note(
        kind: .reading,
        text: "the suppression at \(rule.place) (\(rule.reason)) ended with \(rule.until):"
          + " \(what) (\(finding.cause.rawValue)) counts again"))
  }
}
