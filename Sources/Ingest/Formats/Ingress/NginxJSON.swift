internal import ByteScan
package import Evidence

/// nginx access lines written as JSON by a `log_format` template: the ones of the ingress-nginx
/// documentation, of the usual Loki, OpenTelemetry and Elastic set-ups. Keys are whatever the
/// operator chose; the aliases seen in the wild are known, and at least one name that only nginx has
/// must be there.
///
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/>
package enum NginxJSON: LineFormat {
  package static let format = Format.nginxJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 20 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = NginxJSONFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard fields.isNginx, !fields.isMessage, let code = StatusCode.read(s, fields.status, to)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = code
    if let v = fields.duration {
      request.duration = Bytes.microseconds(s, v.start, v.end)
      // nginx writes seconds with three decimals; Envoy's variable has whole milliseconds.
      let isWhole = Bytes.find(UInt8(ascii: "."), s, v.start, v.end) < 0
      if fields.startTime != nil, isWhole, request.duration > 0 { request.duration /= 1000 }
    }
    if let time = time(s, fields.time) {
      request.stampEnd(time, context)
    } else if fields.time == nil, let start = time(s, fields.startTime) {
      request.stampStart(start, context)
    } else {
      // A template without a time: the wrapper's, or that of the line before.
      guard fields.time == nil else { return nil }
      request.end = context.wrapperTime.isKnown ? context.wrapperTime : context.previousTime
      request.start = request.end
    }
    let isOnlyCounted =
      fields.requestLine.map {
        !$0.isEscaped && sink.isOnlyCounted(code, s, line: $0.start, $0.end, context)
      } ?? sink.isOnlyCounted(code, s, json: fields.target, context)
    if isOnlyCounted {
      sink.pass(code, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    if let v = fields.bytes {
      request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
      request.sizeCountsHeaders = fields.bytesCountHeaders
    }
    if let v = fields.requestLength {
      request.requestBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
    }
    text(s, fields, &request, &sink)
    upstream(s, fields, &request, &sink)
    if !request.path.isNone || Sink.isKept(request.status) {
      if let v = fields.requestID { request.requestID = sink.intern(s, json: v) }
      if let v = fields.traceID { request.traceID = sink.internTrace(s, v.start, v.end) }
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  private static func time(_ s: Span<UInt8>, _ value: JSONValue?) -> TimeStamp? {
    guard let v = value else { return nil }
    // `[21/Aug/2026:10:00:00 +0200]` in brackets, as the text formats print it.
    let start = v.start < v.end && s[v.start] == UInt8(ascii: "[") ? v.start + 1 : v.start
    return TimeStamp.iso(s, start, v.end) ?? TimeStamp.common(s, start, v.end)
      ?? TimeStamp.epoch(s, start, v.end)
  }

  private static func text(
    _ s: Span<UInt8>, _ fields: NginxJSONFields, _ request: inout Request, _ sink: inout Sink
  ) {
    if let v = fields.client, v.end > v.start {
      request.client = sink.intern(s, json: v)
    } else if let v = fields.forwardedFor {
      // `$proxy_add_x_forwarded_for` ends with the peer.
      var start = v.end
      while start > v.start, s[start - 1] != 32, s[start - 1] != UInt8(ascii: ",") { start -= 1 }
      request.client = sink.intern(s, start, v.end)
    }
    if let v = fields.host { request.host = sink.intern(s, json: v) }
    if let v = fields.agent { request.userAgent = sink.intern(s, json: v) }
    if let v = fields.user { request.remoteUser = sink.intern(s, json: v) }
    if let v = fields.service { request.service = sink.intern(s, json: v) }
    if let v = fields.requestLine {
      RequestLine.set(&request, s, v.start, v.end, &sink)
    }
    if let v = fields.method, request.method.isNone { request.method = sink.intern(s, json: v) }
    if let v = fields.target, request.route.isNone {
      var target = v
      if let path = pathStart(s, v.start, v.end) {
        if request.host.isNone { request.host = sink.intern(s, v.start, path) }
        target.start = path
      }
      sink.setTarget(&request, s, json: target)
      if let q = fields.query, !Quoted.isAbsent(s, q.start, q.end) {
        let whole = Int(request.targetLength) + 1 + q.end - q.start
        request.targetLength = UInt16(clamping: whole)
        request.isLoginCallback =
          !request.path.isNone
          && LoginCallback.isAnswer(s, path: v.start..<v.end, query: q.start..<q.end)
      }
    }
  }

  /// Where the path begins in `shop.example.com/orders` (`$host$request_uri` of nginx), `nil` when no host with a dot
  /// or a port stands before it.
  private static func pathStart(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var isHost = false
    for i in from..<min(to, from + 254) {
      let c = s[i]
      if c == UInt8(ascii: "/") { return isHost && i > from ? i : nil }
      if c == UInt8(ascii: ".") || c == UInt8(ascii: ":") {
        isHost = true
      } else if !Bytes.isDigit(c), (c | 32) &- 97 >= 26, c != UInt8(ascii: "-"),
        c != UInt8(ascii: "_"),
        c != UInt8(ascii: "["), c != UInt8(ascii: "]")
      {
        return nil
      }
    }
    return nil
  }

  private static func upstream(
    _ s: Span<UInt8>, _ fields: NginxJSONFields, _ request: inout Request, _ sink: inout Sink
  ) {
    var upstream = NginxUpstream()
    if let v = fields.upstreamStatus {
      let list = UpstreamList(s, v.start, v.end)
      upstream.setStatus(s, list.start, list.end)
    }
    if let v = fields.upstreamLength {
      let list = UpstreamList(s, v.start, v.end)
      upstream.length = Bytes.number(s, list.start, list.end)
    }
    if let v = fields.upstreamAddress {
      let list = UpstreamList(s, v.start, v.end)
      upstream.setAddress(s, list.start, list.end)
      upstream.set(&request, s, &sink)
    } else if fields.upstreamStatus != nil {
      request.upstreamStatus = upstream.status
      request.answeredBy =
        upstream.status == 0 ? .edge : upstream.status == request.status ? .upstream : .edge
    }
  }
}
