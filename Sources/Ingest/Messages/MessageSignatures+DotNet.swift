internal import Evidence

/// What ASP.NET and the login libraries around it write: the codes of Microsoft.IdentityModel that are not
/// among the tokens' own rows, OpenIddict's validation, IdentityServer, and the numbers of Windows' and
/// .NET's sockets, which stay the same where the words around them are translated. Texts as in the sources.
extension MessageSignatures {
  /// Asked before the names of exceptions, which these texts follow.
  static let dotNet: [MessageSignature] =
    identityModelSettings + identityModelTokens + openIddict + identityServer + sockets

  private static let identityModelSettings: [MessageSignature] = [
    .init(.settingsWrong, "IDX10204", like: "IDX10204: Unable to validate issuer."),
    .init(.settingsWrong, "IDX10266", like: "IDX10266: Unable to validate issuer."),
    .init(.settingsWrong, "IDX10208", like: "IDX10208: Unable to validate audience."),
    .init(.settingsWrong, "IDX10268", like: "IDX10268: Unable to validate audience."),
    .init(.settingsWrong, "IDX10253", like: "IDX10253: the issuer signing key is null."),
    .init(.settingsWrong, "IDX10262", like: "IDX10262: One of the issuers was null or empty."),
    .init(.settingsWrong, "IDX40007", like: "IDX40007: the issuer signing key is null."),
    .init(.settingsWrong, "IDX10505", like: "IDX10505: The user defined 'Delegate' returned null"),
    .init(.settingsWrong, "IDX10506", like: "IDX10506: did not return a 'JwtSecurityToken'"),
    .init(.settingsWrong, "IDX10609", like: "IDX10609: Decryption failed. No Keys tried"),
    .init(.settingsWrong, "IDX10603", like: "IDX10603: Decryption failed. Keys tried: 'x'."),
    .init(.settingsWrong, "IDX10618", like: "IDX10618: Key unwrap failed"),
    .init(.settingsWrong, "IDX10630", like: "IDX10630: The key cannot be smaller than '2048' bits"),
    .init(.settingsWrong, "IDX10631", like: "IDX10631: The key cannot be smaller than '2048' bits"),
    .init(.settingsWrong, "IDX10653", like: "IDX10653: requires a key size of at least '128' bits"),
    .init(.settingsWrong, "IDX10720", like: "IDX10720: the key size must be greater than 256"),
    .init(.settingsWrong, "IDX21334", like: "IDX21334: Both 'id_token' and 'code' are null"),
    .init(.callWrongURL, "IDX20810", like: "IDX20810: Configuration validation failed"),
    .init(.callWrongURL, "IDX21815", like: "IDX21815: Error deserializing json"),
    .init(.callWrongURL, "IDX21106", like: "IDX21106: Error in deserializing to json: 'x'"),
    .init(.callWrongURL, "IDX21817", like: "IDX21817: did not contain any JsonWebKeys."),
    .init(.callWrongURL, "IDX21816", like: "IDX21816: The number of signing keys must be greater"),
    .init(.callWrongURL, "IDX21818", like: "IDX21818: valid signing keys cannot be less than 1."),
    .init(
      .keysUnavailable, "IDX20806", like: "IDX20806: Unable to obtain an updated configuration"),
    .init(
      .callHTTPError, "IDX20809", about: .numberAfter("Status code: '"), voice: .others,
      like: "IDX20809: Unable to retrieve document from: 'x'. Status code: '404'."),
    .init(
      .callHTTPError, "IDX20808", about: .numberAfter("Status code: '"), voice: .others,
      like: "IDX20808: Network error occurred. Status code: '503'."),
    .init(
      .callHTTPError, "IDX20807", about: .numberAfter("StatusCode: "), voice: .others,
      like: "IDX20807: Unable to retrieve document from: 'x'. HttpResponseMessage: 'StatusCode: 404"
    ),
  ]

  private static let identityModelTokens: [MessageSignature] = [
    .init(.tokenExpired, "IDX10230", like: "IDX10230: Lifetime validation failed. Delegate"),
    .init(.tokenNotYetValid, "IDX10248", like: "IDX10248: certificate is not yet valid."),
    .init(.tokenClaim, "IDX10224", like: "IDX10224: The NotBefore is after Expires"),
    .init(.tokenClaim, "IDX12401", like: "IDX12401: Expires must be after NotBefore"),
    .init(.tokenUnknownKey, "IDX10232", like: "IDX10232: IssuerSigningKey validation failed."),
    .init(.tokenUnknownKey, "IDX10513", like: "IDX10513: Unable to match key"),
    .init(.tokenUnknownKey, "IDX10515", like: "IDX10515: Unable to match key"),
    .init(.tokenSignature, "IDX10512", like: "IDX10512: Token does not have KeyInfo. Keys tried:"),
    .init(.tokenSignature, "IDX10514", like: "IDX10514: Signature validation failed. Keys tried:"),
    .init(.tokenAlgorithm, "IDX10697", like: "IDX10697: AlgorithmValidator returned false"),
    .init(.tokenAlgorithm, "IDX10652", like: "IDX10652: The algorithm 'HS256' is not supported."),
    .init(.tokenAlgorithm, "IDX10640", like: "IDX10640: Algorithm is not supported: 'HS256'."),
    .init(.tokenAlgorithm, "IDX10636", like: "IDX10636: CreateForVerifying returned null for key"),
    .init(.tokenAlgorithm, "IDX10668", like: "IDX10668: algorithm 'HS256' is not supported."),
    .init(.tokenAlgorithm, "IDX21302", like: "IDX21302: The algorithm 'none' is not supported."),
    .init(.tokenIssuer, "IDX40001", like: "IDX40001: Issuer: 'A', does not match"),
    .init(.tokenIssuer, "IDX40004", like: "IDX40004: Token issuer: 'A', does not contain"),
    .init(.tokenIssuer, "IDX40005", like: "IDX40005: Token issuer: 'A', does not match"),
    .init(.tokenClaim, "IDX40003", like: "IDX40003: Neither `tid` nor `tenantId` claim is present"),
    .init(.tokenClaim, "IDX21300", like: "IDX21300: The hash claim did not validate"),
    .init(.tokenClaim, "IDX21307", like: "IDX21307: The 'c_hash' claim was not found"),
    .init(.tokenClaim, "IDX21312", like: "IDX21312: The 'at_hash' claim was not found"),
    .init(.tokenClaim, "IDX21338", like: "IDX21338: Subject claim does not match"),
    .init(.tokenClaim, "IDX21339", like: "IDX21339: multiple audiences but 'azp' claim is missing"),
    .init(.tokenClaim, "IDX21340", like: "IDX21340: 'azp' claim is not equal to Client Id."),
    .init(.tokenClaim, "IDX21345", like: "IDX21345: does not contain a 'sub' claim"),
    .init(.tokenClaim, "IDX21346", like: "IDX21346: does not contain a 'sub' claim"),
    .init(.tokenMalformed, "IDX12706", like: "IDX12706: Can only write a token, not: 'x'"),
    .init(.loginStateLost, "IDX21320", like: "IDX21320: RequireNonce is 'True'."),
    .init(.loginStateLost, "IDX21325", like: "IDX21325: The 'nonce' did not contain a timestamp"),
    .init(.loginStateLost, "IDX21349", like: "IDX21349: RequireNonce is 'True'."),
  ]

  private static let openIddict: [MessageSignature] = [
    .init(.tokenIssuer, "The issuer associated to the specified token is not valid"),
    .init(.tokenIssuer, "The issuer returned in the introspection response is not valid"),
    .init(
      .callIssuerDiffers, "The issuer returned in the server configuration doesn't match the value"),
    .init(.tokenType, "The specified token is not of the expected type"),
    .init(.tokenType, "The specified token is not an access token"),
    .init(.tokenUnknownKey, "The signing key associated to the specified token was not found"),
    .init(.tokenSignature, "The signature associated to the specified token is not valid"),
    .init(.tokenAudience, "The specified token doesn't contain any audience"),
    .init(.tokenAudience, "The specified token cannot be used with this resource server"),
    .init(.tokenExpired, "The specified token is no longer valid"),
    .init(.tokenInactive, "The token was rejected by the remote authentication server"),
    .init(.tokenInactive, "The introspection response indicates the token is no longer valid"),
    .init(.refreshTokenNotActive, "The specified refresh token is no longer valid"),
    .init(.refreshReused, "The specified refresh token has already been redeemed"),
    .init(.refreshFailed, "The specified refresh token is invalid"),
    .init(.codeNotValid, "The specified authorization code is no longer valid"),
    .init(.codeReused, "The specified authorization code has already been redeemed"),
    .init(.callClientRefused, "The specified client credentials are invalid"),
    .init(.scopeMissing, "This client application is not allowed to use the specified scope"),
    .init(
      .grantNotAllowed, "This client application is not allowed to use the specified grant type"),
    .init(
      .grantNotAllowed, "The client application is not allowed to use the authorization code flow"),
    .init(.httpsRequired, "This server only accepts HTTPS requests"),
    .init(
      .loginStateLost, "No correlation cookie associated with the specified state can be found"),
    .init(.loginStateLost, "The specified state token has already been redeemed"),
    .init(.loginStateLost, "The correlation cookie is invalid or malformed"),
    .init(
      .keysUnavailable, "No JSON Web Key Set endpoint could be found in the server configuration"),
    .init(.keysUnavailable, "The configuration request was rejected by the remote server"),
    .init(.keysUnavailable, "The JSON Web Key Set request was rejected by the remote server"),
    .init(.keysUnavailable, "The remote authorization server is currently unavailable or returned"),
    .init(.keysUnavailable, "An error occurred while communicating with the remote HTTP server"),
    .init(.tokenRefused, "The specified token is invalid"),
    // ASP.NET's own authorization: who is missing, and what.
    .init(
      .tokenMissing, "DenyAnonymousAuthorizationRequirement",
      like: "DenyAnonymousAuthorizationRequirement: Requires an authenticated user."),
    .init(
      .roleMissing, "RolesAuthorizationRequirement",
      like: "RolesAuthorizationRequirement:User.IsInRole must be true for one of the roles: (admin)"
    ),
    .init(
      .roleMissing, "ClaimsAuthorizationRequirement",
      like: "ClaimsAuthorizationRequirement:Claim.Type=scope and Claim.Value is one of: (orders)"),
  ]

  private static let identityServer: [MessageSignature] = [
    .init(
      .callClientRefused, "Unknown client or not enabled", like: "Unknown client or not enabled: x"),
    .init(
      .callClientRefused, "No client with id '", like: "No client with id 'x' found. aborting"),
    .init(
      .callClientRefused, "Client secret validation failed for client",
      like: "Client secret validation failed for client: web."),
    .init(.grantNotAllowed, "Client not authorized for "),
    .init(.redirectURIInvalid, "Invalid redirect_uri: "),
    .init(.codeNotValid, "Invalid authorization code: ", like: "Invalid authorization code: { x }"),
    .init(.codeNotValid, "Authorization code expired: "),
  ]

  /// Windows' numbers (10000 and up) and Linux' (behind .NET's own).
  private static let sockets: [MessageSignature] = [
    .init(.callTimedOut, "SocketException (10060)", about: .fixed("connect"), voice: .others),
    .init(.callTimedOut, "SocketException (110)", about: .fixed("connect"), voice: .others),
    .init(.callRefused, "SocketException (10061)", voice: .others),
    .init(.callRefused, "SocketException (111)", voice: .others),
    .init(.callReset, "SocketException (10053)", voice: .others),
    .init(.callReset, "SocketException (10054)", voice: .others),
    .init(.callReset, "SocketException (104)", voice: .others),
    .init(.callUnreachable, "SocketException (10013)", voice: .others),
    .init(.callUnreachable, "SocketException (10051)", voice: .others),
    .init(.callUnreachable, "SocketException (10065)", voice: .others),
    .init(.callUnreachable, "SocketException (101)", voice: .others),
    .init(.callUnreachable, "SocketException (113)", voice: .others),
    .init(.callNameNotFound, "SocketException (11001)", voice: .others),
    .init(.callNameNotFound, "SocketException (11004)", voice: .others),
    .init(.callNameNotFound, "0xFFFDFFFF", voice: .others),
    .init(.callNameTemporary, "SocketException (11002)", voice: .others),
    .init(.callNameTemporary, "SocketException (00000001, 11)", voice: .others),
  ]
}
