import Evidence
import Ingest
import Testing

/// Managed gateways, read from their samples.
@Suite struct GatewayTests {
  @Test func `Kong names the answerer`() throws {
    let lines = try SampleFiles.lines(.kongJSON)
    let own = Reading(lines[0])
    let request = try #require(own.request)
    #expect(request.answeredBy == .edge)
    #expect(request.authorization == .present)
    #expect(own.text(request.challenge) == #"Bearer realm="shop", error="invalid_token""#)
    #expect(own.text(request.path) == "/api/orders")
    #expect(own.text(request.service) == "orders-service")
    #expect(request.start.rfc3339 == "2026-08-21T10:00:00.123Z")
    let served = try #require(Reading(lines[1]).request)
    #expect(served.answeredBy == .upstream)
    #expect(served.upstreamStatus == 401)
    #expect(served.duration == 14_000)
  }

  @Test func `APISIX orders its upstream fields differently`() throws {
    let lines = try SampleFiles.lines(.apisixAccess)
    let served = Reading(lines[0])
    let request = try #require(served.request)
    #expect(request.answeredBy == .upstream)
    #expect(request.upstreamStatus == 401)
    #expect(served.text(request.host) == "shop.example.com")
    #expect(served.text(request.userAgent) == "okhttp/4.12.0")
    #expect(request.duration == 14_000)
    #expect(Reading(lines[1]).request?.answeredBy == .edge)
  }

  @Test func `a load balancer's own 401 carries its reason`() throws {
    let lines = try SampleFiles.lines(.awsALB)
    let own = Reading(lines[0])
    let request = try #require(own.request)
    #expect(request.answeredBy == .edge)
    #expect(own.text(request.detail) == "authenticate AuthInvalidCookie")
    #expect(own.text(request.traceID) == "66c5b2a01d84f3d73c47ec4e58577259")
    #expect(own.text(request.path) == "/api")
    #expect(own.text(request.host) == "shop.example.com")
    #expect(own.message?.statement == .loginStateLost)
    let served = Reading(lines[1])
    #expect(served.request?.answeredBy == .upstream)
    #expect(served.request?.duration == 13_000)
    #expect(served.request.map { served.text($0.service) } == "orders")
  }

  @Test func `a request that a load balancer did not understand has neither method nor path`()
    throws
  {
    let line =
      #"http 2026-08-21T10:00:00.186641Z app/shop/50dc6c495c0c9188 192.0.2.7:2817 - -1 -1 -1 400 - 0 0 "- http://shop.example.com:80- -" "-" - - - "-" "-" "-" 0 2026-08-21T09:59:50.364000Z "-" "-" "-""#
    let reading = Reading(line)
    let request = try #require(reading.request)
    #expect(request.status == 400)
    #expect(request.method.isNone && request.path.isNone)
    #expect(reading.text(request.client) == "192.0.2.7")
  }

  @Test func `a protocol that was not told is no part of the path, and names may be short`() throws
  {
    let line =
      #"https 2026-08-21T10:00:00.198772Z shop-lb 192.0.2.7:33578 10.0.0.1:80 -1 0.001 0.000 404 404 28 3665 "GET https://shop.example.com:443/login -" "-" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"#
    let reading = Reading(line)
    let request = try #require(reading.request)
    #expect(request.format == .awsALB)
    #expect(reading.text(request.path) == "/login")
  }

  @Test func `status details and server status tell who answered`() throws {
    let google = Reading(try SampleFiles.lines(.gcpLB)[0])
    #expect(google.request?.answeredBy == .upstream)
    #expect(google.request.map { google.text($0.traceID) } == "0af7651916cd43dd8448eb211c80319c")
    let azure = try SampleFiles.lines(.azureAppGW)
    #expect(Reading(azure[0]).request?.answeredBy == .upstream)
    let own = Reading(azure[1])
    #expect(own.request?.answeredBy == .edge)
    #expect(own.request.map { own.text($0.detail) } == "ERRORINFO_UPSTREAM_TIMED_OUT")
  }

  @Test(arguments: [Format.awsALB, .gcpLB, .azureAppGW])
  func `sizes of managed load balancers count headers`(format: Format) throws {
    let request = try #require(Reading(try SampleFiles.lines(format)[0]).request)
    #expect(request.sizeCountsHeaders)
    #expect(request.responseBytes > 0)
  }

  @Test func `Azure's first generation counts milliseconds`() {
    let reading = Reading(
      #"{"operationName":"ApplicationGatewayAccess","time":"2026-11-23T18:20:18Z","category":"ApplicationGatewayAccessLog","properties":{"instanceId":"ApplicationGatewayRole_IN_0","clientIP":"10.0.0.7","clientPort":51234,"httpMethod":"GET","requestUri":"/orders/1","userAgent":"curl/8","httpStatus":401,"httpVersion":"HTTP/1.1","receivedBytes":65,"sentBytes":553,"timeTaken":205,"sslEnabled":"off"}}"#
    )
    #expect(reading.request?.duration == 205_000)
  }

  @Test func `an API server's request line`() {
    let reading = Reading(
      #"I1123 18:20:18.123456       1 httplog.go:132] "HTTP" verb="GET" URI="/api/v1/pods?limit=5" latency="1.234567ms" userAgent="kubectl/v1.30.0" audit-ID="0aa1" srcIP="10.0.0.7:51234" resp=401"#
    )
    #expect(reading.line?.format == .klog)
    #expect(reading.request?.status == 401)
    #expect(reading.request?.duration == 1234)
    #expect(reading.text(reading.request?.client ?? .none) == "10.0.0.7")
    #expect(reading.text(reading.request?.path ?? .none) == "/api/v1/pods")
  }
}
