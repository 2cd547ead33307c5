import Testing

internal import ByteScan

/// Names, marks, quotes and wrappers of secrets, each with each.
@Suite struct SecretNameTests {
  static let value = "Zk3v9QmT7xR2bW8nLs5yHd4cJf6gPa1uEo"
  static let names = [
    "client_secret", "client-secret", "clientSecret", "CLIENT_SECRET", "client.secret",
    "KC_DB_PASSWORD", "DB_PASSWORD", "db.password", "KC_BOOTSTRAP_ADMIN_PASSWORD",
    "OAUTH2_PROXY_CLIENT_SECRET", "OAUTH2_PROXY_COOKIE_SECRET", "KEYCLOAK_CLIENT_SECRET",
    "quarkus.oidc.credentials.secret", "password", "passwd", "pwd", "passwordConfirm",
    "password-new", "access_token", "accessToken", "refresh_token", "id_token", "logout_token",
    "initial_access_token", "registration_access_token", "x-auth-token", "x-access-token",
    "x-vault-token", "x-amzn-oidc-data", "x-api-key", "apikey", "api_key", "private_key",
    "aws_secret_access_key", "session_code", "device_code", "user_code", "bindCredential",
    "client_assertion", "code_verifier", "session_state", "AUTH_SESSION_ID", "KEYCLOAK_SESSION",
    "__Host-session", "PHPSESSID", "token", "code", "state", "nonce", "execution",
  ]
  static let marks = [
    "=V", "=\"V\"", "='V'", "=>\"V\"", " => V", " = \"V\"", ": V", ": \"V\"", ": 'V'", "\": \"V\"",
    "\" : \"V\"", "\":\"V\"", "\\\":\\\"V\\\"", "\\\\\\\":\\\\\\\"V\\\\\\\"", "\"\":\"\"V\"\"",
    "%3DV", "%253DV",
    "%22%3A%22V%22", ":=V", "=V&x=1", "=V, x=1", "=V; x=1", "=V}", "=V)", "\"=>\"V\", \"x\"=>\"1\"",
  ]
  static let wrappers = [
    "N", "x N", "{\"N", "{\\\"N", "?N", "&N", "[N", "a=b, N", "%26N", "%22N", "/a;N",
  ]

  static func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    Redaction.mask(bytes.span, 0, bytes.count, into: &out)
    let result = String(decoding: out, as: UTF8.self)
    if result != text {
      let mayHold = Redaction.mayHoldSecret(bytes.span, 0, bytes.count)
      #expect(mayHold, "\(text)")
    }
    return result
  }

  @Test(arguments: names)
  func `a secret's value is masked behind every mark and in every wrapper`(_ name: String) {
    for mark in Self.marks {
      for wrapper in Self.wrappers {
        let text =
          wrapper.replacing("N", with: name) + mark.replacing("V", with: Self.value) + " end"
        let out = Self.masked(text)
        #expect(!out.contains(Self.value), "\(text) -> \(out)")
        #expect(out.hasSuffix(" end") || text.contains("\"V") || out.contains("…"), "\(out)")
      }
    }
  }

  /// Where no mark leads in the value.
  @Test(arguments: [
    "--client-secret V", "--password V",
    "kcadm.sh config credentials --user admin --password 'V' -r x",
    "--token \"V\"", "-u admin:V", "curl -u 'admin:V' https://x", "--user admin:V",
    "--proxy-user a:V",
    "https://user:V@host/x", "postgres://u:p/V@db:5432/x", "redis://:V@cache:6379",
    "https://V@host/x",
    "Authorization: DPoP V", "Authorization: Token V", "authorization=\"Token V\"",
    "Authorization: Digest username=\"u\", realm=\"r\", response=\"V\"", "dpop: V",
    "sent DPoP V to",
    "BEARER V", "/api/v1/Bearer%20V", "\"set-cookie\":[\"a=b\",\"session=V\"]",
    "cookie=[session=V]",
    "Cookie: a=\"x y\"; session=V", "-H 'Cookie: session=V' https://x", "token 'V'",
    "Token V is not active", "opaque token [V]", "invalid token \"V\"", "password is V",
    "password 'V'",
    "Failed to introspect token V: 401", "/api/x;jsessionid=V", "/p&access_token=V",
    "/a%3Faccess_token%3DV", "/ws;token=V", "/reset-password/V", "/invite/V", "/users/verify/V?x",
    "<password>V</password>", "<ns:clientSecret>V</ns:clientSecret>", "user[password]=V",
    "user%5Bpassword%5D=V", #"password="a\"V""#, #"{\"password\":\"a\\\"V\"}"#, "password=x&V",
    "[\"password\", \"V\"]", #"\"pwd\",\"V\""#, "('client_secret', 'V')", "access_token → V",
    "code → V", "password -> V", "token -> \"V\"", "password>V", "client_secret > V", "code : V",
    "\"state\" : \"V\"",
    "name: DB_PASSWORD value: V", #"{"name":"DB_PASSWORD","value":"V"}"#,
    "- name: KC_DB_PASSWORD\n  value: V", "name=DB_PASSWORD, value=V",
    #"{\"key\": \"client_secret\", \"value\": \"V\"}"#,
    "secret/V", "sent to invite/V", "DB_PASSWORD=x#V", "DB_PASSWORD=x,V",
    #"secretData: {"value":"V"}"#, "/login-actions/x?key=V",
  ])
  func `a secret without a mark is masked`(_ text: String) {
    let out = Self.masked(text.replacing("V", with: Self.value))
    #expect(!out.contains(Self.value) && out.contains("…"), "\(out)")
  }

  /// What is about a secret, and what diagnosis needs.
  @Test(arguments: [
    "token_type=Bearer",
    "token_endpoint=https://sso.example.org/realms/a/protocol/openid-connect/token",
    "token-introspection=enabled", "client_secret_expires_at=1735689600",
    "password_policy=length(8)",
    "token_endpoint_auth_method=client_secret_basic", "access-token lifespan 300",
    "type=CLIENT_LOGIN_ERROR",
    "kid=SzLK10XfUzd2xCNKHxR9Y5UxqdviEVLpImaTKjW3oMk",
    "No key for kid: 'SzLK10XfUzd2xCNKHxR9Y5UxqdviEVLpImaTKjW3oMk'",
    "error=invalid_token", "invalid_token: the token is expired", "token=expired",
    "access_token: could not parse JWT",
    "password: YES", "RefreshToken: replay detected", "age_of_refresh_token=\"11\"",
    "token_id=\"a1b2c3d4-e5f6-47a8-99b0-c1d2e3f40516\"",
    "sessionId=\"dnm7a3CoJbPXdC5IY5-IbHvT\"", "status_code=401", "error_code=E1234567890123456789",
    "exit code: 1",
    "secretName: ingress-tls", "secretKeyRef", "KC_DB_PASSWORD_FILE=/run/secrets/db",
    "proxy_pass http://10.0.0.1:8080/",
    "GET /etc/passwd HTTP/1.1", "POST /realms/a/protocol/openid-connect/token/introspect HTTP/1.1",
    "/admin/realms/a/clients/0b2cdf3a-17a4-4be4-9a3e-3c5d9e1c7001/client-secret",
    "/orders/0b2cdf3a-17a4-4be4-9a3e-3c5d9e1c7001",
    "audience from token is '[https://sso.example.org/realms/a]'", "Token verification failed",
    "the token was issued before",
    "http://keycloak-http.auth.svc.cluster.local:8080/realms/a@b", "Cookies::CookieOverflow",
    "Expire restart cookie: true",
    "Authorization: Bearer undefined", "authorization: permission denied",
    "user 'x'@'172.17.0.1' (using password: YES)",
    "secret \"shop/orders-tls\" not found", "token.expired",
    #"{"grant_type":"password","client_id":"web2"}"#,
    #"["username", "password", "grant_type"]"#, #"["password", "expired"]"#,
    "token -> expired", "password>expired", "state : on", "name: web value: Zk3v9QmT7xR2bW8nLs5y",
    "name: token_lifespan value: 300", "secret/ingress-tls",
    "from secret/sh.helm.release.v1.keycloak.v12",
    "→ 401", "a -> b", "session > 30",
    "gets a new token [logs/keycloak.log:31]",
  ])
  func `what is no secret stays readable`(_ text: String) {
    #expect(Self.masked(text) == text)
  }

  @Test func `a long text of beginnings that lead nowhere takes no long time`() {
    for part in [
      "://a", "xeyJ", "basic+", "key=", "cookie: a ", "cookie:[ a ", "nonce='", "<token>",
      "token is ", "--password -", "\"pwd\", ", "'pwd', \\\"", "name: pin value: ", "code → ",
      "pwd>", "pwd:", "pwd->",
    ] {
      let text = String(repeating: part, count: (1 << 18) / part.utf8.count)
      let clock = ContinuousClock()
      let time = clock.measure { _ = Self.masked(text) }
      #expect(time < .seconds(20), "\(part)")
    }
  }
}
