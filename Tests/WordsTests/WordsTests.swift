import Evidence
import Foundation
import Testing

@testable import Pipeline

/// Fragments as people paste them, read from front to back.
@Suite struct WordsTests {
  static func findings(_ lines: String...) throws -> [Finding] {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "words-\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: file) }
    try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    return Analysis.run(.init(inputs: [file.path])).report.findings
  }

  static func event(_ type: String, _ rest: String) -> String {
    "2024-01-15 11:37:35,466 WARN  [org.keycloak.events] (executor-thread-1) type=\"\(type)\", "
      + "realmId=\"r\", realmName=\"shop\", clientId=\"web\", userId=\"null\", "
      + "ipAddress=\"10.0.0.1\", " + rest
  }

  @Test(arguments: [
    ("The token is not yet valid (iat)", CauseID.tokenClockSkew),
    ("oidc: expected audience \"shop\" got [\"account\"]", .tokenAudienceMismatch),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", .proxyTLS),
    ("connect EHOSTUNREACH 10.96.5.5:8080", .netpolReject),
    ("dial tcp: lookup keycloak on 10.96.0.10:53: no such host", .dnsNXDOMAIN),
    (
      "java.net.ConnectException: Connection refused: localhost/127.0.0.1:8080",
      .resourceServerURLWrong
    ),
    (
      "Unable to acquire JDBC Connection [Sorry, acquisition timeout!]",
      .keycloakDatabasePoolExhausted
    ),
    (
      "{\"error\":\"invalid_grant\",\"error_description\":\"Account is not fully set up\"}",
      .userActionRequired
    ),
    (
      "{\"error\":\"unauthorized_client\",\"error_description\":\"Client not enabled to retrieve service account\"}",
      .clientGrantNotAllowed
    ),
    (
      "{\"error\":\"invalid_request\",\"error_description\":\"HTTPS required\"}",
      .proxyHTTPSRequired
    ),
    ("Didn't find publicKey for kid: null", .foreignOtherIDP),
  ])
  func `a fragment without a stamp gets its cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try Self.findings(line).first)
    #expect(first.cause == cause)
    #expect(!first.supports.isEmpty)
    #expect(first.statuses.isEmpty)
  }

  @Test(arguments: [
    ("LOGIN_ERROR", "error=\"client_not_found\"", CauseID.clientNotFound),
    ("CODE_TO_TOKEN_ERROR", "error=\"invalid_client_credentials\"", .clientBadSecret),
    (
      "CLIENT_LOGIN_ERROR",
      "error=\"invalid_client\", reason=\"Client not enabled to retrieve service account\"",
      .clientGrantNotAllowed
    ),
    (
      "REFRESH_TOKEN_ERROR",
      "error=\"invalid_token\", reason=\"Maximum allowed refresh token reuse exceeded\"",
      .tokenRefreshReused
    ),
    ("USER_INFO_REQUEST_ERROR", "error=\"access_denied\"", .clientScopeMissing),
    ("LOGIN_ERROR", "error=\"cookie_not_found\"", .sessionLoginStateLost),
    ("LOGIN_ERROR", "error=\"ssl_required\"", .proxyHTTPSRequired),
  ])
  func `an error event of Keycloak is explained on its own`(
    _ type: String, _ rest: String, _ cause: CauseID
  ) throws {
    let all = try Self.findings(Self.event(type, rest))
    #expect(all.map(\.cause) == [cause])
    #expect(all.first?.clients.first?.name == "web")
  }

  @Test func `the reason of a failed call speaks for the refusal after it`() throws {
    let all = try Self.findings(
      "Caused by: sun.security.provider.certpath.SunCertPathBuilderException: "
        + "unable to find valid certification path to requested target",
      "Didn't find publicKey for kid: vF3qVQH0oVvF3qVQH0oVvF3qVQH0oVvF3qVQH0oVabc",
      "Failed to verify token")
    #expect(all.map(\.cause) == [.proxyTLS])
  }

  @Test func `a directory that is down outranks the disabled user`() throws {
    let all = try Self.findings(
      "2024-01-15 11:37:35,400 WARN  [org.keycloak.storage.UserStorageManager] (executor-thread-1) "
        + "LDAP server is unavailable for provider [ldap]",
      Self.event("LOGIN_ERROR", "error=\"user_disabled\""))
    #expect(all.map(\.cause) == [.keycloakFederationDown])
  }

  @Test func `a locked user is no wrong password, a plain issuer no missing header`() throws {
    #expect(
      try Self.findings(Self.event("LOGIN_ERROR", "error=\"user_temporarily_disabled\""))
        .map(\.cause) == [.userLocked])
    #expect(
      try Self.findings(
        "oidc: issuer did not match the issuer returned by provider, "
          + "expected \"https://a.example/realms/x\" got \"https://b.example/realms/x\""
      ).first?.cause == .tokenIssuerMismatch)
  }

  @Test(arguments: [
    "Didn't find publicKey for kid: vF3qVQH0oVvF3qVQH0oVvF3qVQH0oVvF3qVQH0oVabc",
    "java.net.ConnectException: Connection refused", "Signature verification failed",
    "dial tcp 10.0.0.1:443: i/o timeout", "{\"active\":false}",
  ])
  func `a line that fits many causes is answered without confidence`(_ line: String) throws {
    let first = try #require(try Self.findings(line).first)
    #expect(first.confidence < 0.8)
    #expect(!first.missing.isEmpty)
    #expect(first.runnerUp != nil)
  }

  @Test func `a refusal without a reason is undecided, not healthy`() throws {
    let all = try Self.findings("Could not obtain grant code error")
    #expect(all.map(\.cause) == [.undecided])
  }

  @Test func `starts and cluster views explain nothing`() throws {
    #expect(
      try Self.findings(
        "2024-01-15 11:37:35,466 INFO  [io.quarkus] (main) Keycloak 26.2.2 on JVM (powered by Quarkus "
          + "3.20.0) started in 8.749s. Listening on: https://0.0.0.0:8443."
      ).isEmpty)
  }

  @Test(arguments: [
    // Microsoft.IdentityModel, JwtBearer
    (
      "IDX10206: Unable to validate audience. The 'audiences' parameter is empty.",
      CauseID.tokenAudienceMismatch
    ),
    (
      "Bearer error=\"invalid_token\", error_description=\"The audience 'account' is invalid\"",
      .tokenAudienceMismatch
    ),
    ("IDX14100: JWT is not well formed, there are no dots (.).", .tokenMalformed),
    (
      "IDX20108: The address specified 'http://kc' is not valid as per HTTPS scheme.",
      .resourceServerSettingsWrong
    ),
    // node
    ("UnauthorizedError: No Authorization header was found", .tokenMissing),
    (
      "RPError: unexpected iss value, expected http://a/realms/x, got: http://b/realms/x",
      .tokenIssuerMismatch
    ),
    ("BadRequestError: checks.state argument is missing", .sessionLoginStateLost),
    // Java
    (
      "error_description=\"An error occurred while attempting to decode the Jwt: Invalid JWT serialization: Missing dot delimiter(s)\"",
      .tokenMalformed
    ),
    (
      "failed to turn code into token: javax.net.ssl.SSLPeerUnverifiedException: Host name 'keycloak' does not match",
      .proxyTLS
    ),
    (
      "TokenExpiredException: Token expired at: 1611838600000 (2021-01-28T12:56:40 UTC)",
      .tokenExpired
    ),
    // Python, PHP, Ruby, Haskell
    ("google.auth.exceptions.InvalidValue: Token used too early, 1 < 2.", .tokenClockSkew),
    (
      "authlib.integrations.base_client.errors.MismatchingStateError: mismatching_state: x",
      .sessionLoginStateLost
    ),
    ("[Keycloak Guard] Algorithm not allowed", .tokenAlgorithm),
    ("JWT::InvalidAudError: Invalid audience. Expected a, received b", .tokenAudienceMismatch),
    ("{\"message\":\"JWTIssuedAtFuture\"}", .tokenClockSkew),
    // Middlemen
    (
      "unable to verify the id token\t{\"error\": \"oidc: JWT claims invalid: invalid claims, cannot find 'client_id' in 'aud' claim, aud=[account]\"}",
      .tokenAudienceMismatch
    ),
    (
      "2021/03/23 10:00:51 [error] 45#45: *17 [lua] openid-connect.lua:268: phase_func(): OIDC introspection failed: response indicates failure, status=401, body=, client: 192.0.2.69, server: , request: \"POST /x HTTP/1.1\"",
      .clientBadSecret
    ),
    (
      "[Fri Jul 01 22:52:22.360254 2022] [auth_openidc:error] [pid 93] [client 192.0.2.1:566] oidc_unsolicited_proto_state: could not parse JWT from state: cjose_jws_import failed: invalid argument",
      .sessionLoginStateLost
    ),
    (
      "[oauthproxy.go:762] Error redeeming code during OAuth2 callback: no access token found <!doctype html>",
      .resourceServerURLWrong
    ),
    ("Error: invalid_client: Invalid client secret", .clientBadSecret),
    (
      "unauthorized_client (Client not enabled to retrieve service account)", .clientGrantNotAllowed
    ),
    (
      "Couldn't retrieve remote JWK set: org.springframework.web.client.HttpClientErrorException$NotFound: 404 Not Found: [no body]",
      .resourceServerURLWrong
    ),
    // Keycloak's pages, clients in the browser
    (
      "Restart login cookie not found. It may have expired; it may have been deleted.",
      .sessionLoginStateLost
    ),
    ("You need to verify your email address to activate your account.", .userActionRequired),
    ("Error: No matching state found in storage", .sessionLoginStateLost),
    ("OAuthErrorEvent {type: 'discovery_document_validation_error'}", .tokenIssuerMismatch),
    ("validateAccessToken Error:  Error: 404:Not Found", .resourceServerURLWrong),
    ("Token client and authorized client don't match", .tokenWrongParty),
    (
      "2026-02-24 15:04:32,444 DEBUG [org.keycloak.protocol.RestartLoginCookie] (executor-thread-46) KC_RESTART cookie doesn't exist",
      .sessionLoginStateLost
    ),
  ])
  func `the words of a library get their cause`(_ line: String, _ cause: CauseID) throws {
    #expect(try Self.findings(line).first?.cause == cause)
  }

  @Test(arguments: [
    "msg=login error=\"Post : unsupported protocol scheme \\\"\\\"\"",
    "msg=login error=&quot;Post : unsupported protocol scheme &quot;&quot;&quot;",
  ])
  func `a text with the escapes of whoever quoted it is read`(_ line: String) throws {
    #expect(try Self.findings(line).first?.cause == .resourceServerURLWrong)
  }

  @Test func `a JSON body over several lines is read`() throws {
    let first = try Self.findings(
      "{", "  \"error\": \"invalid_client\",", "  \"error_description\": \"Invalid client secret\"",
      "}"
    ).first
    #expect(first?.cause == .clientBadSecret)
  }

  @Test func `a piece of an event in another order is read`() throws {
    let first = try Self.findings(
      "EventEntity{clientId=web, ipAddress=10.0.0.1, error=invalid_user_credentials, type=LOGIN_ERROR}"
    ).first
    #expect(first?.cause == .userInvalidCredentials)
  }

  @Test func `a piece of an event without its type is read, its reason whole`() throws {
    let first = try Self.findings(
      "error=not_allowed, reason='client is not the token holder', auth_method=token_exchange"
    ).first
    #expect(first?.cause == .tokenWrongParty)
  }

  @Test(arguments: [
    ("acme-auth: nonce of the answer does not match", CauseID.sessionLoginStateLost),
    ("acme-auth: token rejected, audience is wrong", .tokenAudienceMismatch),
    ("acme-auth: could not load discovery document", .resourceServerKeysUnavailable),
    ("acme-auth: could not reach the OpenID Connect provider", .resourceServerKeysUnavailable),
    ("An error occurred: AcmeClaimMissing", .tokenClaimRejected),
    ("acme-auth: cookie of the login not found", .sessionLoginStateLost),
  ])
  func `words that no table knows make a guess`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try Self.findings(line).first)
    #expect(first.cause == cause)
    #expect(first.confidence < 0.7)
  }

  @Test(arguments: [
    "WWW-Authenticate: Bearer error=\"invalid_token\"",
    "{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"Unauthorized\"}",
    "issuer: https://sso.example.org/realms/shop",
    "Performing OIDC Discovery...",
    "probe.go:70] OIDC provider initialized, readiness check returned error: oidc: expected audience \"a\" got []",
    "WARN  [org.infinispan.CONFIG] (keycloak-cache-init) ISPN000569: Unable to persist Infinispan internal caches as no global state enabled",
    "invalid state transition: order 12 from NEW to SHIPPED",
    "ERROR unknown column scope in field list",
    "WARNING: password policy does not require special characters",
    "Using default realm settings, custom theme not found",
    "DeprecationWarning: disabling certificate verification makes TLS connections insecure, error-prone",
    "2024-01-15 11:37:35,466 INFO  [org.keycloak.services] (main) KC-SERVICES0050: Initializing master realm",
  ])
  func `words that say nothing of a cause stay undecided`(_ line: String) throws {
    #expect(try Self.findings(line).allSatisfy { $0.cause == .undecided })
  }

  @Test func `a known reason is not drowned by guesses`() throws {
    let all = try Self.findings(
      "acme: login failed, invalid state", "x509: certificate signed by unknown authority")
    #expect(all.map(\.cause) == [.proxyTLS])
  }
}
