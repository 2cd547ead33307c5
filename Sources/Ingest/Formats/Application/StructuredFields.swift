internal import ByteScan
internal import Evidence

/// The members of one structured record, collected before anything is decided: offsets into the
/// line, as JSON values (logfmt's values have the same shape).
struct StructuredFields {
  var stamp: TimeStamp?
  var level = Level.unknown
  var logger: JSONValue?
  var message: JSONValue?
  var error: JSONValue?
  var stack: JSONValue?
  var requestID: JSONValue?
  var traceID: JSONValue?
  var client: JSONValue?
  var method: JSONValue?
  var path: JSONValue?
  var status = 0
  /// Microseconds; -1 unknown.
  var duration: Int64 = -1
  var userAgent: JSONValue?
  var host: JSONValue?
  var writer: JSONValue?
  var bytes = -1
  var upstream: JSONValue?
  var upstreamStatus = 0
  /// A request line, or a method and a route.
  private var line: JSONValue?
  /// The duration is one that tells no unit.
  private var isBare = false
  private var isInMilliseconds = false

  /// Takes one member. `depth` guards against nesting.
  mutating func take(
    _ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int, _ value: JSONValue, depth: Int
  ) {
    let isText = value.kind == .string && value.end > value.start
    switch FieldName.read(s, keyStart, keyEnd) {
    case .time:
      if stamp == nil { stamp = StructuredFields.stamp(s, value) }
      // Serilog's compact records
      if Bytes.equals("@t", s, keyStart, keyEnd) { isInMilliseconds = true }
    case .level:
      if level == .unknown {
        level =
          value.kind == .number
          ? LevelWord.number(Bytes.number(s, value.start, value.end))
          : LevelWord.read(s, value.start, value.end)
      }
    case .logger: if logger == nil, isText { logger = value }
    case .message:
      if message == nil, isText { message = value }
    case .error:
      if value.kind == .object, depth < 2 {
        nested(s, value, depth: depth, inError: true)
        if error == nil { error = value }
      } else if value.kind == .string, Bytes.contains("\\n", s, value.start, value.end) {
        // A whole traceback.
        if stack == nil { stack = value }
      } else if error == nil, value.end > value.start, value.kind != .literal {
        error = value
      }
    case .stack: if stack == nil, isText { stack = value }
    case .requestID: if requestID == nil, isText { requestID = value }
    case .traceID: if traceID == nil, isText { traceID = value }
    case .client:
      if client == nil {
        client =
          isText
          ? StructuredFields.first(s, value)
          : value.kind == .array
            ? StructuredFields.element(s, value)
            : StructuredFields.member(s, value, "ip", "address")
      }
    case .source:
      if client == nil { client = StructuredFields.member(s, value, "ip", "address") }
    case .method: if method == nil, isText { method = value }
    case .path:
      if path == nil, !isText || !StructuredFields.isModule(s, keyStart, keyEnd, value) {
        path = isText ? value : StructuredFields.member(s, value, "path", "original")
        if !isText, host == nil { host = StructuredFields.member(s, value, "domain", "domain") }
      }
    case .status:
      if status == 0, let code = Bytes.status(s, value.start, value.end) { status = Int(code) }
    case .duration:
      if duration < 0 || Bytes.equals("latency_human", s, keyStart, keyEnd) {
        duration = StructuredFields.duration(s, keyStart, keyEnd, value)
        isBare = StructuredFields.isBare(s, keyStart, keyEnd, value)
      }
    case .milliseconds: isInMilliseconds = true
    case .upstream: if upstream == nil, isText { upstream = value }
    case .upstreamStatus:
      upstreamStatus = max(upstreamStatus, Bytes.number(s, value.start, value.end))
    case .line: if line == nil, isText { line = value }
    case .userAgent:
      if userAgent == nil {
        userAgent = isText ? value : StructuredFields.member(s, value, "original", "original")
      }
    case .host: if host == nil, isText { host = value }
    case .loggedUser:
      // Tomcat's `JsonAccessLogValve`, whose `host` is who asks (`%h`).
      client = client ?? host
      host = nil
    case .writer: if writer == nil, isText { writer = value }
    case .bytes: if bytes < 0 { bytes = Bytes.number(s, value.start, value.end) }
    case .request:
      if value.kind == .object, depth < 2 {
        nested(s, value, depth: depth, inError: false)
      } else if isText, path == nil, value.start < value.end,
        s[value.start] == UInt8(ascii: "/")
      {
        path = value
      } else if isText, line == nil {
        line = value
      }
    case .response, .context:
      if value.kind == .object, depth < 2 { nested(s, value, depth: depth, inError: false) }
    case .other: break
    }
  }

  /// Takes what is told in other ways than by a member of its own.
  mutating func complete(_ s: Span<UInt8>) {
    if isBare, isInMilliseconds, duration > 0 { duration /= 1000 }
    guard status > 0, path == nil || method == nil else { return }
    if let line, let request = RequestLine(s, line.start, line.end), !line.isEscaped,
      s[request.targetStart] == UInt8(ascii: "/")
    {
      method = JSONValue(
        kind: .string, start: request.methodStart, end: request.methodEnd, isEscaped: false)
      path =
        path
        ?? JSONValue(
          kind: .string, start: request.targetStart, end: request.targetEnd, isEscaped: false)
    } else if path == nil, method != nil, let message, s[message.start] == UInt8(ascii: "/") {
      // authentik's event is the path.
      path = message
      self.message = nil
    }
  }

  /// A `target` that is the module of a record (Rust's `tower_http::trace`).
  private static func isModule(
    _ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int, _ value: JSONValue
  ) -> Bool {
    Bytes.equals("target", s, keyStart, keyEnd) && Bytes.contains("::", s, value.start, value.end)
  }

  /// The first of a list of addresses in commas.
  private static func first(_ s: Span<UInt8>, _ value: JSONValue) -> JSONValue {
    var value = value
    let comma = Bytes.find(UInt8(ascii: ","), s, value.start, value.end)
    if comma > value.start { value.end = comma }
    return value
  }

  private static func element(_ s: Span<UInt8>, _ list: JSONValue) -> JSONValue? {
    var first: JSONValue?
    _ = JSONWalk.elements(s, list.start, list.end) { if first == nil { first = $0 } }
    return first?.kind == .string ? first : nil
  }

  /// pino's `req`, `res` and `err`; MDC; .NET's `State`.
  private mutating func nested(
    _ s: Span<UInt8>, _ object: JSONValue, depth: Int, inError: Bool
  ) {
    _ = JSONWalk.members(s, object.start, object.end) { keyStart, keyEnd, value in
      if inError {
        if Bytes.equals("message", s, keyStart, keyEnd), error == nil, value.kind == .string {
          error = value
        } else if Bytes.equals("stack", s, keyStart, keyEnd), stack == nil {
          stack = value
        }
        return
      }
      if Bytes.equals("id", s, keyStart, keyEnd) {
        if requestID == nil, value.kind == .string { requestID = value }
        return
      }
      take(s, keyStart, keyEnd, value, depth: depth + 1)
    }
  }

  /// The text of `first`, else that of `second`, in one of ECS' objects (`"url":{"path":"/x"}`).
  private static func member(
    _ s: Span<UInt8>, _ object: JSONValue, _ first: StaticString, _ second: StaticString
  ) -> JSONValue? {
    guard object.kind == .object else { return nil }
    var best: JSONValue?
    var other: JSONValue?
    _ = JSONWalk.members(s, object.start, object.end) { keyStart, keyEnd, value in
      guard value.kind == .string, value.end > value.start else { return }
      if best == nil, Bytes.equals(first, s, keyStart, keyEnd) { best = value }
      if other == nil, Bytes.equals(second, s, keyStart, keyEnd) { other = value }
    }
    return best ?? other
  }

  // MARK: Values

  private static func stamp(_ s: Span<UInt8>, _ value: JSONValue) -> TimeStamp? {
    if value.kind == .string { return stamp(s, value.start, value.end) }
    return value.kind == .number ? epoch(s, value.start, value.end) : nil
  }

  /// In any of the layouts that programs use.
  static func stamp(_ s: Span<UInt8>, _ start: Int, _ to: Int) -> TimeStamp? {
    // Tomcat's JSON has brackets around it.
    let from = start < to && s[start] == UInt8(ascii: "[") ? start + 1 : start
    return TimeStamp.iso(s, from, to) ?? TimeStamp.common(s, from, to) ?? epoch(s, from, to)
  }

  /// Seconds, milliseconds (13 digits), microseconds or nanoseconds since the epoch; zap also writes
  /// `1.7e9`.
  static func epoch(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> TimeStamp? {
    if let seconds = TimeStamp.epoch(s, from, to) { return seconds }
    let end = Bytes.digitsEnd(s, from, to)
    let number = Bytes.number(s, from, end)
    guard number > 0 else { return nil }
    let scale: Int64
    switch end - from {
    case 12...14: scale = 1_000_000
    case 15...16: scale = 1000
    case 18: scale = 1
    default: return nil
    }
    return TimeStamp(
      nanoseconds: Int64(number) &* scale, end: end, hasZone: true, isCoarse: false)
  }

  /// Microseconds. A bare number is milliseconds where the name says so or the logger is known to
  /// mean them (pino's `responseTime`); otherwise seconds when it has a fraction, else milliseconds.
  private static func duration(
    _ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int, _ value: JSONValue
  ) -> Int64 {
    let withUnit = AccessText.microseconds(s, value.start, value.end, value.end)
    if withUnit >= 0 { return withUnit }
    let seconds = Bytes.microseconds(s, value.start, value.end)
    guard seconds >= 0 else { return -1 }
    if Bytes.has("_ns", s, keyEnd - 3, keyEnd) { return seconds / 1_000_000_000 }
    if Bytes.has("_us", s, keyEnd - 3, keyEnd) { return seconds / 1_000_000 }
    if Bytes.has("_s", s, keyEnd - 2, keyEnd) || Bytes.has("_seconds", s, keyEnd - 8, keyEnd)
      || Bytes.equals("request_time", s, keyStart, keyEnd)
    {
      return seconds
    }
    let isFraction = Bytes.find(UInt8(ascii: "."), s, value.start, value.end) >= 0
    return saysMilliseconds(s, keyStart, keyEnd) || !isFraction ? seconds / 1000 : seconds
  }

  private static func saysMilliseconds(_ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int) -> Bool {
    Bytes.has("ms", s, keyEnd - 2, keyEnd) || s[keyStart] | 0x20 == UInt8(ascii: "r")
      || Bytes.contains("illi", s, keyStart, keyEnd)
  }

  /// A number with a fraction under a name that tells no unit.
  private static func isBare(
    _ s: Span<UInt8>, _ keyStart: Int, _ keyEnd: Int, _ value: JSONValue
  ) -> Bool {
    Bytes.digitsEnd(s, value.start, value.end) < value.end
      && AccessText.microseconds(s, value.start, value.end, value.end) < 0
      && !saysMilliseconds(s, keyStart, keyEnd)
      && Bytes.find(UInt8(ascii: "_"), s, keyStart, keyEnd) < 0
  }
}

extension StructuredFields {
  /// Reads the record: a request where it says so, else a message made of its text and its error.
  /// `head`: what stood before the record's members.
  func read(
    _ s: Span<UInt8>, _ context: LineContext, _ format: Format, head: RecordHead? = nil,
    _ sink: inout Sink
  ) -> ReadLine {
    var record = ApplicationRecord(context, format)
    if let head {
      record.time = head.time
      record.isCoarse = head.isCoarse
    } else if let stamp {
      record.time = Instant.ofMessage(stamp, context)
      record.isCoarse = stamp.isCoarse && record.time == Instant(stamp, context)
    } else {
      record.time = RecordHead.time(nil, context)
    }
    record.level = level
    if let requestID { record.requestID = sink.intern(s, json: requestID) }
    if let traceID { record.traceID = sink.internTrace(s, traceID.start, traceID.end) }
    if let client {
      let address = Address(s, client.start, client.end)
      record.client = sink.intern(s, address.start, address.end)
    }
    if let userAgent { record.userAgent = sink.internMasked(s, json: userAgent) }
    if let host { record.host = sink.intern(s, json: host) }
    if record.writer.isNone, let writer { record.writer = sink.intern(s, json: writer) }
    if status > 0, let path, let method,
      level < .warn || message == nil || duration >= 0 && !isTelling(s, &sink)
    {
      addRequest(record, s, path, method, &sink)
      return ReadLine(format: .applicationAccess, time: record.time)
    }
    var text: [UInt8] = []
    swap(&text, &sink.textScratch)
    text.removeAll(keepingCapacity: true)
    if let message { JSONText.unescape(s, message, into: &text) }
    if let error {
      if !text.isEmpty { text.append(contentsOf: [UInt8(ascii: ":"), 32]) }
      JSONText.unescape(s, error, into: &text)
    }
    if let path { addAnswer(s, path, to: &text) }
    let logger = logger
    let path = path
    let line = record.read(
      text.span, 0, text.count, &sink,
      path: path.map { StructuredFields.pathOnly(s, $0, &sink) } ?? .none,
      logger: { sink in logger.map { sink.intern(s, json: $0) } ?? .none })
    if let stack, level >= .warn || level == .unknown {
      text.removeAll(keepingCapacity: true)
      JSONText.unescape(s, stack, into: &text)
      var message = Message(citation: context.citation)
      message.time = record.time
      message.format = format
      message.level = level
      message.writer = record.writer
      message.requestID = record.requestID
      message.traceID = record.traceID
      ExceptionText.read(text.span, 0, text.count, voice: .others, message, &sink)
    }
    swap(&text, &sink.textScratch)
    return line
  }

  /// Whether the text says something about the request that its status does not.
  private func isTelling(_ s: Span<UInt8>, _ sink: inout Sink) -> Bool {
    if error != nil { return true }
    guard let message else { return false }
    var text: [UInt8] = []
    JSONText.unescape(s, message, into: &text)
    return MessageReader.judge(text.span, 0, text.count, level: level, voice: .others)?.row != nil
  }

  private static func pathOnly(_ s: Span<UInt8>, _ value: JSONValue, _ sink: inout Sink) -> Symbol {
    var end = value.start
    while end < value.end, s[end] != UInt8(ascii: "?") { end += 1 }
    return sink.internMasked(s, value.start, end)
  }

  private func addRequest(
    _ record: ApplicationRecord, _ s: Span<UInt8>, _ path: JSONValue, _ method: JSONValue,
    _ sink: inout Sink
  ) {
    var request = Request(citation: record.context.citation)
    request.format = .applicationAccess
    request.hop = .application
    request.writer = record.writer
    request.status = UInt16(clamping: status)
    if let name = KubernetesVerb.method(s, method.start, method.end) {
      request.method = sink.intern("\(name)")
    } else {
      request.method = sink.intern(s, json: method)
    }
    if let upstream {
      let address = Address(s, upstream.start, upstream.end)
      if address.end > address.start {
        request.upstreamAddress = sink.intern(s, upstream.start, upstream.end)
      }
    }
    if upstreamStatus >= 100, upstreamStatus <= 599 {
      request.upstreamStatus = UInt16(upstreamStatus)
      request.answeredBy = upstreamStatus == status ? .upstream : .edge
    }
    request.client = record.client
    request.host = record.host
    request.userAgent = record.userAgent
    sink.setTarget(&request, s, json: path)
    request.responseBytes = Int32(clamping: bytes)
    request.duration = duration
    record.setTime(&request)
    request.requestID = record.requestID
    request.traceID = record.traceID
    sink.add(request, record.context)
  }
}
