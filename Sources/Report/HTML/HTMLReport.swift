package import Evidence

/// The report as one page that needs nothing else: no scripts, no fonts, no requests. Text from
/// inputs is made harmless and escaped; a content security policy forbids everything but the
/// page's own style.
package struct HTMLReport {
  let report: Report
  var out: Output
  /// Left out of citations.
  let folder: String

  package static func write(_ report: Report, to out: inout Output) {
    var page = HTMLReport(
      report: report, out: Output(), folder: report.sources.sharedFolder)
    swap(&page.out, &out)
    page.write()
    swap(&page.out, &out)
  }

  private mutating func write() {
    let title = Markup.escape(Phrase.headline(report.totals))
    tag(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>why401: \(title)</title>
      <style>
      """)
    out.append(HTMLStyle.sheet)
    tag("\n</style>\n</head>\n<body>\n<header>")
    tag("<h1>\(title)\(Phrase.state(report))</h1>")
    if report.totals.first.isKnown {
      tag("<p class=\"dim\">\(Phrase.span(report.totals.first, report.totals.last))</p>")
    }
    tag("</header>\n<main>")
    summary()
    chart()
    list("Findings", report.findings.filter { $0.cause != .undecided })
    list("Undecided", report.findings.filter { $0.cause == .undecided })
    notes()
    inputs()
    tag("</main>\n<footer>")
    if report.totals.failures401 > 0 {
      tag("<p>\(Markup.escape(Phrase.reconciliation(report))).</p>")
    }
    tag("<p>Made by why401 \(Markup.escape(report.version)). Times are UTC.</p>")
    tag("</footer>\n</body>\n</html>")
  }

  private mutating func summary() {
    let totals = report.totals
    tag(
      "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n<ul class=\"tiles\">"
    )
    for (number, words) in [
      (totals.failures401, "401s"), (totals.explained, "explained"),
      (totals.benign, "harmless or foreign"), (totals.undecided, "undecided"),
      (totals.adjacent, "related failures"), (totals.requests, "requests read"),
    ] {
      tag("<li><b>\(Phrase.grouped(number))</b> \(words)</li>")
    }
    tag("</ul>")
    if !totals.answeredBy.isEmpty {
      let who = totals.answeredBy.map { "\(Markup.escape($0.who)) \(Phrase.grouped($0.count))" }
      tag("<p>Who said no: \(who.joined(separator: " · ")).</p>")
    }
    if !report.findings.isEmpty {
      table(
        "Findings at a glance",
        head: ["Finding", "Cause", "Confidence", "Failures", "What happened"],
        report.findings.map { finding in
          [
            "<a href=\"#\(anchor(finding))\">\(Markup.escape(finding.id))</a>",
            "<code class=\"id\">\(finding.cause.rawValue)</code>",
            finding.cause == .undecided ? "–" : Phrase.confidence(finding.confidence),
            Phrase.statuses(finding.statuses), Markup.escape(finding.title),
          ]
        })
    }
    tag("</section>")
  }

  private mutating func list(_ heading: String, _ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    let id = heading.lowercased()
    tag("<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(heading)</h2>")
    for finding in findings { self.finding(finding) }
    tag("</section>")
  }

  private mutating func notes() {
    guard !report.notes.isEmpty else { return }
    tag(
      "<section aria-labelledby=\"limits\">\n<h2 id=\"limits\">What limits the verdicts</h2>\n<ul>")
    for note in report.notes {
      tag("<li>\(note.kind.rawValue): \(Markup.escape(note.text)) \(cited(note.citations))</li>")
    }
    tag("</ul>\n</section>")
  }

  private mutating func inputs() {
    guard !report.inputs.isEmpty else { return }
    tag("<section aria-labelledby=\"inputs\">\n<h2 id=\"inputs\">What was read</h2>")
    if !folder.isEmpty { tag("<p>In \(code(folder))</p>") }
    table(
      "Inputs", head: ["Input", "Taken for", "Lines", "Not understood", "Span"],
      report.inputs.map { input in
        let problems = input.problems.map { "<br>" + Markup.escape($0) }.joined()
        let unparsed = Phrase.grouped(input.unparsed)
        return [
          code(report.sources.short(report.sources.name(input.source), folder)),
          Markup.escape(input.role) + problems,
          Phrase.grouped(input.lines),
          input.unparsed > 0 ? unparsed + " " + cited(input.unparsedExamples) : unparsed,
          Phrase.span(input.first, input.last),
        ]
      })
    tag("</section>")
  }

  // MARK: Parts

  mutating func tag(_ text: String) {
    out.append(text)
    out.append(UInt8(ascii: "\n"))
    out.breathe()
  }

  /// Cells are ready-made HTML.
  mutating func table(_ caption: String, head: [String], _ rows: [[String]]) {
    tag("<div class=\"scroll\" role=\"region\" aria-label=\"\(caption)\" tabindex=\"0\">")
    tag("<table>\n<caption>\(caption)</caption>\n<thead><tr>")
    for cell in head { tag("<th scope=\"col\">\(cell)</th>") }
    tag("</tr></thead>\n<tbody>")
    for row in rows { tag("<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>") }
    tag("</tbody>\n</table>\n</div>")
  }

  func code(_ foreign: String) -> String { "<code>\(Markup.escape(foreign))</code>" }

  func cited(_ citations: [Citation]) -> String {
    guard !citations.isEmpty else { return "" }
    let shown = report.sources.texts(Array(citations.prefix(4))).map {
      report.sources.short($0, folder)
    }
    let rest = citations.count - shown.count
    return shown.map { "<code class=\"cite\">\(Markup.escape($0))</code>" }.joined(separator: " ")
      + (rest > 0 ? " <span class=\"dim\">+\(rest) more</span>" : "")
  }

  func anchor(_ finding: Finding) -> String { "finding-" + Markup.escape(finding.id) }
}
