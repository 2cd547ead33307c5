package import Evidence

/// The report as a person reads it in a terminal: headline, who said no, findings, undecided,
/// coverage, and one line in which all counts add up.
package struct TerminalReport {
  /// Where it is shown: width in columns, colours or none.
  package struct Screen: Sendable {
    package var width: Int
    package var paint: Paint
    /// Wide windows get no wider lines than this: long lines are hard to read.
    package init(width: Int = 80, paint: Paint = Paint(isOn: false)) {
      self.width = min(max(width, 40), 110)
      self.paint = paint
    }
  }

  let report: Report
  let screen: Screen
  var out: Output
  /// Folder that all inputs share, left out of citations when it is long; with its last slash.
  let folder: String
  /// What was said to be missing before, and by which finding: said once.
  var saidMissing: [[MissingInput]: String] = [:]
  var paint: Paint { screen.paint }

  package static func write(_ report: Report, on screen: Screen = Screen(), to out: inout Output) {
    var page = TerminalReport(
      report: report, screen: screen, out: Output(), folder: report.sources.sharedFolder)
    swap(&page.out, &out)
    page.write()
    swap(&page.out, &out)
  }

  private mutating func write() {
    headline()
    for finding in report.findings where finding.cause != .undecided { self.finding(finding) }
    undecided()
    coverage()
    summary()
  }

  private mutating func headline() {
    let totals = report.totals
    let style: Paint.Style = totals.failures401 + totals.adjacent > 0 ? .bold : .boldGreen
    let state =
      report.isProvisional && !report.isInterrupted
      ? " (provisional: still reading)" : Phrase.state(report)
    block([.init(text: Phrase.headline(totals) + state, style: style)], hang: 0)
    if totals.first.isKnown { line(paint(.dim, Phrase.span(totals.first, totals.last))) }
    if !totals.answeredBy.isEmpty {
      let who = totals.answeredBy.map { "\(Neutral.text($0.who)) \(Phrase.grouped($0.count))" }
      block([.init(text: "Who said no: " + who.joined(separator: " · "))], hang: 2)
    }
  }

  private mutating func undecided() {
    let open = report.findings.filter { $0.cause == .undecided }
    guard !open.isEmpty || report.totals.undecided > 0 else { return }
    line("")
    let count = report.totals.undecided
    line(paint(.boldYellow, "Undecided" + (count > 0 ? ": \(Phrase.grouped(count)) × 401" : "")))
    for finding in open { self.finding(finding) }
  }

  private mutating func summary() {
    guard report.totals.failures401 > 0 else { return }
    line("")
    block([.init(text: Phrase.reconciliation(report) + ".", style: .bold)], hang: 2)
  }

  // MARK: Lines

  mutating func line(_ text: String) {
    out.append(text)
    out.append(UInt8(ascii: "\n"))
  }

  /// Wrapped text behind `lead`, which may be coloured and takes `leadWidth` columns; further lines
  /// begin at column `hang`.
  mutating func block(
    _ pieces: [Wrap.Piece], hang: Int, lead: String = "", leadWidth: Int? = nil
  ) {
    for text in Wrap.lines(
      pieces, lead: lead, leadWidth: leadWidth ?? lead.count, hang: hang, width: screen.width,
      paint: paint)
    {
      line(text)
    }
  }

  static let labelColumn = 4
  static let bodyColumn = 15

  /// `    for       text`, the label dimmed.
  mutating func entry(_ label: String, _ pieces: [Wrap.Piece], style: Paint.Style = .dim) {
    let indent = String(repeating: " ", count: TerminalReport.labelColumn)
    let gap = TerminalReport.bodyColumn - TerminalReport.labelColumn - label.count
    let lead = indent + paint(style, label) + String(repeating: " ", count: max(1, gap))
    block(
      pieces, hang: TerminalReport.bodyColumn, lead: lead, leadWidth: TerminalReport.bodyColumn)
  }
}
