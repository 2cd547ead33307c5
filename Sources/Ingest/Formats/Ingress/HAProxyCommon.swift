internal import ByteScan
package import Evidence

/// HAProxy's `option httplog clf`: the Common Log Format, then everything of `httplog` as separate
/// fields: `"" "" port ms "frontend" "backend" "server" TR Tw Tc Tr Ta "tsc" …`.
///
/// <https://docs.haproxy.org/3.0/configuration.html#8.2.3>
package enum HAProxyCommon: LineFormat {
  package static let format = Format.haproxyHTTP

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let begin = HAProxyHead.bodyStart(s, from, to)
    guard let line = CombinedLine(s, begin, to), line.hasAgent, line.next + 1 < to,
      s[line.next] == 32
    else { return nil }
    var fields = BlankSeparated(line.next + 1, to)
    let port = fields.next(s)
    let milliseconds = fields.next(s)
    let portNumber = Bytes.number(s, port.start, port.end)
    let fraction = Bytes.number(s, milliseconds.start, milliseconds.end)
    guard portNumber >= 0, portNumber <= 65_535, fraction >= 0, fraction <= 999 else { return nil }
    _ = fields.next(s)  // frontend
    let backend = fields.next(s)
    let server = fields.next(s)
    guard backend.start > 0, s[backend.start - 1] == UInt8(ascii: "\""), server.end < to else {
      return nil
    }
    for _ in 0..<4 { _ = fields.next(s) }
    let total = fields.next(s)
    let state = fields.next(s)
    guard state.end - state.start == 4 else { return nil }
    var request = line.request(s, format, context, &sink)
    request.hop = .edge
    request.clientPort = UInt16(portNumber)
    let active = Bytes.number(s, total.start, total.end)
    request.duration = active < 0 ? -1 : Int64(min(active, 86_400_000)) &* 1000
    var stamp = line.stamp
    stamp.nanoseconds &+= Int64(fraction) &* 1_000_000
    stamp.isCoarse = false
    request.stampStart(stamp, context)
    request.service = sink.intern(s, backend.start, backend.end)
    request.detail = sink.intern(s, state.start, state.end)
    let hasServer = server.start < server.end && s[server.start] != UInt8(ascii: "<")
    let ending = HAProxyState(
      first: s[state.start], second: s[state.start + 1], hasServer: hasServer)
    request.answeredBy = ending.answeredBy
    if ending.answeredBy == .upstream { request.upstreamStatus = request.status }
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    if Sink.isKept(request.status) { HAProxyState.add(ending.statement, request, &sink) }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
