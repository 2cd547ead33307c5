import Evidence
import Testing

/// What applications and their login libraries say, a line or two at a time, and lines that look like it.
@Suite struct ProductWordsTests {
  static let causes: [(String, CauseID)] = [
    // Keys.
    (
      "token is unverifiable: error while executing keyfunc: the given key ID was not found in the JWKS",
      .keysRotated
    ),
    ("no key found with kid abc in any JWKS endpoint", .keysRotated),
    ("Token validation failed: The signing key is no longer valid (kid:K)", .keysRotated),
    ("django.core.exceptions.SuspiciousOperation: Could not find a valid JWKS.", .keysRotated),
    (
      "2024-01-15 15:55:06,615 DEBUG [io.qua.oid.run.OidcProvider] (vert.x-eventloop-thread-3) Verification of the token issued to client shop has failed: Unable to process JOSE object (cause: org.jose4j.lang.UnresolvableKeyException: JWK is not available, neither 'kid' nor 'x5t' token headers are set): JsonWebSignature{\"alg\":\"HS512\",\"typ\":\"JWT\"}->eyJhb",
      .tokenAlgorithm
    ),
    ("token signature is invalid: signing method HS256 is invalid", .tokenAlgorithm),
    ("Could not discover OIDC configuration.", .resourceServerKeysUnavailable),
    (
      "OperationProcessingError: \"response\" is not a conform JSON Web Key Set response (unexpected HTTP status code)",
      .resourceServerKeysUnavailable
    ),
    // Claims.
    ("flask_oidc:id_token issued by non-trusted issuer", .tokenIssuerMismatch),
    (
      "Expected JWT issuer claim of 'http://a/realms/x', but found 'http://b/realms/x' instead.",
      .tokenIssuerMismatch
    ),
    (
      "Expected JWT audience claim to include 'shop', but audience list ([account]) did not.",
      .tokenAudienceMismatch
    ),
    ("BadCredentialsException: The token cannot be accepted yet", .tokenClockSkew),
    ("BadJWTException: JWT issue time ahead of current time", .tokenClockSkew),
    ("oauth2: token expired and refresh token is not set", .tokenExpired),
    ("ELY23054: Unexpected value for typ claim", .tokenWrongType),
    ("User not a member of one of the required organizations", .tokenClaimRejected),
    ("idToken and userInfo did not contain group field name: groups", .tokenClaimRejected),
    // Clients, users, settings.
    (
      "Rack::OAuth2::Client::Error (invalid_client :: invalid client credentials):",
      .clientBadSecret
    ),
    ("{\"error\":\"invalid_client\",\"error_description\":\"Client disabled\"}", .clientDisabled),
    (
      "[LDAP: error code 49 - 80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563]",
      .userInvalidCredentials
    ),
    (
      "[LDAP: error code 49 - 80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 775, v4563]",
      .userLocked
    ),
    (
      "403 Client Error: Forbidden for url: https://kc.example.org/admin/realms/shop/users?max=1",
      .userRoleMissing
    ),
    ("{\"error\":\"HTTP 403 Forbidden\"}", .userRoleMissing),
    (
      "Parameter 'redirect_uri' no longer supported. Please use 'post_logout_redirect_uri'",
      .resourceServerSettingsWrong
    ),
    (
      "issuer must use HTTPS (with TLS), or config value for property 'requireHttps' must be set to 'false'",
      .resourceServerSettingsWrong
    ),
    (
      "State parameter is different from the one sent in authentication request.",
      .sessionLoginStateLost
    ),
    // Calls.
    (
      "Post \"https://kc/realms/x/protocol/openid-connect/token\": dial tcp 192.0.2.9:443: connect: no route to host",
      .netpolReject
    ),
    ("Net::OpenTimeout (execution expired)", .netpolDrop),
    (
      "GET http://keycloak:8080/realms/x/.well-known/openid-configuration net::ERR_NAME_NOT_RESOLVED",
      .dnsNXDOMAIN
    ),
    (
      "GET https://kc.example.org/auth/realms/x/.well-known/openid-configuration 404 (Not Found)",
      .resourceServerURLWrong
    ),
    (
      "Cookie “AUTH_SESSION_ID” has been rejected because it is in a cross-site context and its “SameSite” is “Lax”.",
      .sessionLoginStateLost
    ),
    ("%HTTPoison.Error{id: nil, reason: :nxdomain}", .dnsNXDOMAIN),
    (
      "/callback?error=unauthorized_client&error_description=Standard+flow+is+disabled+for+the+client.",
      .clientGrantNotAllowed
    ),
    (
      "VerificationException: Token audience doesn't match domain. Token issuer is http://a/realms/x, but URL from configuration is http://b/realms/x",
      .tokenIssuerMismatch
    ),
  ]

  @Test(arguments: causes)
  func `a product's own words get their cause, never with certainty where they fit others`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
    #expect(!first.supports.isEmpty)
    let isGuess: Set<CauseID> = [.keysRotated, .userInvalidCredentials, .userLocked]
    if isGuess.contains(cause) { #expect(first.confidence < 0.7) }
  }

  @Test(arguments: [
    "ERROR: relation \"user_role\" does not exist",
    "java.io.FileNotFoundException: /etc/app/certificate-roles.json (No such file or directory)",
    "Failed to send email to alice@example.org: connection timed out",
    "Retrieving provider metadata from http://kc.example.org/realms/shop",
    "JWT signature validation succeeded. Validating claims...",
    "ELY23013: Failed verification of token: ELY23019: Invalid ID token",
    "Unable to verify JWT claims",
    "401 Client Error: Unauthorized for url: https://kc.example.org/admin/realms/shop/users",
    "error=\"access_denied\", ",
    "error=\"user_session_not_found\" while syncing the cart of the shop",
    "DEBUG the key of the cache was not found",
  ])
  func `words that name no reason, or no login at all, get no cause`(_ line: String) throws {
    let named = try WordsTests.findings(line).filter { $0.cause != .undecided }
    #expect(named.isEmpty, "\(named.map { "\($0.cause) \($0.confidence)" })")
  }

  @Test(arguments: [
    (
      "IJ000655: No managed connections available within configured",
      CauseID.keycloakDatabasePoolExhausted
    ),
    ("IJ000604: Throwable: IJ031084: Unable to create connection", .keycloakDatabaseDown),
    ("WFLYSRV0056: Server boot has failed in an unrecoverable manner; exiting.", .keycloakDown),
    ("ISPN004007: Exception encountered. Retry 10 out of 10", .keycloakCacheTimeout),
    ("SPNEGO login failed: GSSException: Clock skew too great (37)", .tokenClockSkew),
    ("SPNEGO login failed: GSSException: Checksum failed", .keycloakFederationDown),
    ("KC-SERVICES0055: Error when authenticating to LDAP: ldap:636", .keycloakFederationDown),
  ])
  func `Keycloak's log names what broke below it`(_ text: String, _ cause: CauseID) throws {
    let found = try WordsTests.findings(
      "2024-01-15 10:11:12,345 ERROR [org.keycloak.services] (default task-3) " + text)
    #expect(found.first?.cause == cause)
  }

  @Test func `an event laid out over several lines is read by its error`() throws {
    let found = try WordsTests.findings(
      "2024-01-15 09:23:13,420 WARN  [org.keycloak.events] (executor-thread-4) ",
      "type=\"USER_INFO_REQUEST_ERROR\", ", "realmId=\"shop\", ", "clientId=\"web\", ",
      "error=\"user_session_not_found\", ", "auth_method=\"validate_access_token\"")
    let first = try #require(found.first)
    #expect(first.cause == .sessionExpired)
    #expect(first.confidence < 0.7)
  }

  @Test func `a login that failed with a bad token tells nothing of access tokens`() throws {
    let found = try WordsTests.findings(WordsTests.event("LOGIN_ERROR", "error=\"invalid_token\""))
    #expect(!found.contains { $0.cause != .undecided })
  }

  @Test func `a 403 of the Admin REST interface is a missing role`() throws {
    let found = try WordsTests.findings(
      "10.0.0.5 - - [15/Jan/2024:15:56:39 +0000] \"POST /realms/shop/protocol/openid-connect/token HTTP/1.1\" 200 2060",
      "10.0.0.5 - - [15/Jan/2024:15:56:39 +0000] \"GET /admin/realms/shop/users?search= HTTP/1.1\" 403 -"
    )
    #expect(found.first?.cause == .userRoleMissing)
  }
}
