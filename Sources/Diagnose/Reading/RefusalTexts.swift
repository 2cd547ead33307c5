internal import Evidence
internal import Synchronization

/// The refusals of common token libraries, word for word. Used twice: to understand a challenge or
/// an error body, and to recognise a text by its length alone where only a size was logged
/// (`LengthFit`). Source: measured answers of the libraries (PyJWT 2, joserfc/Authlib,
/// express-oauth2-jwt-bearer, Spring Security 6, mod_auth_openidc, Keycloak's OIDC errors).
struct RefusalText {
  /// With `*` for one variable part.
  var text: String
  var statement: Statement
  /// The length of the variable part to try; empty when there is none.
  var variable: [Int] = []
  var library: Library
  /// How often services say this, compared with what all of them say.
  var often = 1.0

  enum Library { case pyjwt, joserfc, node, jsonwebtoken, other, spring }

  /// Bytes as they stand in a challenge, where inner quotes become apostrophes.
  func plainLength(variable length: Int) -> Int {
    text.utf8.count + (variable.isEmpty ? 0 : length - 1)
  }

  /// Bytes in a JSON string: each `"` and `\` takes two.
  func escapedLength(variable length: Int) -> Int {
    var n = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "*"): n += length
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): n += 2
      default: n += 1
      }
    }
    return n
  }
}

enum RefusalTexts {
  /// A Keycloak key id has 43 characters, those of other vendors have other lengths.
  static let keycloakKeyIDLength = 43
  static let foreignKeyIDLengths = [27, uuidLength, 40]
  /// Those of Keycloak's own keys for HMAC, too.
  static let uuidLength = 36

  /// `acr`, `azp`, `sub`; `email`, `roles`, `scope`; `groups`.
  private static let claimLengths = [3, 5, 6]
  /// Few services ask for claims beyond issuer, audience and times.
  private static let seldom = 0.05
  /// Most services in Node have a middleware that words it anew.
  private static let rare = 0.2

  static let all: [RefusalText] = [
    .init(text: "Signature has expired", statement: .tokenExpired, library: .pyjwt),
    .init(
      text: "The token is not yet valid (iat)", statement: .tokenNotYetValid, library: .pyjwt),
    .init(
      text: "The token is not yet valid (nbf)", statement: .tokenNotYetValid, library: .pyjwt),
    .init(text: "Invalid issuer", statement: .tokenIssuer, library: .pyjwt),
    .init(text: "Audience doesn't match", statement: .tokenAudience, library: .pyjwt),
    .init(
      text: "Token is missing the \"aud\" claim", statement: .tokenAudience, library: .pyjwt),
    .init(
      text: "Token is missing the \"*\" claim", statement: .tokenClaim, variable: claimLengths,
      library: .pyjwt, often: seldom),
    .init(
      text: "Signature verification failed", statement: .tokenSignature, library: .pyjwt),
    .init(
      text: "Unable to find a signing key that matches: \"*\"", statement: .tokenUnknownKey,
      variable: [keycloakKeyIDLength] + foreignKeyIDLengths, library: .pyjwt),
    .init(
      text: "The specified alg value is not allowed", statement: .tokenAlgorithm, library: .pyjwt),
    .init(text: "Not enough segments", statement: .tokenMalformed, library: .pyjwt),
    .init(text: "Invalid header padding", statement: .tokenMalformed, library: .pyjwt),
    .init(text: "Invalid payload padding", statement: .tokenMalformed, library: .pyjwt),
    .init(text: "Invalid crypto padding", statement: .tokenMalformed, library: .pyjwt),
    .init(text: fetch("timed out", quoted: false), statement: .callTimedOut, library: .pyjwt),
    .init(text: fetch("timed out"), statement: .callTimedOut, library: .pyjwt),
    .init(
      text: fetch("[Errno 111] Connection refused"), statement: .callRefused, library: .pyjwt),
    .init(
      text: fetch("[Errno 113] No route to host"), statement: .callUnreachable, library: .pyjwt),
    .init(
      text: fetch("[Errno 104] Connection reset by peer"), statement: .callReset, library: .pyjwt),
    .init(
      text: fetch("[Errno -2] Name or service not known"), statement: .callNameNotFound,
      library: .pyjwt),
    .init(
      text: fetch("[Errno -3] Temporary failure in name resolution"),
      statement: .callNameTemporary, library: .pyjwt),
    // The same in the words of musl.
    .init(
      text: fetch("[Errno -2] Name does not resolve"), statement: .callNameNotFound,
      library: .pyjwt),
    .init(
      text: fetch("[Errno -3] Try again"), statement: .callNameTemporary, library: .pyjwt),
    .init(
      text: "Fail to fetch data from the url, err: \"HTTP Error 503: Service Unavailable\"",
      statement: .callHTTPError, library: .pyjwt),
    .init(
      text: "Fail to fetch data from the url, err: \"HTTP Error 404: Not Found\"",
      statement: .callWrongURL, library: .pyjwt),
    .init(
      text: fetch(
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
          + "unable to get local issuer certificate (_ssl.c:1006)"),
      statement: .callUntrustedCertificate, library: .pyjwt),
    .init(
      text: fetch(
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
          + "self-signed certificate in certificate chain (_ssl.c:1006)"),
      statement: .callUntrustedCertificate, library: .pyjwt),
    .init(
      text: fetch("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"),
      statement: .callTLS, library: .pyjwt),
    .init(
      text: "expired_token: The token is expired", statement: .tokenExpired, library: .joserfc),
    .init(
      text: "invalid_claim: Invalid claim: 'iss'", statement: .tokenIssuer, library: .joserfc),
    .init(
      text: "invalid_claim: Invalid claim: 'aud'", statement: .tokenAudience, library: .joserfc),
    .init(
      text: "missing_claim: Missing claim: 'aud'", statement: .tokenAudience, library: .joserfc),
    // Three letters would be `iss` and `aud` as well.
    .init(
      text: "invalid_claim: Invalid claim: '*'", statement: .tokenClaim,
      variable: Array(claimLengths.dropFirst()), library: .joserfc, often: seldom),
    .init(
      text: "missing_claim: Missing claim: '*'", statement: .tokenClaim, variable: claimLengths,
      library: .joserfc),
    .init(text: "bad_signature: ", statement: .tokenSignature, library: .joserfc),
    .init(
      text: "invalid_key_id: No key for kid: '*'", statement: .tokenUnknownKey,
      variable: [keycloakKeyIDLength] + foreignKeyIDLengths, library: .joserfc),
    .init(
      text: "unsupported_algorithm: Algorithm of '*' is not allowed", statement: .tokenAlgorithm,
      variable: [5], library: .joserfc),
    .init(
      text: "decode_error: Invalid JSON Web Signature", statement: .tokenMalformed,
      library: .joserfc),
    .init(text: "decode_error: Invalid header", statement: .tokenMalformed, library: .joserfc),
    .init(
      text: "\"exp\" claim timestamp check failed", statement: .tokenExpired, library: .node),
    .init(text: "Unexpected 'iss' value", statement: .tokenIssuer, library: .node),
    .init(text: "Unexpected 'aud' value", statement: .tokenAudience, library: .node),
    .init(
      text: "Unexpected '*' value", statement: .tokenClaim,
      variable: Array(claimLengths.dropFirst()) + [14], library: .node, often: seldom),
    // The same in the words of `jose`.
    .init(
      text: "unexpected \"iss\" claim value", statement: .tokenIssuer, library: .node, often: rare),
    .init(
      text: "unexpected \"aud\" claim value", statement: .tokenAudience, library: .node, often: rare
    ),
    .init(
      text: "unexpected \"*\" claim value", statement: .tokenClaim,
      variable: Array(claimLengths.dropFirst()), library: .node, often: seldom),
    .init(
      text: "missing required \"*\" claim", statement: .tokenClaim, variable: claimLengths,
      library: .node, often: seldom),
    .init(text: "Invalid Compact JWS", statement: .tokenMalformed, library: .node),
    .init(text: "signature verification failed", statement: .tokenSignature, library: .node),
    .init(
      text: "no applicable key found in the JSON Web Key Set", statement: .tokenUnknownKey,
      library: .node),
    .init(
      text: decoding("Jwt expired at *"), statement: .tokenExpired, variable: [20], library: .spring
    ),
    .init(
      text: decoding("Jwt used before *"), statement: .tokenNotYetValid, variable: [20],
      library: .spring),
    .init(text: decoding("The iss claim is not valid"), statement: .tokenIssuer, library: .spring),
    .init(
      text: decoding("The aud claim is not valid"), statement: .tokenAudience, library: .spring),
    .init(
      text: decoding(
        "Signed JWT rejected: Another algorithm expected, or no matching key(s) found"),
      statement: .tokenUnknownKey, library: .spring),
    .init(
      text: decoding("Signed JWT rejected: Invalid signature"), statement: .tokenSignature,
      library: .spring),
    .init(text: decoding("Malformed token"), statement: .tokenMalformed, library: .spring),
    .init(text: "Bearer token is malformed", statement: .tokenMalformed, library: .spring),
    .init(text: "jwt expired", statement: .tokenExpired, library: .jsonwebtoken),
    .init(text: "jwt not active", statement: .tokenNotYetValid, library: .jsonwebtoken),
    .init(text: "jwt malformed", statement: .tokenMalformed, library: .jsonwebtoken),
    .init(text: "invalid token", statement: .tokenMalformed, library: .jsonwebtoken),
    .init(text: "invalid signature", statement: .tokenSignature, library: .jsonwebtoken),
    .init(text: "invalid algorithm", statement: .tokenAlgorithm, library: .jsonwebtoken),
  ]

  private static func decoding(_ reason: String) -> String {
    "An error occurred while attempting to decode the Jwt: " + reason
  }

  private static func fetch(_ reason: String, quoted: Bool = true) -> String {
    quoted
      ? "Fail to fetch data from the url, err: \"<urlopen error " + reason + ">\""
      : "Fail to fetch data from the url, err: \"" + reason + "\""
  }

  /// What an error text or challenge says; `nil` when it is not understood.
  static func statement(of text: String) -> Statement? {
    if let known = known.withLock({ $0[text] }) { return known }
    // Quotes inside a quoted string are escaped (RFC 9110 section 5.6.4).
    let lower = String(text.lowercased().filter { $0 != "\\" })
    let found = phrases.first { lower.contains($0.0) }?.1
    known.withLock { if $0.count < mostKnown { $0[text] = .some(found) } }
    return found
  }

  /// Thousands of refusals share a few texts, and searching one for all phrases takes 0.3 ms.
  private static let known = Mutex<[String: Statement?]>([:])
  private static let mostKnown = 4096

  /// Lower-case phrases, the more telling first.
  private static let phrases: [(String, Statement)] = [
    // RFC 6750's own sentence for any bad token: says nothing of which.
    ("expired, revoked, malformed", .tokenInactive),
    ("certificate_verify_failed", .callUntrustedCertificate), ("pkix", .callUntrustedCertificate),
    ("unknown authority", .callUntrustedCertificate), ("wrong version number", .callTLS),
    ("connection refused", .callRefused), ("no route to host", .callUnreachable),
    ("name or service not known", .callNameNotFound), ("unknownhost", .callNameNotFound),
    ("temporary failure in name", .callNameTemporary),
    ("errno -3] try again", .callNameTemporary), ("name does not resolve", .callNameNotFound),
    ("connection reset", .callReset),
    ("timed out", .callTimedOut), ("http error 5", .callHTTPError),
    ("http error 404", .callWrongURL), ("did not contain any keys", .callWrongURL),
    ("no keys found in jwks", .callWrongURL), ("malformed jwk set", .callWrongURL),
    ("required \"keys\" member", .callWrongURL), ("failed to load public key", .keysUnavailable),
    ("unable to get public key", .keysUnavailable), ("failed to fetch jwks", .keysUnavailable),
    ("unable to fetch jwks", .keysUnavailable), ("failed to fetch keys", .keysUnavailable),
    ("authenticator not initialized", .keysUnavailable), ("jwks remote fetch", .keysUnavailable),
    ("retrieve remote jwk set", .keysUnavailable),
    ("not yet valid", .tokenNotYetValid), ("used before", .tokenNotYetValid),
    ("issued in the future", .tokenNotYetValid),
    ("jwt expired", .tokenExpired), ("has expired", .tokenExpired), ("is expired", .tokenExpired),
    ("token expired", .tokenExpired), ("exp\" claim timestamp", .tokenExpired),
    ("exp' claim timestamp", .tokenExpired), ("no longer valid", .tokenExpired),
    ("invalid issuer", .tokenIssuer), ("claim: 'iss'", .tokenIssuer),
    ("iss claim is not valid", .tokenIssuer), ("unexpected 'iss'", .tokenIssuer),
    ("unexpected \"iss\"", .tokenIssuer), ("issuer is not configured", .tokenIssuer),
    ("audience doesn't match", .tokenAudience), ("'aud'", .tokenAudience),
    ("\"aud\" claim", .tokenAudience), ("aud claim is not valid", .tokenAudience),
    ("audiences in jwt", .tokenAudience), ("invalid audience", .tokenAudience),
    ("no key for kid", .tokenUnknownKey), ("signing key that matches", .tokenUnknownKey),
    ("no matching key", .tokenUnknownKey), ("key to match kid", .tokenUnknownKey),
    ("no applicable key", .tokenUnknownKey), ("key not found", .tokenUnknownKey),
    ("bad_signature", .tokenSignature), ("signature verification failed", .tokenSignature),
    ("invalid signature", .tokenSignature), ("verification fails", .tokenSignature),
    ("invalid token signature", .tokenSignature),
    ("unsupported_algorithm", .tokenAlgorithm), ("alg value is not allowed", .tokenAlgorithm),
    ("algorithm of", .tokenAlgorithm), ("alg] is not supported", .tokenAlgorithm),
    ("given typ value", .tokenType), ("claim is not valid", .tokenClaim),
    // RFC 9470 section 3.
    ("insufficient_user_authentication", .tokenClaim),
    ("api-key.invalid", .tokenWrongParty),
    ("missing_claim", .tokenClaim), ("is missing the \"", .tokenClaim),
    ("is missing the '", .tokenClaim),
    ("not enough segments", .tokenMalformed), ("padding", .tokenMalformed),
    ("malformed", .tokenMalformed), ("decode_error", .tokenMalformed),
    ("not in the form of", .tokenMalformed), ("invalid base64url", .tokenMalformed),
    ("invalid compact jws", .tokenMalformed), ("must start with bearer", .unsupportedScheme),
    ("user_session_not_found", .sessionNotFound), ("session not active", .sessionNotFound),
    ("missing openid scope", .scopeMissing), ("insufficient_scope", .roleMissing),
    ("higher privileges", .roleMissing), ("jwt is missing", .tokenMissing),
    ("no bearer token found", .tokenMissing), ("jwt is expired", .tokenExpired),
    ("inactive", .tokenInactive),
    ("could not be validated", .tokenRefused), ("token verification failed", .tokenRefused),
  ]
}
