internal import Evidence

/// What clients of OpenID Connect in the browser and in node write: oidc-client-ts,
/// angular-oauth2-oidc, angular-auth-oidc-client, keycloak-js, keycloak-connect, openid-client,
/// Auth.js.
extension MessageSignatures {
  static let browsers: [MessageSignature] = [
    // oidc-client-ts
    .init(.loginStateLost, "No matching state found in storage"),
    .init(.loginStateLost, "No state in response"),
    .init(.loginStateLost, "State does not match"),
    .init(.tokenNotYetValid, "iat is in the future"),
    .init(.tokenExpired, "exp is in the past"),
    .init(.loginStateLost, "authority mismatch on settings vs. signin state"),
    .init(.loginStateLost, "client_id mismatch on settings vs. signin state"),
    // angular-auth-oidc-client
    .init(.loginStateLost, "authCallback incorrect state"),
    .init(.loginStateLost, "authCallback incorrect nonce"),
    .init(.tokenExpired, "authCallback token expired"),
    .init(
      .tokenIssuer, "authCallback incorrect iss",
      like: "authCallback incorrect iss does not match authWellKnownEndpoints issuer"),
    .init(.tokenAudience, "authCallback incorrect aud"),
    .init(.tokenAudience, "authCallback incorrect azp"),
    .init(.tokenNotYetValid, "authCallback Validation, iat rejected"),
    .init(.tokenSignature, "authCallback Signature validation failed"),
    .init(.tokenSignature, "authCallback incorrect at_hash"),
    // angular-oauth2-oidc
    .init(.loginStateLost, "invalid_nonce_in_state"),
    .init(.loginStateLost, "Wrong nonce: "),
    .init(.tokenIssuer, "Wrong issuer: "),
    .init(.tokenAudience, "Wrong audience: "),
    .init(
      .callIssuerDiffers, "invalid issuer in discovery document",
      like: "invalid issuer in discovery document, expected: https://a current: https://b"),
    .init(.keysUnavailable, "discovery_document_load_error"),
    .init(.callIssuerDiffers, "discovery_document_validation_error"),
    .init(.keysUnavailable, "jwks_load_error"),
    // keycloak-connect: the status of Keycloak's answer
    .init(.callHTTPError, "Error: 404:Not Found", about: .fixed("404"), voice: .others),
    .init(.callHTTPError, "Error: 403:Forbidden", about: .fixed("403"), voice: .others),
    .init(.callHTTPError, "Error: 502:Bad Gateway", about: .fixed("502"), voice: .others),
    .init(.callHTTPError, "Error: 503:Service Unavailable", about: .fixed("503"), voice: .others),
    .init(.codeNotValid, "Could not obtain grant code: Error: 400:Bad Request"),
    // openid-client, Auth.js
    .init(.callTimedOut, "outgoing request timed out after", voice: .others),
    .init(.tokenNotYetValid, "id_token not active yet"),
    .init(.loginStateLost, "cookie was missing", "OAUTH_CALLBACK_ERROR"),
    .init(.loginStateLost, "value could not be parsed", "InvalidCheck"),
    .init(.settingsWrong, "JWT_SESSION_ERROR"),
    .init(.callUntrustedCertificate, "ERR_CERT_AUTHORITY_INVALID"),
    .init(.callUntrustedCertificate, "ERR_CERT_COMMON_NAME_INVALID"),
    .init(.callUntrustedCertificate, "ERR_CERT_DATE_INVALID"),
    .init(.callUntrustedCertificate, "SEC_ERROR_UNKNOWN_ISSUER"),
    .init(.callUntrustedCertificate, "SEC_ERROR_EXPIRED_CERTIFICATE"),
    .init(.callUntrustedCertificate, "SSL_ERROR_BAD_CERT_DOMAIN"),
    .init(.callUntrustedCertificate, "MOZILLA_PKIX_ERROR"),
    // The browser's own console
    .init(.callRefused, "net::ERR_CONNECTION_REFUSED", voice: .others),
    .init(.callReset, "net::ERR_CONNECTION_RESET", voice: .others),
    .init(.callNameNotFound, "net::ERR_NAME_NOT_RESOLVED", voice: .others),
    .init(.callUnreachable, "net::ERR_ADDRESS_UNREACHABLE", voice: .others),
    .init(
      .callTimedOut, "net::ERR_CONNECTION_TIMED_OUT", about: .fixed("connect"), voice: .others),
    .init(.callTLS, "net::ERR_SSL_", voice: .others, like: "net::ERR_SSL_PROTOCOL_ERROR"),
    .init(.settingsWrong, "Web Crypto API is not available"),
    .init(
      .loginStateLost, "cross-site context", "AUTH_SESSION_ID",
      like: "Cookie “AUTH_SESSION_ID” has been rejected because it is in a cross-site context"),
    .init(
      .loginStateLost, "cross-site context", "KC_RESTART",
      like: "Cookie “KC_RESTART” has been rejected because it is in a cross-site context"),
    .init(
      .hostnameOptions, "Mixed Content: ", "requested an insecure", voice: .others,
      like:
        "Mixed Content: The page at 'https://kc/' was loaded over HTTPS, but requested an insecure script"
    ),
    // Middlemen and other clients
    .init(.loginStateLost, "CSRF token missing in session"),
    .init(
      .settingsWrong, "OpenID Connect Redirect URI with no parameters",
      like: "You've hit an OpenID Connect Redirect URI with no parameters"),
    .init(.tokenSignature, "JWS::VerificationFailed"),
    .init(.tokenSignature, "JWS token verification failed", caseless: true),
    .init(.keysUnavailable, "AuthenticatorUnavailableException"),
    .init(
      .codeNotValid, "Invalid authorization code",
      like: "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid authorization code\"}"),
    .init(
      .callTLS, "accessing ", "failed: handshake failed", voice: .others,
      like: "accessing discovery url (https://kc/x) failed: handshake failed"),
    .init(
      .settingsWrong, "Missing \"jwks_uri\" in metadata",
      like: "RuntimeError: Missing \"jwks_uri\" in metadata"),
    .init(.callFailed, "oauth_get_access_token_error", voice: .others),
    .init(.callFailed, "Missing access token parameter", voice: .others),
    .init(.settingsWrong, "Must set 'realm' in config"),
    .init(
      .callHTTPError, "Unable to resolve realm public key remotely, status = ", about: .number,
      voice: .others, like: "Unable to resolve realm public key remotely, status = 404"),
    .init(.tokenUnknownKey, "Verification key is unresolvable"),
    .init(.callReset, "Remote end closed connection without response", voice: .others),
    .init(
      .callWrongURL, "missing field `keys`", voice: .others,
      like: "missing field `keys` at line 1 column 2"),
    .init(
      .callWrongURL, "JSONDecodeError(\"Expecting value\"", voice: .others,
      like: "raise JSONDecodeError(\"Expecting value\", s, err.value) from None"),
    .init(
      .corsRefused, "login-status-iframe.html/init", "403 Forbidden",
      like:
        "https://kc/realms/x/protocol/openid-connect/login-status-iframe.html/init?client_id=a 403 Forbidden"
    ),
    .init(
      .corsRefused, "login-status-iframe.html/init", "403 (Forbidden)",
      like:
        "GET https://kc/realms/x/protocol/openid-connect/login-status-iframe.html/init 403 (Forbidden)"
    ),
    .init(
      .settingsWrong, "expected OpenSSL/", "wrong argument type", caseless: true,
      like: "TypeError: wrong argument type String (expected OpenSSL/EVP_PKEY)"),
    .init(
      .roleMissing, "Resource [ ", " ] denied to [ ",
      like: "[Keycloak] Resource [ Reports ] denied to [ bob ]"),
    .init(
      .callWrongURL, "accessing discovery url", "bad uri",
      like: "accessing discovery url ( http://kc/x) failed: bad uri"),
  ]
}
