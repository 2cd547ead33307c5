internal import ByteScan
package import Evidence

/// Access lines of nginx Proxy Manager: `[time] cache upstream_status status - METHOD scheme host
/// "target" [Client address] [Length bytes] [Gzip ratio] [Sent-to server] "agent" "referer"`; hosts
/// without a proxy leave the first two words out.
///
/// <https://github.com/NginxProxyManager/nginx-proxy-manager/tree/develop/docker/rootfs/etc/nginx/conf.d/include>
package enum NginxProxyManager: LineFormat {
  package static let format = Format.nginxProxyManager

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 60 && s[from] == UInt8(ascii: "[") && s[from + 3] == UInt8(ascii: "/")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard let stamp = TimeStamp.common(s, from + 1, to), Bytes.has("] ", s, stamp.end, to),
      let line = Line(s, stamp.end + 2, to)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = line.status
    request.stampEnd(stamp, context)
    request.method = sink.intern(s, line.method.start, line.method.end)
    request.host = sink.intern(s, line.host.start, line.host.end)
    request.client = sink.intern(s, line.client.start, line.client.end)
    request.responseBytes = line.bytes
    if line.hasUpstream {
      request.upstreamStatus = line.upstreamStatus
      request.answeredBy = line.upstreamStatus == line.status ? .upstream : .edge
      if !Quoted.isAbsent(s, line.server.start, line.server.end) {
        request.upstreamAddress = sink.intern(s, line.server.start, line.server.end)
      }
    }
    if !Quoted.isAbsent(s, line.agent.start, line.agent.end) {
      request.userAgent = sink.intern(s, line.agent.start, line.agent.end)
    }
    sink.setTarget(&request, s, line.target.start, line.target.end)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  /// What stands behind the time.
  private struct Line {
    typealias Field = BlankSeparated.Field
    var status: UInt16 = 0
    var upstreamStatus: UInt16 = 0
    /// The layout of proxy hosts, which has the upstream's status.
    var hasUpstream = false
    var method: Field
    var host: Field
    var target: Field
    var client: Field
    var bytes: Int32 = -1
    var agent = Field(start: 0, end: 0)
    var server = Field(start: 0, end: 0)

    init?(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
      var fields = BlankSeparated(from, to)
      var words = [fields.next(s), fields.next(s)]
      // `200 -`, or `cache upstream_status 200 -`.
      if !Quoted.isAbsent(s, words[1].start, words[1].end) || Bytes.number(s, words[0]) < 100 {
        words.append(fields.next(s))
        words.append(fields.next(s))
        hasUpstream = true
        upstreamStatus = UInt16(clamping: max(0, Bytes.number(s, words[1])))
      }
      let code = Bytes.number(s, words[words.count - 2])
      let dash = words[words.count - 1]
      guard code >= 0, code <= 999, dash.end < to, Quoted.isAbsent(s, dash.start, dash.end) else {
        return nil
      }
      status = UInt16(code)
      method = fields.next(s)
      _ = fields.next(s)  // scheme
      host = fields.next(s)
      target = fields.next(s)
      let label = fields.next(s)
      client = fields.next(s)
      guard Bytes.equals("[Client", s, label.start, label.end), client.end > client.start + 1,
        s[client.end - 1] == UInt8(ascii: "]"), target.start < target.end
      else { return nil }
      client.end -= 1
      if Bytes.equals("[Length", s, fields.next(s)) {
        var length = fields.next(s)
        length.end = max(length.start, length.end - 1)
        bytes = Int32(clamping: Bytes.number(s, length))
      }
      for _ in 0..<6 {
        let field = fields.next(s)
        guard field.start < to else { return }
        if Bytes.equals("[Sent-to", s, field) {
          server = fields.next(s)
          server.end = max(server.start, server.end - 1)
          continue
        }
        if s[field.start - 1] == UInt8(ascii: "\"") {
          agent = field
          return
        }
      }
    }
  }
}

extension Bytes {
  fileprivate static func number(_ s: Span<UInt8>, _ field: BlankSeparated.Field) -> Int {
    number(s, field.start, field.end)
  }
  fileprivate static func equals(
    _ text: StaticString, _ s: Span<UInt8>, _ field: BlankSeparated.Field
  ) -> Bool {
    equals(text, s, field.start, field.end)
  }
}
