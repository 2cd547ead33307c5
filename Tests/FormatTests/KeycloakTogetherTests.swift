import Evidence
import Ingest
import Testing

/// Lines that are read together are read as each for itself.
@Suite struct KeycloakTogetherTests {
  private static let head =
    "{\"timestamp\":\"2026-08-21T00:00:00.012Z\",\"sequence\":1,\"loggerClassName\":\"org.jboss.logging.Logger\",\"loggerName\":"

  private static func event(_ number: Int) -> String {
    let types = ["LOGIN", "CODE_TO_TOKEN", "REFRESH_TOKEN", "null", "login"]
    let type = types[number % 31 == 0 ? 3 + number % 2 : number % 3]
    return head.replacing("00:00.012", with: "0\(number % 7):00.\(100 + number % 900)")
      + "\"org.keycloak.events\",\"level\":\"DEBUG\",\"message\":\"type=\\\"\(type)\\\", realmId=\\\"f1\\\", realmName=\\\"\(number % 5 == 0 ? "" : "shop")\\\", clientId=\\\"web\(number % 13)\\\", userId=\\\"0b5c3a52-77aa-4c0e-9d3e-6b1f0000\(1000 + number % 40)\\\", sessionId=\\\"s\(number)\\\", ipAddress=\\\"10.0.\(number % 3).\(number % 200)\\\", auth_method=\\\"open id\\\", code_id=\\\"c\(number)\\\"\",\"threadId\":\(number),\"mdc\":{},\"hostName\":\"keycloak-\(number % 2)\",\"processId\":1}"
  }

  private static let others = [
    head
      + "\"org.keycloak.events\",\"level\":\"WARN\",\"message\":\"type=\\\"REFRESH_TOKEN_ERROR\\\", realmName=\\\"shop\\\", userId=\\\"null\\\", error=\\\"invalid_token\\\", reason=\\\"Session not active\\\"\",\"mdc\":{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"},\"hostName\":\"keycloak-1\"}",
    head
      + "\"org.keycloak.transaction.JtaTransactionWrapper\",\"level\":\"DEBUG\",\"message\":\"new JtaTransactionWrapper\",\"mdc\":{},\"hostName\":\"kc\"}",
    head
      + "\"org.keycloak.services\",\"level\":\"ERROR\",\"message\":\"Uncaught server error: \\u001b[1m\",\"mdc\":{},\"hostName\":\"kc\"}",
    head
      + "\"org.keycloak.events\",\"level\":\"DEBUG\",\"message\":\"operationType=\\\"UPDATE\\\", resourceType=\\\"USER\\\", resourcePath=\\\"users/1\\\"\",\"mdc\":{},\"hostName\":\"kc\"}",
    "\tat org.keycloak.Some.thing(Some.java:1)", "", "{\"log\":\"x\\n\",\"stream\":\"stdout\"}",
  ]

  /// Everything that was made of a text in pieces.
  private static func shown(_ pieces: [[UInt8]]) -> [String] {
    var sink = Sink()
    var feed = LineFeed(LineReader(source: 0, options: ReadingOptions()))
    for piece in pieces { feed.append(piece.span, piece.count, &sink) }
    feed.finish(&sink)
    let seen = sink.observations
    var all = seen.tokenEvents.map { event in
      Mirror(reflecting: event).children.map { child in
        (child.value as? Symbol).map(seen.symbols.text) ?? "\(child.value)"
      }.joined(separator: "|")
    }
    all += seen.messages.map {
      "\($0.citation.number) \($0.statement) \(seen.symbols.text($0.text))"
    }
    all += seen.adminEvents.map { "\($0.citation.number) \(seen.symbols.text($0.operation))" }
    guard let coverage = seen.coverage[0] else { return all }
    all += coverage.formats.map { "\($0.key) \($0.value)" }.sorted()
    all += ["\(coverage.first.rfc3339) \(coverage.last.rfc3339) \(coverage.hasSuccessEvents)"]
    all += ["\(coverage.lines) \(coverage.bytes) \(coverage.continuations) \(coverage.unparsed)"]
    return all
  }

  private static func areSame(_ lines: [[UInt8]]) -> Bool {
    let whole = Array(lines.joined(separator: [10])) + [10]
    // Lines that come in two pieces are read alone.
    let halves = lines.flatMap { line in
      let ended = line + [10]
      return [Array(ended[..<(ended.count / 2)]), Array(ended[(ended.count / 2)...])]
    }
    return shown([whole]) == shown(halves.filter { !$0.isEmpty })
  }

  @Test func `events among other lines are the same together and alone`() {
    var lines: [[UInt8]] = []
    for number in 0..<1200 {
      var line = KeycloakTogetherTests.event(number)
      if number % 17 == 0 { line = KeycloakTogetherTests.others[number / 17 % 7] }
      if number % 23 == 0 { line += "\r" }
      lines.append(Array(line.utf8))
    }
    #expect(KeycloakTogetherTests.areSame(lines))
    #expect(KeycloakTogetherTests.shown([Array(lines.joined(separator: [10]))]).count > 1000)
  }

  @Test func `events that were damaged are the same together and alone`() {
    let known = Array(KeycloakTogetherTests.event(1).utf8)
    let damaged = GlanceTests.mutations(of: KeycloakTogetherTests.event(2))
    // Some of them: `ShapeTests` holds all against a reading of each.
    for begin in stride(from: 0, to: damaged.count, by: 97) {
      let few = damaged[begin..<min(damaged.count, begin + 12)]
      #expect(KeycloakTogetherTests.areSame([known, known] + few.flatMap { [$0, known] }))
    }
  }
}
