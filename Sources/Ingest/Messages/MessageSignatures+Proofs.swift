internal import Evidence

/// Proofs that a token or a request is its sender's: DPoP, tokens bound to a client certificate, assertions
/// that clients sign. Texts as in Keycloak's sources (`DPoPUtil`, `MtlsHoKTokenUtil`,
/// `AbstractBaseJWTValidator`).
extension MessageSignatures {
  /// Asked before the rows for tokens in general, whose words stand in these.
  static let proofs: [MessageSignature] = possession + assertions

  private static let possession: [MessageSignature] = [
    .init(.tokenProof, "DPoP proof ", like: "DPoP proof is not active"),
    .init(.tokenProof, "DPoP Proof ", like: "DPoP Proof missing"),
    .init(.tokenProof, "DPoP header", like: "Invalid or missing type in DPoP header: JWT"),
    .init(.tokenProof, "DPoP HTTP URL mismatch"),
    .init(.tokenProof, "DPoP HTTP method mismatch"),
    .init(.tokenProof, "DPoP confirmation doesn't match DPoP proof"),
    .init(.tokenProof, "DPoP verification failure"),
    .init(.tokenProof, "DPoP mandatory claims are missing"),
    .init(.tokenProof, "Unsupported DPoP algorithm"),
    .init(.tokenProof, "access token hash in DPoP proof"),
    .init(.tokenProof, "No DPoP confirmation in access token"),
    .init(.tokenProof, "No DPoP key thumbprint in access token"),
    .init(.tokenProof, "HTTP URL in DPoP proof", like: "Malformed HTTP URL in DPoP proof"),
    .init(.tokenProof, "The access token type is DPoP but"),
    .init(.tokenProof, "The access token type is not DPoP but"),
    .init(.tokenProof, "no DPoP Authorization header is present"),
    .init(.tokenProof, "invalid_dpop_proof"),
    .init(.tokenProof, "Client Certification missing for MTLS HoK Token Binding"),
    .init(.tokenProof, "Client certificate missing, or its thumbprint"),
  ]

  /// Why an assertion did not convince, as the description of `invalid_client`.
  private static let assertions: [MessageSignature] = [
    .init(.keycloakClientAssertion, "Invalid token audience", "invalid_client"),
    .init(.keycloakClientAssertion, "Multiple audiences not allowed", "invalid_client"),
    .init(.keycloakClientAssertion, "Token sub claim is required"),
    .init(.keycloakClientAssertion, "Token jti claim is required"),
    .init(.keycloakClientAssertion, "Token exp claim is required"),
    .init(.keycloakClientAssertion, "client_id parameter does not match sub claim"),
    .init(.keycloakClientAssertion, "client_id parameter not matching with client assertion"),
    .init(.keycloakClientAssertion, "Issuer mismatch. The issuer should match the subject"),
    .init(.keycloakClientAssertion, "Parameter client_assertion_type"),
    .init(.keycloakClientAssertion, "client_assertion parameter missing"),
    .init(.keycloakClientAssertion, "Unable to load public key", "invalid_client"),
    .init(.keycloakClientAssertion, "invalid signature algorithm", "invalid_client"),
    .init(.keycloakClientAssertion, "Token reuse detected", "invalid_client"),
    .init(.keycloakClientAssertion, "Token is not active", "invalid_client"),
    .init(.keycloakClientAssertion, "Token was issued too far in the past", "invalid_client"),
    .init(.keycloakClientAssertion, "Token expiration is too far in the future"),
  ]
}
