internal import Evidence

/// What further token libraries say, language by language: lcobucci/jwt and social-core, openidconnect-rs and
/// the jsonwebtoken crate, golang-jwt and lestrrat's jwx, Joken and Guardian, omniauth, jwcrypto, Django's
/// clients, Spring's beans, Auth.js. Texts as in the sources.
extension MessageSignatures {
  static let languages: [MessageSignature] = php + rust + go + elixir + python + java + node

  private static let php: [MessageSignature] = [
    .init(.tokenMalformed, "The JWT string must have two dots"),
    .init(
      .tokenMalformed, "The JWT string is missing the ",
      like: "The JWT string is missing the Header part"),
    .init(.tokenMalformed, "Invalid header encoding"),
    .init(.tokenMalformed, "Invalid claims encoding"),
    .init(.tokenNotYetValid, "The token cannot be used yet"),
    .init(.tokenAudience, "The token is not allowed to be used by this audience"),
    .init(.tokenIssuer, "The token was not issued by the given issuers"),
    .init(.tokenClaim, "The token is not related to the expected subject"),
    .init(.tokenClaim, "The token is not identified with the expected ID"),
    .init(.tokenAlgorithm, "Token signer mismatch"),
    .init(.callWrongURL, "\"keys\" member must exist in the JWK Set"),
    .init(.callWrongURL, "JWK Set did not contain any keys"),
    .init(.settingsWrong, "Unable to verify signature due to no jwks_uri being defined"),
  ]

  private static let rust: [MessageSignature] = [
    .init(
      .tokenAudience, "(found audiences: ", like: "must contain `shop` (found audiences: `account`)"
    ),
    .init(.tokenAudience, "is not a trusted audience", like: "`x` is not a trusted audience"),
    .init(.tokenClaim, "authorized party must match client ID"),
    .init(
      .tokenMalformed, "Invalid JSON web token: found ", " parts (expected 3)",
      like: "Invalid JSON web token: found 1 parts (expected 3)"),
    .init(.tokenUnknownKey, "JWK set must only contain one eligible public key"),
    .init(.tokenUnknownKey, "Signature verification failed: No matching key found"),
    .init(.tokenMalformed, "Error(InvalidToken)"),
    .init(.tokenMalformed, "Error(Base64("),
    .init(.settingsWrong, "Error(InvalidRsaKey("),
  ]

  private static let go: [MessageSignature] = [
    .init(.tokenAlgorithm, "'none' signature type is not allowed"),
    .init(.tokenClaim, "token has invalid subject"),
    .init(.tokenClaim, "token has invalid id"),
    .init(.settingsWrong, "no keyfunc was provided"),
    .init(.settingsWrong, "Key must be a PEM encoded PKCS1 or PKCS8"),
    .init(.settingsWrong, "x509: failed to parse "),
    .init(.settingsWrong, "asn1: structure error"),
    .init(.tokenExpired, "\"exp\" not satisfied"),
    .init(.tokenNotYetValid, "\"nbf\" not satisfied"),
    .init(.tokenNotYetValid, "\"iat\" not satisfied"),
    .init(.tokenIssuer, "\"iss\" not satisfied"),
    .init(.tokenAudience, "\"aud\" not satisfied"),
    .init(.tokenClaim, "\" not satisfied: required claim not found"),
    .init(.tokenUnknownKey, "failed to match any of the keys"),
    .init(.tokenUnknownKey, "could not verify message using any of the signatures or keys"),
    .init(
      .tokenUnknownKey, "failed to find key with key ID ", about: .word,
      like: "failed to find key with key ID \"K\" in key set"),
  ]

  private static let elixir: [MessageSignature] = [
    .init(
      .tokenExpired, "\"Invalid token\", claim: \"exp\"",
      like: "{:error, [message: \"Invalid token\", claim: \"exp\", claim_val: 1]}"),
    .init(.tokenNotYetValid, "\"Invalid token\", claim: \"nbf\""),
    .init(.tokenNotYetValid, "\"Invalid token\", claim: \"iat\""),
    .init(.tokenIssuer, "\"Invalid token\", claim: \"iss\""),
    .init(.tokenAudience, "\"Invalid token\", claim: \"aud\""),
    .init(.tokenClaim, "\"Invalid token\", claim: \""),
    .init(.tokenClaim, "\"Invalid token\", missing_claims"),
    .init(.tokenSignature, "{:error, :signature_error}"),
    .init(.tokenMalformed, ":token_malformed"),
    .init(.tokenExpired, ":token_expired"),
    .init(.tokenNotYetValid, ":token_not_yet_valid"),
    .init(.tokenIssuer, "{:error, :invalid_issuer}"),
    .init(.tokenUnknownKey, "{:error, :no_matching_key"),
    .init(.tokenMissing, "{:unauthenticated, :unauthenticated}"),
  ]

  private static let python: [MessageSignature] = [
    .init(.tokenNotYetValid, "Incorrect id_token: nbf"),
    .init(.tokenNotYetValid, "Incorrect id_token: iat"),
    .init(.loginStateLost, "Incorrect id_token: nonce"),
    .init(.tokenAudience, "Incorrect id_token: aud"),
    .init(.tokenClaim, "Incorrect id_token: azp"),
    .init(.tokenClaim, "Incorrect refreshed id_token"),
    .init(.loginStateLost, "State parameter is incorrect"),
    .init(.keysUnavailable, "The authentication provider could not be reached"),
    .init(.keysUnavailable, "AuthUnreachableProvider"),
    .init(.loginStateLost, "Session oidc_states does not exist"),
    .init(
      .settingsWrong, "Setting OIDC_", " not found",
      like: "Setting OIDC_OP_TOKEN_ENDPOINT not found"
    ),
    .init(.settingsWrong, "OIDC_RP_IDP_SIGN_KEY or OIDC_OP_JWKS_ENDPOINT"),
    .init(.tokenMalformed, "InvalidJWSObject"),
  ]

  private static let java: [MessageSignature] = [
    .init(
      .settingsWrong, "required a bean of type '", "JwtDecoder' that could not be found",
      like: "required a bean of type 'x.JwtDecoder' that could not be found."),
    .init(
      .settingsWrong, "required a bean of type '",
      "ClientRegistrationRepository' that could not be found",
      like: "required a bean of type 'x.ClientRegistrationRepository' that could not be found"),
    .init(.settingsWrong, "missing_user_info_uri"),
    .init(
      .tokenClaim, "Missing attribute '", "in attributes",
      like: "Missing attribute 'a' in attributes"
    ),
    .init(
      .tokenClaim, "Attribute value for '", "cannot be null",
      like: "Attribute value for 'preferred_username' cannot be null"),
    .init(.settingsWrong, "Missing Signing Key. JWT authentication will not work"),
    .init(.settingsWrong, "Either openid_connect_url or jwks_uri must be configured"),
    .init(.tokenUnknownKey, "JWT did not contain KID which is required"),
  ]

  private static let node: [MessageSignature] = [
    .init(.loginStateLost, "State could not be decoded"),
    .init(.loginStateLost, "MissingCSRF"),
    .init(.settingsWrong, "no matching decryption secret"),
    .init(.settingsWrong, "secretOrPrivateKey must have a value"),
    .init(.settingsWrong, "JWTSessionError"),
    .init(.settingsWrong, "MissingSecret: "),
    .init(.settingsWrong, "UntrustedHost: "),
    .init(.settingsWrong, "InvalidEndpoints: "),
    .init(
      .callIssuerDiffers, "Discovery request responded with an invalid issuer. expected: ",
      about: .word,
      like: "Discovery request responded with an invalid issuer. expected: http://a"),
    .init(.refreshFailed, "RefreshAccessTokenError", voice: .others),
    .init(.refreshFailed, "RefreshTokenError", voice: .others),
    .init(.settingsWrong, "configuration object is missing the required"),
    .init(.settingsWrong, "'Keycloak' instance can only be initialized once"),
    .init(.keysUnavailable, "JWKS endpoint unavailable and no valid stale entry"),
  ]
}
