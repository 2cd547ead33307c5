internal import ByteScan
internal import Evidence

/// Wrappers that are looked for once nothing else could read a line.
extension LineReader {
  /// Wrappers that could be anything else, believed only when what they wrap can be read: syslog with
  /// an ISO stamp or without any, and stern.
  mutating func readLate(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ outer: LineContext, _ sink: inout Sink
  ) -> Bool {
    guard from < to, Prefixes.isLetterOrDigit(s[from]) else { return false }
    var frame = Frame()
    frame.isWrapped = true
    if let syslog = SyslogPrefix(s, from, to), syslog.hasZone {
      apply(syslog, s, &frame, &sink)
      sink.witness?.peeled(.syslog, at: from)
      if late(s, syslog.next, to, frame, outer, isKnown: false, &sink) { return true }
      sink.witness?.doubted(from: from)
      return false
    }
    if let tag = SyslogPrefix.tag(s, from, to), s[tag.1] == UInt8(ascii: "[") {
      frame.writer = sink.intern(s, tag.0, tag.1)
      sink.witness?.peeled(.syslog, at: from)
      if late(s, tag.2, to, frame, outer, isKnown: false, &sink) { return true }
      sink.witness?.doubted(from: from)
      frame.writer = .none
    }
    if readBehindTags(s, from, to, outer, &sink) || readBehindWords(s, from, to, outer, &sink) {
      return true
    }
    for words in 2...3 {
      guard let name = Prefixes.stern(s, from, to, words: words) else { return false }
      var text = name.next
      if let stamp = Prefixes.stamp(s, text, to), stamp.isNano {
        frame.time = Instant(nanoseconds: stamp.nanoseconds)
        text = stamp.next
      }
      frame.writer = sink.intern(s, name.nameStart, name.nameEnd)
      let isKnown = recordOf[frame.writer.index] != nil
      sink.witness?.peeled(.stern, at: from)
      if late(s, text, to, frame, outer, isKnown: isKnown, &sink) { return true }
      sink.witness?.doubted(from: from)
    }
    return false
  }

  /// `STAMP host program[12]: ` of rsyslog's files, which begins as an application's own line may. Without
  /// the number, what follows must be the line of one program, and so it must behind a stamp alone.
  mutating func readBehindStamp(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ around: Frame, _ outer: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    guard to - from > 40, s[from] == UInt8(ascii: "2"), s[from + 4] == UInt8(ascii: "-") else {
      return false
    }
    if s[from + 10] == 32 {
      return readBehindDesktopStamp(s, from, to, around, outer, &sink)
    }
    let blank = Bytes.find(32, s, from + 19, min(to, from + 37))
    guard blank > 0, blank + 1 < to else { return false }
    let next = s[blank + 1]
    var frame = around
    frame.isWrapped = true
    if Prefixes.isLetterOrDigit(next), let syslog = SyslogPrefix(s, from, to), syslog.hasZone {
      apply(syslog, s, &frame, &sink)
      sink.witness?.peeled(.syslog, at: from)
      let hasNumber = s[syslog.nameEnd] == UInt8(ascii: "[")
      if late(s, syslog.next, to, frame, outer, isKnown: false, isStrict: !hasNumber, &sink) {
        return true
      }
    } else if Prefixes.mayBeginAccess(next), let stamp = Prefixes.stamp(s, from, to) {
      set(Instant(nanoseconds: stamp.nanoseconds), isCoarse: stamp.isCoarse, &frame)
      sink.witness?.peeled(.stamp, at: from)
      let isStrict = !isObject(s, stamp.next, to)
      if late(s, stamp.next, to, frame, outer, isKnown: false, isStrict: isStrict, &sink) {
        return true
      }
    } else {
      return false
    }
    sink.witness?.doubted(from: from)
    return false
  }

  /// `2026-08-21 12:00:00 ` of Docker Desktop, or `2026-08-21 12:00:00.123<tab>` copied from Grafana, in front of a line that may have a stamp of its own: a local time, which
  /// says nothing about that line.
  private mutating func readBehindDesktopStamp(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ around: Frame, _ outer: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    guard let stamp = TimeStamp.iso(s, from, to),
      !stamp.hasZone, stamp.end + 20 < to
    else { return false }
    // Grafana's has a fraction, and a tab behind it.
    let own = stamp.end + 1
    let isObject = s[stamp.end] == 32 && isObject(s, own, to)
    guard own == from + 20 && s[stamp.end] == 32 || s[stamp.end] == 9 || isObject else {
      return false
    }
    let isDated =
      Bytes.has("time=\"", s, own, to)
      || s[own] == UInt8(ascii: "2") && TimeStamp.iso(s, own, to) != nil
    guard
      isDated || Bytes.isDigit(s[own]) || Bytes.has("{\"", s, own, to)
        || s[own] == UInt8(ascii: "[") && Bytes.isDigit(s[own + 1])
    else { return false }
    var frame = around
    frame.isWrapped = true
    sink.witness?.peeled(.stamp, at: from)
    if late(s, own, to, frame, outer, isKnown: false, isStrict: !isDated && !isObject, &sink) {
      return true
    }
    sink.witness?.doubted(from: from)
    return false
  }

  /// The rest of the line is one object: whoever wrote it, its members tell more than the stamp before it.
  private func isObject(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.has("{\"", s, from, to) && s[to - 1] == UInt8(ascii: "}")
  }

  /// `host program: `, perhaps behind the tag of a relay: two words and a colon may be anything, so what
  /// follows must be the line of one program.
  private mutating func readBehindTags(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ outer: LineContext, _ sink: inout Sink
  ) -> Bool {
    var frame = Frame()
    frame.isWrapped = true
    var text = from
    for _ in 0..<2 {
      guard let tag = SyslogPrefix.tag(s, text, to) else { return false }
      frame.writer = sink.intern(s, tag.0, tag.1)
      text = tag.2
      sink.witness?.peeled(.syslog, at: from)
      if late(s, text, to, frame, outer, isKnown: false, isStrict: true, &sink) { return true }
      sink.witness?.doubted(from: from)
    }
    return false
  }

  /// An access line in JSON that an operator put words in front of: `lb[1]: [ACCESS] 17 {"status":…}`.
  private mutating func readBehindWords(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ outer: LineContext, _ sink: inout Sink
  ) -> Bool {
    guard s[to - 1] == UInt8(ascii: "}") else { return false }
    let open = Bytes.find(" {\"", s, from, min(to, from + 64))
    guard open >= 0 else { return false }
    var frame = Frame()
    frame.isWrapped = true
    return late(s, open + 1, to, frame, outer, isKnown: false, isStrict: true, &sink)
  }

  private mutating func late(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: Frame, _ outer: LineContext, isKnown: Bool,
    isStrict: Bool = false, _ sink: inout Sink
  ) -> Bool {
    var context = outer
    context.writer = frame.writer
    context.wrapperTime = frame.time
    context.changed = changed
    // Stern colours and pod names are one thing, JSON inside is another.
    if isKnown {
      payload(s, from, to, frame, outer, &sink)
      return true
    }
    let known = recordOf.count
    let record = recordIndex(frame.writer)
    context.previousTime = frame.roughTime
    if read(s, from, to, frame, record, &context, isFragment: false, isStrict: isStrict, &sink) {
      return true
    }
    if recordOf.count > known { forget(frame.writer) }
    return false
  }
}
