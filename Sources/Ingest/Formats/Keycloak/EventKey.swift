internal import ByteScan

/// The keys of a user event that are kept (facts §2.2 and §3.3).
enum EventKey: Int {
  case type, realmID, realmName, clientID, userID, sessionID, codeID, ipAddress, error, reason
  case detail, username, grantType, tokenID, refreshTokenID, updatedRefreshTokenID
  case refreshTokenSubject, refreshTokenType, redirectURI, authMethod, clientAuthMethod
  case tokenIssuedFor, tokenType, scope, audience, identityProvider, responseMode, tab
  case accessTokenLifespan, ageOfRefreshToken, other

  /// Of the role of a value in a shape; `nil` for what is not kept of the event.
  @inline(__always)
  init?(role: UInt8) {
    guard role < UInt8(EventKey.other.rawValue) else { return nil }
    // Cases without values are numbered in the order in which they are declared, as their raw values are.
    self = unsafe unsafeBitCast(role, to: EventKey.self)
  }

  /// Its text is kept as it stands, and whatever the other fields say.
  var isPlain: Bool {
    switch self {
    case .realmID, .codeID, .error, .reason, .detail, .username, .redirectURI, .scope, .audience,
      .accessTokenLifespan, .ageOfRefreshToken, .other:
      false
    default: true
    }
  }

  /// What it names is mostly of one event or a few: no field held it just before.
  var isOfOne: Bool {
    switch self {
    case .tokenID, .refreshTokenID, .updatedRefreshTokenID, .sessionID, .userID,
      .refreshTokenSubject, .tab:
      true
    default: false
    }
  }

  /// By length first: most keys are told by it and one comparison.
  static func read(_ s: Span<UInt8>, _ key: Extent) -> EventKey {
    func has(_ name: StaticString) -> Bool { Bytes.equals(name, s, key.from, key.to) }
    switch key.to - key.from {
    case 4: return has("type") ? .type : .other
    case 5: return has("error") ? .error : has("scope") ? .scope : .other
    case 6:
      return has("userId") ? .userID : has("reason") ? .reason : has("detail") ? .detail : .other
    case 7: return has("realmId") ? .realmID : has("code_id") ? .codeID : .other
    case 8:
      return has("clientId")
        ? .clientID
        : has("username")
          ? .username : has("token_id") ? .tokenID : has("audience") ? .audience : .other
    case 9:
      return has("sessionId")
        ? .sessionID : has("realmName") ? .realmName : has("ipAddress") ? .ipAddress : .other
    case 10: return has("grant_type") ? .grantType : has("token_type") ? .tokenType : .other
    case 11: return has("auth_method") ? .authMethod : .other
    case 12: return has("redirect_uri") ? .redirectURI : .other
    case 13: return has("response_mode") ? .responseMode : .other
    case 16:
      return has("refresh_token_id")
        ? .refreshTokenID
        : has("token_issued_for") ? .tokenIssuedFor : has("authSessionTabId") ? .tab : .other
    case 17:
      return has("refresh_token_sub")
        ? .refreshTokenSubject : has("identity_provider") ? .identityProvider : .other
    case 18:
      return has("refresh_token_type")
        ? .refreshTokenType
        : has("client_auth_method")
          ? .clientAuthMethod : has("requested_audience") ? .audience : .other
    case 20: return has("age_of_refresh_token") ? .ageOfRefreshToken : .other
    case 24: return has("updated_refresh_token_id") ? .updatedRefreshTokenID : .other
    case 28: return has("access_token_expiration_time") ? .accessTokenLifespan : .other
    default: return .other
    }
  }
}
