internal import Evidence

/// Why a token was refused, in the words of the libraries that refuse tokens (facts:
/// Spring Security, PyJWT, joserfc, jose, go-oidc, jose4j, lua-resty-openidc, mod_auth_openidc,
/// Envoy, Kubernetes, keycloak-connect, Microsoft.IdentityModel).
extension MessageSignatures {
  static let tokens: [MessageSignature] = [
    // Not yet valid: clocks.
    .init(
      .tokenNotYetValid, "The token is not yet valid (", about: .word,
      like: "ImmatureSignatureError: The token is not yet valid (iat)"),
    .init(
      .tokenNotYetValid, "before the nbf (not before) time",
      like: "oidc: current time 2026 before the nbf (not before) time: 2026"),
    .init(
      .tokenNotYetValid, "Jwt used before", about: .word,
      like: "Jwt used before 2026-08-21T09:59:00Z"),
    .init(.tokenNotYetValid, "Jwt not yet valid"),
    .init(.tokenNotYetValid, "Jwt_not_yet_valid"),
    .init(.tokenNotYetValid, "id_token not yet valid", like: "id_token not yet valid: nbf=1"),
    .init(.tokenNotYetValid, "Token used before issued", caseless: true),
    .init(.tokenNotYetValid, "issued in the future", like: "Token was issued in the future"),
    .init(
      .tokenNotYetValid, "IDX10222",
      like: "IDX10222: Lifetime validation failed. The token is not yet valid."),
    .init(
      .tokenNotYetValid, "\"nbf\" claim timestamp check failed",
      like: "JWTClaimValidationFailed: \"nbf\" claim timestamp check failed"),
    .init(
      .tokenNotYetValid, "\"iat\" validation failure",
      like:
        "oidc_proto_validate_iat: \"iat\" validation failure (1795458155): JWT was issued more than 60 seconds in the future"
    ),
    .init(
      .tokenNotYetValid, "The JWT is not yet valid",
      like: "The JWT is not yet valid as the evaluation time is before the Not Before (nbf)"),
    // Expired.
    .init(
      .tokenExpired, "Jwt expired at ", about: .word,
      like:
        "An error occurred while attempting to decode the Jwt: Jwt expired at 2026-08-21T09:59:00Z"
    ),
    .init(
      .tokenExpired, "oidc: token is expired", about: .parenthesisAfter("Token Expiry: "),
      like:
        "failed to verify token: oidc: token is expired (Token Expiry: 2026-08-21 09:00:00 +0000 UTC)"
    ),
    .init(
      .tokenExpired, "Signature has expired", like: "ExpiredSignatureError: Signature has expired"),
    .init(
      .tokenExpired, "expired_token: ", like: "expired_token: The token is expired"),
    .init(.tokenExpired, "'exp' claim timestamp check failed"),
    .init(.tokenExpired, "\"exp\" claim timestamp check failed"),
    .init(
      .tokenExpired, "\"exp\" validation failure",
      like:
        "oidc_proto_validate_exp: \"exp\" validation failure (1795458155): JWT expired 25 seconds ago"
    ),
    .init(.tokenExpired, "Jwt is expired"),
    .init(.tokenExpired, "Jwt_is_expired"),
    .init(
      .tokenExpired, "token expired: ",
      like: "token expired: json.exp=1795458155, now=1795458200"),
    .init(.tokenExpired, "JWT expired", like: "ExpiredJwtException: JWT expired at 2026-08-21"),
    .init(.tokenExpired, "jwt expired", like: "TokenExpiredError: jwt expired"),
    .init(.tokenExpired, "TokenExpiredError"),
    .init(
      .tokenExpired, "The JWT is no longer valid",
      like: "The JWT is no longer valid - the evaluation time is on or after the Expiration Time"),
    .init(
      .tokenExpired, "The token expired at", like: "The token expired at '11/23/2026 17:50:15'"),
    .init(.tokenExpired, "IDX10223", like: "IDX10223: Lifetime validation failed."),
    .init(.tokenExpired, "invalid token (expired)"),
    .init(.tokenExpired, "has invalid claims: token is expired"),
    .init(.tokenExpired, "access token has expired", caseless: true),
    .init(
      .tokenExpired, "accces token for user has expired",
      like: "accces token for user has expired, attemping to refresh the token"),
    .init(
      .tokenExpired, "the session has expired and verification switch off"),
    // Issuer.
    .init(
      .tokenIssuer, "id token issued by a different provider", about: .quotedAfter("got "),
      like: "oidc: id token issued by a different provider, expected \"A\" got \"B\""),
    .init(.tokenIssuer, "The iss claim is not valid"),
    .init(.tokenIssuer, "Invalid claim: 'iss'", like: "invalid_claim: Invalid claim: 'iss'"),
    .init(.tokenIssuer, "Unexpected 'iss' value"),
    .init(.tokenIssuer, "unexpected \"iss\" claim value"),
    .init(
      .tokenIssuer, "Invalid token issuer", about: .quotedAfter("Expected "),
      like: "Invalid token issuer. Expected 'http://keycloak:8080/realms/x'"),
    .init(.tokenIssuer, "Jwt issuer is not configured"),
    .init(.tokenIssuer, "Jwt_issuer_is_not_configured"),
    .init(.tokenIssuer, "wrong ISS", like: "invalid token (wrong ISS)"),
    .init(
      .tokenIssuer, "The issuer '", "is invalid", about: .quotedAfter("The issuer "),
      like:
        "Bearer error=\"invalid_token\", error_description=\"The issuer 'http://localhost:8080/realms/demo' is invalid\""
    ),
    .init(
      .tokenIssuer, "Issuer (iss) claim value", about: .wordAfter("claim value ("),
      like: "Issuer (iss) claim value (A) doesn't match expected value of B"),
    .init(.tokenIssuer, "InvalidIssuer", like: "InvalidIssuerError: Invalid issuer"),
    .init(.tokenIssuer, "Invalid issuer", about: .word, like: "Invalid issuer http://a/realms/x"),
    .init(.tokenIssuer, "Missing issuer"),
    .init(.tokenIssuer, "jwt issuer invalid", like: "jwt issuer invalid. expected: http://a"),
    .init(.tokenIssuer, "IDX10205", like: "IDX10205: Issuer validation failed. Issuer: 'A'."),
    .init(
      .tokenIssuer, "unknown issuer", caseless: true, like: "x509-free: unknown issuer"),
    // Audience.
    .init(
      .tokenAudience, "does not match with any of allowed audiences",
      about: .wordAfter("with value ["),
      like:
        "audience from claim aud with value [account] does not match with any of allowed audiences map[shop:{}]"
    ),
    .init(
      .settingsWrong, "audience claims [] do not exist",
      like: "audience claims [] do not exist in claims: map[]"),
    .init(
      .tokenAudience, "audience claims [aud] do not exist",
      like: "audience claims [aud] do not exist in claims: map[]"),
    .init(
      .settingsWrong, "do not exist in claims", "audience claims",
      like: "audience claims [client_id] do not exist in claims: map[]"),
    .init(.tokenAudience, "The aud claim is not valid"),
    .init(.tokenClaim, " claim is not valid", like: "The acr claim is not valid"),
    .init(
      .tokenAudience, "Audience doesn't match", like: "InvalidAudienceError: Audience doesn't match"
    ),
    .init(.tokenAudience, "Invalid claim: 'aud'", like: "invalid_claim: Invalid claim: 'aud'"),
    .init(.tokenAudience, "Missing claim: 'aud'", like: "missing_claim: Missing claim: 'aud'"),
    .init(.tokenAudience, "Unexpected 'aud' value"),
    .init(.tokenAudience, "unexpected \"aud\" claim value"),
    .init(.tokenAudience, "Audiences in Jwt are not allowed"),
    .init(.tokenAudience, "Audiences_in_Jwt_are_not_allowed"),
    .init(
      .tokenAudience, "oidc: expected audience", about: .quoted,
      like: "oidc: expected audience \"A\" got [\"B\"]"),
    .init(
      .tokenAudience, "expected audience in [",
      like: "oidc: expected audience in [\"x\"] got [\"y\"]"),
    .init(
      .tokenAudience, "Audience (aud) claim",
      like: "Audience (aud) claim [a] doesn't contain an acceptable identifier."),
    .init(
      .tokenAudience, "token audience does not match",
      like: "token audience does not match: id_token.aud=x, client_id=y"),
    .init(.tokenAudience, "no match found token audience array"),
    .init(.tokenAudience, "token verification failed for all audiences"),
    .init(.tokenAudience, "token has an audience claim, but no allowed audiences are configured"),
    .init(.tokenAudience, "unable to match the audience"),
    .init(.tokenAudience, "wrong audience", like: "invalid token (wrong audience)"),
    .init(.tokenAudience, "Token is missing the \"aud\" claim"),
    .init(.tokenAudience, "Token is missing the 'aud' claim"),
    .init(.tokenAudience, "jwt audience invalid", like: "jwt audience invalid. expected: shop"),
    .init(.tokenAudience, "IDX10214", like: "IDX10214: Audience validation failed."),
    .init(
      .tokenAudience, "Token audience doesn't match domain",
      like: "Token audience doesn't match domain. Expected audiences are any of [a]"),
    .init(.tokenAudience, "Expected audience not available in the token"),
    .init(.tokenAudience, "No audience in the token"),
    .init(.tokenAudience, "Invalid audience", like: "Invalid audience for client account"),
    // Algorithm, before the signature rows: these texts name both.
    .init(.tokenAlgorithm, "The specified alg value is not allowed"),
    .init(
      .tokenAlgorithm, "Algorithm of '", about: .word,
      like: "unsupported_algorithm: Algorithm of 'HS512' is not allowed"),
    .init(
      .tokenAlgorithm, "id token signed with unsupported algorithm", about: .quotedAfter("got "),
      like: "oidc: id token signed with unsupported algorithm, expected [\"RS256\"] got \"HS256\""),
    .init(.tokenAlgorithm, "oidc: id token not signed"),
    .init(
      .tokenAlgorithm, "unsupported signing algorithm", about: .quoted,
      like: "oidc: malformed jwt: unsupported signing algorithm \"HS256\""),
    .init(.tokenAlgorithm, "unexpected signature algorithm", about: .quoted),
    .init(.tokenAlgorithm, "Unsupported algorithm of none"),
    .init(
      .tokenAlgorithm, "token is signed by unexpected algorithm", about: .quoted,
      like: "token is signed by unexpected algorithm \"HS256\""),
    .init(.tokenAlgorithm, "Unknown or unsupported token algorithm"),
    .init(.tokenAlgorithm, "Jwt header [alg] is not supported"),
    .init(.tokenAlgorithm, "\"alg\" (Algorithm) Header Parameter value not allowed"),
    // Key unknown.
    .init(
      .tokenUnknownKey, "Unable to find a signing key that matches: ", about: .word,
      like: "Unable to find a signing key that matches: \"vF3qVQH0oV\""),
    .init(
      .tokenUnknownKey, "Another algorithm expected, or no matching key(s) found",
      like: "Signed JWT rejected: Another algorithm expected, or no matching key(s) found"),
    .init(
      .tokenUnknownKey, "No key for kid: ", about: .word,
      like: "invalid_key_id: No key for kid: 'vF3qVQH0oV'"),
    .init(
      .tokenUnknownKey, "Didn't find publicKey for kid: ", about: .word,
      like: "Didn't find publicKey for kid: vF3qVQH0oV"),
    .init(.tokenUnknownKey, "Didn't find publicKey for specified kid"),
    .init(.tokenUnknownKey, "Jwks doesn't have key to match kid or alg from Jwt"),
    .init(.tokenUnknownKey, "Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt"),
    .init(
      .tokenUnknownKey, "JWK with kid ", "is not available", about: .quotedAfter("kid "),
      like: "JWK with kid 'K' is not available"),
    .init(
      .tokenUnknownKey, "RSA key with id ", about: .word, like: "RSA key with id K not found"),
    .init(.tokenUnknownKey, "JWT doesn't specify kid but the keystore contains multiple RSA keys"),
    .init(.tokenUnknownKey, "no applicable key found in the JSON Web Key Set"),
    .init(.tokenUnknownKey, "Unable to find a signing key"),
    .init(
      .tokenUnknownKey, "IDX10503",
      like: "IDX10503: Signature validation failed. Token does not have a kid."),
    .init(
      .tokenUnknownKey, "IDX10501",
      like: "IDX10501: Signature validation failed. Unable to match key"),
    .init(
      .tokenUnknownKey, "PublicKey wasn't found in the storage", about: .quotedAfter("kid: "),
      like: "PublicKey wasn't found in the storage. Requested kid: 'K' . Available kids: '[]'"),
    .init(.tokenUnknownKey, "Key not found", voice: .keycloak),
    // Signature.
    .init(
      .tokenSignature, "Signed JWT rejected: Invalid signature"),
    .init(.tokenSignature, "Signature verification failed", caseless: true),
    .init(.tokenSignature, "failed to verify id token signature"),
    .init(.tokenSignature, "bad_signature: "),
    .init(.tokenSignature, "Jwt verification fails"),
    .init(.tokenSignature, "Jwt_verification_fails"),
    .init(
      .tokenSignature, "JWT signature verification failed",
      like: "JWT signature verification failed: padding check failed"),
    .init(.tokenSignature, "padding check failed"),
    .init(
      .tokenSignature, "jwt signature verification failed",
      like: "jwt signature verification failed: Verification failed"),
    .init(
      .tokenSignature, "' signature verification failed",
      like: "id_token 'RS256' signature verification failed"),
    .init(.tokenSignature, "JWT rejected due to invalid signature", caseless: true),
    .init(.tokenSignature, "invalid token signature", caseless: true),
    .init(.tokenSignature, "JsonWebTokenError: invalid signature"),
    .init(.tokenSignature, "IDX10511", like: "IDX10511: Signature validation failed. Keys tried:"),
    .init(.tokenSignature, "invalid token (signature)"),
    .init(
      .tokenSignature, "signature is invalid",
      like: "token signature is invalid: crypto/rsa: verification error"),
    .init(.tokenSignature, "crypto/rsa: verification error"),
    .init(.tokenSignature, "Signature on JWT token failed validation"),
    // Type, claims.
    .init(
      .tokenType, "Token type is incorrect", about: .quotedAfter("but was "),
      like: "Token type is incorrect. Expected 'Bearer' but was 'ID'"),
    .init(.tokenType, "invalid token (wrong type)"),
    .init(.tokenType, "the given typ value needs to be one of"),
    .init(
      .tokenClaim, "Token is missing the \"", about: .word,
      like: "MissingRequiredClaimError: Token is missing the \"sub\" claim"),
    .init(
      .tokenClaim, "Token is missing the '", about: .word,
      like: "MissingRequiredClaimError: Token is missing the 'sub' claim"),
    .init(
      .tokenClaim, "Missing claim: '", about: .word, like: "missing_claim: Missing claim: 'azp'"),
    .init(
      .tokenClaim, "Invalid claim: '", about: .word, like: "invalid_claim: Invalid claim: 'azp'"),
    .init(.tokenClaim, "oidc: email not verified"),
    .init(
      .tokenClaim, "in id_token (", "isn't verified",
      like: "email in id_token (a@b.example) isn't verified"),
    .init(
      .tokenClaim, "neither the id_token nor the profileURL set an email"),
    .init(.tokenClaim, "oidc: parse username claims", about: .quoted),
    .init(
      .tokenClaim, "oidc: required claim", about: .word,
      like: "oidc: required claim groups not present in ID token"),
    .init(.tokenClaim, "claim requirement does not match claim in token"),
    .init(.tokenClaim, "the token does not have the claim"),
    .init(.tokenClaim, "iat claim is required"),
    .init(.tokenClaim, "exp is required"),
    .init(.tokenClaim, "Subject missing in token"),
    .init(
      .tokenClaim, "jwt.missing_claim", like: "errorMessageID=jwt.missing_claim"),
    // Malformed.
    .init(
      .tokenWrongParty, "found 1 parts of token",
      like: "token contains an invalid number of segments: found 1 parts of token"),
    .init(.tokenMalformed, "Bearer token is malformed"),
    .init(.tokenMalformed, "Malformed token"),
    .init(.tokenMalformed, "Malformed payload"),
    .init(.tokenMalformed, "Not enough segments"),
    .init(.tokenMalformed, "not enough segments"),
    .init(.tokenMalformed, "Invalid header padding"),
    .init(.tokenMalformed, "Invalid payload padding"),
    .init(.tokenMalformed, "Invalid crypto padding"),
    .init(.tokenMalformed, "Invalid header string"),
    .init(.tokenMalformed, "Invalid payload string"),
    .init(.tokenMalformed, "decode_error: "),
    .init(.tokenMalformed, "Invalid Compact JWS"),
    .init(
      .tokenMalformed, "oidc: malformed jwt", like: "oidc: malformed jwt, expected 3 parts got 1"),
    .init(.tokenMalformed, "Jwt is not in the form of"),
    .init(.tokenMalformed, "Jwt_is_not_in_the_form_of"),
    .init(.tokenMalformed, "Jwt header is an invalid"),
    .init(.tokenMalformed, "Jwt_header_is_an_invalid"),
    .init(.tokenMalformed, "Jwt payload is an invalid"),
    .init(.tokenMalformed, "Jwt_payload_is_an_invalid"),
    .init(.tokenMalformed, "Jwt signature is an invalid"),
    .init(.tokenMalformed, "JsonWebTokenError: jwt malformed"),
    .init(
      .tokenMalformed, "could not parse JWT from access_token",
      like: "could not parse JWT from access_token: cjose_jws_import failed: invalid argument"),
    .init(.tokenMalformed, "cjose_jws_import failed"),
    .init(.tokenMalformed, "Failed to parse JWT"),
    .init(.tokenMalformed, "Failed to read access token from JWT"),
    .init(
      .tokenMalformed, "invalid authorization header: ",
      like: "invalid authorization header: \"Bearer Bearer …\""),
    .init(
      .tokenMalformed, "token contains an invalid number of segments"),
    .init(.tokenMalformed, "Found multiple bearer tokens in the request"),
    .init(.tokenMalformed, "IDX12741", like: "IDX12741: JWT must have three segments"),
    .init(.tokenMalformed, "invalid number of segments"),
    .init(
      .tokenMalformed, "\"Bearer error=\\\"invalid_token\\\"", "malformed", caseless: true),
    .init(
      .unsupportedScheme, "unsupported authorization scheme", caseless: true),
    .init(.unsupportedScheme, "client used unsupported authentication scheme"),
    // Missing.
    .init(
      .tokenMissing, "No bearer token found in the request"),
    .init(.tokenMissing, "no valid bearer token found in authorization header"),
    .init(.tokenMissing, "No valid authentication in request"),
    .init(.tokenMissing, "Jwt is missing"),
    .init(.tokenMissing, "Jwt_is_missing"),
    .init(.tokenMissing, "no Authorization header found"),
    .init(.tokenMissing, "no Bearer authorization header value found"),
    .init(.tokenMissing, "no Bearer access token value found"),
    .init(
      .tokenMissing, "authorization header not available",
      like: "failed to fetch JWT token: authorization header not available"),
    .init(.tokenMissing, "Bearer access token is not available"),
    .init(.tokenMissing, "no session information", like: "desc = no session information"),
    .init(
      .tokenMissing, "authentication session not found",
      like: "no session found in request, redirecting for authorization"),
    .init(
      .tokenMissing, "no session found in request, redirecting for authorization"),
    .init(
      .tokenMissing, "No authorization token was found",
      like: "UnauthorizedError: No authorization token was found"),
    .init(.tokenMissing, "No auth token", like: "JsonWebTokenError: No auth token"),
    // Inactive.
    .init(.tokenInactive, "Provided token isn't active"),
    .init(
      .tokenInactive, "Token issued to client", "is not active",
      like: "Token issued to client shop is not active"),
    .init(.tokenInactive, "\"active\":false"),
    .init(.tokenInactive, "token is revoked, please re-login"),
    .init(.tokenInactive, "invalid cached token"),
    .init(.tokenInactive, "invalid token (stale token)"),
  ]

  /// Refusals that name no reason: asked last.
  static let refusals: [MessageSignature] = [
    .init(.tokenRefused, "JWT token could not be validated"),
    .init(.tokenRefused, "access token failed verification"),
    .init(
      .tokenRefused, "Verification of the token issued to client",
      like: "Verification of the token issued to client C has failed: unknown"),
    .init(.tokenRefused, "Token verification has failed"),
    .init(.tokenRefused, "Failed to authenticate since the JWT was invalid"),
    .init(.tokenRefused, "Authentication failed with provider JwtAuthenticationProvider"),
    .init(.tokenRefused, "OIDC introspection failed"),
    .init(.tokenRefused, "unable to verify bearer token"),
    .init(.tokenRefused, "Unable to authenticate the request"),
    .init(.tokenRefused, "failed to verify JWT"),
    .init(.tokenRefused, "token verification failed", like: "token verification failed"),
    .init(.tokenRefused, "Failed to verify token"),
    .init(.tokenRefused, "jwt.invalid", like: "errorMessageID=jwt.invalid"),
    .init(.tokenRefused, "The token is invalid or malformed"),
    .init(.tokenRefused, "Could not obtain grant code"),
    .init(.tokenRefused, "Could not store grant code error"),
  ]
}
