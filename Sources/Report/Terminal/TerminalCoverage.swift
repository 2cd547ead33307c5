internal import Evidence

/// What was read, and what limits the verdicts.
extension TerminalReport {
  /// Inputs that are told one by one.
  private static let mostInputs = 500

  mutating func coverage() {
    guard !report.inputs.isEmpty || !report.notes.isEmpty else { return }
    line("")
    let place = folder.isEmpty ? "" : " in \(Neutral.text(folder))"
    block([.init(text: "What was read" + place, style: .bold)], hang: 2)
    for input in report.inputs.prefix(TerminalReport.mostInputs) { self.input(input) }
    let others = report.inputs.dropFirst(TerminalReport.mostInputs)
    if !others.isEmpty {
      let lines = others.reduce(0) { $0 + $1.lines }
      line("  and \(Phrase.count(others.count, "more input")), \(Phrase.count(lines, "line"))")
    }
    for note in report.notes {
      var pieces = [Wrap.Piece(text: "\(note.kind.rawValue): \(Neutral.text(note.text))")]
      if !note.citations.isEmpty {
        pieces.append(.init(text: citations(note.citations), style: .cyan))
      }
      block(pieces, hang: 4, lead: "  " + paint(.yellow, "!") + " ", leadWidth: 4)
    }
  }

  private mutating func input(_ input: InputSummary) {
    let isArchive = input.formats.contains { $0.format == .har }
    let unit = isArchive ? "entry" : report.sources.isCapture(input.source) ? "packet" : "line"
    var text = input.role.isEmpty ? "not recognised" : Neutral.text(input.role)
    if input.lines > 0 || !input.role.hasPrefix("archive") {
      text += ", " + Phrase.count(input.lines, unit)
    }
    if input.first.isKnown { text += ", " + Phrase.span(input.first, input.last) }
    block(
      [
        .init(text: short(report.sources.name(input.source)), style: .cyan),
        .init(text: text),
      ], hang: 4, lead: "  ")
    if input.unparsed > 0 {
      block(
        [
          .init(
            text: "\(Phrase.count(input.unparsed, unit)) not understood,"
              + " \(Phrase.percent(input.unparsed, of: input.lines)):"),
          .init(text: citations(input.unparsedExamples), style: .cyan),
        ], hang: 4, lead: "    ")
    }
    for problem in input.problems {
      block(
        [.init(text: Neutral.text(problem), style: .yellow)], hang: 6,
        lead: "    " + paint(.yellow, "!") + " ", leadWidth: 6)
    }
  }
}
