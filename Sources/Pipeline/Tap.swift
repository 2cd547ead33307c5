internal import Evidence
internal import Ingest
internal import Synchronization

/// One source while it is being read: what came of it so far can be copied at any time.
final class Tap: Sendable {
  private struct State {
    var feed: LineFeed?
    var sink = Tap.emptySink
    var bytes = 0
    var hasEnded = false
    /// All that a file that is followed holds by now was read.
    var isCaughtUp = false
    /// Ends by itself soon after somebody cancelled.
    var isCapture = false
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

  private static var emptySink: Sink {
    var sink = Sink()
    sink.readsSuccessesLate = true
    return sink
  }

  /// Bytes read, and whether there are no more.
  var progress: (bytes: Int, hasEnded: Bool) { state.withLock { ($0.bytes, $0.hasEnded) } }

  /// There is no more, or not yet.
  var isIdle: Bool { state.withLock { $0.hasEnded || $0.isCaughtUp } }

  /// Somebody cancelled, and what was read of packets is still being put together.
  var isFinishing: Bool { state.withLock { $0.isCapture && !$0.hasEnded } }

  /// Blocks until the source ends. Pipes can be looked at meanwhile, files when they are read.
  func read(_ reading: SourceReading) {
    var reading = reading
    if case .stream = job.kind {
      follow(&reading)
    } else if case .tail = job.kind {
      tail(&reading)
    } else if case .interface = job.kind {
      packets { reading.interface(job.path, job.source, publish: $0) }
    } else {
      var sink = Tap.emptySink
      if case .packed = job.kind {
        reading.read(job, name: name, register, into: &sink)
      } else {
        reading.read(job, into: &sink)
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
      if stream.isPacked || stream.document != nil { return unpack(&reading, stream) }
      if stream.isCapture { return capture(reading, stream) }
      let fresh = reading.feed(job)
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

  /// Reads a file that grows until somebody cancels.
  private func tail(_ reading: inout SourceReading) {
    do throws(InputFailure) {
      var tail = try FileTail(path: job.path)
      let fresh = reading.feed(job)
      state.withLock { $0.feed = fresh }
      var pause = Pause()
      var endsLine = true
      var isTold = false
      while !reading.isCancelled() {
        let step = try reading.next(&tail) { (chunk, count) in
          endsLine = chunk[count - 1] == UInt8(ascii: "\n")
          state.withLock {
            $0.feed?.append(chunk, count, &$0.sink)
            $0.bytes += count
            $0.isCaughtUp = false
          }
        }
        switch step {
        case .bytes: pause = Pause()
        case .waiting:
          state.withLock { $0.isCaughtUp = true }
          pause.rest()
        case .rotated, .emptied:
          let end: [UInt8] = endsLine ? [] : [UInt8(ascii: "\n")]
          let source = reading
          state.withLock {
            $0.feed?.append(end.span, end.count, &$0.sink)
            if !isTold { source.problem(Tap.begun, job.source, &$0.sink) }
          }
          endsLine = true
          isTold = true
        }
      }
    } catch {
      let source = reading
      state.withLock { source.problem(error.text, job.source, &$0.sink) }
    }
    state.withLock {
      $0.feed?.finish(&$0.sink, isLast: true)
      $0.feed = nil
    }
  }

  private static let begun =
    "begun anew while it was followed: its lines are numbered on from those before"

  private func capture(_ reading: SourceReading, _ stream: consuming ByteStream) {
    register.isCapture(job.source)
    var stream: ByteStream? = stream
    packets { publish in
      guard let stream = stream.take() else { return Sink() }
      return reading.capture(stream, job.source, publish: publish)
    }
  }

  /// Reads packets; what is known meanwhile can be looked at.
  private func packets(_ read: (_ publish: @escaping (Observations) -> Void) -> Sink) {
    state.withLock { $0.isCapture = true }
    let sink = read { observations in
      self.state.withLock {
        $0.sink.observations = observations
        $0.bytes += 1
      }
    }
    state.withLock {
      $0.sink = sink
      $0.bytes += 1
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
    copy.1.settleSample()
    return copy.1
  }
}
