internal import Evidence

/// What refusals of tokens mean when nothing but their words is known.
enum TokenMeanings {
  static func of(_ statement: Statement, _ subject: String, _ text: String) -> Meaning? {
    switch statement {
    case .tokenMissing: missing(text)
    case .tokenExpired:
      text.contains("Identity cookie expired")
        ? .refusal(.sessionExpired, 0.6, or: [(.tokenExpired, 0.2)])
        : isFresh(text) || isAssertion(text)
          ? .refusal(.tokenClockSkew, 0.5, or: [(.tokenExpired, 0.4)])
          : text.contains("find a refresh token")
            ? .refusal(.tokenExpired, 0.55, or: [(.tokenRefreshExpired, 0.2)])
            : isRenewed(text)
              ? .general(.tokenExpired, 0.4, or: [(.tokenRefreshExpired, 0.2)])
              : .refusal(.tokenExpired, 0.72, or: [(.tokenClockSkew, 0.15)])
    case .tokenNotYetValid where isBeyondClocks(text):
      .refusal(.tokenClockSkew, 0.55, or: [(.tokenMalformed, 0.2)], mayFollow: false)
    case .tokenNotYetValid: .refusal(.tokenClockSkew, 0.92, mayFollow: false)
    // No parser's word on what is wrong: some say so of every token that they cannot verify.
    case .tokenMalformed where isBareMalformed(text):
      .refusal(.tokenMalformed, 0.6, or: [(.tokenOtherRealm, 0.1), (.keysRotated, 0.1)])
    case .tokenMalformed:
      .refusal(.tokenMalformed, 0.85, or: [(.tokenWrongParty, 0.08)], mayFollow: false)
    case .unsupportedScheme: .refusal(.tokenMalformed, 0.6, or: [(.foreignBasicAuth, 0.2)])
    case .tokenWrongParty:
      .refusal(.tokenWrongParty, 0.7, or: [(.tokenMalformed, 0.2)])
    case .tokenSignature where text.contains("{\"alg\":\"HS"): secretSigned
    case .tokenSignature:
      .refusal(
        .tokenBadSignature, 0.45, or: [(.keysRotated, 0.25), (.tokenOtherRealm, 0.15)])
    case .tokenUnknownKey: unknownKey(subject, text)
    case .tokenAlgorithm: algorithm(subject, text)
    case .tokenIssuer:
      // Kong's credential of a realm, not the realm's address.
      text.contains("No credentials found")
        ? .refusal(.tokenIssuerMismatch, 0.5, or: [(.resourceServerSettingsWrong, 0.35)])
        : IssuerMeaning.of(text)
    case .tokenAudience: .refusal(.tokenAudienceMismatch, 0.9, mayFollow: false)
    case .tokenClaim:
      .refusal(
        .tokenClaimRejected, 0.75, or: [(.resourceServerSettingsWrong, 0.15)], mayFollow: false)
    case .tokenType: .refusal(.tokenWrongType, 0.9, mayFollow: false)
    case .tokenInactive: inactive(text)
    case .tokenProof: ProofMeanings.of(text.lowercased())
    case .tokenRefused: nil
    default: nil
    }
  }

  /// `issued more than 1146462928 seconds in the future`: years. A number in other units is likelier than such a clock.
  private static func isBeyondClocks(_ text: String) -> Bool {
    guard let at = text.firstRange(of: "issued more than ") else { return false }
    let number = text[at.upperBound...].prefix { $0.isNumber }
    return number.utf8.count > 8
      && text[number.endIndex...].hasPrefix(" seconds in the future")
  }

  private static func isBareMalformed(_ text: String) -> Bool {
    let lower = text.lowercased()
    return lower.contains("malformed token") && lower.utf8.count < 64
      && !["segment", "part", "padding", "base64", "decod", "pars", "dot", "jws", "header"]
        .contains { lower.contains($0) }
  }

  /// Everyday life of a client that keeps a refresh token; what came of it, the next line says.
  private static func isRenewed(_ text: String) -> Bool {
    let lower = text.lowercased()
    return ["refreshing", "to refresh", "attempting refresh", "trying to renew"]
      .contains { lower.contains($0) }
  }

  /// The token was fetched a moment ago, for a login that is not over.
  private static func isFresh(_ text: String) -> Bool {
    let lower = text.lowercased()
    return [
      "redeeming code", "login_callback", "oidc/callback", "oidc callback", "exchanging code",
    ]
    .contains { lower.contains($0) }
  }

  /// SAML's assertions are judged as they arrive, and live for a minute.
  private static func isAssertion(_ text: String) -> Bool {
    text.contains("ssertion") || text.contains("ould not validate timestamp")
  }

  private static func missing(_ text: String) -> Meaning {
    // The API server sends nobody to a login.
    if text.contains("system:anonymous"), text.contains("is forbidden") {
      return .general(.tokenMissing, 0.45, or: [(.benignNoToken, 0.3)])
    }
    // There was a header, and no JWT in it.
    if text.contains("no valid bearer token found in authorization header") {
      return .refusal(
        .tokenMalformed, 0.45, or: [(.tokenWrongParty, 0.25), (.ingressBearerIgnored, 0.1)])
    }
    // Middlemen greet every anonymous browser with this.
    if ["session", "Initiating login", "ookie", "no jwt found", "system:anonymous"]
      .contains(where: { text.contains($0) })
    {
      return .general(.benignFirstCallBeforeLogin, 0.45, or: [(.tokenMissing, 0.3)])
    }
    return .general(.tokenMissing, 0.55, or: [(.benignNoToken, 0.3)])
  }

  /// No key set holds the key of a token that was signed with a secret: one of another kind, or nobody's.
  private static let secretSigned = Meaning.refusal(
    .tokenAlgorithm, 0.5, or: [(.tokenWrongType, 0.25), (.foreignOtherIDP, 0.15)])

  private static func inactive(_ text: String) -> Meaning {
    let lower = text.lowercased()
    let isRevoked =
      ["revoked", "stale", "revocation", "password has changed", "sent by client rejected"]
      .contains { lower.contains($0) }
    if isRevoked {
      return .refusal(.sessionRevoked, 0.6, or: [(.sessionLoggedOut, 0.2)])
    }
    return .general(
      .tokenExpired, 0.35, or: [(.sessionExpired, 0.25), (.sessionLoggedOut, 0.2)])
  }

  /// Keycloak names its keys with 43 characters of base64url; a token without a key id, or with one of
  /// another vendor's form, is not its work.
  private static func unknownKey(_ kid: String, _ text: String) -> Meaning {
    if text.contains("wasn't found in the storage") {
      // Keycloak looks for the key of a client that signs its own assertions.
      return .refusal(.clientBadSecret, 0.6)
    }
    // java-jwt's exception of a key that was not found is also that of keys that could not be asked for.
    if text.contains("Cannot obtain jwks") {
      return .refusal(.resourceServerKeysUnavailable, 0.5, or: [(.resourceServerURLWrong, 0.2)])
    }
    // What the library printed of the token's header.
    if text.contains("{\"alg\":\"HS") { return secretSigned }
    // Keycloak gives every token a key id: one without it was signed elsewhere, or with a secret.
    let hasNoID =
      [
        "neither 'kid' nor", "\"kid\" empty", "doesn't specify kid", "kid is missing",
        "No KID specified", "multiple matching keys found", "MULTIPLE_MATCHING_KEYS",
        "multiple possible keys match", "OAuth 2.0 kid not found",
      ]
      .contains { text.contains($0) }
    if hasNoID {
      return .refusal(
        .tokenAlgorithm, 0.4, or: [(.foreignOtherIDP, 0.35), (.tokenWrongType, 0.1)])
    }
    if text.contains("could not find kid") || text.contains("invalid kid") {
      return .refusal(
        .foreignOtherIDP, 0.4, or: [(.tokenAlgorithm, 0.3), (.tokenWrongType, 0.1)])
    }
    let name = kid.lowercased()
    if name == "null" || name == "undefined" || name == "none"
      || text.contains("does not have a kid") || text.contains("must contain a kid")
      || isForeign(kid)
    {
      return .refusal(
        .foreignOtherIDP, 0.55, or: [(.tokenAlgorithm, 0.15), (.tokenWrongType, 0.1)])
    }
    return .refusal(
      .keysRotated, 0.4,
      or: [(.tokenOtherRealm, 0.3), (.resourceServerKeysUnavailable, 0.1)])
  }

  /// A UUID, a hex digest, or a length that Azure, Auth0, Google and AWS use.
  private static func isForeign(_ kid: String) -> Bool {
    let n = kid.utf8.count
    if n == 36 { return kid.utf8.filter { $0 == UInt8(ascii: "-") }.count == 4 }
    if n == 40 || n == 32 || n == 64 { return kid.allSatisfy { $0.isHexDigit } }
    return n == 27
  }

  private static func algorithm(_ subject: String, _ text: String) -> Meaning {
    if subject.hasPrefix("HS512") || text.contains("got \"HS512\"") {
      // Keycloak signs refresh tokens with it.
      return .refusal(.tokenWrongType, 0.6, or: [(.tokenAlgorithm, 0.35)], mayFollow: false)
    }
    return .refusal(.tokenAlgorithm, 0.85, mayFollow: false)
  }
}
