internal import Testing

@testable import Captures
@testable import Evidence

/// What is read of Keycloak's answers, of headers that hops change, and of clocks.
@Suite struct KeycloakDocumentTests {
  /// `{"alg":"RS256","kid":"k1"}.{"iss":"https://sso/realms/r","aud":"a","typ":"Bearer","exp":9}`
  static let token =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0."
    + "eyJpc3MiOiJodHRwczovL3Nzby9yZWFsbXMvciIsImF1ZCI6ImEiLCJ0eXAiOiJCZWFyZXIiLCJleHAiOjl9.c2ln"

  static func exchange(_ request: String, _ answer: String) -> Reading {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(request))
    file.frame(talk.fromServer(answer))
    return Reading(file)
  }

  static func post(_ path: String, _ body: String) -> String {
    "POST /realms/r/protocol/openid-connect/\(path) HTTP/1.1\r\nHost: sso\r\n"
      + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
      + body
  }

  static func ok(_ body: String, _ headers: String = "") -> String {
    "HTTP/1.1 200 OK\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test func `the key ids of a JWKS are read`() {
    let reading = Self.exchange(
      "GET /realms/r/protocol/openid-connect/certs HTTP/1.1\r\nHost: sso\r\n\r\n",
      Self.ok(#"{"keys":[{"kid":"k1","kty":"RSA"},{"kty":"RSA"},{"kid":"k2"}]}"#))
    #expect(reading.text(reading.requests[0].reason) == "keys: k1 k2")
  }

  @Test func `the issuer of a discovery document is read`() {
    let reading = Self.exchange(
      "GET /realms/r/.well-known/openid-configuration HTTP/1.1\r\nHost: sso\r\n\r\n",
      Self.ok(#"{"issuer":"https:\/\/sso\/realms\/r","jwks_uri":"x"}"#))
    #expect(reading.text(reading.requests[0].reason) == "issuer: https://sso/realms/r")
  }

  @Test func `an introspection shows the token and whether it is active`() throws {
    let reading = Self.exchange(
      Self.post("token/introspect", "client_id=orders&client_secret=s3&token=\(Self.token)"),
      Self.ok(#"{"active":false}"#))
    let request = reading.requests[0]
    #expect(reading.text(request.reason) == "active: false")
    let index = try #require(request.presented >= 0 ? Int(request.presented) : nil)
    #expect(reading.text(reading.observations.tokens[index].keyID) == "k1")
    #expect(reading.text(request.oauthClient) == "orders")
  }

  @Test func `a token that is handed out and one that is sent are known to be the same`() throws {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(Self.post("token", "grant_type=password&client_id=web")))
    file.frame(talk.fromServer(Self.ok(#"{"access_token":"\#(Self.token)","expires_in":300}"#)))
    file.frame(
      talk.fromClient(
        "GET /api HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer \(Self.token)\r\n\r\n"))
    file.frame(talk.fromServer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"))
    let reading = Reading(file)
    let tokens = reading.observations.tokens
    let issued = tokens[Int(reading.requests[0].issued)]
    let sent = tokens[Int(reading.requests[1].token)]
    #expect(issued.hash == sent.hash)
    #expect(issued.claimsHash == sent.claimsHash)
    #expect(issued.expires == 9)
  }

  @Test func `the sentence on an error page of Keycloak is the reason`() {
    let page = """
      <!DOCTYPE html><html><head><title>Sign in to r</title></head><body>
      <div id="kc-error-message"><p class="instruction">Invalid parameter: redirect_uri</p></div>
      """
    let reading = Self.exchange(
      "GET /realms/r/protocol/openid-connect/auth?client_id=x HTTP/1.1\r\nHost: sso\r\n\r\n",
      "HTTP/1.1 400 Bad Request\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
    #expect(reading.text(reading.requests[0].reason) == "Invalid parameter: redirect_uri")
  }

  @Test func `headers that hops change are named without values that are secret`() {
    let reading = Self.exchange(
      "GET /api HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer \(Self.token)\r\n"
        + "Cookie: KC_SESSION=abcdef; theme=dark\r\nX-Forwarded-For: 192.0.2.7:4711, 10.0.0.1\r\n"
        + "X-Forwarded-Proto: https\r\n\r\n",
      Self.ok(""))
    let request = reading.requests[0]
    #expect(
      reading.text(request.headers)
        == "Authorization: Bearer (JWT); Cookie: KC_SESSION, theme; X-Forwarded-Proto: https; "
        + "X-Forwarded-For: present")
    #expect(reading.text(request.forwardedFor) == "192.0.2.7")
  }

  @Test func `an unknown scheme may be the secret itself and is not shown`() {
    let reading = Self.exchange(
      "GET /api HTTP/1.1\r\nHost: shop\r\nAuthorization: s3cr3t-s3cr3t\r\n\r\n", Self.ok(""))
    let headers = reading.text(reading.requests[0].headers)
    #expect(headers.hasPrefix("Authorization: no known scheme"))
    #expect(!headers.contains("s3cr3t"))
  }

  @Test func `Date against the capture's clock`() {
    // The first packets are of 2023-11-14T22:13:20Z.
    let reading = Self.exchange(
      "GET /api HTTP/1.1\r\nHost: shop\r\n\r\n",
      Self.ok("", "Date: Tue, 14 Nov 2023 22:18:20 GMT\r\n"))
    #expect(reading.requests[0].dateOffset == 300)
    let none = Self.exchange(
      "GET /api HTTP/1.1\r\nHost: shop\r\n\r\n", Self.ok("", "Date: yesterday\r\n"))
    #expect(none.requests[0].dateOffset == Request.noDate)
  }

  @Test func `a filter leaves packets out, and those that pass keep their numbers`() {
    var file = PacketBuilder()
    for port: UInt16 in [8080, 9090] {
      var talk = Talk()
      talk.serverPort = port
      talk.clientPort = port &+ 1
      talk.open(&file)
      file.frame(talk.fromClient("GET /\(port) HTTP/1.1\r\nHost: shop\r\n\r\n"))
      file.frame(talk.fromServer(Self.ok("")))
    }
    var observations = Observations()
    CaptureReader.read(
      bytes: file.bytes, source: 3, options: CaptureOptions(filter: "tcp port 9090"),
      into: &observations)
    #expect(observations.requests.isEmpty)
    #expect(observations.captured.items.map(\.request.citation.number) == [9])
    #expect(
      observations.coverage[3]?.problems == ["5 packets were left out by the filter"])
    #expect(PacketFilter.complaint(about: "tcp port") != nil)
    #expect(PacketFilter.complaint(about: "icmp or host 10.0.0.1") == nil)
  }
}
