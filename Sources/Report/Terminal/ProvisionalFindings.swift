package import Evidence

/// Findings while reading goes on: two lines each, marked as provisional.
package enum ProvisionalFindings {
  package static func write(
    _ findings: [Finding], of report: Report, on screen: TerminalReport.Screen,
    to out: inout Output
  ) {
    for finding in findings {
      let mark: Paint.Style = finding.category == .none ? .green : .red
      let lead = "… "
      let pieces: [Wrap.Piece] = [
        .init(text: finding.last.clock + " provisional:", style: .dim),
        .init(text: finding.cause.rawValue, style: mark),
        .init(
          text: "— \(Phrase.confidence(finding.confidence)), \(Phrase.statuses(finding.statuses)):"),
        .init(text: Neutral.text(finding.title)),
        .init(
          text: "["
            + report.sources.texts(Array(finding.supports[0].citations.prefix(1)))
            .map(Neutral.text).joined() + "]", style: .cyan),
      ]
      for line in Wrap.lines(
        pieces, lead: lead, leadWidth: lead.count, hang: 2, width: screen.width,
        paint: screen.paint)
      {
        out.append(line)
        out.append(UInt8(ascii: "\n"))
      }
    }
  }
}
