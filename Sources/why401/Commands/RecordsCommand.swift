internal import Evidence
internal import Pipeline
internal import Report

/// `why401 records INPUT...`: the inputs as NDJSON on standard output.
enum RecordsCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var inputs = invocation.operands
    if inputs.isEmpty {
      guard Terminal.isFed else {
        Descriptor.errors().write(Help.text(for: .records))
        return .usage
      }
      inputs = ["-"]
    }
    let options: IngestOptions
    switch ReadingWishes.of(invocation) {
    case .failure(let wrong): return Entry.complain(wrong)
    case .success(let wanted): options = wanted
    }
    let output = Descriptor.output()
    var redaction = LineRedaction(RedactionLevel.of(invocation))
    let run = RecordsRun(inputs, options) { bytes in
      output.write(redaction.records(bytes)) && !Interruption.isWanted
    }
    Complaint.say(run.problems)
    if output.failure != 0 { return .trouble }
    if Interruption.isWanted { return .interrupted }
    return run.problems.isEmpty ? .clean : .trouble
  }
}
