internal import Evidence

/// One finding as an article.
extension HTMLReport {
  mutating func finding(_ finding: Finding) {
    let kind =
      switch finding.category {
      case .none: " class=\"harmless\""
      case .undecided: " class=\"undecided\""
      default: ""
      }
    let id = anchor(finding)
    let words =
      finding.cause == .undecided ? "" : ": \(Phrase.confidence(finding.confidence))"
    tag("<article id=\"\(id)\"\(kind) aria-labelledby=\"\(id)-name\">")
    tag(
      "<h3 id=\"\(id)-name\">\(Markup.escape(finding.id)) \(code(finding.cause.rawValue))\(words)"
        + "</h3>")
    tag("<p class=\"what\">\(Markup.escape(finding.title))</p>\n<dl>")
    let share =
      finding.count401 > 0
      ? ", \(Phrase.percent(finding.count401, of: report.totals.failures401)) of all 401s" : ""
    if let known = finding.suppression { row("known", Markup.escape(known.words)) }
    if finding.count > 0 {
      row("failures", Markup.escape(Phrase.statuses(finding.statuses) + share))
    }
    if finding.first.isKnown { row("when", Phrase.span(finding.first, finding.last)) }
    if !finding.answeredBy.isEmpty { row("who said no", Markup.escape(finding.answeredBy)) }
    row("routes", named(finding.routes))
    row("clients", named(finding.clients))
    row("users", named(finding.users))
    row("for", claims(finding.supports))
    row("notes", items(finding.remarks))
    row("against", claims(finding.against))
    row("hops", claims(finding.hops))
    row("one case", claims(finding.lifeLine.map(Phrase.dated)))
    if let rival = finding.runnerUp {
      row(
        "runner-up",
        "\(code(rival.cause.rawValue)) (\(Phrase.decimals(rival.share))):"
          + " \(Markup.escape(rival.separatedBy))")
    }
    row("fix", items(finding.fix))
    row("verify", items(finding.verify))
    let missing = finding.missing.map { input in
      "<p>\(Markup.escape(input.what))</p>"
        + (input.command.isEmpty ? "" : "<pre>\(Markup.escape(input.command))</pre>")
    }
    row("missing", missing.joined())
    tag("</dl>")
    clusters(finding)
    tag("</article>")
  }

  private mutating func clusters(_ finding: Finding) {
    guard !finding.clusters.isEmpty else { return }
    tag("<details>\n<summary>\(Phrase.count(finding.clusters.count, "kind")) of request</summary>")
    table(
      "Rows of \(Markup.escape(finding.id))",
      head: ["Answered by", "Request", "Service", "Client", "Status", "Count", "Example"],
      finding.clusters.prefix(50).map { row in
        [
          Markup.escape(row.answeredBy), code("\(row.method) \(row.host)\(row.route)"),
          Markup.escape(row.service), Markup.escape(row.client), Phrase.status(row.status),
          Phrase.grouped(row.count), cited([row.example]),
        ]
      })
    if finding.clusters.count > 50 {
      tag("<p class=\"dim\">and \(Phrase.count(finding.clusters.count - 50, "more row")).</p>")
    }
    tag("</details>")
  }

  private mutating func row(_ term: String, _ html: String) {
    if !html.isEmpty { tag("<dt>\(term)</dt><dd>\(html)</dd>") }
  }

  private func named(_ rows: [(name: String, count: Int)]) -> String {
    var names = rows.prefix(5).map { "\(code($0.name)) (\(Phrase.grouped($0.count)))" }
    if rows.count > 5 { names.append("\(Phrase.grouped(rows.count - 5)) more") }
    return names.joined(separator: ", ")
  }

  private func claims(_ claims: [CitedClaim]) -> String {
    list(claims.map { "\(Markup.escape($0.text)) \(cited($0.citations))" })
  }

  private func items(_ texts: [String]) -> String { list(texts.map(Markup.escape)) }

  /// One item stands alone; several make a list.
  private func list(_ html: [String]) -> String {
    switch html.count {
    case 0: ""
    case 1: html[0]
    default: "<ul>" + html.map { "<li>\($0)</li>" }.joined() + "</ul>"
    }
  }
}
