internal import Evidence
internal import Ingest

/// `messages`: what texts of the operator's own programs say.
enum MessageSettings {
  static func row(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> MessageSignature {
    var texts: [String] = []
    var statement: Statement?
    var isCaseless = false
    for member in try reader.members(
      node, of: "a message", known: ["text", "says", "ignore_case"])
    {
      switch member.key {
      case "text":
        texts = try reader.texts(member.value, "text")
        for text in texts where text.utf8.count < 4 || text.utf8.count > 256 {
          throw reader.fault(member.value.place, "a text has 4 to 256 bytes")
        }
      case "says": statement = try said(member.value, reader)
      default: isCaseless = try reader.flag(member.value, "ignore_case")
      }
    }
    guard !texts.isEmpty else { throw reader.fault(node.place, "a message without text") }
    guard let statement else {
      throw reader.fault(node.place, "a message without says (a cause or a statement)")
    }
    return MessageSignature(statement, texts, isCaseless: isCaseless)
  }

  /// A statement, or a cause that has one.
  private static func said(
    _ node: YAMLNode, _ reader: SettingsReader
  ) throws(SettingsFault) -> Statement {
    let word = try reader.text(node, "says")
    if let statement = Statement(rawValue: word), statement != .other { return statement }
    if let cause = CauseID(rawValue: word) {
      if let statement = symptoms[cause] { return statement }
      throw reader.fault(
        node.place, "no line can say \(word) by itself: it shows in what happens around it")
    }
    let known =
      Statement.allCases.filter { $0 != .other }.map(\.rawValue) + symptoms.keys.map(\.rawValue)
    throw reader.fault(
      node.place,
      "\"\(word)\" is no cause and no statement"
        + Suggestion.words(for: word, among: known.sorted(), otherwise: "; see `why401 causes`"))
  }

  /// What a speaker says who sees a cause, where the two have different names.
  static let symptoms: [CauseID: Statement] = [
    .tokenWrongType: .tokenType, .tokenBadSignature: .tokenSignature,
    .tokenIssuerMismatch: .tokenIssuer, .tokenAudienceMismatch: .tokenAudience,
    .tokenClaimRejected: .tokenClaim, .tokenClockSkew: .tokenNotYetValid,
    .tokenRefreshExpired: .refreshTokenNotActive, .tokenRefreshReused: .refreshReused,
    .sessionExpired: .refreshSessionNotActive, .sessionLoginStateLost: .loginStateLost,
    .keysRotated: .tokenUnknownKey, .clientBadSecret: .callClientRefused,
    .clientScopeMissing: .scopeMissing, .userRoleMissing: .roleMissing,
    .resourceServerURLWrong: .callWrongURL, .resourceServerSettingsWrong: .settingsWrong,
    .resourceServerKeysUnavailable: .keysUnavailable,
    .ingressHeaderTooLarge: .requestHeaderTooLarge,
    .ingressUpstreamHeaderTooBig: .upstreamHeaderTooBig, .netpolDrop: .callTimedOut,
    .dnsNXDOMAIN: .callNameNotFound, .dnsSERVFAIL: .callNameTemporary,
    .proxyTLS: .callUntrustedCertificate, .proxyHTTPSRequired: .httpsRequired,
    .keycloakDown: .upstreamRefused, .keycloakDatabaseDown: .databaseUnreachable,
    .keycloakDatabasePoolExhausted: .databasePoolExhausted, .keycloakCacheTimeout: .cacheTimeout,
    .keycloakFederationDown: .directoryUnavailable, .keycloakError: .keycloakUncaught,
  ]
}
