import Evidence
import Testing

@testable import Ingest

/// Lines behind the stamp of a console that shows logs.
@Suite struct StampedLineTests {
  static let combined =
    #"192.0.2.7 - - [21/Aug/2026:10:00:00 +0000] "GET /a HTTP/1.1" 401 12 "-" "curl/8.5""#
  static let haproxy =
    #"192.0.2.7:33317 [21/Aug/2026:10:00:00.000] http-in static/srv1 10/0/30/69/109 401 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /a HTTP/1.1""#
  static let envoy =
    #"[2026-08-21T10:00:00.000Z] "GET /a HTTP/2" 401 - via_upstream - "-" 0 2465 7 2 "192.0.2.7" "x" "ab2f16e7-f683-4872-a58f-980718a63acd" "shop.example.com" "10.1.1.1:80" outbound|80||x 10.48.0.24:1 10.48.0.24:8443 192.0.2.7:50586 shop.example.com -"#
  static let traefik =
    #"{"ClientHost":"192.0.2.7","DownstreamStatus":401,"RequestMethod":"GET","RequestPath":"/a","StartUTC":"2026-08-21T10:00:00Z","time":"2026-08-21T10:00:00Z"}"#

  private static func read(_ line: String) -> Observations {
    var options = ReadingOptions()
    options.timezone = 0
    var sink = Sink()
    var feed = LineFeed(LineReader(source: 0, options: options))
    let bytes = Array((line + "\n").utf8)
    feed.append(bytes.span, bytes.count, &sink)
    feed.finish(&sink)
    return sink.observations
  }

  @Test(arguments: [
    (combined, Format.apacheAccess), (haproxy, .haproxyHTTP), (envoy, .envoyText),
    (traefik, .traefikJSON),
  ])
  func `a request has its own time behind the stamp of a console`(
    line: String, format: Format
  ) throws {
    for stamp in ["2026-08-21T12:00:07.123Z ", "2026-08-21T12:00:07+00:00 "] {
      let observations = Self.read(stamp + line)
      let request = try #require(observations.requests.first)
      #expect(request.format == format)
      #expect(request.start.rfc3339 == "2026-08-21T10:00:00Z")
      #expect(observations.symbols.text(request.client) == "192.0.2.7")
    }
  }

  @Test(arguments: [
    (envoy, Format.envoyText), (traefik, .traefikJSON), (combined, .apacheAccess),
    (haproxy, .haproxyHTTP),
  ])
  func `Docker Desktop's local time is none of the line's`(line: String, format: Format) throws {
    let request = try #require(Self.read("2026-08-21 14:00:07 " + line).requests.first)
    #expect(request.format == format)
    #expect(request.start.rfc3339 == "2026-08-21T10:00:00Z")
  }

  @Test func `Keycloak's own time counts behind Docker Desktop's`() throws {
    let line =
      #"2026-08-21 14:00:07 2026-08-21 10:00:00,123 WARN  [org.keycloak.events] (executor-thread-4) type="LOGIN_ERROR", realmId="a", realmName="shop", clientId="web", userId="null", ipAddress="192.0.2.7", error="invalid_user_credentials""#
    let event = try #require(Self.read(line).tokenEvents.first)
    #expect(event.time.rfc3339 == "2026-08-21T10:00:00.123Z")
  }

  @Test func `logfmt behind Docker Desktop's stamp has its own time`() throws {
    let line =
      #"2026-08-21 14:00:07 time="2026-08-21T10:00:00Z" level=error msg="token is expired""#
    let message = try #require(Self.read(line).messages.first)
    #expect(message.time.rfc3339 == "2026-08-21T10:00:00Z")
  }

  @Test(arguments: [
    "2026-08-21T12:00:07Z ", "2026-08-21T12:00:07.1Z ", "2026-08-21T12:00:07.123456+00:00 ",
    "2026-08-21T12:00:07.123456789Z ", "2026-08-21 12:00:07 ", "2026-08-21 12:00:07.123 ",
  ])
  func `an object behind a stamp is read as one, whatever the stamp's fraction`(
    _ stamp: String
  ) throws {
    let line =
      #"{"level":"error","ts":"2026-08-21T10:00:00Z","msg":"token is expired","path":"/a"}"#
    let message = try #require(Self.read(stamp + line).messages.first)
    #expect(message.format == .applicationJSON)
    #expect(message.time.rfc3339 == "2026-08-21T10:00:00Z")
    let words = try #require(
      Self.read(stamp + #"ERROR token is expired: {"code":1}"#).messages.first)
    #expect(words.format != .applicationJSON)
  }

  @Test func `what an application says behind its own stamp keeps it`() throws {
    let line = "2026-08-21T10:00:00.123Z [main] ERROR token is expired"
    let message = try #require(Self.read(line).messages.first)
    #expect(message.time.rfc3339 == "2026-08-21T10:00:00.123Z")
  }
}
