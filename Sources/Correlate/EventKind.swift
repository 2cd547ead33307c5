internal import Evidence

/// What kind of call an event is about.
struct EventKind: Sendable {
  var endpoints: Set<Endpoint>
  var isError: Bool
  /// The client came to Keycloak itself (through the edge, as a rule); not a call that a resource
  /// server makes about somebody else's token.
  var isFrontChannel: Bool
  /// `LOGIN_ERROR`.
  var isRefusedLogin: Bool { isError && isFrontChannel && endpoints.contains(.loginActions) }
  /// `CODE_TO_TOKEN_ERROR`.
  var isRefusedCode = false
  /// `REFRESH_TOKEN_ERROR`.
  var isRefusedRenewal = false

  static func of(_ type: String) -> EventKind {
    let isError = type.hasSuffix("_ERROR")
    let base = isError ? String(type.dropLast(6)) : type
    let endpoints: Set<Endpoint>
    var front = true
    switch base {
    case "LOGIN": endpoints = [.token, .authorization, .loginActions]
    case "CODE_TO_TOKEN", "REFRESH_TOKEN", "CLIENT_LOGIN", "TOKEN_EXCHANGE", "PERMISSION_TOKEN",
      "OAUTH2_DEVICE_CODE_TO_TOKEN", "AUTHREQID_TO_TOKEN", "OAUTH2_EXTENSION_GRANT",
      "JWT_AUTHORIZATION_GRANT":
      endpoints = [.token]
    case "INTROSPECT_TOKEN":
      endpoints = [.introspection]
      front = false
    case "USER_INFO_REQUEST":
      endpoints = [.userinfo]
      front = false
    case "LOGOUT": endpoints = [.logout, .admin, .account]
    default:
      endpoints = [.authorization, .loginActions, .otherKeycloak, .account, .realm]
      front = false
    }
    var kind = EventKind(endpoints: endpoints, isError: isError, isFrontChannel: front)
    kind.isRefusedCode = type == "CODE_TO_TOKEN_ERROR"
    kind.isRefusedRenewal = type == "REFRESH_TOKEN_ERROR"
    return kind
  }
}

/// Kinds by the events' type, each text looked at once.
struct EventKinds {
  private var numbers = Numbering()
  private var kinds: [EventKind] = []

  init(_ file: CaseFile) {
    for e in file.observations.tokenEvents where numbers.insert(UInt64(e.type.index)) {
      kinds.append(EventKind.of(file.text(e.type)))
    }
  }

  /// Of an event of the same file.
  func of(_ event: TokenEvent) -> EventKind { kinds[number(of: event)] }
  func number(of event: TokenEvent) -> Int { Int(max(0, numbers.known(UInt64(event.type.index)))) }
  /// Which numbers stand for kinds that match.
  func numbers(_ matches: (EventKind) -> Bool) -> [Bool] { kinds.map(matches) }
}
