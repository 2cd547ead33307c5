internal import Evidence
internal import Ingest
internal import Synchronization

/// Hands out work to the readers: pieces that were inflated are read first, then inflating goes on,
/// then the next input is begun. So one large compressed file keeps all readers at work: whoever is
/// free inflates the next piece while others read the last ones.
final class ReadingPool: Sendable {
  private enum Task {
    case read(Piece)
    case inflate(Source, buffer: [UInt8])
    case job(InputPlan.Job)
    case end
  }

  /// One input that is being inflated; by one reader at a time, to whom it was handed out.
  private final class Source: @unchecked Sendable {
    var maker: PieceMaker
    let size: Int
    var reported = 0
    init(_ maker: consuming PieceMaker, size: Int) {
      self.maker = maker
      self.size = size
    }
  }

  private struct State {
    var next = 0
    var ready: [Piece] = []
    /// Inputs that nobody inflates just now.
    var idle: [Source] = []
    /// How many are begun and not ended.
    var open = 0
    var buffers: [[UInt8]] = []
  }

  private let jobs: [InputPlan.Job]
  private let names: [String]
  private let register: SourceRegister
  private let options: IngestOptions
  private let width: Int
  private let state = Gate(State())

  init(_ plan: InputPlan, _ options: IngestOptions) {
    jobs = plan.jobs
    names = plan.sources.all.map(\.name)
    register = plan.register
    self.options = options
    width = options.threads
  }

  /// Works until nothing is left to begin. `progress` is called with the number of stored bytes done.
  func work(
    _ reading: inout SourceReading, into sink: inout Sink, isCancelled: () -> Bool,
    progress: (Int) -> Void, beforeEach: (inout Sink) -> Void
  ) {
    while !isCancelled() {
      switch take() {
      case .end: return
      case .read(let piece):
        beforeEach(&sink)
        let buffer = reading.read(piece, into: &sink)
        state.change { $0.buffers.append(buffer) }
      case .inflate(let source, let buffer):
        inflate(source, buffer, &sink, progress)
      case .job(let job):
        guard case .packed = job.kind else {
          beforeEach(&sink)
          reading.read(job, into: &sink)
          progress(job.size)
          continue
        }
        begin(job, reading, &sink, progress)
      }
    }
    // Others may wait for what this one was to do.
    state.change { state in
      state.next = jobs.count
      state.ready.removeAll()
      state.idle.removeAll()
      state.open = 0
    }
  }

  private func take() -> Task {
    state.wait { state in
      if !state.ready.isEmpty { return .read(state.ready.removeFirst()) }
      if let source = state.idle.popLast() {
        return .inflate(source, buffer: state.buffers.popLast() ?? [])
      }
      if state.next < jobs.count {
        let job = jobs[state.next]
        if case .packed = job.kind {
          guard state.open < width else { return nil }
          state.open += 1
        }
        state.next += 1
        return .job(job)
      }
      return state.open <= 0 ? .end : nil
    }
  }

  private func begin(
    _ job: InputPlan.Job, _ reading: SourceReading, _ sink: inout Sink, _ progress: (Int) -> Void
  ) {
    do throws(InputFailure) {
      let maker = try PieceMaker(
        job, name: names[Int(job.source)], register, blockSize: options.blockSize)
      let source = Source(maker, size: job.size)
      state.change { $0.idle.append(source) }
    } catch {
      reading.problem(error.text, job.source, &sink)
      progress(job.size)
      state.change { $0.open -= 1 }
    }
  }

  private func inflate(
    _ source: Source, _ buffer: consuming [UInt8], _ sink: inout Sink, _ progress: (Int) -> Void
  ) {
    let piece = source.maker.next(reusing: buffer)
    let done = min(source.size, piece == nil ? source.size : source.maker.taken &* 8)
    progress(done - source.reported)
    source.reported = done
    if piece == nil { SourceReading.note(source.maker, &sink) }
    state.change { state in
      if let piece {
        state.ready.append(piece)
        state.idle.append(source)
      } else {
        state.open -= 1
      }
    }
  }
}
