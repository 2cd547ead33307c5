internal import ByteScan
package import Evidence

/// nginx's `main` format: combined with a quoted `$http_x_forwarded_for` behind it, the default of
/// nginx's packages and of F5's ingress controller; also Kong's, which ends in `kong_request_id`.
/// Upstream fields there are none, so who answered stays open. Plain combined lines are read by
/// `ApacheAccess`: nothing tells the two apart.
///
/// <https://nginx.org/en/docs/http/ngx_http_log_module.html>
package enum NginxCombined: LineFormat {
  package static let format = Format.nginxCombined

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CombinedLine.mayStart(s, from, to)
      && (s[to - 1] == UInt8(ascii: "\"") || s[to - 1] == UInt8(ascii: " "))
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let line = CombinedLine(s, from, to), line.hasAgent, line.hostEnd == 0,
      line.next + 2 < to, s[line.next] == 32
    else { return nil }
    var i = line.next + 1
    let isKong = Bytes.has("kong_request_id: ", s, i, to)
    if isKong { i += 17 }
    guard i < to, s[i] == UInt8(ascii: "\"") else { return nil }
    let end = Quoted.end(s, i + 1, to)
    guard end >= 0, end + 1 == to || end + 2 == to && s[end + 1] == 32 else { return nil }
    if sink.isOnlyCounted(line.status, s, line: line.requestStart, line.requestEnd, context) {
      var request = Request(citation: context.citation)
      request.stampEnd(line.stamp, context)
      sink.pass(line.status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    var request = line.request(s, format, context, &sink)
    request.stampEnd(line.stamp, context)
    if isKong {
      request.hop = .edge
      request.requestID = sink.intern(s, i + 1, end)
    } else if !Quoted.isAbsent(s, i + 1, end) {
      // The address the nearest proxy saw first.
      var first = i + 1
      while first < end, s[first] != UInt8(ascii: ","), s[first] != 32 { first += 1 }
      if AddressText.isAddress(s, i + 1, first) {
        sink.notePeer(request.client)
        request.client = sink.intern(s, i + 1, first)
        request.clientPort = 0
      }
    }
    RequestLine.set(&request, s, line.requestStart, line.requestEnd, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
