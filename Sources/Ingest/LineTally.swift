internal import Evidence

/// Counts of one block, kept in plain fields and folded into `Coverage` when the block ends.
struct LineTally: Sendable {
  var lines = 0
  var bytes = 0
  var continuations = 0
  var unparsed = 0
  var unparsedExamples: [Citation] = []
  var tooLong = 0
  var first = Instant.unknown
  var last = Instant.unknown
  private var formats: [(format: Format, count: Int)] = []
  /// The format of the run of lines being counted.
  private var run = Format.unparsed
  private var runCount = 0

  mutating func saw(_ time: Instant) {
    guard time.isDated else { return }
    if !first.isKnown || time < first { first = time }
    if !last.isKnown || time > last { last = time }
  }

  mutating func count(_ format: Format, _ lines: Int = 1) {
    if format != run {
      flush()
      run = format
    }
    runCount &+= lines
  }

  private mutating func flush() {
    guard runCount > 0 else { return }
    if let i = formats.firstIndex(where: { $0.format == run }) {
      formats[i].count += runCount
    } else {
      formats.append((run, runCount))
    }
    runCount = 0
  }

  mutating func unparsed(_ citation: Citation) {
    unparsed += 1
    if unparsedExamples.count < 5 { unparsedExamples.append(citation) }
  }

  mutating func fold(into coverage: inout Coverage) {
    flush()
    var mine = Coverage()
    mine.lines = lines
    mine.bytes = bytes
    mine.continuations = continuations
    mine.unparsed = unparsed
    mine.unparsedExamples = unparsedExamples
    mine.first = first
    mine.last = last
    for (format, count) in formats { mine.formats[format] = count }
    coverage.absorb(mine)
  }
}
