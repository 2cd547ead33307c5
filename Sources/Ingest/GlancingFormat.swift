internal import ByteScan
package import Evidence

/// A format whose plain successes are told by their bytes alone.
package protocol GlancingFormat: LineFormat {
  /// A plain success on a plain path, all of the line as `read` wants it: what is counted and no more
  /// where the sample is full. `nil` in every other case and in doubt; `read` decides then.
  ///
  /// The line is the one that `memory.marks` found last. It begins with an address, or as one before that had no
  /// wrapper.
  static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance?
}

/// What there is to count of an ordinary line.
package struct Glance: Sendable, BitwiseCopyable {
  package var status: UInt16
  /// Of a stamp without a zone: as if UTC.
  package var time: Instant
  /// The line has a stamp without a zone at its start, and none with a zone.
  package var isZoneless = false
}

extension GlancingFormat {
  package static var glances: Bool { true }

  /// Reads lines one behind the other for which a glance is enough, of those that begin in `s[from..<limit]` and
  /// are marked: where the first other line begins.
  package static func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ reader: inout LineReader,
    _ sink: inout Sink
  ) -> Int {
    var run = GlanceRun(after: reader.line)
    var at = from
    while at < limit {
      let newline = reader.memory.marks.takeLine(at)
      guard newline >= 0 else { break }
      let to = newline > at && s[newline &- 1] == 13 ? newline &- 1 : newline
      guard let glance = glance(s, at, to, &reader.memory),
        !reader.memory.marks.hasEscape || Bytes.findFar(27, s, at, to) < 0
      else { break }
      let priority = LinePriority.of(s, at, newline)
      guard sink.isGlanceEnough(priority), run.room > 0 else { break }
      let context = run.count(glance, &reader, priority, newline &+ 1 &- at)
      sink.pass(glance.status, s, at, to, Self.self, context)
      at = newline &+ 1
    }
    run.end(format, &reader)
    return at
  }
}

/// What a reader notes of plain successes one behind the other, kept in few fields until another line comes.
struct GlanceRun {
  private let before: Int
  private var lines = 0
  private var bytes = 0
  private var first = Instant.unknown
  private var last = Instant.unknown
  private var latest = Instant.unknown
  private var isUncertain = false

  @inline(__always) init(after line: Int) { before = line }

  /// Lines that the block has room for.
  @inline(__always) var room: Int { LineNumber.perBlock &- 1 &- before &- lines }

  /// Counts lines of one time, which has a zone.
  @inline(__always)
  mutating func count(_ plain: PlainLines, _ time: Instant) {
    guard plain.lines > 0 else { return }
    lines &+= plain.lines
    bytes &+= plain.bytes
    latest = time
    isUncertain = false
    if !first.isKnown || time < first { first = time }
    if !last.isKnown || time > last { last = time }
  }

  /// Counts a line that takes `stored` bytes.
  @inline(__always)
  mutating func count(
    _ glance: Glance, _ reader: inout LineReader, _ priority: UInt64, _ stored: Int
  ) -> LineContext {
    lines &+= 1
    bytes &+= stored
    let number = LineNumber.relative(block: reader.block, line: before &+ lines)
    var context = LineContext(citation: Citation(source: reader.source, number: number))
    context.priority = priority
    context.assumedOffset = reader.options.timezone ?? 0
    latest = glance.time
    isUncertain = false
    if glance.isZoneless {
      context.assumedOffset = reader.options.timezone ?? reader.options.fallbackOffset ?? 0
      latest.nanoseconds &-= Int64(context.assumedOffset) &* 1_000_000_000
      isUncertain = reader.isZoneOpen
    }
    if isUncertain {
      reader.zone.mark(block: reader.block, line: before &+ lines, latest)
    } else {
      if !first.isKnown || latest < first { first = latest }
      if !last.isKnown || latest > last { last = latest }
    }
    return context
  }

  func end(_ format: Format, _ reader: inout LineReader) {
    guard lines > 0 else { return }
    reader.passed(lines, bytes)
    reader.tally.count(format, lines)
    reader.tally.saw(first)
    reader.tally.saw(last)
    let record = LineReader.Record(time: latest, format: format, isUncertain: isUncertain)
    // Neighbours are mostly alike, and looking is cheaper than writing.
    if reader.records[0] != record { reader.records[0] = record }
  }
}
