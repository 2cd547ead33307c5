internal import Evidence

/// One finding on the terminal.
extension TerminalReport {
  mutating func finding(_ finding: Finding) {
    line("")
    heading(finding)
    if let known = finding.suppression {
      entry("known", [.init(text: Neutral.text(known.words))], style: .yellow)
    }
    let count = Phrase.statuses(finding.statuses)
    let share =
      finding.count401 > 0
      ? ", \(Phrase.percent(finding.count401, of: report.totals.failures401)) of all 401s" : ""
    // Findings from words alone count no failures.
    if !count.isEmpty { entry("failures", [.init(text: count + share)]) }
    if finding.first.isKnown {
      let seconds = finding.last - finding.first
      let length = seconds >= 1 ? " (\(Phrase.duration(seconds)))" : ""
      entry("when", [.init(text: Phrase.span(finding.first, finding.last) + length)])
    }
    if !finding.answeredBy.isEmpty {
      entry("who", [.init(text: Neutral.text(finding.answeredBy) + " said no")])
    }
    affected("routes", finding.routes)
    // Known and waited for: what it is, and no advice.
    if finding.suppression != nil { return }
    affected("clients", finding.clients)
    affected("users", finding.users)
    claims("for", finding.supports, style: .green)
    for remark in finding.remarks { entry("note", [.init(text: Neutral.text(remark))]) }
    claims("against", finding.against, style: .red)
    claims("hops", finding.hops, style: .cyan)
    claims("one case", finding.lifeLine.map(Phrase.dated), style: .cyan)
    if let rival = finding.runnerUp {
      entry(
        "runner-up",
        [
          .init(text: rival.cause.rawValue, style: .cyan),
          .init(text: "(\(Phrase.decimals(rival.share))): \(Neutral.text(rival.separatedBy))"),
        ])
    }
    for (i, text) in finding.fix.enumerated() {
      entry(i == 0 ? "fix" : "", [.init(text: Neutral.text(text))], style: .bold)
    }
    for (i, text) in finding.verify.enumerated() {
      entry(i == 0 ? "verify" : "", [.init(text: Neutral.text(text))])
    }
    missing(finding)
  }

  private mutating func missing(_ finding: Finding) {
    guard !finding.missing.isEmpty else { return }
    if let earlier = saidMissing[finding.missing] {
      return entry("missing", [.init(text: "as for \(earlier)")], style: .yellow)
    }
    saidMissing[finding.missing] = finding.id
    for (i, missing) in finding.missing.enumerated() {
      entry(i == 0 ? "missing" : "", [.init(text: Neutral.text(missing.what))], style: .yellow)
      command(missing.command)
    }
  }

  /// `F1  token.expired — very likely (0.97)`, then the sentence that says what happened.
  private mutating func heading(_ finding: Finding) {
    let color: Paint.Style =
      switch finding.category {
      case .none: .boldGreen
      case .undecided: .boldYellow
      default: .boldRed
      }
    var words = finding.cause == .undecided ? "" : "— " + Phrase.confidence(finding.confidence)
    if finding.isProvisional { words += " (provisional)" }
    let lead = finding.id + String(repeating: " ", count: max(1, 4 - finding.id.count))
    block(
      [.init(text: finding.cause.rawValue, style: color), .init(text: words)],
      hang: 4, lead: lead)
    let indent = String(repeating: " ", count: TerminalReport.labelColumn)
    block(
      [.init(text: Neutral.text(finding.title), style: .bold)],
      hang: TerminalReport.labelColumn, lead: indent)
  }

  /// The first few names with their counts, and how many more there are.
  private mutating func affected(_ label: String, _ rows: [(name: String, count: Int)]) {
    guard !rows.isEmpty else { return }
    var names = rows.prefix(4).map { "\(Neutral.text($0.name)) (\(Phrase.grouped($0.count)))" }
    if rows.count > 4 { names.append("\(Phrase.grouped(rows.count - 4)) more") }
    entry(label, [.init(text: names.joined(separator: ", "))])
  }

  private mutating func claims(_ label: String, _ claims: [CitedClaim], style: Paint.Style) {
    for (i, claim) in claims.enumerated() {
      entry(
        i == 0 ? label : "",
        [
          .init(text: Neutral.text(claim.text)),
          .init(text: citations(claim.citations), style: .cyan),
        ], style: style)
    }
  }

  /// `ingress.log:12 orders.log:3 +4 more`.
  func citations(_ citations: [Citation]) -> String {
    let shown = report.sources.texts(Array(citations.prefix(3))).map(short)
    let rest = citations.count - shown.count
    return "[" + shown.joined(separator: " ") + (rest > 0 ? " +\(rest) more" : "") + "]"
  }

  /// A name or citation without the folder that all inputs share.
  func short(_ name: String) -> String {
    Neutral.text(report.sources.short(name, folder))
  }

  /// A command on a line of its own, never broken, so that it can be copied.
  mutating func command(_ text: String) {
    guard !text.isEmpty else { return }
    let indent = String(repeating: " ", count: TerminalReport.bodyColumn)
    line(indent + paint(.dim, "$ ") + Neutral.text(text))
  }
}
