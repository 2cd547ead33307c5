internal import Evidence

/// What it means that a proof of possession or a client's assertion did not convince. Texts in lower case.
enum ProofMeanings {
  /// The reason of an event, or nil when it is about no proof.
  static func ofReason(_ r: String) -> Meaning? {
    // `Expected '[Bearer, DPoP]' but was 'ID'`: of the token's type.
    if r.contains("token type is incorrect") { return nil }
    return r.contains("dpop") || r.contains("mtls hok")
      || r.contains("client certificate missing, or")
      ? of(r) : nil
  }

  static func of(_ text: String) -> Meaning {
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    // A proof lives for some seconds from the client's own clock on.
    if says("is not active") {
      return .refusal(.tokenClockSkew, 0.62, or: [(.tokenExpired, 0.2)], mayFollow: false)
    }
    // The address that the client called, and that which Keycloak believes to have.
    if says("url mismatch") {
      return .refusal(
        .proxyForwardedHeadersMissing, 0.6, or: [(.tokenClaimRejected, 0.3)], mayFollow: false)
    }
    if says("thumbprint", "mismatch", "doesn't match", "does not match", "already been used") {
      return .refusal(.tokenClaimRejected, 0.72, or: [(.tokenWrongParty, 0.1)], mayFollow: false)
    }
    // The application sends no proof where its client is told to, or the other way round.
    if says("proof is missing", "proof missing", "mtls hok", "token type is", "requires dpop") {
      return .refusal(
        .resourceServerSettingsWrong, 0.6, or: [(.clientGrantNotAllowed, 0.15)], mayFollow: false)
    }
    if says("verification failure") && !says("header verification") {
      return .refusal(.tokenBadSignature, 0.7, mayFollow: false)
    }
    if says("algorithm") { return .refusal(.tokenAlgorithm, 0.8, mayFollow: false) }
    if says("header", "claims are missing", "malformed") {
      return .refusal(.tokenMalformed, 0.75, or: [(.tokenClaimRejected, 0.1)], mayFollow: false)
    }
    return .refusal(.tokenClaimRejected, 0.55, or: [(.tokenMalformed, 0.2)])
  }

  /// A client that signs its own assertion, and Keycloak's reason against it.
  static func ofAssertion(_ text: String) -> Meaning {
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says("token is not active", "token was issued", "was issued in the future") {
      return .refusal(.tokenClockSkew, 0.6, or: [(.clientBadSecret, 0.3)])
    }
    if says("audience") { return audience(text) }
    return .refusal(.clientBadSecret, 0.6)
  }

  /// `Expected audiences are any of [A, B] but audience from token is '[C]'`: Keycloak names its own
  /// addresses. When the client names the same host, it is the client's audience that is wrong.
  private static func audience(_ text: String) -> Meaning {
    let own: Meaning = .refusal(
      .clientBadSecret, 0.55, or: [(.tokenAudienceMismatch, 0.3)], mayFollow: false)
    guard let middle = text.firstRange(of: "but audience from token") else {
      return text.contains("match domain")
        ? .refusal(.proxyForwardedHeadersMissing, 0.5, or: [(.tokenAudienceMismatch, 0.3)]) : own
    }
    let expected = IssuerMeaning.addresses(String(text[..<middle.lowerBound])).map(origin)
    let quoted = text[middle.upperBound...].split(separator: "'").dropFirst().first ?? ""
    let got = IssuerMeaning.addresses(String(quoted)).map(origin)
    let isOther = !got.isEmpty && !got.contains { expected.contains($0) }
    return isOther
      ? .refusal(.proxyForwardedHeadersMissing, 0.55, or: [(.tokenAudienceMismatch, 0.3)]) : own
  }

  /// Scheme, host and port.
  private static func origin(_ url: String) -> String {
    let slashes = url.indices.filter { url[$0] == "/" }
    return slashes.count < 3 ? url : String(url[..<slashes[2]])
  }
}
