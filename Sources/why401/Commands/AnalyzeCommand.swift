internal import Pipeline

/// `why401 [analyze] INPUT...`: batch.
enum AnalyzeCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    switch ReportRun.begin(invocation) {
    case .failure(let stop): return stop.status
    case .success(let run):
      let progress = Progress()
      var watch = IngestRun.Watch()
      watch.isCancelled = { Interruption.isWanted }
      watch.progress = { progress.show(done: $0, total: $1) }
      let outcome = Analysis.run(run.request, watch: watch)
      progress.clear()
      return run.finish(outcome)
    }
  }
}
