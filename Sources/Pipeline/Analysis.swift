internal import Correlate
internal import Diagnose
package import Evidence
internal import Ingest

/// Batch: reads every input to its end, correlates, diagnoses, and hands back one report.
package struct Analysis: Sendable {
  /// What the user asked for.
  package struct Request: Sendable {
    /// Files, folders, bundles; `-` for standard input. In any order.
    package var inputs: [String]
    package var options: IngestOptions
    package init(inputs: [String], options: IngestOptions = IngestOptions()) {
      self.inputs = inputs
      self.options = options
    }
  }

  /// A report, and what could not be read at all.
  package struct Outcome: Sendable {
    package var report: Report
    /// One line per input that could not be opened, ready to print.
    package var unreadable: [String]
    /// Cancelled before the end; the report covers what was read by then.
    package var isPartial = false
  }

  package static func run(
    _ request: Request, watch: IngestRun.Watch = IngestRun.Watch()
  ) -> Outcome {
    // A reader that waits for a pipe cannot be called back: pipes are read as streams.
    if request.inputs.contains(where: InputFile.isPipe) {
      var stream = StreamRun.Watch()
      stream.isCancelled = watch.isCancelled
      return StreamRun.run(request, watch: stream)
    }
    let ingested = IngestRun(request.inputs, request.options, watch: watch)
    let report = diagnose(ingested.observations, ingested.sources)
    return Outcome(
      report: report, unreadable: ingested.problems, isPartial: ingested.isPartial)
  }

  /// Correlates and diagnoses what was read; the same for batch and stream.
  static func diagnose(_ observations: Observations, _ sources: Sources) -> Report {
    var report = Diagnosis.explain(Correlation.link(observations, sources))
    report.version = Version.text
    return report
  }
}
