internal import Evidence

/// What Keycloak's server and console write under the names of their texts (`Messages`), in its answers of
/// several eras, and as a broker of other providers; and what Nextcloud's and Spring Boot's clients say of it.
/// Texts as in the sources of Keycloak 1 to 26.
extension MessageSignatures {
  static let eras: [MessageSignature] = oldAnswers + brokers + clientsOfKeycloak

  /// The name of a text instead of the text, on pages and in logs.
  static let textNames: [MessageSignature] = [
    .init(.identityProviderFailed, "unexpectedErrorHandlingRequestMessage"),
    .init(.identityProviderFailed, "unexpectedErrorHandlingResponseMessage"),
    .init(.identityProviderFailed, "unexpectedErrorRetrievingTokenMessage"),
    .init(.identityProviderFailed, "identityProviderUnexpectedErrorMessage"),
    .init(.identityProviderFailed, "identityProviderAuthenticationFailedMessage"),
    .init(.identityProviderFailed, "identityProviderInvalidResponseMessage"),
    .init(.identityProviderFailed, "identityProviderInvalidSignatureMessage"),
    .init(.identityProviderFailed, "couldNotSendAuthenticationRequestMessage"),
    .init(.identityProviderFailed, "couldNotObtainTokenMessage"),
    .init(.identityProviderFailed, "failedToProcessResponseMessage"),
    .init(.loginStateLost, "expiredCodeMessage"),
    .init(.loginStateLost, "staleCodeMessage"),
    .init(.loginStateLost, "staleCodeAccountMessage"),
    .init(.loginStateLost, "identityProviderMissingStateMessage"),
    .init(.loginStateLost, "cookieNotFoundMessage"),
    .init(.loginStateLost, "invalidCodeMessage"),
    .init(.sessionNotFound, "sessionNotActiveMessage"),
    .init(.redirectURIInvalid, "invalidRedirectUriMessage"),
    .init(.callClientRefused, "clientNotFoundMessage"),
    .init(.callClientRefused, "unknownLoginRequesterMessage"),
    .init(.callClientRefused, "clientDisabledMessage"),
    .init(.callClientRefused, "loginRequesterNotEnabledMessage"),
    .init(.userInvalidCredentials, "invalidUserMessage"),
    .init(.userDisabled, "accountDisabledMessage"),
    .init(.userLocked, "accountTemporarilyDisabledMessage"),
    .init(.userLocked, "accountPermanentlyDisabledMessage"),
    .init(.httpsRequired, "httpsRequiredMessage"),
    .init(.realmNotFound, "realmNotEnabledMessage"),
    .init(.grantNotAllowed, "standardFlowDisabledMessage"),
    .init(.grantNotAllowed, "implicitFlowDisabledMessage"),
    .init(.grantNotAllowed, "bearerOnlyMessage"),
  ]

  private static let oldAnswers: [MessageSignature] = [
    .init(.refreshStale, "Stale refresh token"),
    .init(.refreshTokenNotActive, "Refresh token expired"),
    .init(.tokenExpired, "IDToken expired"),
    .init(.tokenRefused, "\"Invalid IDToken\""),
    .init(.callClientRefused, "Client is not enabled"),
    .init(.callClientRefused, "Client was not identified by any client authenticator"),
    .init(.callClientRefused, "UNKNOWN_CLIENT"),
    .init(.callClientRefused, "Login requester not enabled"),
    .init(.callClientRefused, "Unknown login requester"),
    .init(.grantNotAllowed, "Bearer-only not allowed"),
    .init(.grantNotAllowed, "Bearer-only applications are not allowed"),
    .init(.grantNotAllowed, "Bearer only clients are not allowed"),
    .init(.grantNotAllowed, "Standard flow is disabled for the client"),
    .init(.grantNotAllowed, "Implicit flow is disabled for the client"),
    .init(
      .grantNotAllowed, "Client is not allowed to initiate OAuth 2.0 Device Authorization Grant"),
    .init(.grantNotAllowed, "Public client not allowed to retrieve service account"),
    .init(.grantNotAllowed, "Client not allowed to exchange"),
    .init(.grantNotAllowed, "Standard token exchange is not enabled for the requested client"),
    .init(.settingsWrong, "Missing form parameter: grant_type"),
    .init(.settingsWrong, "Missing parameter: response_type"),
    .init(.settingsWrong, "Invalid parameter: response_type"),
    .init(.settingsWrong, "Missing parameter: code_challenge"),
    .init(.settingsWrong, "Invalid parameter: code_challenge"),
    .init(.settingsWrong, "Missing parameter: nonce"),
    .init(.userActionRequired, "Account is not verified"),
    .init(.sessionNotFound, "Client session not found"),
    .init(.pathNotFound, "Unable to find matching targ"),
    .init(.pathNotFound, "No resource method found for "),
    .init(.pathNotFound, "\"HTTP 405 Method Not Allowed\""),
  ]

  /// Keycloak as the client of another provider.
  private static let brokers: [MessageSignature] = [
    .init(.identityProviderFailed, "Wrong issuer from token. Got"),
    .init(.identityProviderFailed, "Wrong audience from token"),
    .init(.identityProviderFailed, "No token from server."),
    .init(.identityProviderFailed, "No access token available in OAuth server response"),
    .init(.identityProviderFailed, "Could not decode identity token"),
    .init(.identityProviderFailed, "Could not decode access token response"),
    .init(.identityProviderFailed, "Failed to invoke user profile url", voice: .keycloak),
    .init(.identityProviderFailed, "Could not obtain user profile from", voice: .keycloak),
    .init(.identityProviderFailed, "No assertion from response", voice: .keycloak),
  ]

  private static let clientsOfKeycloak: [MessageSignature] = [
    .init(.settingsWrong, "because it violates local access rules"),
    .init(
      .settingsWrong, "config referenced '$", "key does not exist in secret",
      like: "config referenced '$oidc.keycloak.clientSecret', but key does not exist in secret"),
    .init(
      .settingsWrong, "pass in a value for the \"algorithms\" argument",
      like: "DecodeError: It is required that you pass in a value for the \"algorithms\" argument"),
    .init(.loginStateLost, "unknown app state ", like: "unknown app state IMmdkGyVek"),
    .init(
      .loginStateLost, "edeeming code", "missing code",
      like: "Error redeeming code during OAuth2 callback: missing code"),
    .init(.roleMissing, "Permission Denied: Invalid Account"),
    .init(.roleMissing, "Permission Denied Invalid Account"),
    .init(.keysUnavailable, "Could not reach the provider at URL"),
    .init(.callWrongURL, "Discovery endpoint validation error"),
    .init(.tokenIssuer, "This token is issued by the wrong issuer"),
    .init(.tokenClaim, "This token is not for us, authorized party (azp)"),
    .init(.tokenAudience, "This token is not for us"),
    .init(.tokenUnknownKey, "No matching key found in JWKS"),
    .init(.loginStateLost, "Nonce does not match"),
    .init(.settingsWrong, "Failed to decrypt the client secret"),
    .init(.tokenClaim, "No valid uid given, please check your attribute mapping"),
    .init(.roleMissing, "user is not part of a whitelisted group"),
    .init(.refreshFailed, "[TokenService] Failed to refresh token"),
    .init(
      .keysUnavailable, "Unable to resolve Configuration with the provided Issuer", about: .quoted,
      like: "Unable to resolve Configuration with the provided Issuer of \"http://kc/realms/x\""),
    .init(
      .callHTTPError, "` resulted in a `", about: .number, voice: .others,
      like: "Client error: `POST http://kc/token` resulted in a `401 Unauthorized` response"),
    .init(
      .tokenAudience, "expected audience \"", about: .word,
      like: "failed to verify token: expected audience \"argo-cd-cli\" got [\"argo-cd\"]"),
    .init(.tokenExpired, "token is expired", voice: .others),
  ]
}
