internal import Evidence

/// What further clients and validators say of logins and tokens: jsonwebtoken, the OpenID Connect clients
/// of WordPress, zitadel's oidc, SmallRye JWT, Vert.x, Authlib, Pinniped, openid_connect for Ruby,
/// oauth2-proxy. Texts as in the products' sources.
extension MessageSignatures {
  static let validators: [MessageSignature] =
    validatorTokens + validatorLogins + validatorKeys

  private static let validatorTokens: [MessageSignature] = [
    .init(.tokenIssuer, "DiscoveryFailed (Issuer mismatch)"),
    .init(.tokenClaim, "jwt subject invalid"),
    .init(.tokenClaim, "jwt jwtid invalid"),
    .init(.tokenClaim, "jwt id invalid"),
    .init(.tokenClaim, "iat required when maxAge is specified"),
    .init(.tokenClaim, "auth time of token is too old"),
    .init(.tokenMalformed, "JsonWebTokenError: invalid exp value"),
    .init(.tokenMalformed, "JsonWebTokenError: invalid nbf value"),
    .init(.tokenAudience, "authorized party is not valid"),
    .init(.tokenAudience, "Invalid authorised party != config.clientID"),
    .init(.tokenAlgorithm, "signature algorithm not supported"),
    .init(.tokenSignature, "no signature on the token"),
    .init(.tokenMalformed, "JsonWebTokenError: invalid token"),
    .init(.tokenMalformed, "Invalid format for JWT"),
    .init(.tokenMalformed, "Encrypted token sequence is invalid"),
    .init(.tokenMalformed, "oidc: multiple signatures on id token not supported"),
    .init(.tokenMalformed, "Invalid compact JWT string"),
    .init(.tokenAlgorithm, "None signature algorithm is currently not supported"),
    .init(.tokenSignature, "id_token does not contain a signature"),
    .init(.tokenAudience, "authorized party is not set. If Token is valid for multiple audiences"),
    .init(.tokenClaim, "sub from userinfo does not match the sub from the id_token"),
    .init(.tokenClaim, "Used 'sub' does not match UserInfo 'sub'"),
    .init(.tokenClaim, "issuedAt of token is missing"),
    .init(.tokenClaim, "No claim exists in sub, upn or preferred_username"),
    .init(.tokenClaim, "Required claims are not present in the JWT"),
    .init(.tokenClaim, "no groups claim in upstream ID token"),
    .init(.tokenClaim, "does not match hash from token ("),
    .init(.tokenMissing, "Authorization header was null"),
    .init(.tokenMissing, "No usable bearer token was found in the request"),
    .init(.unsupportedScheme, "Authorization header does not contain a Bearer prefix"),
    .init(.tokenMissing, "missing an 'Authorization' HTTP header"),
    .init(.tokenMissing, "Missing 'Authorization' in headers"),
    .init(.tokenMissing, "Missing \"Authorization\" in headers"),
  ]

  private static let validatorKeys: [MessageSignature] = [
    .init(.tokenUnknownKey, "no possible keys matches"),
    .init(.tokenUnknownKey, "multiple possible keys match"),
    .init(
      .tokenUnknownKey, "JWK with a matching 'kid' is not available",
      like: "JWK with a matching 'kid' is not available, refreshing HTTPS JWK Set"),
    .init(.tokenUnknownKey, "JWK set does not contain provided token 'kid'"),
    .init(.tokenUnknownKey, "JWK set has no key with a key id 'kid' header"),
    .init(
      .tokenUnknownKey, "Signing key with kid: ", "currently not supported", about: .word,
      like: "Signing key with kid: a currently not supported"),
    .init(.keysUnavailable, "unable to fetch key for signature validation"),
    .init(.keysUnavailable, "Failed to resolve the key. Either corrupt or unavailable"),
    .init(.keysUnavailable, "Key set is missing in provider information"),
    .init(.settingsWrong, "secretOrPrivateKey is not valid key material"),
  ]

  private static let validatorLogins: [MessageSignature] = [
    .init(.loginStateLost, "(missing-state)", like: "ERROR (missing-state): Missing state."),
    .init(.loginStateLost, "(invalid-state)", like: "ERROR (invalid-state): Invalid state."),
    .init(.loginStateLost, "No authentication code present in the request"),
    .init(.loginStateLost, "invalid state (expected ", like: "invalid state (expected a, got b)"),
    .init(.codeNotValid, "Invalid 'code' in request"),
    .init(.codeNotValid, "Invalid \"code\" in request"),
    .init(
      .loginStateLost, "Code challenge failed", like: "invalid_grant: Code challenge failed."),
    .init(
      .loginStateLost, "Missing state value", like: "OAuthError: missing_state: Missing state value"
    ),
    .init(.scopeMissing, "(no-identity-token)"),
    .init(.scopeMissing, "Missing identity token.", like: "ERROR (x): Missing identity token."),
    .init(.scopeMissing, "Identity token is missing on token response"),
    .init(
      .redirectURIInvalid, "Redirect URI ", "is not supported by client",
      like: "Redirect URI https://app.example.org/cb is not supported by client."),
    .init(.roleMissing, "authentication rejected by configured policy"),
    .init(
      .settingsWrong, "Rejecting invalid redirect \"",
      like: "Rejecting invalid redirect \"https://a/\": domain / port not in whitelist"),
  ]
}
