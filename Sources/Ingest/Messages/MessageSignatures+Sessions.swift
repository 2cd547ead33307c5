internal import Evidence

/// Sessions, refreshes, logins and permissions, in the words of Keycloak's answers and of the
/// middlemen that quote them.
extension MessageSignatures {
  static let sessions: [MessageSignature] = [
    // Refresh. Keycloak's text inside somebody's error, or in an OAuth error body.
    .init(
      .refreshReused, "Maximum allowed refresh token reuse exceeded"),
    .init(
      .refreshOfflineSession, "Offline user session not found"),
    .init(.refreshOfflineSession, "Offline session not active"),
    .init(
      .refreshSessionNotActive, "Session not active",
      like: "oauth2: \"invalid_grant\" \"Session not active\""),
    .init(.refreshStale, "Stale token"),
    .init(
      .refreshTokenNotActive, "Token is not active", "invalid_grant",
      like: "{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}"),
    .init(.refreshTokenNotActive, "refresh token issued before the client session started"),
    .init(.refreshTokenNotActive, "Unable to refresh with expired refresh token"),
    .init(
      .refreshTokenNotActive, "refresh token has expired",
      like: "refresh token has expired, cannot retrieve access token"),
    .init(.refreshFailed, "Invalid refresh token"),
    .init(.sessionNotFound, "Session doesn't have required client"),
    .init(.sessionNotFound, "User session not found or doesn't have client attached on it"),
    .init(.sessionNotFound, "User session not active"),
    .init(.sessionNotFound, "Session expired", voice: .keycloak),
    .init(.sessionNotFound, "User session not found", voice: .keycloak),
    .init(.sessionNotFound, "session ticket cookie failed validation"),
    .init(.sessionNotFound, "failed to load the session state with the ticket"),
    .init(
      .sessionNotFound, "cookie signature not valid",
      like: "Error loading cookied session: cookie signature not valid, removing session"),
    .init(
      .refreshFailed, "error refreshing access token for session"),
    .init(
      .refreshFailed, "unable to redeem refresh token",
      like:
        "Unable to refresh session: error refreshing tokens: unable to redeem refresh token: EOF"),
    .init(.refreshFailed, "Fatal refresh error detected"),
    .init(.refreshFailed, "session invalidated due to fatal refresh error"),
    .init(.refreshFailed, "failed to refresh the access token"),
    .init(.refreshFailed, "unable to find refresh token for user"),
    .init(.refreshFailed, "session expired and access token refreshing is disabled"),
    .init(.refreshFailed, "seems that access token and refresh token doesn't match"),
    .init(
      .refreshFailed, "Error loading cookied session",
      like: "Error loading cookied session: session is expired, removing session"),
    .init(.sessionNotFound, "failed to decrypt token"),
    .init(.sessionNotFound, "timeout obtaining session lock"),
    // Login.
    .init(
      .codeReused, "already used for userSession",
      like: "Code 'x' already used for userSession 'y' and client 'z'."),
    .init(
      .codeNotValid, "Code not valid",
      like: "{\"error\":\"invalid_grant\",\"error_description\":\"Code not valid\"}"),
    .init(.codeNotValid, "Code is expired"),
    .init(.codeNotValid, "is bound to a different session", voice: .keycloak),
    .init(.codeNotValid, "Invalid format of the code", voice: .keycloak),
    .init(.loginStateLost, "unable to obtain CSRF cookie"),
    .init(.loginStateLost, "Unable to find a valid CSRF token"),
    .init(.loginStateLost, "Error while loading CSRF cookie"),
    .init(
      .loginStateLost, "CSRF cookie with name", about: .quoted,
      like: "CSRF cookie with name '_oauth2_proxy_csrf' was not found"),
    .init(.loginStateLost, "CSRF token mismatch, potential attack"),
    .init(.loginStateLost, "state parameter mismatch"),
    .init(.loginStateLost, "no state cookie found"),
    .init(.loginStateLost, "KC_RESTART cookie doesn't exist", caseless: true),
    .init(.loginStateLost, "nonce verification failed"),
    .init(.loginStateLost, "in id_token is not equal to the nonce"),
    .init(.loginStateLost, "but there's no session state found"),
    .init(.loginStateLost, "does not match state restored from session"),
    .init(.loginStateLost, "invalid state in 'argocd.token' cookie"),
    .init(.loginStateLost, "Failed to verify app state"),
    .init(.loginStateLost, "auth.oauth.state."),
    .init(.loginStateLost, "did not match any of the specific cookie domains"),
    .init(.loginStateLost, "authorization_request_not_found"),
    // Keycloak's answers to a client.
    .init(
      .callClientRefused, "Invalid client or Invalid client credentials",
      like: "oauth2: \"unauthorized_client\" \"Invalid client or Invalid client credentials\""),
    .init(.callClientRefused, "Invalid client secret"),
    .init(.callClientRefused, "Client secret not provided in request"),
    .init(.callClientRefused, "Client credentials setup required"),
    .init(.callClientRefused, "Invalid client credentials"),
    .init(
      .callClientRefused, "Client authentication with signed JWT failed", about: .none),
    .init(.callClientRefused, "\"error\":\"invalid_client\""),
    .init(.callClientRefused, "401:Unauthorized"),
    .init(
      .grantNotAllowed, "Client not enabled to retrieve service account"),
    .init(.grantNotAllowed, "Client not allowed for direct access grants"),
    .init(.grantNotAllowed, "client not allowed to retrieve service account"),
    .init(.grantNotAllowed, "Client not allowed to exchange"),
    .init(.grantNotAllowed, "Client is not allowed to initiate browser login"),
    .init(.grantNotAllowed, "KC-SERVICES0095"),
    .init(.userInvalidCredentials, "Invalid user credentials"),
    .init(
      .userInvalidCredentials, "KC-SERVICES0053", about: .wordAfter("failure for user "),
      like: "KC-SERVICES0053: login failure for user 0000 from ip 127.0.0.1"),
    .init(
      .userActionRequired, "Account is not fully set up"),
    .init(.userDisabled, "Account disabled"),
    .init(.userLocked, "user temporarily disabled", caseless: true),
    .init(.redirectURIInvalid, "Invalid redirect URL: the protocol and host"),
    .init(.redirectURIInvalid, "Incorrect redirect_uri"),
    .init(.redirectURIInvalid, "Invalid parameter: redirect_uri"),
    .init(.realmNotFound, "Realm does not exist"),
    .init(.realmNotFound, "Realm not enabled"),
    .init(.httpsRequired, "HTTPS required"),
    .init(.pathNotFound, "Unable to find matching target resource method"),
    .init(.corsRefused, "Invalid CORS request: origin"),
    // Permission.
    .init(.scopeMissing, "Missing openid scope"),
    .init(.scopeMissing, "invalid_scope"),
    .init(
      .roleMissing, "The request requires higher privileges than provided by the access token"),
    .init(.roleMissing, "insufficient_scope"),
    .init(.roleMissing, "access denied, invalid roles"),
    .init(.roleMissing, "access denied, invalid groups"),
    .init(.roleMissing, "permissions missing in token"),
    .init(.roleMissing, "RBAC: access denied"),
    .init(.roleMissing, "rbac_access_denied"),
    .init(
      .roleMissing, "rbac_filter.cc", "enforced denied",
      like: "[debug][rbac] [source/extensions/filters/http/rbac/rbac_filter.cc:118] enforced denied"
    ),
    .init(.roleMissing, "Invalid authorization via session"),
    .init(.roleMissing, "Invalid authentication via OAuth2: unauthorized"),
    .init(.roleMissing, "jwt.invalid_role"),
    .init(.callFailed, "Error redeeming code during OAuth2 callback", voice: .others),
    .init(.callFailed, "unable to exchange code for access token", voice: .others),
    .init(.callFailed, "auth.oauth.token.exchange", voice: .others),
    .init(.callFailed, "auth.oauth.userinfo", voice: .others),
  ]
}
