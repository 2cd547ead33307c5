import Evidence
import Foundation
import Testing

@testable import Pipeline

/// Lines of threads about tools that manage Keycloak, about starts that fail, about clients in browsers and phones.
@Suite struct ThreadWordsTests {
  @Test(arguments: [
    // The status is the answer, whatever body came with it.
    (
      "│ failed to perform initial login to Keycloak: error sending GET request to\n"
        + "│ /admin/serverinfo: 403 Forbidden. Response body: 404 page not found",
      CauseID.userRoleMissing
    ),
    ("keycloak.exceptions.KeycloakGetError: 431: b''", .ingressHeaderTooLarge),
    ("keycloak.exceptions.KeycloakPostError: 502: b'<html>'", .keycloakDown),
    ("keycloak.exceptions.KeycloakPutError: 403: b''", .userRoleMissing),
    ("keycloak.exceptions.KeycloakGetError: 404: b''", .resourceServerURLWrong),
    ("tornado.httpclient.HTTPClientError: HTTP 401: Unauthorized", .clientBadSecret),
    (
      "ERRO Error when validating JWT claims: unable to get https://kc/realms/x/users/count?, statusCode 404",
      .resourceServerURLWrong
    ),
    ("missing field `keys` at line 1 column 2", .resourceServerURLWrong),
    (
      "rustical_oidc: An error occured trying to discover OpenID provider: Failed to parse server response",
      .resourceServerURLWrong
    ),
    ("Unable to resolve realm public key remotely, status = 404", .resourceServerURLWrong),
    (
      "WARN java.lang.IllegalStateException: OAuth2 client not initialized",
      .resourceServerKeysUnavailable
    ),
    (
      "failed retrieving a new idp manager with err: authentik IdP configuration is incomplete, TokenEndpoint is missing",
      .resourceServerSettingsWrong
    ),
    ("Must set 'realm' in config", .resourceServerSettingsWrong),
    ("The 'realm_access' section of the provided access token is missing", .tokenClaimRejected),
    (
      "Error while decoding JWT token (JSON error: invalid type: sequence, expected a string at line 1 column 146)",
      .tokenClaimRejected
    ),
    ("jose4j: Verification key is unresolvable", .keysRotated),
    ("MissingTokenError: (missing_token) Missing access token parameter.", .clientBadSecret),
    ("OAuth authentication error: oauth2: cannot fetch token: 403 Forbidden", .proxyHTTPSRequired),
    (
      "[Error] XMLHttpRequest cannot load https://kc/realms/a/protocol/openid-connect/token due to access control checks.",
      .ingressCORSPreflight
    ),
    ("com.nimbusds.jose.KeySourceUnreachableException", .resourceServerKeysUnavailable),
    ("panic: Login failed:404 not found", .resourceServerURLWrong),
    (
      "null [RESTEASY003210: Could not find resource for full path: http://localhost:8080/auth/realms/master/protocol/openid-connect/token]",
      .resourceServerURLWrong
    ),
    // Guards of applications.
    ("[Keycloak] Resource [ Reports ] denied to [ bob ]", .userRoleMissing),
    ("You are not allowed to log in here.", .userRoleMissing),
    ("SuspiciousOperation: Cannot extract username or email from OIDC tokens", .tokenClaimRejected),
    (
      "Could not authenticate you from OpenIDConnect because \"Wrong argument type string (expected openssl/evp pkey)\"",
      .resourceServerSettingsWrong
    ),
    ("RuntimeError: Missing \"jwks_uri\" in metadata", .resourceServerSettingsWrong),
    // A token that was fetched a moment ago.
    (
      "error redeeming code unable to update session: could not verify id_token: oidc: token is expired (Token Expiry: 2021-10-17 21:46:37 +0200 CEST)",
      .tokenClockSkew
    ),
    (
      "error unable to find a refresh token for user {\"error\": \"authentication session not found\"}",
      .tokenExpired
    ),
    // Keycloak as another provider's client.
    (
      "13:39:33,548 ERROR [org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider] (default task-15) Failed to make identity provider oauth callback: org.keycloak.broker.provider.IdentityBrokerException: No access token available in OAuth server response: error=incorrect_client_credentials",
      .clientBadSecret
    ),
    // What stands between.
    (
      "accessing discovery url (https://kc/realms/x/.well-known/openid-configuration) failed: no resolver defined to resolve \"kc\"",
      .resourceServerSettingsWrong
    ),
    (
      "accessing discovery url (https://kc/realms/x/.well-known/openid-configuration) failed: handshake failed",
      .proxyTLS
    ),
    (
      "https://kc/realms/x/protocol/openid-connect/login-status-iframe.html/init?client_id=web&origin=http://localhost:8080 - [HTTP/3 403 Forbidden 321ms]",
      .clientRedirectURIInvalid
    ),
  ])
  func `words of threads get their cause`(_ lines: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(lines).first)
    #expect(first.cause == cause)
    #expect(first.confidence < 0.95)
  }

  @Test(arguments: [
    "21:05:29,405 FATAL [org.keycloak.services] (ServerService Thread Pool -- 63) Error during startup: java.lang.RuntimeException: Failed to update database",
    "31m18:08:50,664 FATAL [org.keycloak.services] (ServerService Thread Pool -- 71) Error during startup: java.lang.RuntimeException: Exception invoking method [listUnrunChangeSets]",
    "Caused by: liquibase.exception.MigrationFailedException: Migration failed for change set META-INF/jpa-changelog-1.9.1.xml::1.9.1::a@example.org:",
    "2024-01-30 22:38:11,388 ERROR [liquibase.changelog.ChangeSet] (main) ChangeSet META-INF/jpa-changelog-1.3.0.xml::1.3.0::a@example.org encountered an exception.",
    "ERROR: Strict hostname resolution configured but no hostname setting provided",
  ])
  func `a Keycloak that cannot start is down`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .keycloakDown)
  }

  @Test func `a login flow that crashed is Keycloak's own fault, one that refused is not`() throws {
    let head = "2021-02-02 09:50:10,442 WARN  [org.keycloak.services] (task-667) KC-SERVICES0013: "
    let crashed = "Failed authentication: java.lang.NullPointerException"
    #expect(try WordsTests.findings(head + crashed).first?.cause == .keycloakError)
    let refused =
      "Failed authentication: org.keycloak.authentication.AuthenticationFlowException: authenticator: otp"
    for finding in try WordsTests.findings(head + refused) { #expect(finding.confidence < 0.5) }
    let directory =
      "Failed authentication: org.keycloak.models.ModelException: LDAP Query failed"
    #expect(try WordsTests.findings(head + directory).first?.cause == .keycloakFederationDown)
  }

  @Test(arguments: [
    // No answer of a client of Keycloak's: a missing user, a fault in Keycloak.
    "keycloak.exceptions.KeycloakGetError: 404: b'{\"error\":\"User not found\"}'",
    "keycloak.exceptions.KeycloakGetError: 500: b''",
    "WebSocket connection failed: handshake failed",
    "[Keycloak] Resource [ Reports ] granted to [ bob ]",
    "Application failed to start: Error during startup: missing bean",
    // A race that is run again, other programs' starts and schemas.
    "2022-11-01 18:22:29,111 WARN  [org.keycloak.connections.jpa.updater.liquibase.lock.CustomLockService] (main) Failed to create lock table. Maybe other transaction created in the meantime. Retrying...",
    "orders-api: Error during startup: java.lang.IllegalStateException: no port is free",
    "java.lang.RuntimeException: Failed to update database",
    "Caused by: liquibase.exception.MigrationFailedException: Migration failed for change set db/orders-7.xml::7::bob",
    "rpc: server returned error code: 3001",
    "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"error\":\"Invalid user credentials\"}",
  ])
  func `near misses of threads are told without confidence`(_ lines: String) throws {
    for finding in try WordsTests.findings(lines) { #expect(finding.confidence < 0.6) }
  }

  @Test(arguments: [
    "tornado.httpclient.HTTPClientError: HTTP 404: Not Found",
    "serde_json::Error: missing field `keys` at line 1 column 2",
    "raise JSONDecodeError(\"Expecting value\", s, err.value) from None",
  ])
  func `words of any client are a guess where they are not about logins`(_ line: String) throws {
    for finding in try WordsTests.findings(line) { #expect(finding.confidence < 0.45) }
    let login = try WordsTests.findings(
      "GET https://kc/realms/a/.well-known/openid-configuration: " + line)
    #expect(try #require(login.first).cause == .resourceServerURLWrong)
    #expect(try #require(login.first).confidence > 0.45)
  }

  @Test(arguments: [
    (
      "login page config: invalid type: sequence, expected a string",
      CauseID.tokenClaimRejected
    ),
    ("mailer: failed to extract email subject from message attributes", .tokenClaimRejected),
    ("cloud provider: failed to parse response from endpoint", .resourceServerURLWrong),
    (
      "NameError: uninitialized constant OmniAuth::Strategies::OpenIDConnect",
      .resourceServerKeysUnavailable
    ),
    ("processor failed: tokenizer.json: 404 not found", .resourceServerURLWrong),
  ])
  func `words that others use, too, are not about logins`(_ line: String, _ cause: CauseID) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause != cause })
  }

  @Test func `an issue time of years ahead is less surely a clock`() throws {
    let head =
      "oidc_proto_validate_iat: \"iat\" validation failure (%ld): JWT was issued more than "
    let far = head + "1146462928 seconds in the future"
    let near = head + "600 seconds in the future"
    let first = try #require(try WordsTests.findings(far).first)
    #expect(first.cause == .tokenClockSkew && first.confidence < 0.7)
    #expect(try #require(try WordsTests.findings(near).first).confidence > 0.8)
  }

  @Test(arguments: [
    (
      "Error Domain=NSURLErrorDomain Code=-1003 \"A server with the specified hostname could not be found.\" NSErrorFailingURLStringKey=https://kc/realms/a/.well-known/openid-configuration",
      CauseID.dnsNXDOMAIN
    ),
    (
      "Error Domain=NSURLErrorDomain Code=-1001 \"The request timed out.\" NSErrorFailingURLStringKey=https://kc/realms/a/protocol/openid-connect/token",
      .netpolDrop
    ),
    (
      "java.net.SocketTimeoutException: failed to connect to kc.example.org/203.0.113.9 (port 443) from /10.0.0.9 (port 40122) after 10000ms",
      .netpolDrop
    ),
    (
      "java.net.ConnectException: failed to connect to kc.example.org/203.0.113.9 (port 443) from /10.0.0.9 (port 40122) after 10000ms: isConnected failed: ECONNREFUSED (Connection refused)",
      .keycloakDown
    ),
    (
      "java.net.ConnectException: failed to connect to kc.example.org/203.0.113.9 (port 443) from /10.0.0.9 (port 40122) after 10000ms: isConnected failed: EHOSTUNREACH (No route to host)",
      .netpolReject
    ),
    (
      "java.net.ConnectException: Failed to connect to /10.0.2.2:8080 for http://10.0.2.2:8080/realms/a/protocol/openid-connect/token",
      .keycloakDown
    ),
    (
      "java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.",
      .proxyTLS
    ),
  ])
  func `calls of phones fail in words of their own`(_ line: String, _ cause: CauseID) throws {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test func `a refused call goes where the line above it says`() throws {
    let head =
      "ERROR o.s.b.SpringApplication : Unable to resolve the Configuration with the provided "
    let cause = "Caused by: java.net.ConnectException: Connection refused"
    let own = head + "Issuer of \"http://localhost:8080/realms/a\"\n" + cause
    #expect(try WordsTests.findings(own).first?.cause == .resourceServerURLWrong)
    let far = head + "Issuer of \"http://keycloak:8080/realms/a\"\n" + cause
    #expect(try WordsTests.findings(far).first?.cause == .keycloakDown)
    let beside = "ERROR [localhost] " + far
    #expect(try WordsTests.findings(beside).first?.cause == .keycloakDown)
  }

  @Test func `an event about Keycloak's pod names it in its column`() throws {
    let row = "2m   Warning   Unhealthy   pod/keycloak-0   Readiness probe failed: statuscode: 503"
    #expect(try WordsTests.findings(row).first?.cause == .keycloakDown)
    let other = row.replacingOccurrences(of: "keycloak-0", with: "orders-0")
    #expect(try WordsTests.findings(other).allSatisfy { $0.cause == .undecided })
    for name in ["keycloak-postgresql-0", "keycloak-db-0"] {
      let database = row.replacingOccurrences(of: "keycloak-0", with: name)
      #expect(try WordsTests.findings(database).allSatisfy { $0.cause != .keycloakDown })
    }
  }
}
