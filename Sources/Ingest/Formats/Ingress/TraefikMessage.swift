internal import ByteScan
package import Evidence

/// Traefik's own log: v3's zerolog console (`2026-08-21T10:00:00Z ERR message key=value`), its JSON,
/// and v2's logrus text (`time="…" level=error msg="…" key=value`).
///
/// <https://doc.traefik.io/traefik/observe/logs-and-access-logs/#logs>
package enum TraefikMessage: LineFormat {
  package static let format = Format.traefikMessage

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 20 else { return false }
    return s[from] == UInt8(ascii: "{") || s[from] == UInt8(ascii: "2")
      || Bytes.has("time=\"", s, from, to)
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let parts: TraefikMessageParts?
    if s[from] == UInt8(ascii: "{") {
      parts = TraefikMessageParts(json: s, from, to)
    } else if s[from] == UInt8(ascii: "t") {
      parts = TraefikMessageParts(logrus: s, from, to)
    } else {
      parts = TraefikMessageParts(console: s, from, to)
    }
    guard let parts else { return nil }
    let time = Instant.ofMessage(parts.stamp, context)
    let statement = statement(s, parts)
    if statement != .other || parts.level >= .warn {
      var message = Message(context, format, time, parts.level)
      message.statement = statement
      message.text = parts.text(s, &sink)
      parts.fill(&message, s, &sink)
      sink.add(message)
    }
    return ReadLine(format: format, time: time, isMessage: true)
  }

  private static func statement(_ s: Span<UInt8>, _ parts: TraefikMessageParts) -> Statement {
    let from = parts.messageStart
    let to = parts.messageEnd
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    func starts(_ text: StaticString) -> Bool { Bytes.has(text, s, from, to) }
    if starts("Error calling ") { return .authServiceCallFailed }
    if starts("Configuration received") || starts("Configuration loaded") {
      return .configurationReloaded
    }
    if starts("Traefik version ") { return .edgeStarted }
    if starts("Stopping server gracefully") || starts("I have to go") || starts("Shutting down") {
      return .edgeStopped
    }
    if starts("Remote error ") { return remote(s, parts) }
    if starts("Authentication failed") || starts("Digest authentication failed") {
      return .basicPasswordMismatch
    }
    if has("trustForwardHeader is not configured") { return .settingsWrong }
    if has("endpoints not found") || has("no endpoints found") || has("ubset not found") {
      return .noEndpoints
    }
    if starts("499 ") || starts("'499 ") { return .clientGaveUp }
    if parts.isProxyError(s) {
      let cause = GoError.upstream(s, parts.errorStart, parts.errorEnd)
      if cause != .other { return cause }
      return GoError.upstream(s, from, to)
    }
    return .other
  }

  /// `Remote error http://… StatusCode: N`: what the auth service said; 401 and 403 are its trade.
  private static func remote(_ s: Span<UInt8>, _ parts: TraefikMessageParts) -> Statement {
    guard let code = parts.remoteStatus(s) else { return .other }
    let number = Bytes.number(s, code.start, code.end)
    return number >= 400 && number != 401 && number != 403 ? .authRequestUnexpectedStatus : .other
  }
}
