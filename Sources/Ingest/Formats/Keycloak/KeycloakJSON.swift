internal import ByteScan
package import Evidence

/// Keycloak's JSON log: the default layout and ECS (`--log-console-json-format=ecs`), one object per
/// line (facts §1.2).
package enum KeycloakJSON: LineFormat {
  package static let format = Format.keycloakJSON

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 40 && s[from] == UInt8(ascii: "{") && s[from + 1] == UInt8(ascii: "\"")
  }

  /// The members that matter; offsets into the line.
  struct Members {
    var stamp: TimeStamp?
    var level = Level.unknown
    var logger = Extent.none
    var message: JSONValue?
    var host = Extent.none
    var trace = Extent.none
    var exception: JSONValue?
    var stack: JSONValue?
    /// `loggerClassName`, or ECS: which only JBoss's formatter writes.
    var isJBoss = false
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    let found = members(s, from, to)
    guard let message = found.message, !found.logger.isEmpty, found.level != .unknown,
      found.isJBoss || Bytes.has("org.keycloak.", s, found.logger.from, found.logger.to)
    else { return nil }
    let kind = KeycloakLogger.kind(s, found.logger)
    if kind == .foreign { return nil }
    var around = KeycloakRecord.Surroundings(
      context: context, format: .keycloakJSON, time: RecordHead.time(found.stamp, context),
      level: found.level)
    around.isCoarse = (found.stamp?.isCoarse ?? false) && !context.wrapperTime.isKnown
    around.writer =
      context.writer.isNone
      ? sink.intern(s, found.host.from, found.host.to, again: EventKey.other.rawValue)
      : context.writer
    around.traceID = sink.internTrace(s, found.trace.from, found.trace.to)
    let explains = found.level < .info && KeycloakLogger.mayExplain(s, found.logger)
    let logger = found.logger
    var text: [UInt8] = []
    swap(&text, &sink.textScratch)
    let line: ReadLine
    if message.isString, message.isEscaped {
      let count = JSONWalk.unescape(s, message.start, message.end, over: &text)
      line = KeycloakRecord.read(
        text.span, 0, count, kind, mayExplain: explains, around, &sink,
        logger: { $0.intern(s, logger.from, logger.to) })
    } else {
      line = KeycloakRecord.read(
        s, message.start, message.end, kind, mayExplain: explains, around, &sink,
        logger: { $0.intern(s, logger.from, logger.to) })
    }
    if found.level >= .warn, let exception = found.exception ?? found.stack {
      text.removeAll(keepingCapacity: true)
      JSONText.unescape(s, exception, into: &text)
      ExceptionText.read(
        text.span, 0, text.count, voice: .keycloak, around.message(s, logger, &sink), &sink)
    }
    swap(&text, &sink.textScratch)
    return line
  }

  static func members(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Members {
    var found = Members()
    _ = JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      func has(_ name: StaticString) -> Bool { Bytes.equals(name, s, keyStart, keyEnd) }
      switch keyEnd - keyStart {
      case 3: if has("mdc"), value.kind == .object { found.trace = traceID(s, value) }
      case 5: if has("level") { found.level = LevelWord.read(s, value.start, value.end) }
      case 7: if has("message") { found.message = value }
      case 8: if has("hostName") { found.host = Extent(value.start, value.end) }
      case 9:
        if has("timestamp") {
          found.stamp = TimeStamp.iso(s, value.start, value.end)
        } else if has("log.level") {
          found.level = LevelWord.read(s, value.start, value.end)
        } else if has("exception") {
          found.exception = value
        }
      case 10:
        if has("loggerName") {
          found.logger = Extent(value.start, value.end)
        } else if has("@timestamp") {
          found.stamp = TimeStamp.iso(s, value.start, value.end)
        } else if has("log.logger") {
          found.logger = Extent(value.start, value.end)
        } else if has("stackTrace") {
          found.stack = value
        }
      case 11: if has("ecs.version") { found.isJBoss = true }
      case 13: if has("host.hostname") { found.host = Extent(value.start, value.end) }
      case 15: if has("loggerClassName") { found.isJBoss = true }
      case 17: if has("error.stack_trace") { found.stack = value }
      default: break
      }
    }
    return found
  }

  static func traceID(_ s: Span<UInt8>, _ object: JSONValue) -> Extent {
    var found = Extent.none
    _ = JSONWalk.members(s, object.start, object.end) { keyStart, keyEnd, value in
      if value.kind == .string,
        Bytes.equals("traceId", s, keyStart, keyEnd)
          || Bytes.equals("trace_id", s, keyStart, keyEnd)
      {
        found = Extent(value.start, value.end)
      }
    }
    return found
  }
}

extension KeycloakRecord.Surroundings {
  /// A message of this record, still without text.
  func message(_ s: Span<UInt8>, _ logger: Extent, _ sink: inout Sink) -> Message {
    var message = Message(citation: context.citation)
    message.time = time
    message.format = format
    message.level = level
    message.writer = writer
    message.traceID = traceID
    message.logger = sink.intern(s, logger.from, logger.to)
    return message
  }
}
