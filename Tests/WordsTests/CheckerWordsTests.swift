import Evidence
import Testing

/// What those who check tokens and carry logins say, product by product, and what they say on good days.
@Suite struct CheckerWordsTests {
  @Test(arguments: [
    // oauth2-proxy, go-oidc, Envoy.
    ("The session failed authorization checks", CauseID.userRoleMissing),
    ("Invalid session: unauthorized", .userRoleMissing),
    (
      "Session validation failed: Session{email:user@example.org user:u PreferredUsername:u token:true}",
      .sessionExpired
    ),
    ("failed to load the session state with the ticket: redis: nil", .sessionExpired),
    ("timeout obtaining session lock", .resourceServerSettingsWrong),
    ("oidc: unsupported signing algorithm \"HS256\"", .tokenAlgorithm),
    ("no public keys able to verify jwt", .keysRotated),
    ("oidc: user info endpoint is not supported by this provider", .resourceServerSettingsWrong),
    ("[keys] in Jwks is not an array", .resourceServerURLWrong),
    // lua-resty-openidc, mod_auth_openidc, Kong, gatekeeper.
    ("unhandled request to the redirect_uri: /cb?error=x", .sessionLoginStateLost),
    ("token expired and no refresh token available", .tokenExpired),
    ("JWT doesn't specify kid but the keystore contains multiple RSA keys", .tokenAlgorithm),
    ("mandatory claim (\"sub\") was not returned from userinfo endpoint", .tokenClaimRejected),
    (
      "the URL hostname (a) of the configured OIDCRedirectURI does not match the URL hostname of the URL being accessed (b): the \"state\" and \"session\" cookies will not be shared between the two!",
      .sessionLoginStateLost
    ),
    (
      "Access token does not have the required scope/role: Missing required scope", .userRoleMissing
    ),
    ("Missing issuer claim", .tokenClaimRejected),
    ("no session state found", .sessionLoginStateLost),
    // Node, Python, Go, PHP.
    ("No KID specified and JWKS endpoint returned more than 1 key", .tokenAlgorithm),
    ("Missing / invalid token algorithm", .tokenAlgorithm),
    ("\"iat\" claim timestamp check failed (too far in the past)", .tokenExpired),
    ("Failed to parse the JSON Web Key Set HTTP response as JSON", .resourceServerURLWrong),
    ("code: 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'", .tokenExpired),
    ("The JWKS endpoint did not return a JSON object", .resourceServerURLWrong),
    ("token is unverifiable: signing method (alg) is unspecified", .tokenAlgorithm),
    ("\"kid\" empty, unable to lookup correct key", .tokenAlgorithm),
    ("[Keycloak Error] Invalid state", .sessionLoginStateLost),
    ("Failed to decrypt the OIDC provider client secret", .resourceServerSettingsWrong),
    // .NET and Java.
    (
      "IDX10517: Signature validation failed. The token's kid is missing. Keys tried: 'x'.",
      .tokenAlgorithm
    ),
    (
      "IDX10209: Token has length: '300000' which is larger than the MaximumTokenSizeInBytes: '256000'.",
      .tokenMalformed
    ),
    ("Couldn't parse remote JWK set: Unexpected token <html>", .resourceServerURLWrong),
    ("JWK is not available, neither 'kid' nor 'x5t' token headers are set", .tokenAlgorithm),
    ("SRJWT07018: The token age has exceeded 60 seconds", .tokenExpired),
    ("Bad User Info response, error=insufficient_scope", .clientScopeMissing),
    (
      "The indicated time (2 ms) minus allowable clock skew (0 ms) was on or after the Expiration Time value (1 seconds)",
      .tokenExpired
    ),
    (
      "Failed to introspect token - send, fetch or parse failed: ", .resourceServerKeysUnavailable
    ),
    // Vault, Harbor, GitLab, Grafana, load balancers.
    ("Vault login failed. No code or id_token received.", .sessionLoginStateLost),
    ("Failed to get OIDC token from session", .sessionLoginStateLost),
    (
      "Could not authenticate you from OpenIDConnect because \"Not found\".",
      .resourceServerURLWrong
    ),
    (
      "[auth.oauth.pkce.missing] no pkce cookie found: http: named cookie not present",
      .sessionLoginStateLost
    ),
    ("\"AuthMissingCodeParam\"", .sessionLoginStateLost),
    ("\"AuthInvalidUserinfoResponse\"", .resourceServerURLWrong),
    (
      "401 Unauthorized : You need a valid user and password to access this content",
      .foreignBasicAuth
    ),
  ])
  func `a checker's own words get their cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
    #expect(!first.supports.isEmpty)
  }

  @Test(arguments: [
    "[2019-07-24 05:47:37.608][22][debug][filter] [src/envoy/http/jwt_auth/jwt_authenticator.cc:82] Jwt authentication starts",
    "[2019-07-24 05:47:37.608][22][debug][filter] [src/envoy/http/jwt_auth/jwt_authenticator.cc:243] Jwt authentication completed with: OK",
    "[2025-11-07 04:23:48.934][74][debug][jwt] [source/extensions/filters/http/jwt_authn/authenticator.cc:163] jwt_auth: JWT authentication starts (allow_failed=false), tokens size=1",
    "azp claim is not required for single audiences",
    "[2024/01/15 10:11:12] [stored_session.go:268] Session not refreshed - User: u; no refresh token available or provider returned false",
    "2024-01-15T10:11:12Z INFO JWKS keys change detected. Keys updated.",
    "time=\"2019-06-30T20:45:43Z\" level=info msg=\"keys rotated, next rotation: 2019-07-01 02:45:43.899839156 +0000 UTC\"",
    "2024-01-15 10:11:12 ERROR JSON decoding failed for order 4711",
    "2024-01-15 10:11:12 ERROR invalid header: X-Order-Id",
    "Oct 11, 2024 8:42:14 AM FINE org.jenkinsci.plugins.oic.OicSecurityRealm",
    "IDX10242: Security token: '{\"alg\":\"HS256\",\"typ\":\"JWT\"}.{\"sub\":\"a\",\"typ\":\"Bearer\"}' has a valid signature.",
  ])
  func `what a checker says on a good day names no cause`(_ line: String) throws {
    let named = try WordsTests.findings(line).filter { $0.cause != .undecided }
    #expect(named.isEmpty, "\(named.map { "\($0.cause) \($0.confidence)" })")
  }

  @Test(arguments: [
    "OIDC authentication failed: id_token validation failed",
    "[Keycloak Error] User cannot be authenticated.",
    "ID token verification failure: ",
    "SRJWT07000: Failed to verify a token",
    "\"AuthInvalidIdToken\"",
    "{\"message\":\"Unauthorized\"}",
  ])
  func `a refusal that fits many causes stays undecided`(_ line: String) throws {
    #expect(try WordsTests.findings(line).map(\.cause) == [.undecided])
  }

  @Test func `Envoy's old JWT filter refuses in the words behind its completion`() throws {
    let first = try #require(
      try WordsTests.findings(
        "[2019-07-24 05:47:37.608][22][debug][filter] [src/envoy/http/jwt_auth/jwt_authenticator.cc:82] Jwt authentication starts",
        "[2019-07-24 05:47:37.608][22][debug][filter] [src/envoy/http/jwt_auth/jwt_authenticator.cc:243] Jwt authentication completed with: Unknown issuer"
      ).first)
    #expect(first.cause == .tokenIssuerMismatch)
  }

  @Test
  func `a refresh token is recognised in what .NET prints of it, on the following lines, too`()
    throws
  {
    let first = try #require(
      try WordsTests.findings(
        "IDX10501: Signature validation failed. Unable to match 'kid':",
        "'f70df3b4-ef47-409b-b910-a71879a72fb8',  token:",
        "'{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"f70df3b4-ef47-409b-b910-a71879a72fb8\"}.{\"jti\":\"b034043e\",\"exp\":1541425624,\"iss\":\"https://example.com:8443/auth/realms/demo\",\"typ\":\"Refresh\",\"azp\":\"web\"}'"
      ).first)
    #expect(first.cause == .tokenWrongType)
  }

  @Test(arguments: [
    ("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", CauseID.tokenAlgorithm),
    ("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"K\"}", .keysRotated),
  ])
  func `the algorithm that .NET prints with a token tells a secret from a key`(
    _ header: String, _ cause: CauseID
  ) throws {
    let first = try #require(
      try WordsTests.findings(
        "IDX10501: Signature validation failed. Unable to match key: kid: 'K'. token: '" + header
          + ".{\"sub\":\"a\",\"typ\":\"Bearer\"}'."
      ).first)
    #expect(first.cause == cause)
  }

  static let rotated =
    "time=\"2019-06-30T20:45:43Z\" level=info msg=\"keys rotated, next rotation: 2019-07-01 02:45:43.899839156 +0000 UTC\""

  @Test(arguments: [("20:46:25", true), ("20:44:25", false), ("22:46:25", false)])
  func `new keys explain signatures that do not fit shortly after`(_ clock: String, _ isSoon: Bool)
    throws
  {
    let first = try #require(
      try WordsTests.findings(
        Self.rotated,
        "2019-06-30T\(clock)Z [ERROR] [/common/api/base.go:229]: failed to verify signature: failed to verify id token signature"
      ).first)
    #expect((first.cause == .keysRotated) == isSoon)
    if isSoon { #expect(first.supports.count >= 2) }
  }

  @Test func `keys and discovery need no secret, so a 401 there is none of the client's`() throws {
    let discovery = try WordsTests.findings(
      "Failed to query provider \"https://sso.example.org/realms/shop\": 401 Unauthorized : ")
    #expect(!discovery.isEmpty && discovery.allSatisfy { $0.cause != .clientBadSecret })
    let token = try #require(
      try WordsTests.findings(
        "oauth2: cannot fetch token: 401 Unauthorized Response: {\"error\":\"unauthorized_client\"}"
      ).first)
    #expect(token.cause == .clientBadSecret)
  }

  @Test func `a record of java.util.logging is its two lines`() throws {
    let found = try WordsTests.findings(
      "Oct 11, 2024 8:42:14 AM FINE org.jenkinsci.plugins.oic.OicSecurityRealm",
      "No session to resume (perhaps jenkins was restarted?)",
      "Oct 11, 2024 8:52:16 PM org.example.web.LoginFilter doFilter",
      "WARNING: No session to resume (perhaps jenkins was restarted?)")
    let first = try #require(found.first)
    #expect(first.cause == .sessionLoginStateLost)
    #expect(first.first == Instant(nanoseconds: 1_728_636_134_000_000_000))
    #expect(first.last == Instant(nanoseconds: 1_728_679_936_000_000_000))
  }
}
