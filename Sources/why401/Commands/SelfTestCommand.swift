internal import Evidence
internal import Pipeline
internal import Report

/// `why401 selftest`: the labelled runs that come with the source, explained and compared with their
/// labels; how often verdicts are right, and how often by confidence.
enum SelfTestCommand {
  private static let largestLabels = 64 << 20

  static func run(_ invocation: Invocation) -> ExitStatus {
    let folders = invocation.operands.isEmpty ? ["Samples/runs"] : invocation.operands
    let runs = SelfTest.runs(below: folders, IngestOptions()) { path in
      switch WholeFile.read(path, atMost: largestLabels) {
      case .success(let bytes): (bytes, nil)
      case .failure(let error): ([], error.text)
      }
    }
    guard !runs.isEmpty else {
      let names = folders.map(Neutral.text).joined(separator: ", ")
      Descriptor.errors().write(
        "why401: no labelled runs (labels.tsv beside inputs/) in \(names)\n"
          + (invocation.operands.isEmpty
            ? "They come with the source: run it in that folder, or name one that holds runs.\n"
            : ""))
      return .trouble
    }
    for problem in runs.flatMap(\.problems) {
      Complaint.say(problem)
    }
    let status = Entry.say(page(runs))
    return runs.contains { !$0.problems.isEmpty } ? .trouble : status
  }

  private static func page(_ runs: [SelfTest.Run]) -> String {
    var text = "run             failures   cause right   kind right   surely wrong\n"
    for run in runs { text += line(run.name, run.labelled, run.verdicts) }
    let all = runs.flatMap(\.verdicts)
    text += line("all", runs.reduce(0) { $0 + $1.labelled }, all)
    text += "\nconfidence      verdicts   right   mean confidence\n"
    for low in stride(from: 0, to: 100, by: 10) {
      let band = all.filter {
        $0.cause != .undecided && min(99, Int($0.confidence * 100)) / 10 == low / 10
      }
      guard !band.isEmpty else { continue }
      let right = share(band.count(where: \.isRight), of: band.count)
      let mean = band.reduce(0) { $0 + $1.confidence } / Double(band.count)
      text +=
        pad("\(low) to \(low + 10) %", 16, isLeft: true) + pad("\(band.count)", 8)
        + pad(right, 8) + pad(percent(mean), 18) + "\n"
    }
    let undecided = all.count { $0.cause == .undecided }
    return text + "undecided       " + pad("\(undecided)", 8) + "\n"
  }

  private static func line(_ name: String, _ labelled: Int, _ verdicts: [SelfTest.Verdict])
    -> String
  {
    let wrong = verdicts.count { !$0.isRightKind && $0.cause != .undecided && $0.confidence >= 0.8 }
    return pad(Neutral.text(name), 16, isLeft: true) + pad("\(labelled)", 8)
      + pad(share(verdicts.count(where: \.isRight), of: labelled), 14)
      + pad(share(verdicts.count(where: \.isRightKind), of: labelled), 13)
      + pad(share(wrong, of: labelled), 15) + "\n"
  }

  private static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "-" : percent(Double(part) / Double(whole))
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  private static func pad(_ text: String, _ width: Int, isLeft: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return isLeft ? text + blanks : blanks + text
  }
}
