import Evidence
import Testing

@testable import Pipeline

/// Families of texts: what one product says of every way in which a login or a token may fail, and lines that
/// only look like them.
@Suite struct FamilyWordsTests {
  @Test(arguments: [
    // Gitea and goth.
    (
      "UserSignIn: could not find a matching session for this request",
      CauseID.sessionLoginStateLost
    ),
    ("UserSignIn: securecookie: the value is not valid", .sessionLoginStateLost),
    ("UserSignIn: state token mismatch", .sessionLoginStateLost),
    (
      "oauth2: error validating JWT token: audience in token does not match client key",
      .tokenAudienceMismatch
    ),
    (
      "OAuth2 Provider keycloak returned empty or missing fields: [email nickname]",
      .tokenClaimRejected
    ),
    // go-jose.
    ("go-jose/go-jose: compact JWS format must have three parts", .tokenMalformed),
    ("go-jose/go-jose: JWK with matching kid not found in JWK Set", .keysRotated),
    ("square/go-jose: unsupported JWS/JWE", .tokenMalformed),
    // Vault, Boundary.
    ("Vault login failed. OAuth code parameter not provided", .sessionLoginStateLost),
    ("authentication response is expired", .sessionLoginStateLost),
    ("\"groups\" claim not found in token", .tokenClaimRejected),
    ("id_token failed verification: id_token signed with a different key", .keysRotated),
    // Kiali.
    (
      "Not handling OpenId code flow authentication: No nonce code present. Login window timed out.",
      .sessionLoginStateLost
    ),
    (
      "Authentication rejected: Failed to request token: request failed (HTTP response status = 401 Unauthorized)",
      .clientBadSecret
    ),
    ("the OpenId token is signed with an unknown key", .keysRotated),
    ("the OpenId token has no 'email' claim", .tokenClaimRejected),
    // OpenShift.
    (
      "AuthenticationError: User.user.openshift.io \"a/b\" is invalid: metadata.name: Invalid value",
      .resourceServerSettingsWrong
    ),
    ("AuthenticationError: no id_token returned in openid-connect login", .clientScopeMissing),
    ("state did not contain a valid CSRF token", .sessionLoginStateLost),
    // Python and node.
    (
      "PyJWKError: Unable to find a algorithm for key: {'alg': 'RS256'",
      .resourceServerSettingsWrong
    ),
    ("JWTError: keyset has no key for kid: abc", .keysRotated),
    (
      "JOSENotSupported: Unsupported \"alg\" value for a JSON Web Key Set", .tokenAlgorithm
    ),
    ("code: 'ERR_JOSE_NOT_SUPPORTED'", .tokenAlgorithm),
    ("\"request\" is missing an Authorization HTTP Header", .tokenMissing),
    // MinIO, Harbor, Elytron, Quarkus, Backstage.
    (
      "STS JWT Token has `azp` claim invalid, `azp` must match configured OpenID Client ID",
      .tokenAudienceMismatch
    ),
    ("Issuer check failed. Provided [a] but was expected [b].", .tokenIssuerMismatch),
    ("OIDCException: Tenant configuration has not been resolved", .resourceServerSettingsWrong),
    ("Auth provider registered for 'sso' is misconfigured.", .resourceServerSettingsWrong),
    // Refresh tokens.
    ("Provided refresh token is expired", .tokenRefreshExpired),
    ("`REFRESH_TOKEN_ERROR` with `reason=\"Token is not active\"`", .tokenRefreshExpired),
    ("RefreshToken: replay detected, revoking every active refresh token", .tokenRefreshReused),
    ("refresh token has already been used, family revoked", .tokenRefreshReused),
    // Keycloak's answers by grant.
    (
      "{\"error\":\"invalid_request\",\"error_description\":\"Missing parameter: username\"}",
      .resourceServerSettingsWrong
    ),
    ("reason=\"Offline tokens not allowed for the user or client\"", .clientGrantNotAllowed),
    ("reason=\"subject not allowed to impersonate\"", .clientGrantNotAllowed),
    (
      "{\"error\":\"invalid_grant\",\"error_description\":\"User disabled\"}", .userDisabled
    ),
    // Events told in a sentence.
    ("LOGIN_ERROR ... error=\"user_temporarily_disabled\"", .userLocked),
    ("a `CODE_TO_TOKEN_ERROR` with `invalid_code` each time", .sessionLoginStateLost),
    ("| CLIENT_LOGIN_ERROR | invalid_client_credentials | twice |", .clientBadSecret),
    // Headers without a token.
    ("  -H 'Authorization: Bearer undefined'", .tokenMalformed),
    ("authorization: Bearer [object Object]", .tokenMalformed),
    // Pods.
    ("keycloak-0   0/1     CrashLoopBackOff   5 (30s ago)   4m", .keycloakDown),
    ("Container keycloak failed startup probe, will be restarted", .keycloakDown),
    ("Failed to pull image \"quay.io/keycloak/keycloak:99\": NotFound", .keycloakDown),
    ("no endpoints available for service \"keycloak\"", .keycloakDown),
    // Frameworks.
    ("{\"detail\":\"Not authenticated\"}", .tokenMissing),
    ("{\"msg\":\"Only non-refresh tokens are allowed\"}", .tokenWrongType),
    (
      "{\"timestamp\":\"2024-01-15\",\"status\":403,\"error\":\"Forbidden\",\"path\":\"/api\"}",
      .userRoleMissing
    ),
    ("SaslAuthenticationException: {\"status\":\"invalid_token\"}", .tokenExpired),
    (
      "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret\"}",
      .foreignOtherIDP
    ),
    ("Keycloak's log shows `user_session_not_found`", .sessionExpired),
    ("OIDC login fails with a subject mismatch", .tokenClaimRejected),
    ("net::ERR_TOO_MANY_REDIRECTS", .sessionLoginStateLost),
    // Calls.
    ("curl: (52) Empty reply from server", .proxyIdleDropped),
  ])
  func `a member of a product's family gets its cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    "orders-0   0/1     CrashLoopBackOff   5 (30s ago)   4m",
    "Container orders failed startup probe, will be restarted",
    "-H \"Authorization: Bearer $TOKEN\"",
    "Authorization: Bearer <token>",
    "{\"error\":\"insufficient_scope\",\"error_description\":\"Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.\"}",
    "2026-01-09 13:08:33,638 WARN  [org.keycloak.events] (executor-thread-1) type=\"CLIENT_REGISTER_ERROR\", realmId=\"r\", clientId=\"null\", error=\"not_allowed\"",
    "state machine: the state does not change",
    "the order of the groups was rotated",
    "Token already refreshed by another request",
    "The domain name is www.example.org",
  ])
  func `near misses of families stay undecided`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }

  @Test(arguments: [
    "RefreshToken: replay detected", "LOGIN_ERROR error=user_disabled",
    "Missing OIDC issuer: the environment variable OIDC_ISSUER is not set",
    "failed to exchange token: oauth2 error", "domain example.org not allowed to login",
    "Authorization code not found", "failed login attempt: Invalid credentials.",
  ])
  func `a guess from loose words is no certainty`(_ line: String) throws {
    let findings = try WordsTests.findings(line)
    #expect(findings.contains { $0.cause != .undecided })
    for finding in findings { #expect(finding.confidence <= 0.67) }
  }

  @Test(arguments: [
    ("Das Token ist abgelaufen", CauseID.tokenExpired), ("トークンの有効期限切れ (token)", .tokenExpired),
    ("O refresh token está expirado", .tokenRefreshExpired),
    ("Ungültiger Parameter: redirect_uri", .clientRedirectURIInvalid),
  ])
  func `sentences of other languages are heard for what they name`(_ line: String, _ cause: CauseID)
    throws
  {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
    #expect(first.confidence <= 0.67)
  }

  @Test func `a pod's description names Keycloak on another line than its state`() throws {
    let findings = try WordsTests.findings(
      "Name:           keycloak-0", "Namespace:      sso", "    State:          Waiting",
      "      Reason:       CrashLoopBackOff")
    #expect(findings.first?.cause == .keycloakDown)
  }

  @Test func `words below an answer of several lines are read`() throws {
    let findings = try WordsTests.findings(
      "{", "    \"statusCode\": 401,", "    \"error\": \"Unauthorized\"", "}",
      "openid auth failed with 401 due to \"Invalid serialized unsecured/JWS/JWE object: Missing part delimiters\""
    )
    #expect(findings.first?.cause == .tokenMalformed)
    #expect(findings.first?.supports.first?.citations.first?.number == 5)
  }

  @Test func `an error that a browser brought back to a callback is read in an access line`() throws
  {
    let findings = try WordsTests.findings(
      "10.0.0.1 - - [15/Jan/2024:10:11:12 +0000] \"GET /oauth/callback?error=invalid_scope&error_description=Invalid+scopes%3A+email+groups&state=abc HTTP/1.1\" 302 572"
    )
    #expect(findings.first?.cause == .clientScopeMissing)
    let codes = try WordsTests.findings(
      "10.0.0.1 - - [15/Jan/2024:10:11:12 +0000] \"GET /oauth/callback?code=1&state=abc HTTP/1.1\" 302 572"
    )
    #expect(codes.allSatisfy { $0.cause == .undecided })
  }

  @Test func `a command that nothing answered shows what it would have sent`() throws {
    let findings = try WordsTests.findings(
      "curl -X 'GET' \\", "  'http://localhost:5050/api/v1/Article' \\",
      "  -H 'accept: text/plain' \\", "  -H 'Authorization: Bearer undefined'")
    #expect(findings.first?.cause == .tokenMalformed)
  }

  @Test func `replicas that cannot send to each other are no calls of applications`() throws {
    let findings = try WordsTests.findings(
      "2025-10-23 15:50:46,112 ERROR [org.jgroups.protocols.TCP] (pd-bundler-15,kc-0) kc-0: failed sending message to kc-1: java.net.SocketTimeoutException: Connect timed out"
    )
    #expect(findings.first?.cause == .keycloakCacheTimeout)
  }

  @Test func `that Keycloak was stopped later explains no refusal before`() throws {
    let findings = try WordsTests.findings(
      WordsTests.event("REFRESH_TOKEN_ERROR", "error=\"invalid_token\""),
      "2024-01-15 11:52:33,149 INFO  [io.quarkus] (main) Keycloak stopped in 0.173s")
    #expect(findings.first?.cause == .tokenRefreshExpired)
  }
}
