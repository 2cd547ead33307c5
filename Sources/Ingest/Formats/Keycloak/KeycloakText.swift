internal import ByteScan
package import Evidence

/// Keycloak's text log: console, file and syslog handlers of Quarkus (17 on) and of WildFly, with
/// trace or MDC block, and lines pasted without their stamp (facts §1).
package enum KeycloakText: LineFormat {
  package static let format = Format.keycloakText

  /// A level and `[` within the head; checked by the reader, so only the first byte counts here.
  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 12 else { return false }
    let c = s[from]
    if Bytes.isDigit(c) { return true }
    switch c {
    case UInt8(ascii: "T"), UInt8(ascii: "D"), UInt8(ascii: "I"), UInt8(ascii: "W"),
      UInt8(ascii: "E"), UInt8(ascii: "F"), UInt8(ascii: "t"), UInt8(ascii: "o"),
      UInt8(ascii: "["):
      return true
    default: return false
    }
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    if !Bytes.isDigit(s[from]), let fragment = readFragment(s, from, to, context, &sink) {
      return fragment
    }
    guard
      let head = KeycloakHead.read(s, from, to, context)
        ?? KeycloakCustomHead.read(s, from, to, context)
    else { return nil }
    var kind = KeycloakLogger.kind(s, head.logger)
    if kind == .foreign {
      // A console format may shorten the category: `[org.key.events]`.
      guard KeycloakEvent.isUserEvent(s, head.message, to),
        Bytes.contains(", realmId=", s, head.message, to)
      else { return nil }
      kind = .events
    }
    if kind == .library, isOtherProgram(s, head) { return nil }
    var around = KeycloakRecord.Surroundings(
      context: context, format: .keycloakText, time: head.time, level: head.level)
    around.isCoarse = head.isCoarse
    around.writer = context.writer
    if !head.trace.isEmpty { around.traceID = sink.internTrace(s, head.trace.from, head.trace.to) }
    let explains = head.level < .info && KeycloakLogger.mayExplain(s, head.logger)
    return KeycloakRecord.read(
      s, head.message, to, kind, mayExplain: explains, around, &sink,
      logger: { $0.intern(s, head.logger.from, head.logger.to) })
  }

  /// An event text without any head, as in a message field or a copied line.
  private static func readFragment(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    guard KeycloakEvent.isUserEvent(s, from, to) || KeycloakEvent.isAdminEvent(s, from, to)
    else { return nil }
    var around = KeycloakRecord.Surroundings(
      context: context, format: .keycloakText, time: RecordHead.time(nil, context),
      level: .unknown)
    around.writer = context.writer
    guard KeycloakRecord.readEvent(s, from, to, around, &sink) else { return nil }
    return ReadLine(format: .keycloakText, time: around.time)
  }

  /// `[io.quarkus] … on JVM (powered by Quarkus …) started` of an application.
  private static func isOtherProgram(_ s: Span<UInt8>, _ head: RecordHead) -> Bool {
    let to = min(s.count, head.message + 200)
    return Bytes.equals("io.quarkus", s, head.logger.from, head.logger.to)
      && Bytes.contains("(powered by Quarkus", s, head.message, to)
      && !Bytes.contains("Keycloak", s, head.message, to)
  }
}
