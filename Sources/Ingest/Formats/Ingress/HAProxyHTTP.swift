internal import ByteScan
package import Evidence

/// HAProxy's `option httplog` and `option httpslog` lines, with or without captured headers, also as
/// the ingress controllers of HAProxy Technologies, jcmoraisjr and OpenShift write them. A syslog
/// prefix may be left before them; a line may be cut (1,024 bytes by default).
///
/// <https://docs.haproxy.org/3.0/configuration.html#8.2.3>
package enum HAProxyHTTP: LineFormat {
  package static let format = Format.haproxyHTTP

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 50 else { return false }
    let c = s[from]
    return Bytes.isDigit(c) || c == UInt8(ascii: "[") || c >= 65 && c <= 122
      || c == UInt8(ascii: "<") || c == UInt8(ascii: ":") || c == UInt8(ascii: "-")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let head = HAProxyHead(s, from, to), head.timers == 5 else { return nil }
    var i = head.next
    // `ST B CC CS tsc ac/fc/bc/sc/rc sq/bq`
    let statusEnd = Quoted.wordEnd(s, i, to)
    let isUnsent = Bytes.equals("-1", s, i, statusEnd)
    let status = isUnsent ? 0 : Bytes.number(s, i, statusEnd)
    guard status >= 0, status <= 999, statusEnd < to else { return nil }
    i = statusEnd + 1
    if i < to, s[i] == UInt8(ascii: "+") { i += 1 }
    let bytesEnd = Quoted.wordEnd(s, i, to)
    let bytes = Bytes.number(s, i, bytesEnd)
    let requestCookie = Quoted.wordEnd(s, bytesEnd + 1, to)
    let responseCookie = Quoted.wordEnd(s, requestCookie + 1, to)
    let state = responseCookie + 1
    let stateEnd = Quoted.wordEnd(s, state, to)
    guard bytes >= 0, stateEnd - state == 4 else { return nil }
    let connections = Quoted.wordEnd(s, stateEnd + 1, to)
    let queues = Quoted.wordEnd(s, connections + 1, to)
    guard queues <= to, Bytes.find(UInt8(ascii: "/"), s, stateEnd, min(to, connections)) >= 0
    else { return nil }

    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = UInt16(status)
    request.duration = head.total < 0 ? -1 : Int64(head.total) &* 1000
    request.stampStart(head.stamp, context)
    if isOnlyCounted(request.status, s, queues + 1, to, context, sink) {
      sink.pass(request.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    request.responseBytes = Int32(clamping: bytes)
    request.sizeCountsHeaders = true
    request.client = sink.intern(s, head.client.start, head.client.end)
    request.clientPort = head.client.port
    request.service = sink.intern(
      s, head.backendStart, head.backendEnd, again: RequestField.service.rawValue)
    request.detail = sink.intern(s, state, stateEnd, again: RequestField.detail.rawValue)
    if let peer = head.peer(s) { request.upstreamAddress = sink.intern(s, peer.start, peer.end) }
    let ending = HAProxyState(first: s[state], second: s[state + 1], hasServer: head.hasServer(s))
    request.answeredBy = ending.answeredBy
    if ending.answeredBy == .upstream { request.upstreamStatus = request.status }

    i = queues + 1
    let captures = HAProxyCaptures(s, &i, to)
    captures.fill(&request, s, &sink)
    target(&request, s, i, to, &sink)
    if Sink.isKept(request.status) {
      HAProxyState.add(ending.statement, request, &sink)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  /// Whether the request, behind captures, is one that is only counted; the plain forms alone.
  private static func isOnlyCounted(
    _ status: UInt16, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext,
    _ sink: borrowing Sink
  ) -> Bool {
    guard from < to, sink.isUnwanted(status, context) else { return false }
    let start = s[from] == UInt8(ascii: "\"") ? from : Bytes.find("} \"", s, from, to) + 2
    guard start >= from, start < to else { return false }
    let end = Quoted.rawEnd(s, start + 1, to)
    guard end > start else { return false }
    return sink.isOnlyCounted(status, s, line: start + 1, end, context)
  }

  /// `"GET /path HTTP/1.1"`, cut, `"<BADREQ>"`, `"GET host/path HTTP/1.1"` (HAProxy Technologies'
  /// controller), followed in httpslog by `err/err/… sni/version/cipher`.
  private static func target(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    guard from < to, s[from] == UInt8(ascii: "\"") else { return }
    var end = to
    var i = from + 1
    while i < to {
      if s[i] == UInt8(ascii: "\""), i + 1 == to || s[i + 1] == 32 {
        end = i
        break
      }
      i += 1
    }
    guard let line = RequestLine(s, from + 1, end) else { return }
    request.method = sink.intern(
      s, line.methodStart, line.methodEnd, again: RequestField.method.rawValue)
    var start = line.targetStart
    if start < line.targetEnd, s[start] != UInt8(ascii: "/"), s[start] != UInt8(ascii: "*"),
      !Bytes.contains("://", s, start, min(line.targetEnd, start + 12))
    {
      let slash = Bytes.find(UInt8(ascii: "/"), s, start, line.targetEnd)
      if request.host.isNone {
        request.host = sink.intern(s, start, slash < 0 ? line.targetEnd : slash)
      }
      start = slash < 0 ? line.targetEnd : slash
    }
    sink.setTarget(&request, s, start, line.targetEnd)
    serverName(&request, s, end + 1, to, &sink)
  }

  /// httpslog's ` 0/0/0/0/0 sni/TLSv1.3/cipher`.
  private static func serverName(
    _ request: inout Request, _ s: Span<UInt8>, _ from: Int, _ to: Int, _ sink: inout Sink
  ) {
    guard request.host.isNone, from + 1 < to, s[from] == 32 else { return }
    let errors = Quoted.wordEnd(s, from + 1, to)
    guard errors < to, Bytes.find(UInt8(ascii: "/"), s, from, errors) > 0 else { return }
    let slash = Bytes.find(UInt8(ascii: "/"), s, errors + 1, to)
    guard slash > errors + 1, !Quoted.isAbsent(s, errors + 1, slash) else { return }
    request.host = sink.intern(s, errors + 1, slash)
  }
}
