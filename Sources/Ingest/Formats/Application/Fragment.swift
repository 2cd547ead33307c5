internal import ByteScan
package import Evidence

/// A line without a layout that anybody knows, but with words that a signature knows: a copied
/// `Caused by:`, a `WWW-Authenticate` header, an OAuth error body, `HTTP/1.1 401`. Last in the
/// catalogue.
package enum Fragment: LineFormat {
  package static let format = Format.fragment

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool { to - from >= 8 }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let time = RecordHead.time(nil, context)
    if readEvent(s, from, to, time, context, &sink) {
      return ReadLine(format: .keycloakText, time: time)
    }
    let end = min(to, from + SymbolTable.longest)
    var message = Message(context, format, time)
    if isStatusLine(s, from, to) {
      message.statement = .tokenRefused
      message.subject = sink.intern("401")
      message.text = sink.internMasked(s, from, to)
      sink.add(message)
      return ReadLine(format: format, time: time)
    }
    if let judged = judge(s, from, end) {
      sink.begins(judged.statement, time)
      MessageReader.add(judged, s, from, to, message, &sink)
      return ReadLine(format: format, time: time, isMessage: true)
    }
    return nil
  }

  /// A piece of Keycloak's own log is heard as such first, and any other when nobody else knows it.
  private static func judge(
    _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> MessageReader.Judgement? {
    if isKeycloaks(s, from, to), let row = MessageSignatures.match(s, from, to, voice: .keycloak) {
      return MessageReader.Judgement(row: row)
    }
    let judged = MessageReader.judge(s, from, to, level: .unknown, voice: .others)
    if judged?.row == nil, let row = MessageSignatures.match(s, from, to, voice: .keycloak),
      row.voice != .keycloakAlone
    {
      return MessageReader.Judgement(row: row)
    }
    return judged
  }

  /// The names of its classes and of its servers' threads.
  private static func isKeycloaks(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    Bytes.contains("(executor-thread-", s, from, to)
      || Bytes.contains("(default task-", s, from, to)
      || Bytes.contains("[org.keycloak.", s, from, to) || Bytes.contains("KC-SERVICES", s, from, to)
      || Bytes.contains("[org.hibernate.", s, from, to)
  }

  /// An event behind a head of some export: ` type=LOGIN_ERROR, realmId=…`, its quotes perhaps escaped
  /// once more.
  private static func readEvent(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ time: Instant, _ context: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    let realm = Bytes.find(", realmId=", s, from, to)
    guard realm > from else { return readPart(s, from, to, time, context, &sink) }
    var at = realm
    while at > from, realm - at < 80, !Bytes.has("ype=", s, at, to) { at -= 1 }
    guard at > from, Bytes.has("type=", s, at - 1, to) else { return false }
    at -= 1
    var event = TokenEvent(citation: context.citation)
    event.time = time
    event.writer = context.writer
    guard Bytes.has("type=\\\"", s, at, to) else {
      return KeycloakEvent.readUserEvent(s, at, to, event, &sink)
    }
    var plain: [UInt8] = []
    JSONWalk.unescape(s, at, to, into: &plain)
    return KeycloakEvent.readUserEvent(plain.span, 0, plain.count, event, &sink)
  }

  /// A piece of an event, or one printed by other code: `type=LOGIN_ERROR … error=expired_code` in any
  /// order.
  private static func readPart(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ time: Instant, _ context: LineContext,
    _ sink: inout Sink
  ) -> Bool {
    let type = value("type", s, from, to)
    let isTyped = !type.isEmpty && Bytes.has("_ERROR", s, type.to - 6, to)
    let error = value("error", s, from, to)
    guard !error.isEmpty,
      isTyped || Bytes.contains("auth_method=", s, from, to)
        || standsAlone(error, s, from, to)
    else { return false }
    var event = TokenEvent(citation: context.citation)
    event.time = time
    event.writer = context.writer
    if isTyped { event.type = sink.intern(s, type.from, type.to) }
    event.error = sink.intern(s, error.from, error.to)
    let reason = value("reason", s, from, to)
    if !reason.isEmpty { event.reason = sink.internMasked(s, reason.from, reason.to) }
    let client = value("clientId", s, from, to)
    if !client.isEmpty { event.client = sink.intern(s, client.from, client.to) }
    let address = value("redirect_uri", s, from, to)
    if !address.isEmpty { event.redirectURI = sink.internMasked(s, address.from, address.to) }
    sink.add(event)
    return true
  }

  /// `error="user_session_not_found",` on a line of its own, as an event is laid out for reading: one of
  /// the errors that only Keycloak's events know.
  private static func standsAlone(
    _ error: Extent, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    let start = Bytes.skipBlanks(s, from, to)
    guard Bytes.has("error=", s, start, to), error.from - start <= 7 else { return false }
    var end = to
    while end > error.to, s[end - 1] == 32 || s[end - 1] == UInt8(ascii: ",") { end -= 1 }
    guard end - error.to <= 1 else { return false }
    return eventErrors.contains(Bytes.text(s, error.from, error.to))
  }

  private static let eventErrors: Set<String> = [
    "already_logged_in", "client_disabled", "client_not_found", "code_verifier_missing",
    "cookie_not_found", "expired_code", "identity_provider_login_failure", "invalid_code",
    "invalid_client_credentials", "invalid_code_verifier", "invalid_redirect_uri",
    "invalid_user_credentials", "not_allowed", "pkce_verification_failed", "realm_disabled",
    "resolve_required_actions", "session_expired", "ssl_required", "user_disabled",
    "user_not_found", "user_session_not_found", "user_temporarily_disabled",
  ]

  /// The value of `name=value`, `name="value"`, `"name":"value"` or `name: value`.
  private static func value(
    _ name: String, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Extent {
    var at = from
    while true {
      let end = SubjectReader.after(name, false, s, at, to)
      guard end > 0 else { return .none }
      at = end
      let start = end - name.utf8.count
      if start > from, isWordByte(s[start - 1]) { continue }
      var i = end
      if i < to, s[i] == UInt8(ascii: "\"") { i += 1 }
      guard i < to, s[i] == UInt8(ascii: "=") || s[i] == UInt8(ascii: ":") else { continue }
      i += 1
      let isQuoted = i < to && (s[i] == UInt8(ascii: "\"") || s[i] == UInt8(ascii: "'"))
      return isQuoted ? SubjectReader.quoted(s, i, to) : SubjectReader.word(s, i, to)
    }
  }

  private static func isWordByte(_ c: UInt8) -> Bool {
    c == UInt8(ascii: "_") || Bytes.isDigit(c) || c | 0x20 >= 97 && c | 0x20 <= 122
  }

  private static func isStatusLine(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var i = Bytes.skipBlanks(s, from, to)
    if i + 2 < to, s[i] == UInt8(ascii: "<") { i += 2 }
    guard Bytes.has("HTTP/", s, i, to) else { return false }
    return Bytes.contains(" 401", s, i, min(to, i + 16))
  }
}
