internal import Evidence

/// What further products and libraries say of logins and tokens: goth and Gitea, go-jose, HashiCorp's cap and
/// Vault, Kiali, Nextcloud, OpenShift's OAuth server, MinIO, Harbor, Elytron, PyJWT and python-jose, jose and
/// oauth4webapi, Quarkus. Texts as in the products' sources.
extension MessageSignatures {
  static let products: [MessageSignature] =
    productLogins + productClaims + productKeys + productForms + productSettings + productCalls

  private static let productLogins: [MessageSignature] = [
    .init(.loginStateLost, "could not find a matching session for this request"),
    .init(.loginStateLost, "state token mismatch"),
    .init(.loginStateLost, "authentication request is expired"),
    .init(.loginStateLost, "authentication response is expired"),
    .init(.loginStateLost, "authentication state and response state are not equal"),
    .init(.loginStateLost, "authentication request state and authorization state are not equal"),
    .init(.loginStateLost, "Request rejected: CSRF mitigation"),
    .init(.loginStateLost, "The received state does not match the expected value"),
    .init(.loginStateLost, "The received state has expired"),
    .init(.loginStateLost, "state did not contain a valid CSRF token"),
    .init(
      .loginStateLost, "failed to verify app state", caseless: true,
      like: "failed to verify app state: http: named cookie not present"),
    .init(
      .loginStateLost, "no authorization code in \"",
      like: "no authorization code in \"parameters\""
    ),
    .init(
      .scopeMissing, "no id_token in token response", like: "oidc: no id_token in token response"),
    .init(.scopeMissing, "no id_token returned in"),
    .init(.scopeMissing, "the IdP did not provide an id_token"),
    .init(.scopeMissing, "id_token is missing from auth code exchange"),
    .init(.roleMissing, "user not a member of allowed groups"),
    .init(.roleMissing, "user is not a member of allowed groups"),
    .init(.roleMissing, "user not a member of one of the required groups"),
  ]

  private static let productClaims: [MessageSignature] = [
    .init(.tokenAudience, "audience in token does not match client key"),
    .init(.tokenAudience, "The audience does not match ours"),
    .init(.tokenAudience, "invalid id_token audiences"),
    .init(.tokenAudience, "STS JWT Token has `aud` claim invalid"),
    .init(.tokenAudience, "STS JWT Token has `azp` claim invalid"),
    .init(.tokenAudience, "token is not targeted for Kiali"),
    .init(.tokenIssuer, "issuer in token does not match issuer in OpenIDConfig discovery"),
    .init(
      .tokenIssuer, "Issuer check failed. Provided", like: "Issuer check failed. Provided [a] but"),
    .init(
      .tokenAudience, "Audience check failed. Provided",
      like: "Audience check failed. Provided [a] but was expected [b]."),
    .init(.tokenNotYetValid, "Token is before [", like: "Token is before [7]"),
    .init(.tokenExpired, "user info JWT token is expired"),
    .init(.tokenClaim, "The authorized party does not match ours"),
    .init(.tokenClaim, "returned empty or missing fields"),
    .init(.tokenClaim, "did not return a raw user"),
    .init(.tokenClaim, "sub claim does not match bound subject"),
    .init(
      .tokenClaim, "userinfo 'sub' claim", "did not match id_token 'sub' claim",
      like: "userinfo 'sub' claim (a) did not match id_token 'sub' claim (b)"),
    .init(.tokenClaim, "did not contain a 'sub' claim"),
    .init(.tokenClaim, "invalid subject claim (sub)"),
    .init(.tokenClaim, "invalid ID claim (jti)"),
    .init(.tokenClaim, "claim (iat) must be an integer"),
    .init(.tokenClaim, "claim (exp) must be an integer"),
    .init(.tokenClaim, "claim (nbf) must be an integer"),
    .init(.tokenClaim, "Invalid claim format in token"),
    .init(.tokenClaim, "at_hash claim does not match access_token"),
    .init(
      .tokenClaim, "missing required key \"", "among claims",
      like: "missing required key \"iss\" among claims"),
    .init(.tokenClaim, "too much time has elapsed since the last End-User authentication"),
    .init(.tokenClaim, "JWT Access Token confirmation mismatch"),
    .init(.tokenClaim, "acr value in token does not match configured acr value"),
    .init(.tokenClaim, "insufficient_user_authentication"),
    .init(.tokenType, "unexpected \"typ\" JWT header value"),
  ]

  private static let productKeys: [MessageSignature] = [
    .init(.tokenUnknownKey, "JWK with matching kid not found in JWK Set"),
    .init(.tokenUnknownKey, "token is signed with an unknown key"),
    .init(.tokenUnknownKey, "id_token signed with a different key"),
    .init(.tokenUnknownKey, "multiple matching keys found in the JSON Web Key Set"),
    .init(.tokenUnknownKey, "ERR_JWKS_MULTIPLE_MATCHING_KEYS"),
    .init(
      .tokenUnknownKey, "keyset has no key for kid: ", about: .word,
      like: "keyset has no key for kid: K"),
    .init(
      .tokenUnknownKey, "No public key for id: ", about: .word, like: "No public key for id: K"),
    .init(
      .tokenUnknownKey, "No public key found for kid ", about: .word,
      like: "No public key found for kid K"),
    .init(.tokenSignature, "ecdsa signature failed to verify"),
    .init(.tokenSignature, "ed25519 signature failed to verify"),
    .init(.tokenAlgorithm, "Unsupported \"alg\" value for a JSON Web Key Set"),
    .init(.tokenAlgorithm, "ERR_JOSE_NOT_SUPPORTED"),
    .init(.tokenAlgorithm, "unsupported JWS \"alg\" identifier"),
    .init(
      .tokenAlgorithm, "unexpected alg header claim", about: .quoted,
      like: "the OpenId token has unexpected alg header claim; got alg = 'HS256'"),
  ]

  private static let productForms: [MessageSignature] = [
    .init(.tokenMalformed, "compact JWS format must have three parts"),
    .init(.tokenMalformed, "unsupported JWS/JWE"),
    .init(.tokenMalformed, "missing payload in JWS message"),
    .init(.tokenMalformed, "JWTs must use Compact JWS serialization"),
    .init(.tokenMalformed, "Invalid token type. Token must be a"),
    .init(.tokenMalformed, "invalid Authorization HTTP Header format"),
    .init(.unsupportedScheme, "unsupported Authorization HTTP Header scheme"),
    .init(.tokenMissing, "is missing an Authorization HTTP Header"),
    .init(.tokenMissing, "No Bearer scheme found in header"),
  ]

  private static let productSettings: [MessageSignature] = [
    .init(.settingsWrong, "Unable to find a algorithm for key"),
    .init(.settingsWrong, "Unable to find an algorithm for key"),
    .init(.settingsWrong, "Do you have cryptography installed"),
    .init(.settingsWrong, "This method requires the cryptography library"),
    .init(.settingsWrong, "did not contain any usable keys. Perhaps"),
    .init(.settingsWrong, "Tenant configuration has not been resolved"),
    .init(.settingsWrong, "signing key is not 16, 24 nor 32 bytes long"),
    .init(.settingsWrong, "gothic: no SESSION_SECRET environment variable is set"),
    .init(
      .settingsWrong, "identities[", "must be in the format",
      like: "identities[0]: Invalid value: \"a\": must be in the format <providerName>:<userName>"),
    .init(.settingsWrong, "User.user.openshift.io ", "is invalid: "),
    .init(
      .settingsWrong, "cannot be claimed by identity", "already mapped",
      like: "user a cannot be claimed by identity b because it is already mapped to c"),
    .init(
      .settingsWrong, "Auth provider registered for '", "is misconfigured",
      like: "Auth provider registered for 'keycloak' is misconfigured."),
  ]

  private static let productCalls: [MessageSignature] = [
    .init(.callWrongURL, "JSON Web Key Set malformed", voice: .others),
    .init(.callWrongURL, "ERR_JWKS_INVALID", voice: .others),
    .init(.callReset, "Empty reply from server", voice: .others),
    .init(.callReset, "unexpected end of stream on http", voice: .others),
    .init(
      .callHTTPError, "(HTTP response status = ", about: .number, voice: .others,
      like: "Failed to request token: request failed (HTTP response status = 401 Unauthorized)"),
    .init(
      .callHTTPError, "OpenId token request failed with status ", about: .number, voice: .others,
      like: "OpenId token request failed with status 401 (response body: 7 bytes)"),
    .init(
      .keycloakStartFailed, "WFLYCTL0403", voice: .keycloak,
      like: "WFLYCTL0403: Unexpected failure during execution of the following operation(s)"),
    .init(.keycloakStartFailed, "Failed to start caches", voice: .keycloak),
    .init(.keycloakStartFailed, "Migration failed for change", voice: .keycloakAlone),
    .init(
      .keycloakStartFailed, "Strict hostname resolution configured but no hostname",
      like: "ERROR: Strict hostname resolution configured but no hostname setting provided"),
    .init(.keycloakStartFailed, "ERROR: Unable to start HTTP server"),
    .init(
      .cacheTimeout, "failed sending message to ", voice: .keycloak,
      like: "kc-0: failed sending message to kc-1: java.net.SocketTimeoutException"),
    .init(.cacheTimeout, "JGRP000029", like: "JGRP000029: kc-0: failed sending message to kc-1"),
    .init(.cacheTimeout, "JGRP000034", like: "JGRP000034: kc-0: failure sending message to kc-1"),
    .init(
      .cacheTimeout, "failed connecting to ", voice: .keycloak,
      like: "kc-0: failed connecting to kc-1: java.net.ConnectException: Connection refused"),
  ]
}
