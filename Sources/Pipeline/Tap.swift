internal import Evidence
internal import Ingest
internal import Synchronization

/// One source while it is being read: what came of it so far can be copied at any time.
final class Tap: Sendable {
  private struct State {
    var feed: LineFeed?
    var sink = Sink()
    var bytes = 0
    var hasEnded = false
  }
  private let state = Mutex(State())
  private let job: InputPlan.Job
  private let name: String
  private let register: SourceRegister

  init(_ job: InputPlan.Job, name: String, _ register: SourceRegister) {
    self.register = register
    self.job = job
    self.name = name
  }

  /// Bytes read, and whether there are no more.
  var progress: (bytes: Int, hasEnded: Bool) { state.withLock { ($0.bytes, $0.hasEnded) } }

  /// Blocks until the source ends. Pipes can be looked at meanwhile, files when they are read.
  func read(_ reading: SourceReading) {
    var reading = reading
    if case .stream = job.kind {
      follow(&reading)
    } else {
      var sink = Sink()
      if case .packed = job.kind {
        reading.read(job, name: name, register, into: &sink)
      } else {
        reading.read(job, name: name, into: &sink)
      }
      let filled = sink
      state.withLock {
        $0.sink = filled
        $0.bytes = job.size
      }
    }
    state.withLock { $0.hasEnded = true }
  }

  private func follow(_ reading: inout SourceReading) {
    do throws(InputFailure) {
      let stream = ByteStream(try InputFile(path: job.path))
      if stream.isPacked { return unpack(&reading, stream) }
      let fresh = reading.feed(job, name: name)
      state.withLock { $0.feed = fresh }
      let end = reading.chunks(stream) { (chunk, count) in
        state.withLock {
          $0.feed?.append(chunk, count, &$0.sink)
          $0.bytes += count
        }
      }
      let source = reading
      state.withLock {
        $0.feed?.finish(&$0.sink, isLast: true, isCut: end.fault != nil)
        $0.feed = nil
        source.note(end, job.source, &$0.sink)
      }
    } catch {
      let source = reading
      state.withLock { source.problem(error.text, job.source, &$0.sink) }
    }
  }

  private func unpack(_ reading: inout SourceReading, _ stream: consuming ByteStream) {
    var maker = PieceMaker(
      job, name: name, register, blockSize: reading.options.blockSize, stream)
    var buffer: [UInt8] = []
    while !reading.isCancelled(), let piece = maker.next(reusing: buffer) {
      buffer = state.withLock {
        $0.bytes += piece.count
        return reading.read(piece, into: &$0.sink)
      }
    }
    var sink = Sink()
    SourceReading.note(maker, &sink)
    let notes = sink
    state.withLock {
      $0.sink.brokenOff.merge(notes.brokenOff) { first, _ in first }
      for (source, coverage) in notes.observations.coverage {
        $0.sink.observations.coverage[source, default: Coverage()].absorb(coverage)
      }
    }
  }

  /// What was read so far, as if the source ended here.
  func snapshot() -> Sink {
    var copy = state.withLock { ($0.feed, $0.sink) }
    copy.0?.finish(&copy.1, isLast: true)
    return copy.1
  }
}
