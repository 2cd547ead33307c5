internal import ByteScan
package import Evidence

/// nginx's error log, also as written by OpenResty, Kong and APISIX:
/// `2026/08/21 10:00:00 [error] 45#45: *12 message, client: …, server: …, request: "…", …`.
///
/// What the messages mean is `NginxErrorStatement`'s business.
package enum NginxError: LineFormat {
  package static let format = Format.nginxError

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 24 && s[from + 4] == UInt8(ascii: "/") && s[from + 7] == UInt8(ascii: "/")
      && s[from + 20] == UInt8(ascii: "[")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let stamp = TimeStamp.iso(s, from, to), stamp.end == from + 19, stamp.end + 2 < to,
      s[stamp.end] == 32, s[stamp.end + 1] == UInt8(ascii: "[")
    else { return nil }
    let levelStart = stamp.end + 2
    let levelEnd = Bytes.find(UInt8(ascii: "]"), s, levelStart, min(to, levelStart + 8))
    guard levelEnd > 0, let level = LevelWord.ofSyslog(s, levelStart, levelEnd), levelEnd + 2 < to,
      s[levelEnd + 1] == 32
    else { return nil }
    // `PID#TID: `, then `*CONNECTION ` for what belongs to a connection.
    var i = Bytes.digitsEnd(s, levelEnd + 2, to)
    guard i > levelEnd + 2, i < to, s[i] == UInt8(ascii: "#") else { return nil }
    i = Bytes.digitsEnd(s, i + 1, to)
    guard Bytes.has(": ", s, i, to) else { return nil }
    i += 2
    if i < to, s[i] == UInt8(ascii: "*") {
      let digits = Bytes.digitsEnd(s, i + 1, to)
      if digits < to, s[digits] == 32 { i = digits + 1 }
    }
    let time = Instant.ofMessage(stamp, context)
    let tail = NginxErrorTail(s, i, to)
    let meaning = NginxErrorStatement(s, i, tail.messageEnd)
    if meaning.statement != .other || level >= .warn || sink.isRecording {
      var message = Message(context, format, time, level)
      message.statement = meaning.statement
      message.text = sink.internMasked(s, i, meaning.textEnd)
      tail.fill(&message, s, &sink)
      if meaning.subjectStart < meaning.subjectEnd {
        message.subject = sink.internMasked(s, meaning.subjectStart, meaning.subjectEnd)
      }
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }
}
