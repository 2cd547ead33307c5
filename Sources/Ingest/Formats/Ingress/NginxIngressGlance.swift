internal import ByteScan
internal import Evidence

/// Plain successes of ingress-nginx: `LineMarks.passPlain` takes only what `NginxIngress.read` takes, and less.
extension NginxIngress {
  package static func glance(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) -> Glance? {
    guard memory.marks.isLine(from, to) else { return nil }
    let plain = memory.passPlain(s, from, before: to, most: 1, wantedBelow: 0)
    guard plain.lines == 1 else { return nil }
    return Glance(status: plain.status, time: memory.headTime)
  }

  package static func passOver(
    _ s: Span<UInt8>, _ from: Int, beginningBefore limit: Int, _ reader: inout LineReader,
    _ sink: inout Sink
  ) -> Int {
    guard !reader.memory.marks.hasEscape else { return from }
    var run = GlanceRun(after: reader.line)
    var at = from
    while true {
      let plain = reader.memory.passPlain(
        s, at, before: limit, most: run.room, wantedBelow: sink.observations.successes.limit)
      let time = reader.memory.headTime
      run.count(plain, time)
      sink.pass(plain)
      at &+= plain.bytes
      switch plain.stop {
      case .goesOn where plain.lines > 0, .otherHead where plain.lines > 0: continue
      case .wanted(let priority) where sink.readsSuccessesLate && run.room > 0:
        let newline = reader.memory.marks.takeLine(at)
        let to = s[newline &- 1] == 13 ? newline &- 1 : newline
        let glance = Glance(status: plain.status, time: time)
        let context = run.count(glance, &reader, priority, newline &+ 1 &- at)
        sink.pass(plain.status, s, at, to, Self.self, context)
        at = newline &+ 1
        continue
      default: break
      }
      run.end(format, &reader)
      return at
    }
  }
}

extension GlanceMemory {
  /// The time of the lines that were passed over last.
  var headTime: Instant { Instant(nanoseconds: head.nanoseconds) }

  /// `LineMarks.passPlain` with the head that is found.
  fileprivate mutating func passPlain(
    _ s: Span<UInt8>, _ from: Int, before limit: Int, most: Int, wantedBelow priority: UInt64
  ) -> PlainLines {
    let plain = marks.passPlain(s, from, before: limit, most: most, head, wantedBelow: priority)
    guard case .otherHead(let at) = plain.stop, plain.lines == 0, let next = LineHead(s, at) else {
      return plain
    }
    head = next
    return marks.passPlain(s, from, before: limit, most: most, head, wantedBelow: priority)
  }
}
