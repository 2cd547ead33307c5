internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct ObservationTests {
  @Test func `a refusal carries its challenge, its reason and the claims of its token`() throws {
    let reading = Reading(Samples.exchange())
    let request = reading.requests[0]
    #expect(request.hop == .wire && request.format == .capture)
    #expect(reading.text(request.client) == "10.0.0.1")
    #expect(request.clientPort == 40_000)
    #expect(reading.text(request.upstreamAddress) == "10.0.1.1:8080")
    #expect(reading.text(request.route) == "/api/orders/*")
    #expect(reading.text(request.challenge) == "Bearer realm=\"shop\", error=\"invalid_token\"")
    #expect(reading.text(request.reason) == "invalid_token: The token expired")
    #expect(request.authorization == .present)
    let token = reading.observations.tokens[Int(request.token)]
    #expect(token.form == .jwt)
    #expect(reading.text(token.issuer) == "https://sso.example/realms/shop")
    #expect(reading.text(token.audience) == "api account")
    #expect(reading.text(token.keyID) == "k1")
    #expect(reading.text(token.algorithm) == "RS256")
    #expect(token.expires == 1_700_000_300 && token.issuedAt == 1_700_000_000)
    #expect(reading.requests[1].authorization == .absent)
  }

  @Test func `the same token is taken apart once, whatever carries it`() {
    var file = PacketBuilder()
    for port in 0..<3 {
      var talk = Talk()
      talk.clientPort += UInt16(port)
      talk.open(&file)
      file.frame(talk.fromClient(Samples.get("/", "Authorization: Bearer \(Samples.token)\r\n")))
      file.frame(talk.fromServer(Samples.ok()))
    }
    let reading = Reading(file)
    #expect(reading.observations.tokens.count == 1)
    #expect(reading.requests.allSatisfy { $0.token == 0 })
  }

  @Test(arguments: [
    ("Bearer undefined", "undefined"), ("Bearer null", "null"),
    ("Bearer [object Object]", "[object Object]"), ("Bearer \"abc\"", "quoted"),
    ("eyJhbGciOiJSUzI1NiJ9.e30.x", "no scheme"), ("Bearer eyJhbGciOiJSUzI1NiJ9.e30", "2 parts"),
    ("Bearer eyJhbGciOiJSUzI1NiJ9.e~0.x", "bad base64"), ("Bearer", "empty"),
    ("Bearer Bearer abc", "scheme twice"),
  ])
  func `malformed credentials are named`(_ value: String, _ problem: String) {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(Samples.get("/", "Authorization: \(value)\r\n")))
    file.frame(talk.fromServer(Samples.refusal))
    let reading = Reading(file)
    #expect(reading.observations.tokens.count == 1)
    #expect(reading.observations.tokens.first?.form == .malformed)
    #expect(reading.text(reading.observations.tokens.first?.problem ?? .none) == problem)
  }

  @Test(arguments: [true, false])
  func `a token without its scheme is not what the same token in a body is`(_ isFirst: Bool) throws
  {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    func bare() {
      file.frame(
        talk.fromClient(Samples.get("/", "Authorization: \(KeycloakDocumentTests.token)\r\n")))
      file.frame(talk.fromServer(Samples.refusal))
    }
    if isFirst { bare() }
    file.frame(
      talk.fromClient(
        KeycloakDocumentTests.post("token/introspect", "token=\(KeycloakDocumentTests.token)")))
    file.frame(talk.fromServer(KeycloakDocumentTests.ok(#"{"active":true}"#)))
    if !isFirst { bare() }
    let reading = Reading(file)
    let tokens = reading.observations.tokens
    let refused = try #require(reading.requests.first { $0.status == 401 })
    let asked = try #require(reading.requests.first { $0.presented >= 0 })
    #expect(tokens[Int(refused.token)].form == .malformed)
    #expect(reading.text(tokens[Int(refused.token)].problem) == "no scheme")
    #expect(tokens[Int(asked.presented)].form == .jwt)
    // They are the same token nevertheless.
    #expect(tokens[Int(refused.token)].hash == tokens[Int(asked.presented)].hash)
  }

  @Test func `no secret of a capture is kept`() {
    let reading = Reading(Samples.everything())
    var texts = ""
    for i in 0..<reading.observations.symbols.count {
      texts += reading.text(Symbol(index: UInt32(i))) + "\n"
    }
    #expect(!texts.contains("secret"))
    #expect(!texts.contains("eyJ"))
    let token = Reading(Samples.exchange())
    for i in 0..<token.observations.symbols.count {
      let text = token.text(Symbol(index: UInt32(i)))
      #expect(!text.contains("c2lnbmF0dXJl") && !text.contains("eyJ"))
    }
  }

  @Test func `an OAuth request names its client and grant, its refusal the error`() {
    let reading = Reading(Samples.everything())
    let request = reading.requests[0]
    #expect(reading.text(request.path) == "/realms/shop/protocol/openid-connect/token")
    #expect(reading.text(request.oauthClient) == "web")
    #expect(reading.text(request.detail) == "grant=password")
    #expect(reading.text(request.reason) == "invalid_grant: Invalid")
  }

  @Test func `a packet seen before and after translation is one exchange`() {
    var file = PacketBuilder(linkType: 276)
    var front = Talk()
    front.server = [10, 96, 0, 10]
    front.serverPort = 80
    front.wrap = { PacketBuilder.cooked2(0x0800, interface: 2, $0) }
    var back = Talk()
    back.server = [10, 244, 2, 2]
    back.wrap = { PacketBuilder.cooked2(0x0800, interface: 3, $0) }
    func both(_ step: (inout Talk) -> [UInt8]) {
      file.frame(step(&front))
      file.frame(step(&back))
    }
    both { $0.fromClient(flags: 2) }
    both { $0.fromServer(flags: 18) }
    both { $0.fromClient(Samples.get("/api")) }
    both { $0.fromServer(Samples.refusal) }
    let reading = Reading(file)
    #expect(reading.lines == ["GET /api 401"])
    #expect(reading.text(reading.requests[0].upstreamAddress) == "10.244.2.2:8080")
    #expect(reading.text(reading.requests[0].service) == "10.96.0.10:80")
    #expect(reading.events(.connected).count == 1)
  }

  @Test func `the same ports in another tunnel network are another exchange`() {
    var file = PacketBuilder()
    for network: UInt32 in [7, 8] {
      var talk = Talk()
      talk.wrap = { inner in
        PacketBuilder.ethernet(
          0x0800,
          PacketBuilder.ipv4(
            [1, 1, 1, 1], [2, 2, 2, 2], proto: 17,
            PacketBuilder.udp(
              9, 4789,
              PacketBuilder.vxlan(network: network, PacketBuilder.ethernet(0x0800, inner)))))
      }
      talk.open(&file)
      file.frame(talk.fromClient(Samples.get("/vni")))
      file.frame(talk.fromServer(Samples.ok()))
    }
    #expect(Reading(file).lines == ["GET /vni 200", "GET /vni 200"])
  }
}
