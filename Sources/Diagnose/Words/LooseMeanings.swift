internal import Evidence

/// What a text of an unknown program leans towards: which thing of logins and tokens it names, and that
/// something is wrong with it. Never surer than a good guess, and silent where no thing is named.
enum LooseMeanings {
  /// `text`: the message in lower case.
  static func of(_ text: String) -> Meaning? {
    let words = LooseWords(text)
    return below(words) ?? login(words) ?? token(words) ?? answer(words) ?? party(words)
  }

  /// TLS, names, stores: what everything else stands on.
  private static func below(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if w.has("certificate", "truststore", "trust store", "x509", "handshake")
      || w.hasWord("ssl", "tls", "pkix")
    {
      return .refusal(.proxyTLS, 0.66)
    }
    if w.hasWord("ldap", "ldaps") || w.has("active directory") {
      return .refusal(.keycloakFederationDown, 0.55, or: [(.userInvalidCredentials, 0.15)])
    }
    if w.has("infinispan", "jgroups", "hotrod") {
      return .refusal(.keycloakCacheTimeout, 0.5, or: [(.keycloakSessionsNotShared, 0.2)])
    }
    if w.hasWord("jdbc", "database", "postgres", "postgresql", "mysql", "mariadb") {
      return w.has("pool", "acquisition", "too many", "slots", "exhaust")
        ? .refusal(.keycloakDatabasePoolExhausted, 0.55, or: [(.keycloakDatabaseDown, 0.3)])
        : .refusal(.keycloakDatabaseDown, 0.5)
    }
    if w.has("too large", "too big", "too long"), w.has("header", "cookie") {
      return .refusal(.ingressHeaderTooLarge, 0.68)
    }
    return nil
  }

  private static func login(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if w.has(
      "nonce", "csrf", "pkce", "code_verifier", "code verifier", "state cookie", "oauth state")
      || w.hasWord("state")
        && w.has("match", "missing", "invalid", "not found", "not equal", "lost", "unexpected")
        && !w.has("illegalstate")
    {
      return .refusal(.sessionLoginStateLost, 0.66)
    }
    if w.has("redirect_uri", "redirect uri", "redirecturi", "redirect url", "callback url") {
      return .refusal(
        .clientRedirectURIInvalid, 0.62, or: [(.proxyForwardedHeadersMissing, 0.2)])
    }
    if w.has("client secret", "client_secret", "client credential", "invalid_client")
      || w.has("unauthorized_client", "client authentication")
    {
      return .refusal(.clientBadSecret, 0.62, or: [(.clientNotFound, 0.2)])
    }
    if w.hasWord("cors") { return .refusal(.ingressCORSPreflight, 0.45) }
    if w.hasWord("scope", "scopes") {
      return .refusal(.clientScopeMissing, 0.58, or: [(.userRoleMissing, 0.2)])
    }
    if w.hasWord("realm"), w.has("not found", "not exist", "unknown", "disabled", "not enabled") {
      return .refusal(.realmNotFound, 0.6)
    }
    if w.has("https"), w.has("required", "must use", "only") {
      return .refusal(.proxyHTTPSRequired, 0.5, or: [(.resourceServerSettingsWrong, 0.3)])
    }
    return nil
  }

  private static func token(_ w: LooseWords) -> Meaning? {
    if w.has("in the future", "clock skew", "time skew", "before issued", "clock drift")
      || w.has("not yet valid", "not valid yet", "used too early", "check your computer's clock")
    {
      return .refusal(.tokenClockSkew, 0.66)
    }
    guard w.isFault else { return nil }
    if w.has("audience") || w.hasWord("aud") { return .refusal(.tokenAudienceMismatch, 0.66) }
    if w.has("issuer") || w.hasWord("iss") {
      if w.isFetch { return keysUnavailable }
      return .refusal(.tokenIssuerMismatch, 0.62, or: [(.proxyForwardedHeadersMissing, 0.15)])
    }
    if w.has("openid-configuration", "openid configuration", "well-known", "discovery")
      || w.has("jwks", "jwk set", "openid config", "provider metadata", "public key")
    {
      return keysUnavailable
    }
    if w.has("expired", "expiration", "expire") {
      if w.has("refresh") { return .refusal(.tokenRefreshExpired, 0.58) }
      if w.has("session", "cookie") { return .refusal(.sessionExpired, 0.5) }
      if w.has("token", "jwt") {
        return .refusal(.tokenExpired, 0.62, or: [(.tokenClockSkew, 0.12)])
      }
    }
    if w.has("algorithm") || w.hasWord("alg") {
      return .refusal(.tokenAlgorithm, 0.58, or: [(.resourceServerSettingsWrong, 0.2)])
    }
    if w.has("signature") {
      return .refusal(
        .tokenBadSignature, 0.4, or: [(.keysRotated, 0.25), (.tokenOtherRealm, 0.15)])
    }
    if w.hasWord("kid") || w.has("signing key", "no matching key") {
      return .refusal(
        .keysRotated, 0.35, or: [(.tokenOtherRealm, 0.25), (.resourceServerKeysUnavailable, 0.15)])
    }
    if w.has("malformed", "segments", "not a jwt", "not a valid jwt", "decode", "parse"),
      w.has("jwt", "bearer", "access token", "access_token", "authorization header")
    {
      return .refusal(.tokenMalformed, 0.55, or: [(.tokenWrongParty, 0.15)])
    }
    if w.hasWord("claim", "claims") { return .refusal(.tokenClaimRejected, 0.52) }
    return nil
  }

  private static func party(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if w.hasWord("role", "roles", "permission", "permissions", "privileges", "groups")
      || w.has("forbiddenexception", "not authorized to access", "access is denied")
    {
      return .refusal(.userRoleMissing, 0.55)
    }
    if w.hasWord("account", "user"), w.has("disabled") { return .refusal(.userDisabled, 0.55) }
    if w.hasWord("account", "user"), w.has("locked", "temporarily") {
      return .refusal(.userLocked, 0.55)
    }
    if w.has("username", "password", "user credentials"), !w.has("grant_type") {
      return .refusal(.userInvalidCredentials, 0.52)
    }
    let isHeader =
      w.has("authorization header", "bearer token", "access token", "authentication credentials")
      || w.has("authorization token")
    if isHeader, w.has("missing", "not provided", "no ", "required", "not found", "not present") {
      return .general(.tokenMissing, 0.5, or: [(.benignNoToken, 0.3)])
    }
    return nil
  }

  /// A status behind a call to an end-point of Keycloak.
  private static func answer(_ w: LooseWords) -> Meaning? {
    let isCall =
      w.has("/realms/", "openid-connect", "access token", "userinfo", "user info", "introspect")
      || w.has("token endpoint", "token request", "token response")
    guard isCall else { return nil }
    if w.hasWord("404") {
      return .refusal(.resourceServerURLWrong, 0.6, or: [(.realmNotFound, 0.2)])
    }
    if w.hasWord("502", "503") { return .refusal(.keycloakDown, 0.5) }
    if w.hasWord("403"), w.has("userinfo", "user info") {
      return .refusal(.clientScopeMissing, 0.5)
    }
    if w.hasWord("401"), !w.has("userinfo", "user info", "/admin/") {
      return .refusal(.clientBadSecret, 0.45, or: [(.clientNotFound, 0.2)])
    }
    return nil
  }

  private static let keysUnavailable = Meaning.refusal(
    .resourceServerKeysUnavailable, 0.52,
    or: [(.resourceServerURLWrong, 0.2), (.keycloakDown, 0.1)])
}

/// A text in lower case, asked for words.
struct LooseWords {
  private let text: String
  private let words: Set<Substring>

  init(_ text: String) {
    self.text = text
    words = Set(
      text.split { !($0.isLetter || $0.isNumber) })
  }

  func has(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
  func hasWord(_ names: Substring...) -> Bool { names.contains { words.contains($0) } }

  /// Something is wrong.
  var isFault: Bool {
    LooseWords.faults.contains { text.contains($0) }
  }

  /// A call is told of, not a check.
  var isFetch: Bool {
    has("fetch", "retriev", "load", "connect", "reach", "discover", "get \"http")
  }

  private static let faults = [
    "invalid", "mismatch", "not match", "n't match", "missing", "not found", "wrong", "unexpected",
    "unknown", "expired", "fail", "error", "denied", "refused", "reject", "unable", "could not",
    "cannot", "can't", "couldn't", "not allowed", "not valid", "unsupported", "untrusted",
    "too large", "too big", "too long", "required", "disabled", "locked", "exception", "not equal",
    "differ", "incorrect", "malformed", "blocked", "unauthorized", "forbidden", "insufficient",
    "timed out", "timeout", "not provided", "does not", "doesn't", "not exist", "no matching",
    "not configured", "not trusted", "unauthenticated",
  ]
}
