internal import Evidence

/// What auth middlemen, gateways and further token libraries say (mod_auth_openidc, Kong, APISIX,
/// Envoy and Istio, gatekeeper, keycloak-connect, jjwt, Microsoft.IdentityModel), and Keycloak's own
/// texts where somebody quotes them without the head of its log.
extension MessageSignatures {
  /// Asked before the reasons of failed calls: these texts hold such reasons, about other parties.
  static let quoted: [MessageSignature] = [
    .init(
      .databaseUnreachable, "KC-SERVICES0013", "JDBC",
      like:
        "KC-SERVICES0013: Failed authentication: org.hibernate.exception.GenericJDBCException: Unable to acquire JDBC Connection"
    ),
    .init(
      .directoryUnavailable, "javax.naming.CommunicationException",
      like: "javax.naming.CommunicationException: ldap.example.org:636 [Root exception is x]"),
    .init(.directoryUnavailable, "LDAP server is unavailable for provider"),
    .init(.cacheTimeout, "ISPN000476"),
    .init(.cacheTimeout, "ISPN000136"),
    .init(.upstreamTLSVerify, "upstream SSL certificate does not match"),
    .init(.plainToTLSPort, "client sent plain HTTP request to HTTPS port"),
    .init(.upstreamNameFailed, "no resolver defined to resolve"),
    .init(
      .authServiceCallFailed, "failed to process forward auth",
      like: "failed to process forward auth, err: connection refused"),
    .init(.authServiceCallFailed, "ext_authz_error"),
    .init(
      .settingsWrong, "no host in upstream \"", like: "no host in upstream \"http:///oauth2/auth\""
    ),
    .init(.basicMissing, "no_credential_for_basic_auth"),
    .init(.basicPasswordMismatch, "invalid_credential_for_basic_auth"),
    .init(
      .basicPasswordMismatch, "authentication failure for \"", "Password Mismatch",
      like: "AH01617: user bob: authentication failure for \"/x\": Password Mismatch"),
    .init(.basicUserNotFound, "AH01618", like: "AH01618: user bob not found: /x"),
    .init(
      .basicMissing, "WWW-Authenticate: Basic", caseless: true,
      like: "WWW-Authenticate: Basic realm=\"x\""),
    .init(.callTLS, "TLS handshake timeout", voice: .others),
  ]

  static let middlemen: [MessageSignature] = [
    // mod_auth_openidc.
    .init(
      .tokenIssuer, "does not match received \"iss\" value in id_token",
      like: "requested issuer (A) does not match received \"iss\" value in id_token (B)"),
    .init(
      .tokenIssuer, "does not match the \"iss\" claim",
      like: "configured OIDCOAuthVerifyIssuer (A) does not match the \"iss\" claim (B)"),
    .init(
      .tokenAudience, "could not be found in the array of values for \"aud\" claim",
      like:
        "our configured audience value (x) could not be found in the array of values for \"aud\" claim"
    ),
    .init(.tokenAudience, "audience values could be found in \"aud\" claim"),
    .init(
      .tokenAudience, "did not match the \"aud\" claim value",
      like: "the configured client_id (A) did not match the \"aud\" claim value (B) in the id_token"
    ),
    .init(.tokenAudience, "OIDCOAuthVerifyAudience values matches the \"aud\" claim"),
    .init(.tokenAudience, "'aud' claim and 'client_id' do not match"),
    .init(
      .tokenAlgorithm, "JWT was not signed with the expected configured algorithm",
      like: "JWT was not signed with the expected configured algorithm: RS256 != HS256"),
    .init(.tokenSignature, "signature could not be validated, aborting"),
    .init(.keysUnavailable, "JSON parsing of JWKs published at the jwks_uri failed"),
    .init(
      .callTimedOut, "failed with a timeout for URL", voice: .others,
      like: "curl_easy_perform failed with a timeout for URL: [https://kc/certs]; won't retry"),
    .init(
      .callRefused, "Couldn't connect to server", voice: .others,
      like: "curl_easy_perform(GET) failed for URL with: [Couldn't connect to server]"),
    .init(.callFailed, "curl_easy_perform(", voice: .others, like: "curl_easy_perform() failed"),
    .init(
      .loginStateLost, "state cookie found: check domain and samesite cookie settings",
      like:
        "no \"mod_auth_openidc_state_x\" state cookie found: check domain and samesite cookie settings"
    ),
    .init(.loginStateLost, "unable to restore state"),
    .init(.loginStateLost, "state has expired"),
    .init(.loginStateLost, "does not match state parameter passed back in URL"),
    .init(
      .loginStateLost, "the number of existing, valid state cookies",
      like: "the number of existing, valid state cookies (7) has exceeded the limit (7)"),
    .init(
      .callHTTPError, "error when calling the token endpoint (", about: .number, voice: .others,
      like: "error when calling the token endpoint (401)"),
    .init(.refreshFailed, "access_token could not be refreshed"),
    .init(.sessionNotFound, "maximum session duration exceeded for user"),
    .init(.tokenClaim, "remote user could not be set, aborting"),
    .init(.tokenClaim, "error_description=\"Could not set remote user\""),
    .init(.tokenInactive, "Reference token could not be introspected"),
    .init(.hostnameOptions, "passes a wrongly configured \"X-Forwarded-Proto\" header"),
    .init(
      .hostnameOptions, "of the configured OIDCRedirectURI does not match",
      like: "the URL scheme (http) of the configured OIDCRedirectURI does not match the URL scheme"),
    // Kong.
    .init(.tokenIssuer, "No credentials found for given 'iss'"),
    .init(.tokenIssuer, "Invalid 'iss' in claims"),
    .init(.tokenClaim, "No mandatory 'iss' in claims"),
    .init(.tokenMalformed, "Bad token; "),
    .init(.tokenMalformed, "Unrecognizable token"),
    .init(.tokenMalformed, "Multiple tokens provided"),
    .init(.tokenSignature, "{\"message\":\"Invalid signature\"}"),
    .init(.tokenSignature, "Invalid key/secret"),
    .init(.tokenExpired, "\"exp\":\"token expired\""),
    .init(.tokenNotYetValid, "\"nbf\":\"token not valid yet\""),
    .init(.tokenWrongParty, "No API key found in request"),
    // APISIX.
    .init(.tokenMissing, "Missing JWT token in request"),
    .init(.tokenMissing, "No bearer token found in request"),
    .init(.tokenMalformed, "JWT token invalid"),
    .init(.tokenMalformed, "Invalid Authorization header format"),
    .init(.tokenExpired, "'exp' claim expired at"),
    .init(
      .tokenSignature, "failed to verify jwt: ", "signature mismatch",
      like: "failed to verify jwt: signature mismatch: x"),
    .init(.tokenAlgorithm, "algorithm mismatch, expected"),
    .init(.scopeMissing, "required scopes not present"),
    .init(.tokenAudience, "OIDC introspection failed: required audience"),
    .init(.tokenClaim, "OIDC claim validation failed"),
    .init(.callFailed, "Accessing token endpoint URL failed", voice: .others),
    .init(.keysUnavailable, "OIDC access discovery url failed"),
    .init(.keysUnavailable, "issuer validation unavailable"),
    // Envoy, Istio.
    .init(.tokenMalformed, "Jwt header ["),
    .init(.tokenMalformed, "Jwt payload ["),
    .init(.tokenMalformed, "Jwt_header_["),
    .init(.tokenMalformed, "Jwt_payload_["),
    .init(.tokenMalformed, "Jwt_signature_is_an_invalid"),
    .init(.tokenMalformed, "Found multiple Jwt tokens"),
    .init(.tokenMalformed, "Found_multiple_Jwt_tokens"),
    .init(.callWrongURL, "Jwks is an invalid JSON"),
    .init(.callWrongURL, "Jwks does not have [keys] field"),
    .init(.callWrongURL, "is not a valid JWKS", like: "Content fetched is not a valid JWKS: x"),
    .init(.keysUnavailable, "Jwks doesn't have any valid public key"),
    .init(.keysUnavailable, "Jwks_doesn't_have_any_valid_public_key"),
    .init(.keysUnavailable, "JWKS fetch failed for issuer"),
    .init(.keysUnavailable, "Failed to refresh JWT public key from"),
    .init(.keysUnavailable, "Failed to fetch jwks_uri from"),
    .init(
      .keysUnavailable, "fetch pubkey [uri = ", like: "fetch pubkey [uri = U]: network error 1"),
    .init(.loginStateLost, "CSRF token validation failed"),
    .init(.loginStateLost, "State query param "),
    .init(.loginStateLost, "Code or state query param does not exist"),
    .init(
      .refreshFailed, "Failed to refresh the access token, and redirecting"),
    // oauth2-proxy, go-oidc, gatekeeper.
    .init(
      .callHTTPError, "oauth2: cannot fetch token: ", about: .number, voice: .others,
      like: "oauth2: cannot fetch token: 401 Unauthorized"),
    .init(
      .callClientRefused, "unable to exchange code for access token", "unauthorized_client"),
    .init(.tokenClaim, "id token did not have an access token hash"),
    .init(.tokenClaim, "access token hash does not match value in ID token"),
    .init(.tokenRefused, "unable to verify the id token"),
    .init(
      .hostnameOptions, "seems you are using gatekeeper forward-auth or enable-x-forwarded-headers"),
    .init(.roleMissing, "no authz found"),
    // keycloak-connect.
    .init(.tokenClaim, "invalid token (authorized party should match client id)"),
    .init(.tokenMalformed, "invalid token (not signed)"),
    .init(.tokenMissing, "invalid token (missing)"),
    .init(
      .keysUnavailable, "Not enough time elapsed since the last request, blocking the request"),
    // Kubernetes, Argo CD, Grafana.
    .init(.keysUnavailable, "failed to query provider \"", about: .quoted),
    .init(.tokenInactive, "account password has changed since token issued"),
    .init(.tokenWrongParty, "api-key.invalid"),
    .init(.tokenClaim, "auth.oauth.email.missing"),
    .init(.tokenClaim, "auth.oauth.email.not-allowed"),
    // Libraries.
    .init(.keysUnavailable, "IDX10500", like: "IDX10500: No security keys were provided"),
    .init(.tokenExpired, "The access token expired", caseless: true),
    .init(.tokenSignature, "JWT signature does not match locally computed signature"),
    .init(.tokenUnknownKey, "SigningKeyNotFoundError"),
    // Keycloak's answers.
    .init(.keycloakClientAuthCrashed, "Unexpected error when authenticating client"),
    .init(.grantNotAllowed, "Wrong client protocol"),
    .init(.grantNotAllowed, "unsupported_grant_type"),
    .init(.codeNotValid, "PKCE verification failed"),
    .init(.codeNotValid, "PKCE code verifier not specified"),
    .init(.codeNotValid, "Found different client_id in clientSession"),
    .init(.userDisabled, "\"User disabled\""),
    .init(.refreshSessionNotActive, "Client session not active"),
    .init(.keycloakUncaught, "For more on this error consult the server log"),
    .init(.loginStateLost, "Cookie not found. Please make sure cookies are enabled"),
    .init(.loginStateLost, "Login timeout. Please sign in again"),
    .init(.tokenRefused, "\"Token verification failed\""),
    .init(
      .tokenAudience, "is not in the token audience",
      like: "Client 'x' is not in the token audience"),
  ]
}
