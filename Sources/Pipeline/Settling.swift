internal import Evidence
internal import Ingest

/// Brings together what several readers saw, and settles what only the whole can tell: absolute line
/// numbers, and the zone of stamps without one.
struct Settling {
  var observations = Observations()
  /// In the order of their names.
  private(set) var sources = Sources()
  private var brokenOff: [UInt16: ByteStream.Fault] = [:]
  private var zones: [UInt16: ZoneNotes] = [:]
  private var blockLines: [UInt16: [Int: Int]] = [:]
  private var tooLong: [UInt16: Int] = [:]
  private var requests = OrderedParts<Request>()
  private var events = OrderedParts<TokenEvent>()

  init(_ sinks: consuming [Sink], _ options: IngestOptions) {
    let crew = Crew(hands: options.threads, run: Workers.run)
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
      brokenOff.merge(sink.brokenOff) { first, _ in first }
      tooLong.merge(sink.tooLong, uniquingKeysWith: +)
      var (requests, events): ([Request], [TokenEvent]) = ([], [])
      swap(&requests, &sink.observations.requests)
      swap(&events, &sink.observations.tokenEvents)
      var symbols: [Symbol]?
      if observations.symbols.count <= 1, observations.coverage.isEmpty {
        swap(&observations, &sink.observations)
      } else {
        let tokens = Int32(observations.tokens.count)
        if tokens > 0 { for i in requests.indices { requests[i].moveTokens(by: tokens) } }
        symbols = observations.absorb(sink.observations, crew: crew)
      }
      self.requests.add(requests, symbols)
      self.events.add(events, symbols)
    }
  }

  mutating func settle(_ options: IngestOptions, _ plan: InputPlan) {
    for (source, reason) in plan.passedOver {
      observations.coverage[source, default: Coverage()].problems.append(reason)
    }
    shiftZones(options, plan.register.all.map(\.name))
    let undated = dateBlocks()
    for (source, fault) in brokenOff {
      let lines = observations.coverage[source]?.lines ?? 0
      observations.coverage[source, default: Coverage()].problems.append(fault.text(lines: lines))
    }
    let (order, sorted) = plan.register.sorted()
    sources = sorted
    let lines = LineBases(blockLines, order)
    observations.mapCitations(lines.final)
    for (source, count) in tooLong {
      observations.coverage[source, default: Coverage()].problems.append(
        "\(count) \(count == 1 ? "line" : "lines") longer than 1 MiB cut")
    }
    for source in Array(observations.coverage.keys) {
      observations.coverage[source]?.problems.sort()
    }
    // Sources without a line have their place in the coverage too.
    renumberSources(order)
    for source in sources.all.indices {
      let key = UInt16(source)
      if observations.coverage[key] == nil { observations.coverage[key] = Coverage() }
    }
    observations.sort()
    // The sampled ones will be merged among the others.
    let sampled = observations.successes.items.count + observations.captured.items.count
    observations.requests = requests.taken(lines, hands: options.threads, room: sampled)
    observations.tokenEvents = events.taken(lines, hands: options.threads)
    UndatedLogs.settle(undated.map { $0.moved(to: order) }, &observations)
    UndatedLogs.forgetTimes(&observations)
    observations.said = AnswerWords.read(observations)
  }

  /// Compressed inputs of which nothing could be read, ready to print.
  func unread(_ plan: InputPlan) -> [String] {
    let packed = Set(
      plan.jobs.compactMap { job in
        if case .packed = job.kind { job.path } else { nil }
      })
    return sources.all.indices.compactMap { i in
      guard packed.contains(sources.all[i].name), let c = observations.coverage[UInt16(i)],
        c.lines == 0, c.entriesRead == 0, let problem = c.problems.first
      else { return nil }
      return "\(sources.all[i].name): \(problem)"
    }
  }

  // MARK: Zones

  /// Stamps that were read as UTC are moved by the offset that other lines of their source show.
  private mutating func shiftZones(_ options: IngestOptions, _ names: [String]) {
    var shifts: [UInt16: Int] = [:]
    // A log and its rotated parts were written by one program: what one shows holds for all.
    var sets: [String: ZoneNotes] = [:]
    for (source, notes) in zones {
      sets[RotatedSet.name(of: names[Int(source)]), default: ZoneNotes()].absorb(notes.votesAlone)
    }
    for (source, notes) in zones {
      guard notes.hasMarks else { continue }
      var coverage = observations.coverage[source] ?? Coverage()
      let winner = notes.winner ?? sets[RotatedSet.name(of: names[Int(source)])]?.winner
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
    changeTimes { citation, time in
      guard time.isKnown, let offset = shifts[citation.source],
        marks[citation.source]?.isMarked(
          block: LineNumber.block(citation.number), line: LineNumber.line(citation.number)) == true
      else { return }
      time.nanoseconds &-= Int64(offset) &* 1_000_000_000
    }
  }

  private mutating func changeTimes(_ change: (Citation, inout Instant) -> Void) {
    requests.map {
      change($0.citation, &$0.start)
      change($0.citation, &$0.end)
    }
    events.map { change($0.citation, &$0.time) }
    observations.mapLogTimes(change)
  }

  // MARK: Days

  /// Lines with a time and no date count from one day per source. Where the source itself tells the date they
  /// get it; the others are what is left to do.
  private mutating func dateBlocks() -> [UndatedLogs.Log] {
    var shifts: [UInt16: [Int: Int]] = [:]
    var left: [UndatedLogs.Log] = []
    for (source, notes) in zones where notes.hasUndated {
      let days = notes.undatedDays
      let zone = Double(observations.coverage[source]?.zoneOffset ?? 0)
      let told = days.told
      shifts[source] = days.shifts.mapValues { $0 + (told ?? 0) }
      let span = (
        days.earliest.advanced(days: told ?? 0).advanced(seconds: -zone),
        days.latest.advanced(days: told ?? 0).advanced(seconds: -zone)
      )
      observations.coverage[source, default: Coverage()].undatedLines = notes.undatedLines
      observations.coverage[source]?.saw(dated: span.0, span.1)
      if told == nil {
        left.append(
          UndatedLogs.Log(
            source: source, first: span.0, last: span.1, neighbours: days.toldByOthers))
      }
    }
    guard !shifts.isEmpty else { return [] }
    changeTimes { citation, time in
      guard time.isUndated,
        let days = shifts[citation.source]?[LineNumber.block(citation.number)]
      else { return }
      time = time.advanced(days: days)
    }
    return left.sorted { $0.source < $1.source }
  }

  // MARK: Lines

  /// The coverage follows its source, whose citations `numberLines` has changed.
  private mutating func renumberSources(_ order: [UInt16]) {
    var coverage: [UInt16: Coverage] = [:]
    for (source, c) in observations.coverage where Int(source) < order.count {
      coverage[order[Int(source)]] = c
    }
    observations.coverage = coverage
  }
}
