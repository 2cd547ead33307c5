package import Evidence
internal import Ingest

/// Reads inputs that may never end, each on a thread of its own, and diagnoses what came so far again
/// and again. The engine is that of batch: the same bytes give the same final report.
package enum StreamRun {
  /// How the caller looks on.
  package struct Watch {
    /// Called on the caller's thread with what is known so far.
    package var provisional: ((Report) -> Void)?
    package var isCancelled: @Sendable () -> Bool = { false }
    /// Asked on the caller's thread: nobody is there for a report any more.
    package var isUnwanted: (() -> Bool)?
    /// Plain files that were named are read on beyond their end, until somebody cancels.
    package var followsFiles = false
    package init() {}
  }

  /// The share of time that provisional reports may take.
  private static let share = 0.1
  /// Seconds between two of them, at least.
  private static let shortest = 1.0

  package static func run(_ request: Analysis.Request, watch: Watch = Watch()) -> Analysis.Outcome {
    let plan = InputPlan(
      request.inputs, blockSize: .max, interfaces: request.options.interfaces,
      following: watch.followsFiles ? Set(request.inputs) : [])
    var options = plan.completed(request.options)
    options.settleWindow()
    let settled = options
    let names = plan.sources.all.map(\.name)
    let reading = SourceReading(settled, isCancelled: watch.isCancelled)
    let taps = (plan.pipes + plan.jobs).map { Tap($0, name: names[Int($0.source)], plan.register) }
    for tap in taps where !Workers.detach({ tap.read(reading) }) {
      tap.read(reading)
    }
    // Beside a pipe, files that grow are followed as long as the pipe lasts.
    let endsWithPipes = !plan.pipes.isEmpty
    var seen = 0
    var pause = Pause()
    var next = Pause.now + shortest
    while !watch.isCancelled(), watch.isUnwanted?() != true,
      taps.contains(where: { endsWithPipes ? !$0.isIdle : !$0.progress.hasEnded })
    {
      pause.rest()
      guard let provisional = watch.provisional, Pause.now >= next else { continue }
      let bytes = taps.reduce(0) { $0 + $1.progress.bytes }
      guard bytes > seen else { continue }
      seen = bytes
      let began = Pause.now
      var report = report(taps, plan, settled)
      report.markProvisional()
      provisional(report)
      // Work grows with what was read; a fixed share of the time keeps the whole linear.
      next = Pause.now + max(shortest, (Pause.now - began) / share)
    }
    let deadline = Pause.now + 2
    while watch.isCancelled(), Pause.now < deadline, taps.contains(where: \.isFinishing) {
      pause.rest()
    }
    var report = report(taps, plan, settled)
    report.note(unread: plan.problems, isInterrupted: watch.isCancelled())
    return Analysis.Outcome(
      report: report, unreadable: plan.problems, isPartial: watch.isCancelled())
  }

  private static func report(
    _ taps: [Tap], _ plan: InputPlan, _ options: IngestOptions
  ) -> Report {
    var settling = Settling(taps.map { $0.snapshot() }, options)
    settling.settle(options, plan)
    var observations = Observations()
    swap(&observations, &settling.observations)
    return Analysis.diagnose(consume observations, settling.sources, options)
  }
}
