internal import Evidence

/// A call for a token or about a user failed, and nobody says why: asked after everything else.
enum LooseCalls {
  /// Keycloak itself, or the way to it, in plain words.
  private static func service(_ w: LooseWords) -> Meaning? {
    guard w.has("keycloak", "identity provider"), !w.has("adapter", "version", "deprecat") else {
      return nil
    }
    if w.has("cannot resolve", "could not resolve", "can't resolve", "unable to resolve"),
      !w.has("bean", "tenant", "placeholder", "dependency", "module", "class", "user", "client")
    {
      return .general(.dnsNXDOMAIN, 0.42, or: [(.dnsSERVFAIL, 0.2)])
    }
    if w.has("no route", "unreachable") {
      return .general(.netpolReject, 0.35, or: [(.netpolDrop, 0.25)])
    }
    if w.has("timed out while connecting", "connect timed out", "connection timed out") {
      return .general(.netpolDrop, 0.42, or: [(.keycloakOverloaded, 0.2)])
    }
    if w.has("not responding", "not respond", "is restarting", "unavailable") {
      return .general(.keycloakDown, 0.42, or: [(.keycloakOverloaded, 0.2)])
    }
    if w.has("took longer", "too slow", "timed out", "timeout") {
      return .general(.keycloakOverloaded, 0.4, or: [(.netpolDrop, 0.25)])
    }
    return nil
  }

  static func of(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    if let told = service(w) { return told }
    let isAsking = w.has(
      "obtain", "get token", "getting token", "getting access token", "fetch", "acquir", "request",
      "retriev", "exchang", "redeem")
    if isAsking, w.has("token", "grant code", "auth code", "authorization code"),
      w.has("oauth", "oidc", "openid", "keycloak", "access token", "access_token", "code", "idp"),
      !w.has("invalid bearer", "refresh")
    {
      return .general(.clientBadSecret, 0.3, or: [(.sessionLoginStateLost, 0.2)])
    }
    if w.has("incomplete user info", "incomplete userinfo", "user info is incomplete") {
      return .general(.tokenClaimRejected, 0.4, or: [(.clientScopeMissing, 0.2)])
    }
    if w.has("userinfo", "user info") {
      return .general(.tokenExpired, 0.25, or: [(.clientScopeMissing, 0.2)])
    }
    if w.has("access token"), w.has("is invalid", "invalid access token", "not valid") {
      return .general(.tokenExpired, 0.3, or: [(.tokenMalformed, 0.2), (.tokenBadSignature, 0.15)])
    }
    return nil
  }
}
