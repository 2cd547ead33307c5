internal import ByteScan
package import Evidence

/// oauth2-proxy's request log (`--request-logging`): `client - request-id - user [2006/01/02 15:04:05]
/// host METHOD upstream "uri" HTTP/1.1 "agent" status size seconds`, and the v5 form without an id.
///
/// <https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview#request-log-format>
package enum OAuth2ProxyRequest: LineFormat {
  package static let format = Format.oauth2ProxyRequest

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 60, Bytes.isDigit(s[to - 1]), s[from] > 32 else { return false }
    return Bytes.contains(" - ", s, from, min(to, from + 64))
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let head = OAuth2ProxyHead(s, from, to) else { return nil }
    // host METHOD upstream "uri" proto "agent" status size duration
    var i = head.next
    let hostEnd = Quoted.wordEnd(s, i, to)
    let host = Extent(i, hostEnd)
    i = hostEnd + 1
    let methodEnd = Quoted.wordEnd(s, i, to)
    guard AccessText.isToken(s, i, methodEnd) else { return nil }
    let method = Extent(i, methodEnd)
    i = methodEnd + 1
    let upstreamEnd = Quoted.wordEnd(s, i, to)
    let upstream = Extent(i, upstreamEnd)
    i = upstreamEnd + 1
    guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    let targetEnd = Quoted.end(s, i + 1, to)
    guard targetEnd > i else { return nil }
    let target = Extent(i + 1, targetEnd)
    i = Quoted.wordEnd(s, min(to, targetEnd + 2), to) + 1
    guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    let agentEnd = Quoted.end(s, i + 1, to)
    guard agentEnd > i else { return nil }
    let agent = Extent(i + 1, agentEnd)
    i = min(to, agentEnd + 2)
    let statusEnd = Quoted.wordEnd(s, i, to)
    let status = Bytes.number(s, i, statusEnd)
    guard status >= 0, status <= 999 else { return nil }
    i = min(to, statusEnd + 1)
    let sizeEnd = Quoted.wordEnd(s, i, to)
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .authService
    request.writer = context.writer
    request.status = UInt16(clamping: status)
    request.responseBytes = Int32(clamping: Bytes.number(s, i, sizeEnd))
    request.duration = Bytes.microseconds(s, min(to, sizeEnd + 1), to)
    request.stampEnd(head.stamp, context)
    request.method = sink.intern(s, method.from, method.to)
    request.host = sink.intern(s, host.from, host.to)
    sink.setTarget(&request, s, target.from, target.to)
    let address = Address(s, head.client.from, head.client.to)
    request.client = sink.intern(s, address.start, address.end)
    request.clientPort = address.port
    if !Quoted.isAbsent(s, head.user.from, head.user.to) {
      request.remoteUser = sink.intern(s, head.user.from, head.user.to)
    }
    request.requestID = sink.intern(s, head.requestID.from, head.requestID.to)
    request.userAgent = sink.internMasked(s, agent.from, agent.to)
    if !Quoted.isAbsent(s, upstream.from, upstream.to) {
      request.service = sink.intern(s, upstream.from, upstream.to)
      request.answeredBy = .upstream
    } else {
      request.answeredBy = .edge
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}

/// `client - request-id - user [stamp] ` of the request and the auth log.
struct OAuth2ProxyHead: BitwiseCopyable {
  var client: Extent
  var requestID = Extent.none
  var user = Extent.none
  var stamp: TimeStamp
  /// First byte after `] `.
  var next: Int

  init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let clientEnd = Quoted.wordEnd(s, from, to)
    guard clientEnd > from, clientEnd - from <= 64, Bytes.has(" - ", s, clientEnd, to) else {
      return nil
    }
    client = Extent(from, clientEnd)
    var open = clientEnd + 3
    let limit = min(to, from + 400)
    while open + 20 < limit {
      if s[open] == UInt8(ascii: "["), s[open - 1] == 32, s[open + 5] == UInt8(ascii: "/") { break }
      open += 1
    }
    guard open + 20 < limit, let found = TimeStamp.iso(s, open + 1, to) else { return nil }
    stamp = found
    guard found.end + 1 < to, s[found.end] == UInt8(ascii: "]") else { return nil }
    next = found.end + 2
    let names = Extent(clientEnd + 3, open - 1)
    let dash = Bytes.find(" - ", s, names.from, names.to)
    if dash >= 0 {
      requestID = Extent(names.from, dash)
      user = Extent(dash + 3, names.to)
    } else {
      user = names
    }
  }
}
