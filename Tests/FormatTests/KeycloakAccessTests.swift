import Testing

internal import Evidence
internal import Ingest

@Suite struct KeycloakAccessTests {
  static let line =
    #"2026-11-23 14:21:10,806 INFO  [org.keycloak.http.access-log] (executor-thread-3) 10.244.1.172 - - [23/Nov/2026:14:21:10 -0500] "POST /realms/shop/protocol/openid-connect/token HTTP/1.1" 401 93"#

  @Test func `an access line inside the log is a request at Keycloak`() throws {
    let read = KeycloakReading(Self.line, offset: -18000)
    let request = try #require(read.request)
    #expect(read.line?.format == .keycloakAccess)
    #expect(request.hop == .keycloak)
    #expect(request.status == 401)
    #expect(request.responseBytes == 93)
    #expect(read.text(request.method) == "POST")
    #expect(read.text(request.path) == "/realms/shop/protocol/openid-connect/token")
    #expect(read.text(request.client) == "10.244.1.172")
    #expect(request.end.rfc3339 == "2026-11-23T19:21:10.806Z")
  }

  @Test func `the zone of the log is found in an access line`() {
    let bytes = Array(Self.line.utf8)
    #expect(KeycloakZone.offset(bytes.span, 0, bytes.count) == -18000)
    let other = Array("2026-11-23 14:21:10,806 INFO  [io.quarkus] (main) x".utf8)
    #expect(KeycloakZone.offset(other.span, 0, other.count) == nil)
  }

  @Test func `a raw access file is read by its paths`() throws {
    let read = KeycloakReading(
      #"172.17.0.1 - - [10/Jan/2026:11:10:02 +0000] "GET /realms/shop/protocol/openid-connect/auth?response_type=code&client_id=spa&state=s3cret HTTP/1.1" 400 108"#
    )
    #expect(read.line?.format == .keycloakAccess)
    #expect(read.text(read.request?.oauthClient) == "spa")
    #expect(read.text(read.request?.path) == "/realms/shop/protocol/openid-connect/auth")
  }
}
