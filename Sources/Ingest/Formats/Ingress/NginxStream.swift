internal import ByteScan
package import Evidence

/// Sessions of nginx's stream module (TCP and UDP), as ingress-nginx and F5's controller log them:
/// `[10.0.0.1] [21/Aug/2026:10:00:00 +0000] TCP 200 15 12 0.004`. Their status is no HTTP answer: a
/// 502 says that the upstream was not reached, a 403 that an access rule refused the address. They
/// are counted and give no request.
///
/// <https://nginx.org/en/docs/stream/ngx_stream_core_module.html#var_status>
package enum NginxStream: LineFormat {
  package static let format = Format.nginxStream

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 40 else { return false }
    let head = min(to, from + 100)
    return Bytes.contains("] TCP ", s, from, head) || Bytes.contains("] UDP ", s, from, head)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let client = Quoted.wordEnd(s, from, to)
    guard client > from, client + 1 < to, s[client + 1] == UInt8(ascii: "["),
      let stamp = TimeStamp.common(s, client + 2, to), stamp.end + 2 < to,
      s[stamp.end] == UInt8(ascii: "]"), s[stamp.end + 1] == 32
    else { return nil }
    var i = stamp.end + 2
    let transport = Quoted.wordEnd(s, i, to)
    guard Bytes.equals("TCP", s, i, transport) || Bytes.equals("UDP", s, i, transport) else {
      return nil
    }
    // `status bytes_sent bytes_received session_time`
    i = transport + 1
    for n in 0..<4 {
      let end = Quoted.wordEnd(s, i, to)
      guard i < end else { return nil }
      let isNumber = n == 3 ? Bytes.microseconds(s, i, end) >= 0 : Bytes.number(s, i, end) >= 0
      guard isNumber, n > 0 || end - i == 3 else { return nil }
      i = end + 1
    }
    return ReadLine(format: format, time: Instant(stamp, context))
  }
}
