internal import Evidence

/// Why a token was refused, in the words of further token libraries: Microsoft.IdentityModel and
/// ASP.NET's JwtBearer, golang-jwt, node's jsonwebtoken, jwks-rsa, openid-client and jose, jjwt,
/// java-jwt, nimbus and spring-security-oauth, jose4j, strimzi-kafka-oauth, jwcrypto, Authlib,
/// google-auth, firebase/php-jwt, ruby-jwt, the jsonwebtoken crate, PostgREST. Texts as in the
/// libraries' sources.
extension MessageSignatures {
  static let libraries: [MessageSignature] =
    notYetValid + expired + issuers + audiences + algorithms + keys + signatures + claims
    + malformed + missing

  private static let notYetValid: [MessageSignature] = [
    .init(.tokenNotYetValid, "The token is not valid before '"),
    .init(
      .tokenNotYetValid, "token is not valid yet", caseless: true,
      like: "token has invalid claims: token is not valid yet"),
    .init(.tokenNotYetValid, "JWT not active yet", like: "JWT not active yet, now 1, nbf 2"),
    .init(.tokenNotYetValid, "jwt not active", like: "NotBeforeError: jwt not active"),
    .init(.tokenNotYetValid, "unexpected JWT \"nbf\" (not before) claim value"),
    .init(
      .tokenNotYetValid, "\"iat\" claim timestamp check failed (it should be in the past)"),
    .init(.tokenNotYetValid, "Token used too early"),
    .init(
      .tokenNotYetValid, "Cannot handle token ", "prior to ",
      like: "Cannot handle token with nbf prior to 2024-01-15T10:11:12+0000"),
    .init(.tokenNotYetValid, "Signature nbf has not been reached"),
    .init(.tokenNotYetValid, "ImmatureSignature"),
    .init(.tokenNotYetValid, "InvalidIatError"),
    .init(.tokenNotYetValid, "The Token can't be used before "),
    .init(.tokenNotYetValid, "JWT must not be accepted before "),
    .init(.tokenNotYetValid, "JWT early by "),
    .init(.tokenNotYetValid, "JWT before use time"),
    .init(.tokenNotYetValid, "JWT issue time after current time"),
    .init(.tokenNotYetValid, "JWTIssuedAtFuture"),
    .init(.tokenNotYetValid, "JWTNotYetValid"),
    .init(.tokenNotYetValid, "(leeway: ", "Valid from ", like: "Valid from 2, time: 1(leeway: 60)"),
    .init(.tokenNotYetValid, "contains invalid claims: {iat="),
    .init(.tokenNotYetValid, "contains invalid claims: {nbf="),
  ]

  private static let expired: [MessageSignature] = [
    .init(.tokenExpired, "The token is expired", caseless: true),
    .init(.tokenExpired, "TokenExpiredException"),
    .init(.tokenExpired, "Token expired at: ", about: .word),
    .init(.tokenExpired, "due to token expiry"),
    .init(
      .tokenExpired, "token is expired by ", caseless: true, like: "token is expired by 5m3s"),
    .init(.tokenExpired, "JWT expired, now "),
    .init(.tokenExpired, "unexpected JWT \"exp\" (expiration time) claim value"),
    .init(.tokenExpired, "ERR_JWT_EXPIRED"),
    .init(.tokenExpired, "maxAge exceeded"),
    .init(.tokenExpired, "Expired token"),
    .init(.tokenExpired, "Expired JWT"),
    .init(.tokenExpired, "ExpiredSignature"),
    .init(.tokenExpired, "The Token has expired on "),
    .init(.tokenExpired, "The token lifetime is invalid"),
    .init(.tokenExpired, "Access token expired: "),
    .init(.tokenExpired, "access token expired", voice: .others, caseless: true),
    .init(.tokenExpired, "ID token is expired", voice: .others, caseless: true),
    .init(
      .tokenExpired, "JWT issued too far in the past", like: "JWT issued too far in the past, now 9"
    ),
    .init(.tokenExpired, "Token expired, ", " < ", like: "Token expired, 1705311860 < 1705311866"),
    .init(.tokenExpired, "(leeway: ", "Expired at ", like: "Expired at 1, time: 2(leeway: 60)"),
    .init(.tokenExpired, "contains invalid claims: {exp="),
    .init(.tokenExpired, "Reason: invalid token (expired)"),
  ]

  private static let issuers: [MessageSignature] = [
    .init(.tokenIssuer, "IDX10212", like: "IDX10212: Issuer validation failed. Issuer: 'A'."),
    .init(.tokenIssuer, "IDX10211", like: "IDX10211: Unable to validate issuer."),
    .init(.tokenIssuer, "SecurityTokenInvalidIssuerException"),
    .init(
      .tokenIssuer, "unexpected iss value, expected ",
      like: "unexpected iss value, expected A, got: B"
    ),
    .init(.tokenIssuer, "iss mismatch, expected ", like: "iss mismatch, expected A, got: B"),
    .init(.tokenIssuer, "unexpected JWT \"iss\" (issuer) claim value"),
    .init(.tokenIssuer, "unexpected \"iss\" (issuer) response parameter value"),
    .init(.tokenIssuer, "iss from argument: ", "does not match expected issuer"),
    .init(
      .tokenIssuer, "invalid claim value: 'iss'",
      like: "invalid claim value: 'iss'. expected=http://a, found=http://b."),
    .init(.tokenIssuer, "token has invalid issuer", caseless: true),
    .init(.tokenIssuer, "The Claim 'iss' value doesn't match the required issuer"),
    .init(
      .tokenIssuer, "Expected iss claim to be: ", like: "Expected iss claim to be: A, but was: B"),
    .init(.tokenIssuer, "JWT iss claim has value ", like: "JWT iss claim has value A, must be B"),
    .init(.tokenIssuer, "Unexpected JWT issuer"),
    .init(.tokenIssuer, "contains invalid claims: {iss="),
    .init(.tokenIssuer, "Invalid claim \"iss\"", like: "invalid_claim: Invalid claim \"iss\""),
    .init(.tokenIssuer, "Invalid 'iss' value", like: "Invalid 'iss' value. Expected 'A' got 'B'"),
    .init(.tokenIssuer, "Issuer does not match"),
    .init(.tokenIssuer, "Invalid ID token: issuer", caseless: true),
    .init(.tokenIssuer, "ID token not issued by expected OpenID provider"),
    .init(
      .tokenIssuer, "check failed: Issuer not allowed",
      like: "Token check failed: Issuer not allowed"
    ),
    .init(.tokenIssuer, "Token issuer mismatch", caseless: true),
    .init(.tokenIssuer, "invalid token issuer", voice: .others, caseless: true),
  ]

  private static let audiences: [MessageSignature] = [
    .init(.tokenAudience, "IDX10206", like: "IDX10206: Unable to validate audience."),
    .init(.tokenAudience, "IDX10207", like: "IDX10207: Unable to validate audience."),
    .init(.tokenAudience, "IDX10215", like: "IDX10215: Audience validation failed."),
    .init(.tokenAudience, "IDX10231", like: "IDX10231: Audience validation failed."),
    .init(.tokenAudience, "SecurityTokenInvalidAudienceException"),
    .init(
      .tokenAudience, "The audience '", "is invalid", about: .quotedAfter("The audience "),
      like:
        "Bearer error=\"invalid_token\", error_description=\"The audience 'account' is invalid\""
    ),
    .init(.tokenAudience, "The audience '(null)' is invalid"),
    .init(.tokenAudience, "token has invalid audience", caseless: true),
    .init(
      .tokenAudience, "cannot find 'client_id' in 'aud' claim",
      like: "invalid claims, cannot find 'client_id' in 'aud' claim, aud=[account]"),
    .init(.tokenAudience, "token audience doesn't contain client"),
    .init(.tokenAudience, "aud mismatch, expected ", like: "aud mismatch, expected a, got: b"),
    .init(.tokenAudience, "aud is missing the client_id"),
    .init(.tokenAudience, "unexpected JWT \"aud\" (audience) claim value"),
    .init(.tokenAudience, "The Claim 'aud' value doesn't contain the required audience"),
    .init(
      .tokenAudience, "Expected aud claim to be: ", like: "Expected aud claim to be: a, but was: b"),
    .init(.tokenAudience, "JWT audience rejected"),
    .init(.tokenAudience, "JWT missing required audience"),
    .init(.tokenAudience, "JWT aud claim has value "),
    .init(.tokenAudience, "contains invalid claims: {aud="),
    .init(.tokenAudience, "Invalid token does not contain resource id"),
    .init(.tokenAudience, "No Audience (aud) claim present but one was expected"),
    .init(
      .tokenAudience, "Audience must contain ",
      like: "FATAL: Audience must contain [a], yet it is: b"),
    .init(.tokenAudience, "Invalid claim \"aud\"", like: "invalid_claim: Invalid claim \"aud\""),
    .init(.tokenAudience, "Invalid 'aud' value", like: "Invalid 'aud' value. Expected 'a' got 'b'"),
    .init(.tokenAudience, "Audience does not match"),
    .init(.tokenAudience, "InvalidAudience"),
    .init(.tokenAudience, "JWTNotInAudience"),
    .init(.tokenAudience, "JWT not in audience"),
    .init(.tokenAudience, "Expected audience not available"),
    .init(.tokenAudience, "audience not allowed", voice: .others, caseless: true),
    .init(.tokenAudience, "aud parameter does not include this client"),
  ]

  private static let algorithms: [MessageSignature] = [
    .init(.tokenAlgorithm, "IDX10696", like: "IDX10696: The algorithm 'HS256' is not in the list"),
    .init(.tokenAlgorithm, "IDX10518", like: "IDX10518: Signature validation failed."),
    .init(.tokenAlgorithm, "IDX10634", like: "IDX10634: Unable to create the SignatureProvider."),
    .init(.tokenAlgorithm, "IDX10504", like: "IDX10504: token does not have a signature: 'x'."),
    .init(
      .tokenAlgorithm, "unexpected JWT alg received", about: .wordAfter("got: "),
      like: "unexpected JWT alg received, expected RS256, got: HS256"),
    .init(.tokenAlgorithm, "ERR_JOSE_ALG_NOT_ALLOWED"),
    .init(
      .tokenAlgorithm, "unexpected signing method", about: .wordAfter("method: "),
      like: "unexpected signing method: HS256"),
    .init(.tokenAlgorithm, "Algorithm not allowed"),
    .init(.tokenAlgorithm, "Algorithm not supported"),
    .init(.tokenAlgorithm, "Incorrect key for this algorithm"),
    .init(.tokenAlgorithm, "Expected a different algorithm"),
    .init(.tokenAlgorithm, "IncorrectAlgorithm"),
    .init(.tokenAlgorithm, "InvalidAlgorithm"),
    .init(.tokenAlgorithm, "JsonWebTokenError: invalid algorithm"),
    .init(.tokenAlgorithm, "The provided Algorithm doesn't match the one defined in the JWT"),
    .init(
      .tokenAlgorithm, "is not a permitted algorithm", like: "'HS256' is not a permitted algorithm"),
    .init(.tokenAlgorithm, "Unsupported algorithm of ", about: .word),
    .init(.tokenAlgorithm, "Unsecured (plain) JWTs are rejected"),
    .init(.tokenAlgorithm, "Unsigned Claims JWTs are not supported"),
    .init(.tokenAlgorithm, "whitelist unsupported alg"),
    .init(.tokenAlgorithm, "which is not supported by lua-resty-jwt"),
    .init(
      .tokenAlgorithm, "No support for signature type: ", about: .word,
      like: "No support for signature type: ES256"),
    .init(.tokenAlgorithm, "is not a supported algorithm", voice: .others),
  ]

  private static let keys: [MessageSignature] = [
    .init(
      .tokenUnknownKey, "Unable to find a signing key that matches '",
      about: .quotedAfter("matches "),
      like: "SigningKeyNotFoundError: Unable to find a signing key that matches 'K'"),
    .init(.tokenUnknownKey, "IDX10502", like: "IDX10502: The token's kid is: 'K'"),
    .init(.tokenUnknownKey, "IDX10516", like: "IDX10516: Unable to match key: kid: 'K'"),
    .init(.tokenUnknownKey, "IDX10517", like: "IDX10517: The token's kid is missing."),
    .init(.tokenUnknownKey, "SecurityTokenSignatureKeyNotFoundException"),
    .init(.tokenUnknownKey, "The signature key was not found"),
    .init(
      .tokenUnknownKey, "Unknown signing key (kid:", about: .word,
      like: "Token validation failed: Unknown signing key (kid:K)"),
    .init(.tokenUnknownKey, "Unable to find a suitable verification key for JWS"),
    .init(.tokenUnknownKey, "no valid key found in issuer's jwks_uri for key parameters"),
    .init(.tokenUnknownKey, "no applicable keys found"),
    .init(.tokenUnknownKey, "ERR_JWKS_NO_MATCHING_KEY"),
    .init(.tokenUnknownKey, "\"kid\" invalid, unable to lookup correct key"),
    .init(.tokenUnknownKey, "\"kid\" empty, unable to lookup correct key"),
    .init(
      .tokenUnknownKey, "Could not find public key for kid ", about: .word,
      like: "JWT::DecodeError: Could not find public key for kid K"),
    .init(.tokenUnknownKey, "KidNotFound"),
    .init(.tokenUnknownKey, "Unable to find a key for (algorithm, kid)"),
    .init(
      .tokenUnknownKey, "Can't find key for kid ", about: .word,
      like: "Can't find key for kid \"K\""),
    .init(
      .tokenUnknownKey, "Unable to find key with kid: ", about: .word,
      like: "Unable to find key with kid: K"),
    .init(.tokenUnknownKey, "no Keys have been found"),
    .init(.tokenUnknownKey, "No suitable key or wrong key type"),
    .init(.tokenUnknownKey, "No working key found in key set"),
    .init(.tokenUnknownKey, "No suitable key found"),
    .init(.tokenUnknownKey, "not in key set", "Key ID ", like: "Key ID K not in key set"),
    // The set could not be fetched for so long that what was known of it ran out.
    .init(
      .keysUnavailable, "The cached public key with id '", about: .word,
      like: "The cached public key with id 'K' is expired!"),
    .init(.tokenUnknownKey, "not found in JWKS", voice: .others, caseless: true),
    .init(.tokenUnknownKey, "unable to find key", voice: .others, caseless: true),
  ]

  private static let signatures: [MessageSignature] = [
    .init(.tokenSignature, "The signature is invalid"),
    .init(.tokenSignature, "SecurityTokenInvalidSignatureException"),
    .init(.tokenSignature, "failed to validate JWT signature"),
    .init(.tokenSignature, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"),
    .init(.tokenSignature, "JWSSignatureVerificationFailed"),
    .init(.tokenSignature, "JWSSignatureError"),
    .init(.tokenSignature, "JWSInvalidSignature"),
    .init(.tokenSignature, "InvalidSignature"),
    .init(.tokenSignature, "Invalid JWT signature", caseless: true),
    .init(.tokenSignature, "Signature verification raised"),
    .init(.tokenSignature, "The Token's Signature resulted invalid when verified"),
    .init(.tokenSignature, "Verification failed for all signatures"),
    .init(.tokenSignature, "crypto/ecdsa: verification error"),
    .init(.tokenSignature, "ed25519: verification error"),
    .init(.tokenSignature, "JWT cryptographic operation failed"),
    .init(.tokenSignature, "Token signature couldn't be verified", caseless: true),
    .init(.tokenSignature, "signature mismatch: ", voice: .others),
    .init(
      .tokenSignature, "invalid signature", voice: .others, caseless: true,
      like: "{ name: 'JsonWebTokenError', message: 'invalid signature' }"),
  ]

  private static let claims: [MessageSignature] = [
    .init(.tokenType, "IDX10257", like: "IDX10257: Token type validation failed."),
    .init(.tokenType, "IDX10256", like: "IDX10256: Unable to validate the token type."),
    .init(.tokenType, "JOSE header typ (type)"),
    .init(.tokenType, "JOSE header \"typ\" (type)"),
    .init(.tokenType, "Encoded token is a refresh token"),
    .init(.tokenType, "unexpected JWT \"typ\" header parameter value"),
    .init(
      .tokenType, "check failed: Token type not allowed",
      like: "Token check failed: Token type not allowed"),
    .init(.tokenClaim, "IDX10225", like: "IDX10225: The token is missing an Expiration Time."),
    .init(.tokenClaim, "IDX21314", like: "IDX21314: claim 'aud' is missing"),
    .init(.tokenClaim, "The token has no expiration"),
    .init(.tokenClaim, "missing required \"", " claim", like: "missing required \"sub\" claim"),
    .init(.tokenClaim, "missing required JWT property"),
    .init(.tokenClaim, "azp mismatch, expected"),
    .init(.tokenClaim, "token is missing required claim"),
    .init(.tokenClaim, "Missing required claim "),
    .init(.tokenClaim, "MissingRequiredClaim"),
    .init(.tokenClaim, "JWT missing required claims"),
    .init(.tokenClaim, "is not present in the JWT", "The Claim '"),
    .init(
      .tokenClaim, "Expected ", " claim to be: ", like: "Expected azp claim to be: a, but was: b"),
    .init(.tokenClaim, "Claim ", " is missing", "JWTMissingClaim"),
    .init(.tokenClaim, "Failed to extract principal - check usernameClaim"),
    .init(
      .tokenClaim, "claim found in id_token", "no \"", like: "no \"sub\" claim found in id_token"),
    .init(.tokenClaim, "failed custom claim check", caseless: true),
    .init(
      .tokenClaim, "Login provider didn't return an email address",
      like: "Login provider didn't return an email address"),
    .init(.tokenClaim, "OAUTH userinfo does not have username or email"),
    .init(.tokenClaim, "required claim", "not present", voice: .others),
  ]

  private static let malformed: [MessageSignature] = [
    .init(.tokenMalformed, "IDX12709", like: "IDX12709: JWT is not well formed."),
    .init(.tokenMalformed, "IDX12723", like: "IDX12723: Unable to decode the payload"),
    .init(.tokenMalformed, "IDX12729", like: "IDX12729: Unable to decode the header"),
    .init(.tokenMalformed, "IDX12739", like: "IDX12739: not in proper JWS format."),
    .init(.tokenMalformed, "IDX14100", like: "IDX14100: JWT is not well formed"),
    .init(.tokenMalformed, "IDX14101", like: "IDX14101: Unable to decode the payload"),
    .init(.tokenMalformed, "IDX14102", like: "IDX14102: Unable to decode the header"),
    .init(.tokenMalformed, "IDX14107", like: "IDX14107: does not match the token formats"),
    .init(.tokenMalformed, "IDX14111", like: "IDX14111: must have three segments"),
    .init(.tokenMalformed, "IDX14120", like: "IDX14120: there is only one dot"),
    .init(.tokenMalformed, "IDX14300", like: "IDX14300: Could not parse"),
    .init(.tokenMalformed, "IDX10400", like: "IDX10400: Unable to decode"),
    .init(.tokenMalformed, "IDX10508", like: "IDX10508: Signature is improperly formatted."),
    .init(.tokenMalformed, "SecurityTokenMalformedException"),
    .init(.tokenMalformed, "Missing dot delimiter(s)"),
    .init(.tokenMalformed, "Missing part delimiters"),
    .init(.tokenMalformed, "Invalid JWT serialization"),
    .init(.tokenMalformed, "Invalid unsecured/JWS/JWE header"),
    .init(.tokenMalformed, "Invalid serialized "),
    .init(.tokenMalformed, "JWT strings must contain exactly 2 period characters"),
    .init(.tokenMalformed, "The token was expected to have 3 parts"),
    .init(.tokenMalformed, "Invalid JOSE Compact Serialization"),
    .init(.tokenMalformed, "Unable to parse what was expected to be the Claim"),
    .init(.tokenMalformed, "Cannot convert access token to JSON"),
    .init(.tokenMalformed, "JWS Protected Header is invalid"),
    .init(.tokenMalformed, "ERR_JWS_INVALID"),
    .init(.tokenMalformed, "ERR_JWT_INVALID"),
    .init(.tokenMalformed, "jwt malformed"),
    .init(.tokenMalformed, "jwt must be a string"),
    .init(.tokenMalformed, "token is malformed", caseless: true),
    .init(.tokenMalformed, "tokenstring should not contain 'bearer '"),
    .init(.tokenMalformed, "Format is Authorization: Bearer [token]"),
    .init(.tokenMalformed, "credentials_bad_format"),
    .init(.unsupportedScheme, "credentials_bad_scheme"),
    .init(.tokenMalformed, "Wrong number of segments"),
    .init(.tokenMalformed, "Not enough or too many segments"),
    .init(.tokenMalformed, "Invalid segment encoding"),
    .init(.tokenMalformed, "Invalid base64 encoding", "JWT"),
    .init(.tokenMalformed, "Malformed UTF-8 characters", "JWT"),
    .init(.tokenMalformed, "Error decoding token headers"),
    .init(.tokenMalformed, "Error decoding token claims"),
    .init(.tokenMalformed, "Error decoding JSON from token header"),
    .init(.tokenMalformed, "Token format unrecognized"),
    .init(.tokenMalformed, "invalid jwt string"),
    .init(.tokenMalformed, "Failed to parse JWT token"),
    .init(.tokenMalformed, "Cannot decode JWT", caseless: true),
    .init(.tokenMalformed, "CompactDecodeError"),
    .init(.tokenMalformed, "Bad Authorization header"),
  ]

  private static let missing: [MessageSignature] = [
    .init(.tokenMissing, "jwt must be provided"),
    .init(.tokenMissing, "Nil JSON web token"),
    .init(.tokenMissing, "No Authorization header was found"),
    .init(.tokenMissing, "credentials_required"),
    .init(.tokenMissing, "no token present in request"),
    .init(.tokenMissing, "Missing Authorization header", caseless: true),
    .init(.tokenMissing, "Authorization header is missing", caseless: true),
    .init(.tokenMissing, "Authorization header missing", caseless: true),
    .init(.tokenMissing, "Authentication credentials were not provided"),
    .init(.tokenMissing, "Full authentication is required to access this resource"),
    .init(.tokenMissing, "An Authentication object was not found in the SecurityContext"),
    .init(.tokenMissing, "Missing Authorization Header"),
    .init(.tokenMissing, "no token specified", caseless: true),
    .init(.tokenMissing, "No token provided", caseless: true),
    .init(.tokenMissing, "Token not provided"),
    .init(.tokenMissing, "missing_token: "),
    .init(.tokenInactive, "The token has been revoked"),
    .init(.tokenInactive, "revoked_token"),
    .init(.tokenInactive, "token has been revoked", caseless: true),
    .init(.tokenInactive, "Token is not active anymore", voice: .others),
    .init(.tokenInactive, "Token is inactive", voice: .others, caseless: true),
  ]
}
