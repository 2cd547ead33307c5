import Evidence
import Ingest
import Testing

/// Layouts that other tools' test suites hold, and what their authors read in them.
@Suite struct LayoutTests {
  @Test(arguments: [
    (
      #"shop.example.com:443 192.0.2.7 - - [31/Jul/2024:16:41:52 +0200] "GET /a.js HTTP/1.1" 200 5771 "-" "x" (107 47us) TLSv1.3"#,
      "192.0.2.7", UInt16(200)
    ),
    (
      #"192.0.2.7 shop.example.com alice [10/Oct/2024:13:55:36 -0700] "GET /a.js HTTP/1.1" 401 2326 "-" "x""#,
      "192.0.2.7", 401
    ),
    (
      #"192.0.2.7:11111 shop.example.com:22222 - - [26/Dec/2016:16:22:14 +0000] "GET /a.js HTTP/1.1" 404 499 "-" "x""#,
      "192.0.2.7", 404
    ),
    (
      #"192.0.2.7 (-) - - [01/Oct/2024:08:22:45 +0000] "GET /a.js HTTP/1.1" 200 377 "-" "x""#,
      "192.0.2.7", 200
    ),
    (
      #"203.0.113.5 localhost - - [29/May/2017:19:02:48 +0000] "GET /a.js HTTP/1.1" 200 612 "-" "x" "-""#,
      "localhost", 200
    ),
    (
      #"127.0.0.1 "-" "-" [11/Sep/2020:13:20:27 +0000] "GET /a.js HTTP/1.1" 404 345"#,
      "127.0.0.1", 404
    ),
    (
      #"[10/Feb/2024:21:23:40 +0100] shop.example.com 192.0.2.7 0.002 "GET /a.js?q HTTP/1.1" 401 77 935 - x/1.0"#,
      "192.0.2.7", 401
    ),
    (
      #"192.0.2.7 - - - [31/Jan/2015:14:29:44 ] shop.example.com "GET /a.js HTTP/1.1" 200 814 "-" "x" + 293"#,
      "192.0.2.7", 200
    ),
    (
      #"::ffff:192.0.2.7 203.0.113.5 - [18/Oct/2010:10:48:55 -0500] "GET /a.js HTTP/1.1" 404 345 "-"  "x""#,
      "192.0.2.7", 404
    ),
    (
      #"192.0.2.7 - - [15/Nov/2023:12:49:02 +0100] "GET /a.js HTTP/1.1" 400 150 "-" "-" 0.226 - ."#,
      "192.0.2.7", 400
    ),
  ]) func `the parts of an access line are found wherever an operator put them`(
    line: String, client: String, status: UInt16
  ) throws {
    let reading = Reading(line)
    let request = try #require(reading.request)
    #expect(request.format == .customAccess)
    #expect(reading.text(request.client) == client)
    #expect(reading.text(request.method) == "GET")
    #expect(request.targetLength >= 5)
    #expect(request.status == status)
    #expect(request.end.isKnown)
  }

  @Test func `a log of ciphers has requests without a status`() throws {
    let reading = Reading(
      #"[10/Aug/2018:09:45:56 +0200] 192.0.2.11 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 "GET /app/status HTTP/1.1" 375"#
    )
    let request = try #require(reading.request)
    #expect(request.status == 0)
    #expect(request.responseBytes == 375)
    #expect(request.host.isNone)
    #expect(reading.text(request.client) == "192.0.2.11")
  }

  @Test func `a bracket and a quote are no access line`() {
    let reading = Reading(
      #"[note] he said "GET off my lawn" and left at [21/Aug/2026:10:00:00] sharp"#)
    #expect(reading.line?.format != .customAccess)
  }

  @Test func `nginx Proxy Manager names the client in brackets`() throws {
    let reading = Reading(
      #"[10/Feb/2024:21:25:15 +0100] - 404 401 - GET https auth.example.com "/realms/a?x=1" [Client 192.0.2.4] [Length 512] [Gzip 1.1] [Sent-to kc] "curl/7.68.0" "-""#
    )
    let request = try #require(reading.request)
    #expect(request.format == .nginxProxyManager)
    #expect(reading.text(request.client) == "192.0.2.4")
    #expect(reading.text(request.path) == "/realms/a")
    #expect(request.status == 401)
    #expect(request.upstreamStatus == 404)
    #expect(request.answeredBy == .edge)
    #expect(request.responseBytes == 512)
    #expect(reading.text(request.userAgent) == "curl/7.68.0")
  }

  @Test(arguments: [
    ("2001:db8::1234:58430", "2001:db8::1234", UInt16(58430)),
    ("::ffff:192.0.2.1:58430", "192.0.2.1", 58430),
    ("[2001:db8::1]:443", "2001:db8::1", 443),
    ("192.0.2.1:80", "192.0.2.1", 80),
  ]) func `HAProxy writes a port behind every address`(
    text: String, client: String, port: UInt16
  ) throws {
    let reading = Reading(
      text
        + #" [14/Nov/2026:22:45:11.608] main main/<NOSRV> -1/-1/-1/-1/0 401 248 - - PR-- 0/0/0/0/0 0/0 "GET / HTTP/1.1""#
    )
    let request = try #require(reading.request)
    #expect(reading.text(request.client) == client)
    #expect(request.clientPort == port)
  }

  @Test func `a host may stand between HAProxy's server and its timers`() throws {
    let reading = Reading(
      #"-:22222 [22/May/2026:02:22:22.222] www~ app/node2 site.example.com 0/0/0/18/18 401 200 - - ---- 2/2/2/0/0 0/0 "GET /a HTTP/1.1""#
    )
    let request = try #require(reading.request)
    #expect(request.client.isNone)
    #expect(request.status == 401)
    #expect(request.duration == 18_000)
  }

  @Test(arguments: [
    "[Mon Nov 06 13:39:56.637868 2026] [auth_basic:error] [pid 31] [remote 192.0.2.1:35924] AH01618: user u not found: /a",
    "[Mon Nov 06 13:39:56 2026] [:error] [pid 31] [client 192.0.2.1:5335] [client 192.0.2.1] ModSecurity: Warning. [hostname \"h\"] [uri \"/a\"] [unique_id \"x\"]",
    "[Sun Aug 2 16:26:02 2026] [error] [client 192.0.2.1] File does not exist: /var/www/html/default.ida",
    "[auth_basic:error] [pid 22034] [client 192.0.2.1:58585] AH01618: user u not found: /a",
    "[2026-04-01 13:39:56.637868] [auth_basic:error] [pid 31:tid 7] [client 192.0.2.1:5335] AH01618: user u not found: /a",
    "[01/Apr/2026:13:39:56 +0000] [auth_basic:error] [pid 31] [client 192.0.2.1:5335] AH01618: user u not found: /a",
  ]) func `Apache's errors name their client in several ways`(line: String) throws {
    let reading = Reading(line)
    let message = try #require(reading.observations.messages.first)
    #expect(message.format == .apacheError)
    #expect(reading.text(message.client) == "192.0.2.1")
  }

  @Test(arguments: [
    (
      "[Wed Apr 01 13:39:56.637868 2026] [core:error] [pid 31] [client 2001:db8::7:80]",
      "2001:db8::7"
    ),
    ("[Wed Apr 01 13:39:56.637868 2026] [:error] [pid 31] [client ::1:37752] [client ::1]", "::1"),
    ("[Wed Apr 01 13:39:56.637868 2026] [core:error] [pid 31] [client ::1]", "::1"),
    (
      "[Wed Apr 01 13:39:56.637868 2026] [core:error] [pid 31] [client 2001:db8:::443]",
      "2001:db8::"
    ),
    ("[Wed Apr 01 13:39:56 2026] [error] [client 2001:db8::7:80]", "2001:db8::7:80"),
  ]) func `from httpd 2.4 on an IPv6 client has a port behind it`(head: String, client: String)
    throws
  {
    let reading = Reading(head + " AH01630: client denied by server configuration: /srv")
    let message = try #require(reading.observations.messages.first)
    #expect(message.format == .apacheError)
    #expect(reading.text(message.client) == client)
  }

  @Test(arguments: [
    "[2026-04-01 13:39:56] [error] Signature has expired",
    "[2026-04-01 13:39:56] [auth:error] Signature has expired",
    "[2026-04-01 13:39:56] [31] [error] Signature has expired",
  ]) func `brackets alone make no Apache error`(line: String) {
    #expect(Reading(line).line?.format == .applicationText)
  }

  @Test func `a field behind nginx' main format is a client only if it is an address`() throws {
    let reading = Reading(
      #"192.0.2.1 - a [01/Apr/2026:12:02:31 +0000] "POST /x HTTP/1.1" 404 153 "-" "x" "2.75""#)
    let request = try #require(reading.request)
    #expect(reading.text(request.client) == "192.0.2.1")
  }

  @Test func `an event keeps its meaning under a shortened category`() throws {
    let reading = Reading(
      "2026-05-25 22:24:19,357 WARN  [org.key.events] (executor-thread-3) type=LOGIN_ERROR, realmId=shop, clientId=web, userId=null, ipAddress=192.0.2.1, error=user_not_found"
    )
    let event = try #require(reading.observations.tokenEvents.first)
    #expect(reading.text(event.address) == "192.0.2.1")
    #expect(reading.text(event.error) == "user_not_found")
  }

  @Test func `a blocked request of Azure's firewall is a message`() throws {
    let reading = Reading(
      #"{"time":"2026-03-20T15:52:09.149Z","category":"ApplicationGatewayFirewallLog","properties":{"clientIp":"192.0.2.7","requestUri":"/login?token=abc","ruleId":"920350","message":"Host header","action":"Blocked","hostname":"shop.example.com"}}"#
    )
    let message = try #require(reading.observations.messages.first)
    #expect(message.format == .azureAppGW)
    #expect(reading.text(message.client) == "192.0.2.7")
    #expect(reading.text(message.path) == "/login")
  }

  @Test func `an nginx error names the method of its request`() throws {
    let reading = Reading(
      #"2026/08/21 10:00:00 [error] 31#31: *1 open() "/x" failed (2: No such file or directory), client: 192.0.2.1, server: a, request: "POST /x HTTP/1.1", host: "a""#
    )
    let message = try #require(reading.observations.messages.first)
    #expect(reading.text(message.method) == "POST")
  }
}
