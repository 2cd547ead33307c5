internal import ByteScan
package import Evidence

/// Caddy's own log. A failed upstream gives an error line (`http.log.error…`) beside the access line
/// of the same request: it becomes a message, never a second request. A configuration loaded through
/// the admin endpoint is a reload.
///
/// <https://caddyserver.com/docs/logging>
package enum CaddyMessage: LineFormat {
  package static let format = Format.caddyMessage

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    CaddyAccess.mayRead(s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = CaddyFields()
    let end = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      fields.take(s, keyStart, keyEnd, value)
    }
    guard end > 0, let text = fields.message, let name = fields.level, let stamp = fields.time(s),
      let level = TraefikMessageParts.long(s, name.start, name.end), isCaddy(s, fields)
    else { return nil }
    let time = Instant.ofMessage(stamp, context)
    let statement = statement(s, fields, text)
    if statement != .other || level >= .error {
      var message = Message(context, format, time, level)
      message.statement = statement
      if let logger = fields.logger { message.logger = sink.intern(s, json: logger) }
      message.text = sink.internMasked(s, json: fields.error ?? text)
      fill(&message, s, fields, text, context, &sink)
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  /// zap's JSON is everybody's: a logger of Caddy's, or one of its messages without a logger.
  private static func isCaddy(_ s: Span<UInt8>, _ fields: CaddyFields) -> Bool {
    if let logger = fields.logger {
      func starts(_ name: StaticString) -> Bool {
        guard Bytes.has(name, s, logger.start, logger.end) else { return false }
        let end = logger.start + name.utf8CodeUnitCount
        return end == logger.end || s[end] == UInt8(ascii: ".")
      }
      return starts("http") || starts("admin") || starts("tls") || starts("pki")
        || starts("caddy") || starts("docker-proxy") || starts("layer4")
    }
    guard let text = fields.message else { return false }
    func starts(_ name: StaticString) -> Bool { Bytes.has(name, s, text.start, text.end) }
    return starts("using provided configuration") || starts("using adjacent Caddyfile")
      || starts("Caddyfile input is not formatted") || starts("autosaved config")
      || starts("serving initial configuration") || starts("shutting down")
      || starts("shutdown complete") || starts("exiting; byeee") || starts("adapted config")
      || starts("maxprocs:") || starts("GOMEMLIMIT is updated") || starts("config is unchanged")
      || starts("using config from file") || starts("watching config file for changes")
      || starts("failed to sufficiently increase receive buffer")
  }

  private static func statement(_ s: Span<UInt8>, _ fields: CaddyFields, _ text: JSONValue)
    -> Statement
  {
    func starts(_ name: StaticString) -> Bool { Bytes.has(name, s, text.start, text.end) }
    if let uri = fields.uri, starts("received request"),
      Bytes.has("/load", s, uri.start, uri.end) || Bytes.has("/config", s, uri.start, uri.end)
    {
      let isRead = fields.method.map { Bytes.equals("GET", s, $0.start, $0.end) } ?? false
      return isRead ? .other : .configurationReloaded
    }
    if starts("load complete") { return .configurationReloaded }
    if starts("serving initial configuration") { return .edgeStarted }
    if starts("shutdown complete") || starts("shutting down apps") { return .edgeStopped }
    if starts("not authenticated") { return .basicMissing }
    if Bytes.contains("TLS handshake error", s, text.start, text.end) { return .clientTLSFailed }
    guard let logger = fields.logger, Bytes.has("http", s, logger.start, logger.end) else {
      return .other
    }
    let source = fields.error ?? text
    let statement = GoError.upstream(s, source.start, source.end)
    // `forward_auth` to oauth2-proxy, by the port that it listens on unless told otherwise.
    let isAuthService = Bytes.contains(":4180: connect", s, source.start, source.end)
    return statement != .other && isAuthService ? .authServiceCallFailed : statement
  }

  private static func fill(
    _ message: inout Message, _ s: Span<UInt8>, _ fields: CaddyFields, _ text: JSONValue,
    _ context: LineContext, _ sink: inout Sink
  ) {
    if let object = fields.request {
      var request = Request(citation: context.citation)
      request.status = 502
      CaddyRequest(s, object).fill(&request, s, &sink)
      message.client = request.client
      message.host = request.host
      message.path = request.path
      message.requestID = request.requestID
      message.traceID = request.traceID
    }
    if let status = fields.status { message.subject = sink.intern(s, json: status) }
    let source = fields.error ?? text
    let dial = Bytes.find("dial tcp ", s, source.start, source.end)
    guard dial >= 0 else { return }
    var end = Quoted.wordEnd(s, dial + 9, source.end)
    while end > dial + 9, s[end - 1] == UInt8(ascii: ":") { end -= 1 }
    message.peer = sink.intern(s, dial + 9, end)
  }
}
