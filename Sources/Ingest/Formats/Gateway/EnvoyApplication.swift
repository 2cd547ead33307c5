internal import ByteScan
package import Evidence

/// Envoy's own log lines: plain (`[2026-08-21 10:00:00.123][22][debug][jwt] [file:line] message`),
/// istio-proxy's and istiod's (`stamp⇥level⇥scope⇥message⇥thread=…`).
///
/// <https://www.envoyproxy.io/docs/envoy/latest/operations/cli#cmdoption-log-format>
package enum EnvoyApplication: LineFormat {
  package static let format = Format.envoyApplication

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 32 else { return false }
    return s[from] == UInt8(ascii: "[") && Bytes.isDigit(s[from + 1])
      && s[from + 11] == 32 || Bytes.isDigit(s[from])
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let head = s[from] == UInt8(ascii: "[") ? plain(s, from, to) : tabbed(s, from, to) else {
      return nil
    }
    let time = Instant.ofMessage(head.stamp, context)
    let (from, to) = (head.messageStart, head.messageEnd)
    let statement = EnvoyApplicationStatement(s, from, to)
    let judged = statement.statement == .other ? judge(head, s) : nil
    guard statement.statement != .other || judged != nil || head.level >= .error else {
      return ReadLine(format: format, time: time, isMessage: true)
    }
    var message = Message(context, format, time, head.level)
    message.statement = statement.statement
    message.logger = sink.intern(s, head.loggerStart, head.loggerEnd)
    if let judged {
      MessageReader.add(judged, s, from, to, message, &sink)
    } else {
      message.text = sink.internMasked(s, from, to)
      statement.fill(&message, s, &sink)
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  /// Texts that the table knows. Of the chatter below info only what checks tokens and logins says.
  private static func judge(_ head: Head, _ s: Span<UInt8>) -> MessageReader.Judgement? {
    // The logger, and the place in the source behind it.
    let (from, to) = (head.loggerStart, head.messageStart)
    let isCheck =
      Bytes.contains("jwt", s, from, to) || Bytes.contains("oauth", s, from, to)
      || Bytes.contains("ext_authz", s, from, to)
    guard head.level >= .info || isCheck else { return nil }
    let judged = MessageReader.judge(
      s, head.messageStart, head.messageEnd, level: head.level, voice: .others)
    return judged?.row == nil ? nil : judged
  }

  private struct Head {
    var stamp: TimeStamp
    var level = Level.unknown
    var loggerStart = 0
    var loggerEnd = 0
    var messageStart = 0
    var messageEnd = 0
  }

  private static func plain(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Head? {
    guard let stamp = TimeStamp.iso(s, from + 1, to), Bytes.has("][", s, stamp.end, to) else {
      return nil
    }
    var head = Head(stamp: stamp)
    let thread = Bytes.find("][", s, stamp.end + 2, min(to, stamp.end + 16))
    guard thread > 0 else { return nil }
    let level = Bytes.find("][", s, thread + 2, min(to, thread + 16))
    guard level > 0, let found = EnvoyApplication.level(s, thread + 2, level) else { return nil }
    let logger = Bytes.find("] ", s, level + 2, min(to, level + 48))
    guard logger > 0 else { return nil }
    head.level = found
    head.loggerStart = level + 2
    head.loggerEnd = logger
    head.messageStart = logger + 2
    if head.messageStart < to, s[head.messageStart] == UInt8(ascii: "[") {
      let place = Bytes.find("] ", s, head.messageStart, min(to, head.messageStart + 160))
      if place > 0 { head.messageStart = place + 2 }
    }
    head.messageEnd = to
    return head
  }

  private static func tabbed(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Head? {
    guard let stamp = TimeStamp.iso(s, from, to), stamp.end < to, s[stamp.end] == 9 else {
      return nil
    }
    let level = Bytes.find(9, s, stamp.end + 1, min(to, stamp.end + 16))
    guard level > 0, let found = EnvoyApplication.level(s, stamp.end + 1, level) else { return nil }
    var head = Head(stamp: stamp)
    head.level = found
    let scope = Bytes.find(9, s, level + 1, min(to, level + 160))
    head.loggerStart = level + 1
    head.loggerEnd = scope < 0 ? level + 1 : scope
    head.messageStart = scope < 0 ? level + 1 : scope + 1
    head.messageEnd = to
    let thread = Bytes.find("\tthread=", s, head.messageStart, to)
    if thread > 0 { head.messageEnd = thread }
    return head
  }

  private static func level(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Level? {
    if Bytes.equals("critical", s, from, to) { return .fatal }
    return TraefikMessageParts.long(s, from, to)
  }
}
