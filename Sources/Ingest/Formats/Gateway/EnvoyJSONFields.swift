internal import ByteScan
internal import Evidence

/// The members of an Envoy JSON line under their usual names; absent ones (`null`, `-`) are `nil`.
struct EnvoyJSONFields {
  /// `response_flags`, or another name that only Envoy's variables have.
  var isEnvoy = false
  var time: JSONValue?
  var status: JSONValue?
  var duration: JSONValue?
  var bytesSent: JSONValue?
  var method: JSONValue?
  var path: JSONValue?
  var requestID: JSONValue?
  var trace: JSONValue?
  var details: JSONValue?
  var reason: JSONValue?
  private var flags: JSONValue?
  private var agent: JSONValue?
  private var authority: JSONValue?
  private var forwarded: JSONValue?
  private var remote: JSONValue?
  private var host: JSONValue?
  private var cluster: JSONValue?
  private var serviceTime: JSONValue?

  mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("response_flags") || key("x-envoy-origin-path") || key("upstream_cluster") {
      isEnvoy = true
    }
    if value.isNull(s) || Quoted.isAbsent(s, value.start, value.end) { return }
    switch end - start {
    case 4:
      if key("path") { path = value }
    case 6:
      if key("method") { method = value }
    case 8:
      if key("duration") { duration = value } else if key("trace_id") { trace = value }
    case 9:
      if key("authority") { authority = value }
    case 10:
      if key("start_time") {
        time = value
      } else if key("bytes_sent") {
        bytesSent = value
      } else if key("request_id") {
        requestID = value
      } else if key("user_agent") || key("user-agent") {
        agent = value
      } else if key("@timestamp") {
        time = time ?? value
      } else if key(":authority") {
        authority = value
      }
    case 11:
      if key("traceparent") { trace = value }
    case 12:
      if key("x-request-id") { requestID = value }
    case 13:
      if key("response_code") {
        status = value
      } else if key("upstream_host") {
        host = value
      } else if key("uber_trace_id") {
        trace = value
      }
    case 14:
      if key("status_details") {
        details = value
      } else if key("response_flags") {
        flags = value
      }
    default:
      long(s, start, end, value)
    }
  }

  private mutating func long(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("upstream_cluster") {
      cluster = value
    } else if key("x_forwarded_for") || key("x-forwarded-for") {
      forwarded = value
    } else if key("x-envoy-origin-path") || key("x-envoy-original-path") {
      path = path ?? value
    } else if key("response_code_details") {
      details = value
    } else if key("upstream_service_time") || key("x-envoy-upstream-service-time") {
      serviceTime = value
    } else if key("downstream_remote_address") || key("downstream_remote") {
      remote = value
    } else if key("upstream_response_flags") {
      flags = value
      isEnvoy = true
    } else if key("upstream_transport_failure_reason") {
      reason = value
    }
  }

  /// `UAEX`: the service that decides about requests could not be asked, or said no.
  func isUnasked(_ s: Span<UInt8>) -> Bool {
    flags.map { Bytes.equals("UAEX", s, $0.start, $0.end) } ?? false
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    if let flags { request.flags = sink.intern(s, json: flags) }
    if let agent { request.userAgent = sink.intern(s, json: agent) }
    if let authority { request.host = sink.intern(s, json: authority) }
    if let cluster { request.service = sink.intern(s, json: cluster) }
    if let host { request.upstreamAddress = sink.intern(s, json: host) }
    if let details { request.detail = sink.internMasked(s, json: details) }
    EnvoyAnswer.setClient(
      &request, s, forwarded?.start ?? 0, forwarded?.end ?? 0, remote?.start ?? 0,
      remote?.end ?? 0, &sink)
    let isViaUpstream = details.map { Bytes.equals("via_upstream", s, $0.start, $0.end) } ?? false
    EnvoyAnswer.set(
      &request, hasDetails: details != nil, isViaUpstream: isViaUpstream, isAsked: host != nil,
      hasServiceTime: serviceTime != nil)
  }
}
