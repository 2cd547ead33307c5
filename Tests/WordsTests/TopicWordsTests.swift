import Evidence
import Testing

@testable import Pipeline

/// Telling lines beside weaker ones, whole fragments of several programs, and lines of which no more is known than what
/// they are about.
@Suite struct TopicWordsTests {
  @Test func `the step of a login that failed outranks a stale cookie`() throws {
    let cookie =
      "t=2021-11-23T11:18:56+0000 lvl=eror msg=\"Failed to look up user based on cookie\" logger=context error=\"user token not found\""
    let role =
      "t=2021-11-23T12:18:35+0000 lvl=eror msg=\"login.OAuthLogin(get info from generic_oauth)\" logger=context userId=0 orgId=0 uname= error=\"invalid role\""
    #expect(try WordsTests.findings(cookie, role).first?.cause == .userRoleMissing)
    let alone = try #require(try WordsTests.findings(cookie).first)
    #expect(alone.cause == .sessionExpired && alone.confidence < 0.5)
  }

  @Test func `a token that was judged outranks the cookie that was not there before`() throws {
    let cookie =
      "2024-12-06 20:10:01 [ERROR] [traefik-oidc-auth] Failed reading state cookie: http: named cookie not present"
    let keys =
      "2024-12-06 20:10:02 [ERROR] [traefik-oidc-auth] Returned token is not valid: no public Keys found"
    #expect(try WordsTests.findings(cookie, keys).first?.cause == .resourceServerKeysUnavailable)
    let alone = try #require(try WordsTests.findings(cookie).first)
    #expect(alone.cause == .sessionLoginStateLost && alone.confidence < 0.6)
  }

  @Test func `what a start was missing is the cause of the start's failure`() throws {
    let findings = try WordsTests.findings(
      "2023-03-06 11:02:13,123 FATAL [org.keycloak.services] (ServerService Thread Pool -- 62) Error during startup: java.lang.RuntimeException: Failed to connect to database",
      "\tat org.keycloak.connections.jpa.DefaultJpaConnectionProviderFactory.getConnection(DefaultJpaConnectionProviderFactory.java:379)",
      "Caused by: org.postgresql.util.PSQLException: FATAL: password authentication failed for user \"keycloak\""
    )
    #expect(findings.first?.cause == .keycloakDatabaseDown)
  }

  @Test func `a page that is not there outranks the frame that never answered`() throws {
    let findings = try WordsTests.findings(
      "GET https://sso.example.org/auth/realms/app/protocol/openid-connect/3p-cookies/step1.html 404 (Not Found)",
      "Timeout when waiting for 3rd party check iframe message.")
    #expect(findings.first?.cause == .resourceServerURLWrong)
  }

  @Test(arguments: [
    ("scope", CauseID.clientScopeMissing), ("redirect_uri", .clientRedirectURIInvalid),
    ("client_id", .clientNotFound), ("response_type", .resourceServerSettingsWrong),
  ])
  func `the parameter that Keycloak does not take names the cause`(
    _ name: String, _ cause: CauseID
  ) throws {
    let head = "16:13:10,768 ERROR [org.keycloak.services] (default task-54) KC-SERVICES0093: "
    let first = try #require(
      try WordsTests.findings(head + "Invalid parameter value for: " + name).first)
    #expect(first.cause == cause && first.confidence < 0.8)
  }

  @Test(arguments: [
    (
      "{\"statusCode\":401,\"error\":\"Unauthorized\",\"message\":\"Missing or invalid authorization header\"}",
      CauseID.tokenMissing
    ),
    (
      "2023-03-06T11:02:13Z ERRO Error when validating JWT claims: failed validating JWT token: unable to find appropriate key",
      .keysRotated
    ),
    (
      "{\"code\":\"PGRST301\",\"details\":null,\"hint\":null,\"message\":\"No suitable key was found to decode the JWT\"}",
      .keysRotated
    ),
    ("Query failed: Access Denied: User bob cannot impersonate user alice", .userRoleMissing),
    ("HTTP access denied: user 'bob' - Not management user", .userRoleMissing),
    (
      "Signing in using your Openid Connect account without a pre-existing GitLab account is not allowed.",
      .userRoleMissing
    ),
    (
      "AuthenticationServiceException: no field 'preferred_username' was supplied in the UserInfo payload or ID Token",
      .tokenClaimRejected
    ),
    ("Drupal openid_connect: No e-mail address provided by keycloak", .tokenClaimRejected),
    (
      "PlatformException(authorize_and_exchange_code_failed, Failed to authorize: Issued at time is more than 600 seconds before or after the current time, null, null)",
      .tokenClockSkew
    ),
    (
      "The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.",
      .proxyHTTPSRequired
    ),
    ("error: no Auth Provider found for name \"oidc\"", .resourceServerSettingsWrong),
    (
      "Consider defining a bean of type 'org.springframework.security.oauth2.client.registration.ClientRegistrationRepository' in your configuration.",
      .resourceServerSettingsWrong
    ),
    (
      "Failed to authorize filter invocation [GET /api] with attributes [authenticated]",
      .tokenMissing
    ),
    (
      "o.s.s.w.access.AccessDeniedHandlerImpl    : Responding with 403 status code",
      .userRoleMissing
    ),
    (
      "[Envoy (Epoch 0)] [2020-04-10 06:50:28.127][28][debug][rbac] [external/envoy/source/extensions/filters/http/rbac/rbac_filter.cc:118] enforced denied",
      .userRoleMissing
    ),
    (
      "time=\"2023-03-06T11:02:13Z\" level=error msg=\"middleware \\\"oauth2-proxy@docker\\\" does not exist\" entryPointName=websecure routerName=app@docker",
      .ingressAuthRequestFailing
    ),
    (
      "2023/03/06 11:02:13 [error] 31#31: *14 open() \"/etc/nginx/html/realms/master/protocol/openid-connect/auth\" failed (2: No such file or directory), client: 10.0.0.9, server: sso.example.org, request: \"GET /realms/master/protocol/openid-connect/auth HTTP/1.1\", host: \"sso.example.org\"",
      .ingressWrongPath
    ),
    (
      "2023-03-06 11:02:13,123 ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-1) Uncaught server error: javax.ws.rs.NotFoundException: RESTEASY003210: Could not find resource for full path: http://sso.example.org/auth/realms/app/protocol/openid-connect/token",
      .ingressWrongPath
    ),
    (
      "W0306 11:02:13.123456       7 controller.go:1083] Error obtaining Endpoints for Service \"auth/keycloak-http\": no object matching key \"auth/keycloak-http\" in local store",
      .keycloakDown
    ),
    (
      "identity[bob@example.org], groups[] does not have permission to access the requested resource. No applicable policies could be found. Returning Forbidden response.",
      .userRoleMissing
    ),
    (
      "level=info msg=\"Access to 'https://app.example.org/' is forbidden to user 'bob'\" method=GET path=/api/verify",
      .userRoleMissing
    ),
    (
      "ERROR middleware.auth :: JWT verification failed: Message seems corrupt or manipulated",
      .tokenBadSignature
    ),
    (
      "   \"detail.operation.error.error\":\"Missing &apos;Authorization&apos; or &apos;Cookie&apos; header in JWT authentication mode\",",
      .benignFirstCallBeforeLogin
    ),
    (
      "[2023-01-31 10:11:12.123] E app.auth.oidc - hint=\"incomplete user info\", context={:info {:backend \"oidc\", :email nil}}",
      .tokenClaimRejected
    ),
    (
      "2025-08-23 09:35:53,111 WARN  [org.keycloak.authentication.authenticators.browser.SpnegoAuthenticator] (executor-thread-148) Received kerberos token, but there is no user storage provider that handles kerberos credentials.",
      .keycloakFederationDown
    ),
    ("[WARNING] [allauth] Signup is closed for social account", .userRoleMissing),
    ("dependency failed to start: container sso-keycloak-1 is unhealthy", .keycloakDown),
    (
      "Warning  Evicted  kubelet  The node was low on resource: memory. Container keycloak was using 1213Mi, request is 0.",
      .keycloakDown
    ),
    (
      "[12345.678] Memory cgroup out of memory: Killed process 4711 (java) total-vm:4567890kB",
      .keycloakOverloaded
    ),
    ("FATAL:  database \"keycloak\" does not exist", .keycloakDatabaseDown),
    (
      "ERROR: could not extend file \"base/16384/2619\": No space left on device",
      .keycloakDatabaseDown
    ),
    (
      "Caused by: org.postgresql.util.PSQLException: ERROR: canceling statement due to lock timeout",
      .keycloakDatabaseDown
    ),
    (
      "Warning  Unhealthy  2m  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 401",
      .benignNoToken
    ),
    (
      "nodes.metrics.k8s.io is forbidden: User \"system:anonymous\" cannot list resource \"nodes\"",
      .tokenMissing
    ),
  ])
  func `words of further threads get their cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
    #expect(first.confidence < 0.95)
  }

  @Test(arguments: [
    ("acme: SAML login could not be completed, error 17", CauseID.resourceServerSettingsWrong),
    ("WARN acme-sso: login refused, group check failed for bob", .userRoleMissing),
    ("ERROR acme: SSO callback failed", .sessionLoginStateLost),
    ("ERROR acme: OIDC provider setup failed", .resourceServerSettingsWrong),
  ])
  func `a line that only says what it is about is a direction to look in`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause && first.confidence < 0.6)
  }

  @Test func `a caller without a token is no caller without a role`() throws {
    let first = try WordsTests.findings(
      "23:09:58.844 [exec-1] DEBUG i.m.s.t.reader.DefaultTokenResolver - Request GET, /api, no token found.",
      "23:09:58.848 [exec-1] DEBUG i.m.s.rules.SecuredAnnotationRule - None of the given roles [isAnonymous()] matched the required roles [isAuthenticated()]. Rejecting the request"
    ).first
    #expect(first?.cause == .tokenMissing)
  }

  @Test func `a topic says nothing where a line gives a reason`() throws {
    let findings = try WordsTests.findings(
      "ERROR acme: SSO callback failed", "acme: Jwt is expired")
    #expect(findings.first?.cause == .tokenExpired)
    #expect(!findings.contains { $0.cause == .sessionLoginStateLost })
  }

  @Test(arguments: [
    "ERROR order import failed: 3 rows rejected", "WARN cache: provider of images failed",
    "ERROR mail could not be sent to the group", "The middleware \"compress@docker\" was added",
    "ERROR database \"orders\" does not exist",
  ])
  func `failures of other things have no topic`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }
}
