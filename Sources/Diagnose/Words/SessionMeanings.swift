internal import Evidence

/// What texts about sessions, refreshes, logins, permissions and refused grants mean, whoever quotes
/// them.
enum SessionMeanings {
  /// `text`: the message in lower case.
  static func of(_ statement: Statement, _ text: String) -> Meaning? {
    if text.contains("ldap: error code 49"), let cause = refusedBind(statement) {
      // The directory's account of Keycloak or of the application may be meant as well.
      return .refusal(cause, 0.6, or: [(.keycloakFederationDown, 0.25)])
    }
    return switch statement {
    case .refreshSessionNotActive:
      .refusal(
        .tokenRefreshExpired, 0.55,
        or: [(.keycloakSessionsNotShared, 0.15), (.sessionLoggedOut, 0.15)])
    case .refreshTokenNotActive:
      .refusal(.tokenRefreshExpired, 0.78, or: [(.tokenClockSkew, 0.08)])
    case .refreshReused: .refusal(.tokenRefreshReused, 0.92, mayFollow: false)
    case .refreshStale: .refusal(.tokenRefreshReused, 0.5, or: [(.sessionRevoked, 0.35)])
    case .refreshOfflineSession: .refusal(.sessionExpired, 0.65, or: [(.sessionRevoked, 0.2)])
    // Keycloak could not verify it: another realm's, of another kind, or signed with a key that is gone.
    case .refreshFailed where text.contains("invalid refresh token"):
      .refusal(
        .tokenOtherRealm, 0.35,
        or: [(.tokenMalformed, 0.25), (.keysRotated, 0.2), (.tokenRefreshExpired, 0.1)])
    case .refreshFailed: .general(.tokenRefreshExpired, 0.45, or: [(.sessionExpired, 0.2)])
    case .sessionNotFound: notFound(text)
    // A frame of Keycloak's that never answers: blocked cookies, a page that may not be framed, no Keycloak.
    case .loginStateLost where text.contains("3rd party check iframe"):
      .general(.sessionLoginStateLost, 0.45, or: [(.keycloakDown, 0.2)])
    // Said on good days, too: browsers block such cookies by default, and a second tab finds a login that was done.
    case .loginStateLost where text.contains("blocking access to 3rd-party cookies"):
      .general(.sessionLoginStateLost, 0.4)
    case .loginStateLost where text.contains("you are already logged in"):
      .refusal(.sessionLoginStateLost, 0.55)
    // Every visit without the cookie of a login says so, from whichever tab or bookmark.
    case .loginStateLost where text.contains("reading state cookie"):
      .general(.sessionLoginStateLost, 0.5, or: [(.benignFirstCallBeforeLogin, 0.15)])
    case .loginStateLost: .refusal(.sessionLoginStateLost, 0.85)
    case .codeNotValid where text.contains("pkce"): .refusal(.sessionLoginStateLost, 0.5)
    case .codeNotValid:
      .refusal(.sessionLoginStateLost, 0.55, or: [(.keycloakSessionsNotShared, 0.25)])
    case .codeReused:
      .refusal(.sessionLoginStateLost, 0.65, or: [(.keycloakSessionsNotShared, 0.15)])
    case .roleMissing:
      text.contains("matched_policy[none]") || text.contains("matched policy none")
        ? .general(.tokenMissing, 0.5, or: [(.userRoleMissing, 0.35)])
        // The next line says what was missing, perhaps the caller himself.
        // A debug line that names no rule: who had no token at all met the same.
        : text.contains("enforced denied")
          ? .general(.userRoleMissing, 0.5, or: [(.tokenMissing, 0.3)])
          : text.contains("requirements were not met") && !text.contains("role")
            ? .general(.userRoleMissing, 0.5, or: [(.tokenMissing, 0.3)])
            : .refusal(.userRoleMissing, 0.8, mayFollow: false)
    case .accessForbidden where text.contains("/admin/"): .refusal(.userRoleMissing, 0.6)
    case .accessForbidden: .general(.userRoleMissing, 0.55)
    case .scopeMissing: .refusal(.clientScopeMissing, 0.88, mayFollow: false)
    case .userInvalidCredentials:
      .refusal(.userInvalidCredentials, 0.78, or: [(.keycloakFederationDown, 0.05)])
    case .userDisabled: .refusal(.userDisabled, 0.82)
    case .userLocked: .refusal(.userLocked, 0.88, mayFollow: false)
    case .userActionRequired: .refusal(.userActionRequired, 0.92, mayFollow: false)
    case .grantNotAllowed: .refusal(.clientGrantNotAllowed, 0.92, mayFollow: false)
    case .redirectURIInvalid:
      .refusal(
        .clientRedirectURIInvalid, 0.8, or: [(.proxyForwardedHeadersMissing, 0.15)],
        mayFollow: false)
    case .realmNotFound: .reason(.realmNotFound, 0.88)
    case .httpsRequired: .refusal(.proxyHTTPSRequired, 0.93, mayFollow: false)
    // No edge stands before an address of the caller's own machine; what one application says of its own login or
    // discovery is its own setting.
    case .pathNotFound
    where [
      "//localhost", "//127.0.0.1", "signin_oauth_error", "issuer.discover", "get provider",
      "query provider",
    ].contains {
      text.contains($0)
    }:
      .reason(.resourceServerURLWrong, 0.6, or: [(.ingressWrongPath, 0.3)])
    case .pathNotFound: .reason(.ingressWrongPath, 0.6, or: [(.resourceServerURLWrong, 0.3)])
    // Keycloak asks whether the page that frames it belongs to a registered address.
    case .corsRefused where text.contains("login-status-iframe"):
      .refusal(.clientRedirectURIInvalid, 0.5, or: [(.ingressCORSPreflight, 0.35)])
    case .corsRefused: .refusal(.ingressCORSPreflight, 0.5)
    default: nil
    }
  }

  private static func refusedBind(_ statement: Statement) -> CauseID? {
    switch statement {
    case .userInvalidCredentials: .userInvalidCredentials
    case .userActionRequired: .userActionRequired
    case .userDisabled: .userDisabled
    case .userLocked: .userLocked
    default: nil
    }
  }

  private static func notFound(_ text: String) -> Meaning {
    if text.contains("decrypt token body") {
      return .refusal(.sessionLoginStateLost, 0.4, or: [(.resourceServerSettingsWrong, 0.35)])
    }
    if text.contains("cookie signature") || text.contains("decrypt token")
      || text.contains("ticket cookie") || text.contains("cookie mac")
      || text.contains("cookie failed authentication")
    {
      // The middleman's own cookie: its key differs between replicas or was changed.
      return .refusal(.resourceServerSettingsWrong, 0.45, or: [(.sessionLoginStateLost, 0.3)])
    }
    // ASP.NET's: each replica, or each start, has keys of its own.
    if text.contains("key ring") {
      return .refusal(.resourceServerSettingsWrong, 0.42, or: [(.sessionLoginStateLost, 0.35)])
    }
    // Grafana's line for any stale cookie, a visitor's before he logs in as well.
    if text.contains("user token not found") {
      return .general(.sessionExpired, 0.4, or: [(.benignFirstCallBeforeLogin, 0.25)])
    }
    if text.contains("removed by another request") {
      return .refusal(.sessionLoggedOut, 0.5, or: [(.sessionLoginStateLost, 0.2)])
    }
    // Its time in the store is over, or the store was emptied.
    if text.contains("ticket: redis: nil") {
      return .refusal(.sessionExpired, 0.5, or: [(.sessionLoginStateLost, 0.2)])
    }
    // Another request holds it while its own call to Keycloak lasts.
    if text.contains("session lock") {
      return .refusal(
        .resourceServerSettingsWrong, 0.35,
        or: [(.keycloakOverloaded, 0.3), (.ingressAuthRequestFailing, 0.2)])
    }
    if text.contains("session state with the ticket") {
      return .refusal(.ingressAuthRequestFailing, 0.5, or: [(.sessionExpired, 0.2)])
    }
    return .refusal(
      .sessionExpired, 0.5, or: [(.sessionLoggedOut, 0.25), (.keycloakSessionsNotShared, 0.1)])
  }
}
