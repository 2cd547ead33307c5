internal import ByteScan
internal import Evidence

/// Turns the lines of one source (or of one block of it) into observations: takes wrappers off, asks the
/// formats, attaches continuations to their records, counts. Holds no input.
///
/// Lines are judged one by one, since a file may hold what several programs wrote; the last success is
/// only where the search begins.
package struct LineReader: Sendable {
  let source: UInt16
  let options: ReadingOptions
  let formats: [any LineFormat.Type]
  /// By place in `formats`, asked for every line: reads fragments; reads what any program might write.
  let readsFragments: [Bool]
  let isGeneral: [Bool]

  package private(set) var block: Int
  /// Lines read in this block.
  package private(set) var line = 0
  var tally = LineTally()
  var zone = ZoneNotes()
  var votesLeft = 64
  /// The last time that was read without a date.
  var undatedTime = Instant.unknown

  // Where the search for a format begins.
  var favourite = 0 {
    didSet { glances = options.window == nil && formats[favourite].glances }
  }
  /// Whether that format glances at lines.
  private(set) var glances = false
  /// The last line was read without a wrapper.
  var isPlain = false
  /// The first eight bytes of the last JSON line without wrapper.
  var plainHead: UInt64 = 0

  /// `LineFeed` keeps its marks: those of the bytes that are given to `read`, or none.
  var memory = GlanceMemory()

  /// What was read last, by writer; the first is for lines without one.
  var records = [Record()]
  var recordOf: [UInt32: Int] = [:]
  /// Beginnings of lines that were cut by a container runtime.
  var partials: [Partial] = []
  /// Who wrote a text that goes on behind the line in which Fluent Bit began to print it.
  var openWriter = Symbol.none
  /// Buffers for text that had to be rewritten.
  var pool: [[UInt8]] = []

  /// Some line was read by a format.
  var hasRead = false
  /// The text being read is a further piece of a line that was counted.
  var isExtra = false

  struct Record: Sendable, Equatable {
    var time = Instant.unknown
    /// A continuation may follow.
    var isMessage = false
    var format = Format.unparsed
    /// Its time was read as UTC for want of better knowledge.
    var isUncertain = false
  }

  struct Partial: Sendable {
    var writer: Symbol
    var stream: Frame.Stream
    var bytes: [UInt8]
    var frame: Frame
  }

  package init(source: UInt16, block: Int = 0, options: ReadingOptions) {
    self.source = source
    self.block = block
    self.options = options
    formats = options.formats
    readsFragments = formats.map { $0.format == .fragment }
    isGeneral = formats.map { FormatCatalogue.isGeneral($0.format) }
  }

  /// Reads `s[from..<to]`, a line without its newline that takes `stored` bytes of the source.
  package mutating func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, stored: Int, _ sink: inout Sink
  ) {
    guard from >= 0, from <= to, to <= s.count else { return }
    if line >= LineNumber.perBlock - 1 { nextBlock(&sink) }
    line &+= 1
    tally.lines &+= 1
    tally.bytes &+= stored
    var start = from
    var end = to
    if end > start, s[end - 1] == 13 { end -= 1 }
    var context = LineContext(
      citation: Citation(source: source, number: LineNumber.relative(block: block, line: line)))
    context.assumedOffset = options.timezone ?? 0
    context.priority = LinePriority.of(s, from, to)
    if isPlain, end > start {
      if readAsBefore(s, start, end, &context, &sink) { return }
    }
    if start < end, s[start] == 0xef, Bytes.has("\u{feff}", s, start, end) { start += 3 }
    while start < end, s[start] == 0 { start += 1 }
    unwrap(s, start, end, depth: 0, Frame(), context, &sink)
  }

  /// The fast path: no wrapper, and the format of the line before.
  private mutating func readAsBefore(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: inout LineContext, _ sink: inout Sink
  ) -> Bool {
    // Wrapped lines may begin where plain ones end: those begin with `{`, `[pod/` or a stamp.
    let first = s[from]
    if first == UInt8(ascii: "{") {
      guard LineReader.head(s, from, to) == plainHead else { return false }
    } else if first == UInt8(ascii: "["), Bytes.has("[pod/", s, from, to) {
      return false
    }
    // The user's formats come before all others.
    guard options.patterns.isEmpty else { return readByPattern(s, from, to, &context, &sink) }
    let type = formats[favourite]
    if glances, sink.witness == nil,
      !memory.marks.hasEscape || Bytes.findFar(27, s, from, to) < 0,
      let read = type.recall(s, from, to, context, &memory, &sink)
    {
      note(read, 0, false, context, to - from, &sink)
      return true
    }
    guard type.mayRead(s, from, to) else { return false }
    if Prefixes.stamp(s, from, to)?.isNano == true { return false }
    if mayHoldEscape(from, to), Bytes.findFar(27, s, from, to) >= 0 { return false }
    let own = ZoneProbe.zoneless(s, from, to)
    let isClock = own == nil && ZoneProbe.isClock(s, from, to)
    if own != nil || isClock {
      context.assumedOffset = options.timezone ?? options.fallbackOffset ?? 0
    }
    context.previousTime = records[0].time
    context.undatedTime = undatedTime
    guard let read = type.read(s, from, to, context, &sink) else { return false }
    sink.witness?.saw(s, from, to, .format(favourite, read.format), Frame(), context)
    var isUncertain = false
    if read.format.isUTC {
      isUncertain = false
    } else if let own, isZoneOpen {
      isUncertain = true
      vote(s, from, to, own, sink.isMuted)
    } else if isClock {
      isUncertain = isZoneOpen
      voteForDay(s, from, to, read.time, context, sink.isMuted)
    }
    note(read, 0, isUncertain, context, to - from, &sink)
    if glances { type.learn(s, from, to, &memory) }
    return true
  }

  /// Reads marked lines that are plain successes, one behind the other, of those that begin in `s[from..<limit]`:
  /// where the first other line begins.
  mutating func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ sink: inout Sink
  ) -> Int {
    // The user's formats come before all others.
    guard isPlain, glances, options.patterns.isEmpty, sink.mayPassOver else { return from }
    return formats[favourite].passOver(s, from, beginningBefore: limit, &self, &sink)
  }

  /// The context of a line without wrapper, so many lines behind the next one; `nil` when the block has no room for it.
  @inline(__always)
  func contextAhead(_ lines: Int) -> LineContext? {
    guard line &+ lines < LineNumber.perBlock &- 1 else { return nil }
    let number = LineNumber.relative(block: block, line: line &+ lines &+ 1)
    var context = LineContext(citation: Citation(source: source, number: number))
    context.assumedOffset = options.timezone ?? 0
    return context
  }

  /// Whether a marked line is JSON that begins as the last one without wrapper, and has no escape.
  @inline(__always)
  func isLikeBefore(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to &- from >= 8 && s[from] == UInt8(ascii: "{") && LineReader.head(s, from, to) == plainHead
      && (!memory.marks.hasEscape || Bytes.findFar(27, s, from, to) < 0)
  }

  /// Counts lines that were passed over.
  mutating func passed(_ lines: Int, _ bytes: Int) {
    hasRead = true
    line &+= lines
    tally.lines &+= lines
    tally.bytes &+= bytes
  }

  /// `false` for a marked line where no line of its stretch has one.
  private func mayHoldEscape(_ from: Int, _ to: Int) -> Bool {
    memory.marks.hasEscape || !memory.marks.isLine(from, to)
  }

  /// Stamps without a zone are read as UTC until the whole of the source tells better.
  var isZoneOpen: Bool { options.timezone == nil && options.fallbackOffset == nil }

  /// A line without wrapper by one of the user's formats.
  private mutating func readByPattern(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: inout LineContext, _ sink: inout Sink
  ) -> Bool {
    for pattern in options.patterns {
      guard let read = pattern.read(s, from, to, context, &sink) else { continue }
      note(read, 0, false, context, to - from, &sink)
      return true
    }
    return false
  }

  static func head(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    if to - from >= 8 { return Bytes.word(s, from).byteSwapped }
    var value: UInt64 = 0
    for i in from..<to { value = value << 8 | UInt64(s[i]) }
    return value
  }

  /// Books a line that a format read.
  mutating func note(
    _ read: ReadLine, _ record: Int, _ isUncertain: Bool, _ context: LineContext, _ length: Int,
    _ sink: inout Sink
  ) {
    hasRead = true
    let new = Record(
      time: read.time.isKnown ? read.time : records[record].time, isMessage: read.isMessage,
      format: read.format, isUncertain: isUncertain)
    let before = records[record]
    // Neighbours are mostly alike, and looking is cheaper than writing.
    if before != new { records[record] = new }
    noteUndated(read, context, isPiece: false, sink.isMuted)
    guard !sink.isMuted else { return }
    tally.count(read.format)
    if before.time.isUndated, read.time.isDated {
      zone.sawDate(
        block: block, line: LineNumber.line(context.citation.number), read.time,
        after: before.time, offset: context.assumedOffset, isOther: before.format != read.format)
    }
    if isUncertain {
      zone.mark(block: block, line: LineNumber.line(context.citation.number), read.time)
    } else {
      tally.saw(read.time)
    }
    if before.isUncertain != isUncertain, before.format != read.format, before.time.isKnown {
      zone.sawNeighbours(
        zoneless: isUncertain ? read.time : before.time,
        dated: isUncertain ? before.time : read.time)
    }
    sink.endLine(.message, read.format, read.time, context, length)
  }

  /// Keeps a time without a date, until its day is settled.
  mutating func noteUndated(
    _ read: ReadLine, _ context: LineContext, isPiece: Bool, _ isMuted: Bool
  ) {
    guard read.time.isUndated else { return }
    undatedTime = read.time
    guard !isMuted else { return }
    zone.sawUndated(
      block: block, line: LineNumber.line(context.citation.number), read.time,
      offset: context.assumedOffset, isPiece: isPiece)
  }

  /// A vote for the zone of zone-less stamps: the line has a second stamp with its zone.
  mutating func vote(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ own: Int64, _ isMuted: Bool
  ) {
    guard votesLeft > 0, !isMuted, let inner = ZoneProbe.inner(s, from, to),
      let offset = ZoneProbe.offset(local: own, true: inner)
    else { return }
    votesLeft -= 1
    zone.votes[offset, default: 0] += 1
  }

  /// A line with a time and no date has a second stamp with date and zone: that tells the zone, and the day.
  mutating func voteForDay(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ own: Instant, _ context: LineContext,
    _ isMuted: Bool
  ) {
    guard votesLeft > 0, !isMuted, let inner = ZoneProbe.inner(s, from, to),
      let offset = ZoneProbe.offset(clock: s, from, true: inner)
    else { return }
    votesLeft -= 1
    if isZoneOpen { zone.votes[offset, default: 0] += 1 }
    guard own.isUndated else { return }
    let local = Instant(nanoseconds: inner &+ Int64(isZoneOpen ? offset : 0) &* 1_000_000_000)
    zone.sawDate(
      block: block, line: LineNumber.line(context.citation.number), local, after: own,
      offset: context.assumedOffset)
  }

  /// Starts a new table of texts in the sink; the writers that are known go on.
  mutating func renewSymbols(_ sink: inout Sink) {
    let old = sink.observations.symbols
    var new = SymbolTable()
    var renamed: [UInt32: Int] = [:]
    for (writer, record) in recordOf {
      renamed[new.adopt(Symbol(index: writer), from: old).index] = record
    }
    recordOf = renamed
    for i in partials.indices {
      partials[i].writer = new.adopt(partials[i].writer, from: old)
      partials[i].frame.writer = new.adopt(partials[i].frame.writer, from: old)
    }
    if !openWriter.isNone { openWriter = new.adopt(openWriter, from: old) }
    sink.observations.symbols = new
  }

  // MARK: Blocks

  /// What was read up to here told the state of things before the block only: count from here on.
  package mutating func begin() {
    line = 0
    tally = LineTally()
    zone = ZoneNotes()
    votesLeft = 64
  }

  mutating func nextBlock(_ sink: inout Sink) {
    if !sink.isMuted { sink.blockLines[source, default: [:]][block] = line }
    block += 1
    line = 0
  }

  /// What was read so far does not tell the state of things: nothing was read yet that could begin
  /// anything, or a line that the container runtime cut is open (it may have begun earlier).
  package var isUnsettled: Bool { !partials.isEmpty || !hasRead }

  package mutating func sawTooLongLine() { tally.tooLong += 1 }

  /// Ends the block: reads what was begun, and moves the counts into the sink. `isLast`: the source
  /// ends here.
  package mutating func finish(isLast: Bool, _ sink: inout Sink) {
    if isLast {
      let open = partials
      partials = []
      for partial in open { finish(partial, &sink) }
    }
    nextBlock(&sink)
    var coverage = sink.observations.coverage[source] ?? Coverage()
    tally.fold(into: &coverage)
    sink.foldStatuses(into: &coverage)
    sink.observations.coverage[source] = coverage
    if !zone.isEmpty { sink.zones[source, default: ZoneNotes()].absorb(zone) }
    if tally.tooLong > 0 { sink.tooLong[source, default: 0] += tally.tooLong }
    tally = LineTally()
    zone = ZoneNotes()
  }
}
