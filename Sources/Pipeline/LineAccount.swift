internal import ByteScan
package import Evidence
internal import Ingest

/// How one line of a file is read, in the light of the lines before it: the account behind
/// `why401 formats --why`. Reads with the reader of all other commands.
package struct LineAccount: Sendable {
  /// The line as it stands, masked.
  package private(set) var line: [UInt8] = []
  /// The line on which the record begins of which this one is a part; 0 for one that is read for itself.
  package private(set) var begin = 0
  /// What was taken off, the outermost first.
  package private(set) var wrappers: [String] = []
  /// What was left: one text, or several that a shipper had put together.
  package private(set) var pieces: [Piece] = []
  /// Formats that did not read the first piece, in the order in which they are asked.
  package private(set) var others: [(format: Format, verdict: Verdict)] = []
  /// Members of one JSON object each, as in `why401 records`, without the citation.
  package private(set) var records: [[UInt8]] = []
  /// Seconds east of UTC taken for stamps without a zone; `nil`: UTC for want of better knowledge.
  package private(set) var zoneOffset: Int?

  package struct Piece: Sendable {
    /// Masked.
    package let text: [UInt8]
    package let reading: Reading
    /// Of the wrapper; `.unknown` without one.
    package let time: Instant
    /// Named by the wrapper; empty without one.
    package let writer: [UInt8]
  }

  package enum Reading: Sendable, Equatable {
    case format(Format)
    /// Belongs to the record before, of that format.
    case continuation(of: Format)
    /// Read when the rest of the line comes.
    case unfinished
    case unparsed
    /// Belongs to an exchange of a text that is read as a whole.
    case part(of: Format)
  }

  /// What a format says to a text that another one read.
  package enum Verdict: Sendable {
    case refusedAtOnce, refusedReading, reads
  }

  /// Why there is no account; ready to print.
  package struct Refusal: Error { package let text: String }

  private init() {}

  /// Reads `path` from its start to line `number` (from 1).
  package static func of(
    _ number: Int, of path: String, _ options: IngestOptions
  ) throws(Refusal) -> LineAccount {
    let file = EntryBytes.file(path)
    let plan = InputPlan([file], blockSize: .max)
    if let problem = plan.problems.first { throw Refusal(text: problem) }
    if let reason = plan.passedOver[0] { throw Refusal(text: "\(path): \(reason)") }
    guard plan.pipes.isEmpty, plan.sources.all.count == 1, plan.sources.all[0].name == file else {
      throw Refusal(text: "\(path): not a file of lines")
    }
    guard let job = plan.jobs.first else { throw Refusal(text: "\(path): the file is empty") }
    var options = options
    let run = IngestRun([file], options)
    guard let source = run.sources.all.firstIndex(where: { $0.name == path }) else {
      throw Refusal(text: "\(file): no such entry in the archive")
    }
    if run.sources.all[source].isCapture {
      let isArchive =
        (run.observations.coverage[UInt16(source)] ?? Coverage()).formats[.har] != nil
      throw Refusal(
        text: isArchive
          ? "\(path): an archive of HTTP has exchanges, not lines: --why FILE#NUMBER"
          : "\(path): a capture has packets, not lines")
    }
    let whole = run.observations.coverage[UInt16(source)] ?? Coverage()
    guard number <= whole.lines else {
      let lines = whole.lines == 1 ? "1 line" : "\(whole.lines) lines"
      throw Refusal(text: "\(path): no line \(number); it has \(lines)")
    }
    options.fallbackOffset = options.timezone == nil ? whole.zoneOffset : nil
    var account = LineAccount()
    account.zoneOffset = options.timezone ?? whole.zoneOffset
    do throws(InputFailure) {
      try account.read(number, job, path, options)
    } catch {
      throw Refusal(text: "\(path): \(error.text)")
    }
    return account
  }

  private mutating func read(
    _ number: Int, _ job: InputPlan.Job, _ path: String, _ options: IngestOptions
  ) throws(InputFailure) {
    guard let file = try EntryBytes(path) else { return }
    let isTable = file.entry.isTable
    let document = file.entry.document
    var reading = SourceReading(options, isCancelled: { false })
    var feed = reading.feed(job)
    var sink = Sink()
    sink.recorder = Recorder()
    if !isTable, let whole = reading.whole(file, most: LineAccount.largest(document)) {
      return read(number, whole, document, path, options, &feed, &sink)
    }
    guard let lines = try EntryBytes(path) else { return }
    var search = Search(number)
    reading.chunks(lines) { (chunk, count) in search.take(chunk, count, &feed, &sink) }
    tell(search.line, &feed, &sink)
    guard isTable else { return }
    if case .success(let lines) = CitedLines.around(number, of: path, context: 0) {
      line = lines.first?.text ?? []
    }
    if wrappers.first == LineWitness.Wrapper.json.rawValue {
      wrappers[0] = "a log store's table (CSV)"
    }
  }

  /// A text that may be read as a whole.
  private mutating func read(
    _ number: Int, _ whole: [UInt8], _ document: DocumentKind?, _ path: String,
    _ options: IngestOptions, _ feed: inout LineFeed, _ sink: inout Sink
  ) {
    let joined = LineAccount.joined(whole, document)
    let text = joined?.text ?? whole
    let raw = LineAccount.line(number, of: whole)
    var at = number
    if joined != nil, !LineAccount.isBlank(raw) {
      if LineAccount.isBlank(LineAccount.line(at, of: text)), joined?.isTranscript == true,
        let exchange = LineAccount.exchanges(before: number, of: path, options)
      {
        line = LineAccount.masked(Array(raw))
        begin = exchange.line
        pieces = [Piece(text: line, reading: .part(of: .transcript), time: .unknown, writer: [])]
        records = exchange.records
        return
      }
      while at > 1, LineAccount.isBlank(LineAccount.line(at, of: text)) { at -= 1 }
    }
    var search = Search(at)
    search.take(text.span, text.count, &feed, &sink)
    tell(search.line, &feed, &sink)
    line = LineAccount.masked(Array(raw))
    if at != number { begin = at }
  }

  /// An exchange of a capture or an archive of HTTP, by its number.
  package static func of(
    exchange number: Int, of path: String, _ options: IngestOptions
  ) throws(Refusal) -> LineAccount {
    var account = LineAccount()
    account.records = numbered(number, of: path, options)
    guard !account.records.isEmpty else {
      throw Refusal(text: "\(path): nothing is cited as #\(number)")
    }
    return account
  }

  /// Feeds what stands before a line, whose records are of no interest, and keeps the line.
  private struct Search {
    private var before: Int
    private var isDone = false
    private(set) var line: [UInt8] = []

    init(_ number: Int) { before = number - 1 }

    mutating func take(
      _ chunk: borrowing Span<UInt8>, _ count: Int, _ feed: inout LineFeed, _ sink: inout Sink
    ) {
      guard !isDone else { return }
      var i = 0
      // Up to the line: only what it tells the reader counts.
      while before > 0, i < count {
        if chunk[i] == UInt8(ascii: "\n") { before -= 1 }
        i += 1
      }
      if i > 0 {
        feed.append(chunk, i, &sink)
        sink.recorder?.removeAll()
        feed.renewSymbols(&sink)
      }
      while i < count, !isDone {
        if chunk[i] == UInt8(ascii: "\n") {
          isDone = true
        } else if line.count <= LineFeed.longest {
          line.append(chunk[i])
        }
        i += 1
      }
    }
  }

  private mutating func tell(_ raw: [UInt8], _ feed: inout LineFeed, _ sink: inout Sink) {
    sink.witness = LineWitness()
    let ended = raw + [UInt8(ascii: "\n")]
    feed.append(ended.span, ended.count, &sink)
    line = LineAccount.masked(raw)
    wrappers = sink.witness?.wrappers.map(\.rawValue) ?? []
    let seen = sink.witness?.pieces ?? []
    pieces = seen.map { piece in
      Piece(
        text: LineAccount.masked(piece.text), reading: LineAccount.reading(piece.outcome),
        time: piece.time,
        writer: piece.writer.isNone ? [] : Array(sink.observations.symbols.bytes(of: piece.writer)))
    }
    if let first = seen.first, first.outcome != .piece {
      others = FormatVerdict.others(than: first).map {
        ($0.format, LineAccount.verdict($0.verdict))
      }
    }
    guard let recorder = sink.recorder else { return }
    var start = 0
    for mark in recorder.marks {
      records.append([UInt8(ascii: "{")] + recorder.bytes[start..<mark.end])
      start = mark.end
    }
  }

  private static func masked(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    Redaction.mask(bytes.span, 0, bytes.count, into: &out)
    return out
  }

  private static func reading(_ outcome: LineWitness.Outcome) -> Reading {
    switch outcome {
    case .format(_, let format): .format(format)
    case .continuation(let format): .continuation(of: format)
    case .piece: .unfinished
    case .unparsed: .unparsed
    }
  }

  private static func verdict(_ verdict: FormatVerdict) -> Verdict {
    switch verdict {
    case .refusedAtOnce: .refusedAtOnce
    case .refusedReading: .refusedReading
    case .reads: .reads
    }
  }
}
