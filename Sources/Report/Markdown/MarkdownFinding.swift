internal import Evidence

/// One finding as a section, and the parts all sections are made of.
extension MarkdownReport {
  mutating func finding(_ finding: Finding) {
    let words =
      finding.cause == .undecided ? "" : ", \(Phrase.confidence(finding.confidence))"
    line("### \(finding.id) \(MarkdownText.code(finding.cause.rawValue))\(words)")
    line("")
    line(MarkdownText.prose(finding.title))
    line("")
    if let known = finding.suppression { line("- Known: \(MarkdownText.prose(known.words))") }
    let share =
      finding.count401 > 0
      ? " (\(Phrase.percent(finding.count401, of: report.totals.failures401)) of all 401s)" : ""
    if finding.count > 0 { line("- Failures: \(Phrase.statuses(finding.statuses))\(share)") }
    if finding.first.isKnown { line("- When: \(Phrase.span(finding.first, finding.last))") }
    if !finding.answeredBy.isEmpty {
      line("- Who said no: \(MarkdownText.prose(finding.answeredBy))")
    }
    affected("Routes", finding.routes)
    affected("Clients", finding.clients)
    affected("Users", finding.users)
    for remark in finding.remarks { line("- \(MarkdownText.prose(remark))") }
    line("")
    table(
      ["Evidence", "Lines"],
      finding.supports.map { [MarkdownText.prose($0.text), cited($0.citations)] })
    if !finding.hops.isEmpty {
      table(
        ["Headers from hop to hop", "Packets"],
        finding.hops.map { [MarkdownText.prose($0.text), cited($0.citations)] })
    }
    if !finding.lifeLine.isEmpty {
      table(
        ["One case", "Lines"],
        finding.lifeLine.map(Phrase.dated).map {
          [MarkdownText.prose($0.text), cited($0.citations)]
        })
    }
    guard !finding.clusters.isEmpty else { return }
    table(
      ["Answered by", "Request", "Service", "Client", "Status", "Count", "Example"],
      finding.clusters.prefix(12).map { row in
        [
          MarkdownText.prose(row.answeredBy),
          MarkdownText.code([row.method, row.host + row.route].joined(separator: " ")),
          MarkdownText.prose(row.service), MarkdownText.prose(row.client),
          Phrase.status(row.status), Phrase.grouped(row.count), cited([row.example]),
        ]
      })
    if finding.clusters.count > 12 {
      line("and \(Phrase.count(finding.clusters.count - 12, "more row")).")
      line("")
    }
  }

  private mutating func affected(_ label: String, _ rows: [(name: String, count: Int)]) {
    guard !rows.isEmpty else { return }
    var names = rows.prefix(5).map {
      "\(MarkdownText.code($0.name)) (\(Phrase.grouped($0.count)))"
    }
    if rows.count > 5 { names.append("\(Phrase.grouped(rows.count - 5)) more") }
    line("- \(label): \(names.joined(separator: ", "))")
  }

  func cited(_ citations: [Citation]) -> String {
    let shown = report.sources.texts(Array(citations.prefix(4))).map {
      MarkdownText.code(report.sources.short($0, folder))
    }
    let rest = citations.count - shown.count
    return shown.joined(separator: " ") + (rest > 0 ? " +\(rest) more" : "")
  }

  mutating func line(_ text: String) {
    out.append(text)
    out.append(UInt8(ascii: "\n"))
  }

  mutating func heading(_ text: String) {
    line("## \(text)")
    line("")
  }

  mutating func table(_ head: [String], _ rows: [[String]]) {
    line("| " + head.joined(separator: " | ") + " |")
    line("|" + String(repeating: "---|", count: head.count))
    for row in rows { line("| " + row.joined(separator: " | ") + " |") }
    line("")
    out.breathe()
  }
}
