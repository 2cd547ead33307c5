internal import Evidence

/// What failed calls mean when nothing but their words is known: calls of applications, gateways and
/// middlemen to Keycloak, and calls of the edge to whatever stands behind it.
enum CallMeanings {
  /// `text`: the message in lower case, with the peer.
  static func of(_ statement: Statement, _ subject: String, _ text: String) -> Meaning? {
    if ["smtp", "send email", "sendmail"].contains(where: { text.contains($0) }) { return nil }
    if [.callRefused, .callTimedOut, .callReset].contains(statement),
      ["/oauth2/auth", "forwardauth", "forward-auth"].contains(where: { text.contains($0) })
    {
      return .reason(.ingressAuthRequestFailing, 0.7, or: [(.netpolDrop, 0.1)])
    }
    if isOfSessionStore(statement, text) {
      return .reason(
        .ingressAuthRequestFailing, 0.5, or: [(.resourceServerSettingsWrong, 0.25)])
    }
    return switch statement {
    case .callTimedOut: timedOut(subject, text)
    case .callRefused: refused(text)
    case .callUnreachable, .upstreamUnreachable: unreachable(text)
    // The first call of a program that starts: nothing was idle yet.
    case .callReset where text.contains("failed to discover oidc configuration"):
      .reason(.keycloakDown, 0.4, or: [(.proxyTLS, 0.2), (.proxyIdleDropped, 0.15)])
    case .callReset:
      .reason(.proxyIdleDropped, 0.35, or: [(.keycloakDown, 0.3), (.netpolReject, 0.1)])
    case .callNameNotFound, .upstreamNameNotFound:
      .reason(.dnsNXDOMAIN, 0.85, or: [(.resourceServerURLWrong, 0.08)])
    // nginx asks only the name servers that its own configuration names.
    case .upstreamNameFailed where text.contains("no resolver defined"):
      .reason(.resourceServerSettingsWrong, 0.45, or: [(.dnsNXDOMAIN, 0.35)])
    case .callNameTemporary, .upstreamNameFailed:
      ["misbehaving", "servfail", "server failure", "general failure"]
        .contains(where: { text.contains($0) })
        ? .reason(.dnsSERVFAIL, 0.75, or: [(.dnsNXDOMAIN, 0.1), (.dnsBlocked, 0.1)])
        : ["timed out", "i/o timeout", "etimeout", "timeout while contacting"].contains(where: {
          text.contains($0)
        })
          ? .reason(.dnsBlocked, 0.7, or: [(.dnsSERVFAIL, 0.2)])
          : .reason(.dnsSERVFAIL, 0.45, or: [(.dnsBlocked, 0.3), (.dnsNXDOMAIN, 0.15)])
    case .callUntrustedCertificate, .upstreamTLSVerify: .reason(.proxyTLS, 0.93)
    case .callTLS, .upstreamTLSFailed, .plainToTLSPort, .tlsToPlainPort:
      .reason(.proxyTLS, 0.88)
    case .clientTLSFailed: .reason(.proxyTLS, 0.6)
    case .callHTTPError where subject.isEmpty && text.contains("idx208"): keysUnavailable
    // Python's asynchronous client, whatever it called.
    case .callHTTPError where text.contains("httpclienterror: http ") && !isAboutLogins(text):
      httpError(subject, text)?.asGuess
    case .callHTTPError: httpError(subject, text)
    // A page where JSON was expected: of whichever address.
    case .callWrongURL where text.contains("unexpected token") && !isAboutLogins(text):
      .reason(.resourceServerURLWrong, 0.6)
    // What libraries for JSON say of any text.
    case .callWrongURL where isOfAnyJSON(text) && !isAboutLogins(text):
      .general(.resourceServerURLWrong, 0.4)
    // Something that is no JSON, perhaps the page of an error on the way.
    case .callWrongURL where isUnreadable(text):
      .reason(.resourceServerURLWrong, 0.6, or: [(.keycloakDown, 0.15)])
    case .callWrongURL: .reason(.resourceServerURLWrong, 0.85)
    case .callIssuerDiffers: IssuerMeaning.of(text)
    case .callClientRefused: clientRefused(text)
    case .callFailed: failed(text)
    // A status that is none of a discovery document's.
    case .keysUnavailable where text.contains("authorization server metadata response"):
      .refusal(
        .resourceServerURLWrong, 0.45,
        or: [(.resourceServerKeysUnavailable, 0.25), (.realmNotFound, 0.1)])
    case .keysUnavailable where isRefusedDiscovery(text): askedForCredentials
    case .keysUnavailable: keysUnavailable
    default: nil
    }
  }

  private static let keysUnavailable = Meaning.refusal(
    .resourceServerKeysUnavailable, 0.65,
    or: [(.resourceServerURLWrong, 0.15), (.keycloakDown, 0.08), (.netpolDrop, 0.05)])

  /// The store of the middleman's own sessions, not Keycloak.
  private static func isOfSessionStore(_ statement: Statement, _ text: String) -> Bool {
    let isCall = [
      Statement.callRefused, .callTimedOut, .callReset, .callUnreachable, .callNameNotFound,
    ].contains(statement)
    return isCall && text.contains("redis")
      && ["session", "ticket"].contains { text.contains($0) }
  }

  private static func isAboutLogins(_ text: String) -> Bool {
    ["/realms/", "openid", "oidc", "oauth", "keycloak", "jwks"].contains { text.contains($0) }
  }

  private static func isOfAnyJSON(_ text: String) -> Bool {
    text.contains("missing field `keys`") || text.contains("jsondecodeerror(\"expecting value")
      || text.contains("failed to parse server response")
  }

  private static func isUnreadable(_ text: String) -> Bool {
    [
      "json decoding failed", "decode json from token", "not json", "oauth response body",
      "expecting value", "expected json", "response as json", "could not unmarshal as json",
      "did not return a json object", "parsing jwk set", "parse remote jwk set",
      "invalid response content-type",
    ]
    .contains { text.contains($0) }
  }

  static func isAboutKeys(_ text: String) -> Bool {
    ["jwks", "certs", "openid-configuration", "public key", "keys", "discovery", "jwk set"]
      .contains { text.contains($0) }
  }

  /// Keys and discovery are fetched without a client's credentials: whoever wants some there is another than
  /// Keycloak, in front of it or at a wrong address.
  static let askedForCredentials = Meaning.refusal(
    .resourceServerURLWrong, 0.4, or: [(.foreignBasicAuth, 0.35)])

  private static func isOfDiscovery(_ text: String) -> Bool {
    ["jwks", "/certs", "openid-configuration", "well-known", "jwk set", "query provider"]
      .contains { text.contains($0) } && !text.contains("/token")
  }

  private static func isRefusedDiscovery(_ text: String) -> Bool {
    isOfDiscovery(text)
      && ["401 unauthorized", "status 401", "code 401"].contains { text.contains($0) }
  }

  /// Nothing says why: a refused code exchange is mostly a wrong secret, keys are keys.
  private static func failed(_ text: String) -> Meaning? {
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says("oauth flow failed") {
      return .general(.sessionLoginStateLost, 0.4, or: [(.clientBadSecret, 0.3)])
    }
    if says("failed to contact the oidc provider token endpoint") {
      return .general(.keycloakDown, 0.4, or: [(.clientBadSecret, 0.25)])
    }
    if says("get info from ") {
      return .general(.tokenExpired, 0.25, or: [(.clientScopeMissing, 0.2)])
    }
    if says("authuserinfoep") {
      return .general(.clientScopeMissing, 0.3, or: [(.sessionExpired, 0.25)])
    }
    // No token in an answer that was one: mostly an error that nobody looked at.
    if says("missing access token parameter") {
      return .refusal(.clientBadSecret, 0.35, or: [(.resourceServerURLWrong, 0.25)])
    }
    if says(
      "redeeming code", "access_token_error", "exchange",
      "turn code into token", "conform token endpoint response",
      "authtokenep", "get token from provider", "access token failed")
    {
      return .general(.clientBadSecret, 0.35, or: [(.sessionLoginStateLost, 0.2)])
    }
    return isAboutKeys(text) ? .general(.resourceServerKeysUnavailable, 0.45) : nil
  }

  /// A time-out of a connect is a packet that nobody answered; of a read, a server that is slow. Words
  /// alone cannot tell a policy from a server that is gone.
  private static func timedOut(_ subject: String, _ text: String) -> Meaning {
    if subject == "connect" {
      return .reason(
        .netpolDrop, 0.5, or: [(.keycloakOverloaded, 0.15), (.resourceServerURLWrong, 0.1)])
    }
    if isAboutKeys(text) {
      return .reason(
        .resourceServerKeysUnavailable, 0.5, or: [(.netpolDrop, 0.2), (.keycloakOverloaded, 0.2)])
    }
    return .reason(.keycloakOverloaded, 0.5, or: [(.netpolDrop, 0.25)])
  }

  private static func unreachable(_ text: String) -> Meaning {
    // A proxy on the way out lets nobody call that host.
    if text.contains("tunnel") || text.contains("from proxy after connect") {
      return .reason(.netpolReject, 0.62, or: [(.resourceServerSettingsWrong, 0.2)])
    }
    // The host's own rules (SELinux, a filter on what leaves it) forbid the call.
    return text.contains("permission denied") || text.contains("not permitted")
      ? .reason(.netpolReject, 0.7, or: [(.resourceServerSettingsWrong, 0.15)])
      : .reason(.netpolReject, 0.86)
  }

  private static func refused(_ text: String) -> Meaning {
    let isLocal = ["localhost", "127.0.0.1", "[::1]", "::1:", "//0.0.0.0"].contains {
      text.contains($0)
    }
    if isLocal {
      // Inside a container that is the application itself.
      return .reason(.resourceServerURLWrong, 0.65, or: [(.keycloakDown, 0.25)])
    }
    return .reason(
      .keycloakDown, 0.5, or: [(.resourceServerURLWrong, 0.25), (.netpolReject, 0.1)])
  }

  private static func httpError(_ subject: String, _ text: String) -> Meaning? {
    let isUserInfo =
      text.contains("userinfo") || text.contains("user info")
      || text.contains("retrieve user data")
    return switch Int(subject.prefix(3)) ?? 0 {
    // The page for browsers, asked by a program.
    case 400 where text.contains("/openid-connect/auth`"): .refusal(.resourceServerURLWrong, 0.55)
    case 405: .refusal(.resourceServerURLWrong, 0.55)
    case 300...399: .general(.resourceServerURLWrong, 0.4, or: [(.proxyHTTPSRequired, 0.1)])
    case 401 where isUserInfo:
      .general(.sessionExpired, 0.3, or: [(.tokenIssuerMismatch, 0.25), (.tokenExpired, 0.2)])
    case 401 where text.contains("/admin/"): nil
    case 401 where isOfDiscovery(text): askedForCredentials
    case 401: .refusal(.clientBadSecret, 0.5, or: [(.clientNotFound, 0.15)])
    case 403 where text.contains("/admin/"): .refusal(.userRoleMissing, 0.65)
    case 403 where isUserInfo: .refusal(.clientScopeMissing, 0.6)
    // Keycloak gives no token without TLS, nor for a realm that is off.
    case 403 where text.contains("cannot fetch token"),
      403 where text.contains("/openid-connect/token") && !text.contains("introspect"):
      .general(.proxyHTTPSRequired, 0.35, or: [(.realmNotFound, 0.15)])
    case 403: .general(.clientScopeMissing, 0.25, or: [(.proxyHTTPSRequired, 0.2)])
    case 404: .refusal(.resourceServerURLWrong, 0.65, or: [(.realmNotFound, 0.2)])
    case 431: .refusal(.ingressHeaderTooLarge, 0.9, mayFollow: false)
    case 500: .refusal(.keycloakError, 0.5, or: [(.keycloakDatabaseDown, 0.2)])
    case 502, 503: .refusal(.keycloakDown, 0.65, or: [(.keycloakOverloaded, 0.15)])
    case 504: .refusal(.keycloakOverloaded, 0.5, or: [(.netpolDrop, 0.2), (.keycloakDown, 0.2)])
    // Statuses of an edge in front (Cloudflare's): refused, time-out, no route, slow, certificate.
    case 521: .refusal(.keycloakDown, 0.6)
    case 522: .refusal(.netpolDrop, 0.5, or: [(.keycloakDown, 0.25)])
    case 523: .refusal(.netpolReject, 0.5, or: [(.dnsNXDOMAIN, 0.15)])
    case 524: .refusal(.keycloakOverloaded, 0.6)
    case 525, 526: .refusal(.proxyTLS, 0.86)
    default: nil
    }
  }

  /// Keycloak's answers to a client that cannot prove who it is. `unauthorized_client`: the secret;
  /// `invalid_client`: the client is unknown, off, or configured for another method (from 20 on).
  private static func clientRefused(_ text: String) -> Meaning {
    if text.contains("signed jwt") {
      if text.contains("token is not active") || text.contains("future") {
        return .refusal(.tokenClockSkew, 0.6, or: [(.clientBadSecret, 0.3)])
      }
      return .refusal(.clientBadSecret, 0.6)
    }
    if text.contains("client secret") || text.contains("credentials setup required") {
      return .refusal(.clientBadSecret, 0.9, mayFollow: false)
    }
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says(
      "client disabled", "client is disabled", "client is not enabled", "requester not enabled",
      "requesternotenabled", "clientdisabled")
    {
      return .refusal(.clientDisabled, 0.85, mayFollow: false)
    }
    if says(
      "no client with id", "unknown client or not", "unknown login requester", "clientnotfound",
      "unknownloginrequester")
    {
      return .refusal(.clientNotFound, 0.8, or: [(.clientDisabled, 0.1)])
    }
    if says("unknown_client", "not identified by any client authenticator") {
      return .refusal(.clientBadSecret, 0.4, or: [(.clientNotFound, 0.35)])
    }
    if text.contains("invalid client credentials"), !text.contains("invalid client or") {
      return .refusal(.clientBadSecret, 0.65, or: [(.clientNotFound, 0.2)])
    }
    if text.contains("unauthorized_client") { return .refusal(.clientBadSecret, 0.85) }
    if text.contains("invalid_client") {
      return .refusal(.clientNotFound, 0.45, or: [(.clientBadSecret, 0.4), (.clientDisabled, 0.1)])
    }
    return .refusal(.clientBadSecret, 0.65, or: [(.clientNotFound, 0.2)])
  }
}
