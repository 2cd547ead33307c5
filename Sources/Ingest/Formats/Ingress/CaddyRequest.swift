internal import ByteScan
internal import Evidence

/// The `request` object of Caddy's lines.
struct CaddyRequest {
  private var client: JSONValue?
  private var remote: JSONValue?
  /// Address and port, before version 2.5.
  private var peer: JSONValue?
  private var port: JSONValue?
  private var method: JSONValue?
  private var host: JSONValue?
  private var uri: JSONValue?
  private var agent: JSONValue?
  private var requestID: JSONValue?
  private var trace: JSONValue?
  private var fetchMode: JSONValue?
  private var accept: JSONValue?
  private var authorization = Seen.unknown

  init(_ s: Span<UInt8>, _ object: JSONValue) {
    var found = CaddyRequest()
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      found.take(s, start, end, value)
    }
    self = found
  }

  private init() {}

  /// The member `uri` of the request alone.
  static func target(_ s: Span<UInt8>, _ object: JSONValue) -> JSONValue? {
    var found: JSONValue?
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      if Bytes.equals("uri", s, start, end) { found = value }
    }
    return found
  }

  private mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("remote_ip") { remote = value }
    if key("remote_port") { port = value }
    if key("remote_addr") { peer = value }
    if key("client_ip") { client = value }
    if key("method") { method = value }
    if key("host") { host = value }
    if key("uri") { uri = value }
    if key("headers"), value.kind == .object {
      var found = self
      found.authorization = .absent
      _ = JSONWalk.members(s, value.start, value.end) { start, end, value in
        found.header(s, start, end, value)
      }
      self = found
    }
  }

  private mutating func header(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("Authorization") {
      authorization = .present
    } else if key("User-Agent") {
      agent = CaddyAnswer.first(s, value)
    } else if key("Traceparent") {
      trace = CaddyAnswer.first(s, value)
    } else if key("X-Request-Id") {
      requestID = CaddyAnswer.first(s, value)
    } else if key("Sec-Fetch-Mode") {
      fetchMode = CaddyAnswer.first(s, value)
    } else if key("Accept") {
      accept = CaddyAnswer.first(s, value)
    }
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    request.authorization = authorization
    request.navigation = Navigation.seen(s, fetchMode: fetchMode, accept: accept)
    if let v = client ?? remote {
      request.client = sink.intern(s, json: v)
    } else if let peer {
      let address = Address(s, peer.start, peer.end, hasPort: true)
      request.client = sink.intern(s, address.start, address.end)
      request.clientPort = address.port
    }
    if let port, client == nil || remote.map({ sink.intern(s, json: $0) }) == request.client {
      request.clientPort = UInt16(clamping: max(0, Bytes.number(s, port.start, port.end)))
    }
    if let method { request.method = sink.intern(s, json: method) }
    if let host { request.host = sink.intern(s, json: host) }
    if let agent { request.userAgent = sink.intern(s, json: agent) }
    if let uri { sink.setTarget(&request, s, json: uri) }
    guard !request.path.isNone || Sink.isKept(request.status) else { return }
    if let requestID { request.requestID = sink.intern(s, json: requestID) }
    if let trace { request.traceID = sink.internTrace(s, trace.start, trace.end) }
  }
}
