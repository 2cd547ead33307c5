internal import Evidence

/// What an edge's own messages mean, and those of the cluster around it.
enum EdgeMeanings {
  /// `text`: the message in lower case, with peer and path.
  static func of(_ statement: Statement, _ text: String) -> Meaning? {
    switch statement {
    case .upstreamHeaderTooBig: .reason(.ingressUpstreamHeaderTooBig, 0.93)
    // oauth2-proxy warns of each such session, whether or not something on the way minds.
    case .requestHeaderTooLarge where text.contains("4kb cookie limit"):
      .general(.ingressHeaderTooLarge, 0.4, or: [(.ingressUpstreamHeaderTooBig, 0.3)])
    // The answer is too large: a cookie that the login sets.
    case .requestHeaderTooLarge where text.contains("response header") || isCookie(text):
      .refusal(.ingressHeaderTooLarge, 0.62, or: [(.ingressUpstreamHeaderTooBig, 0.25)])
    case .requestHeaderTooLarge: .refusal(.ingressHeaderTooLarge, 0.92, mayFollow: false)
    case .authRequestUnexpectedStatus:
      .refusal(.ingressAuthRequestFailing, 0.82)
    case .authServiceCallFailed: .refusal(.ingressAuthRequestFailing, 0.75)
    case .upstreamRefused:
      upstream(text, .keycloakDown, known: 0.7, unknown: 0.45, or: [(.netpolReject, 0.1)])
    case .upstreamConnectTimedOut:
      upstream(text, .netpolDrop, known: 0.6, unknown: 0.5, or: [(.keycloakDown, 0.15)])
    case .upstreamTimedOut:
      upstream(
        text, .keycloakOverloaded, known: 0.6, unknown: 0.4,
        or: [(.netpolDrop, 0.2), (.keycloakDown, 0.1)])
    case .upstreamReset, .upstreamClosed:
      upstream(
        text, .keycloakDown, known: 0.5, unknown: 0.35,
        or: [(.proxyIdleDropped, 0.25), (.keycloakOverloaded, 0.1)])
    case .noLiveUpstream, .noEndpoints:
      upstream(text, .keycloakDown, known: 0.82, unknown: 0.55)
    // HAProxy's own page for a request that a rule of its configuration denies.
    case .accessRuleDenied where text.contains("administrative rules"):
      .refusal(.netpolReject, 0.35, or: [(.resourceServerURLWrong, 0.25)])
    case .invalidHeaderDropped: .general(.ingressAuthHeaderStripped, 0.4)
    case .basicUserNotFound, .basicPasswordMismatch, .basicMissing:
      .refusal(.foreignBasicAuth, 0.88, mayFollow: false)
    // What a policy keeps from the name server.
    case .policyDenied where text.contains("dns-request"):
      .reason(.dnsBlocked, 0.7, or: [(.netpolDrop, 0.2)])
    // A proxy that lets nobody out to there, a mesh that knows no such host, a policy that answers.
    case .policyDenied
    where ["tcp_denied", "blackholecluster", "linkerd_app_inbound", "verdict=reject"].contains {
      text.contains($0)
    }:
      .reason(.netpolReject, 0.66, or: [(.netpolDrop, 0.15)])
    // Packets of strangers are filtered everywhere: which of them was a caller's, the line does not say.
    case .policyDenied where text.contains(" proto=") || text.contains(" eni-"):
      .reason(.netpolDrop, 0.6, or: [(.netpolReject, 0.25)])
    case .policyDenied: .reason(.netpolDrop, 0.86)
    // One of the names that a search list makes of a full one: their NXDOMAIN is normal.
    case .dnsNameNotFound
    where text.split(separator: "cluster.local", omittingEmptySubsequences: false).count > 2:
      nil
    case .dnsNameNotFound: .general(.dnsNXDOMAIN, 0.5)
    case .dnsServerFailure: .reason(.dnsSERVFAIL, 0.72)
    // Whatever is asked wants credentials of a probe, which has none.
    case .probeFailed where text.contains("statuscode: 401"):
      .general(.benignNoToken, 0.5, or: [(.resourceServerSettingsWrong, 0.15)])
    // Whose container it was stands elsewhere.
    case .containerKilled where text.contains("oomkilled") && !namesKeycloak(text):
      .general(.keycloakOverloaded, 0.35, or: [(.keycloakDown, 0.3)])
    // Keycloak's management port, since 25.
    case .probeFailed, .containerKilled:
      (namesKeycloak(text)
        || [":9000/health/", "/realms/", "/health/ready", "/health/started"].contains {
          text.contains($0)
        }) && !text.contains("/q/health/")
        ? .general(.keycloakDown, 0.6) : nil
    case .authAnswerRelayed:
      .general(.ingressNoLoginRedirect, 0.4, or: [(.benignNoToken, 0.35)])
    // A bare sentence of who expects what few servers send.
    case .settingsWrong where text.hasPrefix("iss missing from the response"):
      .refusal(.resourceServerSettingsWrong, 0.45, or: [(.tokenIssuerMismatch, 0.2)])
    // The address at which an answer of SAML arrived, and the one that it was made for.
    case .settingsWrong
    where ["response was received at", "invalid destination [", "valid recipient"].contains {
      text.contains($0)
    }:
      .refusal(.proxyForwardedHeadersMissing, 0.5, or: [(.resourceServerSettingsWrong, 0.35)])
    case .settingsWrong: .refusal(.resourceServerSettingsWrong, 0.72)
    default: nil
    }
  }

  private static func isCookie(_ text: String) -> Bool {
    ["cookieoverflow", "cookietoolong", "cookie exceeds", "securecookie"].contains {
      text.contains($0)
    }
  }

  /// A name with Keycloak's in it that is not its database's: `keycloak-0`, not `keycloak-postgresql-0`.
  private static func namesKeycloak(_ text: String) -> Bool {
    text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }.contains { name in
      name.contains("keycloak")
        && !["postgres", "mysql", "mariadb", "database"].contains { name.contains($0) }
        && !name.split { $0 == "-" || $0 == "_" }.contains("db")
    }
  }

  /// A call of the edge to its upstream: Keycloak, the auth service that it asks about each request, or
  /// anybody.
  private static func upstream(
    _ text: String, _ cause: CauseID, known: Double, unknown: Double,
    or others: [(cause: CauseID, share: Double)] = []
  ) -> Meaning {
    let isAuthService =
      text.contains("subrequest: ") || text.contains("/oauth2/auth") || text.contains("ext_authz")
      || text.contains("forward-auth")
    if isAuthService, cause == .netpolDrop {
      // No packet came back from it: it is not the service that hangs.
      return .reason(.netpolDrop, 0.5, or: [(.ingressAuthRequestFailing, 0.4)])
    }
    if isAuthService {
      return .reason(.ingressAuthRequestFailing, 0.78, or: [(cause, 0.15)])
    }
    let isKeycloak =
      text.contains("/realms/") || text.contains("keycloak") || text.contains("openid-connect")
    return .reason(cause, isKeycloak ? known : unknown, or: others)
  }
}
