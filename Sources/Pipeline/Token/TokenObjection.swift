package import Evidence
internal import Report

/// A reason for which a verifier would refuse a token, or may.
package struct TokenObjection: Sendable {
  package var cause: CauseID
  /// Who would say no, and why.
  package var text: String
  /// Every verifier refuses, whatever its settings.
  package var isCertain: Bool

  package init(cause: CauseID, text: String, isCertain: Bool) {
    self.cause = cause
    self.text = text
    self.isCertain = isCertain
  }
}

extension TokenReading {
  /// Envoy's default leeway for `exp` and `nbf` (`clock_skew_seconds` of its JWT filter).
  private static let leeway = 60.0
  /// Common limits of all request headers together are 8 kB (nginx, Tomcat, Node).
  private static let largest = 7000

  /// What speaks against the token at `now`, certain objections first.
  package func objections(at now: Instant) -> [TokenObjection] {
    var found: [TokenObjection] = []
    func object(_ cause: CauseID, _ text: String, isCertain: Bool = false) {
      found.append(TokenObjection(cause: cause, text: text, isCertain: isCertain))
    }
    if let defect {
      object(.tokenMalformed, "by every verifier: \(defect)", isCertain: true)
      return found
    }
    let algorithm = headerValue("alg")?.text ?? ""
    if algorithm.lowercased() == "none" || signatureBytes == 0 {
      object(.tokenAlgorithm, "by every verifier: it is not signed", isCertain: true)
    } else if algorithm.hasPrefix("HS") {
      object(
        .tokenAlgorithm,
        "by verifiers that use published keys: \(algorithm) needs the secret of the issuer"
          + " (Keycloak signs its refresh tokens so)")
    }
    if headerValue("kid") == nil {
      object(.tokenAlgorithm, "by verifiers that choose a key by kid: there is none")
    }
    if let type = claim("typ")?.text, ["ID", "Refresh", "Offline", "Logout"].contains(type) {
      object(
        .tokenWrongType, "by resource servers that look: typ is \(type), not Bearer")
    }
    oddTimes(object)
    times(now, object)
    if claim("iss") == nil {
      object(.tokenIssuerMismatch, "by verifiers that check the issuer: there is no iss")
    }
    if claim("aud") == nil {
      object(.tokenAudienceMismatch, "by verifiers that ask for an audience: there is no aud")
    }
    if length > TokenReading.largest {
      object(
        .ingressHeaderTooLarge,
        "by servers that allow 8 kB of headers: the token alone has \(Phrase.grouped(length)) bytes"
      )
    }
    return found.filter(\.isCertain) + found.filter { !$0.isCertain }
  }

  /// What is no time: a verifier has to refuse it or to guess (RFC 7519 §2, NumericDate).
  private func oddTimes(_ object: (CauseID, String, Bool) -> Void) {
    for name in ["exp", "nbf", "iat"] {
      guard let value = claim(name) else { continue }
      guard case .number(let digits) = value else {
        object(
          .tokenMalformed, "by every verifier that reads \(name): it is no number of seconds", true)
        continue
      }
      let seconds = Double(digits) ?? .infinity
      if abs(seconds) >= 0x1p63 {
        object(.tokenMalformed, "by every verifier that reads \(name): no clock gets there", true)
      } else if seconds > TokenReading.lastYear {
        let hint = seconds < 1e14 ? " (milliseconds?)" : ""
        object(
          .tokenMalformed, "by verifiers that check \(name): it is thousands of years ahead\(hint)",
          false)
      } else if seconds < 0 {
        object(.tokenMalformed, "by verifiers that check \(name): it is before 1970", false)
      }
    }
  }

  /// The end of the year 9999: nothing that is meant comes later.
  private static let lastYear = 253_402_300_799.0

  private func times(_ now: Instant, _ object: (CauseID, String, Bool) -> Void) {
    func seconds(_ name: String) -> Double? {
      claim(name)?.integer.flatMap {
        Double($0) > TokenReading.lastYear || $0 < 0 && name != "exp"
          ? nil : Double(now.nanoseconds) / 1e9 - Double($0)
      }
    }
    if let past = seconds("exp"), past >= 0 {
      let isWithin = past <= TokenReading.leeway
      object(
        .tokenExpired,
        "by \(isWithin ? "verifiers without leeway" : "every verifier"):"
          + " exp was \(Phrase.duration(past)) ago", !isWithin)
    }
    for name in ["nbf", "iat"] {
      guard let past = seconds(name), past < 0 else { continue }
      object(
        .tokenClockSkew,
        "by verifiers that check \(name): it is \(Phrase.duration(-past)) ahead of this clock",
        name == "nbf" && -past > TokenReading.leeway)
    }
  }
}
