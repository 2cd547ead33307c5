internal import ByteScan
package import Evidence

/// Apache httpd's error log: `[Thu Aug 21 10:00:00.652118 2026] [module:level] [pid 8777:tid 140]
/// (111)text: [client 10.0.0.1:58619] AHnnnnn: message, referer: URL`; parts that are missing are
/// left out, 2.2 had no module and no process.
///
/// <https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat>
package enum ApacheError: LineFormat {
  package static let format = Format.apacheError

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 40 && s[from] == UInt8(ascii: "[")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let head = ApacheErrorHead(s, from, to) else { return nil }
    let time =
      head.stamp.map { Instant.ofMessage($0, context) }
      ?? (context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime)
    let referer = Bytes.find(", referer: ", s, head.text, to)
    let end = referer < 0 ? to : referer
    let meaning = ApacheErrorStatement(s, head.text, end, head.errno)
    if meaning.statement != .other || head.level >= .error || sink.isRecording {
      var message = Message(context, format, time, head.level)
      message.statement = meaning.statement
      message.logger = sink.intern(s, head.moduleStart, head.moduleEnd)
      message.text = sink.internMasked(s, head.text, end)
      if let client = head.client { message.client = sink.intern(s, client.start, client.end) }
      setPath(&message, s, head.text, end, &sink)
      meaning.fill(&message, s, &sink)
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  /// `[uri "/x"]` and `[hostname "h"]` of mod_security.
  private static func setPath(
    _ message: inout Message, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    guard s[to - 1] == UInt8(ascii: "]") else { return }
    let uri = Bytes.find(" [uri \"", s, from, to)
    if uri >= 0, let end = optional(Quoted.end(s, uri + 7, to)) {
      let target = UpstreamURL.path(s, uri + 7, end)
      message.path = sink.internMasked(s, target.start, target.end)
    }
    let host = Bytes.find(" [hostname \"", s, from, to)
    if host >= 0, let end = optional(Quoted.end(s, host + 12, to)) {
      message.host = sink.intern(s, host + 12, end)
    }
  }

  private static func optional(_ position: Int) -> Int? { position < 0 ? nil : position }
}
