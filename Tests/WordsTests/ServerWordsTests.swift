import Evidence
import Testing

@testable import Pipeline

/// What gateways, brokers and applications say in words of their own, and lines that only look like it.
@Suite struct ServerWordsTests {
  @Test(arguments: [
    // PostgREST.
    ("PGRST303: JWT issued at future", CauseID.tokenClockSkew),
    (
      #"{"code":"PGRST303","details":null,"hint":null,"message":"JWT not yet valid"}"#,
      .tokenClockSkew
    ),
    (
      #"{"code":"PGRST303","details":null,"hint":null,"message":"JWT not in audience"}"#,
      .tokenAudienceMismatch
    ),
    (
      #"{"code":"PGRST303","details":null,"hint":null,"message":"The JWT 'exp' claim must be a number"}"#,
      .tokenClaimRejected
    ),
    (
      #"{"code":"PGRST301","details":null,"hint":null,"message":"Expected 3 parts in JWT; got 2"}"#,
      .tokenMalformed
    ),
    (
      #"{"code":"PGRST301","details":null,"hint":null,"message":"Wrong or unsupported encoding algorithm"}"#,
      .tokenAlgorithm
    ),
    (
      #"{"code":"PGRST302","details":null,"hint":null,"message":"Anonymous access is disabled"}"#,
      .tokenMissing
    ),
    (
      #"{"code":"PGRST300","details":null,"hint":null,"message":"Server lacks JWT secret"}"#,
      .resourceServerSettingsWrong
    ),
    // lcobucci/jwt.
    ("- The token was issued in the future", .tokenClockSkew),
    ("- The token is not allowed to be used by this audience", .tokenAudienceMismatch),
    ("- The token was not issued by the given issuers", .tokenIssuerMismatch),
    ("- Token signer mismatch", .tokenAlgorithm),
    // Gateways.
    ("OIDC introspection failed: invalid token", .tokenExpired),
    (#"WWW-Authenticate: Bearer realm="kong",error="invalid token""#, .tokenExpired),
    (
      "[ENDPOINT: /private][JWTValidator] Unable to validate the token: Token not found",
      .tokenMissing
    ),
    (#"{"error": "Authorization field missing"}"#, .tokenMissing),
    (#"{"error": "Key not authorized: no matching policy"}"#, .resourceServerSettingsWrong),
    (#"{"message":"You cannot consume this service"}"#, .userRoleMissing),
    (#"{"message":"No OAuth authorization header was supplied"}"#, .tokenMissing),
    // Middlemen.
    (
      "[AuthFailure] Cookies were found in OAuth callback, but none was a CSRF cookie.",
      .sessionLoginStateLost
    ),
    (
      "OpenIDCProvider: PKCE Enabled - but no cookie was available for verifier",
      .sessionLoginStateLost
    ),
    (
      "[ERROR] [traefik-oidc-auth] Failed reading state cookie: http: named cookie not present",
      .sessionLoginStateLost
    ),
    ("bob is no longer in the group(s)", .userRoleMissing),
    // Brokers and stores.
    ("Authentication using an OAuth 2/JWT token failed: {error,key_not_found}", .keysRotated),
    (
      "Authentication using OAuth 2/JWT token failed: {error,no_matching_aud_found}",
      .tokenAudienceMismatch
    ),
    ("[error] <0.886.0> access to vhost '/' refused for user 'producer'", .userRoleMissing),
    (
      "The cached public key with id 'K' is expired! (io.strimzi.kafka.oauth.validator.JWTSignatureValidator)",
      .resourceServerKeysUnavailable
    ),
    (
      "CWWKS6022E: The issuer [https://a/realms/x] of the provided JSON web token (JWT) is not listed as a trusted issuer",
      .tokenIssuerMismatch
    ),
    (
      "CWWKS6025E: The JSON Web Token (JWT) is not valid because its expiration ('exp') claim is either missing or the token expired.",
      .tokenExpired
    ),
    (
      "[authz_core:error] AH01631: user bob: authorization failure for \"/secure\":",
      .userRoleMissing
    ),
    (
      "Error from server (Forbidden): pods is forbidden: User \"https://sso.example.org/realms/x#bob\" cannot list resource \"pods\" in API group \"\"",
      .userRoleMissing
    ),
    ("oauth2: server response missing access_token", .resourceServerURLWrong),
    // Browsers.
    ("ErrorResponse: Expected code in response", .sessionLoginStateLost),
    (
      "Error: Invalid response Content-Type: text/html, from URL: https://sso.example.org/realms/a",
      .resourceServerURLWrong
    ),
  ])
  func `a server's own words name the cause`(_ text: String, _ cause: CauseID) throws {
    #expect(try WordsTests.findings(text).first?.cause == cause, "\(text)")
  }

  @Test(arguments: [
    "Anonymous access is disabled by the administrator",
    "WARN Keycloak client: SSL verification disabled",
    "KC-SERVICES0091: Request is missing scope 'openid' so it's not treated as OIDC, but just pure OAuth2 request.",
    "Referenced client scope 'phone' doesn't exist. Ignoring",
  ])
  func `lines that only look like it say nothing`(_ text: String) throws {
    #expect(try WordsTests.findings(text).allSatisfy { $0.cause == .undecided }, "\(text)")
  }

  @Test func `an invalid token is no ID token`() throws {
    let answer = try WordsTests.findings(
      "[invalid_token_response] An error occurred while attempting to retrieve the OAuth 2.0 Access Token Response: 404 not found"
    )
    #expect(answer.first?.cause != .clientScopeMissing)
    let missing = try WordsTests.findings("error: the id token is missing in the response")
    #expect(missing.first?.cause == .clientScopeMissing)
  }

  @Test func `an end-point of Keycloak that is not where it was asked for is at another address`()
    throws
  {
    let findings = try WordsTests.findings(
      "10.0.0.1 - - [15/Jan/2024:10:11:12 +0000] \"GET /auth/realms/a/.well-known/openid-configuration HTTP/1.1\" 404 65 \"-\" \"Go-http-client/1.1\""
    )
    #expect(findings.first?.cause == .resourceServerURLWrong)
    let page = try WordsTests.findings(
      "10.0.0.1 - - [15/Jan/2024:10:11:12 +0000] \"GET /favicon.ico HTTP/1.1\" 404 65 \"-\" \"Go-http-client/1.1\""
    )
    #expect(page.allSatisfy { $0.cause != .resourceServerURLWrong })
  }

  @Test func `oauth2-proxy's warning of large sessions is no refusal`() throws {
    let findings = try WordsTests.findings(
      "WARNING: Multiple cookies are required for this session as it exceeds the 4kb cookie limit.")
    #expect(findings.allSatisfy { $0.confidence < 0.5 })
    let refused = try WordsTests.findings("400 Bad Request: Request Header Or Cookie Too Large")
    #expect(refused.first?.cause == .ingressHeaderTooLarge)
    #expect(refused.first?.confidence ?? 0 > 0.8)
  }

  @Test func `a token that is renewed as it expires is everyday life`() throws {
    let renewed = try WordsTests.findings(
      "access token has expired, attempting to refresh the token")
    #expect(renewed.allSatisfy { $0.confidence < 0.5 })
    let refused = try WordsTests.findings("access token has expired")
    #expect(refused.first?.cause == .tokenExpired)
    #expect(refused.first?.confidence ?? 0 > 0.6)
  }

  @Test func `words that others use, too, are no proof`() throws {
    // Keycloak's admin interface says it of every token, for whatever reason.
    let refused = try WordsTests.findings(
      #"KeycloakAuthenticationError: 401: b'{"error":"HTTP 401 Unauthorized"}'"#)
    #expect(refused.allSatisfy { $0.cause != .tokenExpired || $0.confidence < 0.5 })
    let limit = "RateLimitReachedException: The rate limit has been reached"
    #expect(
      try WordsTests.findings("com.auth0.jwk." + limit).first?.cause
        == .resourceServerKeysUnavailable)
    #expect(
      try WordsTests.findings("org.example.orders." + limit)
        .allSatisfy { $0.cause != .resourceServerKeysUnavailable })
    // The page of an error on the way is none of a wrong address.
    let page = try WordsTests.findings(
      "Error: Invalid response Content-Type: text/html, from URL: https://sso.example.org/realms/a")
    #expect(page.first?.confidence ?? 1 < 0.7)
  }

  // MARK: Commands

  @Test func `a preflight without its answer's head is told by its method`() throws {
    let findings = try WordsTests.findings(
      "$ curl -k -X OPTIONS https://gateway.example.org:8443/API", #"{"message":"Unauthorized"}"#)
    #expect(findings.first?.cause == .ingressCORSPreflight)
    let plain = try WordsTests.findings(
      "$ curl -k https://gateway.example.org:8443/API", #"{"message":"Unauthorized"}"#)
    #expect(plain.first?.cause == .tokenMissing)
  }

  @Test func `a header that was sent and not seen got lost on the way`() throws {
    let answer = #"{"detail": "Authentication credentials were not provided."}"#
    let sent = try WordsTests.findings(
      #"curl -X GET -H "Content-Type: application/json" \"#,
      #"-H "Authorization: JWT $TOKEN" $API_URL"#, answer)
    #expect(sent.first?.cause == .ingressAuthHeaderStripped)
    let bare = try WordsTests.findings("curl https://api.example.org/orders", answer)
    #expect(bare.first?.cause == .tokenMissing)
  }

  @Test
  func `a request seen with its credential and answered as if it had none lost it on the way`()
    throws
  {
    let head = ["HTTP/1.1 401 Unauthorized", "WWW-Authenticate: Bearer", "", "no token"]
      .joined(separator: "\n")
    let sent = try WordsTests.findings(
      #"curl -i -H "Authorization: Bearer $TOKEN" https://api.example.org/orders"#, head)
    #expect(sent.first?.cause == .ingressAuthHeaderStripped)
    let bare = try WordsTests.findings("curl -i https://api.example.org/orders", head)
    #expect(bare.first?.cause != .ingressAuthHeaderStripped)
  }

  @Test func `what a command sent is no part of what a token's check says`() throws {
    let findings = try WordsTests.findings(
      #"curl -H "Authorization: Bearer $TOKEN" https://api.example.org/orders"#,
      "Jwt issuer is not configured")
    #expect(findings.first?.cause == .tokenIssuerMismatch)
    let grant = try WordsTests.findings(
      "curl -d 'client_id=web' https://sso.example.org/realms/a/protocol/openid-connect/token",
      #"{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}"#
    )
    #expect(grant.first?.cause == .clientBadSecret)
  }

  // MARK: Answers of an auth service

  private static func answer(_ head: [String], _ command: String) throws -> [Finding] {
    let lines = [command, "HTTP/1.1 401 Unauthorized"] + head + ["", "Unauthorized"]
    return try WordsTests.findings(lines.joined(separator: "\n"))
  }

  @Test func `an auth service's bare answer at the application's address is relayed by the edge`()
    throws
  {
    let bare = [
      "Content-Length: 13", "Content-Type: text/plain; charset=utf-8",
      "X-Content-Type-Options: nosniff",
    ]
    let relayed = try Self.answer(bare, "curl -i https://prometheus.example.org")
    #expect(relayed.first?.cause == .ingressNoLoginRedirect)
    #expect(relayed.first?.confidence ?? 1 < 0.5)
    let asked = try Self.answer(bare, "curl -i https://auth.example.org/oauth2/auth")
    #expect(asked.allSatisfy { $0.cause != .ingressNoLoginRedirect })
    let challenged = try Self.answer(
      bare + ["WWW-Authenticate: Bearer"], "curl -i https://prometheus.example.org")
    #expect(challenged.allSatisfy { $0.cause != .ingressNoLoginRedirect })
  }

  // MARK: Events

  private static func turn(_ time: String, _ address: String) -> String {
    time + " WARN  [org.keycloak.events] (default task-1) type=LOGIN_ERROR, realmId=master, "
      + "clientId=null, userId=null, ipAddress=\(address), error=expired_code, "
      + "restart_after_timeout=true"
  }

  @Test func `logins that expire faster than anybody clicks go round between replicas`() throws {
    let loop = try WordsTests.findings(
      Self.turn("2024-01-15 09:41:53,225", "10.38.0.0"),
      Self.turn("2024-01-15 09:41:53,351", "10.32.0.1"),
      Self.turn("2024-01-15 09:41:53,480", "10.38.0.0"))
    #expect(loop.first?.cause == .keycloakSessionsNotShared)
    let undated = try WordsTests.findings(
      Self.turn("09:41:53,225", "10.38.0.0"), Self.turn("09:41:53,351", "10.38.0.0"),
      Self.turn("09:41:53,480", "10.38.0.0"))
    #expect(undated.first?.cause == .keycloakSessionsNotShared)
    let people = try WordsTests.findings(
      Self.turn("2024-01-15 09:41:53,225", "10.38.0.0"),
      Self.turn("2024-01-15 09:41:58,351", "10.38.0.0"),
      Self.turn("2024-01-15 09:42:13,480", "10.38.0.0"))
    #expect(people.first?.cause == .sessionLoginStateLost)
    let many = try WordsTests.findings(
      Self.turn("2024-01-15 09:41:53,225", "10.0.0.1"),
      Self.turn("2024-01-15 09:41:53,351", "10.0.0.2"),
      Self.turn("2024-01-15 09:41:53,480", "10.0.0.3"))
    #expect(many.first?.cause == .sessionLoginStateLost)
  }

  @Test func `a public name asked for with http was made behind a proxy that hides TLS`() throws {
    func cause(_ uri: String) throws -> CauseID? {
      try WordsTests.findings(
        WordsTests.event(
          "LOGIN_ERROR", "error=\"invalid_redirect_uri\", redirect_uri=\"\(uri)\"")
      ).first?.cause
    }
    #expect(try cause("http://app.example.org/sso/cb") == .proxyForwardedHeadersMissing)
    #expect(try cause("https://app.example.org/sso/cb") == .clientRedirectURIInvalid)
    #expect(try cause("http://app.example.org:3000/sso/cb") == .clientRedirectURIInvalid)
    #expect(try cause("http://localhost/sso/cb") == .clientRedirectURIInvalid)
    #expect(try cause("http://app.shop.svc/cb") == .clientRedirectURIInvalid)
    #expect(try cause("http://10.0.0.7/cb") == .clientRedirectURIInvalid)
  }

  @Test(arguments: [
    (#"Layer6 invalid response, info: "SSL handshake failure""#, CauseID.proxyTLS),
    (#"Layer7 wrong status, code: 503, info: "Service Unavailable""#, .keycloakDown),
    (#"Layer4 connection problem, info: "Connection refused""#, .keycloakDown),
    (#"Layer4 connection problem, info: "No route to host""#, .netpolReject),
    ("Layer4 timeout", .netpolDrop),
  ])
  func `why HAProxy took Keycloak out of use is told by the layer`(_ why: String, _ cause: CauseID)
    throws
  {
    let findings = try WordsTests.findings(
      "Jan 15 10:11:12 lb haproxy[123]: Server keycloak/kc1 is DOWN, reason: \(why), check duration: 3ms."
    )
    #expect(findings.first?.cause == cause)
  }

  @Test(arguments: [302, 401, 404])
  func `a check that asks for the wrong thing says nothing of Keycloak`(_ status: Int) throws {
    let findings = try WordsTests.findings(
      "Jan 15 10:11:12 lb haproxy[123]: Server keycloak/kc1 is DOWN, reason: Layer7 wrong status, code: \(status), "
        + #"info: "x", check duration: 3ms."#)
    #expect(!findings.contains { $0.cause == .keycloakDown })
  }

  @Test func `a backend without servers is heard without its level, too`() throws {
    let findings = try WordsTests.findings(
      "Jan 15 10:11:12 lb haproxy[123]: backend keycloak has no server available!")
    #expect(findings.first?.cause == .keycloakDown)
  }

  @Test func `an auth service that never answers a connect is cut off, not hanging`() throws {
    func cause(_ what: String) throws -> CauseID? {
      try WordsTests.findings(
        "2024/01/15 10:00:00 [error] 7#7: *1 upstream timed out (110: Connection timed out) while \(what), client: 10.0.0.1, server: a, request: \"GET / HTTP/1.1\", subrequest: \"/_external-auth\", upstream: \"http://10.0.0.9:80/oauth2/auth\", host: \"a\""
      ).first?.cause
    }
    #expect(try cause("connecting to upstream") == .netpolDrop)
    #expect(try cause("reading response header from upstream") == .ingressAuthRequestFailing)
  }

  @Test func `Envoy's transport failure without details of the response is read`() throws {
    let findings = try WordsTests.findings(
      #"[2022-05-27T13:21:24.535Z] "POST /realms/a/protocol/openid-connect/token HTTP/1.1" 503 UF,URX "TLS error: Secret is not supplied by SDS" 96 159 16 - "-" "python-requests/2.27.1" "19fe9b72-d887-4649-b934-9dc7bc76cc21" "keycloak:8080" "10.44.0.31:8080" outbound|8080||keycloak.auth.svc.cluster.local - 10.28.81.125:8080 10.32.0.25:60032 - default"#
    )
    #expect(findings.first?.cause == .proxyTLS)
    let refused = try WordsTests.findings(
      #"[2022-05-27T13:21:24.535Z] "POST /realms/a/protocol/openid-connect/token HTTP/1.1" 503 UF,URX "-" 96 159 16 - "-" "python-requests/2.27.1" "19fe9b72-d887-4649-b934-9dc7bc76cc21" "keycloak:8080" "10.44.0.31:8080" outbound|8080||keycloak.auth.svc.cluster.local - 10.28.81.125:8080 10.32.0.25:60032 - default"#
    )
    #expect(refused.first?.cause != .proxyTLS)
  }
}
