internal import Evidence
internal import Pipeline
internal import Report

/// `why401 formats [INPUT...]`: every format that can be read, what the given inputs were read as, or
/// (`--why`) how one line was.
enum FormatsCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let options: IngestOptions
    switch ReadingWishes.of(invocation) {
    case .failure(let wrong): return Entry.complain(wrong)
    case .success(let wanted): options = wanted
    }
    if let citation = invocation.value("why") {
      guard invocation.operands.isEmpty else {
        return Entry.complain(.init(text: "--why takes one line, and no other input"))
      }
      return WhyPage.run(citation, options)
    }
    guard !invocation.operands.isEmpty else { return Entry.say(catalogue) }
    let read = IngestRun(invocation.operands, options)
    Complaint.say(read.problems)
    var text = ""
    var isWhole = read.problems.isEmpty
    for (index, source) in read.sources.all.enumerated() {
      let coverage = read.observations.coverage[UInt16(index)] ?? Coverage()
      if !coverage.problems.isEmpty { isWhole = false }
      text += Neutral.text(source.name) + "\n"
      for line in lines(coverage, source) { text += "  \(line)\n" }
    }
    let said = Entry.say(text)
    return said == .clean && !isWhole ? .trouble : said
  }

  /// A row for every format for which there is a reader.
  private static var catalogue: String {
    Format.allCases.compactMap { format in
      guard let summary = format.summary else { return nil }
      let name = format.rawValue
      return name + String(repeating: " ", count: max(2, 25 - name.count)) + summary + "\n"
    }.joined()
  }

  private static func lines(_ coverage: Coverage, _ source: Source) -> [String] {
    var lines = [
      "\(coverage.lines) \(source.isCapture ? "packet" : "line")\(coverage.lines == 1 ? "" : "s")"
    ]
    if coverage.isArchive {
      let count = coverage.entriesRead
      lines = ["archive: \(count) \(count == 1 ? "entry" : "entries") read"]
      if !coverage.entriesPassedOver.isEmpty {
        lines.append("passed over: " + coverage.passedOverInWords)
      }
    }
    if coverage.first.isKnown {
      lines[0] += ", \(coverage.first.rfc3339) to \(coverage.last.rfc3339)"
    }
    let formats = coverage.formats.sorted {
      ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue)
    }
    for (format, count) in formats { lines.append("\(format.rawValue): \(count)") }
    if coverage.continuations > 0 { lines.append("continuations: \(coverage.continuations)") }
    if coverage.unparsed > 0 {
      let examples = coverage.unparsedExamples.map { String($0.number) }.joined(separator: ", ")
      lines.append("unparsed: \(coverage.unparsed) (line \(examples))")
    }
    if coverage.zoneUncertain {
      lines.append("stamps have no zone and were read as UTC; --timezone tells another")
    }
    if let offset = coverage.zoneOffset, offset != 0 {
      let hours = abs(offset) / 3600
      let minutes = abs(offset) % 3600 / 60
      lines.append(
        "stamps without a zone are UTC\(offset < 0 ? "-" : "+")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
      )
    }
    return lines + coverage.problems.map(Neutral.text)
  }
}
