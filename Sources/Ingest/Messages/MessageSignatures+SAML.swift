internal import Evidence

/// What service providers say of SAML assertions and their answers: crewjam/saml (Rancher), OneLogin's toolkits for PHP,
/// Python and Ruby, node-saml, SimpleSAMLphp, Shibboleth, Spring Security, user_saml, Keycloak's own adapter. Texts as in
/// their sources.
extension MessageSignatures {
  static let saml: [MessageSignature] =
    assertionSettings + assertionSignatures + assertionTimes + assertionLogins

  private static let assertionSettings: [MessageSignature] = [
    .init(
      .settingsWrong, "cannot decode IDP Metadata",
      like: "SAML: cannot initialize saml SP, cannot decode IDP Metadata content from the config"),
    .init(
      .settingsWrong, "cannot find any signing certificate in the IDP SSO descriptor",
      like:
        "cannot validate signature on Response: cannot find any signing certificate in the IDP SSO descriptor"
    ),
    .init(.settingsWrong, "either the Response or Assertion must be signed"),
    .init(
      .settingsWrong, "is not signed and the SP require it",
      like: "The Assertion of the Response is not signed and the SP require it"),
    .init(
      .settingsWrong, "is not encrypted and the SP require it",
      like: "The Assertion of the Response is not encrypted and the SP require it"),
    .init(.settingsWrong, "No Signature found. SAML Response rejected"),
    .init(
      .settingsWrong, "Unable to locate metadata for identity provider",
      like: "Unable to locate metadata for identity provider (https://sso/realms/a)"),
    .init(
      .settingsWrong, "The response was received at ", " instead of ",
      like: "The response was received at http://a/acs instead of https://a/acs"),
    .init(
      .settingsWrong, "Invalid destination [", "SAML",
      like: "Invalid destination [http://a/acs] for SAML response [ID_1]"),
    .init(.settingsWrong, "SubjectConfirmationData doesn't match a valid Recipient"),
    .init(.settingsWrong, "A valid SubjectConfirmation was not found on this Response"),
    .init(
      .tokenClaim, "IDP parameter for the UID (", "not found",
      like: "IDP parameter for the UID (username) not found. Possible parameters are: [\"Role\"]"),
    .init(
      .tokenAudience, "is not a valid audience for this Response",
      like: "http://a/metadata is not a valid audience for this Response"),
    .init(.tokenAudience, "SAML Response is not valid for this audience"),
  ]

  private static let assertionSignatures: [MessageSignature] = [
    .init(.tokenSignature, "ValidationError: Fingerprint mismatch"),
    .init(.tokenSignature, "Could not verify certificate against trusted certs"),
    .init(.tokenSignature, "cannot validate signature on Response"),
    .init(.tokenSignature, "cannot validate signature on Assertion"),
    .init(.tokenSignature, "Signature validation failed. SAML Response rejected"),
    .init(.tokenSignature, "Invalid Signature on SAML Response"),
    .init(.tokenSignature, "Failed to verify saml response signature"),
    .init(.tokenSignature, "Unable to establish security of incoming assertion"),
  ]

  private static let assertionTimes: [MessageSignature] = [
    .init(.tokenNotYetValid, "Received an assertion that is valid in the future"),
    .init(.tokenNotYetValid, "SAML assertion not yet valid"),
    .init(.tokenNotYetValid, "Could not validate timestamp: not yet valid"),
    .init(
      .tokenNotYetValid, "NotBefore condition of", "is not yet valid",
      like: "Assertion 'ID_1' with NotBefore condition of '2023-03-06T11:02:13Z' is not yet valid"),
    .init(.tokenExpired, "Received an assertion that has expired"),
    .init(.tokenExpired, "Could not validate timestamp: expired"),
    .init(.tokenExpired, "SAML assertion expired"),
    .init(
      .tokenExpired, "NotOnOrAfter condition of", "is no longer valid",
      like: "Assertion 'ID_1' with NotOnOrAfter condition of '2023-03-06T11:02Z' is no longer valid"
    ),
  ]

  /// Nobody remembers the login that an answer belongs to.
  private static let assertionLogins: [MessageSignature] = [
    .init(.loginStateLost, "InResponseTo is not valid"),
    .init(.loginStateLost, "InResponseTo is missing from response"),
    .init(
      .loginStateLost, "InResponseTo attribute [", "no saved authentication request",
      like:
        "The response contained an InResponseTo attribute [ARQ1] but no saved authentication request was found"
    ),
    .init(
      .loginStateLost, "The InResponseTo of the Response: ", "does not match",
      like: "The InResponseTo of the Response: A, does not match the ID of the AuthNRequest sent"),
  ]
}
