import Evidence
import Ingest
import Testing

/// Lines as the test suites of log shippers and intrusion detectors hold them, field by field.
@Suite struct ForeignLineTests {
  struct Expected: Sendable {
    var line: String
    var format: Format
    var time: String
    var client: String
    var method: String
    var path: String
    var status: UInt16
  }

  static let lines = [
    // A program that pads neither day nor hour; the line was cut in the agent.
    Expected(
      line:
        #"192.0.2.7 - - [1/Apr/2026:9:05:01 -0500] "POST /wp-comments-post.php HTTP/1.1" 403 181 "-" "Googlebot/1"#,
      format: .customAccess, time: "2026-04-01T14:05:01Z", client: "192.0.2.7", method: "POST",
      path: "/wp-comments-post.php", status: 403),
    // A virtual host on a port that no client has.
    Expected(
      line:
        #"198.51.100.1:81 localhost - - [22/Mar/2026:09:30:31 +0100] "HEAD /shop HTTP/2.0" 400 442 4396 64 49 https TLSv1.1"#,
      format: .customAccess, time: "2026-03-22T08:30:31Z", client: "localhost", method: "HEAD",
      path: "/shop", status: 400),
    // Amazon S3: the owner and the bucket stand in front of the time.
    Expected(
      line:
        #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop [06/Feb/2026:00:00:38 +0000] 192.0.2.7 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET /shop?versioning HTTP/1.1" 403 - 113 - 7 - "-" "S3Console/0.4" -"#,
      format: .customAccess, time: "2026-02-06T00:00:38Z", client: "192.0.2.7", method: "GET",
      path: "/shop", status: 403),
    // uWSGI.
    Expected(
      line:
        #"[pid: 24386|app: 0|req: 482950/4125645] 192.0.2.7 () {44 vars in 1322 bytes} [Tue Mar  3 05:01:31 2026] GET /orders/?_=1325592089910 => generated 192 bytes in 21 msecs (HTTP/1.1 401) 4 headers in 188 bytes (1 switches on core 0)"#,
      format: .applicationAccess, time: "2026-03-03T05:01:31Z", client: "192.0.2.7", method: "GET",
      path: "/orders/", status: 401),
    Expected(
      line:
        #"[pid: 88185|app: 0|req: 3/3] 2001:db8::7 (ann) {34 vars in 617 bytes} [Fri Mar 13 22:49:15 2026] POST /carts => generated 215 bytes in 68 micros (HTTP/1.1 200) 9 headers in 373 bytes (1 switches on core 8)"#,
      format: .applicationAccess, time: "2026-03-13T22:49:15Z", client: "2001:db8::7",
      method: "POST", path: "/carts", status: 200),
    // uvicorn puts a port behind a bare IPv6 address; methods of WebDAV.
    Expected(
      line: #"INFO:     2001:db8::7:51396 - "PROPFIND /dav/a HTTP/1.1" 401 Unauthorized"#,
      format: .applicationAccess, time: "", client: "2001:db8::7", method: "PROPFIND",
      path: "/dav/a", status: 401),
    Expected(
      line: #"INFO:     ::1:8675 - "GET /a HTTP/1.1" 401 Unauthorized"#,
      format: .applicationAccess, time: "", client: "::1", method: "GET", path: "/a",
      status: 401),
    Expected(
      line:
        #"192.0.2.7 - 4b659e82-00ab-07b3-f263-267c06974263 - ann@example.org [2026/10/23 17:28:11] shop.example.com PROPFIND / "/dav/a?x=1" HTTP/2 "x/1.0" 401 48 4.871"#,
      format: .oauth2ProxyRequest, time: "2026-10-23T17:28:11Z", client: "192.0.2.7",
      method: "PROPFIND", path: "/dav/a", status: 401),
    // Caddy before 2.5; the template of the Loki dashboard.
    Expected(
      line:
        #"{"level":"error","ts":1795168800.5,"logger":"http.log.access","msg":"handled request","request":{"remote_addr":"[2001:db8::7]:33735","proto":"HTTP/2.0","method":"GET","host":"shop.example.com","uri":"/orders?x=1","headers":{"User-Agent":["x"]}},"common_log":"-","duration":0.226,"size":26,"status":401,"resp_headers":{}}"#,
      format: .caddyAccess, time: "2026-11-20T10:00:00.500Z", client: "2001:db8::7",
      method: "GET", path: "/orders", status: 401),
    Expected(
      line:
        #"{"timestamp":"2026-06-03T05:26:32+05:45","requestID":"a7508b6a","proxyUpstreamName":"shop-orders-80","proxyAlternativeUpstreamName":"","upstreamStatus":"401","upstreamAddr":"10.1.2.3:80","httpRequest":{"requestMethod":"GET","requestUrl":"shop.example.com/orders/17?x=1","status":401,"requestSize":"10","responseSize":"20","userAgent":"x","remoteIp":"192.0.2.7","referer":"","latency":"0.01 s","protocol":"HTTP/2.0"}}"#,
      format: .nginxJSON, time: "2026-06-02T23:41:32Z", client: "192.0.2.7", method: "GET",
      path: "/orders/17", status: 401),
    // Matomo's template for nginx.
    Expected(
      line:
        #"{"idsite":1,"ip": "192.0.2.7","host": "www.example.com","path": "/piwik.php?idsite=1","status": "401","referrer": "-","user_agent": "x","length": 192,"generation_time_milli": 0.001,"date": "2026-10-10T16:52:00+02:00"}"#,
      format: .nginxJSON, time: "2026-10-10T14:52:00Z", client: "192.0.2.7", method: "",
      path: "/piwik.php", status: 401),
    // Whom the first proxy saw, wherever the list stands.
    Expected(
      line:
        #"shop.example.com:80 "192.0.2.7, 198.51.100.1, 10.4.1.1" 10.2.1.185 - - [22/Jan/2026:13:18:29 +0000] "GET /a?q=1 HTTP/1.1" 200 25507 "-" "Amazon CloudFront""#,
      format: .customAccess, time: "2026-01-22T13:18:29Z", client: "192.0.2.7", method: "GET",
      path: "/a", status: 200),
    Expected(
      line:
        #"198.51.100.5 2001:db8::6fc6, 10.225.192.17 10.2.2.121 - - [30/Dec/2025:06:47:09 +0000] "GET /t.html HTTP/1.1" 404 8571 "-" "x""#,
      format: .customAccess, time: "2025-12-30T06:47:09Z", client: "2001:db8::6fc6",
      method: "GET", path: "/t.html", status: 404),
    Expected(
      line:
        #"10.1.0.88 - - [14/Dec/2025:22:56:24 +0000] "GET /a.js HTTP/1.1" 200 60755 "-" "x" "192.0.2.7, 198.51.100.1" "TLSv1.3""#,
      format: .customAccess, time: "2025-12-14T22:56:24Z", client: "192.0.2.7", method: "GET",
      path: "/a.js", status: 200),
    // The status in front of the request.
    Expected(
      line:
        #"192.0.2.7 - - [14/Mar/2026:06:45:43 +0000]  401 "POST /push HTTP/1.1" 0 "-" "pusher/1.0" "-""#,
      format: .customAccess, time: "2026-03-14T06:45:43Z", client: "192.0.2.7", method: "POST",
      path: "/push", status: 401),
    Expected(
      line:
        #"2026-05-13T23:39:43.945958Z shop-lb 192.0.2.7:2817 10.0.0.1:80 0.000086 0.001048 0.001337 401 401 0 57 "GET https://shop.example.com:443/orders?x=1 HTTP/1.1" "curl/8.5" DHE-RSA-AES128-SHA TLSv1.2"#,
      format: .awsELB, time: "2026-05-13T23:39:43.945958Z", client: "192.0.2.7", method: "GET",
      path: "/orders", status: 401),
    Expected(
      line:
        #"{"start_time":"2026-10-27T10:00:00.000Z","method":"GET","x-envoy-origin-path":"/admin","response_code":404,"user-agent":"x","downstream_remote_address":"192.0.2.7:5678",":authority":"shop.example.com"}"#,
      format: .envoyJSON, time: "2026-10-27T10:00:00Z", client: "192.0.2.7", method: "GET",
      path: "/admin", status: 404),
    Expected(
      line:
        #"{"start_time":"2026-05-16T10:00:01Z","method":"GET","path":"/api/pay","response_code":401,"duration":0.010,"downstream_remote_address":"192.0.2.7:1","upstream_cluster":"outbound|8080||pay.default.svc.cluster.local"}"#,
      format: .envoyJSON, time: "2026-05-16T10:00:01Z", client: "192.0.2.7", method: "GET",
      path: "/api/pay", status: 401),
    Expected(
      line:
        #"{"timestamp":"2026-05-16T10:00:00Z","insertId":"r","resource":{"labels":{"backend_service_name":"orders"}},"httpRequest":{"requestMethod":"GET","requestUrl":"https://shop.example.com/api/orders","status":401,"responseSize":"128","remoteIp":"192.0.2.7","userAgent":"curl"}}"#,
      format: .gcpLB, time: "2026-05-16T10:00:00Z", client: "192.0.2.7", method: "GET",
      path: "/api/orders", status: 401),
    Expected(
      line:
        #"{"start_time":"2026-12-01T08:00:00.000Z","remote_address":"10.1.2.3:4711","host":"a.example.com","request":"GET /hello?x=1 HTTP/2","request_time":"12","status":"401","upstream_address":"-","x_forwarded_for":"192.0.2.7"}"#,
      format: .nginxJSON, time: "2026-12-01T08:00:00.012Z", client: "192.0.2.7", method: "GET",
      path: "/hello", status: 401),
    Expected(
      line:
        #"{"requestTimeEpoch":1778916000000,"httpMethod":"GET","path":"/orders","status":504,"responseLatency":120,"sourceIp":"192.0.2.7","domainName":"api.example.com","routeKey":"GET /orders"}"#,
      format: .applicationAccess, time: "2026-05-16T07:20:00Z", client: "192.0.2.7",
      method: "GET", path: "/orders", status: 504),
    Expected(
      line:
        #"{"time":"2026-05-16T10:00:00Z","properties":{"httpMethod":"POST","requestUri":"https://shop.example.com:443/api/pay","httpStatusCode":504,"timeTaken":"250ms","clientIp":"192.0.2.7","trackingReference":"az-1"}}"#,
      format: .applicationAccess, time: "2026-05-16T10:00:00Z", client: "192.0.2.7",
      method: "POST", path: "/api/pay", status: 504),
    Expected(
      line:
        #"{"timestamp":"2026-05-16T10:00:00Z","method":"GET","path":"/tyk","status":429,"latency":44,"api_name":"orders","ip_address":"192.0.2.7"}"#,
      format: .applicationAccess, time: "2026-05-16T10:00:00Z", client: "192.0.2.7",
      method: "GET", path: "/tyk", status: 429),
    Expected(
      line:
        #"{"ssl":false,"ti":1991,"code":200,"tc":0,"qs":"1570172897","backend":"shop","meth":"GET","date":1787306405.114,"uniqueid":"waf-06","port":47623,"status":"ip-safe","path":"\/session.php","ip":"192.0.2.7","tr":31,"fqdn":"shop.example.com","bytes":363,"ua":"x","state":"----","tt":2022}"#,
      format: .haproxyJSON, time: "2026-08-21T10:00:07.136Z", client: "192.0.2.7",
      method: "GET", path: "/session.php", status: 200),
  ]

  @Test(arguments: lines) func `a request's fields are what its writer meant`(_ e: Expected) throws
  {
    let reading = Reading(e.line)
    let request = try #require(reading.request, "\(e.line)")
    #expect(request.format == e.format)
    #expect(reading.line?.format == e.format)
    #expect(request.end.rfc3339 == e.time)
    #expect(reading.text(request.client) == e.client)
    #expect(reading.text(request.method) == e.method)
    #expect(reading.text(request.path) == e.path || reading.text(request.route) == e.path)
    #expect(request.status == e.status)
  }

  @Test func `a connection of a classic balancer is no request`() {
    let reading = Reading(
      #"2026-05-13T23:39:43.945958Z shop-lb 192.0.2.7:2817 10.0.0.1:389 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -"#
    )
    #expect(reading.line?.format == .awsELB)
    #expect(reading.request == nil)
  }

  @Test func `a user's name that looks like a tail does not name the client`() throws {
    let reading = Reading(
      #"2026/04/03 22:20:40 [error] 30708#0: *3 user "test": password mismatch, client: 203.0.113.9, server: test, request: "GET / HTTP/1.1", host: "localhost:8443"": was not found in "/etc/nginx/.htpasswd", client: 192.0.2.7, server: , request: "GET /a HTTP/1.1", host: "localhost:8443""#
    )
    let message = try #require(reading.message)
    #expect(reading.text(message.client) == "192.0.2.7")
    #expect(reading.text(message.path) == "/a")
  }

  @Test func `a date that was blotted out leaves the wrapper's`() throws {
    let at = Instant.utc(year: 2026, month: 8, day: 21, hour: 17)
    let reading = Reading(
      "W0000 17:59:40.692994   28133 controller.go:70] Service \"shop/orders\" does not have any active Endpoint.",
      wrapperTime: at)
    #expect(reading.message?.statement == .noEndpoints)
    #expect(reading.message?.time == at)
  }

  @Test func `the address in a message's access line may stand behind a host and a program`() throws
  {
    let reading = Reading(
      #"{"timestamp":1787306400,"level":"INFO","message":"frontend.0 nginx: 192.0.2.7 - - [21/Aug/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 502 1535 \"-\" \"x\""}"#
    )
    let request = try #require(reading.request)
    #expect(reading.text(request.client) == "192.0.2.7")
    #expect(request.status == 502)
  }
}
