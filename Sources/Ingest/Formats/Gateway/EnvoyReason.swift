internal import ByteScan
internal import Evidence

/// What Envoy's response code details say, as a statement: the line's own reason becomes a message
/// with the citation of its request.
///
/// <https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details>;
/// JWT texts: Envoy `source/common/jwt/status.cc` (blanks written as `_`).
enum EnvoyReason {
  static func add(
    _ request: Request, _ from: Int, _ to: Int, _ reasonFrom: Int, _ reasonTo: Int,
    _ s: Span<UInt8>, _ sink: inout Sink
  ) {
    let statement = statement(s, from, to, reasonFrom, reasonTo)
    guard statement != .other else { return }
    add(request, statement, text: request.detail, &sink)
  }

  static func add(
    _ request: Request, _ statement: Statement, text: Symbol, _ sink: inout Sink
  ) {
    var message = Message(citation: request.citation)
    message.time = request.end
    message.format = request.format
    message.statement = statement
    message.writer = request.writer
    message.text = text
    message.peer = request.upstreamAddress
    message.client = request.client
    message.host = request.host
    message.path = request.path
    message.requestID = request.requestID
    message.traceID = request.traceID
    sink.add(message)
  }

  static func statement(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ reasonFrom: Int, _ reasonTo: Int
  ) -> Statement {
    func starts(_ text: StaticString) -> Bool { Bytes.has(text, s, from, to) }
    func has(_ text: StaticString) -> Bool { Bytes.contains(text, s, from, to) }
    if starts("jwt_authn_access_denied{") {
      return EnvoyReason.token(s, from + 24, to) ?? .tokenRefused
    }
    if starts("upstream_reset_before_response_started")
      || starts("upstream_reset_after_response_started")
    {
      return reset(s, from, to, reasonFrom, reasonTo)
    }
    if starts("ext_authz_error") { return .authServiceCallFailed }
    if starts("rbac_access_denied") { return .accessRuleDenied }
    if starts("no_healthy_upstream") || starts("cluster_not_found") { return .noLiveUpstream }
    if has("response_timeout") || starts("upstream_per_try_timeout") { return .upstreamTimedOut }
    if starts("downstream_remote_disconnect") { return .clientGaveUp }
    if has("headers_too_large") || has("too_many_headers") { return .requestHeaderTooLarge }
    if has("unexpected_underscore") { return .invalidHeaderDropped }
    if starts("no_credential_for_basic_auth") { return .basicMissing }
    if starts("invalid_credential_for_basic_auth") { return .basicPasswordMismatch }
    if starts("invalid_scheme_for_basic_auth") { return .unsupportedScheme }
    if starts("dns_resolution_failure") || has("DNS_resolution_failed") {
      return .upstreamNameFailed
    }
    if starts("CSRF token validation failed") || starts("State query param")
      || starts("Code or state query param")
    {
      return .loginStateLost
    }
    if starts("Failed to refresh the access token") { return .refreshFailed }
    return .other
  }

  private static func reset(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ reasonFrom: Int, _ reasonTo: Int
  ) -> Statement {
    func has(_ text: StaticString) -> Bool {
      Bytes.contains(text, s, from, to) || Bytes.contains(text, s, reasonFrom, reasonTo)
    }
    if has("CERTIFICATE_VERIFY_FAILED") { return .upstreamTLSVerify }
    if has("TLS_error") || has("TLS error") { return .upstreamTLSFailed }
    if has("connect_error:_111") || has("connect error: 111") || has("Connection_refused") {
      return .upstreamRefused
    }
    if has("connect_error:_113") || has("connect_error:_101") || has("connect error: 113") {
      return .upstreamUnreachable
    }
    if has("connect_error:_110") || has("connection_timeout") || has("connection timeout") {
      return .upstreamConnectTimedOut
    }
    if has("remote_connection_failure") { return .upstreamRefused }
    if has("connection_failure") || has("connection failure") { return .upstreamUnreachable }
    if has("connection_termination") || has("connection termination") { return .upstreamClosed }
    if has("remote_reset") || has("remote reset") { return .upstreamReset }
    if has("overflow") { return .noLiveUpstream }
    return .upstreamReset
  }

  /// A status text of Envoy's JWT library, with blanks or underscores; nil for any other words.
  static func token(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Statement? {
    func has(_ text: StaticString) -> Bool { EnvoyReason.matches(text, s, from, to) }
    if has("Jwt is missing") { return .tokenMissing }
    if has("Jwt is expired") { return .tokenExpired }
    if has("Jwt not yet valid") { return .tokenNotYetValid }
    if has("Jwt issuer is not configured") { return .tokenIssuer }
    if has("Audiences in Jwt are not allowed") { return .tokenAudience }
    if has("Jwt verification fails") { return .tokenSignature }
    if has("Jwks doesn't have key to match kid or alg from Jwt") { return .tokenUnknownKey }
    if has("Jwt header [alg] is not supported") { return .tokenAlgorithm }
    if has("Jwks is an") || has("Jwks does") || has("Jwks RSA") || has("Jwks EC")
      || has("Jwks Oct") || has("Jwks OKP") || has("Jwks remote fetch is failed")
      || has("[keys] in Jwks") || has("[kty] ") || has("X509 parse pubkey")
      || has("PEM ")
    {
      return .keysUnavailable
    }
    if has("Jwt payload [") { return .tokenClaim }
    if has("Jwt is not in the form") || has("Jwt header ") || has("Jwt payload is an invalid")
      || has("Jwt signature is an invalid") || has("Jwt ED25519 signature is wrong length")
      || has("Found multiple Jwt tokens")
    {
      return .tokenMalformed
    }
    return nil
  }

  /// `text` stands at `from`, its blanks perhaps written as underscores.
  private static func matches(
    _ text: StaticString, _ s: Span<UInt8>, _ from: Int, _ to: Int
  ) -> Bool {
    let length = text.utf8CodeUnitCount
    guard from >= 0, from + length <= to else { return false }
    for i in 0..<length {
      let c = unsafe text.utf8Start[i]
      let d = s[from + i]
      if c != d, !(c == 32 && d == UInt8(ascii: "_")) { return false }
    }
    return true
  }
}
