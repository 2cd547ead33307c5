import Evidence
import Testing

@testable import Pipeline

/// Fragments in the words of gateways and of the auth services beside them.
@Suite struct GatewayWordsTests {
  @Test(arguments: [
    (
      "ERROR: failed to discover OIDC configuration: unexpected status \"526\": ",
      CauseID.proxyTLS
    ),
    ("failed to discover OIDC configuration: unexpected status \"521\": ", .keycloakDown),
    (
      "unable to verify the id token\t{\"error\": \"oidc: JWT claims invalid: missing claim: 'iat'\"}",
      .tokenClaimRejected
    ),
    ("\"invalid token: No trusted certs loaded\", client: 10.0.0.1", .resourceServerSettingsWrong),
    (
      "jwt signature verification failed: Decode secret is not a valid cert/public key: ASN1 lib",
      .resourceServerSettingsWrong
    ),
    (
      "(Failed to connect to 10.96.5.5 port 8080: Permission denied)", .netpolReject
    ),
    ("dial tcp 10.96.5.5:8080: connect: operation not permitted", .netpolReject),
    ("curl: (28) Resolving timed out after 5513 milliseconds", .dnsBlocked),
    ("DNS resolution failed: dns server error: 3 name error", .dnsNXDOMAIN),
    ("(SSL received a record that exceeded the maximum permissible length.)", .proxyTLS),
    ("SSL: no alternative certificate subject name matches target host name 'kc'", .proxyTLS),
    (
      "oidc_util_decode_json: JSON parsing returned an error: '[' or '{' expected near '<'",
      .resourceServerURLWrong
    ),
    (
      "WWW-Authenticate: Bearer realm=\"kong\",error=\"JSON decoding failed\"",
      .resourceServerURLWrong
    ),
    (
      "Error calling http://auth:4181. Cause: Get \"http://auth:4181\": connection refused",
      .ingressAuthRequestFailing
    ),
    ("Invalid status code in auth-request backend 'auth': 500", .ingressAuthRequestFailing),
    (
      "unable to retrieve authentication information for tokens: tokenreviews.authentication.k8s.io is forbidden: User \"a\" cannot create tokenreviews at the cluster scope",
      .resourceServerSettingsWrong
    ),
    ("provider.go:382: authorizer reason: no RBAC policy matched", .userRoleMissing),
    (
      "provider.go:345: authorizer reason: User \"system:anonymous\" cannot get namespaces",
      .benignFirstCallBeforeLogin
    ),
    (
      "Verifying token: unable to read session cookie: named cookie not present",
      .benignFirstCallBeforeLogin
    ),
    ("OIDC introspection failed: audience does not match the client id", .tokenAudienceMismatch),
    ("'nbf' claim not valid until Sun, 07 Mar 2026 14:22:01 GMT", .tokenClockSkew),
    ("OAuth 2.0 id_token email claim not found", .tokenClaimRejected),
    (
      "failed to fetch metadata for OAuth 2.0 authorization server: EOF",
      .resourceServerKeysUnavailable
    ),
    (
      "upstream connect error or disconnect/reset before headers. reset reason: connection timeout",
      .netpolDrop
    ),
  ])
  func `the words of a gateway get their cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    // A missing cookie is a visitor, not a lost login and not an expired renewal.
    "Error loading cookied session: cookie \"_oauth2_proxy\" not present, removing session",
    "oauthproxy.go:657: 10.0.0.1:51132 Cookie \"_oauth_proxy\" not present",
    "no jwt found in request",
    "session id cookie is missing",
    // Keycloak does not say what is wrong with the token.
    "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid bearer token\"}",
    // Any page may have been in the way.
    "Remote error http://auth:4181. StatusCode: 401",
    "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
  ])
  func `words of many causes are answered without confidence`(_ line: String) throws {
    for finding in try WordsTests.findings(line) { #expect(finding.confidence < 0.6) }
  }

  @Test(arguments: [
    "authz-keycloak exits with http status code 401, client: 10.0.0.1, server: _",
    "{\"message\":\"failed to verify jwt\"}",
    "invalid bearer token",
    "tar: /var/log/x: Cannot open: Permission denied while connecting the volume",
    "jobs.batch is forbidden: User \"ci\" cannot list resource \"jobs\" at the cluster scope",
    "discovery data not in cache, making call to discovery endpoint",
    "Set CSRF cookie and redirected to provider login url",
    // Read behind a stamp of the container's, it is no error by its own account.
    "2024-01-15 11:07:29 2024/01/15 18:07:29 [info] 10#10: *17 [lua] openidc.lua:1520: authenticate(): session.present=nil, token_expired=false, client: 10.0.0.1, server: app",
    "Warning  Unhealthy  49m (x4 over 49m)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503",
  ])
  func `near misses of a gateway's words stay undecided`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }

  @Test func `CSRF cookies that are missing are lost logins all the same`() throws {
    let line = "Error while loading CSRF cookie: http: named cookie not present"
    #expect(try WordsTests.findings(line).first?.cause == .sessionLoginStateLost)
  }

  @Test func `istiod's control plane tells of keys in the words of every version`() throws {
    let line =
      "2024-01-15T18:34:20.351443Z\terror\tmodel\tFailed to fetch pubkey from \"http://kc/certs\": "
      + "unsuccessful response from \"http://kc/certs\""
    #expect(try WordsTests.findings(line).first?.cause == .resourceServerKeysUnavailable)
  }

  @Test func `a stand-in key set of istiod names the fetch behind an unknown key`() throws {
    let findings = try WordsTests.findings(
      "Jwks doesn't have key to match kid or alg from Jwt.",
      "2024-01-15T10:29:40.948252Z\tinfo\tenvoy config\tlocal_jwks: "
        + "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"RXJyb3ItSXN0aW9kRmFpbGVkVG9GZXRjaEp3a3NVcmkt\"}]}")
    #expect(findings.first?.cause == .resourceServerKeysUnavailable)
  }

  @Test func `a resolver that does not answer mod_auth_openidc is no slow Keycloak`() throws {
    let line =
      "[Mon Jan 15 17:06:04.915430 2024] [auth_openidc:error] [pid 85] [client 10.0.0.2:34590] "
      + "oidc_util_http_call: curl_easy_perform() failed on: http://kc/realms/a (Resolving timed out "
      + "after 5513 milliseconds)"
    #expect(try WordsTests.findings(line).first?.cause == .dnsBlocked)
  }

  @Test func `a 500 of nginx after its redirected sub-request is the auth service's`() throws {
    let head = "10.0.0.1 - [10.0.0.1] - - [15/Jan/2024:15:52:24 +0000] \"GET / HTTP/2.0\" "
    let findings = try WordsTests.findings(
      head
        + "302 0 \"-\" \"Mozilla/5.0\" 0 0.099 [external-authentication] 10.0.2.3:443 0 0.098 302",
      head + "500 595 \"-\" \"Mozilla/5.0\" 314 0.099 [external-authentication] - - - -")
    #expect(findings.first?.cause == .ingressAuthRequestFailing)
  }
}
