internal import Testing

@testable import Captures
@testable import Evidence

@Suite struct MessageTests {
  /// One connection: requests and answers in turn.
  private func read(_ turns: (client: String, server: String)...) -> Reading {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for turn in turns {
      if !turn.client.isEmpty { file.frame(talk.fromClient(turn.client)) }
      if !turn.server.isEmpty { file.frame(talk.fromServer(turn.server)) }
    }
    file.frame(talk.fromServer(flags: 0x11))
    return Reading(file)
  }

  @Test func `pipelined requests are answered in order`() {
    let reading = read(
      (Samples.get("/a") + Samples.get("/b") + Samples.get("/c"), Samples.ok() + Samples.refusal),
      ("", Samples.ok()))
    #expect(reading.lines == ["GET /a 200", "GET /b 401", "GET /c 200"])
  }

  @Test func `HEAD, 204 and 304 have no body whatever they declare`() {
    let reading = read(
      (
        "HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
      ),
      (Samples.get("/n"), "HTTP/1.1 204 No Content\r\n\r\n"),
      (Samples.get("/m"), "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
      (Samples.get("/z"), Samples.ok()))
    #expect(reading.lines == ["HEAD /h 200", "GET /n 204", "GET /m 304", "GET /z 200"])
  }

  @Test func `chunks with extensions and trailers end where they end`() {
    let reading = read(
      (
        Samples.get("/c"),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n0A\r\n0123456789"
          + "\r\n0\r\nX-T: 1\r\n\r\n"
      ),
      (Samples.get("/d"), Samples.ok()))
    #expect(reading.lines == ["GET /c 200", "GET /d 200"])
    #expect(reading.requests[0].responseBytes == 47 + 14)
  }

  @Test func `an interim answer is not the answer but has a record of its own`() {
    let reading = read(
      (
        "POST /p HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n"
      ),
      ("body", Samples.refusal))
    #expect(reading.lines == ["POST /p 401", "- 100"])
    #expect(reading.coverage.formats[.capture] == 3)
  }

  @Test func `a refused expectation means the body never comes`() {
    let reading = read(
      (
        "POST /p HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n",
        Samples.refusal
      ),
      (Samples.get("/next"), Samples.ok()))
    #expect(reading.lines == ["POST /p 401", "GET /next 200"])
  }

  @Test func `HTTP text inside a body is body`() {
    let inner = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
    let reading = read((Samples.get("/doc"), Samples.ok(inner)), (Samples.get("/e"), Samples.ok()))
    #expect(reading.lines == ["GET /doc 200", "GET /e 200"])
  }

  @Test func `bare line feeds, a blank before the colon and a folded line are read`() {
    let reading = read(
      (
        "GET /t HTTP/1.1\nHost : shop\nX-A: 1\n two\nAuthorization:  Bearer abc\n\n",
        "HTTP/1.1 401\nWWW-Authenticate: Bearer\nContent-Length: 0\n\n"
      ))
    #expect(reading.lines == ["GET /t 401"])
    #expect(reading.text(reading.requests[0].host) == "shop")
    #expect(reading.requests[0].authorization == .present)
  }

  @Test func `absence of Authorization is said of whole heads only`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(Samples.get("/whole")))
    file.frame(talk.fromServer(Samples.refusal))
    let head = talk.fromClient(Samples.get("/cut", "Authorization: Bearer abc\r\n"))
    file.frame(Array(head.dropLast(40)), missing: 40)
    file.frame(talk.fromServer(Samples.refusal))
    let reading = Reading(file)
    #expect(reading.lines == ["GET /whole 401", "GET /cut 401"])
    #expect(reading.requests.map(\.authorization) == [.absent, .unknown])
  }

  /// Exchanges of one connection of which the first `kept` bytes of each payload were captured.
  private static func snapped(_ kept: Int, _ exchanges: [(String, String)]) -> [String] {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    for (request, answer) in exchanges {
      for (isClient, text) in [(true, request), (false, answer)] {
        let frame = isClient ? talk.fromClient(text) : talk.fromServer(text)
        let missing = max(0, text.utf8.count - kept)
        file.frame(Array(frame.dropLast(missing)), missing: missing)
      }
    }
    return Reading(file).lines
  }

  @Test func `a snap length that leaves little more than start lines leaves exchanges`() {
    let some = [
      (Samples.get("/a"), Samples.refusal), (Samples.get("/b"), Samples.ok()),
      (Samples.get("/c"), Samples.refusal),
    ]
    #expect(Self.snapped(30, some) == ["GET /a 401", "GET /b 200", "GET /c 401"])
    // Even a status line that is cut tells its status; a request line does not tell its path.
    #expect(Self.snapped(20, some) == ["GET /a 401", "GET /b 200", "GET /c 401"])
    #expect(Self.snapped(13, some) == ["- 401", "- 200", "- 401"])
    #expect(Self.snapped(9, some).isEmpty)
  }

  @Test func `a start line inside a body whose end is not known begins nothing`() {
    let form = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n"
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(talk.fromClient(form))
    // 600 bytes of the body are lost, more than the rest of it after that.
    talk.clientSeq &+= 950
    file.frame(talk.fromClient("GET /inside HTTP/1.1\r\nno header"))
    file.frame(talk.fromServer(Samples.ok()))
    #expect(Reading(file).lines == ["POST /a 200"])
  }

  @Test func `a request without an answer is one, with its event`() {
    let reading = read((Samples.get("/lost"), ""))
    #expect(reading.lines == ["GET /lost 0"])
    #expect(reading.events(.requestUnanswered).count == 1)
    #expect(
      reading.text(reading.requests[0].detail) == "connection closed before the answer")
  }

  @Test func `an upgrade ends HTTP on the connection`() {
    let reading = read(
      (
        Samples.get("/ws", "Upgrade: websocket\r\nConnection: Upgrade\r\n"),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
      ),
      ("GET /not-http HTTP/1.1\r\nHost: x\r\n\r\n", ""))
    #expect(reading.lines.first == "GET /ws 101")
  }

  @Test func `an upgrade to HTTP/2 is an interim answer, told in records only`() {
    var file = PacketBuilder()
    var talk = Talk()
    talk.open(&file)
    file.frame(
      talk.fromClient(
        Samples.get("/grpc", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n")))
    file.frame(
      talk.fromServer(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"))
    file.frame(talk.fromServer(flags: 0x11))
    #expect(Reading(file).lines == ["GET /grpc 0", "- 101"])
    #expect(Reading(file.bytes, inFull: false).lines == ["GET /grpc 0"])
  }

  @Test func `other protocols with words in capitals are not HTTP`() {
    let reading = read(
      ("EHLO mail.example\r\n", "250 OK\r\n"), ("MAIL FROM:<a@b>\r\n", "250 OK\r\n"))
    #expect(reading.lines == [])
  }
}
