internal import Evidence

/// What further applications and their login libraries say: Quarkus OIDC, WildFly Elytron, Micronaut
/// Security, OpenSearch, strimzi-kafka-oauth, Vault, Grafana, MinIO, Nextcloud, Jenkins, SonarQube, flask-oidc,
/// mozilla-django-oidc, OpenID-Connect-PHP, oauth4webapi, axum-keycloak-auth, keyfunc, angular-oauth2-oidc,
/// angular-auth-oidc-client, pac4j, Spring's login. Texts as in their sources.
extension MessageSignatures {
  static let applications: [MessageSignature] =
    applicationKeys + applicationTokens + applicationLogins + applicationSettings
    + applicationStatuses + applicationCalls

  private static let applicationKeys: [MessageSignature] = [
    .init(
      .tokenUnknownKey, "neither 'kid' nor 'x5t' token headers are set",
      like: "JWK is not available, neither 'kid' nor 'x5t' token headers are set"),
    .init(.tokenUnknownKey, "JWK with thumbprint '", "is not available"),
    .init(.tokenUnknownKey, "JWK with thumprint '", "is not available"),
    .init(.tokenUnknownKey, "key ID was not found in the JWKS"),
    .init(.tokenUnknownKey, "kid not found in JWKS"),
    .init(.tokenUnknownKey, "could not find kid in JWT header"),
    .init(.tokenUnknownKey, "the JWT has an invalid kid"),
    .init(
      .tokenUnknownKey, "no key found with kid ", about: .word,
      like: "no key found with kid K in any JWKS endpoint"),
    .init(.tokenUnknownKey, "Too many unknown kids recently"),
    .init(.tokenUnknownKey, "Unknown kid ", about: .word),
    .init(
      .tokenUnknownKey, "Unknown signing key", about: .wordAfter("(kid:"),
      like: "Token validation failed: Unknown signing key (kid:K)"),
    .init(
      .tokenUnknownKey, "The signing key is no longer valid", about: .wordAfter("(kid:"),
      like: "Token validation failed: The signing key is no longer valid (kid:K)"),
    .init(.tokenUnknownKey, "Could not find a valid JWKS"),
    .init(.tokenSignature, "Failed to decode the JWT token with fresh JWK"),
    .init(.tokenSignature, "no known key successfully validated the token signature"),
    .init(.tokenSignature, "Unable to authenticate JWT Token with any configured signing key"),
    .init(.tokenAlgorithm, "could not find alg in JWT header"),
    .init(
      .tokenAlgorithm, "but its \"alg\" parameter's value did not match the expected algorithm"),
    .init(
      .tokenAlgorithm, "signing method ", " is invalid", about: .word,
      like: "token signature is invalid: signing method HS256 is invalid"),
    .init(.tokenAlgorithm, "Algorithm of JWT does not match algorithm of JWK"),
    .init(
      .tokenAlgorithm, "JWT Signature algorithm ", "not supported by JWK Set", about: .word,
      like: "JWT Signature algorithm HS256 not supported by JWK Set."),
    .init(.tokenAlgorithm, "Signed Claims JWSs are not supported"),
    .init(.tokenAlgorithm, "A non-signed JWT cannot be accepted"),
  ]

  private static let applicationTokens: [MessageSignature] = [
    .init(.tokenIssuer, "issued by non-trusted issuer"),
    .init(
      .tokenIssuer, "Token audience doesn't match domain. Token issuer is ",
      like:
        "Token audience doesn't match domain. Token issuer is A, but URL from configuration is B"
    ),
    .init(.tokenIssuer, "Expected JWT issuer claim of"),
    .init(.tokenIssuer, "JWT issuer claim does not match"),
    .init(.tokenAudience, "We are not a valid audience"),
    .init(.tokenAudience, "We are not the audience"),
    .init(.tokenAudience, "Expected JWT audience claim"),
    .init(.tokenNotYetValid, "The token cannot be accepted yet"),
    .init(.tokenNotYetValid, "Invalidating JWT not-before Claim"),
    .init(.tokenNotYetValid, "Token issued in the past", voice: .others),
    .init(.tokenNotYetValid, "JWT issue time ahead of current time"),
    .init(.tokenExpired, "oauth2: token expired and refresh token is not set"),
    .init(.tokenType, "ELY23054"),
    .init(.tokenType, "Token type not allowed", voice: .others),
    .init(.tokenType, "Token type not set", voice: .others),
    .init(.tokenClaim, "Authorized Party is not us"),
    .init(.tokenClaim, "Multiple audiences and not authorized party"),
    .init(.tokenClaim, "Authorized party claim does not match"),
    .init(.tokenClaim, "Multiple audience claims present but no authorized party"),
    .init(.tokenClaim, "JWT must contain a subject"),
    .init(.tokenClaim, "No subject found in JWT token"),
    .init(.tokenClaim, "authCallback missing azp"),
    .init(.tokenClaim, "Wrong at_hash"),
    .init(.tokenClaim, "does not match any associated bound claim values"),
    .init(.tokenClaim, "claim missing from the JWT token, credentials will not be generated"),
    .init(.tokenClaim, "idP did not return a role attribute", caseless: true),
    .init(
      .tokenClaim, "not a member of one of the required", caseless: true,
      like: "User not a member of one of the required organizations"),
    .init(.tokenClaim, "None of the given policies"),
    .init(.tokenClaim, "did not contain group field name"),
    .init(
      .tokenClaim, "missing in user info - ",
      like: "Claim 'email' is missing in user info - make sure your OIDC provider supports it"),
    .init(.tokenClaim, "a valid `resource_access`"),
    .init(.tokenInactive, "Token validation failed: Token not active"),
    .init(.tokenMalformed, "ELY23008", like: "ELY23008: Unable to parse token"),
    .init(.tokenMalformed, "Error missing part 0 in token"),
    .init(
      .tokenMissing, "authorization' header was not present", caseless: true,
      like: "The 'Authorization' header was not present on a request."),
    .init(.tokenMissing, "SRJWT16003", like: "SRJWT16003: No usable bearer token was found"),
    .init(.tokenRefused, "Unable to verify JWT claims"),
    .init(.tokenRefused, "ELY23013", like: "ELY23013: Failed verification of token: x"),
    .init(.tokenRefused, "ELY23019", like: "ELY23019: Invalid ID token"),
    .init(.tokenRefused, "ELY23051", like: "ELY23051: Invalid bearer token"),
  ]

  private static let applicationLogins: [MessageSignature] = [
    .init(.loginStateLost, "State parameter can not be empty or multi-valued"),
    .init(.loginStateLost, "CodeVerifier is not set"),
    .init(.loginStateLost, "State parameter is different from the one sent"),
    .init(.loginStateLost, "Expired or missing OAuth state"),
    .init(.codeNotValid, "Device code is expired"),
    .init(
      .scopeMissing, "insufficient_scope", "UserInfo Resource",
      like:
        "while attempting to retrieve the UserInfo Resource: [Error Code: insufficient_scope]"
    ),
    .init(.refreshFailed, "ELY23011", like: "ELY23011: Refresh token failure"),
    .init(.refreshFailed, "ELY23012", like: "ELY23012: Refresh token failure status: 400 x"),
    .init(.keysUnavailable, "ELY23005", like: "ELY23005: Unable to load OpenID provider metadata"),
    .init(.keysUnavailable, "OIDC server is not available at the"),
    .init(.keysUnavailable, "Exception loading JWK from"),
    .init(.keysUnavailable, "No JWK are available from IdP"),
    .init(.keysUnavailable, "is not a conform Authorization Server Metadata response"),
    .init(.keysUnavailable, "is not a conform JSON Web Key Set response"),
    .init(.keysUnavailable, "There were no decoding keys available"),
    .init(.keysUnavailable, "Could not discover OIDC configuration"),
    .init(.keysUnavailable, "Could not discover the JWK set"),
    .init(.keysUnavailable, "Well known configuration could not be loaded"),
    .init(.keysUnavailable, "Identity provider not reachable"),
  ]

  private static let applicationSettings: [MessageSignature] = [
    .init(.settingsWrong, "introspection endpoint address is unknown"),
    .init(
      .settingsWrong, "must use HTTPS (with TLS), or config value for property",
      like: "issuer must use HTTPS (with TLS), or config value for property 'requireHttps'"),
    .init(.settingsWrong, "Parameter 'redirect_uri' no longer supported"),
    .init(
      .settingsWrong, "is required when 'post_logout_redirect_uri' is used",
      like: "Either the parameter 'client_id' is required when 'post_logout_redirect_uri' is used."),
    .init(.settingsWrong, "Missing parameters: id_token_hint"),
    .init(.settingsWrong, "missing_user_name_attribute"),
    .init(.settingsWrong, "only requests to HTTPS are allowed"),
    .init(.settingsWrong, "supplied key param cannot be coerced"),
    .init(.settingsWrong, "The provider URL has not been set"),
    .init(.settingsWrong, "The issuer has not been set"),
    .init(.settingsWrong, "no audiences bound to the role"),
    .init(
      .settingsWrong, "role \"", "\" could not be found", like: "role \"x\" could not be found"),
    .init(
      .settingsWrong, "Role arn:", "does not exist", like: "Role arn:minio:iam:::x does not exist"),
    .init(
      .settingsWrong, "Failed to get subject from JWT claims",
      like: "Failed to get subject from JWT claims, check if subject_key 'x' is correct."),
    .init(.settingsWrong, "ELY23003", like: "ELY23003: Either provider-url or auth-server-url"),
    .init(.settingsWrong, "ELY23016", like: "ELY23016: No client ID given"),
    .init(.settingsWrong, "ELY23018", like: "ELY23018: No JWKS public key or client secret key"),
    .init(.settingsWrong, "ELY23022", like: "ELY23022: Must set 'realm' in config"),
    .init(.settingsWrong, "ELY23023", like: "ELY23023: Must set 'resource' or 'client-id'"),
    .init(.settingsWrong, "ELY23024", like: "ELY23024: For bearer auth, you must set"),
    .init(.settingsWrong, "ELY23025", like: "ELY23025: Must set 'auth-server-url'"),
    .init(.settingsWrong, "ELY23026", like: "ELY23026: Client 'x' does not have a secret"),
    .init(
      .settingsWrong, "ELY23029", like: "ELY23029: Configuration of jwt credentials is missing"),
    .init(.settingsWrong, "ELY23049", like: "ELY23049: Invalid 'auth-server-url': 'x'"),
  ]

  /// A status without the exception around it.
  private static let applicationStatuses: [MessageSignature] = [
    .init(.callHTTPError, "400 Client Error: ", about: .fixed("400"), voice: .others),
    .init(.callHTTPError, "401 Client Error: ", about: .fixed("401"), voice: .others),
    .init(.callHTTPError, "403 Client Error: ", about: .fixed("403"), voice: .others),
    .init(.callHTTPError, "404 Client Error: ", about: .fixed("404"), voice: .others),
    .init(.callHTTPError, "500 Server Error: ", about: .fixed("500"), voice: .others),
    .init(.callHTTPError, "502 Server Error: ", about: .fixed("502"), voice: .others),
    .init(.callHTTPError, "503 Server Error: ", about: .fixed("503"), voice: .others),
    .init(.callHTTPError, "504 Server Error: ", about: .fixed("504"), voice: .others),
    .init(
      .callHTTPError, "retrieve user data has failed with status code ", about: .number,
      voice: .others,
      like: "The communication to retrieve user data has failed with status code 401"),
    .init(
      .callHTTPError, "ELY23000", about: .numberAfter("OIDC provider \""), voice: .others,
      like: "ELY23000: Unexpected HTTP status code in response from OIDC provider \"503\""),
    .init(
      .callHTTPError, "ELY23055", about: .numberAfter("token: "), voice: .others,
      like: "ELY23055: Unable to obtain token: 401"),
    .init(
      .accessForbidden, "\"HTTP 403 Forbidden\"", like: "{\"error\":\"HTTP 403 Forbidden\"}"),
    .init(.accessForbidden, "ForbiddenException: HTTP 403 Forbidden"),
    .init(.accessForbidden, "ForbiddenException: Forbidden resource"),
    .init(.pathNotFound, "\"HTTP 404 Not Found\"", like: "{\"error\":\"HTTP 404 Not Found\"}"),
  ]

  /// Why a call failed, in the words of further HTTP clients: Ruby, curl, Erlang, aiohttp, httpx, undici,
  /// Windows sockets, Reactor Netty.
  private static let applicationCalls: [MessageSignature] = [
    .init(.callTimedOut, "Net::OpenTimeout", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "Net::ReadTimeout", about: .fixed("read"), voice: .others),
    .init(.callTimedOut, "httpx.ConnectTimeout", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "httpx.ReadTimeout", about: .fixed("read"), voice: .others),
    .init(.callTimedOut, "UND_ERR_CONNECT_TIMEOUT", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "UND_ERR_HEADERS_TIMEOUT", about: .fixed("read"), voice: .others),
    .init(
      .callTimedOut, "did not properly respond after a period of time", about: .fixed("connect"),
      voice: .others),
    .init(
      .callRefused, "[Connect call failed (", voice: .others,
      like: "Cannot connect to host kc:8080 ssl:default [Connect call failed ('10.0.0.1', 8080)]"),
    .init(.callRefused, ":econnrefused", voice: .others),
    .init(.callNameNotFound, ":nxdomain", voice: .others),
    .init(.callUnreachable, ":ehostunreach", voice: .others),
    .init(.callReset, "Connection prematurely closed", voice: .others),
    .init(.callReset, "other side closed", voice: .others),
  ]
}
