import Evidence
import Testing

/// What brokers, portals and the middlemen before them say of tokens and logins, and lines that look like it.
@Suite struct PortalWordsTests {
  @Test(arguments: [
    (
      "2024-01-28 11:46:33.621271+00:00 [debug] <0.942.0> Authentication using an OAuth 2/JWT token failed: Provided JWT token has expired at timestamp 1706442393 (validated at 1706442394)",
      CauseID.tokenExpired
    ),
    ("HTTP access denied: Provided JWT token has no exp claim", .tokenClaimRejected),
    (
      "Authentication using an OAuth 2/JWT token failed: no_matching_aud_found",
      .tokenAudienceMismatch
    ),
    ("Authentication using an OAuth 2/JWT token failed: {error,key_not_found}", .keysRotated),
    (
      "Authentication using an OAuth 2/JWT token failed: {oauth_provider_not_found,<<\"keycloak\">>}",
      .resourceServerSettingsWrong
    ),
    (
      "2022-12-19 14:36:05.614216+00:00 [warning] <0.818.0> Disabling OAuth 2 authorization, missing relevant configuration in management plugin",
      .resourceServerSettingsWrong
    ),
    (
      "Unable to download signing keys due to {error,{unexpected_status_code,404}}",
      .resourceServerKeysUnavailable
    ),
    (
      "Malformed JWT provided (abc); expected three sections (header, payload, and signature), but 1 sections provided",
      .tokenMalformed
    ),
    (
      "The OAuth configuration option sasl.oauthbearer.jwks.endpoint.url value must be non-null",
      .resourceServerSettingsWrong
    ),
    (
      "org.apache.kafka.common.KafkaException: The OAuth validator configuration encountered an error when initializing the VerificationKeyResolver",
      .resourceServerKeysUnavailable
    ),
  ])
  func `brokers say why a token or a key is none`(_ line: String, _ cause: CauseID) throws {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test(arguments: [
    "2024-01-28 11:46:33.621396+00:00 [debug] <0.942.0> User 'guest' failed authentication by backend rabbit_auth_backend_oauth2",
    "2024-01-28 11:46:33.621271+00:00 [debug] <0.942.0> Authentication using an OAuth 2/JWT token failed: provided token is invalid",
    "2024-01-28 11:46:33.6+00:00 [debug] <0.942.0> Downloading signing keys from https://sso.example.org/certs",
    "[2024-01-15 10:00:00,000] DEBUG OAuth JWKS refresh is already in progress; ignoring concurrent refresh",
  ])
  func `a broker that names no reason is not sure of one`(_ line: String) throws {
    let first = try WordsTests.findings(line).first { $0.cause != .undecided }
    #expect((first?.confidence ?? 0) < 0.5)
  }

  @Test(arguments: [
    (
      "[auth_openidc:error] [client 10.0.0.5:1] oidc_validate_issuer_client_id: configured issuer (https://a.example/realms/x) does not match the issuer provided in the response by the OP (https://b.example/realms/x)",
      CauseID.tokenIssuerMismatch
    ),
    (
      "ID token validation failed with error: Token issue at time is not recent or is invalid",
      .tokenClockSkew
    ),
    (
      "Only RS256 signature validation is supported. Token reports using HS256", .tokenAlgorithm
    ),
    ("JWT algorithm none is not supported", .tokenAlgorithm),
    ("JWS Alg or JWE not supported", .tokenAlgorithm),
    ("Could not parse out a valid signature within the provided token", .tokenMalformed),
    ("No JWT could be extracted from the request.", .tokenMissing),
    ("User identifier property (upn) yielded empty user identifier", .tokenClaimRejected),
    ("Invalid principal field: upn. Expected principal to be non-empty", .tokenClaimRejected),
    (
      "Jose\\Component\\Checker\\InvalidClaimException: Bad audience.", .tokenAudienceMismatch
    ),
    ("SignatureVerification(NoMatchingKey)", .keysRotated),
    (
      "com.auth0.jwk.SigningKeyNotFoundException: Cannot obtain jwks from url https://sso.example.org/certs",
      .resourceServerKeysUnavailable
    ),
    (
      "com.auth0.jwk.SigningKeyNotFoundException: No key found in https://sso.example.org/certs with kid vF3qVQH0oV",
      .keysRotated
    ),
    ("OAuth 2.0 kid not found in access_token", .tokenAlgorithm),
    (
      "Check that the provided JSON Web Key URIs contain a key that can verify the signature of the provided JSON Web Key ID.",
      .keysRotated
    ),
    ("Never discovered a JWK set.", .resourceServerKeysUnavailable),
    ("The discovery endpoint is not reachable.", .resourceServerKeysUnavailable),
    ("Error reading keys from issuer jwks_uri", .resourceServerKeysUnavailable),
  ])
  func `portals say what is wrong with a token or its keys`(_ line: String, _ cause: CauseID)
    throws
  {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test func `the key that Istio gives out while it has none is no key`() throws {
    let config =
      "2024-09-24T10:29:40.948252Z\tdebug\tenvoy config\tconfig: {\"providers\":{\"origins-0\":{\"local_jwks\":{\"inline_string\":\"{\\\"keys\\\":[ {\\\"e\\\":\\\"AQAB\\\",\\\"kid\\\":\\\"abc\\\",\\\"kty\\\":\\\"RSA\\\",\\\"n\\\":\\\"RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt\\\"}]}\"}}}}"
    let refusal = "Jwks doesn't have key to match kid or alg from Jwt."
    #expect(
      try WordsTests.findings(refusal, config).first?.cause == .resourceServerKeysUnavailable)
    let other = config.replacing("RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt", with: "sXchDaQ")
    #expect(
      try WordsTests.findings(refusal, other).first?.cause != .resourceServerKeysUnavailable)
  }

  @Test(arguments: [
    "http: named cookie not present: argocd.oauthstate",
    "[ERROR] SAML: Error getting state from cookie: http: named cookie not present",
    "Received OIDC callback, with no session cookie",
    "Could not verify session for OIDC callback: Macaroon is invalid",
    "Invalid state signature",
    "Missing state in query",
    "Login using SSO failed, system did not provide successful authorization",
  ])
  func `logins lost their thread in the words of portals`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .sessionLoginStateLost)
  }

  @Test(arguments: [
    "http: named cookie not present: argocd.token",
    "Received OIDC callback for IdP keycloak",
    "Invalid session state",
  ])
  func `other cookies and callbacks lost no login for sure`(_ line: String) throws {
    let first = try WordsTests.findings(line).first { $0.cause != .undecided }
    #expect(first?.cause != .sessionLoginStateLost || (first?.confidence ?? 0) < 0.5)
  }

  @Test(arguments: [
    "level=warning msg=\"Failed to verify app state - got invalid redirectURL \\\"http://a\\\"\"",
    "error creating authentication configuration: jwt[0].issuer.url: Invalid value: \"http://sso\": URL scheme must be https",
    "Initialization error: Issuer value must start with https://",
    "the issuer must use https: http://sso.example.org/realms/x is invalid",
    "No token endpoint set. Please set with $this->setendpoints",
    "token instropection cannot be performed as introspection endpoint is not available",
    "{\"level\":\"error\",\"msg\":\"you have not specified the client secret\"}",
    "the cookie is set to secure but your redirection url is non-tls",
    "Unexpected response type [code], while [id_token] is configured",
    "AuthorizeOAuthUser: GitLab SSO through OAuth 2.0 is not enabled., api.user.authorize_oauth_user.unsupported.app_error",
    "Error: Crypto.subtle is available only in secure contexts (HTTPS).",
  ])
  func `a checker tells that it was not told enough`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .resourceServerSettingsWrong)
  }

  @Test func `an issuer that differs is no setting`() throws {
    let line = "issuer https://a.example/realms/x does not match the one expected"
    #expect(try WordsTests.findings(line).first?.cause == .tokenIssuerMismatch)
  }

  @Test(arguments: [
    ("user alice is not authorized to `GET` in /admin", CauseID.userRoleMissing),
    (
      "This site has restrictions in place on the users that can log in with OpenID Connect. These restrictions currently prevent you from logging in",
      .userRoleMissing
    ),
    ("OAuth2 server denied the login", .userRoleMissing),
    (
      "OAuth2 server does not allow request from this Trino server", .clientGrantNotAllowed
    ),
    (
      "failed OAuth 2.0 authorization flow, error: access_denied, description: denied",
      .userRoleMissing
    ),
  ])
  func `portals say who may not come in`(_ line: String, _ cause: CauseID) throws {
    let whole = line.hasPrefix("user ") ? "error while authorizing alice: " + line : line
    #expect(try WordsTests.findings(whole).first?.cause == cause)
  }

  @Test func `an error that a login brought back is read in the address of a record`() throws {
    func record(_ query: String, _ message: String) -> String {
      "{\"reqId\":\"a1\",\"level\":3,\"time\":\"2024-12-05T08:41:23+00:00\",\"app\":\"index\","
        + "\"method\":\"GET\",\"url\":\"/apps/user_oidc/code?\(query)\",\"message\":\"\(message)\"}"
    }
    let answer =
      "error=temporarily_unavailable&error_description=authentication_expired&state=E3&iss=https%3A%2F%2Fsso.example.org%2Frealms%2Fx"
    let unknown = "The requested uri(/apps/user_oidc/code) cannot be processed"
    #expect(
      try WordsTests.findings(record(answer, unknown)).first?.cause == .sessionLoginStateLost)
    // No answer of a login; a text that says more; a code that came.
    #expect(
      try WordsTests.findings(record("error=x", unknown)).allSatisfy {
        $0.cause != .sessionLoginStateLost
      })
    #expect(
      try WordsTests.findings(record(answer, "Jwt is expired")).first?.cause == .tokenExpired)
    #expect(
      try WordsTests.findings(record("code=c&state=E3&iss=a", unknown))
        .allSatisfy { $0.cause != .sessionLoginStateLost })
  }
}
