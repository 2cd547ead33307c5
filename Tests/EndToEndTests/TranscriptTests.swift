import Foundation
import Testing

/// What people copy from a terminal or save from a browser, given to the built binary.
@Suite struct TranscriptTests {
  private func file(_ text: String, _ name: String) throws -> URL {
    try Scratch.file(text, name: UUID().uuidString + "-" + name)
  }

  private func cause(_ url: URL) throws -> String {
    let run = try Tool.run(["-q", "--json", "-", url.path])
    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let findings = report?["findings"] as? [[String: Any]]
    return findings?.first?["cause"] as? String ?? ""
  }

  /// Header and claims of a token whose `exp` is 2026-11-23T16:21:37Z.
  private static let token: String = {
    func part(_ json: String) -> String {
      Data(json.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
        .replacing("/", with: "_")
    }
    return part(#"{"alg":"RS256","typ":"JWT","kid":"k1"}"#) + "."
      + part(
        #"{"exp":1795450897,"iat":1795450597,"iss":"https://sso.example.org/realms/shop","aud":"account","typ":"Bearer"}"#
      ) + ".c2lnbmF0dXJlLXNpZ25hdHVyZQ"
  }()

  private static let verbose = """
    $ curl -v https://api.example.org/orders/17 -H "Authorization: Bearer $TOKEN"
    * Connected to api.example.org (203.0.113.7) port 443
    * [HTTP/2] [1] [authorization: Bearer \(token)]
    > GET /orders/17 HTTP/2
    > Host: api.example.org
    > User-Agent: curl/8.5.0
    > Authorization: Bearer \(token)
    >\u{20}
    < HTTP/2 401\u{20}
    < www-authenticate: Bearer realm="https://api.example.org/orders/17", error="invalid_token"
    < content-type: text/plain
    < date: Mon, 23 Nov 2026 17:21:40 GMT
    <\u{20}
    * Connection #0 to host api.example.org left intact
    Jwt is expired

    """

  @Test func `curl -v shows an expired token, by its words and by its claims`() throws {
    let file = try file(Self.verbose, "v.txt")
    #expect(try cause(file) == "token.expired")
    let run = try Tool.run([file.path])
    #expect(SettingsTests.words(run.output).contains("`exp` was 3603 s"))
    let records = try Tool.run(["records", file.path])
    #expect(records.output.contains("\"http.response.status_code\":401"))
    for output in [run.output, records.output] {
      #expect(!output.contains("eyJ"))
      #expect(!output.contains("c2lnbmF0"))
    }
  }

  @Test(arguments: ["GET / HTTP/2", "GET / HTTP/1.1", "PUT / HTTP/1.0", "DELETE /a HTTP/1.1"])
  func `the request of a short path belongs to its answer, and dots may stand between`(
    request: String
  ) throws {
    let parts = request.split(separator: " ")
    for end in [">", "> ", "..."] {
      let text = """
        * Connected to 127.0.0.1 (127.0.0.1) port 80
        > \(request)
        > Host: www.example.com
        > User-Agent: curl/8.7.1
        > Accept: */*
        \(end)
        < HTTP/1.1 401 Unauthorized
        < content-length: 58
        < date: Sun, 19 Jan 2025 12:55:39 GMT
        <

        Client authentication failed.

        """
      let records = try Tool.run(["records", "--no-config", file(text, "s.txt").path]).output
      #expect(records.contains("\"http.request.method\":\"\(parts[0])\""))
      #expect(records.contains("\"url.path\":\"\(parts[1])\""))
      #expect(records.contains("\"http.response.status_code\":401"))
    }
  }

  @Test(
    arguments: [
      ("error_description=\"Jwt expired at 2026-11-23T16:21:37Z\"", "token.expired"),
      ("error_description=\"The iss claim is not valid\"", "token.issuer_mismatch"),
    ])
  func `a pasted answer speaks by its challenge`(words: String, expected: String) throws {
    let answer = """
      HTTP/1.1 401 Unauthorized
      Date: Mon, 23 Nov 2026 17:21:40 GMT
      WWW-Authenticate: Bearer error="invalid_token", \(words)
      Content-Length: 0


      """
    #expect(try cause(file(answer, "a.txt")) == expected)
    let command = "curl -i https://api.example.org/orders -H 'Authorization: Bearer ***'\n"
    #expect(try cause(file(command + answer, "i.txt")) == expected)
  }

  @Test func `the token end-point refused the client`() throws {
    let text = """
      $ curl -i -d grant_type=client_credentials -d client_id=orders \\
          -d client_secret=hunter2hunter2 https://sso.example.org/realms/shop/protocol/openid-connect/token
      HTTP/1.1 401 Unauthorized
      Content-Type: application/json

      {"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}

      """
    let file = try file(text, "t.txt")
    #expect(try cause(file) == "client.bad_secret")
    #expect(try !Tool.run(["--json", "-", file.path]).output.contains("hunter2"))
  }

  @Test(arguments: [
    "https://admin:hunter2@kc.example.org/realms/shop/account",
    "https://kc.example.org?token=hunter2/b",
  ])
  func `an address of a browser's inspector names a host, and no credential`(address: String) throws
  {
    let file = try file("Request URL: \(address)\nStatus Code: 401 Unauthorized\n", "inspector.txt")
    let records = try Tool.run(["records", file.path]).output
    #expect(records.contains("\"http.response.status_code\":401"))
    #expect(records.contains("kc.example.org"))
    for output in [records, try Tool.run(["--json", "-", file.path]).output] {
      #expect(!output.contains("hunter2"))
    }
  }

  @Test func `log lines around a transcript are read as lines`() throws {
    let file = try file(Lines.refusals + Self.verbose + Lines.success, "mixed.txt")
    let records = try Tool.run(["records", file.path])
    let requests = records.output.split(separator: "\n").filter {
      $0.contains("\"kind\":\"request\"")
    }
    #expect(requests.count == 4)
    #expect(records.output.contains("mixed.txt:18\",\"format\":\"nginx.ingress\""))
  }

  private func har(_ creator: String, _ authorization: String) -> String {
    """
    {
      "log": {
        "version": "1.2",
        "creator": {"name": "\(creator)", "version": "1"},
        "entries": [
          {
            "startedDateTime": "2026-11-23T17:21:40.123Z", "time": 33.4,
            "request": {"method": "GET", "url": "https://api.example.org/api/orders?x=1",
              "headers": [{"name": "Host", "value": "api.example.org"}\(authorization)]},
            "response": {"status": 401, "headers": [{"name": "WWW-Authenticate", "value": "Bearer"}],
              "content": {"size": 0, "text": ""}}
          }
        ]
      }
    }
    """
  }

  @Test func `a browser sent no token`() throws {
    let file = try file(har("Firefox", ""), "x.har")
    #expect(try cause(file) == "token.missing")
    let run = try Tool.run(["records", file.path])
    #expect(
      run.output.contains(
        "x.har#1\",\"format\":\"http.har\",\"kind\":\"request\",\"time\":\"2026-11-23T17:21:40.123Z\""
      ))
    #expect(!run.output.contains("x=1"))
  }

  @Test func `a browser that leaves credentials out proves nothing by it`() throws {
    let run = try Tool.run([file(har("WebInspector", ""), "x.har").path])
    #expect(run.output.contains("a missing"))
    #expect(run.output.replacing("\n", with: " ").contains("left credentials out"))
  }

  @Test func `a cut HAR file gives its whole entries`() throws {
    let text = har("Firefox", "")
    for end in stride(from: 40, to: text.utf8.count, by: 37) {
      let run = try Tool.run(["formats", file(String(text.prefix(end)), "x.har").path])
      #expect(run.status == 0 || run.status == 2)
    }
  }

  @Test func `an export spread over many lines is cited by its lines`() throws {
    let event = """
      {
        "time": 1795455697123,
        "type": "REFRESH_TOKEN_ERROR",
        "realmId": "shop",
        "clientId": "web",
        "ipAddress": "10.1.2.3",
        "error": "invalid_token"
      }
      """
    for text in ["[\n" + event + ",\n" + event + "\n]\n", event + "\n" + event + "\n"] {
      let run = try Tool.run(["records", file(text, "events.json").path])
      let events = run.output.split(separator: "\n").filter { $0.contains("token_event") }
      #expect(events.count == 2)
      let first = text.hasPrefix("[") ? 2 : 1
      #expect(events[0].contains("events.json:\(first)\""))
      #expect(events[1].contains("events.json:\(first + 8)\""))
    }
  }
}

extension TranscriptTests {
  @Test(arguments: [
    ("http.transcript/curl-v.txt", "/api/orders", "invalid_token"),
    ("http.transcript/curl-i.txt", "", "invalid_token"),
    ("http.har/sample.har", "/api/orders", "Bearer realm"),
  ])
  func `the samples of documents are read as what they are`(
    name: String, path: String, challenge: String
  ) throws {
    let samples = RecordedRunTests.folder.deletingLastPathComponent().appending(path: "formats")
    let run = try Tool.run(["records", samples.appending(path: name).path])
    let record = try #require(
      run.output.split(separator: "\n").first { $0.contains("\"kind\":\"request\"") })
    #expect(record.contains("\"format\":\"\(name.prefix { $0 != "/" })\""))
    #expect(record.contains("\"http.response.status_code\":401"))
    #expect(record.contains(challenge))
    if !path.isEmpty { #expect(record.contains("\"url.path\":\"\(path)\"")) }
  }
}
