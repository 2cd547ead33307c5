internal import Evidence
internal import Ingest

/// Brings together what several readers saw, and settles what only the whole can tell: absolute line
/// numbers, and the zone of stamps without one.
struct Settling {
  var observations = Observations()
  private var zones: [UInt16: ZoneNotes] = [:]
  private var blockLines: [UInt16: [Int: Int]] = [:]
  private var tooLong: [UInt16: Int] = [:]

  init(_ sinks: consuming [Sink]) {
    var left = sinks
    // The largest first: what is absorbed exists twice for a moment.
    left.sort { $0.observations.symbols.count < $1.observations.symbols.count }
    while var sink = left.popLast() {
      for (source, notes) in sink.zones {
        zones[source, default: ZoneNotes()].absorb(notes)
      }
      for (source, blocks) in sink.blockLines {
        blockLines[source, default: [:]].merge(blocks, uniquingKeysWith: +)
      }
      tooLong.merge(sink.tooLong, uniquingKeysWith: +)
      if observations.symbols.count <= 1, observations.coverage.isEmpty {
        swap(&observations, &sink.observations)
      } else {
        observations.absorb(sink.observations)
      }
    }
  }

  mutating func settle(_ options: IngestOptions, _ plan: InputPlan) {
    for (source, reason) in plan.passedOver {
      observations.coverage[source, default: Coverage()].problems.append(reason)
    }
    shiftZones(options)
    numberLines()
    for (source, count) in tooLong {
      observations.coverage[source, default: Coverage()].problems.append(
        "\(count) \(count == 1 ? "line" : "lines") longer than 1 MiB cut")
    }
    for source in Array(observations.coverage.keys) {
      observations.coverage[source]?.problems.sort()
    }
    // Sources without a line have their place in the coverage too.
    for source in plan.sources.all.indices {
      let key = UInt16(source)
      if observations.coverage[key] == nil { observations.coverage[key] = Coverage() }
    }
    observations.sort()
  }

  // MARK: Zones

  /// Stamps that were read as UTC are moved by the offset that other lines of their source show.
  private mutating func shiftZones(_ options: IngestOptions) {
    var shifts: [UInt16: Int] = [:]
    for (source, notes) in zones {
      guard !notes.marks.isEmpty else { continue }
      var coverage = observations.coverage[source] ?? Coverage()
      let winner = notes.winner
      coverage.zoneUncertain = winner == nil
      coverage.zoneOffset = winner
      let offset = winner ?? 0
      coverage.saw(notes.first.advanced(seconds: -Double(offset)))
      coverage.saw(notes.last.advanced(seconds: -Double(offset)))
      observations.coverage[source] = coverage
      if offset != 0 { shifts[source] = offset }
    }
    guard !shifts.isEmpty else { return }
    let marks = zones
    func shift(_ citation: Citation, _ times: inout Instant) {
      guard times.isKnown, let offset = shifts[citation.source],
        marks[citation.source]?.isMarked(
          block: LineNumber.block(citation.number), line: LineNumber.line(citation.number)) == true
      else { return }
      times.nanoseconds &-= Int64(offset) &* 1_000_000_000
    }
    for i in observations.requests.indices {
      shift(observations.requests[i].citation, &observations.requests[i].start)
      shift(observations.requests[i].citation, &observations.requests[i].end)
    }
    observations.successes.mapRequests {
      shift($0.citation, &$0.start)
      shift($0.citation, &$0.end)
    }
    for i in observations.tokenEvents.indices {
      shift(observations.tokenEvents[i].citation, &observations.tokenEvents[i].time)
    }
    for i in observations.adminEvents.indices {
      shift(observations.adminEvents[i].citation, &observations.adminEvents[i].time)
    }
    for i in observations.messages.indices {
      shift(observations.messages[i].citation, &observations.messages[i].time)
    }
  }

  // MARK: Lines

  private mutating func numberLines() {
    var bases: [UInt16: [Int]] = [:]
    for (source, blocks) in blockLines {
      var base: [Int] = []
      var sum = 0
      for block in 0...(blocks.keys.max() ?? 0) {
        base.append(sum)
        sum += blocks[block] ?? 0
      }
      bases[source] = base
    }
    // Consecutive citations are mostly of one source.
    var source = -1
    var base: [Int] = []
    observations.mapCitations { citation in
      if Int(citation.source) != source {
        source = Int(citation.source)
        base = bases[citation.source] ?? []
      }
      let block = LineNumber.block(citation.number)
      guard block < base.count else { return citation }
      return Citation(
        source: citation.source, number: base[block] + LineNumber.line(citation.number))
    }
  }
}
