internal import Evidence

/// What an error event of Keycloak means on its own: `error=`, and where that is vague, its type and
/// reason (the set of errors is open: an unknown one means nothing here).
enum EventMeanings {
  struct Event {
    var type: String
    var error: String
    /// Lower case.
    var reason: String
    var client: String
    var redirectURI: String
  }

  static func of(_ e: Event) -> Meaning? {
    if let told = byReason(e) { return told }
    switch e.error {
    // Users.
    case "invalid_user_credentials":
      return .refusal(.userInvalidCredentials, 0.84, or: [(.benignUserTypo, 0.1)], mayFollow: true)
    case "user_not_found", "username_missing", "password_missing":
      return .refusal(.userInvalidCredentials, 0.7)
    case "user_temporarily_disabled": return certain(.userLocked, 0.9)
    case "user_disabled": return .refusal(.userDisabled, 0.84)
    case "resolve_required_actions": return certain(.userActionRequired, 0.93)
    // Clients.
    case "client_not_found": return certain(.clientNotFound, 0.9)
    case "client_disabled": return certain(.clientDisabled, 0.93)
    case "invalid_client_credentials", "client_credentials_setup_required":
      return .refusal(.clientBadSecret, 0.88)
    case "invalid_redirect_uri": return redirect(e)
    // Who may register clients is no matter of tokens.
    case "not_allowed" where e.type.hasPrefix("CLIENT_REGISTER"): return nil
    case "not_allowed": return certain(.clientGrantNotAllowed, 0.82)
    case "invalid_client", "unauthorized_client":
      return .refusal(.clientGrantNotAllowed, 0.55, or: [(.clientBadSecret, 0.35)])
    case "invalid_scope": return certain(.clientScopeMissing, 0.88)
    case "access_denied":
      return e.type.hasPrefix("USER_INFO")
        ? certain(.clientScopeMissing, 0.86) : .refusal(.userRoleMissing, 0.45)
    case "illegal_origin": return .refusal(.ingressCORSPreflight, 0.4)
    // Realm and proxy.
    case "ssl_required": return certain(.proxyHTTPSRequired, 0.93)
    case "realm_disabled": return certain(.realmNotFound, 0.9)
    case "invalid_issuer": return .refusal(.tokenIssuerMismatch, 0.7)
    // Login.
    case "cookie_not_found":
      return .refusal(
        .sessionLoginStateLost, 0.84, or: [(.proxyForwardedHeadersMissing, 0.1)])
    case "already_logged_in", "invalid_authentication_session", "different_user_authenticated",
      "different_user_authenticating":
      return .refusal(.sessionLoginStateLost, 0.7)
    case "expired_code", "invalid_code":
      return .refusal(
        .sessionLoginStateLost, 0.58, or: [(.keycloakSessionsNotShared, 0.25)])
    case "code_verifier_missing", "invalid_code_verifier", "pkce_verification_failed":
      return .refusal(.sessionLoginStateLost, 0.58)
    case "expired_device_code", "expired_oauth2_user_code", "invalid_oauth2_user_code":
      return .refusal(.sessionLoginStateLost, 0.6)
    // A parameter that the application sends, or leaves out, on the way to or from a login.
    case "invalid_request" where e.type.hasPrefix("LOGIN") || e.type.hasPrefix("LOGOUT"):
      return .refusal(.resourceServerSettingsWrong, 0.45)
    case "not_logged_in": return .general(.benignFirstCallBeforeLogin, 0.4)
    case "identity_provider_login_failure", "identity_provider_error":
      return .refusal(.keycloakFederationDown, 0.45)
    // Sessions.
    case "user_session_not_found":
      return .refusal(
        .sessionExpired, 0.5, or: [(.sessionLoggedOut, 0.25), (.keycloakSessionsNotShared, 0.1)])
    case "session_expired": return .refusal(.sessionExpired, 0.82)
    case "invalid_user":
      return .refusal(.sessionRevoked, 0.5, or: [(.userDisabled, 0.2)])
    // Tokens.
    case "invalid_token_type": return certain(.tokenWrongType, 0.9)
    case "invalid_dpop_proof": return ProofMeanings.of(e.reason)
    case "token_introspection_failed", "invalid_token", "invalid_signature": return token(e)
    case "invalid_request":
      return e.type.hasPrefix("INTROSPECT") && e.reason.contains("authentication failed")
        ? .refusal(.clientBadSecret, 0.7, or: [(.clientNotFound, 0.15)]) : nil
    default: return nil
    }
  }

  private static func certain(_ cause: CauseID, _ share: Double) -> Meaning {
    .refusal(cause, share, mayFollow: false)
  }

  /// The reason wins over the error code.
  private static func byReason(_ e: Event) -> Meaning? {
    let r = e.reason
    guard !r.isEmpty else { return nil }
    func says(_ words: String...) -> Bool { words.contains { r.contains($0) } }
    if let proof = ProofMeanings.ofReason(r) { return proof }
    if says("token audience", "expected audience", "no audience in") {
      return certain(.tokenAudienceMismatch, 0.9)
    }
    if says(
      "not enabled to", "not allowed for", "client not allowed", "not allowed to retrieve",
      "flow is disabled", "client is not allowed")
    {
      return certain(.clientGrantNotAllowed, 0.92)
    }
    if says("token holder") {
      return .refusal(.tokenWrongParty, 0.6, or: [(.clientGrantNotAllowed, 0.3)])
    }
    if says("openid scope") { return certain(.clientScopeMissing, 0.92) }
    if says("invalid token issuer", "issuer mismatch") { return IssuerMeaning.of(r) }
    if says("token type is incorrect") { return certain(.tokenWrongType, 0.9) }
    if says("reuse exceeded") { return certain(.tokenRefreshReused, 0.93) }
    if says("invalid token signature") {
      return TokenMeanings.of(.tokenSignature, "", r)
    }
    if says("key not found") { return TokenMeanings.of(.tokenUnknownKey, "", r) }
    if says("token algorithm") { return certain(.tokenAlgorithm, 0.8) }
    if says("failed to parse jwt", "failed to read access token", "token not set") {
      return certain(.tokenMalformed, 0.8)
    }
    if says("missing token") { return TokenMeanings.of(.tokenMissing, "", r) }
    if says("subject missing") { return certain(.tokenClaimRejected, 0.75) }
    if says("redirect_uri") { return certain(.clientRedirectURIInvalid, 0.8) }
    if says("offline session", "offline user session", "required client", "client session") {
      return .refusal(.sessionExpired, 0.7, or: [(.sessionRevoked, 0.15)])
    }
    if says("session_expired", "session expired") { return .refusal(.sessionExpired, 0.82) }
    if says("user_session_not_found", "user session not found") {
      return .refusal(
        .sessionExpired, 0.5, or: [(.sessionLoggedOut, 0.25), (.keycloakSessionsNotShared, 0.1)])
    }
    let isRefresh = e.type.hasPrefix("REFRESH") || e.type.hasPrefix("LOGOUT")
    if isRefresh {
      if says("session not active") { return SessionMeanings.of(.refreshSessionNotActive, r) }
      if says("token is not active", "issued before the client session") {
        return SessionMeanings.of(.refreshTokenNotActive, r)
      }
      if says("stale token") { return SessionMeanings.of(.refreshStale, r) }
      if says("invalid refresh token") {
        return .refusal(
          .tokenOtherRealm, 0.35, or: [(.tokenMalformed, 0.25), (.keysRotated, 0.25)])
      }
    }
    if says("user disabled") { return .refusal(.userDisabled, 0.85) }
    if says("stale token") { return .refusal(.sessionRevoked, 0.7) }
    if says("token is not active") { return TokenMeanings.of(.tokenExpired, "", r) }
    if says("client_not_found", "could not find client") { return certain(.clientNotFound, 0.85) }
    if says("client_disabled") { return certain(.clientDisabled, 0.9) }
    if says("cookie does not match") { return .refusal(.sessionLoginStateLost, 0.82) }
    if says("http 500", "http 503") { return .refusal(.keycloakError, 0.5) }
    return nil
  }

  /// Consoles of Keycloak itself ask for an address that Keycloak made: when that is refused, it does
  /// not know its own public address.
  private static func redirect(_ e: Event) -> Meaning {
    let isOwn = ["security-admin-console", "account-console", "account"].contains(e.client)
    let isLocal = ["localhost", "127.0.0.1"].contains(IssuerMeaning.host(e.redirectURI)[...])
    if isOwn, !isLocal {
      return .refusal(
        .proxyForwardedHeadersMissing, 0.74, or: [(.clientRedirectURIInvalid, 0.22)],
        mayFollow: false)
    }
    let isPlain = e.redirectURI.hasPrefix("http://") && !isLocal
    if !isLocal, hasOwnPort(e.redirectURI) {
      return .refusal(
        .proxyForwardedHeadersMissing, 0.55, or: [(.clientRedirectURIInvalid, 0.37)],
        mayFollow: false)
    }
    if isPlain, isPublic(e.redirectURI) {
      return .refusal(
        .proxyForwardedHeadersMissing, 0.5, or: [(.clientRedirectURIInvalid, 0.42)],
        mayFollow: false)
    }
    return .refusal(
      .clientRedirectURIInvalid, isPlain ? 0.68 : 0.84,
      or: [(.proxyForwardedHeadersMissing, isPlain ? 0.28 : 0.12)], mayFollow: false)
  }

  /// `http://host:80`, `https://host:443`: no browser writes its scheme's own port, a proxy's headers add it.
  private static func hasOwnPort(_ uri: String) -> Bool {
    guard let at = uri.firstRange(of: "://") else { return false }
    let origin = uri[at.upperBound...].prefix { $0 != "/" && $0 != "?" }
    return uri.hasPrefix("http://") && origin.hasSuffix(":80")
      || uri.hasPrefix("https://") && origin.hasSuffix(":443")
  }

  /// A name of the world and no port: such a page is served with TLS, so that an application which asks for `http`
  /// was not told how it is reached.
  private static func isPublic(_ uri: String) -> Bool {
    guard let at = uri.firstRange(of: "://") else { return false }
    let origin = uri[at.upperBound...].prefix { $0 != "/" && $0 != "?" }
    let labels = origin.split(separator: ".")
    guard labels.count > 1, let last = labels.last, !origin.contains(":") else { return false }
    return last.utf8.count > 1 && last.allSatisfy { $0.isLetter }
      && !["local", "localhost", "internal", "svc", "lan", "home", "corp", "test", "intranet"]
        .contains(last.lowercased())
  }

  private static func token(_ e: Event) -> Meaning? {
    // A login speaks of a token of the login itself, or of SAML.
    if e.type.hasPrefix("LOGIN") { return nil }
    if e.type.hasPrefix("REFRESH") || e.type.hasPrefix("LOGOUT") {
      return .refusal(
        .tokenRefreshExpired, 0.5, or: [(.sessionExpired, 0.2), (.sessionLoggedOut, 0.1)])
    }
    if e.type.hasPrefix("INTROSPECT") || e.type.hasPrefix("USER_INFO") {
      return .refusal(
        .tokenExpired, 0.45,
        or: [(.tokenIssuerMismatch, 0.2), (.tokenBadSignature, 0.1), (.keysRotated, 0.1)])
    }
    return .refusal(.tokenExpired, 0.35, or: [(.tokenOtherRealm, 0.15)])
  }
}
