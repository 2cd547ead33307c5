internal import Evidence

/// What a text of an unknown program leans towards: which thing of logins and tokens it names, and that
/// something is wrong with it. Never surer than a good guess, and silent where no thing is named.
enum LooseMeanings {
  static func of(_ text: String) -> Meaning? {
    let words = LooseWords(text)
    let told: Meaning? = foreign(words) ?? below(words) ?? LooseEvents.of(text) ?? gone(words)
    return told ?? guessed(words)
  }

  private static func guessed(_ words: LooseWords) -> Meaning? {
    LooseSettings.of(words) ?? LooseLogins.of(words) ?? LooseTokens.of(words) ?? answer(words)
      ?? LooseParties.of(words) ?? code(words) ?? LooseCalls.of(words)
  }

  /// Another vendor's own codes and names.
  private static func foreign(_ w: LooseWords) -> Meaning? {
    let namesVendor = w.has(
      "accounts.google.com", "login.microsoftonline.com", "sts.windows.net", "okta.com",
      "oktapreview.com", "auth0.com", "cognito-idp.", "b2clogin.com", "securetoken.google.com")
    let isOfIssuer = namesVendor && w.isFault && (w.hasWord("iss") || w.has("issuer"))
    let isFrom = namesVendor && w.isFault && w.has("token comes from", "token issued by")
    return isOfIssuer || isFrom || w.has("aadsts", "kubernetes/serviceaccount")
      ? .refusal(.foreignOtherIDP, 0.6, or: [(.resourceServerSettingsWrong, 0.2)]) : nil
  }

  /// TLS, names, stores: what everything else stands on.
  private static func below(_ w: LooseWords) -> Meaning? {
    if isOversized(w) { return .refusal(.ingressHeaderTooLarge, 0.68) }
    guard w.isFault else { return nil }
    if w.has("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port") {
      return .refusal(.proxyForwardedHeadersMissing, 0.52)
    }
    if w.has("htpasswd"), w.has("credential", "user", "password") {
      return .refusal(.foreignBasicAuth, 0.52)
    }
    if w.has(
      "ext_authz", "ext-authz", "auth_request", "auth-request", "forwardauth", "forward auth"),
      w.has("error calling", "unavailable", "timed out", "timeout", "refused", "reset", "deadline")
    {
      return .refusal(.ingressAuthRequestFailing, 0.55)
    }
    // The part of the edge that guards an application is not there, or was not told whom to ask.
    if w.has(
      "middleware \"", "annotation \"auth-url\"", "annotation auth-url", "auth-url annotation"),
      w.has("oauth", "oidc", "sso", "keycloak", "auth"),
      w.has("does not exist", "error reading", "error parsing", "invalid")
    {
      return .refusal(.ingressAuthRequestFailing, 0.5, or: [(.resourceServerSettingsWrong, 0.25)])
    }
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
        || w.has("cacheexception", "error processing response")
    {
      return .refusal(.keycloakCacheTimeout, 0.5, or: [(.keycloakSessionsNotShared, 0.2)])
    }
    if w.hasWord("jdbc", "database", "postgres", "postgresql", "mysql", "mariadb"),
      w.has(
        "reach", "connect", "pool", "acquisition", "too many", "slots", "exhaust", "unavailable",
        "down")
    {
      return w.has("pool", "acquisition", "too many", "slots", "exhaust")
        ? .refusal(.keycloakDatabasePoolExhausted, 0.55, or: [(.keycloakDatabaseDown, 0.3)])
        : .refusal(.keycloakDatabaseDown, 0.5)
    }
    if w.has("access denied for user") { return .refusal(.keycloakDatabaseDown, 0.5) }
    return nil
  }

  /// A head or a cookie is larger than somebody takes; what exceeds a time is none.
  private static func isOversized(_ w: LooseWords) -> Bool {
    let isLarge =
      w.has("too large", "too big", "too long", "larger than", "longer than", "overflow")
      || w.has("exceeds", "exceeded") && w.has("size", "maximum", "bytes", "limit", "length")
    return isLarge && w.hasWord("header", "headers", "cookie", "cookies")
      && !w.has("timeout", "awaiting", "deadline", "retries", "attempts", "rate limit")
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
    if w.has("access_denied"),
      w.has("error_description", "\"error\":", "operror", "(user denied")
        || w.has("callback", "authorization response", "authorization_response", "oidc", "openid")
        || w.has("authorization flow")
    {
      return .general(.userRoleMissing, 0.35)
    }
    // RFC 6750: expired, revoked, malformed, or invalid for other reasons, told in words that nobody knows.
    if w.has("invalid_token"), w.has("description", "invalid_token: ", "invalid_token - ") {
      return .general(
        .tokenExpired, 0.3,
        or: [(.tokenIssuerMismatch, 0.2), (.tokenBadSignature, 0.15), (.sessionExpired, 0.1)])
    }
    if w.has("login_required", "interaction_required") {
      return .general(.sessionExpired, 0.35, or: [(.benignFirstCallBeforeLogin, 0.3)])
    }
    if w.has("temporarily_unavailable") {
      return .general(.sessionLoginStateLost, 0.35, or: [(.keycloakOverloaded, 0.3)])
    }
    if w.has("unknown_error") {
      // Keycloak's admin interface says no more of a missing right than of a fault of its own.
      return w.hasWord("403")
        ? .general(.userRoleMissing, 0.45)
        : .general(.keycloakError, 0.35, or: [(.userRoleMissing, 0.3)])
    }
    if w.has("server_error") { return .general(.keycloakError, 0.4) }
    if w.has("404 not found", "404:not found", "404: not found"),
      w.has("login", "log in", "oidc", "oauth", "openid", "keycloak", "realm")
        || w.hasWord("sso", "token", "tokens")
    {
      return .general(.resourceServerURLWrong, 0.4, or: [(.realmNotFound, 0.2)])
    }
    if w.has("403 forbidden") { return .general(.userRoleMissing, 0.3) }
    if w.has(
      "redirect loop", "redirect limit", "too_many_redirects", "too many redirects",
      "redirected you too many")
    {
      return .general(
        .sessionLoginStateLost, 0.35, or: [(.proxyForwardedHeadersMissing, 0.3)])
    }
    if w.has("provider did not respond") {
      return .general(.keycloakDown, 0.38, or: [(.netpolDrop, 0.2)])
    }
    if w.has("operror: service unavailable") { return .general(.keycloakDown, 0.4) }
    if w.has("content security policy", "x-frame-options") {
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

  /// An end-point of Keycloak is not there, whatever was asked of it.
  private static func gone(_ w: LooseWords) -> Meaning? {
    guard w.has("/realms/", "/openid-connect/") else { return nil }
    let isStatus = ["404", "405", "502", "503", "504"].contains { status in
      w.has(
        "status \(status)", "statuscode \(status)", "status code \(status)", "status: \(status)")
        || w.has("status=\(status)", "error \(status)", "\(status) not found", "-> \(status)")
        || w.has("\(status) (not found)", "\(status) (bad gateway)")
    }
    return isStatus ? answer(w) : nil
  }

  /// A status behind a call to an end-point of Keycloak.
  static func answer(_ w: LooseWords) -> Meaning? {
    let isCall =
      w.has("/realms/", "openid-connect", "access token", "userinfo", "user info", "introspect")
      || w.has("token endpoint", "token request", "token response")
    // A token that was brought is no token that was asked for.
    guard isCall, !w.has("token is invalid", "invalid access token", "token is not valid") else {
      return nil
    }
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
      return .general(
        .sessionExpired, 0.3, or: [(.tokenIssuerMismatch, 0.25), (.tokenExpired, 0.2)])
    }
    if w.hasWord("500"), !w.has("/admin/") { return .general(.keycloakError, 0.4) }
    if w.hasWord("401"), w.has("openid-configuration", "well-known", "jwks", "/certs"),
      !w.has("/token")
    {
      return CallMeanings.askedForCredentials
    }
    if w.hasWord("401"), !w.has("userinfo", "user info", "/admin/") {
      return .refusal(.clientBadSecret, 0.45, or: [(.clientNotFound, 0.2)])
    }
    return nil
  }
}
