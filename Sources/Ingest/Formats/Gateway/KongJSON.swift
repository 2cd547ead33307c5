internal import ByteScan
package import Evidence

/// One JSON object per request as Kong's and APISIX's log plug-ins write it (`file-log`, `http-log`,
/// `http-logger` …): nested `request`, `response` and latencies. Kong names the answerer (`source`).
///
/// <https://developer.konghq.com/plugins/file-log/#log-format>,
/// <https://apisix.apache.org/docs/apisix/plugins/http-logger/>
package enum KongJSON: LineFormat {
  package static let format = Format.kongJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 60 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = KongJSONFields()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard let status = StatusCode.read(s, fields.status, to), fields.hasRequest,
      let start = fields.started
    else {
      return nil
    }
    guard let stamp = KongJSON.milliseconds(s, start) else {
      return nil
    }
    var request = Request(citation: context.citation)
    request.format = fields.isAPISIX ? .apisixAccess : .kongJSON
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = fields.duration {
      let end = Bytes.digitsEnd(s, v.start, v.end)
      let whole = Bytes.number(s, v.start, end)
      if whole >= 0 { request.duration = Int64(min(whole, 86_400_000)) &* 1000 }
    }
    request.stampStart(stamp, context)
    fields.fill(&request, s, &sink)
    sink.add(request, context)
    return ReadLine(format: request.format, time: request.end)
  }

  /// Epoch milliseconds (13 digits), a fraction is ignored.
  static func milliseconds(_ s: Span<UInt8>, _ value: JSONValue) -> TimeStamp? {
    let end = Bytes.digitsEnd(s, value.start, value.end)
    guard end - value.start == 13 else { return nil }
    let number = Bytes.number(s, value.start, end)
    return TimeStamp(
      nanoseconds: Int64(number) &* 1_000_000, end: value.end, hasZone: true, isCoarse: false)
  }
}
