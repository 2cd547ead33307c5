internal import ByteScan
package import Evidence

/// Envoy access lines as JSON: Istio's, Envoy Gateway's, Contour's and Emissary's key sets. Absent
/// values are `null`, `-` or left out.
///
/// <https://istio.io/latest/docs/tasks/observability/logs/access-log/>,
/// <https://projectcontour.io/docs/main/config/access-logging/>
package enum EnvoyJSON: LineFormat {
  package static let format = Format.envoyJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 20 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = EnvoyJSONFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    // `response_code` beside a name like `response_flags` is Envoy's alone.
    guard let status = StatusCode.read(s, fields.status, to), fields.isEnvoy,
      let time = fields.time,
      let stamp = TimeStamp.iso(s, time.start, time.end)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = fields.duration {
      let milliseconds = Bytes.number(s, v.start, v.end)
      if milliseconds >= 0 { request.duration = Int64(milliseconds) &* 1000 }
    }
    request.stampStart(stamp, context)
    let isUnasked = status >= 500 && fields.details == nil && fields.isUnasked(s)
    if !isUnasked, sink.isOnlyCounted(status, s, json: fields.path, context) {
      sink.pass(status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    if let v = fields.bytesSent {
      request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
    }
    fields.fill(&request, s, &sink)
    if let v = fields.method { request.method = sink.intern(s, json: v) }
    if let v = fields.path { sink.setTarget(&request, s, json: v) }
    if !request.path.isNone || Sink.isKept(request.status) {
      if let v = fields.requestID { request.requestID = sink.intern(s, json: v) }
      if let v = fields.trace { request.traceID = sink.internTrace(s, v.start, v.end) }
      if let v = fields.details {
        let reason = fields.reason
        EnvoyReason.add(
          request, v.start, v.end, reason?.start ?? 0, reason?.end ?? 0, s, &sink)
      } else if isUnasked {
        EnvoyReason.add(request, .authServiceCallFailed, text: request.flags, &sink)
      }
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
