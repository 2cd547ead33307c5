import Evidence
import Ingest
import Testing

/// Requests as gateways, content networks, frameworks and platforms tell them, under their own names.
@Suite struct AccessRecordTests {
  struct Told: Sendable {
    let line: String
    /// `client method path status host microseconds upstream`, `-` for what is not told.
    let request: String

    init(_ line: String, _ request: String) {
      self.line = line
      self.request = request
    }
  }

  static let json = [
    // Amazon API Gateway, REST and HTTP
    Told(
      #"{ "requestId":"e4f5", "ip": "203.0.113.9", "caller":"-", "user":"-", "requestTime":"21/Aug/2026:10:00:00 +0000", "httpMethod":"GET", "resourcePath":"/orders/{id}", "status":"401", "protocol":"HTTP/1.1", "responseLength":"26" }"#,
      "203.0.113.9 GET /orders/{id} 401 - - -"),
    Told(
      #"{"requestId":"Kb1Z=","ip":"203.0.113.9","requestTime":"21/Aug/2026:10:00:00 +0000","httpMethod":"GET","routeKey":"GET /orders","status":"401","protocol":"HTTP/1.1","responseLength":"26"}"#,
      "203.0.113.9 GET /orders 401 - - -"),
    Told(
      #"{"requestId":"x","sourceIp":"203.0.113.9","requestTimeEpoch":1787306400123,"httpMethod":"POST","path":"/token","status":"502","responseLatency":"29","domainName":"api.example.com"}"#,
      "203.0.113.9 POST /token 502 api.example.com 29000 -"),
    // Azure API Management
    Told(
      #"{"time":"2026-08-21T10:00:00.123Z","category":"GatewayLogs","durationMs":"120","callerIpAddress":"203.0.113.5","properties":{"method":"GET","url":"https://apim.example.net/api/orders","backendResponseCode":401,"responseCode":401,"responseSize":211}}"#,
      "203.0.113.5 GET /api/orders 401 apim.example.net 120000 -"),
    // Cloudflare, Akamai, Fastly
    Told(
      #"{"ClientIP":"203.0.113.5","ClientRequestHost":"shop.example.com","ClientRequestMethod":"GET","ClientRequestURI":"/api?x=1","EdgeResponseBytes":1234,"EdgeResponseStatus":401,"EdgeStartTimestamp":"2026-08-21T10:00:00Z","RayID":"7d8f3a","OriginResponseStatus":401,"OriginIP":"198.51.100.3"}"#,
      "203.0.113.5 GET /api 401 shop.example.com - 198.51.100.3"),
    Told(
      #"{"version":2,"reqTimeSec":"1787306400.123","cliIP":"203.0.113.5","statusCode":"401","proto":"HTTPS","reqHost":"shop.example.com","reqMethod":"GET","reqPath":"/api","UA":"Mozilla"}"#,
      "203.0.113.5 GET /api 401 shop.example.com - -"),
    // Railway, Vercel, Linkerd, Avi
    Told(
      #"{"message":"request","timestamp":"2026-08-21T10:00:00.123Z","method":"GET","path":"/api","host":"shop.example.com","httpStatus":401,"totalDuration":14,"upstreamAddress":"http://[fd12::1]:3000","srcIp":"203.0.113.7"}"#,
      "203.0.113.7 GET /api 401 shop.example.com 14000 http://[fd12::1]:3000"),
    Told(
      #"{"client.addr":"10.42.0.63:51160","host":"server-svc:80","method":"GET","processing_ns":"39826","response_bytes":"19","status":401,"timestamp":"2026-08-21T10:00:00.071809491Z","total_ns":"442395","uri":"http://server-svc:80/a"}"#,
      "10.42.0.63 GET /a 401 server-svc:80 442 -"),
    Told(
      #"{"vs_name":"shop","report_timestamp":"2026-08-21T10:00:00.123456Z","client_ip":"203.0.113.7","method":"GET","uri_path":"/api","host":"shop.example.com","response_code":401,"server_ip":"10.0.0.5","server_response_code":401,"total_time":12}"#,
      "203.0.113.7 GET /api 401 shop.example.com 12000 10.0.0.5"),
    // The API server's audit log
    Told(
      #"{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","stage":"ResponseComplete","requestURI":"/api/v1/pods?limit=500","verb":"list","user":{"username":"system:anonymous"},"sourceIPs":["203.0.113.7","10.0.0.1"],"userAgent":"kubectl","responseStatus":{"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401},"requestReceivedTimestamp":"2026-08-21T10:00:00.123456Z"}"#,
      "203.0.113.7 GET /api/v1/pods 401 - - -"),
    // Guards: authentik, Pomerium, gatekeeper
    Told(
      #"{"auth_via": "unauthenticated", "event": "/application/o/token/", "host": "auth.example.com", "level": "info", "logger": "authentik.asgi", "method": "POST", "remote": "203.0.113.7", "runtime": 12, "status": 401, "timestamp": "2026-08-21T10:00:00.123456", "user_agent": "curl"}"#,
      "203.0.113.7 POST /application/o/token/ 401 auth.example.com 12000 -"),
    Told(
      #"{"level":"info","service":"envoy","upstream-cluster":"","method":"GET","authority":"shop.example.com","path":"/api","forwarded-for":"203.0.113.7,10.0.0.1","duration":12.5,"size":0,"response-code":401,"time":"2026-08-21T10:00:00Z","message":"http-request"}"#,
      "203.0.113.7 GET /api 401 shop.example.com 12500 -"),
    Told(
      #"{"severity":"info","timestamp":"2026-08-21T10:00:00.123Z","caller":"middleware/base.go:90","msg":"client request","latency":0.0012,"status":401,"client_ip":"203.0.113.7:40122","remote_addr":"203.0.113.7:40122","method":"GET","path":"/api"}"#,
      "203.0.113.7 GET /api 401 - 1200 -"),
    // Frameworks: Serilog, Echo, express-winston, tower, lograge, Tomcat, Logback's access events, ECS
    Told(
      #"{"@t":"2026-08-21T10:00:00.123Z","@mt":"HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed:0.0000} ms","RequestMethod":"GET","RequestPath":"/api","StatusCode":401,"Elapsed":12.5}"#,
      "- GET /api 401 - 12500 -"),
    Told(
      #"{"Timestamp":"2026-08-21T10:00:00.123Z","LogLevel":"Information","Message":"Request finished","State":{"ElapsedMilliseconds":12.5,"StatusCode":401,"Method":"GET","Host":"shop.example.com","Path":"/api"}}"#,
      "- GET /api 401 shop.example.com 12500 -"),
    Told(
      #"{"time":"2026-08-21T10:00:00.123456789Z","remote_ip":"203.0.113.7","host":"shop.example.com","method":"GET","uri":"/api","status":401,"error":"code=401, message=invalid or expired jwt","latency":123456,"latency_human":"123.456µs","bytes_out":37}"#,
      "203.0.113.7 GET /api 401 shop.example.com 123 -"),
    Told(
      #"{"meta":{"req":{"url":"/api","headers":{"host":"x"},"method":"GET"},"res":{"statusCode":401},"responseTime":5},"level":"info","message":"HTTP GET /api","timestamp":"2026-08-21T10:00:00.123Z"}"#,
      "- GET /api 401 - 5000 -"),
    Told(
      #"{"timestamp":"2026-08-21T10:00:00.123Z","level":"INFO","fields":{"message":"finished processing request","latency":"12 ms","status":401},"target":"tower_http::trace::on_response","span":{"method":"GET","uri":"/api","name":"request"}}"#,
      "- GET /api 401 - 12000 -"),
    Told(
      #"{"method":"GET","path":"/api","format":"json","controller":"OrdersController","action":"index","status":401,"duration":5.12,"@timestamp":"2026-08-21T10:00:00.123Z"}"#,
      "- GET /api 401 - 5120 -"),
    Told(
      #"{"host":"203.0.113.7","logicalUserName":"-","user":"-","time":"[21/Aug/2026:10:00:00 +0000]","request":"GET /api HTTP/1.1","statusCode":"401","size":"172"}"#,
      "203.0.113.7 GET /api 401 - - -"),
    Told(
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","@version":"1","message":"x","method":"GET","status_code":401,"requested_url":"GET /api HTTP/1.1","requested_uri":"/api","remote_host":"203.0.113.7","elapsed_time":12}"#,
      "203.0.113.7 GET /api 401 - 12000 -"),
    Told(
      #"{"@timestamp":"2026-08-21T10:00:00.123Z","http":{"request":{"method":"GET"},"response":{"status_code":401}},"source":{"ip":"203.0.113.7"},"url":{"path":"/api","domain":"shop.example.com"}}"#,
      "203.0.113.7 GET /api 401 shop.example.com - -"),
    // A refusal that the logger warns of is a request all the same.
    Told(
      #"{"level":"warn","ts":1787306400.123,"msg":"/api","status":401,"method":"GET","path":"/api","ip":"203.0.113.7","latency":0.012}"#,
      "203.0.113.7 GET /api 401 - 12000 -"),
  ]

  static let logfmt = [
    Told(
      "method=GET path=/api format=json controller=OrdersController action=index status=401 duration=5.12 view=0.20",
      "- GET /api 401 - 5120 -"),
    Told(
      "I, [2026-08-21T10:00:00.123456 #7]  INFO -- : method=GET path=/api controller=OrdersController status=401 duration=5.12",
      "- GET /api 401 - 5120 -"),
    Told(
      #"at=info method=GET path="/api?x=1" host=shop.example.com request_id=8601b555 fwd="203.0.113.7" dyno=web.1 connect=1ms service=18ms status=401 bytes=13"#,
      "203.0.113.7 GET /api 401 shop.example.com 18000 -"),
    Told(
      #"time="Aug 21 10:00:00" level=info api_name="Orders" client_ip="203.0.113.7" host="localhost:8181" method=GET status=401 upstream_addr="http://orders/get" url_path="/orders/x" prefix=access-log"#,
      "203.0.113.7 GET /orders/x 401 localhost:8181 - http://orders/get"),
    Told(
      "time=2026-08-21T10:00:00Z remote_addr=203.0.113.7 method=GET uri=/api status=401 request_time=0.012 host=shop.example.com upstream_addr=10.0.0.5:8080",
      "203.0.113.7 GET /api 401 shop.example.com 12000 10.0.0.5:8080"),
  ]

  static let text = [
    Told(
      #"2026/08/21 10:00:00 [web-1/abc-000001] "GET http://shop.example.com/api HTTP/1.1" from 203.0.113.7:40122 - 401 13B in 123.456µs"#,
      "203.0.113.7 GET /api 401 shop.example.com 123 -"),
    Told(
      #"2026/08/21 10:00:00 "GET http://shop.example.com/api HTTP/1.1" from [2001:db8::7]:40122 - 401 13B in 1.2ms"#,
      "2001:db8::7 GET /api 401 shop.example.com 1200 -"),
    Told(
      "2026/08/21 10:00:00 | 401 |    1.234ms |   203.0.113.7 | GET     | /api     | -",
      "203.0.113.7 GET /api 401 - 1234 -"),
    Told(
      "[10:00:00 INF] Request finished HTTP/1.1 GET http://shop.example.com/api - 401 0 - 12.3456ms",
      "- GET /api 401 shop.example.com 12345 -"),
    Told(
      #"[2026-08-21 10:00:00 +0000] [7] [INFO] 203.0.113.7:40122 - - [21/Aug/2026:10:00:00 +0000] "GET /api 1.1" 401 26 "-" "curl/8""#,
      "203.0.113.7 GET /api 401 - - -"),
    Told(
      #"2026-08-21 10:00:00.123 [reactor-http-nio-2] INFO reactor.netty.http.server.AccessLog - 203.0.113.7 - - [21/Aug/2026:10:00:00 +0000] "GET /api HTTP/1.1" 503 0 8080 25 ms"#,
      "203.0.113.7 GET /api 503 - 25000 -"),
    Told(
      #"203.0.113.7 - - [21/Aug/2026:10:00:00 +0000] "GET /api HTTP/1.1" 401 172 "-" "curl/8" 0.012"#,
      "203.0.113.7 GET /api 401 - 12000 -"),
    Told(
      #"shop.example.com - [2026-08-21T10:00:00.123456789Z] "GET /api HTTP/1.1" 401 0 63 "-" "curl/8" "10.0.1.5:40122" "10.255.26.4:61052" x_forwarded_for:"203.0.113.7, 10.0.1.5" x_forwarded_proto:"https" vcap_request_id:"a4b8" response_time:0.012345 gorouter_time:0.000123 app_id:"9f0e" app_index:"0""#,
      "203.0.113.7 GET /api 401 shop.example.com 12345 -"),
    Told(
      #"[21/Aug/2026:10:00:00 +0000] - 401 401 - GET https shop.example.com "/api" [Client 203.0.113.7] [Length 172] [Gzip -] [Sent-to 10.0.0.2] "curl/8" "-""#,
      "203.0.113.7 GET /api 401 shop.example.com - 10.0.0.2"),
  ]

  @Test(arguments: json + logfmt + text)
  func `a request is read by the names of whoever wrote it`(_ told: Told) throws {
    let reading = Reading(told.line)
    let request = try #require(reading.request, "\(told.line)")
    func word(_ symbol: Symbol) -> String { symbol.isNone ? "-" : reading.text(symbol) }
    let words = [
      word(request.client), word(request.method), word(request.path), String(request.status),
      word(request.host), request.duration < 0 ? "-" : String(request.duration),
      word(request.upstreamAddress),
    ]
    #expect(words.joined(separator: " ") == told.request)
  }

  @Test(arguments: json + logfmt + text)
  func `a request that is cut or changed at any byte never traps`(_ told: Told) {
    let bytes = Array(told.line.utf8)
    for end in 0..<bytes.count { _ = Reading(Array(bytes[..<end])) }
    for at in stride(from: 0, to: bytes.count, by: 7) {
      for byte: UInt8 in [0, 32, 34, 58, 92, 123, 125] {
        _ = Reading(Array(bytes[..<at]) + [byte] + Array(bytes[at...]))
      }
    }
  }

  @Test func `a warning with words about a token stays a message`() {
    let reading = Reading(
      #"{"level":"warn","ts":1787306400.1,"msg":"token is expired","status":401,"method":"GET","path":"/api","latency":0.012}"#
    )
    #expect(reading.request == nil)
    #expect(reading.observations.messages.map(\.statement) == [.tokenExpired])
  }

  @Test(arguments: [
    // Neither a status nor a path makes a request.
    "method=GET path=/api action=index", "status=401 duration=5.12 view=0.2",
    #"2026-08-21T10:00:00Z INFO target=/a status=open method=none"#,
    "2026/08/21 10:00:00 | 40x | 1ms | 203.0.113.7 | GET | /api | -",
  ])
  func `half a request is none`(_ line: String) {
    #expect(Reading(line).request == nil)
  }

  @Test func `what ASP.NET Core writes below its head is a request at the time of the head`() {
    var feed = LineFeed(LineReader(source: 0, options: ReadingOptions()))
    var sink = Sink()
    let text = Array(
      """
      2026-08-21T10:00:00.123456789Z stdout F info: Microsoft.AspNetCore.Hosting.Diagnostics[2]
      2026-08-21T10:00:00.123456790Z stdout F       Request finished HTTP/1.1 GET http://shop.example.com/api - 401 0 - 12.5ms

      """.utf8)
    feed.append(text.span, text.count, &sink)
    feed.finish(&sink)
    let requests = sink.observations.requests
    #expect(requests.map(\.status) == [401])
    #expect(requests.map(\.duration) == [12500])
    #expect(requests.map(\.end.rfc3339) == ["2026-08-21T10:00:00.123456789Z"])
  }

  @Test func `IIS says which kind of 401 it was, who asked behind a proxy, and the time in UTC`()
    throws
  {
    let reading = Reading(
      "2026-08-21 10:00:08 10.0.0.5 GET /api a=1&code=c0ffee 443 - 10.0.0.1 curl/8.5.0+x - 401 2 5 31 shop.example.com 203.0.113.7,+10.0.0.1",
      offset: 7200)
    let request = try #require(reading.request)
    #expect(request.format == .iisAccess)
    #expect(reading.text(request.client) == "203.0.113.7")
    #expect(reading.text(request.host) == "shop.example.com")
    #expect(reading.text(request.path) == "/api")
    #expect(reading.text(request.userAgent) == "curl/8.5.0 x")
    #expect(reading.text(request.detail) == "401.2")
    #expect(request.status == 401)
    #expect(request.duration == 31000)
    #expect(request.end.rfc3339 == "2026-08-21T10:00:08Z")
    for i in 0..<reading.observations.symbols.count {
      #expect(!reading.text(Symbol(index: UInt32(i))).contains("c0ffee"))
    }
  }
}
