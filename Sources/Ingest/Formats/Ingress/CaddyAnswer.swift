internal import ByteScan
internal import Evidence

/// The `resp_headers` object of Caddy's access line: the challenge, the redirect, and by whom the
/// answer was made. Proxied answers carry headers that Caddy's own do not have when they are logged:
/// a second `Server`, `Via`, `Date`, `Content-Length`.
struct CaddyAnswer {
  private var isProxied = false
  private var challenge: JSONValue?
  private var location: JSONValue?

  init(_ s: Span<UInt8>, _ object: JSONValue) {
    var found = CaddyAnswer()
    _ = JSONWalk.members(s, object.start, object.end) { start, end, value in
      found.take(s, start, end, value)
    }
    self = found
  }

  private init() {}

  private mutating func take(_ s: Span<UInt8>, _ start: Int, _ end: Int, _ value: JSONValue) {
    @inline(__always) func key(_ name: StaticString) -> Bool { Bytes.equals(name, s, start, end) }
    if key("Www-Authenticate") {
      challenge = CaddyAnswer.first(s, value)
    } else if key("Location") {
      location = CaddyAnswer.first(s, value)
    } else if key("Via") || key("Date") || key("Content-Length") {
      isProxied = true
    } else if key("Server") {
      var names = 0
      _ = JSONWalk.elements(s, value.start, value.end) { element in
        names += 1
        if !Bytes.equals("Caddy", s, element.start, element.end) { names += 1 }
      }
      if names > 1 { isProxied = true }
    }
  }

  func fill(_ request: inout Request, _ s: Span<UInt8>, _ sink: inout Sink) {
    if isProxied {
      request.answeredBy = .upstream
      request.upstreamStatus = request.status
    } else {
      request.answeredBy = CaddyAnswer.isOwnStatus(request) ? .edge : .unknown
    }
    if let challenge { request.challenge = sink.internMasked(s, json: challenge) }
    if let location {
      let query = Bytes.find(UInt8(ascii: "?"), s, location.start, location.end)
      request.location = sink.internMasked(s, location.start, query < 0 ? location.end : query)
    }
  }

  /// Caddy's own failures have no body; 0 is a request nobody handled.
  static func isOwnStatus(_ request: Request) -> Bool {
    switch request.status {
    case 0, 401, 502, 503, 504: request.responseBytes <= 0
    default: false
    }
  }

  /// The first string of a header's array, or the string itself.
  static func first(_ s: Span<UInt8>, _ value: JSONValue) -> JSONValue? {
    guard value.kind == .array else { return value.kind == .string ? value : nil }
    var found: JSONValue?
    _ = JSONWalk.elements(s, value.start, value.end) { element in
      if found == nil, element.kind == .string { found = element }
    }
    return found
  }
}
