internal import Evidence

/// What a complaint about an issuer means, from the addresses that it names: the same realm under
/// another host, the same host under another scheme, another realm, or no realm of a Keycloak at all.
enum IssuerMeaning {
  static func of(_ text: String) -> Meaning {
    let issuers = addresses(text)
    guard issuers.count >= 2 else {
      if let only = issuers.first, realm(only) == nil, !isRefused(only, text) {
        return .refusal(.tokenIssuerMismatch, 0.6, or: [(.foreignOtherIDP, 0.3)], mayFollow: false)
      }
      return .refusal(
        .tokenIssuerMismatch, 0.82, or: [(.proxyForwardedHeadersMissing, 0.1)], mayFollow: false)
    }
    let (a, b) = (issuers[0], issuers[1])
    switch (realm(a), realm(b)) {
    case (nil, nil): break
    case (nil, _), (_, nil):
      return .refusal(.foreignOtherIDP, 0.6, or: [(.tokenIssuerMismatch, 0.35)], mayFollow: false)
    case (let x?, let y?) where x != y:
      return .refusal(.tokenOtherRealm, 0.75, or: [(.tokenIssuerMismatch, 0.2)], mayFollow: false)
    default: break
    }
    if host(a) == host(b), scheme(a) != scheme(b) {
      return .refusal(
        .proxyForwardedHeadersMissing, 0.62, or: [(.tokenIssuerMismatch, 0.35)], mayFollow: false)
    }
    return .refusal(
      .tokenIssuerMismatch, 0.88, or: [(.proxyForwardedHeadersMissing, 0.1)], mayFollow: false)
  }

  /// `http://…` and `https://…` in order, each once.
  static func addresses(_ text: String) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let at = rest.firstRange(of: "http") {
      let word = rest[at.lowerBound...].prefix {
        !$0.isWhitespace && !"\"'`<>,;()[]{}\\".contains($0)
      }
      if word.hasPrefix("http://") || word.hasPrefix("https://") {
        let name = String(word.reversed().drop { $0 == "." || $0 == "/" || $0 == ":" }.reversed())
        if !found.contains(name) { found.append(name) }
      }
      rest = rest[word.endIndex...].dropFirst(word.isEmpty ? 1 : 0)
    }
    return found
  }

  static func realm(_ url: String) -> Substring? {
    guard let at = url.firstRange(of: "/realms/") else { return nil }
    return url[at.upperBound...].prefix { $0 != "/" && $0 != "?" }
  }

  private static func scheme(_ url: String) -> Substring { url.prefix { $0 != ":" } }

  static func host(_ url: String) -> Substring {
    guard let at = url.firstRange(of: "://") else { return "" }
    return url[at.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }
  }

  /// Whether the only address is the one that was expected, not the token's.
  private static func isRefused(_ url: String, _ text: String) -> Bool {
    guard let at = text.firstRange(of: url) else { return false }
    return text[..<at.lowerBound].lowercased().suffix(24).contains("expected")
  }
}
