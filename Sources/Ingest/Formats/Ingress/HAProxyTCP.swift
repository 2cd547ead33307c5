internal import ByteScan
package import Evidence

/// HAProxy's `option tcplog`: sessions without HTTP. A session that failed to reach its server says
/// so as a message; others are only recognised.
///
/// <https://docs.haproxy.org/3.0/configuration.html#8.2.2>
package enum HAProxyTCP: LineFormat {
  package static let format = Format.haproxyTCP

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    HAProxyHTTP.mayRead(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let head = HAProxyHead(s, from, to), head.timers == 3 else { return nil }
    // `B ts ac/fc/bc/sc/rc sq/bq`
    var i = head.next
    if i < to, s[i] == UInt8(ascii: "+") { i += 1 }
    let bytes = Quoted.wordEnd(s, i, to)
    guard Bytes.number(s, i, bytes) >= 0, bytes + 3 < to,
      Quoted.wordEnd(s, bytes + 1, to) == bytes + 3
    else { return nil }
    let milliseconds = Int64(max(0, min(head.total, 86_400_000)))
    let start = Instant(head.stamp, context)
    let time = Instant(nanoseconds: start.nanoseconds &+ milliseconds &* 1_000_000)
    let ending = HAProxyState(
      first: s[bytes + 1], second: s[bytes + 2], hasServer: head.hasServer(s))
    if ending.statement != .other || sink.isRecording {
      var message = Message(citation: context.citation)
      // Records give the stamp that the line has, its beginning.
      message.time = sink.isRecording ? start : time
      message.format = format
      message.statement = ending.statement
      message.writer = context.writer
      message.text = sink.intern(s, bytes + 1, bytes + 3)
      message.subject = sink.intern(s, head.backendStart, head.backendEnd)
      if let peer = head.peer(s) { message.peer = sink.intern(s, peer.start, peer.end) }
      message.client = sink.intern(s, head.client.start, head.client.end)
      sink.add(message)
    }
    return ReadLine(format: format, time: time)
  }
}
