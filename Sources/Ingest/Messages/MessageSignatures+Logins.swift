internal import Evidence

/// Logins that lost their thread, refused clients and wrong settings, in the words of clients of
/// OpenID Connect: ASP.NET's OpenIdConnect, Spring's OAuth 2 client, node's openid-client and
/// passport, Authlib, requests-oauthlib, social-auth, mozilla-django-oidc, omniauth, jumbojett and
/// hybridauth, traefik-forward-auth, Keycloak's Java adapters, Harbor, Grafana, WordPress.
extension MessageSignatures {
  /// Asked first: these texts quote an answer that says more than the words around it.
  static let answers: [MessageSignature] = [
    .init(.realmNotFound, "Realm does not exist"),
    // Its probe sends a token that must be refused.
    .init(
      .applicationStarted, "OIDC provider initialized, readiness check returned error",
      like:
        "OIDC provider initialized, readiness check returned error: oidc: expected audience \"a\" got []"
    ),
    .init(
      .callWrongURL, "accessing discovery url", "response indicates failure, status=404",
      like:
        "accessing discovery url (http://kc/x) failed: response indicates failure, status=404, body="
    ),
    .init(
      .callWrongURL, "accessing jwks url", "response indicates failure, status=404",
      like: "accessing jwks url (http://kc/x) failed: response indicates failure, status=404, body="
    ),
    .init(
      .callHTTPError, "accessing discovery url", "response indicates failure, status=5",
      like:
        "accessing discovery url (http://kc/x) failed: response indicates failure, status=503, body="
    ),
    .init(
      .callHTTPError, "accessing jwks url", "response indicates failure, status=5",
      like: "accessing jwks url (http://kc/x) failed: response indicates failure, status=503, body="
    ),
    .init(.pathNotFound, "Could not find resource for full path"),
    .init(.pathNotFound, "Unable to find matching target resource method"),
    .init(.httpsRequired, "\"HTTPS required\""),
    .init(.loginStateLost, "could not parse JWT from state"),
    .init(
      .tokenSignature, "failed to verify id token signature, error for aud",
      like:
        "error for aud \"a\": failed to verify signature: failed to verify id token signature, error for aud \"b\": oidc: expected audience \"b\" got [\"a\"]"
    ),
    .init(.keycloakClientAssertion, "Error when validating client assertion"),
    .init(.callUntrustedCertificate, "SSLPeerUnverifiedException"),
    .init(.callUntrustedCertificate, "unable to get local issuer certificate", voice: .others),
    .init(.callUntrustedCertificate, "unable to get issuer certificate", voice: .others),
    .init(.callUntrustedCertificate, "certificate host mismatch", voice: .others),
    .init(.callUntrustedCertificate, "certificate has expired", voice: .others),
    .init(.callUntrustedCertificate, "SSL certificate problem", voice: .others),
    .init(.callUntrustedCertificate, "does not match the certificate subject", voice: .others),
    .init(.callUntrustedCertificate, "unable to verify the server certificate", voice: .others),
    .init(.callUntrustedCertificate, "RemoteCertificateNameMismatch", voice: .others),
    .init(.callUntrustedCertificate, "RemoteCertificateChainErrors", voice: .others),
    .init(.callUntrustedCertificate, "trustAnchors parameter must be non-empty", voice: .others),
    .init(.callTLS, "Authentication failed, see inner exception", voice: .others),
  ]

  static let logins: [MessageSignature] =
    stateLost + refusedClients + settings + permissions + statuses

  private static let statuses: [MessageSignature] = [
    .init(
      .callHTTPError, "HttpClientErrorException$BadRequest", about: .fixed("400"), voice: .others),
    .init(
      .callHTTPError, "HttpClientErrorException$Unauthorized", about: .fixed("401"), voice: .others),
    .init(
      .callHTTPError, "HttpClientErrorException$Forbidden", about: .fixed("403"), voice: .others),
    .init(
      .callHTTPError, "HttpClientErrorException$NotFound", about: .fixed("404"), voice: .others),
    .init(
      .callHTTPError, "HttpServerErrorException$InternalServerError", about: .fixed("500"),
      voice: .others),
    .init(
      .callHTTPError, "HttpServerErrorException$BadGateway", about: .fixed("502"), voice: .others),
    .init(
      .callHTTPError, "HttpServerErrorException$ServiceUnavailable", about: .fixed("503"),
      voice: .others),
    .init(
      .callHTTPError, "HttpServerErrorException$GatewayTimeout", about: .fixed("504"),
      voice: .others),
    .init(.callHTTPError, "NotAuthorizedException: HTTP 401", about: .fixed("401"), voice: .others),
    .init(
      .callHTTPError, "HttpResponseMessage: 'StatusCode: ", about: .number, voice: .others,
      like: "HttpResponseMessage: 'StatusCode: 404, ReasonPhrase: 'Not Found'"),
    .init(
      .callHTTPError, "Introspection endpoint responded with ", about: .number, voice: .others,
      like: "Introspection endpoint responded with 401"),
    .init(
      .callHTTPError, "unsuccessful response status code ", about: .number, voice: .others,
      like: "unsuccessful response status code 403: "),
    .init(
      .callHTTPError, "response status code ", "fetch pubkey", about: .number, voice: .others,
      like: "fetch pubkey [uri = U]: response status code 503"),
    .init(
      .callHTTPError, "Token request failed", about: .numberAfter("Exception: "), voice: .others,
      like: "Token request failed: TokenResponseException: 400 Bad Request"),
    .init(
      .callHTTPError, " Client Error: ", about: .numberAfter("HTTPError: "), voice: .others,
      like: "HTTPError: 401 Client Error: Unauthorized for url: http://kc/token"),
    .init(
      .callHTTPError, " Server Error: ", about: .numberAfter("HTTPError: "), voice: .others,
      like: "HTTPError: 503 Server Error: Service Unavailable for url: http://kc/token"),
    .init(
      .callHTTPError, "has failed: status: ", about: .number, voice: .others,
      like: "Request http://kc/introspect has failed: status: 401, error message: x"),
    .init(
      .callHTTPError, "failed: status code: ", about: .number, voice: .others,
      like: "failed: status code: 401"),
    .init(
      .callHTTPError, "token validation request failed: status ", about: .number, voice: .others,
      like: "token validation request failed: status 400 - {}"),
    .init(
      .callHTTPError, "Unexpected response from server: ", about: .number, voice: .others,
      like: "Unexpected response from server: 401 / Unauthorized"),
    .init(
      .callHTTPError, "Request failed with status ", about: .number, voice: .others,
      like: "Request failed with status 404"),
    .init(
      .callHTTPError, "The requested URL returned error: ", about: .number, voice: .others,
      like: "curl: (22) The requested URL returned error: 401"),
  ]

  private static let stateLost: [MessageSignature] = [
    .init(.loginStateLost, "Correlation failed"),
    .init(.loginStateLost, ".AspNetCore.Correlation."),
    .init(.loginStateLost, "state property not found"),
    .init(.loginStateLost, "Unable to unprotect the message.State"),
    .init(.loginStateLost, "message.State is null or empty"),
    .init(.loginStateLost, "The oauth state was missing or invalid"),
    .init(.loginStateLost, "IDX21321", like: "IDX21321: The nonce found did not match"),
    .init(.loginStateLost, "IDX21323", like: "IDX21323: RequireNonce is 'True'."),
    .init(.loginStateLost, "IDX21324", like: "IDX21324: The nonce has expired"),
    .init(.loginStateLost, "IDX21329", like: "IDX21329: State is null"),
    .init(.loginStateLost, "IDX21330", like: "IDX21330: State is not found"),
    .init(.loginStateLost, "IDX21331", like: "IDX21331: State does not match"),
    .init(.loginStateLost, "invalid_state_parameter"),
    .init(.loginStateLost, "[invalid_nonce]"),
    .init(.loginStateLost, "state mismatch", voice: .others, caseless: true),
    .init(.loginStateLost, "state missing from the response"),
    .init(.loginStateLost, "checks.state argument is missing"),
    .init(.loginStateLost, "nonce mismatch", voice: .others, caseless: true),
    .init(.loginStateLost, "unexpected \"state\" response parameter value"),
    .init(.loginStateLost, "response parameter \"state\" missing"),
    .init(.loginStateLost, "unexpected ID Token \"nonce\" claim value"),
    .init(.loginStateLost, "Unable to verify authorization request state"),
    .init(.loginStateLost, "Invalid authorization request state"),
    .init(.loginStateLost, "Failed to verify request state"),
    .init(.loginStateLost, "did not find expected authorization request details in session"),
    .init(.loginStateLost, "mismatching_state"),
    .init(.loginStateLost, "MismatchingState"),
    .init(.loginStateLost, "State not equal in request and response"),
    .init(.loginStateLost, "AuthStateMissing"),
    .init(.loginStateLost, "AuthStateForbidden"),
    .init(.loginStateLost, "Session value state missing"),
    .init(.loginStateLost, "Wrong state parameter given"),
    .init(.loginStateLost, "OIDC callback state not found in session"),
    .init(.loginStateLost, "does not match the OIDC callback state"),
    .init(.loginStateLost, "OIDC callback with no session"),
    .init(.loginStateLost, "csrf_detected"),
    .init(.loginStateLost, "Unable to determine state"),
    .init(.loginStateLost, "InvalidStateException"),
    .init(.loginStateLost, "is either invalid or has already been consumed"),
    .init(.loginStateLost, "\"invalid-state\""),
    .init(.loginStateLost, "login-error=invalid-state"),
    .init(.loginStateLost, "CSRF cookie does not match state"),
    .init(.loginStateLost, "Invalid CSRF "),
    .init(.loginStateLost, "Missing csrf cookie", caseless: true),
    .init(.loginStateLost, "Error validating csrf cookie"),
    .init(.loginStateLost, "missing saved state"),
    .init(.loginStateLost, "OAuthLogin(state mismatch)"),
    .init(.loginStateLost, "Saved state is invalid"),
    .init(.loginStateLost, "No state cookie"),
    .init(.loginStateLost, "state parameter invalid"),
    .init(.loginStateLost, "state parameter was null"),
    .init(.loginStateLost, "State cookie is missing"),
    .init(.loginStateLost, "state cookie is missing"),
    .init(.loginStateLost, "State cookie value does not match the state query parameter"),
    .init(.loginStateLost, "Invalid OAuth state", caseless: true),
    .init(.loginStateLost, "invalid state parameter", voice: .others, caseless: true),
    .init(.loginStateLost, "Invalid nonce, clearing token"),
    .init(.loginStateLost, "Timeout when waiting for 3rd party check iframe message"),
    .init(.loginStateLost, "state from argument"),
    .init(.codeNotValid, "invalid_grant: Code", caseless: true),
    .init(.codeNotValid, "Incorrect code verifier"),
    .init(.sessionNotFound, "Cookie has expired", voice: .others),
  ]

  private static let refusedClients: [MessageSignature] = [
    .init(.grantNotAllowed, "Client not permitted for direct access grants"),
    .init(.grantNotAllowed, "Client is not allowed to initiate"),
    .init(.grantNotAllowed, "Standard flow is disabled for the client"),
    .init(.grantNotAllowed, "flow is disabled for the client"),
    .init(.grantNotAllowed, "Client does not have service account enabled"),
    .init(.grantNotAllowed, "Bearer-only applications are not allowed"),
    .init(.grantNotAllowed, "Bearer-only not allowed"),
    .init(.grantNotAllowed, "Public client is not allowed"),
    .init(.grantNotAllowed, "Public client not allowed"),
    .init(.grantNotAllowed, "Client not allowed"),
    .init(.callClientRefused, "UNKNOWN_CLIENT"),
    .init(.callClientRefused, "INVALID_CREDENTIALS: Invalid client credentials"),
    .init(.callClientRefused, "Missing parameter: client_id"),
    .init(.callClientRefused, "client_assertion_type is missing"),
    .init(.callClientRefused, "Invalid clientId or secret"),
    .init(.callClientRefused, "Client authentication failed", voice: .others),
    .init(.callClientRefused, "Client authentication ended, but client is null"),
    .init(.callClientRefused, "invalid_client: ", voice: .others),
    .init(.callClientRefused, "invalid_client :: ", voice: .others),
    .init(.callClientRefused, "unauthorized_client: ", voice: .others),
    .init(.callClientRefused, "unauthorized_client :: ", voice: .others),
    .init(.callClientRefused, "(invalid_client)", voice: .others),
    .init(.callClientRefused, "(unauthorized_client)", voice: .others),
    .init(.callClientRefused, "[invalid_client]", voice: .others),
    .init(.callClientRefused, "[unauthorized_client]", voice: .others),
    .init(.callClientRefused, "Message contains error: 'invalid_client'", voice: .others),
    .init(.callClientRefused, "Message contains error: 'unauthorized_client'", voice: .others),
    .init(.callClientRefused, "\"error\":\"unauthorized_client\"", voice: .others),
    .init(.callClientRefused, "\"unauthorized_client\" \"", voice: .others),
    .init(.callClientRefused, "\"invalid_client\" \"", voice: .others),
    .init(.userDisabled, "Account is disabled"),
    .init(.userLocked, "Account temporarily disabled", caseless: true),
    .init(.userLocked, "Account is temporarily disabled"),
    .init(.userInvalidCredentials, "Invalid username or password"),
    .init(.redirectURIInvalid, "Invalid redirect uri", caseless: true),
    .init(.redirectURIInvalid, "invalid_redirect_uri"),
    .init(.redirectURIInvalid, "redirect_uri_mismatch"),
    .init(.refreshFailed, "Refresh token failure"),
    .init(.refreshFailed, "Failed to refresh token", voice: .others, caseless: true),
    .init(.refreshFailed, "failed to refresh access token", voice: .others, caseless: true),
    .init(.refreshFailed, "Unable to refresh without a refresh token"),
    .init(.refreshTokenNotActive, "Refresh token expired", caseless: true),
    .init(.refreshTokenNotActive, "Error: invalid_grant (Token is not active)"),
    .init(.realmNotFound, "Realm not found", voice: .others),
    .init(.realmNotFound, "KeyNotFound: realm", voice: .others),
  ]

  private static let settings: [MessageSignature] = [
    .init(.settingsWrong, "IDX20108", like: "IDX20108: not valid as per HTTPS scheme."),
    .init(.settingsWrong, "must use HTTPS unless disabled for development"),
    .init(.settingsWrong, "Provide Authority, MetadataAddress, Configuration"),
    .init(.settingsWrong, "secret or public key must be provided"),
    .init(.settingsWrong, "secretOrPublicKey must be a"),
    .init(.settingsWrong, "secretOrPublicKey is not valid key material"),
    .init(.settingsWrong, "secretOrPublicKey must have a value"),
    .init(.settingsWrong, "JwtStrategy requires a secret or key"),
    .init(.settingsWrong, "Could not deserialize key data"),
    .init(.settingsWrong, "Unable to load PEM file"),
    .init(.settingsWrong, "Key may not be empty"),
    .init(.settingsWrong, "OpenSSL unable to validate key"),
    .init(.settingsWrong, "key is of invalid type"),
    .init(.settingsWrong, "No verification key available"),
    .init(.settingsWrong, "(insecure_transport) OAuth 2 MUST utilize https"),
    .init(.settingsWrong, "jwks_uri must be configured on the issuer"),
    .init(.settingsWrong, "clientID must be provided or SkipClientIDCheck must be set"),
    .init(.settingsWrong, "no private keys have been configured to use for private_key_jwt"),
    .init(
      .settingsWrong, "no private signing keys have been configured to use for private_key_jwt"),
    .init(.settingsWrong, "no client secret is configured"),
    .init(.settingsWrong, "authorization_response_iss_parameter_supported"),
    .init(.settingsWrong, "iss missing from the response"),
    .init(.settingsWrong, "response parameter \"iss\" (issuer) missing"),
    .init(.settingsWrong, "missing_signature_verifier"),
    .init(.settingsWrong, "No AuthenticationProvider found for"),
    .init(.settingsWrong, "client_registration_not_found"),
    .init(.settingsWrong, "Invalid Client Registration with Id"),
    .init(.settingsWrong, "No authenticationScheme was specified"),
    .init(.settingsWrong, "cookie_secret must be 16, 24, or 32 bytes"),
    .init(.httpsRequired, "Adapter requires SSL"),
    .init(
      .callWrongURL, "no access token found <", caseless: true,
      like: "Error redeeming code during OAuth2 callback: no access token found <!doctype html>"),
    .init(.callWrongURL, "Unexpected token < in JSON"),
    .init(.callWrongURL, "<!DOCTYPE html", "status: ", voice: .others, caseless: true),
    .init(.callWrongURL, "Cannot assign requested address", voice: .others),
    .init(.callWrongURL, "unsupported protocol scheme", voice: .others),
    .init(.callWrongURL, "invalid URL escape", voice: .others),
    .init(.callWrongURL, "MissingSchema", voice: .others),
    .init(.callWrongURL, "No scheme supplied", voice: .others),
    .init(.callWrongURL, "Only absolute URLs are supported", voice: .others),
    .init(.callWrongURL, "TypeError [ERR_INVALID_URL]", voice: .others),
    .init(.callWrongURL, "Failed to parse URL from", voice: .others),
    .init(.callWrongURL, "URI is not absolute", voice: .others),
    .init(.callWrongURL, "Target host is not specified", voice: .others),
    .init(.callWrongURL, "Make sure your provider has a well known configuration available"),
    .init(.callWrongURL, "Error decoding JSON from jwks_uri"),
    .init(.callWrongURL, "could not decode JSON from Discovery data"),
    .init(.callWrongURL, "The JWKS endpoint did not contain any"),
    .init(.callWrongURL, "No keys found in jwks"),
    .init(.callWrongURL, "VertxKeycloakRecorder", "Not Found"),
    .init(.callWrongURL, "NoStackTraceThrowable: Not Found"),
    .init(.keysUnavailable, "IDX20804", like: "IDX20804: Unable to retrieve document from: 'x'."),
    .init(.keysUnavailable, "IDX10261", like: "IDX10261: Unable to retrieve configuration"),
    .init(.keysUnavailable, "ERR_JWKS_TIMEOUT"),
    .init(.keysUnavailable, "Expected 200 OK from the JSON Web Key Set HTTP response"),
    .init(.keysUnavailable, "Too many requests to the JWKS endpoint"),
    .init(.keysUnavailable, "JwksRateLimitError"),
    .init(.keysUnavailable, "DiscoveryFailed"),
    .init(.keysUnavailable, "Failed to discover OP configuration"),
    .init(.keysUnavailable, "could not retrieve JSON Web Keys"),
    .init(.keysUnavailable, "could not retrieve metadata from url"),
    .init(.keysUnavailable, "Failed to fetch public keys needed to validate JWT signatures"),
    .init(.keysUnavailable, "Failed to fetch pubkey from"),
    .init(.keysUnavailable, "Failed to fetch jwt public key from"),
    .init(.keysUnavailable, "Failed to query provider \"", about: .quoted),
    .init(.keysUnavailable, "Failed to load a key from", voice: .others),
    .init(.keysUnavailable, "error checking oidc discovery URL"),
    .init(.keysUnavailable, "unable to fetch JWKS", voice: .others, caseless: true),
    .init(.keysUnavailable, "failed to fetch JWKS", voice: .others, caseless: true),
  ]

  private static let permissions: [MessageSignature] = [
    .init(.scopeMissing, "User did not authorize openid scope"),
    .init(.scopeMissing, "Invalid scope", voice: .others, caseless: true),
    .init(.scopeMissing, "Invalid scopes: "),
    .init(.roleMissing, "Insufficient scope for this resource"),
    .init(.roleMissing, "These requirements were not met"),
    .init(.roleMissing, "Permission Denied: user is unauthorized", caseless: true),
    .init(.roleMissing, "not_authorized", "permission", voice: .others),
    .init(.roleMissing, "AccessDeniedException: Access is denied"),
    .init(.roleMissing, "AuthorizationDeniedException: Access Denied"),
    .init(.roleMissing, "AccessDeniedException: Access Denied"),
    .init(.accessForbidden, "was forbidden.", "AuthenticationScheme"),
    .init(
      .corsRefused, "has been blocked by CORS policy",
      like: "Access to XMLHttpRequest at 'x' from origin 'y' has been blocked by CORS policy: z"),
    .init(.corsRefused, "Cross-Origin Request Blocked"),
    .init(.sessionNotFound, "user token not found", voice: .others),
    // The stage behind a good exchange of the code: who came in has no role that Grafana knows.
    .init(
      .roleMissing, "OAuthLogin(get info from ", "invalid role",
      like: "msg=\"login.OAuthLogin(get info from generic_oauth)\" error=\"invalid role\""),
    .init(.requestHeaderTooLarge, "Header is too large ", voice: .others),
    .init(.requestHeaderTooLarge, "HeadersTooLong"),
    .init(.requestHeaderTooLarge, "HPE_HEADER_OVERFLOW"),
    .init(.requestHeaderTooLarge, "equal or greater than 4096 bytes"),
    .init(.requestHeaderTooLarge, "Bad message 431"),
    .init(.requestHeaderTooLarge, "<center>Request Header Or Cookie Too Large"),
    .init(.databaseUnreachable, "This connection has been closed", "Could not prepare"),
    .init(.cacheTimeout, "LockAcquiringTimeoutException"),
    .init(.cacheTimeout, "ISPN000299"),
    .init(.cacheTimeout, "org.infinispan.util.concurrent.TimeoutException"),
    .init(.directoryUnavailable, "Could not query server using DN"),
    .init(.directoryUnavailable, "Querying of LDAP failed"),
    .init(.directoryUnavailable, "LDAP Query failed"),
    .init(.identityProviderFailed, "Failed to make identity provider oauth callback"),
    .init(.identityProviderFailed, "IdentityBrokerException"),
  ]
}
