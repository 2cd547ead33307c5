internal import ByteScan
internal import Evidence

/// A user event while its fields are read.
struct UserEvent {
  private var event: TokenEvent
  private var name = Extent.none
  private var sessionIsKnown = false
  private var isError = false

  init(_ event: TokenEvent) { self.event = event }

  /// Takes a field up; in the order of the line, since some give way to others. `known`: its text, where
  /// it is kept as it stands and was interned already.
  mutating func take(
    _ field: EventKey, _ s: Span<UInt8>, _ value: Extent, known: Symbol = .none,
    _ sink: inout Sink
  ) {
    if KeycloakEvent.isNull(s, value) { return }
    func text(_ sink: inout Sink) -> Symbol { sink.internMasked(s, value.from, value.to) }
    func plain(_ sink: inout Sink) -> Symbol {
      known.isNone ? sink.intern(s, value.from, value.to, again: field.rawValue) : known
    }
    switch field {
    case .type:
      event.type = plain(&sink)
      name = value
    case .realmID: if event.realm.isNone { event.realm = plain(&sink) }
    case .realmName: event.realm = plain(&sink)
    case .clientID: event.client = plain(&sink)
    case .userID: event.user = plain(&sink)
    case .sessionID:
      event.session = plain(&sink)
      sessionIsKnown = true
    case .codeID: if !sessionIsKnown { event.session = plain(&sink) }
    case .ipAddress: event.address = plain(&sink)
    case .error:
      event.error = text(&sink)
      isError = true
    case .reason: event.reason = text(&sink)
    case .detail: if event.reason.isNone { event.reason = text(&sink) }
    case .username: event.username = text(&sink)
    case .grantType: event.grantType = plain(&sink)
    case .tokenID: event.tokenID = plain(&sink)
    case .refreshTokenID: event.refreshTokenID = plain(&sink)
    case .updatedRefreshTokenID: event.updatedRefreshTokenID = plain(&sink)
    case .refreshTokenSubject: event.refreshTokenSubject = plain(&sink)
    case .refreshTokenType: event.refreshTokenType = plain(&sink)
    case .redirectURI:
      var end = value.from
      while end < value.to, s[end] != UInt8(ascii: "?"), s[end] != UInt8(ascii: "#") { end += 1 }
      event.redirectURI = sink.internMasked(s, value.from, end)
    case .authMethod: event.authMethod = plain(&sink)
    case .clientAuthMethod: event.clientAuthMethod = plain(&sink)
    case .tokenIssuedFor: event.tokenIssuedFor = plain(&sink)
    case .tokenType: event.tokenType = plain(&sink)
    case .scope: event.scope = text(&sink)
    case .audience: event.audience = text(&sink)
    case .identityProvider: event.identityProvider = plain(&sink)
    case .responseMode: event.responseMode = plain(&sink)
    case .tab: event.tab = plain(&sink)
    case .accessTokenLifespan: event.accessTokenLifespan = UserEvent.seconds(s, value)
    case .ageOfRefreshToken: event.ageOfRefreshToken = UserEvent.seconds(s, value)
    case .other: break
    }
  }

  /// Adds the event; false, having added nothing, when it is none.
  func add(_ s: Span<UInt8>, _ sink: inout Sink) -> Bool {
    guard !event.type.isNone, KeycloakEvent.isEventName(s, name) else { return false }
    if !isError, !KeycloakEvent.endsWithError(s, name) {
      KeycloakEvent.noteSuccess(event.citation, &sink)
    }
    sink.add(event)
    return true
  }

  private static func seconds(_ s: Span<UInt8>, _ value: Extent) -> Int32 {
    let number = Bytes.number(s, value.from, value.to)
    return number < 0 ? -1 : Int32(clamping: number)
  }
}
