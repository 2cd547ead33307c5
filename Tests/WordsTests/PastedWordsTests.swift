import Evidence
import Testing

@testable import Pipeline

/// Fragments of public threads: exception names alone, codes of .NET, answers of several eras, sentences that
/// copying broke over lines.
@Suite struct PastedWordsTests {
  @Test(arguments: [
    // .NET.
    (
      "SecurityTokenInvalidIssuerException: IDX10204: Unable to validate issuer. ValidIssuer is null",
      CauseID.resourceServerSettingsWrong
    ),
    (
      "IDX10253: RequireSignedTokens is true, but the issuer signing key is null.",
      .resourceServerSettingsWrong
    ),
    (
      "IDX20809: Unable to retrieve document from: 'x'. Status code: '404'.",
      .resourceServerURLWrong
    ),
    (
      "IDX21817: The OpenIdConnectConfiguration did not contain any JsonWebKeys.",
      .resourceServerURLWrong
    ),
    ("IDX21349: RequireNonce is 'True'.", .sessionLoginStateLost),
    (
      "IDX21340: The 'id_token' contains 'azp' claim but its value is not equal",
      .tokenClaimRejected
    ),
    (
      " ---> System.Net.Sockets.SocketException (10060): Ein Verbindungsversuch ist fehlgeschlagen",
      .netpolDrop
    ),
    (
      "System.Net.Sockets.SocketException (10061): Es konnte keine Verbindung hergestellt werden",
      .keycloakDown
    ),
    ("SocketException (11001): Der angegebene Host ist unbekannt", .dnsNXDOMAIN),
    ("SocketException (00000005, 0xFFFDFFFF): Name or service not known", .dnsNXDOMAIN),
    ("The signing key associated to the specified token was not found.", .keysRotated),
    ("The specified token cannot be used with this resource server.", .tokenAudienceMismatch),
    (
      "RolesAuthorizationRequirement:User.IsInRole must be true for one of the following roles: (a)",
      .userRoleMissing
    ),
    ("Unknown client or not enabled: web", .clientNotFound),
    // Kubernetes and what is around it.
    ("oidc authenticator: initializing plugin: 404 Not Found: ", .resourceServerURLWrong),
    (
      "Unable to authenticate the request due to an error: [crypto/rsa: verification error, 'email_verified' claim not present]",
      .tokenClaimRejected
    ),
    (
      "pods is forbidden: User \"oidc:bob\" cannot list resource \"pods\" in API group \"\"",
      .userRoleMissing
    ),
    (
      "xx drop (Policy denied) flow 0xdd60fbdd to endpoint 0, identity 36262->kube-apiserver",
      .netpolDrop
    ),
    ("kernel: [UFW BLOCK] IN=eth0 OUT= SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP DPT=8080", .netpolDrop),
    (
      "Readiness probe failed: Get \"http://10.1.2.3:8080/health/ready\": connection refused",
      .keycloakDown
    ),
    (
      "Failed to load https://app.example.org/a: Response for preflight is invalid (redirect)",
      .ingressCORSPreflight
    ),
    (
      "2024/01/15 10:00:00 [error] 7#7: *1 connect() failed (99: Cannot assign requested address) while connecting to upstream, client: 10.0.0.1, server: a, request: \"GET / HTTP/1.1\", subrequest: \"/oauth2/auth\", upstream: \"http://[::1]:4180/oauth2/auth\", host: \"a\"",
      .ingressAuthRequestFailing
    ),
    // Names of exceptions.
    ("Caused by: com.auth0.jwt.exceptions.AlgorithmMismatchException", .tokenAlgorithm),
    ("io.jsonwebtoken.PrematureJwtException", .tokenClockSkew),
    ("org.jose4j.lang.UnresolvableKeyException", .keysRotated),
    (
      "A signing key must be specified if the specified JWT is digitally signed.",
      .resourceServerSettingsWrong
    ),
    (
      "java.lang.IllegalArgumentException: The JWK source must not be null",
      .resourceServerSettingsWrong
    ),
    (
      "Access is denied (user is not anonymous); delegating to AccessDeniedHandler",
      .userRoleMissing
    ),
    ("{\"error\":\"access_denied\",\"error_description\":\"Access is denied\"}", .userRoleMissing),
    ("socket.gaierror", .dnsNXDOMAIN),
    (
      "Error sending request to  GET https://0.0.0.0/realms/master/certs: ConnectionRefusedErro",
      .resourceServerURLWrong
    ),
    (
      "Get \"https://sso.example.org/realms/x/.well-known/openid-configuration\": EOF",
      .proxyIdleDropped
    ),
    // Keycloak's eras.
    (
      "400: b'{\"error\":\"invalid_grant\",\"error_description\":\"Stale refresh token\"}'",
      .tokenRefreshReused
    ),
    (
      "{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token expired\"}",
      .tokenRefreshExpired
    ),
    (
      "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid refresh token\"}",
      .tokenOtherRealm
    ),
    ("400 Bad Request: Client is not enabled", .clientDisabled),
    ("Invalid client: unknownLoginRequesterMessage", .clientNotFound),
    (
      "10:58:44,125 ERROR [org.keycloak.services.resources.IdentityBrokerService] (default task-13) unexpectedErrorHandlingRequestMessage: java.lang.IllegalStateException",
      .keycloakFederationDown
    ),
    ("\"Not Found: {\\\"error\\\":\\\"Unable to find matching targe\"", .ingressWrongPath),
    // Clients.
    (
      "Client error: `GET http://kc/realms/r/protocol/openid-connect/auth` resulted in a `400 Bad Request` response",
      .resourceServerURLWrong
    ),
    (
      "Host 10.20.0.30 was not connected to because it violates local access rules",
      .resourceServerSettingsWrong
    ),
    (
      "Unable to resolve Configuration with the provided Issuer of \"http://kc/realms/demo\"",
      .resourceServerKeysUnavailable
    ),
    ("level=warning msg=\"Failed to verify token: token is expired\"", .tokenExpired),
    (
      "Failed to verify token: expected audience \"argo-cd-cli\" got[\"argo-cd\"]",
      .tokenAudienceMismatch
    ),
    (
      "Error retrieving session from token in Authorization header: no valid bearer token found in authorization header",
      .tokenMalformed
    ),
    ("oauth client_id must be configured before the first login", .resourceServerSettingsWrong),
    (
      "config referenced '$oidc.clientSecret', but key does not exist in secret",
      .resourceServerSettingsWrong
    ),
    ("unknown app state IMmdkGyVek", .sessionLoginStateLost),
    (
      "oauthproxy.go:478: 127.0.0.1:27048 error redeeming code missing code", .sessionLoginStateLost
    ),
    (
      "Blocked loading mixed active content “http://sso.example.org/auth/js/keycloak.js”",
      .proxyForwardedHeadersMissing
    ),
    (
      "Caused by: io.jsonwebtoken.JwtException: Failed to fetch keys from URL: https://kc/keys",
      .resourceServerKeysUnavailable
    ),
    ("OAuth2Strategy requires a clientID option", .resourceServerSettingsWrong),
    ("secretOrPrivateKey must be an asymmetric key when using RS256", .resourceServerSettingsWrong),
    ("Missing required configuration 'oidc.issuer'", .resourceServerSettingsWrong),
    ("Unable to find matching key in JWKS", .keysRotated),
    ("Unable to fetch keys from http://kc/certs", .resourceServerKeysUnavailable),
    ("Bearer token must have 3 parts", .tokenMalformed),
    ("Login failed: attribute 'email' not found in token", .tokenClaimRejected),
    ("Token can't be used before 2021-03-11", .tokenClockSkew),
    ("AADSTS50011: The redirect URI specified in the request does not match", .foreignOtherIDP),
    ("<html><head><title>502 Bad Gateway</title></head>", .keycloakDown),
    ("504 Gateway Time-out", .keycloakOverloaded),
    ("404 page not found", .ingressWrongPath),
    ("SEC_ERROR_UNKNOWN_ISSUER", .proxyTLS),
    (
      "error calling http://oauth2-proxy/oauth2/auth: dial tcp 10.0.0.1:4180: connection refused",
      .ingressAuthRequestFailing
    ),
    ("HTTP Error 400. The size of the request headers is too long.", .ingressHeaderTooLarge),
    ("Token is not intended for this client", .tokenAudienceMismatch),
    ("illegal base64 data in token header", .tokenMalformed),
    ("no key with kid abc found in keystore", .keysRotated),
    ("Keycloak server is not available", .resourceServerKeysUnavailable),
    (
      "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
      .resourceServerURLWrong
    ),
    ("client 'foo' does not exist in realm", .clientNotFound),
    ("Direct access grants are disabled for this client", .clientGrantNotAllowed),
    ("You don't have permission to access this resource", .userRoleMissing),
    ("KeycloakGetError: 403: b'{\"error\":\"unknown_error\"}'", .userRoleMissing),
    ("BadCredentialsException: Bad credentials", .userInvalidCredentials),
    ("session is no longer active", .sessionExpired),
    ("Token was revoked", .sessionRevoked),
    ("Could not refresh token: 400 Bad Request", .tokenRefreshExpired),
    ("Expected access token but got ID token", .tokenWrongType),
    ("Identity provider login failure", .keycloakFederationDown),
    ("HTTP header is larger than 8192 bytes: TooLongFrameException", .ingressHeaderTooLarge),
    ("{\"message\":\"no Route matched with those values\"}", .ingressWrongPath),
    ("Token issuer https://login.microsoftonline.com/t/v2.0 is not accepted", .foreignOtherIDP),
    // Stores.
    (
      "java.sql.SQLException: Listener refused the connection: ORA-12519, TNS:no appropriate service handler",
      .keycloakDatabasePoolExhausted
    ),
    (
      "SQLServerException: The TCP/IP connection to the host db, port 1433 has failed.",
      .keycloakDatabaseDown
    ),
    (
      "PSQLException: ERROR: cannot execute UPDATE in a read-only transaction",
      .keycloakDatabaseDown
    ),
    ("javax.naming.NamingException: [LDAP: error code 52 - Unavailable]", .keycloakFederationDown),
    (
      "ISPN000306: Key 'x' is not available. Not all owners are in this partition",
      .keycloakCacheTimeout
    ),
    ("too many JOIN attempts (10): becoming singleton", .keycloakSessionsNotShared),
    (
      ".hibernate.engine.jdbc.spi.SqlExceptionHelper] (executor-thread-7) SQL Error: 0, SQLState: 08001",
      .keycloakDatabaseDown
    ),
    (
      "ResourceException: IJ000655: No managed connections available within configured",
      .keycloakDatabasePoolExhausted
    ),
    ("Uncaught server error: java.lang.NullPointerException", .keycloakError),
    (";; connection timed out; no servers could be reached", .dnsBlocked),
    ("wget: bad address 'keycloak:8080'", .dnsNXDOMAIN),
  ])
  func `words pasted without their log get their cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    // Who was missing may be the caller himself: the next line says.
    "[07:55:24 INF] Authorization failed. These requirements were not met:",
    "DenyAnonymousAuthorizationRequirement: Requires an authenticated user.",
    "The specified token is invalid.",
    "IDX10265: Reading issuer signing keys from configuration.",
    "Readiness probe failed: Get \"http://10.1.2.3:8080/q/health/ready\": connection refused",
    "pods is forbidden: User \"system:serviceaccount:a:b\" cannot list resource \"pods\"",
    "TRACE policy-verdict:L3-L4 EGRESS ALLOWED (TCP Flags: SYN)",
    "[UFW AUDIT] IN=eth0 OUT= SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP DPT=8080",
    "Logger ClaimsTransformation is not set to debug",
    "The token is not expired",
    "Retrying HttpHost in 5 s",
    "INFO Waiting for changelog lock....",
    "no members discovered after 2004 ms: creating cluster as coordinator",
    "connection to server closed: (executor-thread-7) is idle",
    "error=\"access_denied\", ",
    "Unable to verify JWT claims",
    "audience must be provided by the talk's organisers",
    "{\"error\":\"invalid_token\",\"error_description\":\"The specified token is invalid.\"}",
  ])
  func `near misses of pasted words are told without confidence`(_ line: String) throws {
    for finding in try WordsTests.findings(line) { #expect(finding.confidence < 0.6) }
  }

  @Test func `an event that was pasted over lines keeps its reason`() throws {
    let findings = try WordsTests.findings(
      "type=\"REFRESH_TOKEN_ERROR\", realmId=\"r\", clientId=\"web\", ",
      "error=\"invalid_token\", reason=\"Maximum allowed",
      "refresh token reuse exceeded\", grant_type=\"refresh_token\"")
    #expect(findings.first?.cause == .tokenRefreshReused)
    #expect(findings.first?.supports.first?.citations.first?.number == 1)
  }

  @Test func `two events below each other stay two`() throws {
    let findings = try WordsTests.findings(
      "type=\"LOGIN_ERROR\", realmId=\"r\", clientId=\"web\", error=\"client_disabled\"",
      "type=\"LOGIN_ERROR\", realmId=\"r\", clientId=\"web\", error=\"client_not_found\"")
    #expect(Set(findings.map(\.cause)) == [.clientDisabled, .clientNotFound])
  }

  @Test func `a log that a mail program broke is read by its records`() throws {
    let findings = try WordsTests.findings(
      "[Server:server-two] 14:32:27,086 WARN ",
      "[org.hibernate.engine.jdbc.spi.SqlExceptionHelper] (default task-7) SQL ",
      "Error: 90067, SQLState: 90067",
      "[Server:server-two] 14:32:27,087 ERROR ",
      "[org.hibernate.engine.jdbc.spi.SqlExceptionHelper] (default task-7) ",
      "Connection is broken: \"session closed\" [90067-193]")
    #expect(findings.first?.cause == .keycloakDatabaseDown)
  }

  @Test func `lines that say nothing alone are read together`() throws {
    let findings = try WordsTests.findings(
      "`http://kc.example.org/admin/realms/shop/users?username=bob", "`", "**403 Forbidden**",
      "```", "{", "    \"error\": \"unknown_error\"", "}")
    #expect(findings.first?.cause == .userRoleMissing)
  }

  @Test func `a remark below a command is no part of it`() throws {
    let findings = try WordsTests.findings(
      "curl -X POST http://localhost:8180/realms/demo/protocol/openid-connect/token \\",
      "  -d \"client_id=web\" -d \"grant_type=password\" \\",
      "# => {\"error\":\"invalid_grant\",\"error_description\":\"Account disabled\"}")
    #expect(findings.first?.cause == .userDisabled)
  }

  @Test func `a name server that fails outweighs the names that its search list made`() throws {
    let stamp = "2020-03-25T16:36:53.16"
    let findings = try WordsTests.findings(
      stamp
        + "1Z [INFO] 10.42.192.21:49959 - 43955 \"A IN sso.example.org.ns.svc.cluster.local. udp"
        + " 60 false 512\" NXDOMAIN qr,rd 153 0.000205631s",
      stamp + "4Z [INFO] 10.42.192.21:51916 - 60408 \"A IN sso.example.org. udp 32 false 512\""
        + " SERVFAIL qr,rd 32 0.001564637s")
    #expect(findings.first?.cause == .dnsSERVFAIL)
  }

  @Test func `names that a search list made twice as long are no misspelt names`() throws {
    let line =
      "2019-01-24T16:18:43.799Z [INFO] 10.244.0.130:48151 - 24720 \"A IN "
      + "a.b.svc.cluster.local.cluster.local. udp 71 false 512\" NXDOMAIN qr,aa,rd 164 0.00009s"
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }

  @Test func `Envoy's flag for a dead auth service is enough`() throws {
    let line =
      "{\"authority\":\"a.example.com\",\"path\":\"/api/push\",\"protocol\":\"HTTP/1.1\",\"duration\":\"0\","
      + "\"response_code\":\"503\",\"response_flags\":\"UAEX\",\"start_time\":\"2019-11-19T03:27:35.402Z\","
      + "\"method\":\"POST\",\"upstream_host\":\"-\",\"upstream_cluster\":\"-\"}"
    #expect(try WordsTests.findings(line).first?.cause == .ingressAuthRequestFailing)
  }
}
