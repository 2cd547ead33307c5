internal import Evidence

/// Names of exceptions, for lines that show them without the text that says more: java-jwt, jjwt, jose4j,
/// Nimbus, Spring, Jersey, Apache's HTTP client, Reactor Netty, Python's and Twisted's sockets, aiohttp, Node.
/// And the texts of jjwt and of Spring's filters that stand beside them.
extension MessageSignatures {
  /// Asked after all texts that give a reason themselves.
  static let exceptions: [MessageSignature] = tokenExceptions + springFilters + callExceptions

  private static let tokenExceptions: [MessageSignature] = [
    .init(.tokenNotYetValid, "PrematureJwtException"),
    .init(.tokenExpired, "ExpiredJwtException"),
    .init(.tokenExpired, "ExpiredIdTokenException"),
    .init(.tokenClaim, "IncorrectClaimException"),
    .init(.tokenClaim, "MissingClaimException"),
    .init(.tokenClaim, "InvalidClaimException"),
    .init(.tokenAlgorithm, "AlgorithmMismatchException"),
    .init(.tokenAlgorithm, "UnsupportedJwtException"),
    .init(
      .tokenAlgorithm, "but the header does not reference a valid signature algorithm",
      like: "JWT string has a digest/signature, but the header does not reference a valid signature"
        + " algorithm"),
    .init(.tokenUnknownKey, "SigningKeyNotFoundException"),
    .init(.tokenUnknownKey, "UnresolvableKeyException"),
    .init(.tokenUnknownKey, "unable to locate signature verification key"),
    .init(.tokenSignature, "SignatureVerificationException"),
    .init(.tokenSignature, "InvalidJwtSignatureException"),
    .init(.tokenSignature, "io.jsonwebtoken.SignatureException"),
    .init(.tokenSignature, "io.jsonwebtoken.security.SignatureException"),
    .init(.tokenSignature, "BadJWSException"),
    .init(.tokenMalformed, "MalformedJwtException"),
    .init(.tokenMalformed, "JWTDecodeException"),
    .init(.settingsWrong, "A signing key must be specified if the specified JWT"),
    .init(.settingsWrong, "The JWK source must not be null"),
    .init(.settingsWrong, "key bytes may only be specified for HMAC signatures"),
    .init(.settingsWrong, "ey bytes can only be specified for HMAC signatures"),
    .init(.settingsWrong, "WeakKeyException"),
    .init(.settingsWrong, "bits which is not secure enough for any JWT HMAC-SHA algorithm"),
    .init(.settingsWrong, "No specified given key while expecting it due to policy settings"),
    .init(.keysUnavailable, "Status code from JWKS URL is not valid"),
    .init(.keysUnavailable, "Failed to retrieve JWKS from URL"),
    .init(.keysUnavailable, "could not resolve jwk source"),
    .init(.keysUnavailable, "RemoteKeySourceException"),
    .init(.keysUnavailable, "KeySourceUnreachableException"),
    .init(.keysUnavailable, "Cannot obtain jwks from url"),
    .init(.keysUnavailable, "Failed to fetch keys from URL"),
    .init(.keysUnavailable, "JWKSTimeout"),
    .init(.keysUnavailable, "JwkException"),
    .init(.keysUnavailable, "PyJWKClientConnectionError"),
    .init(.tokenUnknownKey, "PyJWKClientError"),
  ]

  /// Spring's filters: whether somebody was there, and what the answer to a refused code was.
  private static let springFilters: [MessageSignature] = [
    .init(
      .tokenMissing, "(user is anonymous); redirecting to authentication entry point",
      like: "Access is denied (user is anonymous); redirecting to authentication entry point"),
    .init(
      .tokenMissing, "Sending AnonymousAuthenticationToken", "since access is denied",
      like: "Sending AnonymousAuthenticationToken [x] to authentication entry point since access is"
        + " denied"),
    .init(
      .roleMissing, "to access denied handler since access is denied",
      like: "Sending JwtAuthenticationToken [x] to access denied handler since access is denied"),
    .init(
      .roleMissing, "Access is denied (user is not anonymous)",
      like: "Access is denied (user is not anonymous); delegating to AccessDeniedHandler"),
    .init(
      .roleMissing, "\"access_denied\"", "\"Access is denied\"",
      like: "{\"error\":\"access_denied\",\"error_description\":\"Access is denied\"}"),
    .init(.roleMissing, "error=\"access_denied\", error_description=\"Access is denied\""),
    .init(.tokenMissing, "client_authorization_required"),
    .init(.tokenMissing, "ClientAuthorizationRequiredException"),
    .init(.tokenMissing, "InsufficientAuthenticationException"),
    .init(.tokenMissing, "AuthenticationCredentialsNotFoundException"),
    .init(.roleMissing, "AuthorizationDeniedException"),
  ]

  private static let callExceptions: [MessageSignature] = [
    .init(.callNameNotFound, "gaierror", voice: .others),
    .init(.callNameNotFound, "DNSLookupError", voice: .others),
    .init(.callNameNotFound, "ClientConnectorDNSError", voice: .others),
    .init(.callUntrustedCertificate, "SSLCertVerificationError", voice: .others),
    .init(.callUntrustedCertificate, "ClientConnectorCertificateError", voice: .others),
    .init(.callTLS, "ClientConnectorSSLError", voice: .others),
    .init(.callTLS, "SSL peer shut down incorrectly", voice: .others),
    .init(.callTLS, "javax.net.ssl.SSLException", voice: .others),
    .init(.callTimedOut, "Connection timeout after ", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "SSL connection timeout", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "ConnectionTimeoutError", about: .fixed("connect"), voice: .others),
    .init(.callRefused, "ConnectionRefusedErr", voice: .others, like: "ConnectionRefusedError"),
    .init(.callRefused, "HttpHostConnectException", voice: .others),
    .init(.callRefused, "AnnotatedConnectException", voice: .others),
    .init(.callRefused, "ClientConnectorError", voice: .others),
    .init(.callRefused, "httpx.ConnectError", voice: .others),
    .init(.callReset, "ConnectionResetError", voice: .others),
    .init(.callReset, "NoHttpResponseException", voice: .others),
    .init(.callReset, "PrematureCloseException", voice: .others),
    .init(.callReset, "ServerDisconnectedError", voice: .others),
    .init(.callReset, "ResponseNeverReceived", voice: .others),
    .init(.callReset, "http: server closed idle connection", voice: .others),
    .init(
      .callHTTPError, "HTTPClientError: HTTP ", about: .number, voice: .others,
      like: "tornado.httpclient.HTTPClientError: HTTP 401: Unauthorized"),
    .init(.callReset, "UND_ERR_SOCKET", voice: .others),
    .init(
      .callReset, "\": EOF", "http", voice: .others,
      like: "Get \"https://sso.example.org/realms/x/protocol/openid-connect/certs\": EOF"),
  ]

  /// python-keycloak's exceptions print the status and the body: without a body only some statuses have one meaning.
  static let bareStatuses: [MessageSignature] =
    ["404", "405", "431", "502", "503", "504"].flatMap { status in
      ["b''", "b'<"].map {
        MessageSignature(
          .callHTTPError, "keycloak.exceptions.Keycloak", "Error: \(status): \($0)",
          about: .fixed(status), voice: .others,
          like: "keycloak.exceptions.KeycloakGetError: \(status): \($0)")
      }
    } + [
      MessageSignature(
        .accessForbidden, "keycloak.exceptions.Keycloak", "Error: 403: b''",
        like: "keycloak.exceptions.KeycloakGetError: 403: b''")
    ]

  /// A status and its name behind words about logins: `initializing plugin: 404 Not Found: <html>`, as go-oidc
  /// and HTTP clients put it.
  static let quotedStatuses: [MessageSignature] = statusNames.flatMap { status, name in
    ["oidc", "openid", "/realms/", "keycloak", "jwks", "discovery", "provider", "issuer"].map {
      MessageSignature(
        .callHTTPError, status + " " + name, $0, about: .fixed(status), voice: .others,
        caseless: true, like: "\($0): \(status) \(name)")
    }
  }

  private static let statusNames = [
    ("401", "Unauthorized"), ("403", "Forbidden"), ("404", "Not Found"),
    ("405", "Method Not Allowed"), ("500", "Internal Server Error"), ("502", "Bad Gateway"),
    ("503", "Service Unavailable"), ("503", "Service Temporarily Unavailable"),
    ("504", "Gateway Time"),
  ]
}
