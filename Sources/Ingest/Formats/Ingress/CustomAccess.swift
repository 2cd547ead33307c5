internal import ByteScan
package import Evidence

/// Access lines in a layout that an operator made up of the usual parts: a time in brackets, a quoted
/// request line, a status behind it, an address somewhere. Hosts before or behind the client, times,
/// ciphers and upstreams at the end: what has no fixed place is left unread.
///
/// <https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format>
package enum CustomAccess: LineFormat {
  package static let format = Format.customAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 40, s[from] != UInt8(ascii: "{") else { return false }
    return Bytes.find("] ", s, from, min(to, from + CustomAccessLine.reach)) >= 0
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CustomAccessLine(s, from, to) else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.writer = context.writer
    request.status = line.status
    request.duration = line.duration
    request.stampEnd(line.stamp, context)
    request.responseBytes = line.bytes
    if !line.peer.isEmpty {
      let peer = Address(s, line.peer.from, line.peer.to)
      sink.notePeer(sink.intern(s, peer.start, peer.end))
    }
    let address = Address(s, line.client.from, line.client.to)
    request.client = sink.intern(s, address.start, address.end)
    request.clientPort = address.port
    if !line.host.isEmpty {
      let host = Address(s, line.host.from, line.host.to)
      request.host = sink.intern(s, host.start, host.end)
    }
    if !Quoted.isAbsent(s, line.agent.from, line.agent.to) {
      request.userAgent = sink.internMasked(s, line.agent.from, line.agent.to)
    }
    RequestLine.set(&request, s, line.request.from, line.request.to, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
