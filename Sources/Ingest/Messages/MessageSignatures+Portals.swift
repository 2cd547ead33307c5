internal import Evidence

/// What brokers, portals and the middlemen before them say of tokens and logins: RabbitMQ, Kafka, Trino,
/// Elasticsearch, Mattermost, BookStack, Moodle, Nextcloud, Synapse, Argo CD, Rancher, Flask-AppBuilder, symfony-oidc,
/// axum-keycloak-auth, APIcast, Oathkeeper, gatekeeper, go-authcrunch, Istio's authservice, the API server's structured
/// authentication. Texts as in their sources.
extension MessageSignatures {
  static let portals: [MessageSignature] =
    brokers + portalTokens + portalKeys + portalLogins + portalSettings + portalRights

  /// RabbitMQ and Kafka.
  private static let brokers: [MessageSignature] = [
    .init(
      .tokenExpired, "Provided JWT token has expired",
      like: "Provided JWT token has expired at timestamp 1706442393 (validated at 1706442394)"),
    .init(.tokenClaim, "Provided JWT token has no exp claim"),
    .init(.tokenClaim, "Provided JWT token has an invalid exp claim"),
    .init(
      .tokenAudience, "OAuth 2/JWT token failed", "no_matching_aud_found",
      like: "Authentication using an OAuth 2/JWT token failed: no_matching_aud_found"),
    .init(
      .tokenAudience, "OAuth 2/JWT token failed", "no_aud_found",
      like: "Authentication using an OAuth 2/JWT token failed: no_aud_found"),
    .init(
      .tokenUnknownKey, "OAuth 2/JWT token failed", "key_not_found",
      like: "Authentication using an OAuth 2/JWT token failed: {error,key_not_found}"),
    .init(
      .settingsWrong, "oauth_provider_not_found", voice: .others,
      like:
        "Authentication using an OAuth 2/JWT token failed: {oauth_provider_not_found,<<\"kc\">>}"),
    .init(.settingsWrong, "missing_oauth_provider_attributes", voice: .others),
    .init(.settingsWrong, "aud_matched_many_resource_servers_only_one_allowed"),
    .init(.settingsWrong, "Disabling OAuth 2 authorization, missing relevant configuration"),
    .init(.keysUnavailable, "Failed to download signing keys", voice: .others),
    .init(.keysUnavailable, "Unable to download signing keys", voice: .others),
    .init(
      .tokenMalformed, "expected three sections (header, payload, and signature)",
      like:
        "Malformed JWT provided (x); expected three sections (header, payload, and signature), but 1 sections provided"
    ),
    .init(
      .settingsWrong, "The OAuth configuration option ", " value must be",
      like:
        "The OAuth configuration option sasl.oauthbearer.jwks.endpoint.url value must be non-null"),
    .init(
      .settingsWrong, "The OAuth configuration option ", " contains a ",
      like:
        "The OAuth configuration option sasl.oauthbearer.token.endpoint.url contains a URL (x) that is malformed: no protocol"
    ),
    .init(.keysUnavailable, "error when initializing the VerificationKeyResolver"),
    .init(.keysUnavailable, "not updating local JWKS cache"),
  ]

  private static let portalTokens: [MessageSignature] = [
    .init(
      .tokenIssuer, "configured issuer (", "does not match the issuer provided in the response",
      like:
        "configured issuer (https://a/realms/x) does not match the issuer provided in the response by the OP (http://a/realms/x)"
    ),
    .init(
      .tokenNotYetValid, "Token issue at time is not recent or is invalid", voice: .others),
    .init(.tokenAlgorithm, "Only RS256 signature validation is supported"),
    .init(
      .tokenAlgorithm, "JWT algorithm ", " is not supported", voice: .others,
      like: "JWT algorithm none is not supported"),
    .init(.tokenAlgorithm, "JWS Alg or JWE not supported"),
    .init(
      .tokenMalformed, "Could not parse out a valid ", "within the provided token",
      like: "Could not parse out a valid signature within the provided token"),
    .init(.tokenMissing, "No JWT could be extracted from the request"),
    .init(
      .tokenClaim, "User identifier property (", "yielded empty user identifier",
      like: "User identifier property (upn) yielded empty user identifier"),
    .init(.tokenClaim, "Can not get identifier from provider"),
    .init(
      .tokenClaim, "Invalid principal field: ", "Expected principal to be non-empty",
      like: "Invalid principal field: upn. Expected principal to be non-empty"),
    .init(
      .tokenClaim, "Could not find an email address, for this user, in the data provided"),
    .init(
      .tokenUnknownKey, "OAuth 2.0 kid not found in ",
      like: "OAuth 2.0 kid not found in access_token"),
    .init(
      .tokenUnknownKey,
      "contain a key that can verify the signature of the provided JSON Web Key ID"),
    .init(
      .tokenUnknownKey, "SignatureVerification(NoMatchingKey",
      like: "SignatureVerification(NoMatchingKey)"),
    .init(.tokenAudience, "InvalidClaimException: Bad audience"),
    .init(.tokenMissing, "Token is not present in the request"),
    .init(.tokenRefused, "Failed to parse or validate the ID Token"),
  ]

  private static let portalKeys: [MessageSignature] = [
    .init(.keysUnavailable, "Never discovered a JWK set"),
    .init(.keysUnavailable, "Never discovered a OIDC configuration"),
    .init(.keysUnavailable, "Error reading keys from issuer jwks_uri"),
    .init(.keysUnavailable, "The discovery endpoint is not reachable"),
  ]

  private static let portalLogins: [MessageSignature] = [
    .init(
      .loginStateLost, "named cookie not present", "oauthstate",
      like: "http: named cookie not present: argocd.oauthstate"),
    .init(
      .loginStateLost, "Error getting state from cookie",
      like: "SAML: Error getting state from cookie: http: named cookie not present"),
    .init(
      .loginStateLost, "Received OIDC callback, with no ",
      like: "Received OIDC callback, with no session cookie"),
    .init(
      .loginStateLost, "session for OIDC callback",
      like: "Could not verify session for OIDC callback: Macaroon is invalid"),
    .init(.loginStateLost, "Invalid state signature", voice: .others),
    .init(.loginStateLost, "Missing state in query"),
    .init(.loginStateLost, "Missing code in query"),
    .init(
      .loginStateLost, "Login using ", "system did not provide successful authorization",
      like: "Login using SSO failed, system did not provide successful authorization"),
    .init(.scopeMissing, "OpenID Connect id_token not received"),
    .init(.sessionNotFound, "groups session data is missing, re-authenticating"),
  ]

  private static let portalSettings: [MessageSignature] = [
    .init(.settingsWrong, "Failed to verify app state - got invalid redirectURL"),
    .init(
      .settingsWrong, "jwt[0].", ": Invalid value",
      like: "jwt[0].issuer.url: Invalid value: \"http://sso\": URL scheme must be https"),
    .init(
      .settingsWrong, "jwt[0].", ": Required value",
      like:
        "jwt[0].issuer.audiences: Required value: at least one jwt[0].issuer.audiences is required"),
    .init(.settingsWrong, "Issuer value must start with https://"),
    .init(.settingsWrong, "No token endpoint set. Please set with"),
    .init(.settingsWrong, "No authorization endpoint set. Please set with"),
    .init(.settingsWrong, "Please configure OpenID Connect client credentials"),
    .init(
      .settingsWrong, "introspection endpoint is not available",
      like:
        "token instropection cannot be performed as introspection endpoint is not available"),
    .init(.settingsWrong, "you have not specified the client secret"),
    .init(.settingsWrong, "you have not specified the client id"),
    .init(.settingsWrong, "you have not specified the discovery url"),
    .init(.callWrongURL, "bad discovery url format"),
    .init(.settingsWrong, "the cookie is set to secure but your redirection url is non-tls"),
    .init(
      .settingsWrong, "Unexpected response type [", "] is configured",
      like: "Unexpected response type [code], while [id_token] is configured"),
    .init(.settingsWrong, "api.user.authorize_oauth_user.unsupported"),
    .init(
      .settingsWrong, "rypto.subtle is available only in secure contexts",
      like: "Error: Crypto.subtle is available only in secure contexts (HTTPS)."),
  ]

  private static let portalRights: [MessageSignature] = [
    .init(
      .roleMissing, "error while authorizing ", " is not authorized to `",
      like: "error while authorizing alice: user alice is not authorized to `GET` in /admin"),
    .init(
      .roleMissing, "restrictions in place on the users that can log in with OpenID Connect"),
    .init(
      .accessForbidden, "#accessdenied", "errors.authjs.dev",
      like: "AccessDenied: AccessDenied. Read more at https://errors.authjs.dev#accessdenied"),
    .init(.accessForbidden, "OAuth2 server denied the login"),
    .init(.grantNotAllowed, "OAuth2 server does not allow request from this Trino server"),
  ]
}
