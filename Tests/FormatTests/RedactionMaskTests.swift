import Testing

internal import ByteScan

@Suite struct RedactionMaskTests {
  static func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    Redaction.mask(bytes.span, 0, bytes.count, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Texts that hold `s3cretValue12345` or a token as their secret.
  @Test(arguments: [
    "Parse Jwt eyJhbGciOiJSUzI1NiJ9.eyJzZWNyZXQiOiJzM2NyZXQifQ.s3cretValue12345",
    #"invalid authorization header: "eyJhbGciOiJSUzI1NiIsInR5cCI.s3cretValue12345"#,
    "Authorization: Bearer s3cretValue12345",
    "authorization: Basic czNjcmV0VmFsdWUxMjM0NQ==s3cretValue12345",
    "map[Authorization:[Bearer s3cretValue12345] Accept:[*/*]]",
    "map[Cookie:[_oauth2_proxy=s3cretValue12345; a=b] Accept:[*/*]]",
    "GET /callback?code=s3cretValue12345&state=abcdefgh HTTP/1.1",
    "POST grant_type=password&client_secret=s3cretValue12345&username=a",
    "?access_token=s3cretValue12345", "refresh_token=s3cretValue12345 rest",
    "id_token_hint=s3cretValue12345&x=1", "client_assertion=s3cretValue12345",
    "session_state=s3cretValue12345", "?state=s3cretValue12345", "password=s3cretValue12345",
    #"{"password":"s3cretValue12345"}"#, #"{\"client_secret\":\"s3cretValue12345\"}"#,
    #"{"access_token": "s3cretValue12345", "expires_in": 300}"#,
    "Cookie: KEYCLOAK_IDENTITY=s3cretValue12345; AUTH_SESSION_ID=x",
    "AUTH_SESSION_ID=s3cretValue12345",
    "KEYCLOAK_SESSION=s3cretValue12345", "_oauth2_proxy_1=s3cretValue12345",
    "codeVerifier=s3cretValue12345", "code_verifier=s3cretValue12345",
    #""{""password"":""s3cretValue12345""}""#, #""x password=""s3cretValue12345"" y""#,
    #""{""log"":""{\""client_secret\"":\""s3cretValue12345\""}""}""#,
    #""{""Cookie"":""KC=s3cretValue12345; a=b""}""#,
    "GET /callback code=s3cretValue12345&state=abcdefgh 443 -",
    "x-api-key: s3cretValue12345", "sent Bearer s3cretValue12345 to",
  ])
  func `a secret is masked`(_ text: String) {
    let out = Self.masked(text)
    #expect(!out.contains("s3cretValue12345"), "\(out)")
    #expect(out.contains("…"))
    for before in 0..<8 {
      let path = Array((String(repeating: "/", count: before) + text).utf8)
      let mayHold = Redaction.mayHoldSecret((path + Self.behind).span, 0, path.count)
      #expect(mayHold)
    }
  }

  @Test func `a short code in a query that is a word of its own is masked, a status is not`() {
    let line = Self.masked("GET /cb code=c0ffee&state=ab1cdef 443 code=expired code=401 x")
    #expect(!line.contains("c0ffee") && line.contains("code=expired code=401 x"))
  }

  private static let behind = [UInt8](repeating: 32, count: 8)

  @Test func `a plain path is known to hold no secret`() {
    let path = Array("/api/orders/4711/items/e7b9-11".utf8)
    let mayHold = Redaction.mayHoldSecret((path + Self.behind).span, 0, path.count)
    #expect(!mayHold)
    let mayHoldAtEnd = Redaction.mayHoldSecret(path.span, 0, path.count)
    #expect(!mayHoldAtEnd)
  }

  /// What explains a refusal stays.
  @Test(arguments: [
    #"Bearer error="invalid_token", error_description="Jwt expired at 2026-08-21T09:59:00Z""#,
    "Bearer token is malformed", #"invalid authorization header: "Bearer undefined""#,
    "Basic authentication failed", "rpc error: code = Unauthenticated desc = invalid session",
    #"{"code":"ERR_JWT_EXPIRED","message":"x"}"#, "SQL Error: 0, SQLState: null",
    "user \"bob\": password mismatch", "state parameter mismatch",
    "invalid_key_id: No key for kid: 'SzLK10XfUzd2xCNKHxR9Y5UxqdviEVLpImaTKjW3oMk'",
    "GET /realms/shop/protocol/openid-connect/token HTTP/1.1", "status_code=401 code=401",
    #"Error retrieving session from token in Authorization header: no valid bearer token found"#,
  ])
  func `an explanation stays readable`(_ text: String) {
    #expect(Self.masked(text) == text)
  }
}
