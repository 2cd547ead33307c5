internal import Evidence

/// What those who guard an application say, and those who carry a login for it: Vert.x, LexikJWT, Joken and oidcc,
/// angular-auth-oidc-client's results, axum-keycloak-auth, Fastify, Hasura, ASP.NET's key ring, Kubeflow, the MCP SDK,
/// Auth.js, Nextcloud, Spring, lua-resty-openidc; Keycloak's own pages and answers. Texts as in their sources.
extension MessageSignatures {
  static let guards: [MessageSignature] = guardTokens + guardMissing + guardLogins + guardSettings

  private static let guardTokens: [MessageSignature] = [
    .init(.tokenNotYetValid, "iat > now", like: "Invalid JWT token: iat > now"),
    .init(.tokenNotYetValid, "nbf > now", like: "Invalid JWT token: nbf > now"),
    .init(.tokenExpired, "exp <= now", like: "Expired JWT token: exp <= now"),
    .init(
      .tokenNotYetValid, "MaxOffsetExpired", voice: .others, like: "validation: MaxOffsetExpired"),
    .init(.tokenNotYetValid, "id_token_iat_max_offset", voice: .others),
    .init(.tokenUnknownKey, "NoSuchKeyIdException"),
    .init(.tokenUnknownKey, "kid_does_not_match"),
    .init(.tokenUnknownKey, ":no_matching_key", like: "{:error, :no_matching_key}"),
    .init(
      .tokenMalformed, "Invalid token specified", like: "Invalid token specified: missing part #2"),
    .init(.tokenAlgorithm, "Alg value is not allowed"),
    .init(.tokenAlgorithm, "No alg value found in header"),
    .init(.tokenIssuer, "IssDoesNotMatchIssuer"),
    .init(.tokenAudience, "IncorrectAud", voice: .others, like: "validation: IncorrectAud"),
    .init(.tokenClaim, "IncorrectAzp", voice: .others, like: "validation: IncorrectAzp"),
    .init(.tokenClaim, "IncorrectAtHash", voice: .others, like: "validation: IncorrectAtHash"),
    .init(
      .tokenAudience, "None of the audiences match", caseless: true,
      like: "BadValue: None of the audiences match the configured audience"),
    .init(.keysUnavailable, "no public keys found", caseless: true),
    .init(.keysUnavailable, "NoDecodingKeys", voice: .others, like: "AuthError: NoDecodingKeys"),
    .init(.keysUnavailable, "NoAuthWellKnownEndPoints", voice: .others),
    .init(
      .tokenInactive, "introspection returned active=false", caseless: true,
      like: "Token introspection returned active=false"),
    .init(
      .sessionNotFound, "error_description\":\"user_session_not_found\"", voice: .others,
      like: "{\"error\":\"invalid_token\",\"error_description\":\"user_session_not_found\"}"),
    .init(
      .sessionNotFound, "was not found in the key ring",
      like: "The key {4b1a} was not found in the key ring."),
  ]

  private static let guardMissing: [MessageSignature] = [
    .init(.tokenMissing, "JWT Token not found"),
    .init(.tokenMissing, "No Authorization was found in request."),
    .init(.tokenMissing, "FST_JWT_NO_AUTHORIZATION_IN_"),
    .init(.tokenMissing, "Missing 'Authorization' or 'Cookie' header"),
    .init(.tokenMissing, "MissingAuthorizationHeader"),
    .init(
      .tokenMissing, "Request unauthenticated with bearer", caseless: true,
      like: "rpc error: code = Unauthenticated desc = Request unauthenticated with bearer"),
    .init(.tokenMissing, "Pre-authenticated entry point called. Rejecting access"),
    .init(.tokenMissing, "401", "No user detected.", like: "[401] No user detected."),
    .init(
      .tokenMissing, "Failed to authorize filter invocation", "attributes [authenticated]",
      like: "Failed to authorize filter invocation [GET /a] with attributes [authenticated]"),
    .init(
      .tokenMissing, "[isAnonymous()] matched the required roles [isAuthenticated()]",
      like:
        "None of the given roles [isAnonymous()] matched the required roles [isAuthenticated()]. Rejecting the request"
    ),
    .init(
      .tokenMissing, "DefaultTokenResolver", "no token found.",
      like: "DefaultTokenResolver - Request GET, /api, no token found."),
    .init(
      .roleMissing, "does not have permission to access the requested resource",
      like: "identity[bob], groups[] does not have permission to access the requested resource."),
    .init(
      .roleMissing, "Access to '", "' is forbidden to user '",
      like: "Access to 'https://a.example/' is forbidden to user 'bob'"),
    .init(.tokenSignature, "Message seems corrupt or manipulated"),
    .init(
      .accessForbidden, "AccessDeniedHandlerImpl", "Responding with 403 status code",
      like: "o.s.s.w.access.AccessDeniedHandlerImpl : Responding with 403 status code"),
    .init(.accessForbidden, "org.apache.shiro.authz.UnauthorizedException"),
    .init(
      .roleMissing, "access denied: user '", "Not management user",
      like: "HTTP access denied: user 'bob' - Not management user"),
    .init(
      .tokenClaim, "no field '", "was supplied in the UserInfo payload",
      like: "no field 'preferred_username' was supplied in the UserInfo payload or ID Token"),
  ]

  private static let guardLogins: [MessageSignature] = [
    .init(.loginStateLost, "StatesDoNotMatch"),
    .init(.loginStateLost, "IncorrectNonce", voice: .others, like: "validation: IncorrectNonce"),
    .init(
      .loginStateLost, "The link you clicked is an old stale link", voice: .others),
    .init(.loginStateLost, "You are already logged in.", voice: .others),
    .init(.loginStateLost, "Your browser is blocking access to 3rd-party cookies", voice: .others),
    .init(
      .roleMissing, "failed to perform initial login to Keycloak", "Malformed version",
      like: "failed to perform initial login to Keycloak: Malformed version: "),
    .init(
      .identityProviderFailed, "could be due to wrongly configured federated provider",
      like: "No users found, could be due to wrongly configured federated provider"),
    .init(.callWrongURL, "SWD::Exception::NotFound"),
    .init(.callWrongURL, "WebFinger::NotFound"),
    .init(.callWrongURL, "Failed to parse server response", voice: .others),
  ]

  private static let guardSettings: [MessageSignature] = [
    .init(.settingsWrong, "Please define a `secret`"),
    .init(.settingsWrong, "MissingSecret", "auth", like: "[auth][error] MissingSecret"),
    .init(.settingsWrong, "violates local access rules"),
    .init(.settingsWrong, "Invalid parameter: id_token_hint", voice: .others),
    .init(.settingsWrong, "Invalid Authorization Grant Type ("),
    .init(.settingsWrong, "(reading 'digest')", voice: .others),
    .init(.settingsWrong, "No auth provider registered for "),
    .init(.settingsWrong, "no Auth Provider found for name"),
    .init(
      .settingsWrong, "bean of type 'org.springframework.security.oauth2.", "Consider defining",
      like: "Consider defining a bean of type 'org.springframework.security.oauth2.client.X'"),
    .init(
      .settingsWrong, "issuer must use https", "requireHttps", voice: .others,
      like: "issuer must use https (with TLS), or config value for property 'requireHttps'"),
    .init(
      .settingsWrong, "Protected resource ", "does not match expected ", voice: .others,
      like: "Protected resource https://a/mcp does not match expected https://a/ (or origin)"),
  ]
}
