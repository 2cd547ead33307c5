import Testing

internal import Evidence
internal import Ingest

@Suite struct KeycloakEventTests {
  @Test func `a quoted event yields its fields`() throws {
    let read = KeycloakReading(
      #"2026-04-03 13:03:27,753 WARN  [org.keycloak.events] (executor-thread-433) type="INTROSPECT_TOKEN_ERROR", realmId="4fd3172e", realmName="newsc", clientId="kong-client", userId="null", ipAddress="10.192.26.13", error="invalid_token", reason="Access token JWT check failed", client_auth_method="client-secret""#
    )
    let event = try #require(read.event)
    #expect(read.line?.format == .keycloakText)
    #expect(event.time.rfc3339 == "2026-04-03T13:03:27.753Z")
    #expect(read.text(event.type) == "INTROSPECT_TOKEN_ERROR")
    #expect(read.text(event.realm) == "newsc")
    #expect(read.text(event.client) == "kong-client")
    #expect(event.user.isNone)
    #expect(read.text(event.address) == "10.192.26.13")
    #expect(read.text(event.error) == "invalid_token")
    #expect(read.text(event.reason) == "Access token JWT check failed")
    #expect(read.text(event.clientAuthMethod) == "client-secret")
    #expect(read.sink.observations.coverage[0]?.hasSuccessEvents != true)
  }

  @Test func `an unquoted event of the WildFly era yields its fields`() throws {
    let read = KeycloakReading(
      "2021-10-22 21:20:42,120 WARN  [org.keycloak.events] (default task-2) type=LOGIN_ERROR, realmId=test, clientId=test, userId=cc74404c, ipAddress=172.18.0.1, error=invalid_user_credentials, auth_method=openid-connect, auth_type=code, redirect_uri=http://127.0.0.1:8080, code_id=3a76b735, username=admin, authSessionParentId=3a76b735, authSessionTabId=oJpF-WjDC04"
    )
    let event = try #require(read.event)
    #expect(read.text(event.error) == "invalid_user_credentials")
    #expect(read.text(event.realm) == "test")
    #expect(read.text(event.session) == "3a76b735")
    #expect(read.text(event.username) == "admin")
    #expect(read.text(event.redirectURI) == "http://127.0.0.1:8080")
    #expect(read.text(event.tab) == "oJpF-WjDC04")
  }

  @Test func `quotes inside a reason do not end it`() throws {
    let read = KeycloakReading(
      #"2024-01-10 13:21:01,772 WARN  [org.keycloak.events] (executor-thread-3) type="LOGIN_ERROR", realmId="r", clientId="c", userId="null", ipAddress="1.2.3.4", error="invalid_request", reason="Bad \"x\", really", action="ends in backslash\", token_id="t1""#
    )
    let event = try #require(read.event)
    #expect(read.text(event.reason) == #"Bad \"x\", really"#)
    #expect(read.text(event.tokenID) == "t1")
  }

  @Test func `success events are noted whatever their level`() {
    let read = KeycloakReading(
      #"2026-11-23 18:18:13,661 TRACE [org.keycloak.events] (executor-thread-2) type="REFRESH_TOKEN", realmId="r", realmName="shop", clientId="spa", userId="u", sessionId="s1", ipAddress="10.1.1.1", access_token_expiration_time="300", age_of_refresh_token="17", refresh_token_type="Refresh""#
    )
    #expect(read.sink.observations.coverage[0]?.hasSuccessEvents == true)
    #expect(read.event?.accessTokenLifespan == 300)
    #expect(read.event?.ageOfRefreshToken == 17)
    #expect(read.text(read.event?.session) == "s1")
  }

  @Test func `an admin event names operation and resource`() throws {
    let read = KeycloakReading(
      #"2026-11-23 18:18:16,773 DEBUG [org.keycloak.events] (executor-thread-2) operationType="ACTION", realmId="eb04", realmName="master", clientId="68ae", userId="7f28", ipAddress="10.244.1.81", resourceType="USER", resourcePath="users/7f28/logout""#
    )
    let admin = try #require(read.admin)
    #expect(read.text(admin.operation) == "ACTION")
    #expect(read.text(admin.resourceType) == "USER")
    #expect(read.text(admin.resourcePath) == "users/7f28/logout")
    #expect(read.text(admin.realm) == "master")
  }

  @Test(arguments: [
    "WARN  [org.keycloak.events] (executor-thread-26) type=LOGIN_ERROR, realmId=r, clientId=c, userId=null, ipAddress=198.51.100.4, error=invalid_redirect_uri, redirect_uri=http://sso.example.org:8443/a",
    "13:44:34,743 WARN  [org.keycloak.events] (default task-14) type=LOGIN_ERROR, realmId=demo, clientId=webcore, userId=null, ipAddress=10.241.36.125, error=invalid_redirect_uri",
    #"type="LOGIN_ERROR", realmId="demo", clientId="webcore", userId="null", ipAddress="10.241.36.125", error="invalid_redirect_uri""#,
    "2025-01-30T14:31:58,037 [WARN] [executor-thread-2] org.keycloak.events - type=LOGIN_ERROR, realmId=demo, clientId=c, userId=null, ipAddress=1.1.1.1, error=invalid_redirect_uri",
    "2024-08-05 15:27:07,144 traceId=b636ac4c665ceb901f7fdc3fc7e80154, parentId=d59cea113d0c2549, spanId=d59cea113d0c2549, sampled=true WARN  [org.keycloak.events] (executor-thread-1) type=\"LOGIN_ERROR\", realmId=\"demo\", clientId=\"c\", userId=\"null\", ipAddress=\"1.1.1.1\", error=\"invalid_redirect_uri\"",
    "2025-06-20 14:13:01,772 {kc.clientId=x, kc.realmName=master, traceId=b636} WARN  [org.keycloak.events] (executor-thread-1) type=\"LOGIN_ERROR\", realmId=\"demo\", clientId=\"c\", userId=\"null\", ipAddress=\"1.1.1.1\", error=\"invalid_redirect_uri\"",
  ])
  func `every head of an event line is read`(line: String) throws {
    let read = KeycloakReading(line)
    #expect(read.line?.format == .keycloakText)
    #expect(read.text(read.event?.error) == "invalid_redirect_uri")
  }

  @Test func `an event inside JSON is unescaped`() throws {
    let read = KeycloakReading(
      #"{"timestamp":"2024-10-30T17:27:03.414798073+05:30","sequence":9510,"loggerClassName":"org.jboss.logging.Logger","loggerName":"org.keycloak.events","level":"WARN","message":"type=\"CODE_TO_TOKEN_ERROR\", realmId=\"r\", realmName=\"shop\", clientId=\"spa\", userId=\"null\", ipAddress=\"10.0.0.1\", error=\"invalid_code\"","threadName":"executor-thread-7","threadId":69,"mdc":{"traceId":"abc"},"ndc":"","hostName":"kc-1","processName":"java","processId":81812}"#
    )
    let event = try #require(read.event)
    #expect(read.line?.format == .keycloakJSON)
    #expect(event.time.rfc3339 == "2024-10-30T11:57:03.414798073Z")
    #expect(read.text(event.error) == "invalid_code")
    #expect(read.text(event.writer) == "kc-1")
    #expect(read.text(event.traceID) == "abc")
  }

  @Test func `ECS names are read`() throws {
    let read = KeycloakReading(
      #"{"@timestamp":"2025-03-01T10:00:00.5Z","event.sequence":7,"log.logger":"org.keycloak.events","log.level":"WARN","message":"type=\"LOGIN_ERROR\", realmId=\"r\", realmName=\"shop\", clientId=\"spa\", userId=\"null\", ipAddress=\"10.0.0.1\", error=\"invalid_user_credentials\"","process.thread.name":"executor-thread-7","mdc":{},"ndc":"","host.hostname":"kc-1","ecs.version":"1.12.2","service.name":"Keycloak"}"#
    )
    #expect(read.line?.format == .keycloakJSON)
    #expect(read.text(read.event?.error) == "invalid_user_credentials")
  }

  @Test func `an assumed zone moves stamps without one`() {
    let line =
      "2024-01-10 13:21:01,772 WARN  [org.keycloak.services] (x-1) KC-SERVICES0053: login failure for user u1 from ip 127.0.0.1"
    #expect(KeycloakReading(line, offset: 3600).message?.time.rfc3339 == "2024-01-10T12:21:01.772Z")
  }

  @Test func `a clock without a date takes the day of its neighbour and passes midnight`() {
    let noon = Instant.utc(year: 2024, month: 3, day: 1, hour: 23, minute: 59, second: 59)
    let line = "00:00:01,000 WARN  [org.keycloak.services] (default task-1) KC-SERVICES0013: x"
    #expect(KeycloakReading(line, previous: noon).message?.time.rfc3339 == "2024-03-02T00:00:01Z")
    #expect(KeycloakReading(line).message?.time.isUndated == true)
  }

  @Test func `Keycloak's JSON is known by its loggers where other members were left out`() throws {
    let line =
      #"{"@timestamp":"2026-08-21T10:00:00.575Z","log.logger":"org.keycloak.events","log.level":"WARN","message":"type=\"REFRESH_TOKEN_ERROR\", realmId=\"r\", clientId=\"spa\", userId=\"null\", ipAddress=\"192.0.2.4\", error=\"invalid_token\"","service.name":"keycloak"}"#
    let reading = Reading(line)
    #expect(reading.line?.format == .keycloakJSON)
    let event = try #require(reading.observations.tokenEvents.first)
    #expect(reading.text(event.address) == "192.0.2.4")
    let adapter =
      #"{"timestamp":"2026-08-21T10:00:00.575Z","loggerName":"org.keycloak.adapters.X","level":"WARN","message":"x"}"#
    #expect(Reading(adapter).line?.format != .keycloakJSON)
  }
}
