internal import Evidence

/// Logins that lost their thread, and clients that were refused, in words that nobody knows.
enum LooseLogins {
  static func of(_ w: LooseWords) -> Meaning? {
    if let told = LooseTongues.of(w) ?? blocked(w) { return told }
    guard w.isDoubt else { return nil }
    return state(w) ?? request(w) ?? cookie(w) ?? grant(w) ?? client(w) ?? rest(w)
  }

  private static let lost = Meaning.refusal(.sessionLoginStateLost, 0.66)

  /// The browser does not take the login's cookie, or not back from another site.
  private static func blocked(_ w: LooseWords) -> Meaning? {
    guard w.hasWord("cookie", "cookies"),
      w.has("rejected", "was blocked", "been blocked", "is blocking"),
      w.has("samesite", "secure", "cross-site", "third-party", "third party")
    else { return nil }
    return .refusal(
      .sessionLoginStateLost, 0.45, or: [(.proxyForwardedHeadersMissing, 0.3)])
  }

  private static func state(_ w: LooseWords) -> Meaning? {
    // A login that begins, for somebody who perhaps brought a token.
    if w.has("code is missing, redirect") {
      return .general(.benignFirstCallBeforeLogin, 0.4, or: [(.ingressBearerIgnored, 0.25)])
    }
    if w.has("iframe timed out", "frame window timed out") {
      return .general(.sessionExpired, 0.35, or: [(.sessionLoginStateLost, 0.3)])
    }
    if w.has(
      "nonce", "csrf", "pkce", "code_verifier", "code verifier", "state cookie", "oauth state",
      "state token", "state parameter", "app state", "saved state", "stored state", "login window",
      "securecookie", "matching session for this request", "expected state", "authen state",
      "state is missing",
      "state is invalid", "code is missing", "no state in", "no session state",
      "cookies were found in oauth callback", "login state",
      "oauth session", "no pending login", "verify state", "validate state",
      "state validation failed",
      "state comparison failed",
      "state field was invalid",
      "decode state", "deserialize state", "authorization request state", "state from callback",
      "state from storage", "empty state parameter", "request incorrect state",
      "matching config for state", "invalid state in", "user session error",
      "parsing oauth2 state", "callback made without a code", "only visible to 'https'")
    {
      return lost
    }
    let isState =
      w.hasWord("state")
      && w.has(
        "match", "missing", "invalid", "not found", "not equal", "lost", "unexpected", "different",
        "not the one", "undefined", "is null", "is empty", "expired", "cannot be determined")
    let isLogin = w.has(
      "auth", "callback", "parameter", "oidc", "openid", "login", "sso", "redirect", "response",
      "received state", "state does not match", "state has expired", "state cannot be determined")
    return isState && isLogin ? lost : nil
  }

  /// The login that the answer belongs to, or its code.
  private static func request(_ w: LooseWords) -> Meaning? {
    if w.hasWord("code"), w.has("oauth", "oidc", "callback", "login", "authoriz"),
      w.has("already redeemed", "already used", "already been used", "used twice", "redeemed twice")
    {
      return .refusal(.sessionLoginStateLost, 0.5, or: [(.keycloakSessionsNotShared, 0.1)])
    }
    if w.has(
      "authentication request", "authorization request", "auth request", "login request",
      "authentication response", "authorization response", "login attempt", "login flow",
      "login session", "authentication session"),
      w.has(
        "expired", "not found", "timed out", "timeout", "no longer", "already", "could not find",
        "cannot find", "mismatch", "not match", "different")
    {
      return .refusal(.sessionLoginStateLost, 0.5)
    }
    if w.has(
      "authorization code", "authentication code", "auth code", "oauth code", "code parameter",
      "there was no code",
      "authorisation code", "code not present", "code or state", "state or code"),
      !w.has("exchang", "redeem", "request"),
      w.has(
        "missing", "not provided", "not present", "not found", "invalid", "expired", "already",
        "no auth", "was no code", "not contain", "empty", "not valid", "does not exist")
    {
      return .refusal(
        .sessionLoginStateLost, 0.5, or: [(.keycloakSessionsNotShared, 0.1)])
    }
    return nil
  }

  private static func cookie(_ w: LooseWords) -> Meaning? {
    if w.has("no session found", "no user session found", "no session cookie") {
      return .general(.benignFirstCallBeforeLogin, 0.35, or: [(.sessionExpired, 0.3)])
    }
    // The key of the middleman's own cookie differs between replicas, or was changed.
    if w.has("decrypt", "cookie mac", "cookie format", "cookie expiry"),
      w.hasWord("cookie", "session", "ticket"), !w.has("no session")
    {
      return .refusal(.resourceServerSettingsWrong, 0.4, or: [(.sessionLoginStateLost, 0.3)])
    }
    guard w.hasWord("cookie", "cookies"), !w.has("'authorization'", "authorization header"),
      w.has(
        "not found", "missing", "not present", "not set", "does not exist", "doesn't exist",
        "not received")
    else { return nil }
    if w.hasWord("session") {
      return .general(.benignFirstCallBeforeLogin, 0.4, or: [(.sessionLoginStateLost, 0.3)])
    }
    return .refusal(.sessionLoginStateLost, 0.55, or: [(.proxyForwardedHeadersMissing, 0.15)])
  }

  private static func grant(_ w: LooseWords) -> Meaning? {
    if w.has("password grant", "direct access grant", "service account", "standard flow"),
      w.has("switched off", "turned off"), w.has("client")
    {
      return .refusal(.clientGrantNotAllowed, 0.52)
    }
    if w.has("direct access grant", "service account", "standard flow", "implicit flow"),
      w.has("disabled", "not enabled", "not allowed"), w.has("client")
    {
      return .refusal(.clientGrantNotAllowed, 0.55)
    }
    if w.has(
      "grant type", "grant_type", "token exchange", "impersonate", "offline token",
      "authorization code flow", "device flow", "device authorization", "password grant",
      "response type", "response_type"),
      w.has(
        "not allowed", "not enabled", "disabled", "not permitted", "not authorized", "unsupported",
        "not supported", "unauthorized", "forbidden", "not valid", "may not")
    {
      return .refusal(.clientGrantNotAllowed, 0.58, or: [(.resourceServerSettingsWrong, 0.15)])
    }
    return nil
  }

  private static func client(_ w: LooseWords) -> Meaning? {
    if w.has("redirect_uri", "redirect uri", "redirecturi", "redirect url", "callback url") {
      return .refusal(
        .clientRedirectURIInvalid, 0.62, or: [(.proxyForwardedHeadersMissing, 0.2)])
    }
    if w.has("client secret", "client_secret", "client credential", "invalid_client")
      || w.has("unauthorized_client", "client authentication", "clientid or secret")
    {
      return .refusal(.clientBadSecret, 0.62, or: [(.clientNotFound, 0.2)])
    }
    if w.hasWord("client"), w.has("keycloak", "realm", "oidc", "oauth", "openid"),
      w.follows("client", "is disabled", "been disabled", "switched off")
    {
      return .refusal(.clientDisabled, 0.52)
    }
    if w.hasWord("client"), !w.has("flow", "scope") {
      if !w.has("session"), w.follows("client", "does not exist") {
        return .refusal(.clientNotFound, 0.5)
      }
      if w.has("invalid client:", "client is invalid", "invalid client ") {
        return .refusal(.clientBadSecret, 0.45, or: [(.clientNotFound, 0.3)])
      }
      if w.has("client not found", "unknown client", "client does not exist", "client unknown") {
        return .refusal(.clientNotFound, 0.6)
      }
      if w.has("client disabled", "client is disabled", "client not enabled", "disabled client")
        || w.has("client is not enabled", "client is inactive")
      {
        return .refusal(.clientDisabled, 0.62)
      }
    }
    if w.has("unknown login requester", "invalid client_id", "unknown client_id") {
      return .refusal(.clientNotFound, 0.62)
    }
    if w.has("login requester not enabled") { return .refusal(.clientDisabled, 0.62) }
    return nil
  }

  private static func rest(_ w: LooseWords) -> Meaning? {
    // The browser's page before a form of a page with TLS goes to an address without.
    if w.has("about to submit is not secure") {
      return .refusal(.proxyForwardedHeadersMissing, 0.5)
    }
    // Phones and browsers that want TLS, and an address without.
    if w.hasWord("cleartext") && w.has("http", "communication")
      || w.has("app transport security policy requires")
    {
      return .general(.proxyHTTPSRequired, 0.4, or: [(.resourceServerURLWrong, 0.3)])
    }
    if w.hasWord("preflight"), w.has("401", "403", "reject", "unauthorized", "denied") {
      return .refusal(.ingressCORSPreflight, 0.5)
    }
    if w.hasWord("cors") { return .refusal(.ingressCORSPreflight, 0.45) }
    if w.hasWord("scope", "scopes"), !w.has("cluster scope", "namespace scope"),
      !w.has("missing from token"),
      w.has("token", "invalid_scope", "insufficient", "requested", "required", "granted", "openid")
        || w.has("invalid scope", "missing scope", "client", "oauth", "scope denied")
    {
      return .refusal(.clientScopeMissing, 0.58, or: [(.userRoleMissing, 0.2)])
    }
    if w.has(
      "no matching realm", "unknown realm", "no such realm", "no realm", "invalid realm",
      "realm_not_found")
      || w.follows("realm", "not found", "not exist", "n't exist", "disabled", "not enabled")
    {
      return .refusal(.realmNotFound, 0.6)
    }
    if w.has("https required", "https is required", "requires https", "require https")
      || w.has(
        "must use https", "must utilize https", "only https", "https only", "must be https",
        "requirehttps")
    {
      return .refusal(.proxyHTTPSRequired, 0.5, or: [(.resourceServerSettingsWrong, 0.3)])
    }
    return nil
  }
}
