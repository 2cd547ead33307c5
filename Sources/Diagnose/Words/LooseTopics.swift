internal import Evidence

/// What a line of logins is about when nothing else is known of it: asked where a whole input says no more. Each guess is
/// the commonest cause of its kind, and no more than a direction to look in.
enum LooseTopics {
  static func of(_ text: String) -> Meaning? {
    let w = LooseWords(text)
    guard w.isFault, isAboutLogins(w), !w.has("www-authenticate", "[debug]", "allow_failed") else {
      return nil
    }
    if w.hasWord("saml") {
      return .general(.resourceServerSettingsWrong, 0.25, or: [(.tokenBadSignature, 0.15)])
    }
    if w.hasWord("role", "roles", "permission", "permissions", "group", "groups", "403")
      || w.has("forbidden", "not allowed", "not permitted", "permission denied", "access denied")
    {
      return .general(.userRoleMissing, 0.28)
    }
    if w.has("timeout", "timed out", "unavailable", "unreachable", "not reachable", "to connect")
      || w.hasWord("502", "503", "504")
    {
      return .general(.keycloakDown, 0.25, or: [(.netpolDrop, 0.15)])
    }
    if w.has("callback", "cookie", "redirect") || w.hasWord("state") {
      return .general(.sessionLoginStateLost, 0.25)
    }
    if w.hasWord("client", "secret") {
      return .general(.clientBadSecret, 0.25, or: [(.clientNotFound, 0.15)])
    }
    if w.hasWord("config", "configuration", "setting", "settings", "provider", "metadata") {
      return .general(.resourceServerSettingsWrong, 0.25, or: [(.resourceServerURLWrong, 0.15)])
    }
    if w.hasWord("token", "jwt", "tokens") {
      return .general(.tokenExpired, 0.22, or: [(.tokenIssuerMismatch, 0.15)])
    }
    return w.hasWord("session") ? .general(.sessionExpired, 0.25) : nil
  }

  private static func isAboutLogins(_ w: LooseWords) -> Bool {
    w.has("oauth", "oidc", "openid", "keycloak", "single sign-on", "authenticat")
      || w.hasWord("saml", "sso", "login", "idp")
  }
}
