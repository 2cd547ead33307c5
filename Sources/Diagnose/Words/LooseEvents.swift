internal import Evidence

/// An event of Keycloak told in a sentence or a table: its type, and near it its error or its reason.
enum LooseEvents {
  static func of(_ text: String) -> Meaning? {
    guard text.utf8.count <= longest, text.contains("_") else { return nil }
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    guard let at = words.firstIndex(where: isType) else {
      let lower = text.lowercased()
      // `error: invalid_code` on a line of its own.
      let isOfKeycloak =
        lower.contains("keycloak")
        || text.utf8.count <= shortest && (lower.contains("error: ") || lower.contains("error="))
      return words.lazy
        .compactMap {
          own.contains($0) || isOfKeycloak && common.contains($0) ? meaning("", $0, "") : nil
        }.first
    }
    let type = String(words[at])
    let reason = text.lowercased()
    return meaning(type, "", reason)
      ?? words.lazy.compactMap { $0.contains("_") ? meaning(type, $0, "") : nil }.first
  }

  private static let longest = 1024
  private static let shortest = 48

  /// A quotation is no log: the text around it may speak of another time.
  private static let most = 0.66

  /// Codes that no other product uses.
  private static let own: Set<Substring> = [
    "invalid_user_credentials", "user_temporarily_disabled", "invalid_client_credentials",
    "client_credentials_setup_required", "resolve_required_actions", "cookie_not_found",
    "expired_code", "ssl_required", "pkce_verification_failed", "client_not_found",
  ]

  /// Codes that others use, too.
  private static let common: Set<Substring> = [
    "user_session_not_found", "invalid_redirect_uri", "client_disabled", "user_disabled",
    "session_expired", "invalid_code",
  ]

  private static func isType(_ word: Substring) -> Bool {
    word.hasSuffix("_ERROR") && word.utf8.count > 8
      && word.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (65...90).contains($0) }
      && types.contains { word.hasPrefix($0) }
  }

  private static let types = [
    "LOGIN", "LOGOUT", "CODE_TO_TOKEN", "REFRESH_TOKEN", "CLIENT_LOGIN", "TOKEN_EXCHANGE",
    "INTROSPECT_TOKEN", "USER_INFO_REQUEST", "IDENTITY_PROVIDER", "OAUTH2_DEVICE",
    "PERMISSION_TOKEN",
    "IMPERSONATE", "RESTART_AUTHENTICATION", "CUSTOM_REQUIRED_ACTION", "UPDATE_PASSWORD",
    "VERIFY_EMAIL", "GRANT_CONSENT", "AUTHREQID_TO_TOKEN",
  ]

  private static func meaning(_ type: String, _ error: Substring, _ reason: String) -> Meaning? {
    let event = EventMeanings.Event(
      type: type, error: String(error), reason: reason, client: "", redirectURI: "")
    guard var meaning = EventMeanings.of(event) else { return nil }
    for k in meaning.proposals.indices {
      meaning.proposals[k].share = min(meaning.proposals[k].share, most)
    }
    return meaning
  }
}
