internal import ByteScan
internal import Captures
internal import Evidence
internal import Ingest
internal import Synchronization

/// Writes a record for every line and every message of the inputs, source after source and line after line.
/// Holds a few blocks at a time.
package struct RecordsRun {
  /// Inputs that could not be read, or not to their end: ready to print.
  package private(set) var problems: [String]

  private let options: IngestOptions
  private let plan: InputPlan
  private let write: ([UInt8]) -> Bool
  private var output: [UInt8] = []
  private var hasFailed = false

  /// `write` gets NDJSON piece by piece; `false` ends the run.
  package init(
    _ inputs: [String], _ options: IngestOptions = IngestOptions(),
    write: @escaping ([UInt8]) -> Bool
  ) {
    var options = options
    options.keepsCapturesInFull = true
    if inputs.contains(where: InputFile.isPipe) {
      options.settleWindow()
    } else {
      options = options.lookedAt(inputs)
    }
    plan = InputPlan(inputs, blockSize: options.blockSize)
    self.options = plan.completed(options)
    self.write = write
    problems = plan.problems
    for (source, reason) in plan.passedOver.sorted(by: { $0.key < $1.key }) {
      problems.append("\(plan.sources.all[Int(source)].name): \(reason)")
    }
    let jobs = Dictionary(grouping: plan.jobs + plan.pipes, by: \.source)
    for source in plan.sources.all.indices where !hasFailed {
      run(jobs[UInt16(source)] ?? [], plan.sources.all[source])
    }
  }

  private mutating func run(_ jobs: [InputPlan.Job], _ source: Source) {
    guard let first = jobs.first else { return }
    switch first.kind {
    case .capture: capture(first, source)
    case .stream: stream(first, source)
    case .packed: packed(first, source)
    case .interface, .tail: break
    case .block: blocks(jobs, source)
    }
  }

  // MARK: Kinds of sources

  private mutating func capture(_ job: InputPlan.Job, _ source: Source) {
    var observations = Observations()
    CaptureReader.read(
      path: job.path, source: job.source, options: options.capture, into: &observations)
    record(&observations, source)
    note(observations.coverage[job.source], source)
  }

  private mutating func record(_ observations: inout Observations, _ source: Source) {
    if let window = options.window { observations.keep(window) }
    observations.sort()
    var recorder = Recorder()
    for request in observations.requests { recorder.request(request, observations) }
    for request in observations.successes.finish() { recorder.request(request, observations) }
    for event in observations.network { recorder.network(event, observations) }
    put(recorder, source, base: 0)
  }

  private mutating func blocks(_ jobs: [InputPlan.Job], _ source: Source) {
    func number(_ job: InputPlan.Job) -> Int {
      if case .block(let number, _, _, _) = job.kind { number } else { 0 }
    }
    let jobs = jobs.sorted { number($0) < number($1) }
    var options = options
    options.fallbackOffset = offset(jobs, source)
    let settled = options
    var base = 0
    var next = 0
    while next < jobs.count, !hasFailed {
      let batch = Array(jobs[next..<min(next + options.threads, jobs.count)])
      let sinks = Mutex<[Int: Sink]>([:])
      Workers.run(batch.count) { index in
        var sink = Sink()
        sink.recorder = Recorder()
        var reading = SourceReading(settled, isCancelled: { false })
        reading.read(batch[index], into: &sink)
        let filled = sink
        sinks.withLock { $0[index] = filled }
      }
      let filled = sinks.withLock { $0 }
      for index in batch.indices {
        guard let sink = filled[index], let recorder = sink.recorder else { continue }
        put(recorder, source, base: base)
        base += sink.observations.coverage[batch[index].source]?.lines ?? 0
        note(sink.observations.coverage[batch[index].source], source)
      }
      next += batch.count
    }
  }

  /// The zone of stamps without one, from the first block: records cannot be changed once they are out.
  private func offset(_ jobs: [InputPlan.Job], _ source: Source) -> Int? {
    guard options.timezone == nil, let first = jobs.first else { return nil }
    var sink = Sink()
    var reading = SourceReading(options, isCancelled: { false })
    reading.read(first, into: &sink)
    return sink.zones[first.source]?.winner
  }

  private mutating func stream(_ job: InputPlan.Job, _ source: Source) {
    do throws(InputFailure) {
      let bytes = ByteStream(try InputFile(path: job.path))
      if bytes.isPacked || bytes.document != nil {
        return packed(
          job, source,
          PieceMaker(
            job, name: source.name, plan.register, blockSize: options.blockSize, bytes))
      }
      var reading = SourceReading(options, isCancelled: { false })
      if bytes.isCapture {
        var observations = reading.capture(bytes, job.source).observations
        var named = source
        named.isCapture = true
        record(&observations, named)
        note(observations.coverage[job.source], source)
        return
      }
      var sink = Sink()
      sink.recorder = Recorder()
      var feed = reading.feed(job)
      let end = reading.chunks(bytes) { (chunk, count) in
        guard !hasFailed else { return }
        feed.append(chunk, count, &sink)
        if let recorder = sink.recorder { put(recorder, source, base: 0, isStream: true) }
        sink.recorder?.removeAll()
        feed.renewSymbols(&sink)
      }
      feed.finish(&sink, isLast: true, isCut: end.fault != nil)
      if let recorder = sink.recorder { put(recorder, source, base: 0, isStream: true) }
      reading.note(end, job.source, &sink)
      note(sink.observations.coverage[job.source], source)
    } catch {
      problems.append("\(source.name): \(error.text)")
    }
  }

  /// A compressed file, or the entries of an archive in their order.
  private mutating func packed(_ job: InputPlan.Job, _ source: Source) {
    do throws(InputFailure) {
      packed(
        job, source,
        try PieceMaker(job, name: source.name, plan.register, blockSize: options.blockSize))
    } catch {
      problems.append("\(source.name): \(error.text)")
    }
  }

  private mutating func packed(
    _ job: InputPlan.Job, _ source: Source, _ maker: consuming PieceMaker
  ) {
    var maker = maker
    var base = 0
    var settled = options
    var buffer: [UInt8] = []
    while !hasFailed, let piece = maker.next(reusing: buffer) {
      let number = piece.source
      let entry = Source(name: piece.name, isCapture: piece.kind.isNumbered)
      if piece.number == 0 {
        base = 0
        settled.fallbackOffset = nil
        if options.timezone == nil, !piece.kind.isNumbered {
          var sink = Sink()
          var reading = SourceReading(options, isCancelled: { false })
          _ = reading.read(piece, into: &sink)
          settled.fallbackOffset = sink.zones[number]?.winner
        }
      }
      var reading = SourceReading(settled, isCancelled: { false })
      var sink = Sink()
      if piece.kind.isNumbered {
        _ = reading.read(piece, into: &sink)
        record(&sink.observations, entry)
        buffer = []
      } else {
        sink.recorder = Recorder()
        buffer = reading.read(piece, into: &sink)
        // Exchanges of a transcript; everything else went to the recorder at once.
        var exchanges = Recorder()
        for request in sink.observations.requests {
          exchanges.request(request, sink.observations)
        }
        put(exchanges, entry, base: base)
        if let recorder = sink.recorder { put(recorder, entry, base: base) }
      }
      base += sink.observations.coverage[number]?.lines ?? 0
      note(sink.observations.coverage[number], entry)
    }
    var sink = Sink()
    SourceReading.note(maker, &sink)
    if let fault = sink.brokenOff[job.source] {
      problems.append("\(source.name): \(fault.text(lines: base))")
    }
    let names = plan.register.all.map(\.name)
    for (number, coverage) in sink.observations.coverage.sorted(by: { $0.key < $1.key }) {
      for problem in coverage.problems { problems.append("\(names[Int(number)]): \(problem)") }
    }
  }

  // MARK: Output

  private mutating func note(_ coverage: Coverage?, _ source: Source) {
    for problem in coverage?.problems ?? [] { problems.append("\(source.name): \(problem)") }
  }

  private mutating func put(
    _ recorder: borrowing Recorder, _ source: Source, base: Int, isStream: Bool = false
  ) {
    var start = 0
    output.removeAll(keepingCapacity: true)
    let opening = RecordsRun.opening(source)
    for mark in recorder.marks {
      output.append(contentsOf: opening)
      let number =
        source.isCapture
        ? mark.number
        : isStream
          ? LineNumber.absolute(mark.number) : base + LineNumber.line(mark.number)
      output.append(contentsOf: String(number).utf8)
      output.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ",")])
      output.append(contentsOf: recorder.bytes[start..<mark.end])
      start = mark.end
    }
    if !output.isEmpty, !write(output) { hasFailed = true }
  }

  /// `{"citation":"NAME:`, with the name's quotes and controls escaped.
  private static func opening(_ source: Source) -> [UInt8] {
    var bytes = Array("{\"citation\":".utf8)
    JSONOutput.quote(Array(source.name.utf8)[...], into: &bytes)
    bytes.removeLast()
    bytes.append(source.isCapture ? UInt8(ascii: "#") : UInt8(ascii: ":"))
    return bytes
  }
}
