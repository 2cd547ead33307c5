import Testing

/// What stands in front of a line when relays and operators have added to it.
@Suite struct WrapperTests {
  private static func records(_ line: String) throws -> String {
    let file = try Scratch.file(line + "\n")
    return try Tool.run(["records", file.path]).output
  }

  @Test func `the tags of two programs come off an error of nginx`() throws {
    let record = try WrapperTests.records(
      #"web1 nginx[23141]: web1 nginx: 2026/09/07 21:20:40 [error] 23141#23141: *24470 PAM: user 'u' - not authenticated: Authentication failure, client: 192.0.2.120, server: shop, request: "GET /a HTTP/2.0", host: "shop""#
    )
    for part in [
      "nginx.error", "2026-09-07T21:20:40Z", "\"client.address\":\"192.0.2.120\"",
      "\"url.path\":\"/a\"", "\"writer\":\"web1 nginx\"",
    ] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
  }

  @Test func `words in front of an access line in JSON come off`() throws {
    let record = try WrapperTests.records(
      #"lb[16320]: [ACCESS] 2022 {"code":401,"tc":0,"backend":"shop","meth":"GET","date":1787306405.114,"port":47623,"path":"\/session.php","ip":"192.0.2.126","fqdn":"shop.example.com","state":"----","tt":2022}"#
    )
    for part in [
      "haproxy.json", "\"client.address\":\"192.0.2.126\"", "\"url.path\":\"/session.php\"",
      "\"http.response.status_code\":401",
    ] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
  }

  @Test(arguments: ["web1 nginx[12]: ", "web1 nginx: "])
  func `a dated tag of syslog comes off before the line is taken for an application's`(
    _ tag: String
  ) throws {
    let record = try WrapperTests.records(
      "2026-03-12T10:11:12.123456+00:00 " + tag
        + #"192.0.2.5 - alice [12/Mar/2026:10:11:12 +0000] "GET /api HTTP/1.1" 401 12 "-" "x""#)
    for part in [
      "apache.access", "\"time\":\"2026-03-12T10:11:12.123456Z\"",
      "\"client.address\":\"192.0.2.5\"", "\"writer\":\"web1 nginx\"",
    ] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
  }

  @Test func `an application's text behind a stamp stays its own`() throws {
    let record = try WrapperTests.records(
      "2026-03-12T10:11:12.123456+00:00 order worker: Signature has expired")
    #expect(record.contains("application.text"))
    #expect(!record.contains("writer"))
  }

  @Test func `two words and a colon are no tag of what is free text`() throws {
    let record = try WrapperTests.records("checkout worker: 12 orders are done")
    #expect(record.contains("\"kind\":\"unparsed\""))
    #expect(!record.contains("writer"))
  }

  @Test(arguments: [
    #"<38>1 2026-01-19T14:23:55+00:00 fw.example.com sshd 44255 - [meta sequenceId="1"] Invalid user x"#,
    "<30>1 2026-01-19T14:23:55Z web1 someservice - - -",
  ])
  func `what is not read has the time that its wrapper tells in whole seconds`(_ line: String)
    throws
  {
    #expect(try WrapperTests.records(line).contains("\"time\":\"2026-01-19T14:23:55Z\""))
  }

  private static let access =
    #"[2026-08-21T10:00:00.123Z] "GET /api/orders HTTP/1.1" 401 - 0 14 3 - "-" "curl/8.5.0" "5b6c7d8e-0f1a-4b2c-8d3e-4f5a6b7c8d9e" "shop.example.com" "-""#

  @Test func `a pod's name in front of an access line is not its client`() throws {
    let record = try WrapperTests.records("edge-7d9f8b6c5d-x2x4z main " + WrapperTests.access)
    #expect(record.contains("envoy.text"))
    #expect(record.contains(#""writer":"edge-7d9f8b6c5d-x2x4z main""#))
    #expect(!record.contains("client.address"))
  }

  @Test func `a name that no controller makes stays part of the line`() throws {
    let record = try WrapperTests.records(
      #"edge-shop 192.0.2.5 - - [21/Aug/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 14"#)
    #expect(record.contains(#""client.address":"192.0.2.5""#))
    #expect(!record.contains("writer"))
  }

  @Test func `shippers' JSON comes off an edge's error, with or without a pod's name`() throws {
    let error =
      #"2026/08/21 10:00:00 [error] 7#7: *1 open() \"/a\" failed, client: 192.0.2.5, server: shop, request: \"GET /a HTTP/1.1\", host: \"shop\""#
    for line in [
      #"{"message":"\#(error)","source_type":"file","file":"/e.log","timestamp":"2026-08-21T10:00:00.2Z"}"#,
      #"{"message":"\#(error)","@version":"1","@timestamp":"2026-08-21T10:00:00.200Z","host":"web1"}"#,
      #"edge-0 main {"log":"\#(error)\n"}"#,
    ] {
      let record = try WrapperTests.records(line)
      for part in ["nginx.error", #""client.address":"192.0.2.5""#, #""url.path":"/a""#] {
        #expect(record.contains(part), "\(part) in \(record)")
      }
    }
  }

  @Test func `JSON that a program logs itself is no wrapper`() throws {
    let record = try WrapperTests.records(
      #"{"@timestamp":"2026-08-21T10:00:00.200Z","@version":"1","level":"WARN","message":"jwt expired","logger_name":"shop.Auth"}"#
    )
    #expect(record.contains("application.json"))
    let access = try WrapperTests.records(
      #"{"@timestamp":"2026-08-21T10:00:00.2Z","@version":"1","message":"192.0.2.5 - - GET /a","method":"GET","status_code":401,"requested_uri":"/a","remote_host":"192.0.2.5"}"#
    )
    #expect(access.contains("application.access") && access.contains(#""url.path":"/a""#))
  }

  @Test func `a connection without a request has its time and client`() throws {
    let record = try WrapperTests.records(
      #"2026-08-21T10:00:03.943958Z shop-lb 192.0.2.9:2820 - -1 -1 -1 - - 82 0 "- - - " "-" - -"#)
    for part in [
      "aws.elb", #""client.address":"192.0.2.9""#, #""time":"2026-08-21T10:00:03.943958Z""#,
    ] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
  }

  @Test func `members named as the fields of text logs are known in JSON, too`() throws {
    for line in [
      #"{"remote_host":"192.0.2.5","datetime":"[21/Aug/2026:12:00:00 +0200]","method":"GET","request_uri":"/a?b=1","status":"401"}"#,
      #"{"timestamp":"2026-08-21T10:00:00Z","labels":{"file":"a"},"record":{"http_method":"GET","http_status":"401","remote_host":"192.0.2.5","url_path":"/a"}}"#,
    ] {
      let record = try WrapperTests.records(line)
      for part in [
        #""time":"2026-08-21T10:00:00Z""#, #""client.address":"192.0.2.5""#, #""url.path":"/a""#,
        #""http.response.status_code":401"#,
      ] {
        #expect(record.contains(part), "\(part) in \(record)")
      }
    }
  }
}
