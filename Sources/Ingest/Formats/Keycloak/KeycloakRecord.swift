internal import ByteScan
internal import Evidence

/// What a Keycloak record says, whatever its layout: an event, an access line or a message.
enum KeycloakRecord {
  /// Everything around the message text.
  struct Surroundings {
    var context: LineContext
    var format: Format
    var time: Instant
    var isCoarse = false
    var level: Level
    var traceID = Symbol.none
    var writer = Symbol.none
  }

  /// Reads the message `s[from..<to]` of a record of the given kind. `logger` is only asked for when
  /// a message is kept.
  static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ kind: KeycloakLogger.Kind,
    mayExplain: Bool, _ around: Surroundings, _ sink: inout Sink,
    logger: (inout Sink) -> Symbol
  ) -> ReadLine {
    switch kind {
    case .events:
      if readEvent(s, from, to, around, &sink) {
        return ReadLine(format: around.format, time: around.time)
      }
    case .accessLog:
      if let line = CommonLogLine.read(s, from, to) {
        var request = Request(citation: around.context.citation)
        request.format = .keycloakAccess
        request.hop = .keycloak
        request.writer = around.writer
        request.traceID = around.traceID
        request.end = around.time
        request.isCoarse = around.isCoarse
        line.fill(&request, s, &sink)
        request.start = request.end
        sink.add(request, around.context)
        return ReadLine(format: .keycloakAccess, time: around.time)
      }
    case .own, .library, .foreign: break
    }
    if around.level >= .info || around.level == .unknown || mayExplain {
      if let judged = MessageReader.judge(s, from, to, level: around.level, voice: .keycloak) {
        var message = Message(citation: around.context.citation)
        message.time = around.time
        message.format = around.format
        message.level = around.level
        message.writer = around.writer
        message.logger = logger(&sink)
        message.traceID = around.traceID
        sink.begins(judged.statement, around.time)
        MessageReader.add(judged, s, from, to, message, &sink)
      }
    }
    return ReadLine(format: around.format, time: around.time, isMessage: true)
  }

  /// Reads a user or admin event; false when the text is none.
  static func readEvent(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ around: Surroundings, _ sink: inout Sink
  ) -> Bool {
    if KeycloakEvent.isUserEvent(s, from, to) {
      var event = TokenEvent(citation: around.context.citation)
      event.time = around.time
      event.writer = around.writer
      event.traceID = around.traceID
      return KeycloakEvent.readUserEvent(s, from, to, event, &sink)
    }
    if KeycloakEvent.isAdminEvent(s, from, to) {
      var event = AdminEvent(citation: around.context.citation)
      event.time = around.time
      event.writer = around.writer
      event.traceID = around.traceID
      return KeycloakEvent.readAdminEvent(s, from, to, event, &sink)
    }
    return false
  }
}
