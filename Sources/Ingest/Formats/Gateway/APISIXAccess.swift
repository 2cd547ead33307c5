internal import ByteScan
package import Evidence

/// APISIX's default access line: the host before the request, the duration before the referer, then
/// upstream address, status and time (in this order, unlike ingress-nginx) and the upstream URL.
///
/// <https://apisix.apache.org/docs/apisix/apisix-variable/>, `conf/config-default.yaml`
package enum APISIXAccess: LineFormat {
  package static let format = Format.apisixAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to) && s[to - 1] == UInt8(ascii: "\"")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CombinedLine(s, from, to), line.hostEnd > line.hostStart, !line.hasAgent,
      line.next + 2 < to, s[line.next] == 32
    else { return nil }
    // ` 0.014 "referer" "agent" addr status time "url"[ "id"]`
    let timeEnd = Quoted.wordEnd(s, line.next + 1, to)
    let duration = Bytes.microseconds(s, line.next + 1, timeEnd)
    guard duration >= 0, Bytes.has(" \"", s, timeEnd, to) else { return nil }
    let referer = Quoted.end(s, timeEnd + 2, to)
    guard referer >= 0, Bytes.has("\" \"", s, referer, to) else { return nil }
    let agent = referer + 3
    let agentEnd = Quoted.end(s, agent, to)
    guard agentEnd >= 0, agentEnd + 2 < to, s[agentEnd + 1] == 32 else { return nil }
    let address = UpstreamList(s, agentEnd + 2, to)
    guard address.next + 1 < to else { return nil }
    let status = UpstreamList(s, address.next + 1, to)
    guard status.next + 1 < to else { return nil }
    let times = UpstreamList(s, status.next + 1, to)
    guard Bytes.has(" \"", s, times.next, to) else { return nil }

    var request = line.request(s, format, context, &sink)
    request.hop = .edge
    request.duration = duration
    request.stampEnd(line.stamp, context)
    if !Quoted.isAbsent(s, agent, agentEnd) { request.userAgent = sink.intern(s, agent, agentEnd) }
    var upstream = NginxUpstream()
    upstream.setAddress(s, address.start, address.end)
    upstream.setStatus(s, status.start, status.end)
    upstream.set(&request, s, &sink)
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    let url = Quoted.end(s, times.next + 2, to)
    if url > 0, Bytes.has("\" \"", s, url, to), Sink.isKept(request.status) {
      let id = Quoted.end(s, url + 3, to)
      if id > 0 { request.requestID = sink.internPresent(s, url + 3, id) }
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
