internal import ByteScan
internal import Evidence

extension LineReader {
  /// Wrappers around one line that are taken off, at most: `--prefix`, `--timestamps`, docker, colours…
  static let deepest = 6

  /// Takes off what stands around `s[from..<to]`, and reads what is left.
  mutating func unwrap(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, depth: Int, _ outer: Frame, _ context: LineContext,
    _ sink: inout Sink
  ) {
    var frame = outer
    var i = from
    var layers = depth
    // A piece of a cut line begins anywhere: what it seems to begin with is none of its wrappers.
    if isPiece(frame) { return text(s, i, to, frame, context, &sink) }
    if !openWriter.isNone, depth == 0 {
      frame.isWrapped = true
      if Prefixes.isFluentBitEnd(s, i, to) {
        frame.writer = openWriter
        openWriter = .none
        sink.witness?.peeled(.fluentBit, at: i)
        return text(s, to, to, frame, context, &sink)
      }
      if Prefixes.fluentBit(s, i, to) == nil { frame.writer = openWriter }
    }
    peeling: while i < to, layers < LineReader.deepest {
      layers += 1
      // More digits than stamps and addresses begin with.
      if Bytes.isDigit(s[i]), i + 60 < to, Bytes.isDigit(s[i + 4]),
        let saved = Prefixes.papertrail(s, i, to)
      {
        sink.witness?.peeled(.stamp, at: i)
        set(Instant(saved.time, context), isCoarse: saved.time.isCoarse, &frame)
        frame.writer = sink.intern(s, saved.name.nameStart, saved.name.nameEnd)
        frame.isWrapped = true
        i = saved.name.next
        continue peeling
      }
      if let next = Prefixes.quoting(s, i, to) {
        sink.witness?.peeled(.quoting, at: i)
        frame.doubt = i
        frame.isWrapped = true
        i = next
        continue peeling
      }
      let first = s[i]
      switch first {
      case 27, UInt8(ascii: "^"):
        guard ANSI.occurs(s, i, to) else { break peeling }
        sink.witness?.peeled(.colours, at: i)
        return rewritten(depth: layers, frame, context, &sink) { ANSI.strip(s, i, to, into: &$0) }
      case UInt8(ascii: "["):
        guard let pod = Prefixes.pod(s, i, to) else {
          if let printed = Prefixes.fluentBit(s, i, to) {
            return self.printed(printed, s, i, to, depth: layers, frame, context, &sink)
          }
          if JSONBatch.begins(s, i, to), batch(s, i, to, depth: layers, frame, context, &sink) {
            return
          }
          break peeling
        }
        sink.witness?.peeled(.podPrefix, at: i)
        frame.writer = sink.intern(s, pod.nameStart, pod.nameEnd)
        i = pod.next
      case UInt8(ascii: "1"), UInt8(ascii: "2"):
        guard let next = stamp(s, i, to, &frame, &sink) else {
          if let counted = Prefixes.counted(s, i, to) {
            i = counted
            continue peeling
          }
          if let syslog = SyslogPrefix(s, i, to), syslog.hasZone,
            Prefixes.begin(s, syslog.next, to) || Prefixes.plainlyStern(s, syslog.next, to) != nil
              || Prefixes.grep(s, syslog.next, to) != nil
          {
            sink.witness?.peeled(.syslog, at: i)
            apply(syslog, s, &frame, &sink)
            i = syslog.next
            frame.isWrapped = true
            continue peeling
          }
          guard
            let name = Prefixes.compose(s, i, to) ?? Prefixes.desktop(s, i, to)
          else { break peeling }
          i = peel(name, .compose, at: i, s, &frame, &sink)
          continue peeling
        }
        i = next
        if isPiece(frame) {
          frame.isWrapped = true
          return text(s, i, to, frame, context, &sink)
        }
      case UInt8(ascii: "{"):
        if let labels = Prefixes.labels(s, i, to), labels.nameEnd > labels.nameStart {
          i = peel(labels, .labels, at: i, s, &frame, &sink)
          continue peeling
        }
        if JSONBatch.begins(s, i, to), batch(s, i, to, depth: layers, frame, context, &sink) {
          return
        }
        guard let json = JSONWrapper(s, i, to, isRecord: frame.isRecord) else { break peeling }
        frame.isRecord = false
        apply(json, s, &frame, &sink)
        guard let text = json.text else { break peeling }
        sink.witness?.peeled(.json, at: i)
        frame.isWrapped = true
        frame.doubt = -1
        switch text.kind {
        case .string where text.isEscaped:
          return rewritten(depth: layers, frame, context, &sink) {
            JSONWalk.unescape(s, text.start, text.end, into: &$0)
          }
        case .array:
          return rewritten(depth: layers, frame, context, &sink) { out in
            _ = JSONWalk.elements(s, text.start, text.end) { value in
              out.append(UInt8(truncatingIfNeeded: Bytes.number(s, value.start, value.end)))
            }
          }
        default:
          return unwrap(s, text.start, text.end, depth: layers, frame, context, &sink)
        }
      case UInt8(ascii: "<"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if let java = Prefixes.javaWrapper(s, i, to) {
          i = peel(java, at: i, &frame, &sink)
        } else if let next = Prefixes.console(s, i, to) {
          sink.witness?.peeled(.stamp, at: i)
          frame.doubt = i
          i = next
        } else if first == UInt8(ascii: "M"), Bytes.has("MESSAGE=", s, i, to) {
          // journalctl -o export
          sink.witness?.peeled(.syslog, at: i)
          frame.doubt = i
          i += 8
        } else if let syslog = SyslogPrefix(s, i, to) {
          sink.witness?.peeled(.syslog, at: i)
          apply(syslog, s, &frame, &sink)
          i = syslog.next
        } else if let name = Prefixes.compose(s, i, to) {
          i = peel(name, .compose, at: i, s, &frame, &sink)
        } else if let name = Prefixes.grep(s, i, to) {
          i = peel(name, .grep, at: i, s, &frame, &sink)
        } else {
          break peeling
        }
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        guard let inside = Prefixes.quotation(s, i, to) else { break peeling }
        sink.witness?.peeled(.quoting, at: i)
        frame.isWrapped = true
        frame.doubt = -1
        if inside.isEscaped {
          return rewritten(depth: layers, frame, context, &sink) {
            JSONWalk.unescape(s, inside.start, inside.end, into: &$0)
          }
        }
        return unwrap(s, inside.start, inside.end, depth: layers, frame, context, &sink)
      case 32:
        // `cf logs` indents, and so do the journal's verbose output and Ansible's lists of lines.
        let next = Bytes.skipBlanks(s, i, min(to, i + 16))
        guard next < to else { break peeling }
        if s[next] == UInt8(ascii: "\""), next + 1 < to,
          Bytes.isDigit(s[next + 1]) || s[next + 1] == UInt8(ascii: "["),
          Prefixes.quotation(s, next, to) != nil
        {
          i = next
          continue peeling
        }
        if Bytes.has("MESSAGE=", s, next, to) {
          sink.witness?.peeled(.syslog, at: i)
          i = next + 8
        } else if s[next] == UInt8(ascii: "2"), let stamp = Prefixes.stamp(s, next, to),
          Prefixes.cloudFoundry(s, stamp.next, to) != nil
        {
          i = next
        } else if Prefixes.isIndented(s, next, to) {
          i = next
        } else {
          break peeling
        }
      case UInt8(ascii: "*"), UInt8(ascii: "-"), 0xe2:
        if first == UInt8(ascii: "*"), let inside = Prefixes.bold(s, i, to) {
          sink.witness?.peeled(.quoting, at: i)
          frame.isWrapped = true
          frame.doubt = -1
          return unwrap(
            s, inside.lowerBound, inside.upperBound, depth: layers, frame, context, &sink)
        }
        guard let next = Prefixes.bullet(s, i, to) else { break peeling }
        sink.witness?.peeled(.quoting, at: i)
        frame.doubt = i
        i = next
      case UInt8(ascii: "."), UInt8(ascii: "/"):
        guard let name = Prefixes.grep(s, i, to) else { break peeling }
        i = peel(name, .grep, at: i, s, &frame, &sink)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let counted = Prefixes.counted(s, i, to) {
          i = counted
          continue peeling
        }
        if first == UInt8(ascii: "j"), let java = Prefixes.javaWrapper(s, i, to) {
          i = peel(java, at: i, &frame, &sink)
        } else if let name = Prefixes.compose(s, i, to) {
          i = peel(name, .compose, at: i, s, &frame, &sink)
        } else if first >= 97, let name = Prefixes.grep(s, i, to) {
          i = peel(name, .grep, at: i, s, &frame, &sink)
        } else if let name = Prefixes.plainlyStern(s, i, to) {
          i = peel(name, .stern, at: i, s, &frame, &sink)
        } else {
          break peeling
        }
      default: break peeling
      }
      frame.isWrapped = true
    }
    if layers < LineReader.deepest, i < to, ANSI.occurs(s, i, to) {
      sink.witness?.peeled(.colours, at: i)
      frame.doubt = -1
      return rewritten(depth: layers + 1, frame, context, &sink) { ANSI.strip(s, i, to, into: &$0) }
    }
    if layers < LineReader.deepest, i < to, Prefixes.isRequoted(s, i, to) {
      sink.witness?.peeled(.quoting, at: i)
      frame.doubt = -1
      rewritten(depth: layers + 1, frame, context, &sink) {
        Prefixes.requote(s, i, to, into: &$0)
      }
      // The format that reads the line anew is not one for the next as it stands.
      isPlain = false
      return
    }
    text(s, i, to, frame, context, &sink)
  }

  /// Takes a wrapper that names a writer off, and may be none: where the line goes on.
  func peel(
    _ name: Prefixes.Named, _ wrapper: LineWitness.Wrapper, at i: Int, _ s: Span<UInt8>,
    _ frame: inout Frame, _ sink: inout Sink
  ) -> Int {
    sink.witness?.peeled(wrapper, at: i)
    frame.doubt = i
    frame.isWrapped = true
    frame.writer = sink.intern(s, name.nameStart, name.nameEnd)
    return name.next
  }

  func peel(
    _ java: Prefixes.JavaWrapper, at i: Int, _ frame: inout Frame, _ sink: inout Sink
  ) -> Int {
    sink.witness?.peeled(.javaWrapper, at: i)
    if let stamp = java.stamp {
      let offset = Int64(options.timezone ?? options.fallbackOffset ?? 0)
      frame.roughTime = Instant(nanoseconds: stamp.nanoseconds &- offset &* 1_000_000_000)
      frame.lacksZone = isZoneOpen
    }
    return java.next
  }

  /// The lines of a batch are one line of the source.
  private mutating func batch(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, depth: Int, _ outer: Frame, _ context: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    let entries = JSONBatch.entries(s, from, to)
    let wasExtra = isExtra
    for entry in entries {
      sink.witness?.peeled(.json, at: from)
      var frame = outer
      if entry.text.kind == .object {
        frame.isRecord = true
        unwrap(s, entry.text.start, entry.text.end, depth: depth, frame, context, &sink)
        isExtra = true
        continue
      }
      frame.isWrapped = true
      frame.doubt = -1
      if entry.nanoseconds > 0 { frame.time = Instant(nanoseconds: entry.nanoseconds) }
      setWriter(&frame, s, pod: entry.pod, container: entry.container, &sink)
      if entry.text.isEscaped {
        rewritten(depth: depth, frame, context, &sink) {
          JSONWalk.unescape(s, entry.text.start, entry.text.end, into: &$0)
        }
      } else {
        unwrap(s, entry.text.start, entry.text.end, depth: depth, frame, context, &sink)
      }
      isExtra = true
    }
    isExtra = wasExtra
    return !entries.isEmpty
  }

  /// Reads the lines of a batch that is one line, and longer than lines of logs may be; `false`: it is none.
  mutating func readLongBatch(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, stored: Int, _ sink: inout Sink
  ) -> Bool {
    let start = Bytes.skipBlanks(s, from, to)
    guard start < to, s[start] == UInt8(ascii: "{") || s[start] == UInt8(ascii: "["),
      JSONBatch.begins(s, start, to)
    else { return false }
    if line >= LineNumber.perBlock - 1 { nextBlock(&sink) }
    guard let context = contextAhead(0),
      batch(s, start, to, depth: 1, Frame(), context, &sink)
    else { return false }
    passed(1, stored)
    return true
  }

  /// Goes on with a text that had to be written anew.
  private mutating func rewritten(
    depth: Int, _ frame: Frame, _ context: LineContext, _ sink: inout Sink,
    _ write: (inout [UInt8]) -> Void
  ) {
    var buffer = pool.popLast() ?? []
    buffer.removeAll(keepingCapacity: true)
    write(&buffer)
    var end = buffer.count
    while end > 0, buffer[end - 1] == 10 || buffer[end - 1] == 13 { end -= 1 }
    unwrap(buffer.span, 0, end, depth: depth, frame, context, &sink)
    if pool.count < LineReader.deepest { pool.append(buffer) }
  }

  /// A record that Fluent Bit printed: a text that its program ended with a line goes on in the next ones.
  private mutating func printed(
    _ record: Prefixes.Tagged, _ s: Span<UInt8>, _ from: Int, _ to: Int, depth: Int,
    _ outer: Frame, _ context: LineContext, _ sink: inout Sink
  ) {
    sink.witness?.peeled(.fluentBit, at: from)
    var frame = outer
    frame.isWrapped = true
    set(Instant(nanoseconds: record.nanoseconds), isCoarse: record.isCoarse, &frame)
    tag(record.name, s, &frame, &sink)
    openWriter = .none
    var goesOn = false
    rewritten(depth: depth, frame, context, &sink) {
      goesOn = RubyHash.write(s, record.name.next, to, into: &$0)
    }
    if goesOn { openWriter = frame.writer }
  }
}
