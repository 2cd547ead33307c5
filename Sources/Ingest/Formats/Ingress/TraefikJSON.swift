internal import ByteScan
package import Evidence

/// Traefik's JSON access line (v2 and v3): flat keys in capitals, kept headers as `request_…`,
/// `origin_…` and `downstream_…`.
///
/// <https://doc.traefik.io/traefik/observe/logs-and-access-logs/#json-format-fields>
package enum TraefikJSON: LineFormat {
  package static let format = Format.traefikJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 20 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = TraefikJSONFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard let status = StatusCode.read(s, fields.status, to), let start = fields.start,
      let stamp = TimeStamp.iso(s, start.start, start.end)
    else { return nil }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = fields.duration {
      let nanoseconds = Bytes.number(s, v.start, v.end)
      if nanoseconds >= 0 { request.duration = Int64(nanoseconds) / 1000 }
    }
    request.stampStart(stamp, context)
    if sink.isOnlyCounted(status, s, json: fields.path, context) {
      sink.pass(status, s, from, to, Self.self, context)
      return ReadLine(format: format, time: request.end)
    }
    if let v = fields.size {
      request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
    }
    fields.fill(&request, s, &sink)
    if let v = fields.method { request.method = sink.intern(s, json: v) }
    if let v = fields.path { sink.setTarget(&request, s, json: v) }
    if !request.path.isNone || Sink.isKept(request.status) {
      fields.fillIdentity(&request, s, &sink)
    }
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }
}
