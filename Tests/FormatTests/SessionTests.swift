import Evidence
import Ingest
import Testing

/// HAProxy as JSON, and sessions that are no HTTP.
@Suite struct SessionTests {
  @Test func `HAProxy's JSON says what its text says`() throws {
    let lines = try SampleFiles.lines(.haproxyJSON)
    let flat = Reading(lines[0])
    let request = try #require(flat.request)
    #expect(request.status == 401 && request.answeredBy == .upstream && request.hop == .edge)
    #expect(request.start.rfc3339 == "2026-08-21T10:00:00.655Z" && request.duration == 6000)
    #expect(flat.text(request.client) == "10.0.1.2" && request.clientPort == 33317)
    #expect(flat.text(request.service) == "orders-be" && flat.text(request.path) == "/api")
    #expect(request.responseBytes == 351 && request.sizeCountsHeaders)
    let nested = Reading(lines[1])
    let refused = try #require(nested.request)
    #expect(refused.status == 401 && refused.answeredBy == .edge && refused.upstreamStatus == 0)
    #expect(nested.text(refused.client) == "10.0.1.2" && nested.text(refused.method) == "GET")
    let prefixed = Reading(lines[2])
    #expect(prefixed.request?.status == 503)
    #expect(prefixed.message?.statement == .upstreamRefused)
    let token = Reading(lines[4])
    #expect(token.request?.status == 200)
    #expect(token.request.map { token.text($0.service) } == "keycloak")
    #expect(token.request.map { token.text($0.userAgent) } == "okhttp/4.12")
  }

  @Test func `a session without HTTP gives no request`() throws {
    let line = try SampleFiles.lines(.haproxyJSON)[3]
    let reading = Reading(line)
    #expect(reading.request == nil)
    #expect(reading.message?.statement == .upstreamConnectTimedOut)
    for line in try SampleFiles.lines(.nginxStream) {
      let reading = Reading(line)
      #expect(reading.line?.time.isKnown == true)
      #expect(reading.request == nil && reading.message == nil)
    }
  }

  @Test func `JSON without a termination state is nobody's of HAProxy`() {
    for line in [
      #"{"time":"2026-08-21T10:00:00Z","status":401,"backend":"b","request":"GET / HTTP/1.1","level":"info","msg":"x"}"#,
      #"{"time":"2026-08-21T10:00:00Z","status":401,"termination_state":"done","backend":"b","method":"GET","path":"/x"}"#,
      #"{"time":"2026-08-21T10:00:00Z","status":401,"termination_state":"----","method":"GET","path":"/x"}"#,
    ] { #expect(Reading(line).line?.format != .haproxyJSON) }
  }

  @Test func `an event is dated by its stamp, or by its age before the wrapper's, else not`() {
    let stamped = Reading(
      "2026-11-23T18:20:18Z   Warning   Unhealthy   pod/kc-0   Readiness probe failed: statuscode: 503"
    )
    #expect(stamped.message?.time.rfc3339 == "2026-11-23T18:20:18Z")
    let rows = [
      "4m5s   Warning   Unhealthy   pod/kc-0   Readiness probe failed: HTTP probe failed with statuscode: 503",
      "4m5s (x12 over 19m)   Warning   Unhealthy   Pod/kc-0   Readiness probe failed: HTTP probe failed with statuscode: 503",
      "  Warning  Unhealthy  4m5s (x3 over 10m)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503",
    ]
    let asked = Instant.utc(year: 2026, month: 11, day: 23, second: 66_000, offset: 0)
    for row in rows {
      #expect(Reading(row).line?.format == .kubernetesEvent)
      #expect(Reading(row).message?.statement == .probeFailed)
      #expect(Reading(row).message?.time.isKnown == false)
      #expect(Reading(row, wrapperTime: asked).message?.time == asked.advanced(seconds: -245))
    }
    for head in [
      "  Type     Reason     Age                From               Message",
      "  ----     ------     ----               ----               -------",
    ] { #expect(Reading(head).line?.format == .kubernetesEvent && Reading(head).message == nil) }
  }
}
