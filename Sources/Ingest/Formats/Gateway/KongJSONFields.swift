internal import ByteScan
internal import Evidence

/// The members of a Kong or APISIX log object that matter here.
struct KongJSONFields {
  var hasRequest = false
  var isAPISIX = false
  var status: JSONValue?
  var started: JSONValue?
  var duration: JSONValue?
  private var size: JSONValue?
  private var client: JSONValue?
  private var service: JSONValue?
  private var routeID: JSONValue?
  private var source: JSONValue?
  private var upstreamStatus: JSONValue?
  private var upstream: JSONValue?
  private var trace: JSONValue?
  private var wasProxied: Bool?
  private var requestID: JSONValue?
  private var requestSize: JSONValue?
  private var method: JSONValue?
  private var target: JSONValue?
  private var host: JSONValue?
  private var agent: JSONValue?
  private var challenge: JSONValue?
  private var authorization = Seen.unknown

  mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("request"), value.kind == .object {
      request(s, value)
    } else if key("response"), value.kind == .object {
      response(s, value)
    } else if key("latencies"), value.kind == .object {
      latencies(s, value)
    } else if key("started_at") {
      started = value
    } else if key("start_time") {
      started = value
      isAPISIX = true
    } else if key("latency") {
      duration = value
    } else if key("client_ip") {
      client = value
    } else if key("source") {
      source = value
    } else if key("upstream_status") {
      upstreamStatus = value
    } else if key("upstream"), value.kind == .string {
      upstream = value
    } else if key("route_id") {
      routeID = value
    } else if key("service"), value.kind == .object {
      var name: JSONValue?
      _ = JSONWalk.members(s, value.start, value.end) { start, end, member in
        if Bytes.equals("name", s, start, end), member.kind == .string { name = member }
      }
      service = name
    } else if key("tries"), value.kind == .array {
      tries(s, value)
    } else if key("trace_id"), value.kind == .string {
      trace = value
    }
  }

  private mutating func request(_ s: Span<UInt8>, _ object: JSONValue) {
    var found = self
    found.hasRequest = true
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      @inline(__always) func key(_ name: StaticString) -> Bool {
        Bytes.equals(name, s, start, end)
      }
      if key("id") { found.requestID = value }
      if key("method") { found.method = value }
      if key("uri") { found.target = value }
      if key("size") { found.requestSize = value }
      if key("headers"), value.kind == .object {
        found.authorization = .absent
        _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
          if Bytes.equals("host", s, start, end) { found.host = value }
          if Bytes.equals("user-agent", s, start, end) { found.agent = value }
          if Bytes.equals("authorization", s, start, end) { found.authorization = .present }
          if Bytes.equals("traceparent", s, start, end) { found.trace = value }
        }
      }
    }
    self = found
  }

  private mutating func response(_ s: Span<UInt8>, _ object: JSONValue) {
    var found = self
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("status", s, start, end) { found.status = value }
      if Bytes.equals("size", s, start, end) { found.size = value }
      if Bytes.equals("headers", s, start, end), value.kind == .object {
        _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
          if Bytes.equals("www-authenticate", s, start, end) { found.challenge = value }
        }
      }
    }
    self = found
  }

  /// Kong: `proxy` is -1 when nothing was proxied.
  private mutating func latencies(_ s: Span<UInt8>, _ object: JSONValue) {
    var found = self
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("request", s, start, end) { found.duration = value }
      if Bytes.equals("proxy", s, start, end) {
        found.wasProxied = !Bytes.equals("-1", s, value.start, value.end)
      }
    }
    self = found
  }

  /// The last try's `ip` and `port` are kept apart; the address alone is taken here.
  private mutating func tries(_ s: Span<UInt8>, _ array: JSONValue) {
    var address: JSONValue?
    _ = JSONWalk.elements(s, array.start, array.end) { element in
      guard element.kind == .object else { return }
      _ = JSONWalk.members(s, element.start, element.end) { start, end, value in
        if Bytes.equals("ip", s, start, end) { address = value }
      }
    }
    if upstream == nil { upstream = address }
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    request.authorization = authorization
    if let size { request.responseBytes = Int32(clamping: Bytes.number(s, size.start, size.end)) }
    if let requestSize {
      request.requestBytes = Int32(
        clamping: Bytes.number(s, requestSize.start, requestSize.end))
    }
    if let client { request.client = sink.intern(s, json: client) }
    if let host { request.host = sink.intern(s, json: host) }
    if let agent { request.userAgent = sink.intern(s, json: agent) }
    if let method { request.method = sink.intern(s, json: method) }
    if let name = service ?? routeID { request.service = sink.intern(s, json: name) }
    if let upstream { request.upstreamAddress = sink.intern(s, json: upstream) }
    if let v = upstreamStatus {
      // A list as in nginx; the last try counts.
      var start = v.end
      while start > v.start, Bytes.isDigit(s[start - 1]) { start -= 1 }
      request.upstreamStatus = UInt16(clamping: max(0, Bytes.number(s, start, v.end)))
    }
    answer(&request, s)
    if let target { sink.setTarget(&request, s, json: target) }
    guard !request.path.isNone || Sink.isKept(request.status) else { return }
    if let requestID { request.requestID = sink.intern(s, json: requestID) }
    if let trace { request.traceID = sink.internTrace(s, trace.start, trace.end) }
    if let challenge { request.challenge = sink.internMasked(s, json: challenge) }
  }

  private func answer(_ request: inout Request, _ s: Span<UInt8>) {
    if let source {
      request.answeredBy =
        Bytes.equals("upstream", s, source.start, source.end) ? .upstream : .edge
    } else if let wasProxied {
      request.answeredBy = wasProxied ? .upstream : .edge
    } else if isAPISIX {
      request.answeredBy = upstream == nil ? .edge : .unknown
    }
    if request.answeredBy == .upstream, request.upstreamStatus == 0 {
      request.upstreamStatus = request.status
    }
  }
}
