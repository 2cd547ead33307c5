internal import ByteScan
package import Evidence

/// Cloud Logging entries of Google's HTTP load balancers, one JSON object per line: `httpRequest`,
/// `jsonPayload.statusDetails` (or `proxyStatus`), `trace`. Stamped when the request came in. Entries of
/// other services (Cloud Run, API Gateway) have the same `httpRequest`, and do not say who answered.
///
/// <https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring>
package enum GoogleLoadBalancer: LineFormat {
  package static let format = Format.gcpLB

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 60 && s[from] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var entry = Entry()
    _ = JSONWalk.members(s, from, to) { start, end, value in
      if Bytes.equals("httpRequest", s, start, end) { entry.request = value }
      if Bytes.equals("jsonPayload", s, start, end) { entry.payload = value }
      if Bytes.equals("timestamp", s, start, end) { entry.time = value }
      if Bytes.equals("trace", s, start, end) { entry.trace = value }
      if Bytes.equals("insertId", s, start, end) { entry.isCloudEntry = true }
      if Bytes.equals("logName", s, start, end) { entry.isCloudEntry = true }
    }
    guard let http = entry.request, http.kind == .object, let time = entry.time,
      let stamp = TimeStamp.iso(s, time.start, time.end)
    else { return nil }
    _ = JSONWalk.members(s, http.start, http.end) { start, end, value in
      entry.takeRequest(s, start, end, value)
    }
    if let payload = entry.payload, payload.kind == .object {
      _ = JSONWalk.members(s, payload.start, payload.end) { start, end, value in
        if Bytes.equals("statusDetails", s, start, end) { entry.details = value }
        if Bytes.equals("proxyStatus", s, start, end) { entry.proxyStatus = value }
      }
    }
    guard let status = StatusCode.read(s, entry.status, to),
      entry.details != nil || entry.proxyStatus != nil || entry.isCloudEntry
    else {
      return nil
    }
    var request = Request(citation: context.citation)
    request.format = format
    request.hop = .edge
    request.writer = context.writer
    request.status = status
    if let v = entry.latency {
      let end = s[v.end - 1] == UInt8(ascii: "s") ? v.end - 1 : v.end
      request.duration = Bytes.microseconds(s, v.start, end)
    }
    request.stampStart(stamp, context)
    entry.fill(&request, s, &sink)
    sink.add(request, context)
    return ReadLine(format: format, time: request.end)
  }

  private struct Entry {
    var request: JSONValue?
    var payload: JSONValue?
    var time: JSONValue?
    var trace: JSONValue?
    /// A member that every entry of Cloud Logging has.
    var isCloudEntry = false
    var details: JSONValue?
    var proxyStatus: JSONValue?
    var status: JSONValue?
    var latency: JSONValue?
    private var method: JSONValue?
    private var url: JSONValue?
    private var requestSize: JSONValue?
    private var responseSize: JSONValue?
    private var agent: JSONValue?
    private var client: JSONValue?
    private var server: JSONValue?

    mutating func takeRequest(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
      if value.start >= value.end { return }
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if key("requestMethod") { method = value }
      if key("requestUrl") { url = value }
      if key("status") { status = value }
      if key("requestSize") { requestSize = value }
      if key("responseSize") { responseSize = value }
      if key("userAgent") { agent = value }
      if key("remoteIp") { client = value }
      if key("serverIp") { server = value }
      if key("latency") { latency = value }
    }

    func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
      if let v = requestSize {
        request.requestBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
      }
      if let v = responseSize {
        request.responseBytes = Int32(clamping: Bytes.number(s, v.start, v.end))
        // "including the response headers and the response body" (HttpRequest of Cloud Logging).
        request.sizeCountsHeaders = true
      }
      if let method { request.method = sink.intern(s, json: method) }
      if let agent { request.userAgent = sink.intern(s, json: agent) }
      if let server { request.upstreamAddress = sink.intern(s, json: server) }
      if let client {
        let address = Address(s, client.start, client.end)
        request.client = sink.intern(s, address.start, address.end)
        request.clientPort = address.port
      }
      if let details {
        request.detail = sink.internMasked(s, json: details)
        let isBackend = Bytes.equals("response_sent_by_backend", s, details.start, details.end)
        request.answeredBy = isBackend ? .upstream : .edge
      } else if let proxyStatus {
        request.detail = sink.internMasked(s, json: proxyStatus)
        let isBackend = Bytes.contains(
          "response_sent_by_backend", s, proxyStatus.start, proxyStatus.end)
        request.answeredBy = isBackend ? .upstream : .edge
      }
      if request.answeredBy == .upstream { request.upstreamStatus = request.status }
      if let url { sink.setTarget(&request, s, json: url) }
      if let trace, Sink.isKept(request.status) {
        var start = trace.end
        while start > trace.start, s[start - 1] != UInt8(ascii: "/") { start -= 1 }
        request.traceID = sink.internTrace(s, start, trace.end)
      }
    }
  }
}
