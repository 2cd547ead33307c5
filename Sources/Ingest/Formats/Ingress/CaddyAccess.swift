internal import ByteScan
package import Evidence

/// Caddy's JSON access line (`http.log.access…`): stamped at the end, headers as arrays. When
/// request headers are logged, a missing `Authorization` key says that none was sent: Caddy redacts
/// its value but keeps the key.
///
/// <https://caddyserver.com/docs/logging>
package enum CaddyAccess: LineFormat {
  package static let format = Format.caddyAccess

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 40 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = CaddyFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard let logger = fields.logger, Bytes.has("http.log.access", s, logger.start, logger.end),
      let status = StatusCode.read(s, fields.status, to), fields.request != nil,
      let time = fields.time(s)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = fields.duration { request.duration = Bytes.microseconds(s, v.start, v.end) }
    request.stampEnd(time, context)
    if sink.isUnwanted(status, context), let v = fields.request,
      sink.isOnlyCounted(status, s, json: CaddyRequest.target(s, v), context)
    {
      sink.pass(status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    if let v = fields.size {
      request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
    }
    if let v = fields.user { request.remoteUser = sink.intern(s, json: v) }
    if let v = fields.request { CaddyRequest(s, v).fill(&request, s, &sink) }
    if let v = fields.responseHeaders {
      CaddyAnswer(s, v).fill(&request, s, &sink)
    } else if CaddyAnswer.isOwnStatus(request) {
      request.answeredBy = .edge
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
