internal import Evidence

/// What the Kubernetes API server and its clients, kube-rbac-proxy, Cilium, firewalls and browsers say of
/// callers, of policies, and of answers that must not be used. Texts as in the products' sources.
extension MessageSignatures {
  static let clusters: [MessageSignature] = apiServer + firewalls + preflights

  private static let apiServer: [MessageSignature] = [
    .init(
      .tokenMissing, "User \"system:anonymous\"", "cannot ", "orbidden",
      like: "Error from server (Forbidden): User \"system:anonymous\" cannot list nodes"),
    .init(.settingsWrong, "tokenreviews.authentication.k8s.io is forbidden"),
    .init(.settingsWrong, "subjectaccessreviews.authorization.k8s.io is forbidden"),
    // The names that the API server gives to Keycloak's users; accounts of the cluster are no business of its.
    .init(
      .roleMissing, "forbidden: User \"http", "cannot ",
      like: "pods is forbidden: User \"https://sso/realms/a#bob\" cannot list resource \"pods\""),
    .init(
      .roleMissing, "forbidden: User \"oidc", "cannot ",
      like: "pods is forbidden: User \"oidc:bob\" cannot list resource \"pods\" in API group \"\""),
    .init(.tokenInactive, "Token has been invalidated"),
    .init(.tokenInactive, "Service account token has been invalidated", caseless: true),
    .init(.tokenExpired, "service account token has expired", caseless: true),
    .init(
      .tokenClaim, "oidc: required claim", "value does not match",
      like: "oidc: required claim groups value does not match. Got = a, want = b"),
    .init(.tokenClaim, "oidc: error evaluating claim validation expression"),
    .init(.tokenClaim, "oidc: error evaluating user info validation rule"),
    .init(.tokenClaim, "oidc: parse groups claim"),
    .init(.tokenClaim, "claim not present", like: "'email_verified' claim not present"),
    .init(.settingsWrong, "oidc: unsupported signing alg"),
    .init(.settingsWrong, "oidc: invalid configuration, audiences cannot be empty"),
    .init(.callWrongURL, "expected Content-Type = application/json, got"),
    .init(.callWrongURL, "provider did not return JWKS URL"),
    .init(.keysUnavailable, "oidc authenticator: async token verifier for issuer"),
    .init(.keysUnavailable, "oidc authenticator: error getting JWKS URL"),
    .init(
      .keysUnavailable, "oidc: authenticator for issuer", "is not healthy",
      like: "oidc: authenticator for issuer \"https://sso.example.org\" is not healthy: EOF"),
    .init(.keysUnavailable, "verifier not initialized for issuer"),
    .init(.tokenRefused, "the server has asked for the client to provide credentials"),
    .init(.tokenRefused, "You must be logged in to the server"),
  ]

  private static let firewalls: [MessageSignature] = [
    .init(
      .policyDenied, "drop (Policy denied",
      like: "xx drop (Policy denied) flow 0xdd60fbdd to endpoint 0, identity 36262->kube-apiserver"),
    .init(
      .policyDenied, "Policy denied by denylist",
      like: "drop reason: Policy denied by denylist"),
    .init(
      .dnsServerFailure, "DNS Answer RCode: Server Failure",
      like: "dns-response FORWARDED (DNS Answer RCode: Server Failure TTL: 7 (Proxy kc.example. A))"
    ),
    .init(.dnsServerFailure, "DNS Answer RCode: Query Refused"),
    .init(.dnsNameNotFound, "DNS Answer RCode: Non-Existent Domain"),
    .init(
      .policyDenied, "dns-request", "DROPPED", "DNS Query",
      like: "coredns-5c7:53 dns-request proxy DROPPED (DNS Query keycloak.auth.svc.example. A)"),
    .init(
      .policyDenied, "policy-verdict:", "DENIED",
      like: "10.0.0.1:41 -> 10.0.0.2:8080 policy-verdict:none INGRESS DENIED (TCP Flags: SYN)"),
    .init(
      .policyDenied, "Policy verdict log: flow ", "action deny",
      like: "Policy verdict log: flow 0x0 local EP ID 1, match none, ingress, action deny"),
    .init(
      .policyDenied, "[UFW BLOCK]", like: "[UFW BLOCK] IN=eth0 SRC=10.0.0.1 DST=10.0.0.2 DPT=8080"),
    .init(
      .policyDenied, "calico-packet: ",
      like: "calico-packet: IN=cali1 OUT=eth0 SRC=10.0.0.1 DPT=8080"
    ),
  ]

  /// A browser that will not use an answer, in its own words.
  private static let preflights: [MessageSignature] = [
    .init(.corsRefused, "Response for preflight is invalid"),
    // Safari's.
    .init(
      .corsRefused, "due to access control checks", "cannot load",
      like: "XMLHttpRequest cannot load https://kc/realms/a/token due to access control checks."),
    .init(.corsRefused, "Response for preflight has invalid HTTP status code"),
    .init(.corsRefused, "Response to preflight request doesn't pass access control check"),
    .init(.corsRefused, "No 'Access-Control-Allow-Origin' header is present"),
    .init(.corsRefused, "Redirect is not allowed for a preflight request"),
    .init(.corsRefused, "is not allowed by Access-Control-Allow-Headers"),
    .init(.corsRefused, "is not allowed by Access-Control-Allow-Origin"),
    .init(.corsRefused, "is not allowed by Access-Control-Allow-Methods"),
    .init(.corsRefused, "Preflight response is not successful"),
    .init(.corsRefused, "CORS preflight channel did not succeed"),
    .init(.corsRefused, "CORS header 'Access-Control-Allow-Origin' missing"),
    .init(.corsRefused, "CORS header ‘Access-Control-Allow-Origin’ missing"),
    .init(.corsRefused, "CORS request did not succeed"),
    .init(.corsRefused, "CORS policy execution failed"),
    .init(
      .hostnameOptions, "Blocked loading mixed active content",
      like: "Blocked loading mixed active content “http://sso.example.org/auth/js/keycloak.js”"),
    .init(
      .keysUnavailable, "Jwks async fetching url=", "failed",
      like: "Jwks async fetching url=http://kc/certs: failed"),
    .init(
      .corsRefused, "origin is not allowed", "Reject: '",
      like: "Reject: 'https://app.example.org' origin is not allowed"),
  ]
}
