internal import ByteScan
internal import Evidence

/// What wrappers say of the line inside them: when it was written, and by whom.
extension LineReader {
  /// The writer that a shipper's tag names.
  func tag(
    _ name: Prefixes.Named, _ s: Span<UInt8>, _ frame: inout Frame, _ sink: inout Sink
  ) {
    if let names = Prefixes.tagged(s, name) {
      setWriter(&frame, s, pod: names.pod, container: names.container, &sink)
    } else {
      frame.writer = sink.intern(s, name.nameStart, name.nameEnd)
    }
  }

  /// A leading stamp with zone: CRI, logcli, `--timestamps`; `nil` when it is the program's own.
  func stamp(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ frame: inout Frame, _ sink: inout Sink
  ) -> Int? {
    if let tagged = Prefixes.fluentd(s, from, to) {
      sink.witness?.peeled(.labels, at: from)
      set(Instant(nanoseconds: tagged.nanoseconds), isCoarse: tagged.isCoarse, &frame)
      tag(tagged.name, s, &frame, &sink)
      frame.doubt = from
      return tagged.name.next
    }
    if let saved = Prefixes.grafana(s, from, to) {
      sink.witness?.peeled(.stamp, at: from)
      frame.time = Instant(nanoseconds: saved.nanoseconds)
      return saved.next
    }
    guard let stamp = Prefixes.stamp(s, from, to) else {
      guard let shown = Prefixes.shown(s, from, to) else { return nil }
      sink.witness?.peeled(.stamp, at: from)
      set(Instant(nanoseconds: shown.nanoseconds), isCoarse: shown.isCoarse, &frame)
      frame.doubt = from
      return shown.next
    }
    let time = Instant(nanoseconds: stamp.nanoseconds)
    if let cri = Prefixes.cri(s, stamp.next, to) {
      sink.witness?.peeled(.cri, at: from)
      set(time, isCoarse: stamp.isCoarse, &frame)
      frame.stream = cri.isErrors ? .errors : .output
      frame.isPartial = cri.isPartial
      frame.joinsPartials = true
      frame.runtimes &+= 2
      frame.doubt = -1
      return cri.next
    }
    if stamp.isBeforeLabels, let labels = Prefixes.labels(s, stamp.next, to) {
      sink.witness?.peeled(.labels, at: from)
      set(time, isCoarse: stamp.isCoarse, &frame)
      if labels.nameEnd > labels.nameStart {
        frame.writer = sink.intern(s, labels.nameStart, labels.nameEnd)
      }
      return labels.next
    }
    if let platform = Prefixes.heroku(s, stamp.next, to) ?? Prefixes.cloudFoundry(s, stamp.next, to)
    {
      set(time, isCoarse: stamp.isCoarse, &frame)
      return peel(platform, .stamp, at: from, s, &frame, &sink)
    }
    // `aws logs tail` writes `+00:00`, not `Z`.
    if !frame.time.isKnown, !stamp.isCoarse, s[stamp.next - 2] == UInt8(ascii: "0"),
      let stream = Prefixes.logStream(s, stamp.next, to)
    {
      frame.time = time
      return peel(stream, .stamp, at: from, s, &frame, &sink)
    }
    // `STAMP | line` of consoles that show logs.
    let isBarred = Bytes.has("| ", s, stamp.next, to)
    guard isBarred || stamp.isNano else { return nil }
    sink.witness?.peeled(.stamp, at: from)
    // The inner one is nearer to what happened.
    if !frame.time.isKnown || stamp.isNano { set(time, isCoarse: stamp.isCoarse, &frame) }
    frame.doubt = from
    return isBarred ? stamp.next + 2 : stamp.next
  }

  func set(_ time: Instant, isCoarse: Bool, _ frame: inout Frame) {
    if isCoarse { frame.roughTime = time } else { frame.time = time }
  }

  func apply(
    _ json: JSONWrapper, _ s: Span<UInt8>, _ frame: inout Frame, _ sink: inout Sink
  ) {
    if json.nanoseconds != .min {
      set(Instant(nanoseconds: json.nanoseconds), isCoarse: json.isCoarse, &frame)
    }
    if json.stream != .none { frame.stream = json.stream }
    frame.isPartial = json.isPartial
    frame.joinsPartials = json.joinsPartials
    if json.joinsPartials { frame.runtimes &+= 1 }
    setWriter(&frame, s, pod: json.pod, container: json.container, &sink)
  }

  func setWriter(
    _ frame: inout Frame, _ s: Span<UInt8>, pod: (start: Int, end: Int),
    container: (start: Int, end: Int), _ sink: inout Sink
  ) {
    let hasPod = pod.end > pod.start
    let hasContainer = container.end > container.start
    guard hasPod, hasContainer else {
      let name = hasPod ? pod : container
      if hasPod || hasContainer { frame.writer = sink.intern(s, name.start, name.end) }
      return
    }
    var name: [UInt8] = []
    for i in pod.start..<pod.end { name.append(s[i]) }
    name.append(UInt8(ascii: "/"))
    for i in container.start..<container.end { name.append(s[i]) }
    frame.writer = sink.intern(name.span, 0, name.count)
  }

  func apply(
    _ syslog: SyslogPrefix, _ s: Span<UInt8>, _ frame: inout Frame, _ sink: inout Sink
  ) {
    if frame.writer.isNone {
      frame.writer = sink.intern(s, syslog.nameStart, syslog.nameEnd)
    }
    if syslog.hasZone {
      set(Instant(nanoseconds: syslog.nanoseconds), isCoarse: syslog.isCoarse, &frame)
    } else if syslog.month > 0, let time = dated(syslog) {
      frame.roughTime = Instant(nanoseconds: time.nanoseconds &+ Int64(syslog.fraction))
      frame.lacksYear = true
    }
  }

  func dated(_ syslog: SyslogPrefix) -> Instant? {
    Instant.latest(before: changed) { year in
      Instant.utc(
        year: year, month: syslog.month, day: syslog.day, second: syslog.secondOfDay,
        offset: options.timezone ?? 0)
    }
  }

  /// When the source was last changed; `.unknown` for what cannot tell.
  var changed: Instant {
    guard options.modified > 0 else { return .unknown }
    return Instant(nanoseconds: Int64(clamping: options.modified) &* 1_000_000_000)
  }
}

extension Instant {
  /// The same date and time of day, in the first year in which it is not more than a day before another stamp: logs
  /// go forward.
  func inYear(after other: Instant) -> Instant {
    guard isKnown, other.isKnown else { return self }
    let earliest = other.advanced(seconds: -86_400)
    let date = civil
    let second = date.hour * 3600 + date.minute * 60 + date.second
    let year = other.civil.year
    let fraction = nanoseconds % 1_000_000_000
    return [year - 1, year, year + 1].map {
      let whole = Instant.utc(year: $0, month: date.month, day: date.day, second: second, offset: 0)
      return Instant(nanoseconds: whole.nanoseconds &+ fraction)
    }.first { $0 >= earliest } ?? self
  }

  /// A stamp without a year lies in the year before the source was last changed, or in a day after it.
  static func latest(before changed: Instant, _ at: (Int) -> Instant) -> Instant? {
    guard changed.isKnown else { return nil }
    let year = changed.civil.year
    for candidate in [year + 1, year, year - 1] {
      let time = at(candidate)
      if time < changed.advanced(seconds: 86_400) { return time }
    }
    return nil
  }
}
