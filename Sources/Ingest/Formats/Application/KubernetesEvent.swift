internal import ByteScan
package import Evidence

/// Rows of `kubectl get events` and of the Events section of `kubectl describe`: `5m  Warning
/// Unhealthy pod/x  Readiness probe failed: …`. Their ages count back from when they were asked
/// for: known where a wrapper stamped the row; else the row carries no time and is evidence all the
/// same.
package enum KubernetesEvent: LineFormat {
  package static let format = Format.kubernetesEvent

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 24 else { return false }
    return Bytes.contains("Warning  ", s, from, min(to, from + 80))
      || Bytes.contains("Normal  ", s, from, min(to, from + 80))
      || isHead(s, from, to)
  }

  /// The lines above the rows.
  private static func isHead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if Bytes.has("LAST SEEN ", s, from, to) { return true }
    let start = Bytes.skipBlanks(s, from, to)
    guard start > from else { return false }
    return Bytes.has("Type  ", s, start, to) && Bytes.contains("  Reason  ", s, start, to)
      && Bytes.contains("  Message", s, start, to)
      || Bytes.has("----  ", s, start, to) && Bytes.contains("  ------  ", s, start, to)
        && Bytes.has("  -------", s, to - 9, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if isHead(s, from, to) {
      return ReadLine(format: format, time: .unknown)
    }
    // Columns are at least two blanks apart, but for one-blank fits.
    var columns: [Extent] = []
    var i = Bytes.skipBlanks(s, from, to)
    while i < to, columns.count < 7 {
      // `2m19s (x12 over 19m)`: the last time counts.
      if Bytes.has("(x", s, i, to) {
        let close = Bytes.find(UInt8(ascii: ")"), s, i, min(to, i + 40))
        if close > i {
          i = Bytes.skipBlanks(s, close + 1, to)
          continue
        }
      }
      let end = Quoted.wordEnd(s, i, to)
      columns.append(Extent(i, end))
      i = Bytes.skipBlanks(s, end, to)
    }
    var type = -1
    for (n, column) in columns.enumerated() where n < 3 {
      if Bytes.equals("Warning", s, column.from, column.to)
        || Bytes.equals("Normal", s, column.from, column.to)
      {
        type = n
        break
      }
    }
    guard type >= 0, type + 2 < columns.count else { return nil }
    // `describe` has no age before the type; `get events` has one, and perhaps a namespace.
    var isRow = type == 0
    var time = Instant.unknown
    for n in 0..<type where isAge(s, columns[n]) {
      isRow = true
      time = moment(s, columns[n], context)
    }
    // `describe` has it behind the reason.
    if type == 0, columns.count > 2 { time = moment(s, columns[2], context) }
    let object = columns[type + 2]
    let hasObject = Bytes.find(UInt8(ascii: "/"), s, object.from, object.to) > object.from
    guard isRow, hasObject || type == 0 else { return nil }
    let text = hasObject ? Bytes.skipBlanks(s, object.to, to) : columns[type + 1].from
    let isWarning = Bytes.equals("Warning", s, columns[type].from, columns[type].to)
    if let judged = MessageReader.judge(
      s, text, to, level: isWarning ? .warn : .info, voice: .others)
    {
      var message = Message(citation: context.citation)
      message.format = format
      message.time = time
      message.level = isWarning ? .warn : .info
      message.logger = sink.intern(s, columns[type + 1].from, columns[type + 1].to)
      if hasObject { message.writer = sink.intern(s, object.from, object.to) }
      MessageReader.add(judged, s, text, to, message, &sink)
    }
    return ReadLine(format: format, time: time)
  }

  /// When the event was: by its own stamp, or its age before the wrapper's.
  private static func moment(_ s: Span<UInt8>, _ e: Extent, _ context: LineContext) -> Instant {
    if let stamp = TimeStamp.iso(s, e.from, e.to), stamp.hasZone {
      return Instant(nanoseconds: stamp.nanoseconds)
    }
    guard context.wrapperTime.isKnown, let age = seconds(s, e) else { return .unknown }
    return context.wrapperTime.advanced(seconds: -Double(age))
  }

  /// `5m10s`, `3d4h`; at most ten years.
  private static func seconds(_ s: Span<UInt8>, _ e: Extent) -> Int? {
    var total = 0
    var i = e.from
    while i < e.to {
      let end = Bytes.digitsEnd(s, i, e.to)
      let number = Bytes.number(s, i, end)
      guard end > i, end < e.to, number >= 0, number < 1_000_000 else { return nil }
      switch s[end] {
      case UInt8(ascii: "s"): total += number
      case UInt8(ascii: "m"): total += number * 60
      case UInt8(ascii: "h"): total += number * 3600
      case UInt8(ascii: "d"): total += number * 86_400
      case UInt8(ascii: "y"): total += number * 31_536_000
      default: return nil
      }
      i = end + 1
    }
    return total <= 315_360_000 ? total : nil
  }

  /// `5m10s`, `3d`, `12h`, `5m`, or an RFC 3339 stamp.
  private static func isAge(_ s: Span<UInt8>, _ e: Extent) -> Bool {
    guard !e.isEmpty, Bytes.isDigit(s[e.from]) else { return false }
    let last = s[e.to - 1]
    return last == UInt8(ascii: "s") || last == UInt8(ascii: "m") || last == UInt8(ascii: "h")
      || last == UInt8(ascii: "d") || last == UInt8(ascii: "Z") || last == UInt8(ascii: ")")
  }
}
