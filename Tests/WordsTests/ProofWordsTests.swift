import Evidence
import Testing

@testable import Pipeline

/// Proofs of possession, assertions that clients sign, and what further validators say; with lines that only look
/// like them.
@Suite struct ProofWordsTests {
  private static func answer(_ error: String, _ description: String) -> String {
    "{\"error\":\"\(error)\",\"error_description\":\"\(description)\"}"
  }

  private static func assertion(_ reason: String) -> String {
    "2024-06-20 02:31:18,406 ERROR [org.keycloak.services] (executor-thread-18) KC-SERVICES0025: "
      + "Error when validating client assertion: java.lang.RuntimeException: " + reason
  }

  @Test(arguments: [
    (answer("invalid_request", "DPoP proof is not active"), CauseID.tokenClockSkew),
    (
      "type=\"CODE_TO_TOKEN_ERROR\", error=\"invalid_dpop_proof\", reason=\"DPoP proof is not active\"",
      .tokenClockSkew
    ),
    (
      WordsTests.event(
        "REFRESH_TOKEN_ERROR", "error=\"invalid_dpop_proof\", reason=\"DPoP HTTP URL mismatch\""),
      .proxyForwardedHeadersMissing
    ),
    (answer("invalid_request", "DPoP proof is missing"), .resourceServerSettingsWrong),
    (answer("invalid_request", "DPoP proof has already been used"), .tokenClaimRejected),
    ("DPoP Proof public key thumbprint does not match dpop_jkt", .tokenClaimRejected),
    ("Invalid or missing type in DPoP header: JWT", .tokenMalformed),
    ("Unsupported DPoP algorithm: HS256", .tokenAlgorithm),
    ("DPoP verification failure: Invalid token signature", .tokenBadSignature),
    (
      "Client Certification missing for MTLS HoK Token Binding", .resourceServerSettingsWrong
    ),
    (
      answer(
        "unauthorized_client",
        "Client certificate missing, or its thumbprint and one in the refresh token did NOT match"),
      .tokenClaimRejected
    ),
  ])
  func `a proof of possession that did not convince gets its cause`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    (answer("invalid_client", "Invalid token audience"), CauseID.clientBadSecret),
    (answer("invalid_client", "client_id parameter does not match sub claim"), .clientBadSecret),
    (answer("invalid_client", "Token reuse detected"), .clientBadSecret),
    (answer("invalid_client", "Token is not active"), .tokenClockSkew),
    (assertion("Token is not active"), .tokenClockSkew),
    // The same host: the client names another end-point.
    (
      assertion(
        "Token audience doesn't match domain. Expected audiences are any of [https://sso.example.org/realms/a, https://sso.example.org/realms/a/protocol/openid-connect/token] but audience from token is '[https://sso.example.org/realms/a/protocol/openid-connect/token/introspect]'"
      ), .clientBadSecret
    ),
    // Another scheme: Keycloak does not know its own address.
    (
      assertion(
        "Token audience doesn't match domain. Expected audiences are any of [http://sso.example.org/realms/a] but audience from token is '[https://sso.example.org/realms/a]'"
      ), .proxyForwardedHeadersMissing
    ),
    (
      answer("invalid_grant", "JWT Authorization Grant is not supported for the requested client"),
      .clientGrantNotAllowed
    ),
    (
      answer("invalid_client", "Public client is not allowed to exchange token"),
      .clientGrantNotAllowed
    ),
  ])
  func `a client's assertion is refused for the reason that Keycloak gives`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    ("OpenIDConnect::Discovery::DiscoveryFailed (Issuer mismatch):", CauseID.tokenIssuerMismatch),
    ("OpenIDConnect::Discovery::DiscoveryFailed (Not Found):", .resourceServerURLWrong),
    (
      "[Mon Jun 08 10:58:01.446217 2015] [auth_openidc:error] [pid 21877] [client 198.51.100.31:54585] oidc_proto_validate_iat: \"iat\" validation failure (1434320104): JWT was issued more than 600 seconds in the future",
      .tokenClockSkew
    ),
    (
      "[Mon Jun 08 10:58:01.446217 2015] [auth_openidc:error] [pid 21877] [client 198.51.100.31:54585] oidc_proto_validate_iat: \"iat\" validation failure (1434320104): JWT was issued more than 600 seconds ago",
      .tokenExpired
    ),
    (
      "[2020/09/18 13:32:48] [logger.go:490] Rejecting invalid redirect \"https://a.example.org/\": domain / port not in whitelist",
      .resourceServerSettingsWrong
    ),
    ("JsonWebTokenError: jwt subject invalid. expected: alice", .tokenClaimRejected),
    ("failed to get state: http: named cookie not present", .sessionLoginStateLost),
    ("invalid state (expected a1, got b2)", .sessionLoginStateLost),
    ("ERROR (no-identity-token): No identity token.", .clientScopeMissing),
    ("missing_authorization: Missing 'Authorization' in headers.", .tokenMissing),
    (
      "Redirect URI https://app.example.org/cb is not supported by client.",
      .clientRedirectURIInvalid
    ),
  ])
  func `validators are heard for the reason that they give`(_ line: String, _ cause: CauseID) throws
  {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    (
      "Jul 20 19:24:57.551: kube-system/coredns-5c7:53 -> shop/app-7b7:42057 dns-response FORWARDED (DNS Answer RCode: Server Failure  TTL: 4294967295 (Proxy keycloak.auth.svc.cluster.local. A))",
      CauseID.dnsSERVFAIL
    ),
    (
      "Jul 20 19:24:57.551: shop/app-7b7:42057 -> kube-system/coredns-5c7:53 dns-request proxy DROPPED (DNS Query keycloak.auth.svc.cluster.local. A)",
      .dnsBlocked
    ),
    (
      "Jul 20 19:24:56.572: shop/app-7b7:33000 -> auth/keycloak-0:8080 Policy denied DROPPED (TCP Flags: SYN)",
      .netpolDrop
    ),
    (
      "2024-01-15 14:22:21,200 ERROR [org.keycloak.services.error.KeycloakErrorHandler] (executor-thread-14) Uncaught server error: org.infinispan.commons.IllegalLifecycleStateException: ISPN000324: Cache 'realms' is in 'STOPPING' state and this is an invocation not belonging to an on-going transaction, so it does not accept new invocations.",
      .keycloakDown
    ),
  ])
  func `flows of Hubble and caches that stop name what broke below`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    // The answer that a port is closed was dropped, nothing else.
    "Jul 20 19:24:56.572: shop/app-7b7 -> 10.100.0.10 Policy denied DROPPED (ICMPv4 DestinationUnreachable(Port))",
    "kube-system/coredns-5c7:53 <- shop/app-7b7:42057 dns-request FORWARDED (DNS Query cilium.io. AAAA)",
    "DPoP support is enabled for client web",
    "Redirecting to the URI https://app.example.org/cb",
    "Rejecting invalid redirects is on",
  ])
  func `near misses of proofs and flows stay undecided`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }
}
