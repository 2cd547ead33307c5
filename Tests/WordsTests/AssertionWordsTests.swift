import Evidence
import Testing

@testable import Pipeline

/// Answers of SAML that a service provider refused, and lines of those who keep parties apart.
@Suite struct AssertionWordsTests {
  @Test(arguments: [
    // crewjam/saml, as Rancher prints it.
    (
      "SAML: cannot initialize saml SP, cannot decode IDP Metadata content from the config &{{ } {keycloak",
      CauseID.resourceServerSettingsWrong
    ),
    (
      "ERROR: cannot validate signature on Response: cannot find any signing certificate in the IDP SSO descriptor",
      .resourceServerSettingsWrong
    ),
    (
      "2020/03/16 10:12:01 [DEBUG] SAML [HandleSamlAssertion]: ERROR: either the Response or Assertion must be signed",
      .resourceServerSettingsWrong
    ),
    (
      "WARNING: received invalid saml response: Authentication failed (now: 2023-03-06 11:02:13 +0000 UTC) cannot validate signature on Response: Could not verify certificate against trusted certs",
      .tokenBadSignature
    ),
    ("OneLogin::RubySaml::ValidationError: Fingerprint mismatch", .tokenBadSignature),
    (
      "opensaml::saml2md::MetadataException: Unable to locate metadata for identity provider (https://sso.example.org/realms/app)",
      .resourceServerSettingsWrong
    ),
    // Where an answer arrived, and where it was meant to.
    (
      "The response was received at http://app.example.org/acs instead of https://app.example.org/acs",
      .proxyForwardedHeadersMissing
    ),
    (
      "ERROR: A valid SubjectConfirmation was not found on this Response: SubjectConfirmationData doesn't match a valid Recipient",
      .proxyForwardedHeadersMissing
    ),
    // Clocks: an assertion is judged as it arrives.
    ("Could not validate timestamp: expired. Check system clock.", .tokenClockSkew),
    ("Could not validate timestamp: not yet valid. Check system clock.", .tokenClockSkew),
    (
      "SimpleSAML\\Error\\Exception: Received an assertion that is valid in the future. Check clock synchronization on IdP and SP.",
      .tokenClockSkew
    ),
    // The login is forgotten.
    ("Error: InResponseTo is not valid", .sessionLoginStateLost),
    (
      "The response contained an InResponseTo attribute [ARQ123] but no saved authentication request was found",
      .sessionLoginStateLost
    ),
    (
      "{\"app\":\"user_saml\",\"message\":\"IDP parameter for the UID (username) not found. Possible parameters are: [\\\"Role\\\"]\"}",
      .tokenClaimRejected
    ),
  ])
  func `a refused assertion gets its cause`(_ line: String, _ cause: CauseID) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
  }

  @Test(arguments: [
    (
      "Apr 10 10:00:00 node1 kernel: FINAL_REJECT: IN=eth0 OUT= MAC=52:54:00 SRC=10.0.0.5 DST=10.0.0.9 LEN=60 TTL=64 PROTO=TCP SPT=43210 DPT=8080 SYN URGP=0",
      CauseID.netpolDrop
    ),
    (
      "2 123456789010 eni-1235b8ca123456789 10.0.0.5 10.0.1.7 49152 8080 6 4 240 1616729292 1616729349 REJECT OK",
      .netpolDrop
    ),
    (
      "2023-05-01T10:00:00.000Z|00004|acl_log(ovn_pinctrl0)|INFO|name=\"NP:auth:deny-all:Ingress\", verdict=drop, severity=alert, direction=to-lport: tcp,nw_src=10.128.2.5,nw_dst=10.128.2.9,tp_dst=8080",
      .netpolDrop
    ),
    (
      "{\"source_name\":\"web-*\",\"dest_name\":\"keycloak-*\",\"dest_port\":8080,\"proto\":\"tcp\",\"action\":\"deny\",\"reporter\":\"dst\",\"policies\":{\"all_policies\":[\"0|default|auth/default.deny-all|deny\"]}}",
      .netpolDrop
    ),
    (
      "1672531200.123      0 10.0.0.5 TCP_DENIED/403 3865 CONNECT sso.example.org:443 - HIER_NONE/- text/html",
      .netpolReject
    ),
    (
      "requests.exceptions.ProxyError: HTTPSConnectionPool(host='sso.example.org', port=443): Max retries exceeded with url: /realms/app/protocol/openid-connect/token (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden')))",
      .netpolReject
    ),
    (
      "java.io.IOException: Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 403 Forbidden\"",
      .netpolReject
    ),
    (
      "{\"timestamp\":\"[   123.456s]\",\"level\":\"INFO\",\"fields\":{\"message\":\"Request denied\",\"server\":\"auth/keycloak-http\"},\"target\":\"linkerd_app_inbound::policy::http\"}",
      .netpolReject
    ),
    (
      "nc: connect to keycloak.auth.svc (10.96.12.34) port 8080 (tcp) timed out: Operation now in progress",
      .netpolDrop
    ),
    // Names, in the words of c-ares and of Go.
    (
      "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host keycloak:8080 ssl:default [Domain name not found]",
      .dnsNXDOMAIN
    ),
    (
      "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host sso.example.org:443 ssl:default [Timeout while contacting DNS servers]",
      .dnsBlocked
    ),
    (
      "dial tcp: lookup sso.example.org on 10.96.0.10:53: read udp 10.0.0.5:38117->10.96.0.10:53: read: connection refused",
      .dnsSERVFAIL
    ),
    (
      "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"\\x15\\x03\\x01\\x00\\x02\\x02\"",
      .proxyTLS
    ),
  ])
  func `what keeps two parties apart is read from whoever wrote it down`(
    _ line: String, _ cause: CauseID
  ) throws {
    let first = try #require(try WordsTests.findings(line).first)
    #expect(first.cause == cause)
    #expect(first.confidence < 0.95)
  }

  @Test(arguments: [
    "The proxy tunnel was established in 403 ms",
    "2 123456789010 eni-1235b8ca123456789 10.0.0.5 10.0.1.7 49152 8080 6 4 240 1 2 ACCEPT OK",
    "kernel: IN=eth0 OUT= SRC=10.0.0.5 DST=10.0.0.9 PROTO=TCP SPT=43210 DPT=8080 SYN",
    "1672531200.123 90 10.0.0.5 TCP_TUNNEL/200 3865 CONNECT sso.example.org:443 - HIER_DIRECT/10.1.1.1 -",
    "Fingerprint of the host key has changed",
  ])
  func `what went through names no cause`(_ line: String) throws {
    #expect(try WordsTests.findings(line).allSatisfy { $0.cause == .undecided })
  }
}
