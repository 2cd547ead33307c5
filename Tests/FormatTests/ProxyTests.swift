import Evidence
import Ingest
import Testing

/// HAProxy, Traefik, Caddy and Apache.
@Suite struct ProxyTests {
  @Test func `HAProxy's captured response header is the challenge`() throws {
    let reading = Reading(
      #"10.0.1.2:33318 [21/Aug/2026:10:00:01.120] https~ orders-be/pod1 0/0/1/5/6 401 212 - - ---- 3/3/0/0/0 0/0 {shop.example.com|okhttp/4.12.0|5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f} {Bearer realm=#22shop#22, error=#22invalid_token#22} "GET /api?x HTTP/1.1""#
    )
    let request = try #require(reading.request)
    #expect(request.format == .haproxyHTTP)
    #expect(request.answeredBy == .upstream)
    #expect(reading.text(request.challenge) == #"Bearer realm="shop", error="invalid_token""#)
    #expect(reading.text(request.host) == "shop.example.com")
    #expect(reading.text(request.userAgent) == "okhttp/4.12.0")
    #expect(reading.text(request.requestID) == "5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f")
    #expect(reading.text(request.client) == "10.0.1.2")
    #expect(request.clientPort == 33318)
    #expect(request.duration == 6000)
    #expect(reading.text(request.detail) == "----")
    #expect(reading.text(request.service) == "orders-be")
  }

  @Test func `a captured credential is noticed and not kept`() throws {
    let reading = Reading(
      #"10.0.1.2:33318 [21/Aug/2026:10:00:01.120] fe be/s 0/0/1/5/6 401 212 - - ---- 3/3/0/0/0 0/0 {Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln|Basic dXNlcjpwYXNz} "GET /api HTTP/1.1""#
    )
    let request = try #require(reading.request)
    #expect(request.authorization == .present)
    #expect(request.challenge.isNone)
    for i in 0..<reading.observations.symbols.count {
      let text = reading.text(Symbol(index: UInt32(i)))
      #expect(!text.contains("eyJ") && !text.contains("dXNl"))
    }
  }

  @Test(arguments: [
    ("SC--", "s1", AnsweredBy.edge, Statement.upstreamRefused),
    ("SC--", "<NOSRV>", .edge, .noLiveUpstream),
    ("sC--", "s1", .edge, .upstreamConnectTimedOut),
    ("sH--", "s1", .edge, .upstreamTimedOut),
    ("SH--", "s1", .edge, .upstreamClosed),
    ("CH--", "s1", .edge, .clientGaveUp),
  ])
  func `HAProxy's termination state says who and why`(
    _ state: String, _ server: String, _ answerer: AnsweredBy, _ statement: Statement
  ) {
    let reading = Reading(
      "10.0.1.2:33318 [21/Aug/2026:10:00:01.120] fe be/\(server) 0/0/-1/-1/+3006 503 212 - - \(state) 3/3/0/0/+3 0/0 \"GET /api HT"
    )
    #expect(reading.request?.answeredBy == answerer)
    #expect(reading.message?.statement == statement)
    #expect(reading.request?.duration == 3_006_000)
  }

  @Test func `HAProxy says which name keeps it from starting`() {
    let reading = Reading(
      "[ALERT]    (1) : config : parsing [/usr/local/etc/haproxy/haproxy.cfg:24] : 'server kc/kc1' : could not resolve address 'keycloak'."
    )
    #expect(reading.observations.messages.map(\.statement) == [.upstreamNameNotFound])
  }

  @Test func `HAProxy's reload has the wrapper's time`() throws {
    let at = Instant.utc(year: 2026, month: 8, day: 21)
    let reading = Reading("[NOTICE]   (21561) : Reloading HAProxy", wrapperTime: at)
    #expect(reading.message?.statement == .configurationReloaded)
    #expect(reading.message?.time == at)
  }

  @Test func `Traefik without a server URL answered itself`() throws {
    let reading = Reading(
      #"203.0.113.9, 10.0.0.1 - - [21/Aug/2026:10:00:01 +0000] "GET /api/orders HTTP/1.1" 401 17 "-" "-" 4212 "orders@kubernetes" "-" 6ms"#
    )
    let request = try #require(reading.request)
    #expect(request.format == .traefikCommon)
    #expect(request.answeredBy == .edge)
    #expect(reading.text(request.client) == "203.0.113.9")
    #expect(reading.text(request.service) == "orders@kubernetes")
    #expect(request.duration == 6000)
  }

  @Test func `Traefik's own 504 is not the server's`() throws {
    let own = Reading(
      #"10.0.0.1 - - [21/Aug/2026:10:00:01 +0000] "GET /a HTTP/1.1" 504 15 "-" "-" 1 "r@k" "http://10.0.0.2:80" 2001ms"#
    )
    #expect(own.request?.answeredBy == .edge)
    let served = Reading(
      #"10.0.0.1 - - [21/Aug/2026:10:00:01 +0000] "GET /a HTTP/1.1" 401 61 "-" "-" 1 "r@k" "http://10.0.0.2:80" 1ms"#
    )
    #expect(served.request?.answeredBy == .upstream)
    #expect(served.request.map { served.text($0.upstreamAddress) } == "10.0.0.2:80")
  }

  @Test func `Traefik's auth call that failed`() throws {
    let reading = Reading(
      #"2026-08-21T10:00:00Z ERR Error calling http://10.0.0.3:4180/oauth2/auth error="Get \"http://10.0.0.3:4180/oauth2/auth\": dial tcp 10.0.0.3:4180: connect: connection refused" middlewareName=auth@file middlewareType=ForwardAuth"#
    )
    let message = try #require(reading.message)
    #expect(message.statement == .authServiceCallFailed)
    #expect(reading.text(message.peer) == "10.0.0.3:4180")
    #expect(reading.text(message.text).hasSuffix("connection refused"))
  }

  @Test func `a Go program's JSON log is not taken for Traefik's`() {
    let reading = Reading(
      #"{"level":"info","time":"2026-08-21T10:00:00Z","message":"order created"}"#)
    #expect(reading.line?.format != .traefikMessage)
  }

  @Test func `Caddy keeps the key of a credential it redacts`() throws {
    func line(_ headers: String) -> String {
      #"{"level":"error","ts":1787306400.5,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"10.0.0.7","remote_port":"40000","method":"GET","host":"h","uri":"/a?b","headers":{"#
        + headers
        + #"}},"duration":0.25,"size":60,"status":401,"resp_headers":{"Server":["Caddy","gunicorn"],"Www-Authenticate":["Bearer error=\"invalid_token\""]}}"#
    }
    let sent = Reading(
      line(
        #""Authorization":[],"Traceparent":["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]"#
      ))
    let request = try #require(sent.request)
    #expect(request.authorization == .present)
    #expect(request.answeredBy == .upstream)
    #expect(sent.text(request.challenge) == #"Bearer error="invalid_token""#)
    #expect(sent.text(request.traceID) == "0af7651916cd43dd8448eb211c80319c")
    #expect(request.clientPort == 40000)
    #expect(request.end.rfc3339 == "2026-08-21T10:00:00.500Z")
    #expect(request.start.rfc3339 == "2026-08-21T10:00:00.250Z")
    #expect(Reading(line(#""Accept":["*/*"]"#)).request?.authorization == .absent)
  }

  @Test func `Caddy's error line is a message beside the request`() throws {
    let reading = Reading(
      #"{"level":"error","ts":1787306400.123,"logger":"http.log.error.log0","msg":"dial tcp 10.0.0.2:80: connect: connection refused","request":{"remote_ip":"10.0.0.7","remote_port":"40000","method":"GET","host":"h","uri":"/a","headers":{}},"duration":0.001,"status":502}"#
    )
    #expect(reading.request == nil)
    let message = try #require(reading.message)
    #expect(message.statement == .upstreamRefused)
    #expect(reading.text(message.peer) == "10.0.0.2:80")
    #expect(reading.text(message.path) == "/a")
  }

  @Test func `a load on Caddy's admin endpoint is a reload`() {
    let reading = Reading(
      #"{"level":"info","ts":1787306401.5,"logger":"admin.api","msg":"received request","method":"POST","host":"localhost:2019","uri":"/load"}"#
    )
    #expect(reading.message?.statement == .configurationReloaded)
  }

  @Test func `common lines belong to nobody in particular`() throws {
    let reading = Reading(
      #"shop.example.com:443 10.0.0.7 - alice [21/Aug/2026:10:00:01 +0000] "GET /api HTTP/1.1" 401 - "-" "say \"hi\"""#
    )
    let request = try #require(reading.request)
    #expect(request.format == .apacheAccess)
    #expect(request.hop == .unknown)
    #expect(request.answeredBy == .unknown)
    #expect(reading.text(request.host) == "shop.example.com")
    #expect(reading.text(request.remoteUser) == "alice")
    #expect(request.responseBytes == 0)
    #expect(reading.text(request.userAgent) == #"say \"hi\""#)
  }

  @Test(arguments: [
    (
      #"[auth_openidc:error] [pid 1:tid 2] [client 10.0.0.7:5] oidc_proto_validate_exp: "exp" validation failure (1795455697): JWT expired 12 seconds ago"#,
      Statement.tokenExpired, "12"
    ),
    (
      "[proxy:error] [pid 1:tid 2] (111)Connection refused: AH00957: http: attempt to connect to 10.0.0.2:80 (x) failed",
      .upstreamRefused, ""
    ),
    (
      "[proxy:error] [pid 1:tid 2] (110)Connection timed out: AH00957: http: attempt to connect to 10.0.0.2:80 (x) failed",
      .upstreamConnectTimedOut, ""
    ),
    // Behind the line that has the error.
    (
      "[proxy_http:error] [pid 1:tid 2] [client 10.0.0.7:5] AH01114: HTTP: failed to make connection to backend: 10.0.0.2",
      .other, ""
    ),
    (
      "[proxy_http:error] [pid 1:tid 2] (70007)The timeout specified has expired: [client 10.0.0.7:5] AH01102: error reading status line from remote server x:80",
      .upstreamTimedOut, ""
    ),
    (
      "[core:info] [pid 1:tid 2] [client 10.0.0.7:5] AH00561: Request header exceeds LimitRequestFieldSize: Cookie",
      .requestHeaderTooLarge, ""
    ),
    (
      #"[auth_basic:error] [pid 1:tid 2] [client 10.0.0.7:5] AH01617: user alice: authentication failure for "/x": Password Mismatch"#,
      .basicPasswordMismatch, "alice"
    ),
    (
      "[mpm_event:notice] [pid 1:tid 1] AH00493: SIGUSR1 received.  Doing graceful restart",
      .configurationReloaded, ""
    ),
  ])
  func `Apache's error log`(_ text: String, _ statement: Statement, _ subject: String) throws {
    let reading = Reading("[Fri Aug 21 10:00:00.652118 2026] \(text)", offset: 3600)
    let message = try #require(reading.message)
    #expect(message.statement == statement)
    #expect(reading.text(message.subject) == subject)
    #expect(message.time.rfc3339 == "2026-08-21T09:00:00.652118Z")
  }
}
