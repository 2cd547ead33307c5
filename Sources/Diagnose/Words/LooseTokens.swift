internal import Evidence

/// Tokens that were refused and keys that were not there, in words that nobody knows.
enum LooseTokens {
  static func of(_ w: LooseWords) -> Meaning? {
    if w.has(
      "be used before", "in the future", "clock skew", "time skew", "before issued", "clock drift")
      || w.has("not yet valid", "not valid yet", "used too early", "check your computer's clock")
      || w.has("before the iat", "before the nbf", "(nbf)", "(not before)")
    {
      return .refusal(.tokenClockSkew, 0.66)
    }
    // What stands behind the name of a token may be masked.
    if w.has("refreshtoken: ", "refresh_token: "), w.has("detected") { return reused }
    guard w.isFault else { return nil }
    return renewal(w) ?? party(w) ?? claim(w) ?? discovery(w) ?? expiry(w) ?? signature(w)
      ?? form(w) ?? life(w)
  }

  /// Refresh tokens that came twice or too late.
  private static func renewal(_ w: LooseWords) -> Meaning? {
    guard w.has("refresh token", "refresh_token", "refreshtoken") else { return nil }
    if w.has(
      "replay", "reuse", "re-use", "used twice", "already used", "already been used", "rotated",
      "already been redeemed", "consumed", "superseded", "family")
    {
      return reused
    }
    if w.has("expired", "expiration", "no longer valid"), !w.has("access token", "not expired") {
      return .refusal(.tokenRefreshExpired, 0.62)
    }
    return nil
  }

  private static func party(_ w: LooseWords) -> Meaning? {
    if w.has("not intended for", "not issued for", "not targeted", "audience") || w.hasWord("aud") {
      return .refusal(.tokenAudienceMismatch, 0.66)
    }
    if w.has("issuer") || w.hasWord("iss") {
      if w.isFetch, !w.has("match", "differ", "expected") { return keysUnavailable }
      return .refusal(.tokenIssuerMismatch, 0.62, or: [(.proxyForwardedHeadersMissing, 0.15)])
    }
    if w.has("reach", "connect to", "contact", "not available", "unavailable"),
      w.has("keycloak", "identity provider", "openid connect provider", "oidc provider")
        || w.has("oidc server", "openid provider", "authorization server", "token endpoint")
    {
      return keysUnavailable
    }
    return nil
  }

  private static func claim(_ w: LooseWords) -> Meaning? {
    if w.hasWord("attribute", "claim", "claims"),
      w.has("not found", "missing", "not contain", "has no", "no claims", "not present", "absent"),
      w.has("token", "userinfo", "user info", "claims", "profile", "claim not", "jwt")
    {
      return .refusal(.tokenClaimRejected, 0.52)
    }
    let isForm =
      w.has("realm_access", "resource_access")
      && w.has(
        "missing", "not found", "not contain", "not present", "expected", "undefined", "null")
    if isForm || w.has("invalid type: sequence, expected") && w.has("jwt", "token", "claim") {
      return .refusal(.tokenClaimRejected, 0.5, or: [(.userRoleMissing, 0.2)])
    }
    if w.has("extract", "determine", "derive", "obtain user", "resolve user", "map user"),
      w.has("username", "user name", "user id", "userid", "email", "subject", "user info"),
      w.has("claim", "userinfo", "user info", "oidc", "openid") || w.begins("id token", "id_token")
    {
      return .refusal(.tokenClaimRejected, 0.5, or: [(.clientScopeMissing, 0.15)])
    }
    if w.begins("id token", "id_token", "idtoken"),
      w.has("missing", "no id", "not contain", "not found", "not provide", "not return", "is empty")
        || w.has("not present", "without", "no_id_token", "absent")
    {
      return .refusal(.clientScopeMissing, 0.5, or: [(.resourceServerSettingsWrong, 0.25)])
    }
    return nil
  }

  private static func discovery(_ w: LooseWords) -> Meaning? {
    if !w.isFetch || w.has("unknown key", "unknown kid"),
      w.has(
        "key id", "key not found", "no key found", "no key with", "matching key", "find key",
        "find a key", "unknown key", "no key for", "matching kid", "unknown kid", "key for kid")
        || w.has(
          "different key", "no public key for", "no public key found", "no matching jwk",
          "key with kid", "kid not")
    {
      return unknownKey
    }
    // What came back was no answer of an end-point.
    if w.has(
      "parse server response", "decode response", "decode the response", "deserialize response",
      "parse response", "parse the response", "parsing response"),
      w.has("discover", "userinfo", "oidc", "openid", "keycloak")
    {
      return .refusal(.resourceServerURLWrong, 0.45, or: [(.resourceServerSettingsWrong, 0.2)])
    }
    // Ruby's `uninitialized constant` is a library that is not there.
    if w.has("uninitialized constant") { return nil }
    if w.has("not initialized", "not initialised", "uninitialized"),
      w.has("oauth", "oidc", "openid", "keycloak", "authenticator", "jwt")
    {
      return keysUnavailable
    }
    if w.has("openid-configuration", "openid configuration", "well-known", "discovery", "discover ")
      || w.has("jwks", "jwk set", "openid config", "provider metadata", "public key")
      || w.has("well known", "oidc config", "json web key set", "keys from", "signing keys")
      || w.has("openid metadata", "oidc metadata", "server metadata", "get keys", "fetching keys")
      || w.has("provider")
        && w.has("openid", "oidc", "keycloak", "identity provider", "get provider")
        && w.has("initiali", "get provider", "query", "fetch", "load", "create provider")
    {
      return LooseMeanings.answer(w) ?? keysUnavailable
    }
    return nil
  }

  private static func expiry(_ w: LooseWords) -> Meaning? {
    guard w.isOver else { return nil }
    if w.has("refresh") { return .refusal(.tokenRefreshExpired, 0.58) }
    if w.has("authentication expired") { return .refusal(.sessionExpired, 0.5) }
    if w.has("authentication_expired") { return .general(.sessionLoginStateLost, 0.4) }
    if w.has("session", "cookie") { return .refusal(.sessionExpired, 0.5) }
    if w.has("token", "jwt", "(exp)") {
      return .refusal(.tokenExpired, 0.62, or: [(.tokenClockSkew, 0.12)])
    }
    return nil
  }

  private static func signature(_ w: LooseWords) -> Meaning? {
    if w.has("algorithm", "signing method") || w.hasWord("alg") {
      return .refusal(.tokenAlgorithm, 0.58, or: [(.resourceServerSettingsWrong, 0.2)])
    }
    if w.has("signature", "cryptographic primitive") {
      return .refusal(
        .tokenBadSignature, 0.4, or: [(.keysRotated, 0.25), (.tokenOtherRealm, 0.15)])
    }
    if w.hasWord("kid"), w.has("must be", "missing", "empty", "no kid", "not provided", "without") {
      return .refusal(
        .foreignOtherIDP, 0.4, or: [(.tokenMalformed, 0.3), (.tokenWrongType, 0.1)])
    }
    return w.hasWord("kid") || w.has("signing key") ? unknownKey : nil
  }

  private static func form(_ w: LooseWords) -> Meaning? {
    if w.has(
      "malformed", "segments", "compact serialization", "3 parts", "three parts", "not a jwt",
      "not a valid jwt", "decode", "parse", "unmarshal", "base64"),
      w.has("jwt", "bearer", "compact", "access token", "access_token", "authorization header")
        || w.hasWord("jws", "jwe", "token", "jose"),
      !w.has("response")
    {
      return .refusal(.tokenMalformed, 0.55, or: [(.tokenWrongParty, 0.15)])
    }
    if w.has("token format", "not a valid jws", "illegal base64", "token header", "jws header")
      || w.has("invalid jwt", "invalid jws", "jose header", "protected header", "unsupported jws")
    {
      return .refusal(.tokenMalformed, 0.5, or: [(.tokenWrongParty, 0.15)])
    }
    if w.has("but got", "but was", "token type", "expected"),
      w.has("id token", "refresh token", "token type")
    {
      return .refusal(.tokenWrongType, 0.5)
    }
    return nil
  }

  /// Tokens and sessions that were ended, renewals that failed, claims of any kind.
  private static func life(_ w: LooseWords) -> Meaning? {
    if w.has("revoked"), w.has("token") {
      return .general(.sessionRevoked, 0.45, or: [(.sessionLoggedOut, 0.2)])
    }
    if w.hasWord("session"),
      w.has(
        "session not found", "no longer active", "session not active", "no valid session",
        "no active session", "session is invalid", "invalid session", "session was invalidated",
        "session is not active", "session does not exist", "session was null",
        "session did not exist", "session is nil", "no active user session",
        "failed to validate session")
    {
      return .general(
        .sessionExpired, 0.45, or: [(.sessionLoggedOut, 0.2), (.keycloakSessionsNotShared, 0.1)])
    }
    if w.has("refresh"), w.has("token"),
      w.has("fail", "could not", "unable", "cannot", "no refresh")
    {
      return .general(.tokenRefreshExpired, 0.35, or: [(.sessionExpired, 0.2)])
    }
    if w.hasWord("claim", "claims", "azp", "acr") || w.has("subject mismatch", "email_verified")
      || w.has("at_hash", "acr value", "username from token")
    {
      return .refusal(.tokenClaimRejected, 0.52)
    }
    return nil
  }

  private static let reused = Meaning.refusal(
    .tokenRefreshReused, 0.62, or: [(.tokenRefreshExpired, 0.15)])

  private static let unknownKey = Meaning.refusal(
    .keysRotated, 0.35, or: [(.tokenOtherRealm, 0.25), (.resourceServerKeysUnavailable, 0.15)])

  private static let keysUnavailable = Meaning.refusal(
    .resourceServerKeysUnavailable, 0.52,
    or: [(.resourceServerURLWrong, 0.2), (.keycloakDown, 0.1)])
}
