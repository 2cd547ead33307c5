internal import Evidence

/// What a text of an unknown program leans towards: which thing of logins and tokens it names, and that
/// something is wrong with it. Never surer than a good guess, and silent where no thing is named.
enum LooseMeanings {
  static func of(_ text: String) -> Meaning? {
    let words = LooseWords(text)
    return foreign(words) ?? below(words) ?? setting(words) ?? login(words) ?? token(words)
      ?? answer(words) ?? party(words) ?? code(words)
  }

  /// Another vendor's own codes and names.
  private static func foreign(_ w: LooseWords) -> Meaning? {
    let namesVendor = w.has(
      "accounts.google.com", "login.microsoftonline.com", "sts.windows.net", "okta.com",
      "oktapreview.com", "auth0.com", "cognito-idp.", "b2clogin.com", "securetoken.google.com")
    let isOfIssuer = namesVendor && w.isFault && (w.hasWord("iss") || w.has("issuer"))
    return isOfIssuer || w.has("aadsts", "kubernetes/serviceaccount")
      ? .refusal(.foreignOtherIDP, 0.6, or: [(.resourceServerSettingsWrong, 0.2)]) : nil
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
    if w.has("infinispan", "jgroups", "hotrod"),
      w.has("timeout", "timed out", "lost", "suspect", "lock", "refused", "unreachable")
    {
      return .refusal(.keycloakCacheTimeout, 0.5, or: [(.keycloakSessionsNotShared, 0.2)])
    }
    if w.hasWord("jdbc", "database", "postgres", "postgresql", "mysql", "mariadb"),
      w.has("connect", "pool", "acquisition", "too many", "slots", "exhaust", "unavailable", "down")
    {
      return w.has("pool", "acquisition", "too many", "slots", "exhaust")
        ? .refusal(.keycloakDatabasePoolExhausted, 0.55, or: [(.keycloakDatabaseDown, 0.3)])
        : .refusal(.keycloakDatabaseDown, 0.5)
    }
    if w.has("too large", "too big", "too long"), w.has("header", "cookie") {
      return .refusal(.ingressHeaderTooLarge, 0.68)
    }
    return nil
  }

  /// A program that was not told what it must know.
  private static func setting(_ w: LooseWords) -> Meaning? {
    guard
      w.has(
        "must not be null", "must be specified", "must be set", "must be configured", "is not set",
        "cannot be null", "missing configuration", "invalid configuration", "misconfigur",
        "configuration error", "not been configured", "must be provided", "key must not be empty",
        "missing required config", "missing required option", "missing required param",
        "configexception", "configurationexception", "requires a client", "must be an asymmetric",
        "issuer is required", "client_id is required", "clientid is required",
        "client_secret is missing", "client_secret is required", "secret is not configured"),
      w.has(
        "issuer", "audience", "client_id", "client id", "clientid", "secret", "jwk", "signing key")
        || w.has(
          "public key", "redirect", "discovery", "realm", "authority", "oidc", "openid", "oauth",
          "keycloak", "secretorprivatekey")
    else { return nil }
    return .refusal(.resourceServerSettingsWrong, 0.5)
  }

  private static func login(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if w.has(
      "nonce", "csrf", "pkce", "code_verifier", "code verifier", "state cookie", "oauth state")
      || w.hasWord("state")
        && w.has(
          "match", "missing", "invalid", "not found", "not equal", "lost", "unexpected", "different"
        )
        && w.has(
          "auth", "callback", "parameter", "oidc", "openid", "login", "sso", "redirect", "response",
          "received state")
    {
      return .refusal(.sessionLoginStateLost, 0.66)
    }
    if w.hasWord("cookie", "cookies"),
      w.has("not found", "missing", "not present", "not set", "does not exist", "doesn't exist")
    {
      if w.hasWord("session") {
        return .general(.benignFirstCallBeforeLogin, 0.4, or: [(.sessionLoginStateLost, 0.3)])
      }
      return .refusal(.sessionLoginStateLost, 0.55, or: [(.proxyForwardedHeadersMissing, 0.15)])
    }
    if w.has("direct access grant", "service account", "standard flow", "implicit flow"),
      w.has("disabled", "not enabled", "not allowed"), w.has("client")
    {
      return .refusal(.clientGrantNotAllowed, 0.55)
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
    if w.hasWord("client"), !w.has("flow", "scope") {
      if !w.has("session"), w.follows("client", "does not exist") {
        return .refusal(.clientNotFound, 0.5)
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
    if w.has("unknown login requester") { return .refusal(.clientNotFound, 0.62) }
    if w.has("login requester not enabled") { return .refusal(.clientDisabled, 0.62) }
    if w.hasWord("cors") { return .refusal(.ingressCORSPreflight, 0.45) }
    if w.hasWord("scope", "scopes"), !w.has("cluster scope", "namespace scope"),
      w.has("token", "invalid_scope", "insufficient", "requested", "required", "granted", "openid")
        || w.has("invalid scope", "missing scope", "client", "oauth")
    {
      return .refusal(.clientScopeMissing, 0.58, or: [(.userRoleMissing, 0.2)])
    }
    if w.has("unknown realm", "no such realm", "no realm", "invalid realm")
      || w.follows("realm", "not found", "not exist", "n't exist", "disabled", "not enabled")
    {
      return .refusal(.realmNotFound, 0.6)
    }
    if w.has("https required", "https is required", "requires https", "require https")
      || w.has("must use https", "only https", "https only", "must be https", "requirehttps")
    {
      return .refusal(.proxyHTTPSRequired, 0.5, or: [(.resourceServerSettingsWrong, 0.3)])
    }
    return nil
  }

  private static func token(_ w: LooseWords) -> Meaning? {
    if w.has(
      "be used before", "in the future", "clock skew", "time skew", "before issued", "clock drift")
      || w.has("not yet valid", "not valid yet", "used too early", "check your computer's clock")
    {
      return .refusal(.tokenClockSkew, 0.66)
    }
    guard w.isFault else { return nil }
    if w.has("not intended for", "not issued for") || w.has("audience") || w.hasWord("aud") {
      return .refusal(.tokenAudienceMismatch, 0.66)
    }
    if w.has("issuer") || w.hasWord("iss") {
      if w.isFetch, !w.has("match", "differ") { return keysUnavailable }
      return .refusal(.tokenIssuerMismatch, 0.62, or: [(.proxyForwardedHeadersMissing, 0.15)])
    }
    if w.has("reach", "connect to", "contact", "not available", "unavailable"),
      w.has("keycloak", "identity provider", "openid connect provider", "oidc provider")
    {
      return keysUnavailable
    }
    if w.hasWord("attribute", "claim"), w.has("not found", "missing", "not contain"),
      w.has("token", "userinfo", "user info", "claims")
    {
      return .refusal(.tokenClaimRejected, 0.52)
    }
    if w.hasWord("id", "idtoken"), w.has("id token", "id_token", "idtoken"),
      w.has("missing", "no id", "not contain", "not found")
    {
      return .refusal(.clientScopeMissing, 0.5, or: [(.resourceServerSettingsWrong, 0.25)])
    }
    if !w.isFetch,
      w.has(
        "key id", "key not found", "no key found", "no key with", "matching key", "find key",
        "find a key")
    {
      return unknownKey
    }
    if w.has("openid-configuration", "openid configuration", "well-known", "discovery")
      || w.has("jwks", "jwk set", "openid config", "provider metadata", "public key")
      || w.has("well known", "oidc config", "json web key set", "keys from", "signing keys")
    {
      return answer(w) ?? keysUnavailable
    }
    if w.has("expired", "expiration", "expire"), !w.has("not expired") {
      if w.has("refresh") { return .refusal(.tokenRefreshExpired, 0.58) }
      if w.has("authentication_expired") { return .general(.sessionLoginStateLost, 0.4) }
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
    if w.hasWord("kid"), w.has("must be", "missing", "empty", "no kid", "not provided", "without") {
      return .refusal(
        .foreignOtherIDP, 0.4, or: [(.tokenMalformed, 0.3), (.tokenWrongType, 0.1)])
    }
    if w.hasWord("kid") || w.has("signing key") { return unknownKey }
    if w.has(
      "malformed", "segments", "compact serialization", "3 parts", "three parts", "not a jwt",
      "not a valid jwt", "decode", "parse"),
      w.has("jwt", "bearer", "compact", "access token", "access_token", "authorization header")
    {
      return .refusal(.tokenMalformed, 0.55, or: [(.tokenWrongParty, 0.15)])
    }
    if w.has("token format", "not a valid jws", "illegal base64", "token header") {
      return .refusal(.tokenMalformed, 0.5, or: [(.tokenWrongParty, 0.15)])
    }
    if w.has("but got", "but was"), w.has("id token", "refresh token") {
      return .refusal(.tokenWrongType, 0.5)
    }
    if w.has("revoked"), w.has("token") {
      return .general(.sessionRevoked, 0.45, or: [(.sessionLoggedOut, 0.2)])
    }
    if w.hasWord("session"), w.has("session not found", "no longer active", "session not active") {
      return .general(
        .sessionExpired, 0.45, or: [(.sessionLoggedOut, 0.2), (.keycloakSessionsNotShared, 0.1)])
    }
    if w.has("refresh"), w.has("token"), w.has("fail", "could not", "unable", "cannot") {
      return .general(.tokenRefreshExpired, 0.35, or: [(.sessionExpired, 0.2)])
    }
    if w.hasWord("claim", "claims", "azp") || w.has("at_hash") {
      return .refusal(.tokenClaimRejected, 0.52)
    }
    return nil
  }

  private static func party(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if w.hasWord("role", "roles", "permission", "permissions", "privileges", "groups")
      && !w.has("mapper", "file", "directory", "connect")
      || w.has("forbiddenexception", "not authorized to access", "access is denied")
      || w.has("not_authorized", "authorization denied", "n't have permission", "required group")
    {
      return .refusal(.userRoleMissing, 0.55)
    }
    if w.follows("account", "disabled") || w.follows("user", "disabled") {
      return .refusal(.userDisabled, 0.55)
    }
    if w.follows("account", "locked", "temporarily") || w.follows("user", "locked", "temporarily") {
      return .refusal(.userLocked, 0.55)
    }
    if w.has("verify email", "email verification", "verify your email") {
      return .refusal(.userActionRequired, 0.45)
    }
    if w.has("bad credentials") { return .general(.userInvalidCredentials, 0.4) }
    if w.has("identity provider"), w.has("fail", "error") {
      return .general(.keycloakFederationDown, 0.4)
    }
    if w.has("username", "password", "user credentials"),
      !w.has("grant_type", "policy", "generated")
    {
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

  /// A code of OAuth 2 that nothing explains.
  private static func code(_ w: LooseWords) -> Meaning? {
    if w.has("invalid_grant") {
      if w.has("refresh") {
        return .general(.tokenRefreshExpired, 0.45, or: [(.sessionExpired, 0.2)])
      }
      if w.has("password", "credential") { return .general(.userInvalidCredentials, 0.45) }
      if w.has("code", "exchange", "callback") {
        return .general(.sessionLoginStateLost, 0.4, or: [(.keycloakSessionsNotShared, 0.1)])
      }
      return .general(.tokenRefreshExpired, 0.25, or: [(.sessionLoginStateLost, 0.2)])
    }
    if w.has("access_denied"), w.has("error_description", "\"error\":") {
      return .general(.userRoleMissing, 0.35)
    }
    if w.has("login_required", "interaction_required") {
      return .general(.sessionExpired, 0.35, or: [(.benignFirstCallBeforeLogin, 0.3)])
    }
    if w.has("temporarily_unavailable") {
      return .general(.sessionLoginStateLost, 0.35, or: [(.keycloakOverloaded, 0.3)])
    }
    if w.has("unknown_error"), w.hasWord("403") { return .general(.userRoleMissing, 0.45) }
    if w.has("server_error", "unknown_error") { return .general(.keycloakError, 0.4) }
    if w.has("403 forbidden") { return .general(.userRoleMissing, 0.3) }
    if w.has("content security policy") {
      return .general(.proxyForwardedHeadersMissing, 0.4, or: [(.clientRedirectURIInvalid, 0.2)])
    }
    if w.has("502 bad gateway", "503 service") { return .general(.keycloakDown, 0.4) }
    if w.has("504 gateway") { return .general(.keycloakOverloaded, 0.4) }
    if w.has("internal server error has occurred", "500 internal server error") {
      return .general(.keycloakError, 0.3)
    }
    if w.hasWord("okta", "auth0", "cognito", "azuread", "entra") {
      return .general(.foreignOtherIDP, 0.35)
    }
    return nil
  }

  /// A status behind a call to an end-point of Keycloak.
  private static func answer(_ w: LooseWords) -> Meaning? {
    let isCall =
      w.has("/realms/", "openid-connect", "access token", "userinfo", "user info", "introspect")
      || w.has("token endpoint", "token request", "token response")
    guard isCall else { return nil }
    if w.hasWord("404", "405") {
      return .refusal(.resourceServerURLWrong, 0.6, or: [(.realmNotFound, 0.2)])
    }
    if w.hasWord("502", "503") { return .refusal(.keycloakDown, 0.5) }
    if w.hasWord("504") { return .refusal(.keycloakOverloaded, 0.45) }
    if w.hasWord("403"), w.has("/admin/") { return .refusal(.userRoleMissing, 0.6) }
    if w.hasWord("403"), w.has("userinfo", "user info") {
      return .refusal(.clientScopeMissing, 0.5)
    }
    if w.hasWord("401"), w.has("userinfo", "user info") {
      return .general(.tokenExpired, 0.3, or: [(.tokenIssuerMismatch, 0.25)])
    }
    if w.hasWord("500"), !w.has("/admin/") { return .general(.keycloakError, 0.4) }
    if w.hasWord("401"), !w.has("userinfo", "user info", "/admin/") {
      return .refusal(.clientBadSecret, 0.45, or: [(.clientNotFound, 0.2)])
    }
    return nil
  }

  private static let unknownKey = Meaning.refusal(
    .keysRotated, 0.35, or: [(.tokenOtherRealm, 0.25), (.resourceServerKeysUnavailable, 0.15)])

  private static let keysUnavailable = Meaning.refusal(
    .resourceServerKeysUnavailable, 0.52,
    or: [(.resourceServerURLWrong, 0.2), (.keycloakDown, 0.1)])
}
