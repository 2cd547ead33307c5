import Evidence
import Ingest
import Testing

/// Successes that the sample does not want are not built.
@Suite struct SkippingTests {
  private static func line(_ path: String, _ status: Int) -> String {
    "10.244.0.1 - - [21/Aug/2026:10:00:00 +0000] \"GET \(path) HTTP/2.0\" \(status) 150 \"-\" \"curl/8.5.0\" 40 0.500 [a-b-1] [] 10.0.0.1:443 150 0.500 \(status) a1"
  }

  /// A sink whose sample is full of smaller priorities.
  private static func fullSink() -> Sink {
    var sink = Sink()
    let request = Request(citation: Citation(source: 0, number: 1))
    for i in 0..<Sample.capacity * 2 {
      sink.observations.successes.offer(request, priority: UInt64(i))
    }
    return sink
  }

  @Test(arguments: [
    ("/api/orders", 200, 0), ("/api/orders", 304, 0), ("/api/orders", 401, 1),
    ("/oauth2/auth", 200, 1), ("/login/oauth2/code", 200, 1),
    ("/realms/shop/protocol/openid-connect/token", 200, 1),
    ("/auth/realms/shop/.well-known/openid-configuration", 200, 1),
    ("/rest/orders/open", 200, 0),
  ])
  func `a full sample keeps failures and OAuth paths alone`(
    _ path: String, _ status: Int, _ kept: Int
  ) {
    var sink = SkippingTests.fullSink()
    let before = sink.observations.successes.offered
    var context = LineContext(citation: Citation(source: 0, number: 1))
    context.priority = .max
    let bytes = Array(SkippingTests.line(path, status).utf8)
    let read = NginxIngress.read(bytes.span, 0, bytes.count, context, &sink)
    #expect(read?.format == .nginxIngress)
    #expect(read?.time.rfc3339 == "2026-08-21T10:00:00Z")
    #expect(sink.observations.requests.count == kept)
    #expect(sink.observations.successes.offered == before + 1 - kept)
  }
}
