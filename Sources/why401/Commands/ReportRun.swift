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
        return .failure(Stop(status: noInput(invocation)))
      }
      inputs = ["-"]
    }
    let options: IngestOptions
    switch ReadingWishes.of(invocation) {
    case .failure(let wrong): return .failure(Stop(status: Entry.complain(wrong)))
    case .success(let wanted): options = wanted
    }
    switch ReportOutputs.open(invocation, inputs: inputs) {
    case .failure(.wrong(let wrong)): return .failure(Stop(status: Entry.complain(wrong)))
    case .failure(.unwritable(let text)):
      Complaint.say(text)
      return .failure(Stop(status: .trouble))
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

  /// An option that took the only name for its own file is the usual reason; else help tells.
  private static func noInput(_ invocation: Invocation) -> ExitStatus {
    let takers = OptionTable.all.filter { option in
      option.section == .output && option.value == "FILE"
        && invocation.value(option.name).map { $0 != "-" && Terminal.exists($0) } == true
    }
    guard let taker = takers.first, let file = invocation.value(taker.name) else {
      Descriptor.errors().write(Help.text(for: nil))
      return .usage
    }
    return Entry.complain(.init(text: "no input; --\(taker.name) took \(file) as its file"))
  }

  /// The run ends before it began.
  struct Stop: Error { let status: ExitStatus }

  func finish(_ outcome: Analysis.Outcome) -> ExitStatus {
    Complaint.say(outcome.unreadable)
    let isWritten = outputs.write(outcome.report)
    return ExitStatus.of(
      outcome.report, isUnreadable: !outcome.unreadable.isEmpty || !isWritten,
      isInterrupted: outcome.isPartial, failOn: failOn)
  }
}
