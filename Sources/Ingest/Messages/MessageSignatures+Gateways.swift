internal import Evidence

/// What gateways and auth services at the edge say in words that no library shares: APISIX and Kong on
/// lua-resty-openidc and lua-resty-jwt, 3scale, mod_auth_openidc, Traefik's forwardAuth and its OpenID
/// Connect plug-ins, HAProxy's auth-request, NGINX's njs code, Envoy's OAuth 2 filter, KrakenD, Oathkeeper,
/// authservice, Vouch, caddy-security, oauth-proxy of OpenShift. Texts as in the products' sources.
extension MessageSignatures {
  /// Asked before the reasons of failed calls and before the refusals of tokens, which they quote.
  static let gateways: [MessageSignature] =
    authServices + gatewaySettings + gatewayTokens + gatewayCalls

  /// The service that the edge asks about each request could not be asked.
  private static let authServices: [MessageSignature] = [
    .init(
      .authServiceCallFailed, "Error calling http", "Cause",
      like: "Error calling http://auth:4181. Cause: Get \"http://auth:4181\": connection refused"),
    .init(
      .authServiceCallFailed, "Remote error http", "StatusCode: 5",
      like: "Remote error http://auth:4181. StatusCode: 500"),
    .init(
      .authServiceCallFailed, "Failure in auth-request backend",
      like: "Failure in auth-request backend 'auth': timeout"),
    .init(
      .authServiceCallFailed, "Invalid status code in auth-request backend",
      like: "Invalid status code in auth-request backend 'auth': 500"),
    .init(
      .authServiceCallFailed, "No servers available for auth-request backend",
      like: "No servers available for auth-request backend: 'auth'"),
    .init(.settingsWrong, "Unknown auth-request backend"),
  ]

  private static let gatewaySettings: [MessageSignature] = [
    .init(
      .settingsWrong, "No trusted certs loaded",
      like: "jwt signature verification failed: No trusted certs loaded"),
    .init(
      .settingsWrong, "Decode secret is not a valid cert/public key",
      like: "jwt signature verification failed: Decode secret is not a valid cert/public key: x"),
    .init(.settingsWrong, "opts.introspection_endpoint not said"),
    .init(.settingsWrong, "no Client ID set for the provider"),
    .init(.settingsWrong, "Allowed issuers is empty"),
    .init(.settingsWrong, "OIDC missing configuration variables"),
    .init(.settingsWrong, "Token endpoint cluster not found"),
    .init(.settingsWrong, "no supported signing algorithms in common between provider and"),
    .init(.settingsWrong, "Secret must be exactly 32 characters in length"),
    .init(.settingsWrong, "[JWTValidator] Unable to create the validator"),
    .init(
      .settingsWrong, "not authorized for configured `vouch.domains`",
      like: "http header 'Host: a' not authorized for configured `vouch.domains`"),
    .init(
      .settingsWrong, "configuration error: oauth.",
      like: "configuration error: oauth.client_id not found"),
    // The proxy's own account may not ask the cluster about tokens and users.
    .init(.settingsWrong, "unable to retrieve authentication information for tokens"),
    .init(.settingsWrong, "unable to retrieve authorization information for users"),
    .init(
      .hostnameOptions, "You are using \"secure\" cookies for a request that was not received via"),
  ]

  private static let gatewayTokens: [MessageSignature] = [
    .init(
      .tokenNotYetValid, "claim not valid until", like: "'nbf' claim not valid until Sun, 07 Mar"),
    .init(.tokenMalformed, "Wrongly encoded signature"),
    .init(
      .tokenMalformed, "invalid token: missing part ", like: "invalid token: missing part header"),
    .init(.tokenMalformed, "Improperly formated Authorization header"),
    .init(.tokenIssuer, "JWT did not contain an \"iss\" string"),
    .init(
      .tokenClaim, "JWT did not contain an \"", " number value",
      like: "JWT did not contain an \"exp\" number value"),
    .init(
      .tokenClaim, "claim, so it cannot be matched against the configured OIDCOAuthVerifyIssuer"),
    .init(
      .tokenClaim, "JWT claims invalid: missing claim",
      like: "oidc: JWT claims invalid: missing claim: 'iat'"),
    .init(.tokenClaim, "ID Token validation error: missing claim(s)"),
    .init(.tokenClaim, "missing user key in JWT token"),
    .init(.tokenClaim, "user email is not verified"),
    .init(.tokenClaim, "not listed as verified", like: "email a@b.example not listed as verified"),
    .init(.tokenClaim, "id_token did not contain an email"),
    .init(.tokenClaim, "email claim not found", like: "OAuth 2.0 id_token email claim not found"),
    .init(.tokenClaim, "no email claim present in the ID token"),
    .init(.tokenAudience, "audience does not match the client id"),
    .init(.tokenAudience, "audience list does not contain the client id"),
    .init(
      .tokenAudience, "is not intended for target audience",
      like: "Token audience is not intended for target audience a"),
    .init(.tokenUnknownKey, "not found, token might belong to a different realm"),
    .init(
      .tokenUnknownKey, "has unregisted key id ", about: .word,
      like: "OAuth 2.0 id_token has unregisted key id K"),
    .init(
      .tokenUnknownKey, "not found in the key set", "key '", about: .none,
      like: "key 'K' not found in the key set"),
    .init(.tokenUnknownKey, "must contain a kid header value but did not"),
    .init(.tokenUnknownKey, "no Keys has been found"),
    .init(.tokenSignature, "error in cryptographic primitive"),
    .init(.tokenSignature, "error verifying id token with fetched jwks"),
    .init(
      .tokenAlgorithm, "JSON Web Token used signing method", about: .quoted,
      like: "JSON Web Token used signing method \"HS256\" which is not allowed."),
    .init(.tokenInactive, "Access token is not active"),
    .init(
      .tokenInactive, "\"Invalid bearer token\"", "invalid_grant",
      like: "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid bearer token\"}"),
  ]

  /// Calls of gateways, and of the curl, NSS and resolvers below them.
  private static let gatewayCalls: [MessageSignature] = [
    .init(
      .callNameTemporary, "Resolving timed out", voice: .others,
      like:
        "curl_easy_perform() failed on: http://kc/x (Resolving timed out after 5513 milliseconds)"
    ),
    .init(.callNameNotFound, "dns client error: 101 empty record received", voice: .others),
    .init(
      .callTimedOut, "Timeout was reached", about: .fixed("connect"), voice: .others,
      like: "curl: (28) Failed to connect to kc port 443 after 5001 ms: Timeout was reached"),
    .init(.callTimedOut, "OIDC timeout connecting to IdP", voice: .others),
    .init(
      .callUnreachable, "connect: permission denied", voice: .others,
      like: "dial tcp 10.0.0.1:8080: connect: permission denied"),
    .init(
      .callUnreachable, "connect: operation not permitted", voice: .others,
      like: "dial tcp 10.0.0.1:8080: connect: operation not permitted"),
    .init(
      .callUnreachable, ": Permission denied", "Failed to connect to ", voice: .others,
      like: "curl_easy_perform() failed on: U (Failed to connect to 10.0.0.1: Permission denied)"),
    .init(
      .callUnreachable, "Permission denied: connect", voice: .others,
      like: "java.net.SocketException: Permission denied: connect"),
    .init(
      .upstreamUnreachable, "failed (13: Permission denied)", "while connecting to upstream",
      voice: .others,
      like:
        "connect() to 10.0.0.1:8080 failed (13: Permission denied) while connecting to upstream"),
    .init(
      .callUntrustedCertificate, "no alternative certificate subject name matches",
      voice: .others,
      like: "SSL: no alternative certificate subject name matches target host name 'kc'"),
    .init(
      .callUntrustedCertificate, "certificate issuer is not recognized", voice: .others,
      caseless: true),
    .init(
      .callUntrustedCertificate, "certificate issuer has been marked as not trusted",
      voice: .others, caseless: true),
    .init(.callTLS, "SSL received a record that exceeded", voice: .others),
    .init(
      .upstreamTLSFailed, "peer closed connection in SSL handshake", "upstream", voice: .others,
      like: "peer closed connection in SSL handshake while SSL handshaking to upstream"),
    .init(
      .callWrongURL, "'[' or '{' expected near '<'", voice: .others,
      like: "JSON parsing returned an error: '[' or '{' expected near '<'"),
    .init(.callWrongURL, "JSON parsing of retrieved Discovery document failed"),
    .init(.callWrongURL, "did not contain a \"keys\" array"),
    .init(
      .callWrongURL, "error=\"JSON decoding failed\"", voice: .others,
      like: "WWW-Authenticate: Bearer realm=\"kong\",error=\"JSON decoding failed\""),
    .init(
      .callWrongURL, "error_description=\"JSON decoding failed\"", voice: .others),
    .init(.callWrongURL, "introspection failed: JSON decoding failed", voice: .others),
    .init(.callWrongURL, "Could not decode JSON from token endpoint", voice: .others),
    .init(.callWrongURL, "OIDC token response not JSON", voice: .others),
    .init(.callWrongURL, "Failed to parse oauth response body", voice: .others),
    .init(
      .callWrongURL, " field not found for provider ", "metadata ", voice: .others,
      like: "metadata authorization_endpoint field not found for provider keycloak"),
    .init(
      .callHTTPError, "OIDC discovery endpoints - http status code: ", about: .number,
      voice: .others, like: "http-get OIDC discovery endpoints - http status code: 404 Not Found"),
    .init(.keysUnavailable, "http-get discovery endpoints - Err"),
    .init(.keysUnavailable, "could not get JSON Web Keys"),
    .init(.keysUnavailable, "could not refresh JSON Web Keys"),
    .init(.keysUnavailable, "no provider metadata found for issuer"),
    .init(.keysUnavailable, "failed syncing KeySet"),
    .init(.keysUnavailable, "error fetching JWKS document"),
    .init(.keysUnavailable, "failed to fetch metadata for OAuth 2.0 authorization server"),
    .init(.keysUnavailable, "failed to fetch jwt keys for OAuth 2.0 authorization server"),
    // istiod's stand-in for a key set that it could not fetch: "Error-IstiodFailedToFetchJwksUri-".
    .init(.keysUnavailable, "RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt"),
  ]

  /// Asked after everything else that gives a reason: visitors without a session, logins, permissions.
  static let visitors: [MessageSignature] = [
    .init(
      .tokenMissing, "ookie \"", "\" not present",
      like: "Error loading cookied session: cookie \"_oauth2_proxy\" not present"),
    .init(.loginStateLost, "named cookie not present", "failed to get state: "),
    .init(.loginStateLost, "named cookie not present", "failed to get code verifier: "),
    .init(.tokenMissing, "named cookie not present"),
    .init(.tokenMissing, "no jwt found in request"),
    .init(.tokenMissing, "JWT not found in cookie"),
    .init(.tokenMissing, "no session cookie detected"),
    .init(.tokenMissing, "session id cookie is missing"),
    .init(
      .tokenMissing, "authorizer reason: User \"system:anonymous\"",
      like: "authorizer reason: User \"system:anonymous\" cannot get namespaces"),
    .init(
      .roleMissing, "authorizer reason: User \"", "cannot ",
      like: "authorizer reason: User \"bob\" cannot get namespaces in project \"a\""),
    .init(.roleMissing, "authorizer reason: no RBAC policy matched"),
    .init(
      .roleMissing, "\"access_denied\"", "\"not_authorized\"",
      like: "{\"error\":\"access_denied\",\"error_description\":\"not_authorized\"}"),
    .init(
      .roleMissing, "verifyUser: ", "not found in ",
      like: "verifyUser: user.Username not found in WhiteList: bob"),
    .init(
      .roleMissing, "verifyUser: Email ", "is not within a ",
      like: "verifyUser: Email a@b.example is not within a Vouch Proxy managed domain"),
    .init(
      .scopeMissing, "was not granted", "Scope ", like: "Scope orders was not granted"),
    .init(
      .loginStateLost, "client_id from argument does not match expected client_id"),
    .init(.loginStateLost, "could not find state in query"),
    .init(.loginStateLost, "form data is invalid, missing state or code"),
    .init(.loginStateLost, "OIDC expected authorization code but received"),
    .init(
      .loginStateLost, ") has expired (original_url=", "state (",
      like: "state (x) has expired (original_url=https://a.example/)"),
    .init(.sessionNotFound, "cookie signature not valid", caseless: true),
    .init(.sessionNotFound, "Invalid cookie mac"),
    .init(.sessionNotFound, "cookie failed authentication"),
    .init(
      .refreshFailed, "error refreshing access token", voice: .others,
      like: "removing session. error refreshing access token got 400"),
    .init(.requestHeaderTooLarge, "Size of a request header field exceeds server limit"),
    .init(
      .upstreamRefused, "delayed connect error: 111", voice: .others,
      like: "reset reason: connection failure, transport failure reason: delayed connect error: 111"
    ),
    .init(.upstreamUnreachable, "delayed connect error: 113", voice: .others),
    .init(
      .upstreamConnectTimedOut, "reset reason: connection timeout", voice: .others,
      like:
        "upstream connect error or disconnect/reset before headers. reset reason: connection timeout"
    ),
    .init(
      .upstreamReset, "reset reason: connection termination", voice: .others,
      like:
        "upstream connect error or disconnect/reset before headers. reset reason: connection termination"
    ),
    .init(
      .upstreamReset, "upstream connect error or disconnect/reset before headers",
      "connection failure", voice: .others,
      like:
        "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure"
    ),
  ]
}
