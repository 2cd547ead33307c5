internal import Evidence

/// What Keycloak's pages tell a person (the texts of its base theme) and what its token end-point
/// tells a client, as people copy them.
extension MessageSignatures {
  static let pages: [MessageSignature] = loginPages + endPointTexts

  private static let loginPages: [MessageSignature] = [
    .init(.userInvalidCredentials, "Invalid authenticator code"),
    .init(.loginStateLost, "Restart login cookie not found"),
    .init(.loginStateLost, "Your login attempt timed out"),
    .init(.loginStateLost, "You took too long to login"),
    .init(.loginStateLost, "Page has expired", voice: .others),
    .init(.loginStateLost, "please login again through your application"),
    .init(.loginStateLost, "This page is no longer valid, please go back to your application"),
    .init(.loginStateLost, "Action expired. Please"),
    .init(.loginStateLost, "You are already authenticated as different user"),
    .init(.loginStateLost, "Missing state parameter in response from identity provider"),
    .init(
      .userActionRequired, "to activate your account",
      like: "You need to verify your email address to activate your account."),
    .init(.userActionRequired, "Cannot login, credential setup required"),
    .init(.userActionRequired, "Update of your password is required"),
    .init(.identityProviderFailed, "Could not obtain token from identity provider"),
    .init(.identityProviderFailed, "Unexpected error when retrieving token from identity provider"),
    .init(
      .identityProviderFailed, "Unexpected error when handling response from identity provider"),
    .init(.identityProviderFailed, "Unexpected error when authenticating with identity provider"),
    .init(
      .identityProviderFailed,
      "Unexpected error when handling authentication request to identity provider"),
    .init(.identityProviderFailed, "Could not send authentication request to identity provider"),
  ]

  private static let endPointTexts: [MessageSignature] = [
    .init(.tokenAudience, "Client is not within the token audience"),
    .init(.tokenAudience, "Requested audience not available"),
    .init(.tokenWrongParty, "client is not the token holder"),
    .init(.tokenWrongParty, "Token client and authorized client don't match"),
    .init(.tokenWrongParty, "Unmatching clients"),
    .init(.grantNotAllowed, "Unsupported grant_type"),
    .init(.tokenClaim, "to be used as the username"),
    .init(.tokenClaim, "AuthClaimMissing"),
    .init(.tokenMissing, "AuthHeaderMissing"),
    .init(
      .callIssuerDiffers, "Issuer name does not match authority",
      like: "Issuer name does not match authority: https://kc/realms/demo"),
    .init(
      .callIssuerDiffers, "Endpoint is on a different host than authority",
      like: "Endpoint is on a different host than authority: https://kc/token"),
    .init(
      .callIssuerDiffers, "Endpoint belongs to different authority",
      like: "Endpoint belongs to different authority: https://kc/token"),
  ]
}
