internal import Evidence

/// Tokens that were refused and keys that were not there, in words that nobody knows.
enum LooseTokens {
  static func of(_ w: LooseWords) -> Meaning? {
    // One text for two faults, written before anything was parsed; nothing sent is the commoner.
    if w.has(
      "missing or invalid", "missing or malformed", "invalid or missing", "malformed or missing")
      || w.has("missing/invalid", "invalid/missing", "absent or invalid"),
      w.has("authorization", "bearer", "auth header", "access token", "auth token", "jwt")
    {
      return .general(
        .tokenMissing, 0.42, or: [(.tokenMalformed, 0.25), (.benignNoToken, 0.15)])
    }
    if w.has(
      "be used before", "in the future", "clock skew", "time skew", "before issued", "clock drift")
      || w.has("not yet valid", "not valid yet", "used too early", "check your computer's clock")
      || w.has("before the iat", "before the nbf", "(nbf)", "(not before)")
    {
      return .refusal(.tokenClockSkew, 0.66)
    }
    if w.hasWord("clock", "clocks"),
      w.has("behind", "ahead of", "out of sync", "not in sync"), w.has("token", "issuer", "jwt")
    {
      return .refusal(.tokenClockSkew, 0.55)
    }
    // What stands behind the name of a token may be masked.
    if w.has("refreshtoken: ", "refresh_token: "), w.has("detected") { return reused }
    guard w.isDoubt else { return nil }
    if w.has("no matching key", "matching key"), w.has("local store", "no object") { return nil }
    let told: Meaning? = renewal(w) ?? dates(w) ?? party(w) ?? claim(w) ?? discovery(w)
    let checked: Meaning? = told ?? expiry(w) ?? signature(w) ?? form(w)
    return checked ?? life(w) ?? ended(w) ?? unsaid(w)
  }

  /// A claim that holds a time, or the kind of the token, did not pass.
  private static func dates(_ w: LooseWords) -> Meaning? {
    guard w.hasWord("claim", "claims"), !w.has("missing", "required", "no claim") else {
      return nil
    }
    if w.hasWord("exp"), !w.hasWord("iat", "nbf", "expected") {
      return .refusal(.tokenExpired, 0.58, or: [(.tokenClockSkew, 0.15)])
    }
    if w.hasWord("nbf", "iat"), !w.hasWord("exp") { return .refusal(.tokenClockSkew, 0.55) }
    return w.hasWord("typ") ? .refusal(.tokenWrongType, 0.5) : nil
  }

  /// Somebody logged out, and what was his went on being used.
  private static func ended(_ w: LooseWords) -> Meaning? {
    if w.has("introspect"), w.has("inactive", "active=false", "active: false", "not active") {
      return .general(.tokenExpired, 0.3, or: [(.sessionExpired, 0.25), (.sessionLoggedOut, 0.2)])
    }
    guard w.hasWord("session", "sessions", "token"),
      w.has(
        "by logout", "logged out", "signed out", "backchannel logout", "back-channel logout",
        "initiated logout"),
      w.has("reject", "refused", "invalid", "terminated", "no longer", "revoked", "denied")
    else { return nil }
    return .general(.sessionLoggedOut, 0.45, or: [(.sessionRevoked, 0.2)])
  }

  /// Which of a token's checks failed, nobody says.
  private static func unsaid(_ w: LooseWords) -> Meaning? {
    if w.begins("id token", "id_token", "idtoken"),
      w.has("invalid", "not valid", "incorrect", "could not verify", "failed verification")
        || w.has("verification failed", "validation failed")
    {
      return .general(
        .tokenIssuerMismatch, 0.25,
        or: [(.tokenClockSkew, 0.2), (.tokenAudienceMismatch, 0.15), (.tokenBadSignature, 0.15)])
    }
    if w.has("jwt token failed", "provided token is invalid", "provided token is not valid")
      || w.has("the token is invalid", "token is invalid or")
    {
      return .general(
        .tokenExpired, 0.25, or: [(.tokenBadSignature, 0.2), (.tokenAudienceMismatch, 0.15)])
    }
    if w.has("security token included in the request") {
      return .general(.tokenWrongParty, 0.4, or: [(.tokenExpired, 0.25)])
    }
    return nil
  }

  /// Refresh tokens that came twice or too late.
  private static func renewal(_ w: LooseWords) -> Meaning? {
    guard w.has("refresh token", "refresh_token", "refreshtoken") else { return nil }
    if w.has(
      "replay", "reuse", "re-use", "used twice", "already used", "already been used", "rotated",
      "already been redeemed", "consumed", "superseded", "family", "presented twice", "sent twice")
    {
      return reused
    }
    if w.has("expired", "expiration", "no longer valid"), !w.has("access token", "not expired") {
      return .refusal(.tokenRefreshExpired, 0.62)
    }
    return nil
  }

  private static func party(_ w: LooseWords) -> Meaning? {
    if w.hasWord("typ"), w.has("bearer", "refresh", "id token") {
      return .refusal(.tokenWrongType, 0.5)
    }
    if w.hasWord("token"), w.hasWord("realm"), w.has("issued by", "issued for", "belongs to"),
      w.has("only", "expected", "another", "different", "not match", "n't match")
    {
      return .refusal(.tokenOtherRealm, 0.5, or: [(.tokenIssuerMismatch, 0.25)])
    }
    if w.has("not intended for", "not issued for", "not targeted", "audience", "meant for another")
      || w.hasWord("aud")
    {
      return .refusal(.tokenAudienceMismatch, 0.66)
    }
    // Somebody asked for the token who is not the one it is for.
    if w.has("client_id"), w.has("doesn't match", "does not match"), !w.has("redirect") {
      return .refusal(.tokenAudienceMismatch, 0.45, or: [(.resourceServerSettingsWrong, 0.25)])
    }
    if w.has("issuer") || w.hasWord("iss") {
      if w.isFetch || w.has("jwks_uri"), !w.has("match", "differ", "expected", "trusted") {
        return keysUnavailable
      }
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
    // Whose address or name the application wants, and the provider did not tell.
    if w.hasWord("email", "username", "name", "subject")
      || w.has("user name", "username_claim", "email id", "e-mail"),
      w.has(
        "not returned", "is missing", "missing or invalid", "is required", "not provided",
        "did not provide", "no username", "no email", "no e-mail", "email field"),
      w.has("profile", "userinfo", "user info", "'sub':", "provider", "oauth", "oidc", "claim")
        || w.has("openid"),
      !w.has("password", "client_id", "client id", "secret", "smtp", "address or", "config")
    {
      return .refusal(.tokenClaimRejected, 0.48, or: [(.clientScopeMissing, 0.2)])
    }
    if w.hasWord("attribute", "claim", "claims"),
      w.has(
        "not found", "missing", "not contain", "has no", "no claim", "not present", "absent"),
      w.has("token", "userinfo", "user info", "claims", "profile", "claim not", "jwt")
        || w.has("no claim exists")
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
    if w.begins("id token", "id_token", "idtoken", "identity token"),
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
        "find a key", "unknown key", "no keys found for", "no key set found", "no key for",
        "matching kid", "unknown kid", "key for kid", "appropriate key", "suitable key")
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
    if w.has("returned html", "html instead of json"), w.has("discovery", "jwks", "well-known") {
      return .refusal(.resourceServerURLWrong, 0.52)
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
        && w.has(
          "initiali", "get provider", "query", "fetch", "load", "create provider", "create oidc",
          "creating oidc")
    {
      return LooseMeanings.answer(w) ?? keysUnavailable
    }
    return nil
  }

  private static func expiry(_ w: LooseWords) -> Meaning? {
    if w.has("issued too long ago") {
      return .refusal(.tokenClockSkew, 0.4, or: [(.tokenExpired, 0.35)])
    }
    if w.hasWord("token", "jwt"), w.has("lapsed", "past its exp", "lifetime exceeded") {
      return .refusal(.tokenExpired, 0.55, or: [(.tokenClockSkew, 0.12)])
    }
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
    if w.has("algorithm", "signing method", "token must be signed") || w.hasWord("alg") {
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
      "malformed", "segments", "compact serialization", "unable to read compact",
      "must always have a base64url", "3 parts", "three parts", "not a jwt",
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
    if w.begins("id token", "id_token", "refresh token", "refresh_token"),
      w.has("instead of an access", "instead of access", "instead of the access", "used as bearer")
        || w.has("used as access", "used as an access")
    {
      return .refusal(.tokenWrongType, 0.52)
    }
    if w.has(
      "two parts", "two dots", "no dots", "should not contain spaces", "invalid \"bearer\" header")
      || w.has("invalid authorization header", "invalid authorization in request")
      || w.has("does not start with bearer", "must start with bearer")
    {
      return .refusal(.tokenMalformed, 0.5, or: [(.tokenWrongParty, 0.15)])
    }
    if w.has("unsupported jwt type", "unexpected or unsupported jwt") {
      return .refusal(.tokenWrongType, 0.45)
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
    if w.has("token"), w.has("revoked", "not-before policy", "token is stale", "stale token") {
      return .general(.sessionRevoked, 0.45, or: [(.sessionLoggedOut, 0.2)])
    }
    if w.hasWord("session", "sessions"), w.has("revoked"),
      w.has("administrator", "admin", "user", "policy")
    {
      return .general(.sessionRevoked, 0.45, or: [(.sessionLoggedOut, 0.2)])
    }
    if w.has("silent renew", "silent refresh"), w.has("fail", "error") {
      return .general(.tokenRefreshExpired, 0.35, or: [(.sessionExpired, 0.25)])
    }
    if w.has("session ended", "session has ended"), w.has("sso", "user", "login", "keycloak") {
      return .general(.sessionExpired, 0.4, or: [(.sessionLoggedOut, 0.2)])
    }
    if w.has("idle time", "max lifespan", "lifespan reached"),
      w.has("sso session", "user session", "login session", "keycloak session")
    {
      return .general(.sessionExpired, 0.45)
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
      w.has("fail", "could not", "unable", "cannot", "no refresh", "error refresh", "is invalid")
        || w.has("invalid refresh", "null or empty")
    {
      return .general(.tokenRefreshExpired, 0.35, or: [(.sessionExpired, 0.2)])
    }
    if w.hasWord("claim", "claims", "azp", "acr") || w.has("subject mismatch", "email_verified")
      || w.has("at_hash", "acr value", "username from token", "hash does not match")
      || w.has("bad user claim", "bad id token claim", "found in openid response")
      || w.has("sub does not match", "does not match sub", "identifier missing in token")
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
