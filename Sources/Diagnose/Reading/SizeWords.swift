internal import Evidence

/// What the text would say that an answer's size fits.
enum SizeWords {
  /// Of some statements, the one that a group's sizes fit best.
  static func meaning(of wanted: Set<Statement>, _ group: Group) -> String {
    let best = group.byLength.filter { wanted.contains($0.key) }.max {
      ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue)
    }
    return best.map { meaning(of: $0.key) } ?? "so"
  }

  private static func meaning(of statement: Statement) -> String {
    switch statement {
    case .tokenMissing: "that no token was sent"
    case .tokenExpired: "that the token is expired"
    case .tokenNotYetValid: "that the token is not valid yet"
    case .tokenMalformed, .unsupportedScheme: "that the token cannot be read"
    case .tokenSignature: "that the signature is wrong"
    case .tokenUnknownKey: "that the key is unknown"
    case .tokenAlgorithm: "that the algorithm is not accepted"
    case .tokenIssuer, .callIssuerDiffers: "that the issuer is wrong"
    case .tokenAudience: "that the audience is wrong"
    case .tokenClaim: "that a claim is wrong"
    case .tokenType: "that the token is of another kind"
    case .tokenWrongParty: "that another credential is wanted"
    case .tokenInactive: "that the token is not active"
    case .tokenRefused: "that the token is refused"
    case .sessionNotFound: "that the session is gone"
    case .roleMissing, .accessForbidden: "that a right is missing"
    case .scopeMissing: "that a scope is missing"
    case .keysUnavailable: "that the keys could not be fetched"
    case .callTimedOut: "that a call timed out"
    case .callRefused: "that a connection was refused"
    case .callUnreachable: "that there is no route to the host"
    case .callReset: "that a connection was reset"
    case .callNameNotFound: "that a name is not known"
    case .callNameTemporary: "that a name could not be looked up"
    case .callUntrustedCertificate: "that a certificate is not trusted"
    case .callTLS, .upstreamTLSFailed, .upstreamTLSVerify: "that TLS failed"
    case .callHTTPError: "that a call was answered with an error"
    case .callWrongURL: "that something else stands at the address"
    default: "what goes with this cause"
    }
  }
}
