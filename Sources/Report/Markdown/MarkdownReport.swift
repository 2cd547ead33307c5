package import Evidence

/// The report as an incident report for a ticket: summary, time-line, findings with their evidence,
/// what speaks against the runners-up, what is missing, next steps. GitHub-flavoured Markdown.
package struct MarkdownReport {
  let report: Report
  var out: Output
  /// Left out of citations.
  let folder: String

  package static func write(_ report: Report, to out: inout Output) {
    var page = MarkdownReport(
      report: report, out: Output(), folder: report.sources.sharedFolder)
    swap(&page.out, &out)
    page.write()
    swap(&page.out, &out)
  }

  private mutating func write() {
    line("# 401 report" + Phrase.state(report))
    line("")
    summary()
    timeLine()
    let faults = report.findings.filter { $0.cause != .undecided }
    if !faults.isEmpty {
      heading("Findings")
      for finding in faults { self.finding(finding) }
    }
    let open = report.findings.filter { $0.cause == .undecided }
    if !open.isEmpty {
      heading("Undecided")
      for finding in open { self.finding(finding) }
    }
    ruledOut()
    missing()
    nextSteps()
    inputs()
  }

  private mutating func summary() {
    let totals = report.totals
    line("**\(Phrase.headline(totals)).**")
    if totals.first.isKnown { line("Seen \(Phrase.span(totals.first, totals.last)).") }
    if !totals.answeredBy.isEmpty {
      let who = totals.answeredBy.map {
        "\(MarkdownText.prose($0.who)) \(Phrase.grouped($0.count))"
      }
      line("Who said no: \(who.joined(separator: ", ")).")
    }
    if totals.failures401 > 0 { line(Phrase.reconciliation(report) + ".") }
    line("")
    guard !report.findings.isEmpty else { return }
    table(
      ["", "Cause", "Confidence", "Failures", "What happened"],
      report.findings.map { finding in
        [
          finding.id, MarkdownText.code(finding.cause.rawValue),
          finding.cause == .undecided ? "–" : Phrase.confidence(finding.confidence),
          Phrase.statuses(finding.statuses), MarkdownText.prose(finding.title),
        ]
      })
  }

  private mutating func timeLine() {
    let rows = TimeLine.rows(report)
    guard !rows.isEmpty else { return }
    heading("Time-line (UTC)")
    table(["Time", "Event"], rows.map { [$0.time.dateAndClock, $0.text] })
  }

  private mutating func ruledOut() {
    let rivals = report.findings.filter { $0.runnerUp != nil || !$0.against.isEmpty }
    guard !rivals.isEmpty else { return }
    heading("Considered and ranked lower")
    for finding in rivals {
      if let rival = finding.runnerUp {
        line(
          "- \(finding.id): not \(MarkdownText.code(rival.cause.rawValue))"
            + " (\(Phrase.decimals(rival.share))): \(MarkdownText.prose(rival.separatedBy))")
      }
      for claim in finding.against {
        line(
          "- \(finding.id), against: \(MarkdownText.prose(claim.text)) \(cited(claim.citations))")
      }
    }
    line("")
  }

  private mutating func missing() {
    var seen: [MissingInput] = []
    for finding in report.findings {
      for input in finding.missing where !seen.contains(input) { seen.append(input) }
    }
    guard !seen.isEmpty || !report.notes.isEmpty else { return }
    heading("What is missing")
    for input in seen {
      let command = input.command.isEmpty ? "" : ": " + MarkdownText.code(input.command)
      line("- \(MarkdownText.prose(input.what))\(command)")
    }
    for note in report.notes {
      line(
        "- \(note.kind.rawValue): \(MarkdownText.prose(note.text)) \(cited(note.citations))")
    }
    line("")
  }

  private mutating func nextSteps() {
    let steps = report.findings.filter { !$0.fix.isEmpty || !$0.verify.isEmpty }
    guard !steps.isEmpty else { return }
    heading("Next steps")
    for finding in steps {
      for text in finding.fix { line("- [ ] \(finding.id): \(MarkdownText.prose(text))") }
      for text in finding.verify {
        line("- [ ] \(finding.id), verify: \(MarkdownText.prose(text))")
      }
    }
    line("")
  }

  private mutating func inputs() {
    guard !report.inputs.isEmpty else { return }
    heading("What was read")
    if !folder.isEmpty {
      line("In \(MarkdownText.code(folder)):")
      line("")
    }
    table(
      ["Input", "Taken for", "Lines", "Not understood", "Span"],
      report.inputs.map { input in
        [
          name(input), MarkdownText.prose(input.role),
          Phrase.grouped(input.lines), unparsed(input), Phrase.span(input.first, input.last),
        ]
      })
    for input in report.inputs {
      for problem in input.problems {
        line(
          "- \(name(input)): \(MarkdownText.prose(problem))"
        )
      }
    }
    if report.inputs.contains(where: { !$0.problems.isEmpty }) { line("") }
    line("Made by why401 \(MarkdownText.prose(report.version)).")
  }

  private func name(_ input: InputSummary) -> String {
    MarkdownText.code(report.sources.short(report.sources.name(input.source), folder))
  }

  private func unparsed(_ input: InputSummary) -> String {
    let examples = input.unparsedExamples.isEmpty ? "" : " " + cited(input.unparsedExamples)
    return Phrase.grouped(input.unparsed) + examples
  }
}
