internal import Captures
internal import Evidence
internal import Ingest

/// Reads one piece of one source into a sink.
struct SourceReading {
  /// Bytes before a block that are read to know what went on there: the record that its first lines
  /// belong to, lines that were cut, which format came last.
  static let lookBack = 64 << 10
  /// As far as it goes back when that did not settle it.
  static let longestLookBack = 1 << 20

  let options: IngestOptions
  let isCancelled: @Sendable () -> Bool
  private var buffer: [UInt8]
  /// Of the source that is being read.
  private var name = ""

  init(_ options: IngestOptions, isCancelled: @escaping @Sendable () -> Bool) {
    self.options = options
    self.isCancelled = isCancelled
    buffer = [UInt8](repeating: 0, count: max(1, options.chunkSize))
  }

  private func reader(_ source: UInt16, _ modified: Int, block: Int = 0) -> LineReader {
    var reading = ReadingOptions()
    reading.timezone = options.timezone
    reading.fallbackOffset = options.zoneOffsets[name] ?? options.fallbackOffset
    reading.window = options.window
    reading.modified = modified
    reading.patterns = options.patterns
    return LineReader(source: source, block: block, options: reading)
  }

  mutating func read(_ job: InputPlan.Job, into sink: inout Sink) {
    name = job.path
    do throws(InputFailure) {
      let file = try InputFile(path: job.path)
      switch job.kind {
      case .block(let number, let start, let end, let isLast):
        try block(job, file, number, start, end, isLast, &sink)
      case .stream:
        stream(job, file, &sink)
      // Whoever has a register reads these; who follows a file, those.
      case .packed, .tail: break
      case .capture:
        capture(job, file, into: &sink)
      case .interface: break
      }
    } catch {
      problem(error.text, job.source, &sink)
    }
  }

  func problem(_ text: String, _ source: UInt16, _ sink: inout Sink) {
    sink.observations.coverage[source, default: Coverage()].problems.append(text)
  }

  // MARK: Blocks

  private mutating func block(
    _ job: InputPlan.Job, _ file: borrowing InputFile, _ number: Int,
    _ start: Int, _ end: Int, _ isLast: Bool, _ sink: inout Sink
  ) throws(InputFailure) {
    if start == 0, isLast, end <= min(WrappedText.largest, buffer.count) {
      let count = try whole(file, end)
      return paste(buffer.span, count, job.source, job.modified, isCut: false, &sink)
    }
    var from = max(0, start - SourceReading.lookBack)
    if start > 0 {
      // What lies before the block is read for the state of things; further back when it begins in
      // the middle of something.
      while from > 0, start - from < SourceReading.longestLookBack {
        var feed = LineFeed(
          reader(job.source, job.modified, block: number), from: from, start: start, limit: start)
        try run(&feed, file, from: from, end: start, &sink)
        if !feed.reader.isUnsettled { break }
        from = max(0, start - 4 * (start - from))
      }
    }
    var feed = LineFeed(
      reader(job.source, job.modified, block: number), from: from, start: start, limit: end)
    try run(&feed, file, from: from, end: isLast ? end : .max, &sink)
    feed.finish(&sink, isLast: isLast)
  }

  /// Reads a small file into the buffer; how many bytes it has.
  private mutating func whole(
    _ file: borrowing InputFile, _ end: Int
  ) throws(InputFailure) -> Int {
    var count = 0
    while count < end {
      let got = try file.read(into: &buffer, at: count, count: end - count, from: count)
      if got == 0 { break }
      count += got
    }
    return count
  }

  private mutating func run(
    _ feed: inout LineFeed, _ file: borrowing InputFile, from: Int, end: Int, _ sink: inout Sink
  ) throws(InputFailure) {
    var position = from
    while !feed.isDone, position < end {
      let count = min(buffer.count, end - position)
      let got = try file.read(into: &buffer, at: 0, count: count, from: position)
      if got == 0 { break }
      feed.append(buffer.span, got, &sink)
      position += got
    }
  }

  // MARK: Pieces

  /// Reads everything in a compressed file or an archive, without help.
  mutating func read(
    _ job: InputPlan.Job, name: String, _ register: SourceRegister, into sink: inout Sink
  ) {
    do throws(InputFailure) {
      var maker = try PieceMaker(job, name: name, register, blockSize: options.blockSize)
      var buffer: [UInt8] = []
      while !isCancelled(), let piece = maker.next(reusing: buffer) {
        buffer = read(piece, into: &sink)
      }
      SourceReading.note(maker, &sink)
    } catch {
      problem(error.text, job.source, &sink)
    }
  }

  /// Reads a piece; gives back its buffer.
  mutating func read(_ piece: consuming Piece, into sink: inout Sink) -> [UInt8] {
    name = piece.name
    switch piece.kind {
    case .capture:
      CaptureReader.read(
        bytes: piece.bytes, source: piece.source, options: options.capture,
        into: &sink.observations)
      return []
    case .document(let kind):
      document(piece, kind, &sink)
      return []
    case .lines:
      if piece.start == 0, piece.base == 0, piece.isLast, piece.count <= WrappedText.largest {
        paste(
          piece.bytes.span, piece.count, piece.source, piece.modified, isCut: piece.isCut, &sink)
        return piece.bytes
      }
    }
    func run(_ feed: inout LineFeed, from: Int, _ to: Int, _ sink: inout Sink) {
      let end = min(to - piece.base, piece.count)
      let start = from - piece.base
      guard start < end else { return }
      feed.append(piece.bytes.span.extracting(start..<end), end - start, &sink)
    }
    func reader() -> LineReader {
      self.reader(piece.source, piece.modified, block: piece.number)
    }
    let start = piece.start
    var from = max(piece.base, start - SourceReading.lookBack)
    while start > 0, from > piece.base, start - from < SourceReading.longestLookBack {
      var feed = LineFeed(reader(), from: from, start: start, limit: start)
      run(&feed, from: from, start, &sink)
      if !feed.reader.isUnsettled { break }
      from = max(piece.base, start - 4 * (start - from))
    }
    var feed = LineFeed(reader(), from: from, start: start, limit: piece.end)
    run(&feed, from: from, .max, &sink)
    feed.finish(&sink, isLast: piece.isLast, isCut: piece.isCut)
    return piece.bytes
  }

  /// Reads a small text, which somebody may have pasted, its broken lines made whole; as one when its lines
  /// say nothing.
  private func paste(
    _ bytes: Span<UInt8>, _ count: Int, _ source: UInt16, _ modified: Int, isCut: Bool,
    _ sink: inout Sink
  ) {
    let before = (
      sink.observations.requests.count + sink.observations.tokenEvents.count,
      sink.observations.messages.count
    )
    var feed = LineFeed(reader(source, modified))
    if let whole = WrappedText.whole(bytes, count) {
      feed.append(whole.span, whole.count, &sink)
    } else {
      feed.append(bytes, count, &sink)
    }
    feed.finish(&sink, isLast: true, isCut: isCut)
    let after = sink.observations.requests.count + sink.observations.tokenEvents.count
    guard after == before.0,
      sink.observations.messages[before.1...].allSatisfy({
        $0.statement == .other && $0.format == .fragment
      })
    else { return }
    WholeText.read(bytes, count, source: source, &sink)
  }

  /// Reads a document; what is left of it as lines.
  private func document(_ piece: Piece, _ kind: DocumentKind, _ sink: inout Sink) {
    var rest: [UInt8]
    switch kind {
    case .har:
      return WrittenReader.har(piece.bytes, source: piece.source, into: &sink.observations)
    case .transcript:
      rest = WrittenReader.transcript(
        piece.bytes, source: piece.source, into: &sink.observations)
    case .spreadJSON:
      rest = SpreadJSON.flat(piece.bytes)
    case .batch:
      rest = piece.bytes
    }
    // A line that is whole can be read whole, however long; what broke off is none.
    if let last = rest.last, last != 10, !piece.isCut { rest.append(10) }
    var feed = LineFeed(reader(piece.source, piece.modified))
    feed.append(rest.span, rest.count, &sink)
    feed.finish(&sink, isLast: true, isCut: piece.isCut)
  }

  /// Books what inflating an input had to say.
  static func note(_ maker: borrowing PieceMaker, _ sink: inout Sink) {
    maker.account(
      into: &sink.observations.coverage[maker.job.source, default: Coverage()])
    for (source, text) in maker.notes {
      sink.observations.coverage[source, default: Coverage()].problems.append(text)
    }
    if maker.streamFault != nil || !maker.faults.isEmpty {
      sink.observations.coverage[maker.job.source, default: Coverage()].isBrokenOff = true
    }
    if let fault = maker.streamFault { sink.brokenOff[maker.job.source] = fault }
    for (source, fault) in maker.faults {
      sink.observations.coverage[source, default: Coverage()].problems.append(fault)
    }
  }

  // MARK: Captures

  private func capture(
    _ job: InputPlan.Job, _ file: borrowing InputFile, into sink: inout Sink
  ) {
    guard options.threads > 1, file.size >= CaptureAhead.worthwhile,
      let ahead = CaptureAhead(path: job.path, filter: options.packetFilter)
    else {
      return CaptureReader.read(
        path: job.path, source: job.source, options: options.capture, into: &sink.observations)
    }
    CaptureReader.join(
      source: job.source, options: options.capture, into: &sink.observations
    ) { ahead.next(&$0) }
  }

  /// Reads a capture from a pipe to its end, or until somebody cancels.
  func capture(
    _ stream: consuming ByteStream, _ source: UInt16, publish: ((Observations) -> Void)? = nil
  ) -> Sink {
    final class Box {
      var stream: ByteStream
      init(_ stream: consuming ByteStream) { self.stream = stream }
    }
    let box = Box(stream)
    let isCancelled = isCancelled
    var capture = options.capture
    capture.publish = publish
    var sink = Sink()
    CaptureReader.read(source: source, options: capture, into: &sink.observations) {
      (buffer, at) in
      while !isCancelled() {
        if box.stream.isReadable(within: 200) { return box.stream.read(into: &buffer, at: at) }
      }
      return 0
    }
    return sink
  }

  /// The same from an interface.
  func interface(
    _ name: String, _ source: UInt16, publish: @escaping (Observations) -> Void
  ) -> Sink {
    var capture = options.capture
    capture.publish = publish
    capture.isCancelled = isCancelled
    var sink = Sink()
    do {
      try LiveCapture.read(
        interface: name, source: source, options: capture, into: &sink.observations)
    } catch {
      problem(error.text, source, &sink)
      sink.observations.coverage[source, default: Coverage()].isBrokenOff = true
    }
    return sink
  }

  // MARK: Streams

  private mutating func stream(
    _ job: InputPlan.Job, _ file: consuming InputFile, _ sink: inout Sink
  ) {
    var feed = feed(job)
    var lines = Sink()
    swap(&lines, &sink)
    // What somebody pastes into the standard input is small.
    var small: [UInt8]? = []
    let end = chunks(ByteStream(file)) { (chunk, count) in
      if var before = small {
        small = nil
        if before.count + count <= WrappedText.largest {
          for i in 0..<count { before.append(chunk[i]) }
          small = before
          return
        }
        feed.append(before.span, before.count, &lines)
      }
      feed.append(chunk, count, &lines)
    }
    if let small {
      paste(
        small.span, small.count, job.source, job.modified, isCut: end.fault != nil, &lines)
    } else {
      feed.finish(&lines, isLast: true, isCut: end.fault != nil)
    }
    note(end, job.source, &lines)
    swap(&lines, &sink)
  }

  /// A feed for a source that is read from front to back.
  mutating func feed(_ job: InputPlan.Job) -> LineFeed {
    name = job.path
    return LineFeed(reader(job.source, job.modified))
  }

  /// How a stream ended.
  struct End {
    /// Why it was not read at all, ready to print.
    var refusal: String?
    var fault: ByteStream.Fault?
  }

  /// Hands on chunk after chunk until the stream ends or somebody cancels.
  mutating func chunks(
    _ stream: consuming ByteStream, _ take: (borrowing Span<UInt8>, Int) -> Void
  ) -> End {
    var stream = stream
    var isFirst = true
    while !isCancelled() {
      let got = stream.read(into: &buffer)
      if got == 0 { break }
      if isFirst {
        isFirst = false
        switch Magic.of(buffer.span, 0, min(got, Magic.length)) {
        case .text, .empty: break
        case .capture: return End(refusal: "captures cannot be read from a pipe; give the file")
        case let kind: return End(refusal: "\(kind) data were passed over")
        }
      }
      take(buffer.span, got)
    }
    return End(fault: stream.fault)
  }

  /// The next bytes of a file that grows, if there are some.
  mutating func next(
    _ tail: inout FileTail, _ take: (borrowing Span<UInt8>, Int) -> Void
  ) throws(InputFailure) -> FileTail.Step {
    let step = try tail.next(into: &buffer)
    if case .bytes(let count) = step { take(buffer.span, count) }
    return step
  }

  /// `chunks` for what lies behind a cited name.
  mutating func chunks(
    _ bytes: consuming EntryBytes, _ take: (borrowing Span<UInt8>, Int) -> Void
  ) {
    var bytes = bytes
    while true {
      let got = bytes.read(into: &buffer)
      if got == 0 { return }
      take(buffer.span, got)
    }
  }

  /// All that lies behind a cited name, unless that is more than so many bytes.
  mutating func whole(_ bytes: consuming EntryBytes, most: Int) -> [UInt8]? {
    var bytes = bytes
    var all: [UInt8] = []
    while true {
      let got = bytes.read(into: &buffer)
      if got == 0 { return all }
      guard all.count + got <= most else { return nil }
      all += buffer[..<got]
    }
  }

  func note(_ end: End, _ source: UInt16, _ sink: inout Sink) {
    if let refusal = end.refusal { problem(refusal, source, &sink) }
    guard let fault = end.fault else { return }
    problem(fault.text(lines: sink.observations.coverage[source]?.lines ?? 0), source, &sink)
  }
}
