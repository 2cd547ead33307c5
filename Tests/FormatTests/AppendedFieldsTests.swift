import Evidence
import Ingest
import Testing

/// Fields that operators append to the line of ingress-nginx.
@Suite struct AppendedFieldsTests {
  private static let id = "5f0c0f1e9b0a4c7d8e2f6a7b8c9d0e1f"

  private static func reading(_ appended: String, status: Int = 401) -> Reading {
    Reading(
      #"10.244.0.1 - - [21/Aug/2026:10:00:00 +0000] "GET /api/orders HTTP/1.1" "#
        + #"\#(status) 61 "-" "okhttp/4.12.0" 911 0.014 [shop-orders-8080] [] "#
        + "10.244.2.17:8080 61 0.013 \(status) \(id)\(appended)")
  }

  @Test func `the request's id ends before an appended challenge, whose quotes are decoded`() throws
  {
    let reading = Self.reading(#" "Bearer realm=\x22shop\x22, error=\x22invalid_token\x22""#)
    let request = try #require(reading.request)
    #expect(request.format == .nginxIngress)
    #expect(reading.text(request.requestID) == Self.id)
    #expect(reading.text(request.challenge) == #"Bearer realm="shop", error="invalid_token""#)
    #expect(request.authorization == .unknown)
  }

  @Test(arguments: ["", #" "-""#, " -", #" "" """#, #" "shop.example.com""#])
  func `what is no challenge is none`(appended: String) throws {
    let reading = Self.reading(appended)
    let request = try #require(reading.request)
    #expect(reading.text(request.requestID) == Self.id)
    #expect(request.challenge.isNone)
  }

  @Test func `a scheme alone is the challenge of a refusal`() throws {
    let refused = Self.reading(#" "Bearer""#)
    #expect(try refused.text(#require(refused.request).challenge) == "Bearer")
    let served = Self.reading(#" "Bearer""#, status: 500)
    #expect(try #require(served.request).challenge.isNone)
  }

  @Test(arguments: [#""Bearer realm=\x22shop\x22" "#, "- ", ""])
  func `an appended traceparent gives the trace`(before: String) throws {
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    let reading = Self.reading(" \(before)00-\(trace)-00f067aa0ba902b7-01")
    let request = try #require(reading.request)
    #expect(reading.text(request.traceID) == trace)
    #expect(reading.text(request.requestID) == Self.id)
    #expect(request.challenge.isNone == !before.hasPrefix("\""))
    let short = try #require(Self.reading(" \(before)00-\(trace)").request)
    #expect(short.traceID.isNone)
  }

  @Test(arguments: [
    #" "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln""#, #" "-" "Basic dXNlcjpwYXNz""#,
    " Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
  ])
  func `an appended credential is noticed and not kept`(appended: String) throws {
    let reading = Self.reading(appended)
    let request = try #require(reading.request)
    #expect(reading.text(request.requestID) == Self.id)
    for i in 0..<reading.observations.symbols.count {
      let text = reading.text(Symbol(index: UInt32(i)))
      #expect(!text.contains("eyJ") && !text.contains("dXNl"))
    }
    guard appended.contains("\"") else { return }
    #expect(request.authorization == .present)
    #expect(request.challenge.isNone)
  }
}
