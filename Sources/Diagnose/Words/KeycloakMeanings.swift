internal import Evidence

/// What messages of Keycloak about itself, its stores and its replicas mean. Starts, first cluster
/// views and warnings that every installation prints mean nothing.
enum KeycloakMeanings {
  /// `text`: the message in lower case.
  static func of(_ statement: Statement, _ text: String) -> Meaning? {
    switch statement {
    case .databasePoolExhausted:
      .reason(.keycloakDatabasePoolExhausted, 0.85, or: [(.keycloakDatabaseDown, 0.1)])
    case .databaseUnreachable: .reason(.keycloakDatabaseDown, 0.9)
    case .databaseError: .reason(.keycloakDatabaseDown, 0.6, or: [(.keycloakError, 0.2)])
    case .databaseStopped: .general(.keycloakDatabaseDown, 0.65)
    case .databaseRefusedClient:
      text.contains("too many clients") || text.contains("connection slots")
        ? .general(.keycloakDatabasePoolExhausted, 0.5, or: [(.keycloakDatabaseDown, 0.4)])
        : text.contains("psqlexception") || text.contains("keycloak")
          ? .reason(.keycloakDatabaseDown, 0.72) : .general(.keycloakDatabaseDown, 0.6)
    case .directoryUnavailable: .reason(.keycloakFederationDown, 0.9)
    case .identityProviderFailed: provider(text)
    case .directoryStopped: .general(.keycloakFederationDown, 0.6)
    case .cacheTimeout: .reason(.keycloakCacheTimeout, 0.86)
    case .clusterNodeLeft: .general(.keycloakCacheTimeout, 0.45, or: [(.keycloakDown, 0.25)])
    case .clusterSplit:
      .general(.keycloakSessionsNotShared, 0.5, or: [(.keycloakCacheTimeout, 0.35)])
    // What was missing for the start is what has to be mended.
    case .keycloakStartFailed
    where text.contains("connect to database") || text.contains("jdbc connection"):
      .reason(.keycloakDatabaseDown, 0.72, or: [(.keycloakDown, 0.2)])
    case .keycloakStartFailed: .refusal(.keycloakDown, 0.8)
    case .keycloakStopped, .keycloakStopping: .general(.keycloakDown, 0.48)
    // The kernel's words: which program of Java's it was, its number alone tells.
    case .outOfMemory where text.contains("memory cgroup"):
      .general(.keycloakOverloaded, 0.4, or: [(.keycloakDown, 0.3)])
    case .outOfMemory: .reason(.keycloakOverloaded, 0.6, or: [(.keycloakDown, 0.3)])
    case .threadBlocked: .reason(.keycloakOverloaded, 0.65)
    case .healthDown: HealthChecks.meaning(text)
    case .keycloakClientAuthCrashed, .keycloakLoginCrashed:
      .reason(.keycloakError, 0.75, or: [(.keycloakDatabaseDown, 0.1)])
    case .keycloakClientAssertion: ProofMeanings.ofAssertion(text)
    case .hostnameOptions
    where text.contains("mixed content") || text.contains("mixed active content"):
      .refusal(.proxyForwardedHeadersMissing, 0.6)
    case .hostnameOptions where text.contains("the url hostname ("):
      .refusal(.sessionLoginStateLost, 0.5, or: [(.proxyForwardedHeadersMissing, 0.3)])
    case .hostnameOptions:
      text.contains("http")
        && ["x-forwarded", "scheme", "secure\" cookies"].contains { text.contains($0) }
        ? .refusal(.proxyForwardedHeadersMissing, 0.75) : nil
    // A cache that stops or has failed: the instance goes down with it.
    case .keycloakUncaught where text.contains("does not accept new invocations"):
      .reason(.keycloakDown, 0.62, or: [(.keycloakCacheTimeout, 0.15), (.keycloakError, 0.1)])
    // No fault of the request's handling: there is nothing at that path.
    case .keycloakUncaught where text.contains("could not find resource for full path"):
      .reason(.ingressWrongPath, 0.6, or: [(.resourceServerURLWrong, 0.3)])
    case .keycloakUncaught: .refusal(.keycloakError, 0.7)
    case .invalidRequest: request(text)
    case .keycloakCallerGone: .general(.keycloakOverloaded, 0.4, or: [(.netpolDrop, 0.2)])
    default: nil
    }
  }

  /// `KC-SERVICES0093: Invalid parameter value for: NAME` (ServicesLogger): a request for a login that an application
  /// made wrongly. The name says what of it.
  private static func request(_ text: String) -> Meaning? {
    guard text.contains("parameter") else { return nil }
    let names = text.split { !($0.isLetter || $0 == "_") }
    return switch names.last {
    case "scope": .refusal(.clientScopeMissing, 0.7, or: [(.resourceServerSettingsWrong, 0.15)])
    case "redirect_uri":
      .refusal(.clientRedirectURIInvalid, 0.7, or: [(.proxyForwardedHeadersMissing, 0.15)])
    case "client_id": .refusal(.clientNotFound, 0.55, or: [(.resourceServerSettingsWrong, 0.3)])
    default: .general(.resourceServerSettingsWrong, 0.5)
    }
  }

  /// Keycloak's own call to another provider; the exception behind it may say why it failed.
  private static func provider(_ text: String) -> Meaning {
    if text.contains("pkix") || text.contains("certificate") || text.contains("sslhandshake") {
      return .reason(.proxyTLS, 0.7, or: [(.keycloakFederationDown, 0.25)])
    }
    if text.contains("unknownhost") {
      return .reason(.dnsNXDOMAIN, 0.65, or: [(.keycloakFederationDown, 0.3)])
    }
    // What Keycloak itself holds of its client there.
    if ["incorrect_client_credentials", "invalid_client", "unauthorized_client", "aadsts7000215"]
      .contains(where: { text.contains($0) })
    {
      return .reason(.clientBadSecret, 0.6, or: [(.keycloakFederationDown, 0.3)])
    }
    return .reason(.keycloakFederationDown, 0.65, or: [(.proxyIdleDropped, 0.1)])
  }
}
