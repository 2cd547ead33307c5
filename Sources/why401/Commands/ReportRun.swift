internal import Evidence
internal import Pipeline

/// What `analyze` and `stream` have in common: which inputs, which outputs, which exit status.
struct ReportRun {
  let request: Analysis.Request
  let outputs: ReportOutputs
  private let failOn: FailOn

  /// `nil` after a complaint, with the status to end with.
  static func begin(_ invocation: Invocation) -> Result<ReportRun, Stop> {
    var inputs = invocation.operands
    if inputs.isEmpty, !invocation.has("interface") {
      guard Terminal.isFed else {
        Descriptor.errors().write(Help.text(for: nil))
        return .failure(Stop(status: .usage))
      }
      inputs = ["-"]
    }
    let options: IngestOptions
    switch ReadingWishes.of(invocation) {
    case .failure(let wrong): return .failure(Stop(status: Entry.complain(wrong)))
    case .success(let wanted): options = wanted
    }
    switch ReportOutputs.open(invocation) {
    case .failure(let wrong): return .failure(Stop(status: Entry.complain(wrong)))
    case .success(let outputs):
      if inputs.contains("-"), Terminal.isTerminal(0) {
        Descriptor.errors().write("why401: reading from the terminal, end with Ctrl-D\n")
      }
      let failOn = invocation.value("fail-on").flatMap(FailOn.init) ?? .any
      return .success(
        ReportRun(
          request: Analysis.Request(inputs: inputs, options: options), outputs: outputs,
          failOn: failOn))
    }
  }

  /// The run ends before it began.
  struct Stop: Error { let status: ExitStatus }

  func finish(_ outcome: Analysis.Outcome) -> ExitStatus {
    for problem in outcome.unreadable { Descriptor.errors().write("why401: \(problem)\n") }
    let isWritten = outputs.write(outcome.report)
    return ExitStatus.of(
      outcome.report, isUnreadable: !outcome.unreadable.isEmpty || !isWritten,
      isInterrupted: outcome.isPartial, failOn: failOn)
  }
}
