import Evidence
import Ingest
import Testing

@Suite struct EnvoyTests {
  @Test func `an Istio line that a filter answered`() throws {
    let reading = Reading(
      #"[2026-08-21T10:00:00.123Z] "GET /api/orders?x=1 HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_is_expired} - "-" 0 14 1 - "203.0.113.9,10.0.0.7" "okhttp/4.12.0" "5b6c7d8e-0f1a" "shop.example.com" "-" outbound|8080||orders.shop.svc.cluster.local - 10.244.0.9:8443 10.0.0.7:51422 shop.example.com orders-route"#
    )
    let request = try #require(reading.request)
    #expect(request.format == .envoyText)
    #expect(request.status == 401)
    #expect(request.answeredBy == .edge)
    #expect(reading.text(request.detail) == "jwt_authn_access_denied{Jwt_is_expired}")
    #expect(reading.text(request.client) == "203.0.113.9")
    #expect(request.clientPort == 0)
    #expect(reading.text(request.path) == "/api/orders")
    #expect(reading.text(request.host) == "shop.example.com")
    #expect(reading.text(request.requestID) == "5b6c7d8e-0f1a")
    #expect(reading.text(request.service) == "outbound|8080||orders.shop.svc.cluster.local")
    #expect(request.responseBytes == 14)
    #expect(request.start.rfc3339 == "2026-08-21T10:00:00.123Z")
    #expect(request.end.rfc3339 == "2026-08-21T10:00:00.124Z")
    #expect(reading.message?.statement == .tokenExpired)
    #expect(reading.message?.citation == request.citation)
  }

  @Test func `an upstream's answer`() throws {
    let reading = Reading(
      #"[2026-08-21T10:00:02.500Z] "GET /api HTTP/1.1" 401 - via_upstream - "-" 0 120 9 8 "10.0.0.7" "say "hi" now" "id" "orders:8080" "10.244.2.17:8080" inbound|8080|| 127.0.0.6:40001 10.244.2.17:8080 10.0.0.7:5123 outbound_.8080_._.orders default"#
    )
    let request = try #require(reading.request)
    #expect(request.answeredBy == .upstream)
    #expect(request.upstreamStatus == 401)
    #expect(reading.text(request.upstreamAddress) == "10.244.2.17:8080")
    #expect(request.clientPort == 5123)
    #expect(reading.observations.messages.isEmpty)
  }

  @Test func `details with blanks and flags`() throws {
    let reading = Reading(
      #"[2026-08-21T10:00:02.500Z] "GET /api HTTP/1.1" 503 UF,URX upstream_reset_before_response_started{connection termination} - "-" 0 91 5 - "-" "curl/8.5.0" "id" "h" "10.0.0.1:80" c - - - - -"#
    )
    let request = try #require(reading.request)
    #expect(
      reading.text(request.detail)
        == "upstream_reset_before_response_started{connection termination}")
    #expect(reading.text(request.flags) == "UF,URX")
    #expect(reading.message?.statement == .upstreamClosed)
  }

  @Test func `without details the upstream's time tells who answered`() throws {
    let own = Reading(
      #"[2026-08-21T10:00:00.123Z] "GET /a HTTP/2" 401 - 0 14 1 - "-" "-" "-" "h" "-""#)
    #expect(own.request?.answeredBy == .edge)
    let upstream = Reading(
      #"[2026-08-21T10:00:00.123Z] "GET /a HTTP/2" 401 - 0 14 1 1 "-" "-" "-" "h" "10.0.0.1:80""#)
    #expect(upstream.request?.answeredBy == .upstream)
  }

  @Test(arguments: [
    ("delayed_connect_error:_111", Statement.upstreamRefused),
    ("connection_timeout", .upstreamConnectTimedOut),
    (
      "remote_connection_failure|TLS_error:|268435581:SSL:CERTIFICATE_VERIFY_FAILED",
      .upstreamTLSVerify
    ),
    ("remote_connection_failure|TLS_error:|268435703:WRONG_VERSION_NUMBER", .upstreamTLSFailed),
  ])
  func `a reset's reason`(_ reason: String, _ statement: Statement) {
    let reading = Reading(
      "[2026-08-21T10:00:00.123Z] \"GET /a HTTP/2\" 503 UF upstream_reset_before_response_started{\(reason)} - \"-\" 0 14 1 - \"-\" \"-\" \"-\" \"h\" \"10.0.0.1:80\" c - - - - -"
    )
    #expect(reading.message?.statement == statement)
  }

  @Test func `null and left out are absent in JSON`() throws {
    let reading = Reading(
      #"{"authority":"h","bytes_received":0,"bytes_sent":50,"duration":3,"method":"GET","path":"/a?b","request_id":"r","response_code":401,"response_code_details":"jwt_authn_access_denied{Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt}","response_flags":"-","start_time":"2026-08-21T10:00:00.000Z","upstream_host":null,"downstream_remote_address":"10.0.0.7:40000","x_forwarded_for":null}"#
    )
    let request = try #require(reading.request)
    #expect(request.answeredBy == .edge)
    #expect(request.flags.isNone)
    #expect(request.upstreamAddress.isNone)
    #expect(reading.text(request.client) == "10.0.0.7")
    #expect(request.clientPort == 40000)
    #expect(reading.message?.statement == .tokenUnknownKey)
  }

  @Test func `a failed key fetch in Envoy's own log`() throws {
    let reading = Reading(
      "[2026-08-21 10:00:00.123][22][debug][jwt] [jwks_fetcher.cc:130] fetch pubkey [uri = https://sso.example.com/certs]: response status code 503"
    )
    let message = try #require(reading.message)
    #expect(message.statement == .callHTTPError)
    #expect(reading.text(message.subject) == "503")
    #expect(reading.text(message.peer) == "sso.example.com")
  }

  @Test(arguments: [
    ("Jwt authentication starts", nil),
    ("Jwt authentication completed with: OK", nil),
    ("Jwt authentication completed with: Unknown issuer", Statement.tokenIssuer),
    ("Jwt header is an invalid JSON", .tokenMalformed),
    ("Jwt payload [exp] field is not an integer", .tokenClaim),
    ("Jwks remote fetch is failed", .keysUnavailable),
  ])
  func `only a status of the JWT library tells of a refusal`(
    _ text: String, _ statement: Statement?
  ) {
    let reading = Reading(
      "[2019-07-24 05:47:37.608][22][debug][filter] [src/envoy/http/jwt_auth/jwt_authenticator.cc:82] "
        + text)
    #expect(reading.line?.format == .envoyApplication)
    #expect(reading.message?.statement == statement)
  }

  @Test func `the peer may be named without the word address`() throws {
    let reading = Reading(
      #"{"start_time":"2026-08-21T10:00:00.001Z","method":"GET","path":"/","response_code":503,"response_flags":"UH","downstream_remote":"192.0.2.7:49122"}"#
    )
    let request = try #require(reading.request)
    #expect(reading.text(request.client) == "192.0.2.7")
  }
}
