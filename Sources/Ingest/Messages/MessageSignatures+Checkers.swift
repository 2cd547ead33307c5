internal import Evidence

/// What those who check tokens and carry logins say where other rows would hear something else, or nothing:
/// oauth2-proxy, go-oidc, lua-resty-openidc, mod_auth_openidc, Kong, gatekeeper, keycloak-connect, jose and
/// oauth4webapi, PyJWT, zitadel's oidc, firebase/php-jwt, Nextcloud, Microsoft.IdentityModel, Spring Security,
/// jose4j, SmallRye JWT, pac4j, Jenkins, Vault, Harbor, GitLab, Grafana, Kafka, Strimzi, KrakenD. Texts as in the
/// products' sources.
extension MessageSignatures {
  static let checkers: [MessageSignature] =
    checkerTokens + checkerKeys + checkerLogins + checkerParties + checkerSettings
    + checkerAddresses
    + checkerCalls + loadBalancerReasons + checkerRefusals

  private static let checkerTokens: [MessageSignature] = [
    // How JwtSecurityToken prints itself: `{header}.{payload}`; Keycloak signs refresh tokens with a secret.
    .init(
      .tokenType, "\"typ\":\"Refresh\"", "}.{\"", "{\"alg\":\"HS",
      like:
        "'{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k\"}.{\"jti\":\"j\",\"typ\":\"Refresh\"}'"),
    .init(
      .tokenAlgorithm, "'{\"alg\":\"HS", "}.{\"", "IDX105", about: .wordAfter("\"alg\":"),
      like: "IDX10503: Signature validation failed. token: '{\"alg\":\"HS256\"}.{\"sub\":\"a\"}'."),
    .init(
      .tokenClaim, "unexpected ID Token \"azp\"",
      like: "unexpected ID Token \"azp\" (authorized party) claim value"),
    .init(.tokenClaim, "exceeds maximum allowed expiration"),
    .init(.tokenClaim, "Missing issuer claim"),
    .init(
      .tokenClaim, "mandatory claim (", "was not returned from userinfo",
      like: "mandatory claim (\"sub\") was not returned from userinfo endpoint"),
    .init(.tokenClaim, "access token and uma token user ID don't match"),
    .init(.tokenClaim, "acr is invalid"),
    .init(.tokenClaim, "No authorized party"),
    .init(
      .tokenClaim, "IDX10228", like: "IDX10228: The securityToken has previously been validated"),
    .init(.tokenClaim, "No Issuer (iss) claim present"),
    .init(.tokenClaim, "No Expiration Time (exp) claim present"),
    .init(
      .tokenClaim, "SRJWT07009",
      like: "SRJWT07009: The Expiration Time (exp=1) claim value cannot be"),
    .init(.tokenClaim, "no issued at (iat), not before (nbf), or expiration time (exp) claims"),
    .init(.tokenClaim, "expired auth_time"),
    .init(.tokenClaim, "Provider didn't return an email address"),
    .init(.tokenClaim, "Token validation failed: Expiry not set"),
    .init(.tokenClaim, "Error(InvalidSubject)"),
    .init(.tokenClaim, "InvalidSubjectError"),
    .init(.tokenExpired, "token expired and no refresh token available"),
    .init(.tokenExpired, "\"iat\" claim timestamp check failed (too far in the past)"),
    .init(.tokenExpired, "OAUTH_JWT_TIMESTAMP_CHECK_FAILED"),
    .init(.tokenExpired, "issuedAt of token is to old"),
    .init(.tokenExpired, "SRJWT07018", like: "SRJWT07018: The token age has exceeded 60 seconds"),
    .init(
      .tokenExpired, "was on or after the Expiration Time value",
      like:
        "The indicated time (2 ms) minus allowable clock skew (0 ms) was on or after the Expiration Time value (1 seconds)"
    ),
    .init(.tokenNotYetValid, "ID token issue time ahead of current time"),
    .init(
      .tokenNotYetValid, "iat NumericDate{", "} is in the future",
      like: "[23] iat NumericDate{2 -> x} is in the future"),
    .init(
      .tokenIssuer, "no provider found for issuer: ", about: .word,
      like: "no provider found for issuer: https://a.example"),
    .init(.tokenMalformed, "missing part header"),
    .init(.tokenMalformed, "missing part payload"),
    .init(.tokenMalformed, "missing part signature"),
    .init(.tokenMalformed, "Only JWTs using Compact JWS serialization can be decoded"),
    .init(.tokenMalformed, "Key ID header parameter must be a string"),
    .init(.tokenMalformed, "Syntax error, malformed JSON", "JWT"),
    .init(.tokenMalformed, "IDX10209", like: "IDX10209: Token has length: '300000'"),
    .init(.tokenMalformed, "The requested token parameter is an empty string"),
    .init(.tokenMalformed, "SRJWT07006", like: "SRJWT07006: Invalid token 'kid' header"),
    .init(.tokenMalformed, "Idtoken could not be parsed"),
    .init(.tokenMalformed, "Invalid kid value ", voice: .others),
    .init(
      .tokenMissing, "Unable to validate the token: ", "token not found",
      like: "Unable to validate the token: token not found"),
    .init(.tokenMissing, "No bearer in header"),
    .init(.tokenInactive, "access_token validation failed"),
    .init(.tokenInactive, "Token sent by client rejected"),
  ]

  private static let checkerKeys: [MessageSignature] = [
    .init(
      .tokenUnknownKey, "No KID specified and JWKS endpoint returned more than 1 key"),
    .init(.tokenUnknownKey, "no public keys able to verify jwt"),
    .init(
      .tokenUnknownKey, "could not find key with kid: ", about: .word,
      like: "could not find key with kid: K"),
    .init(.tokenUnknownKey, "OAUTH_KEY_SELECTION_FAILED"),
    .init(.tokenUnknownKey, "Unable to find a key for RSA"),
    .init(.tokenUnknownKey, "SRJWT07011", like: "SRJWT07011: Verification key is unresolvable"),
    .init(.tokenUnknownKey, "Public key not set", "VerificationException", voice: .others),
    .init(.tokenUnknownKey, "key exists but is expired", voice: .others),
    // Dex (server/rotation.go), strimzi-kafka-oauth (JWTSignatureValidator).
    .init(
      .keysRenewed, "keys rotated, next rotation: ",
      like: "keys rotated, next rotation: 2019-07-01 02:45:43.899839156 +0000 UTC"),
    .init(.keysRenewed, "keys expired, rotating"),
    .init(.keysRenewed, "JWKS keys change detected. Keys updated."),
    .init(.tokenSignature, "invalid token (public key signature)"),
    .init(.tokenSignature, "user info response in jwt format not valid"),
    .init(
      .tokenAlgorithm, "oidc: unsupported signing algorithm \"", about: .wordAfter("algorithm "),
      like: "oidc: unsupported signing algorithm \"HS256\""),
    .init(.tokenAlgorithm, "jwt signature is required", voice: .others),
    .init(.tokenAlgorithm, "Missing / invalid token algorithm"),
    .init(.tokenAlgorithm, "signing method (alg) is unspecified"),
    .init(.tokenAlgorithm, "Empty algorithm", voice: .others),
    .init(.tokenAlgorithm, "Unsigned ID tokens are not allowed"),
    .init(.tokenAlgorithm, "No signature algorithm found for JWT"),
    .init(
      .tokenAlgorithm, "Received JWT is signed with ", "but client_singing_alg is configured for",
      about: .word,
      like: "Received JWT is signed with RS256, but client_singing_alg is configured for HS256"),
  ]

  private static let checkerLogins: [MessageSignature] = [
    .init(
      .sessionNotFound, "Session validation failed: Session{",
      like: "Session validation failed: Session{email:a user:b PreferredUsername:b token:true}"),
    .init(
      .sessionNotFound, "session no longer exists, it may have been removed by another request"),
    .init(
      .sessionNotFound, "lost access token:",
      like: "lost access token:response indicates failure, status=400, body={}"),
    .init(.sessionNotFound, "unable to decrypt token body"),
    .init(.sessionNotFound, "no stored access token found for user"),
    .init(.loginStateLost, "unhandled request to the redirect_uri: "),
    .init(.loginStateLost, "[Keycloak Error] Invalid state"),
    .init(.loginStateLost, "No session to resume (perhaps jenkins was restarted?)"),
    .init(.loginStateLost, "No code or id_token received."),
    .init(.loginStateLost, "Failed to get OIDC token from session"),
    .init(.loginStateLost, "Failed to get OIDC user info from session"),
    .init(.loginStateLost, "auth.oauth.pkce.missing"),
    .init(.loginStateLost, "no session state found", voice: .others),
    .init(
      .hostnameOptions, "the URL hostname (", "of the configured OIDCRedirectURI does not match",
      like:
        "the URL hostname (a) of the configured OIDCRedirectURI does not match the URL hostname of the URL"
    ),
  ]

  private static let checkerParties: [MessageSignature] = [
    .init(.roleMissing, "The session failed authorization checks"),
    .init(.roleMissing, "Invalid session: unauthorized"),
    .init(.roleMissing, "Access token does not have the required scope/role"),
    .init(.roleMissing, "Token sent by client does not have sufficient roles"),
    .init(.roleMissing, "Required email domain not fulfilled"),
    .init(
      .accessForbidden, "Error while parsing OAuth2 callback: ", "access_denied",
      like: "Error while parsing OAuth2 callback: access_denied"),
    .init(.scopeMissing, "Token sent by client does not have the required scopes"),
    .init(
      .scopeMissing, "Bad User Info response", "insufficient_scope",
      like: "Bad User Info response, error=insufficient_scope"),
    .init(.scopeMissing, "No idtoken was provided in response to token request"),
    .init(
      .scopeMissing, "IDX21336",
      like: "IDX21336: Both 'id_token' and 'access_token' should be present"
    ),
    .init(
      .callClientRefused, "response contained an \"error\" entry with value: ", "invalid_client",
      like: "\"error\": response contained an \"error\" entry with value: \"\"invalid_client\"\""),
    .init(
      .callClientRefused, "Got response: ", "invalid_client", like: "Got response: invalid_client"),
    .init(
      .callClientRefused, "Could not authenticate you from OpenIDConnect because",
      "\"Unauthorized\"",
      like: "Could not authenticate you from OpenIDConnect because \"Unauthorized\"."),
  ]

  private static let checkerSettings: [MessageSignature] = [
    .init(
      .settingsWrong, "client_id from argument: ", "does not match expected client_id: ",
      like: "client_id from argument: a does not match expected client_id: b"),
    .init(
      .settingsWrong, "configured value for token_endpoint_auth_method (", "NOT found in",
      like:
        "configured value for token_endpoint_auth_method (private_key_jwt) NOT found in token_endpoint_auth_methods_supported in metadata"
    ),
    .init(.settingsWrong, "oidc: user info endpoint is not supported by this provider"),
    .init(.settingsWrong, "Unable to determine token endpoint"),
    .init(
      .settingsWrong, "Could not find consumer for '", like: "Could not find consumer for 'iss=x'"),
    .init(.settingsWrong, "Unable to find consumer for token"),
    .init(
      .settingsWrong, "No access_token provided to compare against at_hash claim"),
    .init(.settingsWrong, "OAuth authorized got an unknown provider"),
    .init(.settingsWrong, "User not found. Credentials: "),
    .init(.settingsWrong, "Failed to decrypt the OIDC provider client secret"),
    .init(.settingsWrong, "There is no such OpenID Connect provider"),
    .init(.settingsWrong, "Failed to provision the user"),
    .init(
      .settingsWrong, "IDX10249",
      like: "IDX10249: X509SecurityKey validation failed. The associated"),
    .init(.settingsWrong, "No JWS key selector is configured"),
    .init(
      .settingsWrong, "SRJWT02003",
      like: "SRJWT02003: 'mp.jwt.verify.publickey.location' is invalid"),
    .init(
      .settingsWrong,
      "None of the Token endpoint provider metadata authentication methods are supported"),
    .init(.settingsWrong, "Vault login failed. Role could not be found"),
    .init(.settingsWrong, "role with oidc role_type is not allowed"),
    .init(.settingsWrong, "missing OpenID token endpoint"),
    .init(.settingsWrong, "Error(InvalidKeyFormat"),
    .init(
      .settingsWrong, "Failed to fetch user/group information from the identity provider"),
  ]

  /// An address that answers, but not as this end-point.
  private static let checkerAddresses: [MessageSignature] = [
    .init(
      .callWrongURL, "oidc: failed to decode provider discovery object",
      "could not unmarshal as JSON",
      like:
        "oidc: failed to decode provider discovery object: got Content-Type = application/json, but could not unmarshal as JSON: EOF"
    ),
    .init(.callIssuerDiffers, "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED"),
    .init(.callWrongURL, "oidc: request failed: 404"),
    .init(.callWrongURL, "[keys] in Jwks is not an array"),
    .init(
      .callWrongURL, "invalid jwks_uri ", "in openID discovery configuration",
      like: "invalid jwks_uri <nil> in openID discovery configuration"),
    .init(.callWrongURL, "JSON decoding failed", "openidc", voice: .others),
    .init(.callWrongURL, "opts.discovery.jwks_uri is not present or not a string"),
    .init(.callWrongURL, "Invalid JWKS URI: The provided URI is not a valid URL"),
    .init(.callWrongURL, "Failed to parse the JSON Web Key Set HTTP response as JSON"),
    .init(.callWrongURL, "The JWKS endpoint did not return a JSON object"),
    .init(
      .callWrongURL, "Invalid response received from Authorization Server. Expected JSON."),
    .init(
      .callWrongURL, "Invalid discovery endpoint. Missing fields: ",
      like: "Invalid discovery endpoint. Missing fields: jwks_uri"),
    .init(.callWrongURL, "The public JWK set URI must not be null"),
    .init(.callWrongURL, "Couldn't parse remote JWK set"),
    .init(.callWrongURL, "Exception parsing JWK Set response from"),
    .init(.callWrongURL, "URL does not seem to describe OpenID Connect endpoints"),
    .init(
      .callWrongURL, "Failed to verify connection: {URL:", "404 Not Found",
      like: "Failed to verify connection: {URL:https://kc VerifyCert:true}, err: 404 Not Found"),
    .init(
      .callWrongURL, "Could not authenticate you from OpenIDConnect because", "\"Not found\"",
      like: "Could not authenticate you from OpenIDConnect because \"Not found\"."),
    .init(.callHTTPError, "DiscoveryFailed (Not Found)", about: .fixed("404"), voice: .others),
    .init(.callWrongURL, "The token endpoint response did not contain an access_token value"),
    .init(.callWrongURL, "OIDC authorization code sent but token response is not JSON"),
    .init(.callWrongURL, "OIDC AuthZ code sent but token response is not JSON"),
    // HAProxy's own page for those without a password (src/http.c).
    .init(.basicMissing, "You need a valid user and password to access this content"),
    .init(.accessRuleDenied, "Request forbidden by administrative rules"),
  ]

  private static let checkerCalls: [MessageSignature] = [
    .init(.keysUnavailable, "could not get a validation response from the Authorization server"),
    .init(.keysUnavailable, "Error fetching JWK Keys"),
    .init(.keysUnavailable, "Could not obtain the keys"),
    .init(.keysUnavailable, "Failed to introspect token - send, fetch or parse failed"),
    .init(
      .keysUnavailable, "Failed to connect to: http", "/openid-connect/",
      like: "Failed to connect to: https://kc/realms/r/protocol/openid-connect/token"),
    .init(
      .authServiceCallFailed, "Error reading body ", ". Cause: ",
      like: "Error reading body http://auth:4181. Cause: EOF"),
    .init(.callTLS, "JWK client did not find a pinned key"),
    .init(
      .callTimedOut, "Authentication failure! timeout: Timeout::Error", voice: .others),
    .init(
      .callTimedOut, "Error while sending authz request to ", "timeout", voice: .others,
      like: "Error while sending authz request to http://kc/token: timeout"),
    .init(
      .callHTTPError, "OIDC unexpected response from IdP ", about: .numberAfter("(HTTP "),
      voice: .others, like: "OIDC unexpected response from IdP (HTTP 502). <html>"),
    .init(
      .callHTTPError, "Could not retrieve well-known config ", about: .number, voice: .others,
      like: "Could not retrieve well-known config 404 Not Found"),
    .init(.callFailed, "Error while sending authz request to ", voice: .others),
    .init(.callFailed, "OAuth flow failed.", voice: .others),
    .init(.callFailed, "failed to turn code into token", voice: .others),
    .init(.callFailed, "Failed to contact the OIDC provider token endpoint", voice: .others),
    .init(
      .callFailed, "is not a conform Token Endpoint response", voice: .others,
      like: "\"response\" is not a conform Token Endpoint response (unexpected HTTP status code)"),
    .init(.callFailed, "server responded with an error in the response body", voice: .others),
    .init(
      .callFailed, "server responded with a challenge in the WWW-Authenticate HTTP Header",
      voice: .others),
    .init(.callFailed, "Failed to get token from provider", voice: .others),
    .init(.callFailed, "login.OAuthLogin(NewTransportWithCode)", voice: .others),
    .init(.callFailed, "SearchPrincipals: problem searching keycloak", voice: .others),
    .init(.callFailed, "Error on OAuth authorize: ", voice: .others),
    .init(.callFailed, "Was not able to get userinfo (not 200)", voice: .others),
  ]

  /// The error reasons of AWS's application load balancer, quoted without its line.
  private static let loadBalancerReasons: [MessageSignature] =
    AWSLoadBalancerTail.loginReasons.map { reason in
      let isOfCall = reason.statement == .callTimedOut || reason.statement == .callFailed
      return .init(reason.statement, "\"\(reason.text)\"", voice: isOfCall ? .others : .anyone)
    } + [.init(.callFailed, "\"AuthUnhandledException\"", voice: .others)]

  /// Refusals whose reason stands elsewhere, mostly behind a colon.
  private static let checkerRefusals: [MessageSignature] = [
    .init(.tokenRefused, "id_token validation failed"),
    .init(.tokenRefused, "OIDC authentication failed: "),
    .init(.tokenRefused, "jwt-auth failed to authenticate the request, code: "),
    .init(.tokenRefused, "id_token payload could not be validated, aborting"),
    .init(.tokenRefused, "The identity provider failed to authenticate the user."),
    .init(.tokenRefused, "[Keycloak Error] User cannot be authenticated."),
    .init(.tokenRefused, "[Keycloak Service] ID Token is invalid."),
    .init(.tokenRefused, "Invalid bearer token"),
    .init(.tokenRefused, "invalid bearer token"),
    .init(.tokenRefused, "Unable to validate Jwt"),
    .init(.tokenRefused, "ID token verification failure: "),
    .init(.tokenRefused, "SRJWT11001", like: "SRJWT11001: Unable to validate bearer token"),
    .init(.tokenRefused, "SRJWT07000", like: "SRJWT07000: Failed to verify a token"),
    .init(.tokenRefused, "Unable to validate the ID token"),
    .init(.tokenRefused, "JWT verification failed: "),
    .init(.tokenRefused, "failed to verify the token"),
    .init(.tokenRefused, "Token sent by client is invalid"),
    .init(.tokenRefused, "{\"message\":\"Unauthorized\"}"),
    .init(
      .tokenRefused, "Authentication could not be performed due to an internal error on the server"),
  ]
}
