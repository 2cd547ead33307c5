import Testing

/// `--log-format`: patterns of nginx, Envoy and Apache, given to the built binary.
@Suite struct LogFormatTests {
  private static let cases: [(pattern: String, line: String, expected: [String])] = [
    (
      "$time_iso8601|$remote_addr|$host|$request|$status|$request_time|$http_user_agent|$request_id",
      "2026-11-23T18:20:18+00:00|172.20.8.64|api.example.org|GET /orders/17?x=1 HTTP/1.1|401|0.004|curl/8.5.0|3f0c",
      [
        "2026-11-23T18:20:18Z", "172.20.8.64", "api.example.org", "GET", "/orders/17", "401",
        "0.004",
        "curl/8.5.0", "3f0c",
      ]
    ),
    (
      "[%START_TIME%] %REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %RESPONSE_CODE% %RESPONSE_CODE_DETAILS% \"%REQ(USER-AGENT)%\" %DURATION% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %REQ(:AUTHORITY)%\\n",
      "[2026-11-23T18:20:18.250Z] POST /pay?card=1 401 jwt_authn_access_denied{Jwt_is_expired} \"okhttp/4.12\" 12 10.1.2.3 pay.example.org",
      [
        "2026-11-23T18:20:18.262Z", "POST", "/pay", "401", "okhttp/4.12", "0.012", "10.1.2.3",
        "pay.example.org",
      ]
    ),
    (
      "%{X-Request-Id}i %a %t \\\"%r\\\" %>s %D %v \\\"%{User-Agent}i\\\"",
      "4f0c 10.9.8.7 [23/Nov/2026:18:20:18 +0000] \"DELETE /carts/9 HTTP/1.1\" 403 2500 shop.example.org \"Mozilla \\\"x\\\"\"",
      [
        "4f0c", "10.9.8.7", "2026-11-23T18:20:18.002500Z", "DELETE", "/carts/9", "403",
        "shop.example.org",
      ]
    ),
  ]

  @Test(arguments: 0..<3) func `a pattern reads its lines, and others are read as always`(
    index: Int
  ) throws {
    let (pattern, line, expected) = Self.cases[index]
    let file = try Scratch.file(line + "\n" + Lines.success + line + "\n")
    let run = try Tool.run(["records", "--log-format", pattern, file.path])
    let records = run.output.split(separator: "\n").map(String.init)
    #expect(run.status == 0)
    try #require(records.count == 3)
    for i in [0, 2] {
      #expect(records[i].contains("\"format\":\"user.format\",\"kind\":\"request\""))
      for word in expected { #expect(records[i].contains(word), "\(word) in \(records[i])") }
    }
    #expect(records[1].contains("nginx.ingress"))
    for end in 0..<line.utf8.count {
      let cut = try Scratch.file(String(decoding: Array(line.utf8)[..<end], as: UTF8.self))
      if end % 29 == 0 {
        let run = try Tool.run(["records", "--log-format", pattern, cut.path])
        #expect(run.status == 0)
      }
    }
  }

  @Test func `a pattern that says no status is refused, with the reason`() throws {
    let run = try Tool.run(["records", "--log-format", "$remote_addr $request", "x.log"])
    #expect(run.status == 64)
    #expect(run.errors.contains("no field for the status"))
    #expect(try Tool.run(["--log-format", "hello", "x.log"]).errors.contains("neither nginx's"))
  }

  @Test func `a pattern goes before the format that would read its lines too`() throws {
    let file = try Scratch.file(Lines.refusals + Lines.success)
    let pattern =
      "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\" $request_length $request_time [$proxy_upstream_name] [$x] $upstream_addr $a $b $upstream_status $req_id"
    let run = try Tool.run(["formats", "--log-format", pattern, file.path])
    #expect(run.output.contains("user.format: 3"))
  }
}
