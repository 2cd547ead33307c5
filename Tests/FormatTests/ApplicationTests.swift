import Testing

internal import Evidence
internal import Ingest

@Suite struct ApplicationTests {
  /// Layout, level, logger, statement.
  static let layouts: [(String, Level, String)] = [
    ("2026-11-23 19:52:37,416 WARNING [orders.auth] Signature has expired", .warn, "orders.auth"),
    (
      "2026-11-23 19:52:37,416 - orders.auth - ERROR - Signature has expired", .error, "orders.auth"
    ),
    ("2026-11-23 19:52:37,416 ERROR orders.auth: Signature has expired", .error, "orders.auth"),
    (
      "2026-11-23 19:52:37.416 [main] WARN  c.e.Filter - Signature has expired", .warn, "c.e.Filter"
    ),
    ("2026-11-23 19:52:37.416 WARN [main] c.e.Filter - Signature has expired", .warn, "c.e.Filter"),
    (
      "2026-11-23 19:52:37.416 WARN  [c.e.Filter] (executor-1) Signature has expired", .warn,
      "c.e.Filter"
    ),
    (
      "2026-11-23T19:52:37.416Z  WARN 7 --- [exec-4] c.e.Filter   : Signature has expired", .warn,
      "c.e.Filter"
    ),
    (
      "2026-11-23 19:52:37.416 | ERROR    | app.auth:verify:12 - Signature has expired", .error,
      "app.auth:verify:12"
    ),
    ("[2026-11-23T19:52:37.416+00:00] app.WARNING: Signature has expired", .warn, "app"),
    (
      "2026-11-23T19:52:37.416Z\tERROR\tauth/check.go:75\tSignature has expired", .error,
      "auth/check.go:75"
    ),
    ("2026/11/23 19:52:37 Signature has expired", .unknown, ""),
    (
      "23-Nov-2026 19:52:37.416 SEVERE [http-nio-8080-exec-4] com.example.Filter.doFilter Signature has expired",
      .error, "com.example.Filter.doFilter"
    ),
    ("[23-Nov-2026 19:52:37 UTC] PHP Warning:  Signature has expired", .warn, ""),
    ("INFO: 2026/11/23 19:52:37.416408 Signature has expired", .info, ""),
    ("[ERROR] 2026/11/23 19:52:37 Signature has expired", .error, ""),
    ("ERROR 2026-11-23 19:52:37,416 orders.auth: Signature has expired", .error, "orders.auth"),
    (
      "WARN  [exec-4] 2026-11-23 19:52:37,416 Filter.java:240 - Signature has expired", .warn,
      "Filter.java:240"
    ),
    (
      "[Nest] 7  - 11/23/2026, 7:52:37 PM    WARN [AuthService] Signature has expired", .warn,
      "AuthService"
    ),
    ("2026-11-23 19:52:37 UTC | WARN | Signature has expired", .warn, ""),
    ("orders: 2026/11/23 19:52:37 Signature has expired", .unknown, "orders"),
    ("[orders] 2026/11/23 19:52:37 Signature has expired", .unknown, "orders"),
  ]

  @Test(arguments: [
    "the order of 2026/11/23 19:52:37 is refused: Signature has expired",
    "23-Nov-2026 at 19:52:37 it said: Signature has expired",
  ])
  func `a date in a sentence is no stamp`(_ line: String) {
    #expect(KeycloakReading(line).message?.time.isKnown != true)
  }

  @Test(arguments: [
    "2026-11-23 19:52:37 UTC | WARN | Signature has expired",
    "2026-11-23 19:52:37 GMT WARN Signature has expired",
    "[23-Nov-2026 19:52:37 UTC] PHP Warning:  Signature has expired",
  ])
  func `a stamp that says UTC is not moved by an assumed zone`(_ line: String) {
    #expect(
      KeycloakReading(line, offset: 7200).message?.time.rfc3339 == "2026-11-23T19:52:37Z")
  }

  @Test func `MariaDB's hour may have a blank before it`() {
    let line = "2026-11-23  7:52:37 8 [Warning] Access denied for user 'kc'@'10.0.0.7'"
    #expect(KeycloakReading(line).line?.time.rfc3339 == "2026-11-23T07:52:37Z")
    let sentence = "2026-11-23   :52:37 8 [Warning] Access denied"
    #expect(KeycloakReading(sentence).line?.time.isKnown != true)
  }

  @Test(arguments: [
    // Elastic's loggers: objects.
    #"{"@timestamp":"2026-11-23T19:52:37.416Z","log.level":"info","message":"handled request","http":{"request":{"method":"GET"},"response":{"status_code":401}},"url":{"full":"http://h/api?q=1","path":"/api"},"client":{"address":"10.0.0.7","port":4711},"user_agent":{"original":"curl/8"}}"#,
    #"{"@timestamp":"2026-11-23T19:52:37.416Z","message":"request","source":{"ip":"10.0.0.7"},"http":{"request":{"method":"GET"},"response":{"status_code":401}},"url":{"original":"/api?q=1"},"user_agent":{"original":"curl/8"}}"#,
    // The same names with dots; OpenTelemetry's attributes.
    #"{"@timestamp":"2026-11-23T19:52:37.416Z","log.level":"info","message":"request","http.request.method":"GET","url.path":"/api","http.response.status_code":401,"client.ip":"10.0.0.7","user_agent.original":"curl/8"}"#,
    #"{"timestamp":"2026-11-23T19:52:37.416Z","body":"request","attributes":{"http.request.method":"GET","url.path":"/api","http.response.status_code":401,"network.peer.address":"10.0.0.7","user_agent.original":"curl/8"}}"#,
    // The Docker registry.
    #"time="2026-11-23T19:52:37.416Z" level=info msg="response completed" http.request.method=GET http.request.remoteaddr="10.0.0.7:41842" http.request.uri="/api" http.request.useragent="curl/8" http.response.duration=1.5ms http.response.status=401 http.response.written=87"#,
  ])
  func `a request in the names of ECS, OpenTelemetry or the Docker registry is one`(
    _ line: String
  ) throws {
    let read = KeycloakReading(line)
    let request = try #require(read.request)
    #expect(request.status == 401)
    #expect(read.text(request.method) == "GET")
    #expect(read.text(request.path) == "/api")
    #expect(read.text(request.client) == "10.0.0.7")
    #expect(read.text(request.userAgent) == "curl/8")
    #expect(request.end.rfc3339 == "2026-11-23T19:52:37.416Z")
  }

  @Test func `a record that names its source as a text has no client`() throws {
    let read = KeycloakReading(
      #"{"timestamp":"2026-11-23T19:52:37Z","level":"error","source":"auth.go","message":"Signature has expired"}"#
    )
    #expect(try #require(read.message).client.isNone)
  }

  @Test(arguments: [
    "Oct 11, 2024 8:42:14 PM FINE org.jenkinsci.plugins.oic.OicSecurityRealm",
    "Oct 11, 2024 8:42:14 PM org.apache.catalina.core.StandardService startInternal",
    "Oct 11, 2024 8:42:14\u{202F}PM org.apache.catalina.core.StandardService startInternal",
  ])
  func `the first line of a record of Java's own log has its time`(_ line: String) throws {
    let read = try #require(Reading(line).line)
    #expect(read.format == .applicationText)
    #expect(read.time == Instant(nanoseconds: 1_728_679_334_000_000_000))
    #expect(read.isMessage)
  }

  @Test(arguments: [
    "Oct 11, 2024 8:42:14 PM was when the shop opened",
    "Oct 11, 2024 8:42:14 org.apache.catalina.core.StandardService startInternal",
    "Oct 11, 2024 18:42:14 PM org.apache.catalina.core.StandardService startInternal",
  ])
  func `a sentence or another clock is no first line of Java's own log`(_ line: String) {
    #expect(Reading(line).line?.format != .applicationText)
  }

  @Test(arguments: layouts)
  func `a layout's level and logger are found`(_ line: String, _ level: Level, _ logger: String)
    throws
  {
    let read = KeycloakReading(line)
    let message = try #require(read.message)
    #expect(message.statement == .tokenExpired)
    #expect(message.level == level)
    #expect(read.text(message.logger) == logger)
    #expect(read.text(message.text) == "Signature has expired")
    #expect(message.time.rfc3339.hasPrefix("2026-11-23T19:52:37"))
  }

  @Test func `an access message is a request with its ids`() throws {
    let read = KeycloakReading(
      #"{"timestamp": "2026-11-23T17:55:18.713Z", "level": "INFO", "logger": "orders.access", "message": "192.168.40.72 GET /orders/api/carts/309 401 109.5ms", "request_id": "1fb9b53c", "trace_id": "3984A77D12A841405CBA6E3B4CBA6E3B"}"#
    )
    let request = try #require(read.request)
    #expect(request.hop == .application)
    #expect(request.status == 401)
    #expect(request.duration == 109_500)
    #expect(read.text(request.client) == "192.168.40.72")
    #expect(read.text(request.requestID) == "1fb9b53c")
    #expect(read.text(request.traceID) == "3984a77d12a841405cba6e3b4cba6e3b")
    #expect(read.text(request.path) == "/orders/api/carts/309")
    #expect(abs(request.end - request.start - 0.1095) < 1e-6)
  }

  @Test func `a call that the application makes is no request to it`() {
    let read = KeycloakReading(
      #"2026-11-23 19:52:37,416 DEBUG [urllib3] http://kc:8080 "POST /realms/x/token HTTP/1.1" 401 93"#
    )
    #expect(read.request == nil)
  }

  @Test func `a failed call names its peer and its path`() throws {
    let read = KeycloakReading(
      "2026-11-23 18:07:20,044 ERROR [catalog.auth] introspection request failed: HTTPConnectionPool(host='keycloak-http.iam.svc', port=8080): Max retries exceeded with url: /realms/staff/protocol/openid-connect/token/introspect (Caused by ConnectTimeoutError(<HTTPConnection(host='keycloak-http.iam.svc', port=8080) at 0x7fac>, 'Connection to keycloak-http.iam.svc timed out. (connect timeout=2)'))"
    )
    let message = try #require(read.message)
    #expect(message.statement == .callTimedOut)
    #expect(read.text(message.subject) == "connect")
    #expect(read.text(message.peer) == "keycloak-http.iam.svc:8080")
    #expect(read.text(message.path) == "/realms/staff/protocol/openid-connect/token/introspect")
  }

  @Test func `information without known words is counted and not kept`() {
    let read = KeycloakReading("2026-11-23 19:52:37,416 INFO  [orders] nothing to see")
    #expect(read.line?.format == .applicationText)
    #expect(read.message == nil)
    let warning = KeycloakReading("2026-11-23 19:52:37,416 WARNING [orders] odd but unknown")
    #expect(warning.message?.statement == .other)
  }

  @Test func `oauth2-proxy's own 401 is the auth service's`() throws {
    let read = KeycloakReading(
      #"10.244.0.9 - 6f0e - bob [2026/08/21 10:00:00] auth.example.com GET - "/oauth2/auth?x=1" HTTP/1.1 "okhttp/4.12.0" 401 13 0.004"#
    )
    let request = try #require(read.request)
    #expect(request.hop == .authService)
    #expect(request.status == 401)
    #expect(request.duration == 4000)
    #expect(read.text(request.remoteUser) == "bob")
    #expect(read.text(request.path) == "/oauth2/auth")
    #expect(read.text(request.host) == "auth.example.com")
  }

  @Test func `a name that does not exist is told with its client`() throws {
    let read = KeycloakReading(
      #"[INFO] 10.244.1.186:43710 - 53029 "A IN keycloak.auth.svc.cluster.local. udp 49 false 512" NXDOMAIN qr,aa,rd 49 0.000276566s"#
    )
    let message = try #require(read.message)
    #expect(message.statement == .dnsNameNotFound)
    #expect(read.text(message.subject) == "keycloak.auth.svc.cluster.local")
    #expect(read.text(message.client) == "10.244.1.186")
  }

  @Test func `an OpenLDAP stamp is hexadecimal`() {
    let read = KeycloakReading("6b0482d9.031143b4 0x7f66e51bd200 slapd starting")
    #expect(read.message?.statement == .directoryStarted)
    #expect(read.message?.time.rfc3339 == "2026-11-23T18:15:53.051463092Z")
  }

  @Test func `exported events have their own time`() throws {
    let read = KeycloakReading(
      #"[{"time":1763921893123,"type":"LOGIN_ERROR","realmId":"shop","clientId":"spa","ipAddress":"10.0.0.1","error":"invalid_user_credentials","details":{"username":"alice","code_id":"s1"}}]"#
    )
    let event = try #require(read.event)
    #expect(event.time.nanoseconds == 1_763_921_893_123_000_000)
    #expect(read.text(event.username) == "alice")
    #expect(read.text(event.session) == "s1")
  }

  @Test(arguments: [
    #"INFO:     192.0.2.5:4711 - "GET /api HTTP/1.1" 401 Unauthorized"#,
    #"2026-08-21T10:00:00Z INFO 192.0.2.5:4711 - "GET /api HTTP/1.1" 401 Unauthorized"#,
    #"[2026-08-21 10:00:00 +0000] [12] [INFO] 192.0.2.5:4711 - "GET /api HTTP/1.1" 401"#,
    #"192.0.2.5 - - "GET /api HTTP/1.1" 401 65508 4.386"#,
    "192.0.2.5 - GET /api HTTP/1.1 401 13 - 5.1 ms",
    "::ffff:192.0.2.5 - GET /api HTTP/1.1 401 13 - 5.1 ms",
    "GET /api 401 5.1 ms - 13",
    "GET /api 401 13 - 5.1 ms",
  ])
  func `a request in the words of an application's server has its client`(_ line: String) throws {
    let reading = Reading(line)
    let request = try #require(reading.request)
    #expect(request.format == .applicationAccess)
    #expect(request.status == 401)
    #expect(reading.text(request.path) == "/api")
    if line.contains("192.0.2.5") { #expect(reading.text(request.client).hasSuffix("192.0.2.5")) }
  }

  @Test(arguments: ["GET /api 401", "GET /api/orders was answered 401", "10.0.0.1 is gone"])
  func `what tells neither whom nor how long is free text`(_ line: String) {
    #expect(Reading(line).request == nil)
  }
}
