internal import ByteScan
package import Evidence

/// Rows of `kubectl get events` and of the Events section of `kubectl describe`: `5m  Warning  Unhealthy
/// pod/x  Readiness probe failed: …`. Their ages are relative to an unknown now, so they carry no time.
package enum KubernetesEvent: LineFormat {
  package static let format = Format.kubernetesEvent

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 24 else { return false }
    return Bytes.contains("Warning  ", s, from, min(to, from + 80))
      || Bytes.contains("Normal  ", s, from, min(to, from + 80))
      || Bytes.has("LAST SEEN ", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if Bytes.has("LAST SEEN ", s, from, to) {
      return ReadLine(format: format, time: .unknown)
    }
    // Columns are at least two blanks apart, but for one-blank fits.
    var columns: [Extent] = []
    var i = Bytes.skipBlanks(s, from, to)
    while i < to, columns.count < 7 {
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
    for n in 0..<type where isAge(s, columns[n]) { isRow = true }
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
      message.level = isWarning ? .warn : .info
      message.logger = sink.intern(s, columns[type + 1].from, columns[type + 1].to)
      if hasObject { message.writer = sink.intern(s, object.from, object.to) }
      MessageReader.add(judged, s, text, to, message, &sink)
    }
    return ReadLine(format: format, time: .unknown)
  }

  /// `5m10s`, `3d`, `12h`, `5m`, or an RFC 3339 stamp.
  private static func isAge(_ s: Span<UInt8>, _ e: Extent) -> Bool {
    guard !e.isEmpty, Bytes.isDigit(s[e.from]) else { return false }
    let last = s[e.to - 1]
    return last == UInt8(ascii: "s") || last == UInt8(ascii: "m") || last == UInt8(ascii: "h")
      || last == UInt8(ascii: "d") || last == UInt8(ascii: "Z") || last == UInt8(ascii: ")")
  }
}
