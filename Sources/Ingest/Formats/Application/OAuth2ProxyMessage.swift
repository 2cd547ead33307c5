internal import ByteScan
package import Evidence

/// oauth2-proxy's standard log (`[2006/01/02 15:04:05] [file.go:12] message`, also cut to
/// `[file.go:12] message`) and its auth log (`client - id - user [stamp] [AuthFailure] message`).
///
/// <https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview#standard-log-format>
package enum OAuth2ProxyMessage: LineFormat {
  package static let format = Format.oauth2ProxyMessage

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 20 else { return false }
    if s[from] == UInt8(ascii: "[") { return true }
    return Bytes.contains("] [Auth", s, from, min(to, from + 400))
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var message = Message(citation: context.citation)
    message.format = format
    message.writer = context.writer
    var text = from
    if s[from] == UInt8(ascii: "[") {
      var i = from
      if let stamp = TimeStamp.iso(s, from + 1, to), s[from + 5] == UInt8(ascii: "/"),
        Bytes.has("] [", s, stamp.end, to)
      {
        message.time = Instant.ofMessage(stamp, context)
        i = stamp.end + 2
      } else {
        message.time = RecordHead.time(nil, context)
      }
      // `[file.go:12] `
      let close = Bytes.find(UInt8(ascii: "]"), s, i, min(to, i + 80))
      guard close > i + 3, close + 1 < to, s[close + 1] == 32 else { return nil }
      let colon = Bytes.find(UInt8(ascii: ":"), s, i, close)
      guard colon > i, Bytes.digitsEnd(s, colon + 1, close) == close, colon + 1 < close,
        i > from || Bytes.has(".go", s, colon - 3, to)
      else { return nil }
      for j in i + 1..<colon where s[j] == 32 { return nil }
      message.logger = sink.intern(s, i + 1, colon)
      text = close + 2
    } else {
      guard let head = OAuth2ProxyHead(s, from, to), head.next < to,
        Bytes.has("[Auth", s, head.next, to)
      else { return nil }
      let close = Bytes.find(UInt8(ascii: "]"), s, head.next, min(to, head.next + 40))
      guard close > 0 else { return nil }
      message.time = Instant.ofMessage(head.stamp, context)
      let address = Address(s, head.client.from, head.client.to)
      message.client = sink.intern(s, address.start, address.end)
      message.requestID = sink.intern(s, head.requestID.from, head.requestID.to)
      message.level = Bytes.has("[AuthSuccess]", s, head.next, to) ? .info : .warn
      message.logger = sink.intern(s, head.next + 1, close)
      text = min(to, close + 2)
    }
    text = Bytes.skipBlanks(s, text, to)
    if let judged = MessageReader.judge(s, text, to, level: message.level, voice: .others) {
      sink.begins(judged.statement, message.time)
      MessageReader.add(judged, s, text, to, message, &sink)
    } else if looksFailed(s, text, to) {
      message.level = .warn
      sink.begins(.other, message.time)
      MessageReader.add(MessageReader.Judgement(row: nil), s, text, to, message, &sink)
    }
    return ReadLine(format: format, time: message.time, isMessage: true)
  }

  /// Its messages have no level: those that begin with an error are kept whatever they say.
  private static func looksFailed(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let end = min(to, from + 200)
    return Bytes.has("Error", s, from, to) || Bytes.has("ERROR", s, from, to)
      || Bytes.contains("failed", s, from, end) || Bytes.contains("rror ", s, from, end)
  }
}
