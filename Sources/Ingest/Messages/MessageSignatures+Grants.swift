internal import Evidence

/// What Keycloak's token end-point and its events say grant by grant, refreshes that somebody tells of, and
/// headers in which no token stands. Texts as in Keycloak's sources.
extension MessageSignatures {
  /// Asked first: the words for access tokens stand in these, too.
  static let grants: [MessageSignature] = renewals + exchanges + placeholders + registrations

  /// Asked after everything else that gives a reason.
  static let parameters: [MessageSignature] = [
    .init(
      .settingsWrong, "Missing parameter: ", "invalid_request",
      like: "{\"error\":\"invalid_request\",\"error_description\":\"Missing parameter: username\"}"),
    .init(.settingsWrong, "\"No refresh token\"", "invalid_request"),
    .init(.settingsWrong, "subject_token", "invalid_request"),
    .init(.settingsWrong, "requested_token_type", "invalid_request"),
    .init(
      .settingsWrong, "invalid_resource", "Resource with id", "does not exist",
      like:
        "{\"error\":\"invalid_resource\",\"error_description\":\"Resource with id [a] does not exist.\"}"
    ),
    .init(.userInvalidCredentials, "\"User not found\"", "invalid_grant"),
    .init(.userDisabled, "\"User disabled\"", "invalid_grant"),
    .init(.tokenInactive, "\"Token verification failed\"", "invalid_token"),
    .init(.callClientRefused, "\"Authentication failed.\"", "invalid_request"),
    .init(.grantNotAllowed, "Client does not support permissions"),
    // Frameworks' own bodies.
    .init(.tokenMissing, "\"Not authenticated\""),
    .init(.tokenType, "Only non-refresh tokens are allowed"),
    .init(.tokenType, "Only refresh tokens are allowed"),
    .init(.tokenType, "\"Wrong token type\""),
    .init(.accessForbidden, "\"message\":\"Forbidden resource\""),
    .init(
      .accessForbidden, "\"status\":403,\"error\":\"Forbidden\"",
      like: "{\"status\":403,\"error\":\"Forbidden\",\"path\":\"/a\"}"),
    .init(.accessForbidden, "You do not have permission to perform this action"),
    .init(.tokenInactive, "{\"status\":\"invalid_token\"}"),
    .init(.tokenInactive, "SASL mechanism OAUTHBEARER", "invalid credentials"),
  ]

  private static let renewals: [MessageSignature] = [
    .init(.refreshTokenNotActive, "refresh token is expired", caseless: true),
    .init(.refreshTokenNotActive, "refresh token has expired", caseless: true),
    .init(.refreshTokenNotActive, "refresh token is no longer valid", caseless: true),
    .init(.refreshTokenNotActive, "expired refresh token", caseless: true),
    .init(.refreshTokenNotActive, "refresh_token expired", caseless: true),
    .init(.refreshTokenNotActive, "refresh_token is expired", caseless: true),
    .init(
      .refreshTokenNotActive, "REFRESH_TOKEN_ERROR", "Token is not active",
      like: "REFRESH_TOKEN_ERROR with reason=\"Token is not active\""),
  ]

  private static let exchanges: [MessageSignature] = [
    .init(.grantNotAllowed, "Offline tokens not allowed for the user or client"),
    .init(.grantNotAllowed, "not allowed to impersonate"),
    .init(.grantNotAllowed, "Client not allowed to initiate backchannel authentication"),
    .init(.grantNotAllowed, "client not allowed to exchange", caseless: true),
    .init(.grantNotAllowed, "Public client is not allowed to exchange token"),
    .init(.grantNotAllowed, "Sender-constrained token exchange rejected"),
    .init(.grantNotAllowed, "JWT Authorization Grant is not supported"),
    .init(.grantNotAllowed, "Public client not allowed to use authorization grant"),
    .init(.grantNotAllowed, "Identity Provider is not allowed for the client"),
    .init(.grantNotAllowed, "Identity Provider is not configured for JWT Authorization Grant"),
    .init(.tokenIssuer, "No Identity Provider for provided issuer"),
    .init(.tokenMalformed, "The provided assertion is not a valid JWT"),
    .init(
      .tokenClaim, "\"Missing claim: ", "invalid_grant",
      like: "{\"error\":\"invalid_grant\",\"error_description\":\"Missing claim: iss\"}"),
    .init(.grantNotAllowed, "unsupported_grant_type"),
    .init(.grantNotAllowed, "not allowed for token exchange"),
    .init(.grantNotAllowed, "Refresh token not valid as requested_token_type"),
    .init(.grantNotAllowed, "Missing consents for Token Exchange"),
    .init(.tokenWrongParty, "Client is not the holder of the token"),
  ]

  /// What a program sends whose variable holds no token.
  private static let placeholders: [MessageSignature] = [
    .init(.tokenMalformed, "Bearer undefined"),
    .init(.tokenMalformed, "Bearer null"),
    .init(.tokenMalformed, "Bearer [object Object]"),
    .init(.tokenMalformed, "uthorization: Bearer None"),
    .init(.tokenMalformed, "uthorization: Bearer Bearer"),
  ]

  /// Who may register clients is no matter of tokens.
  private static let registrations: [MessageSignature] = [
    .init(.invalidRequest, "rejected request to client-registration service")
  ]
}
