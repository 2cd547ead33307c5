package import Evidence
internal import Ingest
internal import Synchronization

/// Reads all inputs into one `Observations`. The result depends on the inputs only: not on the number of
/// threads, nor on the order in which they were named.
package struct IngestRun: Sendable {
  package var sources = Sources()
  package var observations = Observations()
  /// Inputs that could not be read at all, ready to print (`path: permission denied`).
  package var problems: [String] = []

  /// Cancelled before the end: holds what was read by then.
  package var isPartial = false

  /// How the caller looks on: how far reading is, and whether to give up.
  package struct Watch: Sendable {
    /// Bytes of files read, of how many; called from any of the readers.
    package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    package var isCancelled: @Sendable () -> Bool = { false }
    package init() {}
  }

  package init(
    _ inputs: [String], _ options: IngestOptions = IngestOptions(), watch: Watch = Watch()
  ) {
    let plan = InputPlan(inputs, blockSize: options.blockSize)
    let options = plan.completed(options)
    problems = plan.problems
    let jobs = plan.jobs
    let pipes = plan.pipes
    let total = jobs.reduce(0) { $0 + $1.size }
    let done = Atomic<Int>(0)
    // What one reader's sample has no room for, another's need not keep.
    let limit = Atomic<UInt64>(.max)
    let counts = Mutex<[Int]>([])
    let sinks = Mutex<[Sink]>([])
    let pool = ReadingPool(plan, options)
    let hasPacked = jobs.contains { if case .packed = $0.kind { true } else { false } }
    let threads = hasPacked ? options.threads : min(options.threads, max(1, jobs.count))
    Workers.run((jobs.isEmpty ? 0 : threads) + pipes.count) { worker in
      var sink = Sink()
      sink.readsSuccessesLate = true
      var reading = SourceReading(options, isCancelled: watch.isCancelled)
      if worker < pipes.count {
        let job = pipes[worker]
        reading.read(job, into: &sink)
      } else {
        pool.work(
          &reading, into: &sink, isCancelled: watch.isCancelled,
          progress: { size in
            let read = done.wrappingAdd(size, ordering: .relaxed).newValue
            watch.progress?(read, total)
          },
          beforeEach: { sink in
            counts.withLock { sink.shareSample(&$0) }
            limit.min(sink.observations.successes.limit, ordering: .relaxed)
            sink.lowerSample(to: limit.load(ordering: .relaxed))
          })
      }
      let filled = sink
      sinks.withLock { $0.append(filled) }
    }
    let settled = Mutex<[Sink]>([])
    Workers.run(sinks.withLock { IngestRun.shareLimit(&$0) }) { _ in
      guard var sink = sinks.withLock({ $0.popLast() }) else { return }
      sink.settleSample()
      let filled = sink
      settled.withLock { $0.append(filled) }
    }
    var settling = Settling(
      settled.withLock { taken in
        let all = taken
        taken = []
        return all
      }, options)
    settling.settle(options, plan)
    sources = settling.sources
    problems += settling.unread(plan)
    swap(&observations, &settling.observations)
    isPartial = watch.isCancelled()
  }

  /// Leaves in each sink what the sample of all has room for; how many sinks there are.
  private static func shareLimit(_ sinks: inout [Sink]) -> Int {
    var priorities = sinks.flatMap(\.samplePriorities)
    if let limit = Sample.limit(keeping: Sample.capacity, of: &priorities) {
      for i in sinks.indices { sinks[i].lowerSample(to: limit) }
    }
    return sinks.count
  }
}
