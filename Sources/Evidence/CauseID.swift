/// The six categories operators think in, and `none` for failures with nothing to repair.
public enum Category: String, CaseIterable, Sendable {
  case tokens, configuration, ingress, network, proxy, availability, none, undecided
}

/// Every verdict there is. Raw values are stable identifiers; a retired one is never reused.
public enum CauseID: String, CaseIterable, Sendable, BitwiseCopyable {
  case tokenExpired = "token.expired"
  case tokenMalformed = "token.malformed"
  case tokenWrongType = "token.wrong_type"
  case tokenBadSignature = "token.bad_signature"
  case tokenOtherRealm = "token.other_realm"
  case tokenIssuerMismatch = "token.issuer_mismatch"
  case tokenAudienceMismatch = "token.audience_mismatch"
  case tokenClaimRejected = "token.claim_rejected"
  case tokenAlgorithm = "token.algorithm"
  case tokenWrongParty = "token.wrong_party"
  case tokenClockSkew = "token.clock_skew"
  case tokenRefreshExpired = "token.refresh_expired"
  case tokenRefreshReused = "token.refresh_reused"
  case tokenMissing = "token.missing"
  case sessionLoggedOut = "session.logged_out"
  case sessionRevoked = "session.revoked"
  case sessionExpired = "session.expired"
  case sessionLoginStateLost = "session.login_state_lost"
  case keysRotated = "keys.rotated"
  case clientBadSecret = "client.bad_secret"
  case clientNotFound = "client.not_found"
  case clientDisabled = "client.disabled"
  case clientRedirectURIInvalid = "client.redirect_uri_invalid"
  case clientGrantNotAllowed = "client.grant_not_allowed"
  case clientScopeMissing = "client.scope_missing"
  case userInvalidCredentials = "user.invalid_credentials"
  case userLocked = "user.locked"
  case userDisabled = "user.disabled"
  case userActionRequired = "user.action_required"
  case userRoleMissing = "user.role_missing"
  case realmNotFound = "realm.not_found"
  case resourceServerURLWrong = "resource_server.keycloak_url_wrong"
  case resourceServerSettingsWrong = "resource_server.settings_wrong"
  case resourceServerKeysUnavailable = "resource_server.keys_unavailable"
  case ingressAuthHeaderStripped = "ingress.auth_header_stripped"
  case ingressAuthRequestFailing = "ingress.auth_request_failing"
  case ingressRedirectDropsAuth = "ingress.redirect_drops_auth"
  case ingressHeaderTooLarge = "ingress.header_too_large"
  case ingressUpstreamHeaderTooBig = "ingress.upstream_header_too_big"
  case ingressCORSPreflight = "ingress.cors_preflight"
  case ingressWrongPath = "ingress.wrong_path"
  case ingressNoLoginRedirect = "ingress.no_login_redirect"
  case ingressBearerIgnored = "ingress.bearer_ignored"
  case netpolDrop = "netpol.drop"
  case netpolReject = "netpol.reject"
  case dnsNXDOMAIN = "dns.nxdomain"
  case dnsSERVFAIL = "dns.servfail"
  case dnsBlocked = "dns.blocked"
  case proxyForwardedHeadersMissing = "proxy.forwarded_headers_missing"
  case proxyHTTPSRequired = "proxy.https_required"
  case proxyTLS = "proxy.tls"
  case proxyIdleDropped = "proxy.idle_dropped"
  case keycloakDown = "keycloak.down"
  case keycloakDatabaseDown = "keycloak.db_down"
  case keycloakDatabasePoolExhausted = "keycloak.db_pool_exhausted"
  case keycloakCacheTimeout = "keycloak.cache_timeout"
  case keycloakOverloaded = "keycloak.overloaded"
  case keycloakSessionsNotShared = "keycloak.sessions_not_shared"
  case keycloakFederationDown = "keycloak.federation_down"
  case keycloakError = "keycloak.error"
  case benignNoToken = "benign.no_token"
  case benignFirstCallBeforeLogin = "benign.first_call_before_login"
  case benignUserTypo = "benign.user_typo"
  case foreignBasicAuth = "foreign.basic_auth"
  case foreignOtherIDP = "foreign.other_idp"
  case undecided

  public var category: Category { CauseID.categories[self] ?? .undecided }

  private static let categories: [CauseID: Category] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, categoryByName($0)) })

  private static func categoryByName(_ cause: CauseID) -> Category {
    let group = cause.rawValue.split(separator: ".").first ?? ""
    return switch group {
    case "token", "session", "keys": .tokens
    case "client", "user", "realm", "resource_server": .configuration
    case "ingress": .ingress
    case "netpol", "dns": .network
    case "proxy": .proxy
    case "keycloak": .availability
    case "benign", "foreign": .none
    default: .undecided
    }
  }
}
