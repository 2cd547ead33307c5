import Evidence
import Ingest
import Testing

/// What is only counted is read as if it were kept.
@Suite struct GlanceTests {
  private static let ordinary =
    "172.20.8.194 - - [23/Nov/2026:19:52:14 +0000] \"GET /profile/api/x?a=1 HTTP/1.1\" 200 126 \"-\" \"curl/8.5.0\" 1828 0.008 [retail-profile-8080] [] 10.244.1.37:8080 126 0.008 200 dff005296d427f1b"

  /// A sink whose sample is full of smaller priorities.
  private static let full: Sink = {
    var sink = Sink()
    let request = Request(citation: Citation(source: 0, number: 1))
    for i in 0..<Sample.capacity * 2 {
      sink.observations.successes.offer(request, priority: UInt64(i))
    }
    return sink
  }()

  private static func read(
    _ type: any LineFormat.Type, _ bytes: [UInt8], _ sink: Sink
  ) -> (line: ReadLine?, kept: Int, offered: Int) {
    var sink = sink
    let before = sink.observations.successes.offered
    var context = LineContext(citation: Citation(source: 0, number: 1))
    context.priority = .max
    let line = type.read(bytes.span, 0, bytes.count, context, &sink)
    return (line, sink.observations.requests.count, sink.observations.successes.offered - before)
  }

  private static let plain: [(any GlancingFormat.Type, String, String)] = [
    (NginxIngress.self, ordinary, "2026-11-23T19:52:14Z"),
    (
      HAProxyHTTP.self,
      "10.0.1.2:34557 [23/Nov/2026:19:53:54.671] http~ retail_catalog_8080/SRV_1 0/0/2/81/83 200 249 - - ---- 11/11/0/0/0 0/0 {d4040ec5db90decd} \"GET /catalog/api/items?a=1 HTTP/1.1\"",
      "2026-11-23T19:53:54.754Z"
    ),
    (
      HAProxyHTTP.self,
      "10.0.1.2:34557 [23/Nov/2026:19:53:54.671] http~ retail/<lua> 10/0/2/81/83 304 249 - - LR-- 11/11/0/0/0 0/0 \"DELETE /catalog/api/items?a=1 HTTP/2.0\" 0/0/0/0/0 sni/TLSv1.3/x",
      "2026-11-23T19:53:54.754Z"
    ),
    (
      EnvoyJSON.self,
      "{\"authority\":\"shop.example.com\",\"bytes_sent\":119,\"duration\":12,\"method\":\"GET\",\"path\":\"/profile/api/x?a=1\",\"requested_server_name\":null,\"response_code\":200,\"response_flags\":\"-\",\"start_time\":\"2026-11-23T19:53:54.742Z\",\"upstream_cluster\":\"outbound|8080||a.b\"}",
      "2026-11-23T19:53:54.754Z"
    ),
    (
      TraefikJSON.self,
      "{\"ClientHost\":\"10.0.1.2\",\"DownstreamStatus\":200,\"Duration\":12000900,\"RequestPath\":\"/profile/api/x?a=1\",\"RetryAttempts\":0,\"StartLocal\":\"2026-11-23T20:53:54.742+01:00\",\"StartUTC\":\"2026-11-23T19:53:54.742Z\",\"entryPointName\":\"websecure\",\"level\":\"info\",\"msg\":\"\"}",
      "2026-11-23T19:53:54.754Z"
    ),
    (
      CaddyAccess.self,
      "{\"level\":\"info\",\"ts\":1795463634.754,\"logger\":\"http.log.access.log0\",\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"10.0.1.2\",\"uri\":\"/profile/api/x?a=1\",\"headers\":{\"Accept\":[\"a\",\"b\"]},\"tls\":{\"resumed\":false}},\"duration\":0.012,\"status\":200,\"resp_headers\":{}}",
      "2026-11-23T19:53:54.754Z"
    ),
  ]

  private static func glance(
    _ format: any GlancingFormat.Type, _ line: [UInt8], _ memory: inout GlanceMemory
  ) -> Glance? {
    // Nothing is glanced at that ends near the end of the bytes.
    let ended = line + [10] + [UInt8](repeating: 58, count: 64)
    memory.marks.scan(ended.span, 0, ended.count)
    guard memory.marks.takeLine(0) == line.count else { return nil }
    return format.glance(ended.span, 0, line.count, &memory)
  }

  /// What a reader keeps of a line that it read.
  private static func memory(
    after line: [UInt8], _ format: any GlancingFormat.Type
  ) -> GlanceMemory {
    var memory = GlanceMemory()
    // A shape is learnt when it was looked for in vain.
    if glance(format, line, &memory) == nil, read(format, line, full).line != nil {
      format.learn(line.span, 0, line.count, &memory)
    }
    return memory
  }

  @Test func `an ordinary line needs a glance only`() throws {
    for (format, line, time) in GlanceTests.plain {
      let bytes = Array(line.utf8)
      var memory = GlanceTests.memory(after: bytes, format)
      for _ in 0..<2 {
        let glance = try #require(GlanceTests.glance(format, bytes, &memory), "\(line)")
        #expect(glance.status == (line.contains(" 304 ") ? 304 : 200))
        #expect(glance.time.rfc3339 == time)
      }
    }
  }

  /// A line cut at every byte, and with every byte exchanged and one put before it.
  static func mutations(of line: String) -> [[UInt8]] {
    let bytes = Array(line.utf8)
    var lines: [[UInt8]] = (0...bytes.count).map { Array(bytes[..<$0]) }
    for i in bytes.indices {
      for c in "\" \\,-0a:/[].{}+\u{1b}r".utf8 {
        var line = bytes
        line[i] = c
        lines.append(line)
        line = bytes
        line.insert(c, at: i)
        lines.append(line)
      }
    }
    for path in ["/realms/x/protocol", "/oauth2/auth", "/a/.well-known/openid-configuration"] {
      lines.append(
        Array(line.replacing(/\/(profile|catalog)\/api\/[a-z]+\?a=1/, with: path).utf8))
    }
    return lines
  }

  @Test(arguments: GlanceTests.plain.indices)
  func `a glance takes nothing that a reading would not count`(_ index: Int) throws {
    let (format, ordinary, _) = GlanceTests.plain[index]
    let samples = try SampleFiles.lines(format.format)
    var taken = 0
    for text in [ordinary] + samples {
      var memory = GlanceTests.memory(after: Array(text.utf8), format)
      for line in GlanceTests.mutations(of: text) {
        guard let glance = GlanceTests.glance(format, line, &memory) else { continue }
        taken += 1
        expectCounted(format, line, glance)
      }
    }
    #expect(taken > GlanceTests.mutations(of: ordinary).count / 6)
  }

  /// What a glance saw is what reading makes of the line where the sample has no room.
  private func expectCounted(_ format: any GlancingFormat.Type, _ line: [UInt8], _ glance: Glance) {
    let whole = GlanceTests.read(format, line, GlanceTests.full)
    let text = String(decoding: line, as: UTF8.self)
    #expect(whole.line?.format == format.format, "\(text)")
    #expect(whole.line?.time == glance.time, "\(text)")
    #expect(whole.kept == 0 && whole.offered == 1, "\(text)")
    let mayRead = format.mayRead(line.span, 0, line.count)
    #expect(mayRead, "\(text)")
  }

  @Test(arguments: SampleFiles.formats)
  func `a full sample changes neither times nor counts`(_ format: Format) throws {
    for text in try SampleFiles.lines(format) {
      let bytes = Array(text.utf8)
      for type in FormatCatalogue.all where type.mayRead(bytes.span, 0, bytes.count) {
        let kept = GlanceTests.read(type, bytes, Sink())
        let counted = GlanceTests.read(type, bytes, GlanceTests.full)
        #expect(kept.line?.format == counted.line?.format, "\(text)")
        #expect(kept.line?.time == counted.line?.time, "\(text)")
        #expect(kept.kept == counted.kept && kept.offered == counted.offered, "\(text)")
      }
    }
  }
}
