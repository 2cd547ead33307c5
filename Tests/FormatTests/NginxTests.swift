import Evidence
import Ingest
import Testing

@Suite struct NginxTests {
  @Test func `an ingress line gives every field`() throws {
    let reading = Reading(
      #"10.244.0.1 - bob [21/Aug/2026:10:00:00 +0200] "GET /api/orders/17?x=1 HTTP/2.0" 401 112 "-" "okhttp/4.12.0" 911 0.014 [shop-orders-8080] [] 10.244.2.17:8080 112 0.013 401 5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f"#
    )
    let request = try #require(reading.request)
    #expect(request.format == .nginxIngress)
    #expect(request.hop == .edge)
    #expect(request.status == 401)
    #expect(request.upstreamStatus == 401)
    #expect(request.answeredBy == .upstream)
    #expect(reading.text(request.client) == "10.244.0.1")
    #expect(reading.text(request.remoteUser) == "bob")
    #expect(reading.text(request.method) == "GET")
    #expect(reading.text(request.path) == "/api/orders/17")
    #expect(reading.text(request.route) == "/api/orders/*")
    #expect(request.targetLength == 18)
    #expect(reading.text(request.userAgent) == "okhttp/4.12.0")
    #expect(request.requestBytes == 911)
    #expect(request.responseBytes == 112)
    #expect(request.duration == 14_000)
    #expect(reading.text(request.service) == "shop-orders-8080")
    #expect(reading.text(request.upstreamAddress) == "10.244.2.17:8080")
    #expect(reading.text(request.requestID) == "5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f")
    #expect(request.end.rfc3339 == "2026-08-21T08:00:00Z")
    #expect(request.start.rfc3339 == "2026-08-21T07:59:59.986Z")
    #expect(request.isCoarse)
  }

  @Test func `four dashes are an answer of the edge itself`() throws {
    let reading = Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:01 +0000] "GET /api/orders HTTP/1.1" 401 172 "-" "curl/8.5.0" 84 0.006 [shop-orders-8080] [] - - - - 7ad1c0de"#
    )
    let request = try #require(reading.request)
    #expect(request.answeredBy == .edge)
    #expect(request.upstreamStatus == 0)
    #expect(request.upstreamAddress.isNone)
    #expect(reading.text(request.requestID) == "7ad1c0de")
  }

  @Test func `after retries the last peer answered`() throws {
    let reading = Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:02 +0000] "GET / HTTP/2.0" 401 512 "-" "curl/8.5.0" 40 1.204 [shop-web-http] [] 10.244.2.4:80, 10.244.2.9:80 0, 512 1.001, 0.201 504, 401 9c0f"#
    )
    let request = try #require(reading.request)
    #expect(reading.text(request.upstreamAddress) == "10.244.2.9:80")
    #expect(request.upstreamStatus == 401)
    #expect(request.answeredBy == .upstream)
    #expect(reading.text(request.requestID) == "9c0f")
  }

  @Test func `behind an error page the first group holds the real answer`() throws {
    let reading = Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:03 +0000] "GET /x HTTP/2.0" 401 0 "-" "curl/8.5.0" 40 0.056 [shop-web-http] [] 10.0.0.1:443, 10.0.0.2:443 : 10.0.0.9:8080 0, 112 : 0 0.050, 0.003 : 0.003 502, 401 : 200 a1"#
    )
    let request = try #require(reading.request)
    #expect(reading.text(request.upstreamAddress) == "10.0.0.2:443")
    #expect(request.upstreamStatus == 401)
    #expect(request.answeredBy == .upstream)
  }

  @Test func `502 without a byte from the upstream is the edge's own page`() throws {
    let reading = Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:03 +0000] "GET /x HTTP/2.0" 502 150 "-" "curl/8.5.0" 40 0.056 [shop-web-http] [] 10.0.0.1:443 0 0.056 502 a1"#
    )
    let request = try #require(reading.request)
    #expect(request.answeredBy == .edge)
  }

  @Test func `a wrapper's stamp makes the end exact when it follows within two seconds`() throws {
    let line =
      #"10.244.0.1 - - [21/Aug/2026:10:00:00 +0000] "GET /x HTTP/2.0" 401 150 "-" "curl/8.5.0" 40 0.500 [a-b-1] [] 10.0.0.1:443 150 0.500 401 a1"#
    let wrapper = Instant.utc(
      year: 2026, month: 8, day: 21, hour: 10, second: 0, nanosecond: 700_000_000)
    let near = try #require(Reading(line, wrapperTime: wrapper).request)
    #expect(near.end == wrapper)
    #expect(near.start.rfc3339 == "2026-08-21T10:00:00.200Z")
    #expect(!near.isCoarse)
    let far = try #require(Reading(line, wrapperTime: wrapper.advanced(seconds: 2)).request)
    #expect(far.end.rfc3339 == "2026-08-21T10:00:00Z")
    #expect(far.isCoarse)
  }

  @Test func `a plain success keeps its route only`() throws {
    let reading = Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:00 +0000] "GET /api/orders/17 HTTP/2.0" 200 150 "-" "curl/8.5.0" 40 0.500 [a-b-1] [] 10.0.0.1:443 150 0.500 200 a1"#
    )
    #expect(reading.observations.requests.isEmpty)
    let request = try #require(reading.request)
    #expect(reading.text(request.route) == "/api/orders/*")
    #expect(request.requestID.isNone)
  }

  @Test func `a TLS record on a plain port is named`() throws {
    let reading = Reading(
      #"203.0.113.9 - - [21/Aug/2026:10:00:04 +0000] "\x16\x03\x01\x02\x00" 400 150 "-" "-" 0 0.034 [] [] - - - - 4e8ec2"#
    )
    #expect(reading.observations.requests.count == 1)
    #expect(reading.message?.statement == .tlsToPlainPort)
  }

  @Test func `an empty variable of a JSON template is an answer of the edge`() throws {
    let reading = Reading(
      #"{"time": "2026-08-21T10:00:00+00:00", "remote_addr": "10.0.0.7", "request_id": "ab", "trace_id": "0AF7651916CD43DD8448EB211C80319C", "request_time": "0.002", "status": "401", "vhost": "api.example.com", "path": "/orders", "request_query": "x=1", "method": "GET", "upstream_addr": "", "upstream_status": ""}"#
    )
    let request = try #require(reading.request)
    #expect(request.format == .nginxJSON)
    #expect(request.answeredBy == .edge)
    #expect(reading.text(request.host) == "api.example.com")
    #expect(reading.text(request.traceID) == "0af7651916cd43dd8448eb211c80319c")
    #expect(request.targetLength == 11)
    #expect(request.duration == 2000)
  }

  @Test(arguments: [
    (
      "connect() failed (111: Connection refused) while connecting to upstream",
      Statement.upstreamRefused
    ),
    (
      "connect() failed (113: Host is unreachable) while connecting to upstream",
      .upstreamUnreachable
    ),
    (
      "upstream timed out (110: Operation timed out) while connecting to upstream",
      .upstreamConnectTimedOut
    ),
    ("upstream timed out (110: x) while reading response header from upstream", .upstreamTimedOut),
    (
      "upstream prematurely closed connection while reading response header from upstream",
      .upstreamClosed
    ),
    (
      "recv() failed (104: Connection reset by peer) while reading response header from upstream",
      .upstreamReset
    ),
    (
      "upstream sent too big header while reading response header from upstream",
      .upstreamHeaderTooBig
    ),
    ("no live upstreams while connecting to upstream", .noLiveUpstream),
    ("sso.example.com could not be resolved (3: Host not found)", .upstreamNameNotFound),
    ("sso.example.com could not be resolved (110: Operation timed out)", .upstreamNameFailed),
    (
      "SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate verify failed) while SSL handshaking to upstream",
      .upstreamTLSVerify
    ),
    (
      "SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream",
      .upstreamTLSFailed
    ),
    (
      "SSL_do_handshake() failed (SSL: error:0A000416:SSL routines::sslv3 alert certificate unknown) while SSL handshaking",
      .clientTLSFailed
    ),
    (
      "client sent plain HTTP request to HTTPS port while reading client request headers",
      .plainToTLSPort
    ),
    (
      "client sent too long header line: \"Cookie: a\" while reading client request headers",
      .requestHeaderTooLarge
    ),
    ("user \"ops\": password mismatch", .basicPasswordMismatch),
    ("user \"ops\" was not found in \"/etc/x\"", .basicUserNotFound),
    ("access forbidden by rule", .accessRuleDenied),
  ])
  func `an error message says what its table says`(_ text: String, _ statement: Statement) throws {
    let reading = Reading(
      "2026/08/21 10:00:06 [error] 45#45: *18 \(text), client: 10.0.0.7, server: shop.example.com, request: \"GET /api/orders?x=\"1\", b HTTP/2.0\", upstream: \"http://10.244.2.30:4180/oauth2/auth?token=abc\", host: \"shop.example.com\", referrer: \"https://x\""
    )
    let message = try #require(reading.message)
    #expect(message.statement == statement)
    #expect(message.level == .error)
    #expect(reading.text(message.client) == "10.0.0.7")
    #expect(reading.text(message.path) == "/api/orders")
    #expect(reading.text(message.peer) == "10.244.2.30:4180")
    #expect(reading.text(message.host) == "shop.example.com")
  }

  @Test func `the auth service's status is the subject`() throws {
    let reading = Reading(
      #"2026/08/21 10:00:06 [error] 45#45: *18 auth request unexpected status: 502 while sending to client, client: 10.0.0.7, server: s, request: "GET /a HTTP/1.1", host: "h""#,
      offset: 7200)
    let message = try #require(reading.message)
    #expect(message.statement == .authRequestUnexpectedStatus)
    #expect(reading.text(message.subject) == "502")
    #expect(message.time.rfc3339 == "2026-08-21T08:00:06Z")
  }

  @Test func `the sub-request is named where the message leaves the subject free`() throws {
    let reading = Reading(
      #"2026/08/21 10:00:06 [error] 45#45: *18 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, server: s, request: "GET /a HTTP/1.1", subrequest: "/_external-auth-Lw-Prefix", upstream: "http://10.0.0.3:4180/oauth2/auth", host: "h""#
    )
    #expect(reading.message.map { reading.text($0.subject) } == "/_external-auth-Lw-Prefix")
  }

  @Test func `what the mail proxy writes behind a client is not part of its address`() throws {
    let reading = Reading(
      #"2026/08/21 10:00:06 [error] 45#45: *18 client login failed: "Invalid" while in http auth state, client: 10.0.0.7 using starttls, server: 0.0.0.0:587, login: "alice""#
    )
    #expect(reading.message.map { reading.text($0.client) } == "10.0.0.7")
  }

  @Test func `the value of a header that nginx prints is not kept`() throws {
    let reading = Reading(
      #"2026/08/21 10:00:06 [info] 45#45: *18 client sent invalid header line: "x_token: s3cret-value" while reading client request headers, client: 10.0.0.7, server: s, request: "GET /a HTTP/1.1", host: "h""#
    )
    let message = try #require(reading.message)
    #expect(message.statement == .invalidHeaderDropped)
    #expect(reading.text(message.subject) == "x_token")
    #expect(!reading.text(message.text).contains("s3cret"))
  }

  @Test func `a reload is one statement and worker notices are none`() throws {
    #expect(
      Reading("2026/08/21 10:00:06 [notice] 1#1: signal 1 (SIGHUP) received from 5, reconfiguring")
        .message?.statement == .configurationReloaded)
    let worker = Reading("2026/08/21 10:00:06 [notice] 1#1: start worker process 26124")
    #expect(worker.line?.format == .nginxError)
    #expect(worker.message == nil)
  }

  @Test func `a service without endpoints is named`() throws {
    let near = Instant.utc(year: 2026, month: 8, day: 21, hour: 10)
    let reading = Reading(
      #"W0821 10:00:00.123456       7 controller.go:1214] Service "shop/orders" does not have any active Endpoint."#,
      wrapperTime: near)
    let message = try #require(reading.message)
    #expect(message.statement == .noEndpoints)
    #expect(reading.text(message.subject) == "shop/orders")
    #expect(message.time.rfc3339 == "2026-08-21T10:00:00.123456Z")
  }
}
