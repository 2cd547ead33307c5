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

  @Test func `an ordinary line needs a glance only`() throws {
    var memory = StampMemory()
    let bytes = Array(GlanceTests.ordinary.utf8)
    for _ in 0..<2 {
      let glance = try #require(NginxIngress.glance(bytes.span, 0, bytes.count, &memory))
      #expect(glance.status == 200)
      #expect(glance.time.rfc3339 == "2026-11-23T19:52:14Z")
    }
  }

  @Test func `a glance takes nothing that a reading would not count`() {
    let bytes = Array(GlanceTests.ordinary.utf8)
    var lines: [[UInt8]] = (0...bytes.count).map { Array(bytes[..<$0]) }
    for i in bytes.indices {
      for c in "\" \\,-0a:/[].\u{1b}r".utf8 {
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
        Array(GlanceTests.ordinary.utf8).split(separator: 32).map(Array.init).joined(separator: [32]
        )
          + Array(path.utf8))
      lines.append(
        Array(
          "1.2.3.4 - - [23/Nov/2026:19:52:14 +0000] \"GET \(path) HTTP/1.1\" 200 1 \"-\" \"a\" 1 0.008 [s] [] 1.1.1.1:80 1 0.008 200 a"
            .utf8))
    }
    var memory = StampMemory()
    var taken = 0
    for line in lines {
      guard let glance = NginxIngress.glance(line.span, 0, line.count, &memory) else { continue }
      taken += 1
      let whole = GlanceTests.read(NginxIngress.self, line, GlanceTests.full)
      #expect(whole.line?.format == .nginxIngress)
      #expect(whole.line?.time == glance.time)
      #expect(whole.kept == 0 && whole.offered == 1)
    }
    #expect(taken > lines.count / 4)
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
