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
    if request.inputs.contains(where: InputFile.isPipe) || !request.options.interfaces.isEmpty {
      var stream = StreamRun.Watch()
      stream.isCancelled = watch.isCancelled
      return StreamRun.run(request, watch: stream)
    }
    let options = request.options.lookedAt(request.inputs, watch: watch)
    var ingested = IngestRun(request.inputs, options, watch: watch)
    let sources = ingested.sources
    let problems = ingested.problems
    let isPartial = ingested.isPartial
    // Handed over, not copied: what one stage is done with is free for the next.
    var observations = Observations()
    swap(&observations, &ingested.observations)
    var report = diagnose(consume observations, sources, options)
    report.note(unread: problems, isInterrupted: isPartial)
    report.isProvisional = isPartial
    return Outcome(report: report, unreadable: problems, isPartial: isPartial)
  }

  /// Correlates and diagnoses what was read; the same for batch and stream.
  static func diagnose(
    _ observations: consuming Observations, _ sources: Sources, _ options: IngestOptions
  ) -> Report {
    let crew = Crew(hands: options.threads, run: Workers.run)
    var observations = consume observations
    observations.keep(options, sources)
    let overlaps = OverlapNotes.of(observations, sources)
    let unmet = WishCheck.unmet(options.wishes, observations, sources)
    let file = Correlation.link(
      consume observations, sources, options.wishes, crew: crew)
    var report = Diagnosis.explain(
      file, crew: crew, isWeighingTold: options.isWeighingTold)
    report.notes += RotationNotes.of(report)
    report.notes += overlaps
    report.notes += unmet.map { Note(kind: .reading, text: $0) }
    if let window = options.window { report.notes.append(window.note) }
    report.version = Version.text
    for file in options.settings {
      report.notes.append(Note(kind: .reading, text: "read with the settings of \(file)"))
    }
    Suppressing.apply(options.suppressions, to: &report)
    return report
  }
}

extension Report {
  /// Files named in notes; the others are counted.
  private static let mostNamed = 20

  /// Tells what is not in the report: inputs that could not be read, and what came after an interrupt.
  mutating func note(unread problems: [String], isInterrupted: Bool) {
    unread = problems.map(Masked.text)
    self.isInterrupted = isInterrupted
    for problem in unread.prefix(Report.mostNamed) {
      notes.append(Note(kind: .coverage, text: "could not be read: \(problem)"))
    }
    if unread.count > Report.mostNamed {
      notes.append(
        Note(kind: .coverage, text: "could not be read: \(unread.count - Report.mostNamed) more"))
    }
    if isInterrupted {
      notes.append(
        Note(kind: .coverage, text: "interrupted: what was not read by then is not in this report"))
    }
  }
}
