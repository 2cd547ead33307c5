internal import ByteScan
internal import Evidence

/// The members of a Traefik access line that matter here; `-` counts as absent.
struct TraefikJSONFields {
  var status: JSONValue?
  var start: JSONValue?
  var duration: JSONValue?
  var size: JSONValue?
  var method: JSONValue?
  var path: JSONValue?
  private var origin: JSONValue?
  private var host: JSONValue?
  private var clientAddress: JSONValue?
  private var clientHost: JSONValue?
  private var user: JSONValue?
  private var router: JSONValue?
  private var service: JSONValue?
  private var server: JSONValue?
  private var agent: JSONValue?
  private var requestID: JSONValue?
  private var trace: JSONValue?
  private var challenge: JSONValue?
  private var location: JSONValue?
  private var fetchMode: JSONValue?
  private var accept: JSONValue?
  private var authorization = Seen.unknown

  mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if Quoted.isAbsent(s, value.start, value.end) { return }
    switch end - start {
    case 7:
      if key("TraceId") { trace = value }
    case 8:
      if key("StartUTC") {
        self.start = value
      } else if key("Duration") {
        duration = value
      } else if key("trace_id") {
        trace = value
      }
    case 10:
      if key("ClientAddr") {
        clientAddress = value
      } else if key("ClientHost") {
        clientHost = value
      } else if key("RouterName") {
        router = value
      } else if key("ServiceURL") {
        if value.kind == .string, server == nil { server = value }
      } else if key("StartLocal") {
        self.start = self.start ?? value
      }
    case 11:
      if key("RequestHost") {
        host = value
      } else if key("RequestPath") {
        path = value
      } else if key("ServiceName") {
        service = value
      } else if key("ServiceAddr") {
        server = value
      }
    case 12:
      if key("OriginStatus") { origin = value }
    case 13:
      if key("RequestMethod") { method = value }
    case 14:
      if key("ClientUsername") { user = value }
    case 16:
      if key("DownstreamStatus") { status = value }
    case 21:
      if key("DownstreamContentSize") { size = value } else { header(s, start, end, value) }
    default:
      header(s, start, end, value)
    }
  }

  private mutating func header(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("request_User-Agent") {
      agent = value
    } else if key("request_Traceparent") {
      trace = trace ?? value
    } else if key("request_X-Request-Id") {
      requestID = value
    } else if key("request_Authorization") {
      authorization = .present
    } else if key("request_Sec-Fetch-Mode") {
      fetchMode = value
    } else if key("request_Accept") {
      accept = value
    } else if key("downstream_Www-Authenticate") {
      challenge = value
    } else if key("origin_Www-Authenticate") {
      challenge = challenge ?? value
    } else if key("downstream_Location") || key("origin_Location") {
      location = value
    }
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    request.authorization = authorization
    request.navigation = Navigation.seen(s, fetchMode: fetchMode, accept: accept)
    if let agent { request.userAgent = sink.intern(s, json: agent) }
    if let host { request.host = sink.intern(s, json: host) }
    if let user { request.remoteUser = sink.intern(s, json: user) }
    if let name = service ?? router { request.service = sink.intern(s, json: name) }
    let peer = clientAddress.map { Address(s, $0.start, $0.end) }
    if let clientHost {
      // The whole `X-Forwarded-For`; the first address is the client's.
      var end = clientHost.start
      while end < clientHost.end, s[end] != UInt8(ascii: ",") { end += 1 }
      request.client = sink.intern(s, clientHost.start, end)
      if let peer, sink.intern(s, peer.start, peer.end) == request.client {
        request.clientPort = peer.port
      }
    } else if let peer {
      request.client = sink.intern(s, peer.start, peer.end)
      request.clientPort = peer.port
    }
    if let server {
      let address = UpstreamURL.authority(s, server.start, server.end)
      request.upstreamAddress = sink.intern(s, address.start, address.end)
      let code = origin.map { Bytes.number(s, $0.start, $0.end) } ?? 0
      TraefikAnswer.set(&request, origin: UInt16(clamping: max(0, code)))
    } else {
      request.answeredBy = .edge
    }
  }

  /// What only kept requests carry.
  func fillIdentity(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    if let requestID { request.requestID = sink.intern(s, json: requestID) }
    if let trace { request.traceID = sink.internTrace(s, trace.start, trace.end) }
    if let challenge { request.challenge = sink.internMasked(s, json: challenge) }
    if let location {
      let query = Bytes.find(UInt8(ascii: "?"), s, location.start, location.end)
      request.location = sink.internMasked(s, location.start, query < 0 ? location.end : query)
    }
  }
}
