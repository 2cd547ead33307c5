package import Evidence
internal import Ingest

/// One end of the span of time that is looked at, as a user gave it.
package enum TimeBound: Sendable, Equatable {
  case time(Instant)
  /// So many seconds before the last line of all.
  case back(Double)

  /// RFC 3339 (UTC without a zone), or a duration: `30m`, `1h30m`, `2d`. A time in whole seconds is the whole second
  /// where it ends a span. `nil` for anything else.
  package static func parse(_ text: String, isEnd: Bool) -> TimeBound? {
    if let time = Moment.parse(text) {
      let isWhole = isEnd && time.nanoseconds % 1_000_000_000 == 0
      return .time(isWhole ? Instant(nanoseconds: time.nanoseconds &+ 999_999_999) : time)
    }
    var seconds = 0.0
    var digits = ""
    for c in text {
      if c.isASCII, c.isNumber {
        digits.append(c)
        continue
      }
      guard digits.count < 9, let number = Double(digits), let unit = units[c] else { return nil }
      seconds += number * unit
      digits = ""
    }
    return digits.isEmpty && seconds > 0 && seconds < 1e10 ? .back(seconds) : nil
  }

  private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

  /// Inputs that are read as they come, once.
  package static func areLive(_ inputs: [String]) -> Bool {
    inputs.contains(where: InputFile.isPipe)
  }

  package var isBack: Bool { if case .back = self { true } else { false } }
}

extension IngestOptions {
  var hasWindow: Bool { since != nil || until != nil }

  /// Sets the span for inputs that are read once, as pipes are: times alone can be kept to.
  mutating func settleWindow() { settleWindow(last: .unknown) }

  /// Sets the span from what a first look at all inputs showed: when the last line was, and the zones.
  mutating func settleWindow(_ look: IngestRun) {
    var last = Instant.unknown
    for (source, coverage) in look.observations.coverage {
      if coverage.last.isKnown, !last.isKnown || coverage.last > last { last = coverage.last }
      guard let offset = coverage.zoneOffset, Int(source) < look.sources.all.count else { continue }
      zoneOffsets[look.sources.all[Int(source)].name] = offset
    }
    settleWindow(last: last)
  }

  private mutating func settleWindow(last: Instant) {
    guard hasWindow else { return }
    func instant(_ bound: TimeBound?) -> Instant {
      switch bound {
      case nil: .unknown
      case .time(let time): time
      case .back(let seconds): last.advanced(seconds: -seconds)
      }
    }
    window = TimeWindow(since: instant(since), until: instant(until))
  }

  /// Looks at all inputs once to settle the span.
  func lookedAt(_ inputs: [String], watch: IngestRun.Watch = IngestRun.Watch()) -> IngestOptions {
    guard hasWindow else { return self }
    var options = self
    options.settleWindow(IngestRun(inputs, self, watch: watch))
    return options
  }
}

extension Observations {
  /// Leaves out what lies outside of the span; what the first look told of zones stays told.
  mutating func keep(_ options: IngestOptions, _ sources: Sources) {
    guard let window = options.window else { return }
    for (source, name) in sources.all.map(\.name).enumerated() {
      if let offset = options.zoneOffsets[name] { coverage[UInt16(source)]?.zoneOffset = offset }
    }
    keep(window)
  }
}

extension TimeWindow {
  /// What a report says of it.
  var note: Note {
    let from = since.isKnown ? " from \(since.rfc3339)" : ""
    let to = until.isKnown ? " to \(until.rfc3339)" : ""
    return Note(kind: .coverage, text: "only what is stamped\(from)\(to) was looked at")
  }
}
