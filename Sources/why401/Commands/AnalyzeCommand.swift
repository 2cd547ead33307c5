internal import Evidence
internal import Pipeline

/// `why401 [analyze] INPUT...`: batch.
enum AnalyzeCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var inputs = invocation.operands
    if inputs.isEmpty {
      guard Terminal.isFed else {
        Descriptor.errors().write(Help.text(for: nil))
        return .usage
      }
      inputs = ["-"]
    }
    let outputs: ReportOutputs
    switch ReportOutputs.open(invocation) {
    case .failure(let wrong): return Entry.complain(wrong)
    case .success(let opened): outputs = opened
    }
    if inputs.contains("-"), Terminal.isTerminal(0) {
      Descriptor.errors().write("why401: reading from the terminal, end with Ctrl-D\n")
    }
    var watch = IngestRun.Watch()
    watch.isCancelled = { Interruption.isWanted }
    let outcome = Analysis.run(Analysis.Request(inputs: inputs), watch: watch)
    for problem in outcome.unreadable { Descriptor.errors().write("why401: \(problem)\n") }
    let isWritten = outputs.write(outcome.report)
    return ExitStatus.of(
      outcome.report, isUnreadable: !outcome.unreadable.isEmpty || !isWritten,
      isInterrupted: Interruption.isWanted,
      failOn: FailOn(rawValue: invocation.value("fail-on") ?? "") ?? .any)
  }
}
