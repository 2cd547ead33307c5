internal import Evidence

/// A call for a token or about a user failed, and nobody says why: asked after everything else.
enum LooseCalls {
  static func of(_ w: LooseWords) -> Meaning? {
    guard w.isFault else { return nil }
    let isAsking = w.has(
      "obtain", "get token", "getting token", "getting access token", "fetch", "acquir", "request",
      "retriev", "exchang", "redeem")
    if isAsking, w.has("token", "grant code", "auth code", "authorization code"),
      w.has("oauth", "oidc", "openid", "keycloak", "access token", "access_token", "code", "idp"),
      !w.has("invalid bearer", "refresh")
    {
      return .general(.clientBadSecret, 0.3, or: [(.sessionLoginStateLost, 0.2)])
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
