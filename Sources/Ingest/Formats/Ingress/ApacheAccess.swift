internal import ByteScan
package import Evidence

/// The Common Log Format and its relatives as Apache names them: `common`, `combined`, with a
/// leading virtual host (`vhost_combined`), with sizes that count headers (`%O`), with two numbers at
/// the end (`combinedio`). Application servers write the same, so nobody is taken for an edge here.
///
/// <https://httpd.apache.org/docs/2.4/mod/mod_log_config.html>
package enum ApacheAccess: LineFormat {
  package static let format = Format.apacheAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if let line = CombinedLine(s, from, to), ends(s, line, to) {
      return add(s, from, to, line, hostEnd: from, context, &sink)
    }
    // `host:port client - user [time] …`, the port is missing in `vhost_common`.
    let host = Quoted.wordEnd(s, from, to)
    guard host > from, host - from <= 255, let line = CombinedLine(s, host + 1, to),
      ends(s, line, to), !AddressText.isAddress(s, from, host) || isAddress(s, line)
    else { return nil }
    return add(s, from, to, line, hostEnd: host, context, &sink)
  }

  private static func isAddress(_ s: Span<UInt8>, _ line: CombinedLine) -> Bool {
    AddressText.isAddress(s, line.clientStart, line.clientEnd)
  }

  /// Nothing but up to two numbers (`%I %O`) follows.
  private static func ends(_ s: Span<UInt8>, _ line: CombinedLine, _ to: Int) -> Bool {
    guard line.hostEnd == 0 else { return false }
    var i = line.next
    var numbers = 0
    while i + 1 < to, s[i] == 32, numbers < 3 {
      let end = Bytes.digitsEnd(s, i + 1, to)
      if end == i + 1 { return false }
      numbers += 1
      i = end
    }
    return i == to || i + 1 == to && s[i] == 32
  }

  private static func add(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ line: CombinedLine, hostEnd: Int,
    _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine {
    if sink.isOnlyCounted(line.status, s, line: line.requestStart, line.requestEnd, context) {
      var request = Request(citation: context.citation)
      request.stampStart(line.stamp, context)
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    var request = line.request(s, format, context, &sink)
    if hostEnd > from {
      let colon = Bytes.find(UInt8(ascii: ":"), s, from, hostEnd)
      request.host = sink.intern(s, from, colon < 0 ? hostEnd : colon)
    }
    if line.sizeIsDash { request.responseBytes = 0 }
    request.stampStart(line.stamp, context)
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
