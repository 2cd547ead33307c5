import Evidence
import Testing

/// What guards of applications, callers in further languages and servers with small heads say, and what it is not.
@Suite struct GuardWordsTests {
  @Test(arguments: [
    "org.apache.coyote.http11.HeadersTooLargeException: An attempt was made to write more data to the response headers than there was room available in the buffer. Increase maxHttpHeaderSize on the connector or write less data into the response headers.",
    "TooLongHttpHeaderException: HTTP header is larger than 8192 bytes.",
    "invalid request block size: 4360 (max 4096)...skip",
    "Puma::HttpParserError: HTTP element HEADER is longer than the (1024 * (80 + 32)) allowed length (was 114980)",
    "hyper::Error(Parse(TooLarge))",
    "%Plug.Conn.CookieOverflowError{message: \"cookie exceeds maximum size of 4096 bytes\"}",
    "ActionDispatch::Cookies::CookieOverflow (ActionDispatch::Cookies::CookieOverflow)",
    "upstream_reset_before_response_started{protocol_error} http2.too_many_headers",
    "LineTooLong: 400, message: Got more than 8190 bytes (10022) when reading Header value is too long.",
    "Failed to parse request: Header value exceeded maximum size",
  ])
  func `heads and cookies are too large in the words of many servers`(_ line: String) throws {
    #expect(try WordsTests.findings(line).first?.cause == .ingressHeaderTooLarge)
  }

  @Test func `headers that are waited for are not too large`() throws {
    let line = "net/http: request canceled (Client.Timeout exceeded while awaiting headers)"
    #expect(try WordsTests.findings(line).first?.cause != .ingressHeaderTooLarge)
  }

  @Test(arguments: [
    ("Error: queryA ETIMEOUT sso.example.org", CauseID.dnsBlocked),
    (
      "io.netty.resolver.dns.DnsNameResolverTimeoutException: [/10.96.0.10:53] DefaultDnsQuestion(keycloak. IN A) query timed out after 5000 milliseconds",
      .dnsBlocked
    ),
    ("** (Mint.TransportError) non-existing domain", .dnsNXDOMAIN),
    ("The remote name could not be resolved: 'sso.example.org'", .dnsNXDOMAIN),
    ("AH00898: DNS lookup failure for: keycloak returned by /realms/demo", .dnsNXDOMAIN),
    (
      "An attempt was made to access a socket in a way forbidden by its access permissions. (sso.example.org:443)",
      .netpolReject
    ),
    ("{:error, %Finch.TransportError{reason: :timeout}}", .keycloakOverloaded),
    ("AxiosError: timeout of 5000ms exceeded", .keycloakOverloaded),
    ("tornado.simple_httpclient.HTTPTimeoutError: Timeout while connecting", .netpolDrop),
    (
      "Error loading cookied session: error getting ticket: redis: connection refused, removing session",
      .ingressAuthRequestFailing
    ),
    (
      "java.io.FileNotFoundException: http://sso.example.org/auth/realms/demo/.well-known/openid-configuration",
      .resourceServerURLWrong
    ),
    (
      "error access connection complete dst.service=\"keycloak.auth.svc\" error=\"connection closed due to policy rejection: explicitly denied by: auth/deny\"",
      .netpolDrop
    ),
    ("rpc error: code = Unauthenticated desc = Request unauthenticated with bearer", .tokenMissing),
    ("CLEARTEXT communication to 10.0.2.2 not permitted by network policy", .proxyHTTPSRequired),
  ])
  func `calls fail in the words of further languages`(_ line: String, _ cause: CauseID) throws {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test func `the status below a fetch of metadata says why it failed`() throws {
    let head = "Authentication failed: Unable to download OpenID Provider metadata from"
    let gone = "  http://sso.example.org/q/oidc/.well-known/openid-configuration: Status code 404"
    #expect(try WordsTests.findings(head, gone).first?.cause == .resourceServerURLWrong)
    let down = "  http://sso.example.org/realms/a/.well-known/openid-configuration: Status code 503"
    #expect(try WordsTests.findings(head, down).first?.cause == .keycloakDown)
    #expect(try WordsTests.findings(head).first?.cause == .resourceServerKeysUnavailable)
  }

  @Test(arguments: [
    ("Claim %{\"exp\" => 1734516548} did not pass validation.", CauseID.tokenExpired),
    ("Invalid JWT token: iat > now", .tokenClockSkew),
    ("Token validation failed: MaxOffsetExpired", .tokenClockSkew),
    ("io.vertx.ext.auth.NoSuchKeyIdException: algorithm [RS256]: K", .keysRotated),
    ("{:error, :kid_does_not_match}", .keysRotated),
    ("SuspiciousOperation: Alg value is not allowed.", .tokenAlgorithm),
    ("BadValue: None of the audiences match the configured audience", .tokenAudienceMismatch),
    (
      "{\"error\":\"invalid_token\",\"error_description\":\"user_session_not_found\"}",
      .sessionExpired
    ),
    ("Token introspection returned active=false", .tokenExpired),
    (
      "PlatformException(token_failed, Failed to get token: [error: null, description: Invalid ID Token], null, null)",
      .tokenIssuerMismatch
    ),
    ("{\"code\":401,\"message\":\"JWT Token not found\"}", .tokenMissing),
    (
      "{\"statusCode\":401,\"code\":\"FST_JWT_NO_AUTHORIZATION_IN_HEADER\",\"error\":\"Unauthorized\",\"message\":\"No Authorization was found in request.headers\"}",
      .tokenMissing
    ),
    (
      "Missing 'Authorization' or 'Cookie' header in JWT authentication mode",
      .benignFirstCallBeforeLogin
    ),
    ("Error: An email field was not returned in the profile parameter.", .tokenClaimRejected),
    ("OAuth callback failed, email is missing: {'sub': 'abc'}", .tokenClaimRejected),
    (
      "Username claim \"email\" missing from token. Perhaps the OpenID scope and/or username claim type are misconfigured?",
      .tokenClaimRejected
    ),
    (
      "Authentication using an OAuth 2/JWT token failed: provided token is invalid - invalid credentials",
      .tokenExpired
    ),
    ("JwtIssuerManagerResolver: did not resolve since issuer is not trusted", .tokenIssuerMismatch),
  ])
  func `refusals of tokens are told from what they only mention`(_ line: String, _ cause: CauseID)
    throws
  {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test(arguments: [
    (
      "[next-auth][error][NO_SECRET] Please define a `secret` in production.",
      CauseID.resourceServerSettingsWrong
    ),
    (
      "\"message\": \"No auth provider registered for 'keycloak-auth-provider'\"",
      .resourceServerSettingsWrong
    ),
    ("Host \"10.0.0.5\" violates local access rules", .resourceServerSettingsWrong),
    ("The key {4b1a} was not found in the key ring.", .resourceServerSettingsWrong),
    (
      "issuer must use https (with TLS), or config value for property 'requireHttps' must be set to 'false' and allow http (without TLS).",
      .resourceServerSettingsWrong
    ),
    (
      "failed to perform initial login to Keycloak: Malformed version: ", .userRoleMissing
    ),
    ("\"error\":\"[user.sync.user-not-found] signup not allowed\"", .userRoleMissing),
    ("[W JupyterHub base:965] User 'alice' not allowed.", .userRoleMissing),
    ("oidc: error \"access_denied\" in the authorization response", .userRoleMissing),
    ("✗ Failed to get admin token. Check your admin credentials.", .userInvalidCredentials),
    (
      "No users found, could be due to wrongly configured federated provider For more on this error consult the server log at the debug level.",
      .keycloakFederationDown
    ),
    ("SWD::Exception::NotFound (Not Found)", .resourceServerURLWrong),
    ("Failed to parse server response", .resourceServerURLWrong),
    ("The link you clicked is an old stale link and is no longer valid.", .sessionLoginStateLost),
    (
      "Cookie “KEYCLOAK_SESSION” has been rejected because a non-HTTPS cookie can’t be set as “secure”.",
      .sessionLoginStateLost
    ),
    ("ErrorTimeout: IFrame timed out without a response", .sessionExpired),
    ("code is missing, redirect to keycloak", .benignFirstCallBeforeLogin),
  ])
  func `logins and settings fail in the words of further products`(
    _ line: String, _ cause: CauseID
  ) throws {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test func `a record may say more than one thing that nobody knows`() throws {
    let findings = try WordsTests.findings(
      "2022/01/24 22:36:47.986 ERROR   http.handlers.authentication    auth provider returned error",
      "{", "  \"provider\": \"authorizer\",",
      "  \"error\": \"user authorization failed: reason: user role is valid, but not allowed by access list\"",
      "}")
    #expect(findings.first?.cause == .userRoleMissing)
  }

  @Test func `a token that is called malformed by nobody's parser is less sure to be`() throws {
    let bare = try #require(try WordsTests.findings("401 \"Malformed token\"").first)
    #expect(bare.cause == .tokenMalformed && bare.confidence < 0.8)
  }

  @Test func `a scheme's own port in a refused address comes from a proxy`() throws {
    func cause(_ uri: String) throws -> CauseID? {
      try WordsTests.findings(
        WordsTests.event("LOGIN_ERROR", "error=\"invalid_redirect_uri\", redirect_uri=\"\(uri)\"")
      ).first?.cause
    }
    #expect(try cause("http://studio.example.org:80/a/") == .proxyForwardedHeadersMissing)
    #expect(try cause("https://studio.example.org:443/a/") == .proxyForwardedHeadersMissing)
    #expect(try cause("https://studio.example.org:8443/a/") == .clientRedirectURIInvalid)
    #expect(try cause("http://localhost:80/a/") == .clientRedirectURIInvalid)
  }

  @Test func `an application's own discovery is not an edge's path`() throws {
    let line =
      "https://next-auth.js.org/errors#signin_oauth_error Unable to find matching target resource method (For more on this error consult the server log at the debug level.) {"
    #expect(try WordsTests.findings(line).first?.cause == .resourceServerURLWrong)
    let other = "Unable to find matching target resource method"
    #expect(try WordsTests.findings(other).first?.cause == .ingressWrongPath)
  }

  @Test func `a warning of plain HTTP counts where nothing else is said`() throws {
    let line =
      "2024-01-15 10:11:12,123 WARN  [org.keycloak.cookie.DefaultCookieProvider] (executor-thread-1) Non-secure context detected; cookies are not secured, and will not be available in cross-origin POST requests."
    #expect(try WordsTests.findings(line).first?.cause == .proxyForwardedHeadersMissing)
    let event = WordsTests.event("LOGIN_ERROR", "error=\"invalid_user_credentials\"")
    #expect(try WordsTests.findings(line, event).count == 1)
  }

  @Test func `an answer alone that asks for a token is a token that did not come`() throws {
    let bare = ["< HTTP/1.1 401 Unauthorized", "< WWW-Authenticate: Bearer realm=\"demo\""]
    #expect(try WordsTests.findings(bare[0], bare[1]).first?.cause == .tokenMissing)
  }

  @Test(arguments: [
    "INFO Email header exceeded nothing", "User profile was updated", "Signup page rendered",
    "User 'alice' logged out", "iframe loaded", "logout completed", "Cookie consent is not set",
    "Retrieved 3 headers", "Cleartext listener started", "user authorization refreshed",
    "Subscribed to the email list; check your inbox", "Name is required in the order form",
  ])
  func `ordinary lines say nothing`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }
}
