internal import ByteScan
package import Evidence

/// Events as the Admin REST interface gives them (`/admin/realms/R/events` and `…/admin-events`): one
/// JSON array on a line, or one object a line. `time` is milliseconds since the epoch, UTC (facts §6.2).
package enum KeycloakEventsExport: LineFormat {
  package static let format = Format.keycloakEventsExport

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 40 else { return false }
    let start = s[from] == UInt8(ascii: "[") ? Bytes.skipBlanks(s, from + 1, to) : from
    return start < to && s[start] == UInt8(ascii: "{")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var last: Instant?
    if s[from] == UInt8(ascii: "[") {
      _ = JSONWalk.elements(s, from, to) { value in
        if value.kind == .object, let time = object(s, value.start, value.end, context, &sink) {
          last = time
        }
      }
    } else {
      last = object(s, from, to, context, &sink)
    }
    return last.map { ReadLine(format: format, time: $0) }
  }

  /// One event; nil when it is none.
  private static func object(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> Instant? {
    var time: Int = -1
    var type: JSONValue?
    var operation: JSONValue?
    var resource: JSONValue?
    var realm: JSONValue?
    var details: JSONValue?
    var authDetails: JSONValue?
    var path: JSONValue?
    var error: JSONValue?
    var client: JSONValue?
    var user: JSONValue?
    var session: JSONValue?
    var address: JSONValue?
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      func has(_ name: StaticString) -> Bool { Bytes.equals(name, s, keyStart, keyEnd) }
      if has("time") {
        if value.kind == .number { time = Bytes.number(s, value.start, value.end) }
      } else if has("type") {
        type = value
      } else if has("operationType") {
        operation = value
      } else if has("resourceType") {
        resource = value
      } else if has("resourcePath") {
        path = value
      } else if has("realmId") {
        realm = value
      } else if has("clientId") {
        client = value
      } else if has("userId") {
        user = value
      } else if has("sessionId") {
        session = value
      } else if has("ipAddress") {
        address = value
      } else if has("error") {
        error = value
      } else if has("details"), value.kind == .object {
        details = value
      } else if has("authDetails"), value.kind == .object {
        authDetails = value
      }
    }
    guard time >= 100_000_000_000, time < 100_000_000_000_000, let realm else { return nil }
    let instant = Instant(nanoseconds: Int64(time) &* 1_000_000)
    if let operation, let resource {
      var event = AdminEvent(citation: context.citation)
      event.time = instant
      event.writer = context.writer
      event.operation = sink.intern(s, json: operation)
      event.resourceType = sink.intern(s, json: resource)
      event.realm = sink.intern(s, json: realm)
      if let path { event.resourcePath = sink.internMasked(s, json: path) }
      if let error { event.error = sink.internMasked(s, json: error) }
      if let authDetails {
        _ = JSONWalk.members(s, authDetails.start, authDetails.end) { keyStart, keyEnd, value in
          if Bytes.equals("userId", s, keyStart, keyEnd) {
            event.user = sink.intern(s, json: value)
          } else if Bytes.equals("ipAddress", s, keyStart, keyEnd) {
            event.address = sink.intern(s, json: value)
          }
        }
      }
      KeycloakEvent.noteSuccess(context.citation, &sink)
      sink.add(event)
      return instant
    }
    guard let type, KeycloakEvent.isEventName(s, Extent(type.start, type.end)) else { return nil }
    var event = TokenEvent(citation: context.citation)
    event.time = instant
    event.writer = context.writer
    event.type = sink.intern(s, json: type)
    event.realm = sink.intern(s, json: realm)
    if let client { event.client = sink.intern(s, json: client) }
    if let user { event.user = sink.intern(s, json: user) }
    if let session { event.session = sink.intern(s, json: session) }
    if let address { event.address = sink.intern(s, json: address) }
    if let error {
      event.error = sink.internMasked(s, json: error)
    } else if !KeycloakEvent.endsWithError(s, Extent(type.start, type.end)) {
      KeycloakEvent.noteSuccess(context.citation, &sink)
    }
    if let details {
      let sessionIsKnown = session != nil
      _ = JSONWalk.members(s, details.start, details.end) { keyStart, keyEnd, value in
        KeycloakEvent.set(
          &event, EventKey.read(s, Extent(keyStart, keyEnd)),
          sink.internMasked(s, json: value), sessionIsKnown: sessionIsKnown)
      }
    }
    sink.add(event)
    return instant
  }
}

extension KeycloakEvent {
  /// Puts a detail of an exported event into its field.
  static func set(
    _ event: inout TokenEvent, _ key: EventKey, _ value: Symbol, sessionIsKnown: Bool
  ) {
    switch key {
    case .reason: event.reason = value
    case .detail: if event.reason.isNone { event.reason = value }
    case .username: event.username = value
    case .grantType: event.grantType = value
    case .tokenID: event.tokenID = value
    case .refreshTokenID: event.refreshTokenID = value
    case .updatedRefreshTokenID: event.updatedRefreshTokenID = value
    case .refreshTokenSubject: event.refreshTokenSubject = value
    case .refreshTokenType: event.refreshTokenType = value
    case .redirectURI: event.redirectURI = value
    case .authMethod: event.authMethod = value
    case .clientAuthMethod: event.clientAuthMethod = value
    case .tokenIssuedFor: event.tokenIssuedFor = value
    case .tokenType: event.tokenType = value
    case .scope: event.scope = value
    case .audience: event.audience = value
    case .identityProvider: event.identityProvider = value
    case .responseMode: event.responseMode = value
    case .codeID: if !sessionIsKnown { event.session = value }
    default: break
    }
  }
}
