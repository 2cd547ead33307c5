internal import ByteScan
internal import Evidence

extension LineReader {
  /// Reads a text that is free of wrappers, or keeps it until the rest of its line comes.
  mutating func text(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: Frame, _ context: LineContext,
    _ sink: inout Sink
  ) {
    guard frame.joinsPartials else { return pieces(s, from, to, frame, context, &sink) }
    let open = openPartial(frame)
    if frame.isPartial {
      keep(s, from, to, open, frame)
      if !sink.isMuted {
        tally.continuations += 1
        sink.witness?.saw(s, from, to, .piece, frame, context)
        sink.endLine(.continuation, .unparsed, frame.time, context, to - from)
      }
      return
    }
    guard let open else { return pieces(s, from, to, frame, context, &sink) }
    var joined = partials.remove(at: open)
    for i in from..<min(to, from + LineFeed.longest - min(joined.bytes.count, LineFeed.longest)) {
      joined.bytes.append(s[i])
    }
    whole(joined, context, &sink)
  }

  /// Reads a line that is joined by now, or ended with its source: its own wrappers come off.
  private mutating func whole(
    _ partial: Partial, _ context: LineContext, _ sink: inout Sink
  ) {
    var frame = partial.frame
    frame.isPartial = false
    frame.joinsPartials = false
    unwrap(partial.bytes.span, 0, partial.bytes.count, depth: 2, frame, context, &sink)
  }

  private func openPartial(_ frame: Frame) -> Int? {
    partials.firstIndex {
      $0.writer == frame.writer && $0.stream == frame.stream && $0.frame.runtimes == frame.runtimes
    }
  }

  /// A part of a line that a runtime cut: one that goes on, or the last of them.
  func isPiece(_ frame: Frame) -> Bool {
    frame.joinsPartials && (frame.isPartial || !partials.isEmpty && openPartial(frame) != nil)
  }

  private mutating func keep(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ open: Int?, _ frame: Frame
  ) {
    var index = open ?? partials.count
    if open == nil {
      // Hostile input could begin any number of lines: the oldest is given up.
      if partials.count >= 64 { partials.removeFirst() }
      index = partials.count
      var first = frame
      first.doubt = -1
      partials.append(
        Partial(writer: frame.writer, stream: frame.stream, bytes: [], frame: first))
    }
    let room = LineFeed.longest - partials[index].bytes.count
    for i in from..<min(to, from + max(0, room)) { partials[index].bytes.append(s[i]) }
  }

  /// Reads a line whose end never came.
  mutating func finish(_ partial: Partial, _ sink: inout Sink) {
    var context = LineContext(
      citation: Citation(
        source: source, number: LineNumber.relative(block: block, line: max(1, line))))
    context.assumedOffset = options.timezone ?? 0
    // The pieces were counted as continuations.
    isExtra = true
    whole(partial, context, &sink)
    isExtra = false
  }

  /// Shippers may send a message and its stack trace as one text: one record and its continuations.
  private mutating func pieces(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: Frame, _ context: LineContext,
    _ sink: inout Sink
  ) {
    guard frame.isWrapped else { return payload(s, from, to, frame, context, &sink) }
    let newline = Bytes.findFar(10, s, from, to)
    guard newline >= 0 else { return payload(s, from, to, frame, context, &sink) }
    let wasExtra = isExtra
    var start = from
    var end = newline
    while start <= to {
      payload(s, start, end > start && s[end - 1] == 13 ? end - 1 : end, frame, context, &sink)
      isExtra = true
      start = end + 1
      guard start < to else { break }
      let next = Bytes.findFar(10, s, start, to)
      end = next < 0 ? to : next
    }
    isExtra = wasExtra
  }

  /// A stamp in whole seconds is better than that of the line before, which may know a missing year better.
  private func previousTime(_ frame: Frame, _ before: Instant) -> Instant {
    guard frame.roughTime.isKnown else { return before }
    return frame.lacksYear
      ? frame.roughTime.inYear(after: before) : frame.roughTime
  }

  /// Reads one text: by a format, as a continuation, or not at all.
  mutating func payload(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: Frame, _ outer: LineContext,
    _ sink: inout Sink
  ) {
    var context = outer
    context.writer = frame.writer
    context.wrapperTime = frame.time
    context.changed = changed
    let record = recordIndex(frame.writer)
    context.previousTime = previousTime(frame, records[record].time)
    context.undatedTime = undatedTime
    if readBehindStamp(s, from, to, frame, context, &sink) { return }
    if read(s, from, to, frame, record, &context, isFragment: false, &sink) { return }
    if frame.doubt >= 0, frame.doubt < from {
      var plain = frame
      plain.time = .unknown
      context.wrapperTime = .unknown
      if read(s, frame.doubt, to, plain, record, &context, isFragment: false, &sink) {
        sink.witness?.doubted(from: frame.doubt)
        return
      }
      context.wrapperTime = frame.time
    }
    if !frame.isWrapped, readLate(s, from, to, context, &sink) { return }
    let text = Bytes.skipBlanks(s, from, to)
    if text > from, text < to, s[text] > 32,
      read(
        s, text, to, frame, record, &context, isFragment: false,
        isStrict: !Prefixes.isDated(s, text, to), &sink)
    {
      return
    }
    let isBlank = Bytes.skipBlanks(s, from, to) >= to
    // What follows a record of a known layout and begins like none is the rest of it (an exception's
    // own line); fragments stand for themselves, but for their traces.
    let belongs =
      records[record].isMessage
      && (LineReader.goesOn(s, from, to)
        || records[record].format != .fragment && !LineReader.begins(s, from, to))
    if !isBlank, !belongs,
      read(s, from, to, frame, record, &context, isFragment: true, &sink)
    {
      return
    }
    if isBlank || belongs {
      if !isBlank {
        context.previousTime = records[record].time
        context.previousFormat = records[record].format
        _ = ContinuationReader.read(s, from, to, context, &sink)
        if records[record].isUncertain, !sink.isMuted {
          zone.mark(
            block: block, line: LineNumber.line(context.citation.number), .unknown)
        }
      }
      guard !sink.isMuted else { return }
      if !isExtra { tally.continuations += 1 }
      sink.witness?.saw(
        s, from, to, .continuation(of: records[record].format), frame, context)
      let time = records[record].time.isKnown ? records[record].time : frame.anyTime
      sink.endLine(.continuation, .unparsed, time, context, to - from)
      return
    }
    records[record].isMessage = false
    guard !sink.isMuted else { return }
    if !isExtra { tally.unparsed(context.citation) }
    tally.saw(frame.time)
    sink.witness?.saw(s, from, to, .unparsed, frame, context)
    sink.endLine(.unparsed, .unparsed, frame.anyTime, context, to - from)
  }

  /// Asks the formats, the last successful one first. `isStrict`: only those of one program.
  mutating func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: Frame, _ record: Int,
    _ context: inout LineContext, isFragment: Bool, isStrict: Bool = false, _ sink: inout Sink
  ) -> Bool {
    guard from < to else { return false }
    let own = ZoneProbe.zoneless(s, from, to)
    var isUncertain = false
    if let own {
      if let timezone = options.timezone {
        context.assumedOffset = timezone
      } else if context.wrapperTime.isKnown,
        let offset = ZoneProbe.offset(local: own, true: context.wrapperTime.nanoseconds)
      {
        context.assumedOffset = offset
      } else {
        context.assumedOffset = options.fallbackOffset ?? 0
        isUncertain = options.fallbackOffset == nil
      }
    }
    let isClock = own == nil && ZoneProbe.isClock(s, from, to)
    if isClock {
      if let timezone = options.timezone {
        context.assumedOffset = timezone
      } else if context.wrapperTime.isKnown {
        context.assumedOffset =
          ZoneProbe.offset(clock: s, from, true: context.wrapperTime.nanoseconds) ?? 0
      } else {
        context.assumedOffset = options.fallbackOffset ?? 0
        isUncertain = options.fallbackOffset == nil
      }
    }
    for pattern in options.patterns where !isFragment {
      guard let read = pattern.read(s, from, to, context, &sink) else { continue }
      isPlain = !frame.isWrapped
      if isPlain, s[from] == UInt8(ascii: "{") { plainHead = LineReader.head(s, from, to) }
      if isExtra {
        records[record].isMessage = false
        noteUndated(read, context, isPiece: true, sink.isMuted)
      } else {
        note(read, record, isUncertain, context, to - from, &sink)
      }
      return true
    }
    var index = favourite
    for turn in -1..<formats.count {
      if turn >= 0 {
        if turn == favourite { continue }
        index = turn
      }
      guard index < formats.count, readsFragments[index] == isFragment,
        !isStrict || !isGeneral[index]
      else { continue }
      let type = formats[index]
      guard type.mayRead(s, from, to),
        let read = type.read(s, from, to, context, &sink)
      else { continue }
      sink.witness?.saw(s, from, to, .format(index, read.format), frame, context)
      if read.format.isUTC { isUncertain = false }
      if let own, isUncertain { vote(s, from, to, own, sink.isMuted) }
      if frame.lacksZone, own == nil, !isClock {
        isUncertain = read.time == frame.roughTime
        if !isUncertain { vote(s, from, to, frame.roughTime.nanoseconds, sink.isMuted) }
      }
      if isClock { voteForDay(s, from, to, read.time, context, sink.isMuted) }
      if !isFragment {
        // A reader of free messages, or of any application's requests, may take what a stricter one
        // would read better: begin there only after requests of one program and Keycloak's lines.
        let isStrict =
          read.isMessage
          ? read.format == .keycloakText || read.format == .keycloakJSON
          : !isGeneral[index]
        favourite = isStrict ? index : 0
        isPlain = !frame.isWrapped
        if isPlain, s[from] == UInt8(ascii: "{") { plainHead = LineReader.head(s, from, to) }
      }
      if isExtra {
        records[record].isMessage = read.isMessage
        noteUndated(read, context, isPiece: true, sink.isMuted)
      } else {
        note(read, record, isUncertain, context, to - from, &sink)
      }
      return true
    }
    return false
  }

  // MARK: Records by writer

  mutating func recordIndex(_ writer: Symbol) -> Int {
    if writer.isNone { return 0 }
    if let known = recordOf[writer.index] { return known }
    // Hostile input could name any number of writers: the late ones share a record.
    guard records.count < 4096 else { return 0 }
    recordOf[writer.index] = records.count
    records.append(Record())
    return records.count - 1
  }

  mutating func forget(_ writer: Symbol) {
    recordOf[writer.index] = nil
    records.removeLast()
  }

  /// Lines that only ever stand behind others: indented ones, Java's and Python's.
  static func goesOn(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to else { return true }
    return switch s[from] {
    case 9, 32, UInt8(ascii: "}"), UInt8(ascii: ")"): true
    case UInt8(ascii: "#"): Bytes.has("#011", s, from, to)
    case UInt8(ascii: "C"): Bytes.has("Caused by: ", s, from, to)
    case UInt8(ascii: "S"): Bytes.has("Suppressed: ", s, from, to)
    case UInt8(ascii: "T"): Bytes.has("Traceback (", s, from, to)
    case UInt8(ascii: "."): Bytes.has("... ", s, from, to)
    case UInt8(ascii: "a"): Bytes.has("at ", s, from, to)
    default: false
    }
  }

  /// Lines that look like the beginning of a record of some unknown format.
  static func begins(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard from < to else { return false }
    let first = s[from]
    if Bytes.isDigit(first) { return true }
    if first == UInt8(ascii: "{") { return Bytes.has("{\"", s, from, to) }
    if first == UInt8(ascii: "["), from + 1 < to { return Bytes.isDigit(s[from + 1]) }
    return false
  }
}
