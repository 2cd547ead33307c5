internal import ByteScan
package import Evidence

/// Traefik's `common` access line: combined, then request count, router, server URL and duration.
///
/// <https://doc.traefik.io/traefik/observe/logs-and-access-logs/#access-logs>
package enum TraefikCommon: LineFormat {
  package static let format = Format.traefikCommon

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to) && s[to - 1] == UInt8(ascii: "s")
      && s[to - 2] == UInt8(ascii: "m")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CombinedLine(s, from, to), line.hasAgent, line.next + 2 < to,
      s[line.next] == 32
    else { return nil }
    // ` 4211 "router" "url" 3ms`
    let countEnd = Bytes.digitsEnd(s, line.next + 1, to)
    guard countEnd > line.next + 1, Bytes.has(" \"", s, countEnd, to) else { return nil }
    let router = countEnd + 2
    let routerEnd = Quoted.end(s, router, to)
    guard routerEnd >= 0, Bytes.has("\" \"", s, routerEnd, to) else { return nil }
    let server = routerEnd + 3
    let serverEnd = Quoted.end(s, server, to)
    guard serverEnd >= 0, serverEnd + 1 < to, s[serverEnd + 1] == 32 else { return nil }
    let milliseconds = Bytes.number(s, serverEnd + 2, Bytes.digitsEnd(s, serverEnd + 2, to))
    guard milliseconds >= 0 else { return nil }

    let duration = Int64(milliseconds) &* 1000
    if sink.isOnlyCounted(line.status, s, line: line.requestStart, line.requestEnd, context) {
      var request = Request(citation: context.citation)
      request.duration = duration
      request.stampStart(line.stamp, context)
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    var request = line.request(s, format, context, &sink)
    request.hop = .edge
    request.duration = duration
    request.stampStart(line.stamp, context)
    if !Quoted.isAbsent(s, router, routerEnd) {
      request.service = sink.intern(s, router, routerEnd)
    }
    if Quoted.isAbsent(s, server, serverEnd) {
      request.answeredBy = .edge
    } else {
      let peer = UpstreamURL.authority(s, server, serverEnd)
      request.upstreamAddress = sink.intern(s, peer.start, peer.end)
      TraefikAnswer.set(&request, origin: request.status)
    }
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
