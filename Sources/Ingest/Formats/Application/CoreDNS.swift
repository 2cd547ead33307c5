internal import ByteScan
package import Evidence

/// CoreDNS: the `log` plugin's answers and its own messages. NXDOMAIN and SERVFAIL become messages
/// about the name, with the asking client; other answers are only counted.
///
/// <https://coredns.io/plugins/log/>
package enum CoreDNS: LineFormat {
  package static let format = Format.coreDNS

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 4 else { return false }
    // Up to 1.6 it stamped its lines itself: `2020-03-25T16:36:53.161Z [INFO] …`.
    if Bytes.isDigit(s[from]) { return Bytes.has(" [INFO] ", s, min(to, from + 24), to) }
    return Bytes.has("[INFO] ", s, from, to) || Bytes.has("[ERROR] ", s, from, to)
      || Bytes.has("[WARNING] ", s, from, to) || Bytes.has(".:", s, from, to)
      || Bytes.has("CoreDNS-", s, from, to) || Bytes.has("linux/", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if let stamp = Prefixes.stamp(s, from, to) {
      var stamped = context
      stamped.wrapperTime = Instant(nanoseconds: stamp.nanoseconds)
      guard stamp.next < to, s[stamp.next] == UInt8(ascii: "[") else { return nil }
      return read(s, stamp.next, to, stamped, &sink)
    }
    let time = RecordHead.time(nil, context)
    guard s[from] == UInt8(ascii: "[") else {
      let isBanner =
        Bytes.has("CoreDNS-", s, from, to) || Bytes.contains(", go1", s, from, to)
        || Bytes.has(".:", s, from, to) && to - from < 12
      return isBanner ? ReadLine(format: format, time: time) : nil
    }
    let close = Bytes.find(UInt8(ascii: "]"), s, from, to)
    guard close > 0, close + 2 < to else { return nil }
    let start = close + 2
    if Bytes.has("[INFO] ", s, from, to), readAnswer(s, start, to, time, context, &sink) {
      return ReadLine(format: format, time: time)
    }
    guard
      Bytes.has("plugin/", s, start, to) || Bytes.has("SIGTERM", s, start, to)
        || Bytes.has("Shutting down", s, start, to) || Bytes.has("Reloading", s, start, to)
    else { return nil }
    let level = LevelWord.read(s, from + 1, close)
    if level >= .warn {
      // `[ERROR] plugin/errors: 2 name. A: read udp …: i/o timeout`: its upstream does not answer.
      var message = Message(context, format, time)
      message.level = level
      message.text = sink.internMasked(s, start, to)
      if Bytes.has("plugin/errors: 2 ", s, start, to) {
        message.statement = .dnsServerFailure
        message.subject = name(s, start + 17, Quoted.wordEnd(s, start + 17, to), &sink)
      }
      sink.add(message)
    }
    return ReadLine(format: format, time: time)
  }

  /// `10.0.0.1:43710 - 53029 "A IN name. udp 49 false 512" NXDOMAIN qr,aa,rd 49 0.0002s`
  private static func readAnswer(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ time: Instant, _ context: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    let clientEnd = Quoted.wordEnd(s, from, to)
    guard Bytes.has(" - ", s, clientEnd, to) else { return false }
    let open = Bytes.find(UInt8(ascii: "\""), s, clientEnd, min(to, clientEnd + 24))
    guard open > 0 else { return false }
    let close = Quoted.end(s, open + 1, to)
    guard close > 0, close + 2 < to else { return false }
    let code = Extent(close + 2, Quoted.wordEnd(s, close + 2, to))
    let statement: Statement
    if Bytes.equals("NXDOMAIN", s, code.from, code.to) {
      statement = .dnsNameNotFound
    } else if Bytes.equals("SERVFAIL", s, code.from, code.to)
      || Bytes.equals("REFUSED", s, code.from, code.to)
    {
      statement = .dnsServerFailure
    } else {
      return true
    }
    var message = Message(context, format, time, .info)
    message.statement = statement
    message.text = sink.internMasked(s, from, to)
    let address = Address(s, from, clientEnd)
    message.client = sink.intern(s, address.start, address.end)
    // `A IN name. udp …`
    var i = Quoted.wordEnd(s, open + 1, close) + 1
    i = Quoted.wordEnd(s, min(i, close), close) + 1
    let nameStart = min(i, close)
    message.subject = name(s, nameStart, Quoted.wordEnd(s, nameStart, close), &sink)
    sink.add(message)
    return true
  }

  /// Without the root's dot.
  private static func name(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) -> Symbol {
    let end = to > from && to <= s.count && s[to - 1] == UInt8(ascii: ".") ? to - 1 : to
    return sink.intern(s, from, end)
  }
}
