import Evidence
import Ingest
import Testing

/// A line of a shape that is known is read as any other.
@Suite struct ShapeTests {
  private static let head =
    "{\"timestamp\":\"2026-08-21T00:00:00.012Z\",\"sequence\":1,\"loggerClassName\":\"org.jboss.logging.Logger\",\"loggerName\":"

  /// Events, some of their fields twice, and a line of which no more than the time is noted.
  private static let lines = [
    "\"org.keycloak.events\",\"level\":\"WARN\",\"message\":\"type=\\\"REFRESH_TOKEN_ERROR\\\", realmId=\\\"f1\\\", realmName=\\\"shop\\\", userId=\\\"null\\\", ipAddress=\\\"10.0.16.173\\\", error=\\\"invalid_token\\\", reason=\\\"Session not active\\\", redirect_uri=\\\"https://a.example/b?c=d\\\", code_id=\\\"c1\\\"\",\"mdc\":{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"},\"hostName\":\"keycloak-1\",\"processId\":1}",
    "\"org.keycloak.events\",\"level\":\"DEBUG\",\"message\":\"type=\\\"LOGIN\\\", sessionId=\\\"s1\\\", code_id=\\\"c1\\\", auth_method=\\\"\\\", auth_method=\\\"openid-connect\\\", age_of_refresh_token=\\\"12\\\"\",\"mdc\":{},\"hostName\":\"kc\"}",
    "\"org.keycloak.transaction.JtaTransactionWrapper\",\"level\":\"DEBUG\",\"message\":\"new JtaTransactionWrapper\",\"mdc\":{},\"hostName\":\"kc\",\"processId\":1}",
  ].map { head + $0 }

  /// What a reading of one line gave, in words.
  private static func shown(_ line: ReadLine?, _ sink: Sink) -> String {
    guard let line else { return "nothing" }
    var text = "\(line.format) \(line.time.rfc3339) \(line.isMessage)"
    for event in sink.observations.tokenEvents {
      for child in Mirror(reflecting: event).children {
        let value =
          (child.value as? Symbol).map(sink.observations.symbols.text) ?? "\(child.value)"
        text += " \(child.label ?? ""): \(value)"
      }
    }
    text += " \(sink.observations.messages.count) \(sink.observations.adminEvents.count)"
    return text + " \(sink.observations.coverage[0]?.hasSuccessEvents ?? false)"
  }

  /// `behind`: bytes behind the line, enough to compare by marks or not.
  private static func recall(
    _ line: [UInt8], _ memory: inout GlanceMemory, behind: Int = 65
  ) -> String? {
    let ended = line + [10] + [UInt8](repeating: 58, count: behind - 1)
    memory.marks.scan(ended.span, 0, ended.count)
    guard memory.marks.takeLine(0) == line.count else { return nil }
    var sink = Sink()
    let context = LineContext(citation: Citation(source: 0, number: 1))
    return KeycloakJSON.recall(ended.span, 0, line.count, context, &memory, &sink)
      .map { shown($0, sink) }
  }

  private static func read(_ line: [UInt8]) -> String {
    var sink = Sink()
    let context = LineContext(citation: Citation(source: 0, number: 1))
    return shown(KeycloakJSON.read(line.span, 0, line.count, context, &sink), sink)
  }

  @Test func `a line of a known shape is read as a line of none`() throws {
    let samples = try SampleFiles.lines(.keycloakJSON)
    for text in ShapeTests.lines + samples {
      var memory = GlanceMemory()
      let bytes = Array(text.utf8)
      #expect(ShapeTests.recall(bytes, &memory) == nil)
      KeycloakJSON.learn(bytes.span, 0, bytes.count, &memory)
      guard ShapeTests.recall(bytes, &memory) != nil else {
        #expect(!ShapeTests.lines.contains(text), "\(text)")
        continue
      }
      var taken = 0
      for line in GlanceTests.mutations(of: text) {
        guard let recalled = ShapeTests.recall(line, &memory) else { continue }
        taken += 1
        #expect(recalled == ShapeTests.read(line), "\(String(decoding: line, as: UTF8.self))")
        #expect(ShapeTests.recall(line, &memory, behind: 9) == recalled)
      }
      #expect(taken > 1000)
    }
  }

  @Test func `lines after the second one of a shape are recalled`() {
    var memory = GlanceMemory()
    for number in 0..<2000 {
      let text = ShapeTests.lines[number % 3].replacing("10.0.16", with: "10.0.\(number)")
      let bytes = Array(text.utf8)
      let isKnown = ShapeTests.recall(bytes, &memory) != nil
      #expect(isKnown == (number > 2))
      if !isKnown { KeycloakJSON.learn(bytes.span, 0, bytes.count, &memory) }
    }
  }
}
