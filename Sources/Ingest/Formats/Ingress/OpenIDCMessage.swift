internal import ByteScan
internal import Evidence

/// What a message of mod_auth_openidc says (`oidc_proto_validate_exp: "exp" validation failure …`).
///
/// Source: <https://github.com/OpenIDC/mod_auth_openidc>, `src/`.
struct OpenIDCMessage {
  var statement = Statement.other
  var subject = (start: 0, end: 0)
  var peer = (start: 0, end: 0)

  init(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    guard Bytes.has("oidc_", s, from, to) || Bytes.has("oauth2_", s, from, to) else { return }
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    if has("\"exp\" validation failure") {
      statement = .tokenExpired
      setSeconds(s, from, to)
    } else if has("\"iat\" validation failure") || has("\"nbf\" validation failure") {
      statement = has("seconds ago") ? .tokenExpired : .tokenNotYetValid
      setSeconds(s, from, to)
    } else if has("requested issuer (") || has("configured OIDCOAuthVerifyIssuer (") {
      statement = .tokenIssuer
    } else if has("\"aud\" claim") || has("configured audience value") {
      statement = .tokenAudience
    } else if has("could not find a key in the JSON Web Keys") || has("could not find key with") {
      statement = .tokenUnknownKey
    } else if has("JWT was not signed with the expected configured algorithm") {
      statement = .tokenAlgorithm
    } else if has("signature verification failed") || has("signature could not be validated") {
      statement = .tokenSignature
    } else if has("could not parse JWT from state") {
      statement = .loginStateLost
    } else if has("could not parse JWT") {
      statement = .tokenMalformed
    } else if has("unsupported authentication scheme") {
      statement = .unsupportedScheme
    } else if has("o bearer token found in the request") {
      statement = .tokenMissing
    } else if has("could not be introspected") {
      statement = .tokenInactive
    } else if has("JWKs published at the jwks_uri") {
      statement = .keysUnavailable
    } else if has("curl_easy_perform(") || has("failed with a timeout for URL") {
      call(s, from, to)
    } else if has("error when calling the token endpoint") {
      statement = .callFailed
    } else if has("state cookie found") || has("unable to restore state")
      || has("state has expired") || has("does not match state parameter")
      || has("invalid authorization response state")
    {
      statement = .loginStateLost
    } else if has("access_token could not be refreshed") {
      statement = .refreshFailed
    } else if has("maximum session duration exceeded") || has("session corrupted") {
      statement = .sessionNotFound
    } else if has("remote user could not be set") {
      statement = .tokenClaim
    } else if has("the URL scheme (") || has("detected HTTP scheme") {
      statement = .settingsWrong
    }
  }

  /// `curl_easy_perform(…) failed for URL with: [Couldn't connect to server]`
  private mutating func call(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    if has("refused") {
      statement = .callRefused
    } else if has("resolve host") || has("resolve proxy") {
      statement = .callNameNotFound
    } else if has("Resolving timed out") {
      statement = .callNameTemporary
    } else if has("imeout") || has("timed out") {
      statement = .callTimedOut
    } else if has("certificate") {
      statement = .callUntrustedCertificate
    } else if has("SSL") || has("TLS") {
      statement = .callTLS
    } else if has("No route to host") || has("unreachable") || has("Permission denied") {
      statement = .callUnreachable
    } else if has("reset by peer") || has("Empty reply") {
      statement = .callReset
    } else {
      statement = .callFailed
    }
    let url = Bytes.find("http", s, from, to)
    guard url >= 0, Bytes.contains("://", s, url, min(to, url + 8)) else { return }
    let authority = UpstreamURL.authority(s, url, to)
    peer = (authority.start, authority.end)
  }

  /// `JWT expired 12 seconds ago`
  private mutating func setSeconds(_ s: Span<UInt8>, _ from: Int, _ to: Int) {
    let word = Bytes.find(" seconds", s, from, to)
    guard word > from else { return }
    var start = word
    while start > from, Bytes.isDigit(s[start - 1]) { start -= 1 }
    subject = (start, word)
  }
}
