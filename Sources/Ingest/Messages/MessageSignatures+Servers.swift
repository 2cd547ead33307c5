internal import Evidence

/// What servers and gateways say in words of their own: PostgREST, Kong's plugins, APISIX, KrakenD, Tyk, Gravitee,
/// oauth2-proxy, pomerium, lcobucci/jwt, Rancher, Headlamp, Argo CD, Nextcloud, oidc-client-ts. Texts as in their
/// sources.
extension MessageSignatures {
  static let servers: [MessageSignature] =
    serverTokens + liberty + serverStores + serverMissing + serverLogins + serverParties
    + serverSettings

  private static let serverTokens: [MessageSignature] = [
    // PostgREST.
    .init(.tokenNotYetValid, "JWT issued at future"),
    .init(.tokenNotYetValid, "JWT not yet valid"),
    .init(.tokenAudience, "JWT not in audience"),
    .init(.tokenMalformed, "Empty JWT is sent in Authorization header"),
    .init(.tokenMalformed, "Expected 3 parts in JWT; got"),
    .init(.tokenSignature, "JWT cryptographic operation failed"),
    .init(.tokenAlgorithm, "Wrong or unsupported encoding algorithm"),
    .init(.tokenClaim, "Parsing claims failed", "PGRST"),
    .init(.tokenClaim, "The JWT '", "claim must be", like: "The JWT 'exp' claim must be a number"),
    // lcobucci/jwt, beneath `The token violates some mandatory constraints`.
    .init(.tokenNotYetValid, "The token was issued in the future"),
    .init(.tokenNotYetValid, "The token cannot be used yet"),
    .init(.tokenIssuer, "The token was not issued by the given issuers"),
    .init(.tokenAudience, "The token is not allowed to be used by this audience"),
    .init(.tokenSignature, "Token signature mismatch"),
    .init(.tokenAlgorithm, "Token signer mismatch"),
    .init(.tokenClaim, "The token is not related to the expected subject"),
    .init(.tokenClaim, "The token is not identified with the expected ID"),
    // lua-resty-openidc's introspection of a token that is not active any more, in Kong and APISIX.
    .init(.tokenInactive, "introspection failed: invalid token"),
    .init(
      .tokenInactive, ",error=\"invalid token\"",
      like: "Bearer realm=\"kong\",error=\"invalid token\""),
    .init(.tokenInactive, "JWT_REVOKED"),
    // Keycloak's admin and account interfaces of a token that they do not accept.
    .init(.tokenRefused, "\"error\":\"HTTP 401 Unauthorized\""),
    // The access token is over, and nothing was kept to renew it with.
    .init(.tokenExpired, "unable to find a refresh token for user"),
    .init(.tokenInactive, "OAUTH2_INVALID_ACCESS_TOKEN"),
    .init(
      .tokenAudience, "none of our configured audience values could be found in"),
    .init(.tokenMalformed, "Compact JWT strings may not contain whitespace"),
    .init(
      .tokenClaim, "sub in id_token does not match current sub"),
  ]

  /// RabbitMQ, Elasticsearch, Grafana, SonarQube, nimbus-jose-jwt.
  private static let serverStores: [MessageSignature] = [
    .init(.tokenUnknownKey, "{error,key_not_found}"),
    .init(.tokenAudience, "no_matching_aud_found"),
    .init(.tokenAudience, "{error,no_aud_found}"),
    .init(.settingsWrong, "aud_matched_many_resource_servers_only_one_allowed"),
    .init(.settingsWrong, "no_aud_found_cannot_pick_one_from_too_many_resource_servers"),
    .init(.settingsWrong, "{error,unknown_signing_key_type}"),
    .init(.keysUnavailable, "{error,empty_jwks_response}"),
    .init(.keysUnavailable, "{error,invalid_jwks_response}"),
    .init(.keysUnavailable, "{error,no_jwks_uri}"),
    .init(.settingsWrong, "Disabling OAuth 2 authorization, missing relevant configuration"),
    .init(
      .roleMissing, "ccess to vhost '", "refused for user '",
      like: "access to vhost '/' refused for user 'web'"),
    .init(
      .roleMissing, "access to exchange '", "refused for user '",
      like: "configure access to exchange 'a' in vhost '/' refused for user 'web'"),
    .init(
      .roleMissing, "access to queue '", "refused for user '",
      like: "read access to queue 'a' in vhost '/' refused for user 'web'"),
    .init(.tokenRefused, "Failed to parse or validate the ID Token"),
    .init(.callFailed, "get info from generic_oauth"),
    .init(.callFailed, "Failed to get token from provider"),
    .init(.callFailed, "Retrieving access token failed"),
    .init(.keysUnavailable, "RateLimitReachedException", "jwk", caseless: true),
    .init(.settingsWrong, "OAuthAccountNotLinked"),
    .init(.tokenMalformed, "No SecurityTokenValidator available for token"),
    .init(.settingsWrong, "openid_connect_signing_key for production environment"),
    .init(.loginStateLost, "Failed reading state cookie: http: named cookie not present"),
    .init(.grantNotAllowed, "Client is not allowed to exchange"),
    .init(.identityProviderFailed, "Could not proceed with authentication request to identity"),
  ]

  /// WebSphere Liberty's codes.
  private static let liberty: [MessageSignature] = [
    .init(.tokenExpired, "CWWKS6025E", like: "CWWKS6025E: its expiration ('exp') claim is missing"),
    .init(.tokenNotYetValid, "CWWKS6024E", like: "CWWKS6024E: its 'iat' claim is in the future"),
    .init(.tokenIssuer, "CWWKS6022E", like: "CWWKS6022E: The issuer [https://a] is not trusted"),
    .init(.tokenIssuer, "CWWKS1756E", like: "CWWKS1756E: because the issuer does not match"),
    .init(.tokenAudience, "CWWKS6023E", like: "CWWKS6023E: The audience [[a]] is not trusted"),
    .init(.tokenAudience, "CWWKS1754E", like: "CWWKS1754E: because the aud claim does not match"),
    .init(.tokenMissing, "CWWKS5522E", like: "CWWKS5522E: a JWT cannot be found in the request"),
    .init(.keysUnavailable, "CWWKS6041E", like: "CWWKS6041E: A signing key was not available"),
    .init(.tokenSignature, "CWWKS1706E", like: "CWWKS1706E: a signature verification failure"),
    .init(.loginStateLost, "CWWKS1744E", like: "CWWKS1744E: The current state does not match"),
  ]

  private static let serverMissing: [MessageSignature] = [
    .init(.tokenMissing, "Anonymous access is disabled", "PGRST"),
    .init(.tokenMissing, "Unable to validate the token: Token not found"),
    .init(.tokenMissing, "Authorization field missing", caseless: true),
    .init(.tokenMissing, "No OAuth authorization header was supplied"),
    .init(.tokenMissing, "No OAuth access token was supplied"),
    .init(.tokenMissing, "OAUTH2_MISSING_HEADER"),
    .init(.tokenMissing, "JWT_MISSING_TOKEN"),
    .init(.tokenMissing, "OAUTH2_MISSING_ACCESS_TOKEN"),
    .init(.tokenMissing, "No valid token cookie or auth header"),
  ]

  private static let serverLogins: [MessageSignature] = [
    .init(.loginStateLost, "Cookies were found in OAuth callback, but none was a CSRF cookie"),
    .init(.loginStateLost, "No cookies were found in OAuth callback"),
    .init(.loginStateLost, "was found in OAuth callback, but it is not the expected one"),
    .init(.loginStateLost, "but using configured cookie domain of"),
    .init(.loginStateLost, "PKCE Enabled - but no cookie was available for verifier"),
    .init(.loginStateLost, "No PKCE verifier found in oauth storage"),
    .init(.loginStateLost, "invalid request state is empty"),
    .init(
      .loginStateLost, "Expected code in response", like: "ErrorResponse: Expected code in response"
    ),
    .init(.loginStateLost, "no state found in response url"),
    .init(.loginStateLost, "no CSRF cookie"),
    .init(.refreshFailed, "id_token not exist in refresh response"),
    .init(.refreshFailed, "OAuthProxy: Unable to refresh session"),
    .init(.sessionNotFound, "OIDC session token not found"),
    .init(.sessionNotFound, "no login token found in the session"),
    .init(.sessionNotFound, "user must re-authenticate", "no access token cached for"),
    .init(
      .scopeMissing, "field in oauth2 token", "id_token", like: "no id_token field in oauth2 token"),
  ]

  private static let serverParties: [MessageSignature] = [
    .init(.roleMissing, "You cannot consume this service"),
    .init(.roleMissing, "is no longer in the group(s)", like: "bob is no longer in the group(s)"),
    .init(.roleMissing, "user not in any whitelisted group"),
    .init(.roleMissing, "AH01631", like: "AH01631: user bob: authorization failure for \"/\":"),
    .init(.roleMissing, "Your credentials aren't allowed"),
    .init(.roleMissing, "Access is Denied for: ", like: "Access is Denied for: can_read on: Log"),
    .init(.basicPasswordMismatch, "Invalid authentication via basic auth: not in Htpasswd File"),
    .init(.basicPasswordMismatch, "Invalid authentication via HtpasswdFile"),
  ]

  private static let serverSettings: [MessageSignature] = [
    .init(.settingsWrong, "Server lacks JWT secret"),
    .init(.settingsWrong, "No OAuth authorization server has been configured"),
    .init(.settingsWrong, "Invalid user key in JWT token"),
    .init(
      .settingsWrong, "key not authorized: no matching policy", caseless: true,
      like: "Key not authorized: no matching policy"),
    .init(.settingsWrong, "OpenID provider not found", "authorised"),
    .init(.settingsWrong, "No authority or metadataUrl configured on settings"),
    .init(
      .settingsWrong, "role \\\"", "\\\" does not exist", "22023",
      like: "{\"code\":\"22023\",\"message\":\"role \\\"web\\\" does not exist\"}"),
    .init(
      .callWrongURL, "Invalid response Content-Type: ", "from URL: ", voice: .others,
      like: "Invalid response Content-Type: text/html, from URL: https://kc/realms/a"),
    .init(.callWrongURL, "Invalid JSON response from IdP token endpoint"),
    .init(.callWrongURL, "server response missing access_token"),
    .init(.callHTTPError, "OAUTH2_SERVER_UNAVAILABLE", about: .fixed("503"), voice: .others),
    .init(.callClientRefused, "client (", ") secret expired", like: "client (web) secret expired"),
  ]
}
