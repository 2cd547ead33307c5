internal import ByteScan
internal import Evidence

/// JSON lines of which the user said what stands under which key. A key may name a member of an
/// object in the object (`http.status`), or have stops of its own.
package struct JSONFieldFormat: Sendable {
  /// Stops in a path that may lead into objects; more stand for themselves.
  private static let deepest = 6

  package struct Field: Sendable {
    var field: PatternField
    var path: [UInt8]
    var stampsStart: Bool

    /// `nil` for a name that is not among `names`.
    package init?(named name: String, path: String) {
      guard let found = JSONFieldFormat.names.first(where: { $0.name == name }) else { return nil }
      field = found.field
      self.path = Array(path.utf8)
      stampsStart = name == "start_time"
    }
  }

  /// What a field is called in the settings.
  package struct Name: Sendable {
    package let name: String
    let field: PatternField
  }

  package static let names: [Name] = table.map { Name(name: $0.0, field: $0.1) }

  private static let table: [(String, PatternField)] = [
    ("time", .anyTime), ("start_time", .anyTime), ("status", .status), ("method", .method),
    ("path", .target), ("request", .requestLine), ("host", .host), ("client", .clientAndPort),
    ("forwarded_for", .forwardedFor), ("user", .remoteUser), ("user_agent", .userAgent),
    ("request_id", .requestID), ("trace_id", .traceID), ("traceparent", .traceparent),
    ("duration_s", .seconds), ("duration_ms", .milliseconds), ("duration_us", .microseconds),
    ("duration_ns", .nanoseconds), ("bytes_sent", .responseBytes),
    ("bytes_received", .requestBytes), ("service", .service), ("upstream", .upstreamAddress),
    ("upstream_status", .upstreamStatus), ("detail", .detail), ("flags", .flags),
    ("challenge", .challenge), ("location", .location), ("message", .message), ("level", .level),
    ("logger", .logger),
  ]

  /// A key, what it is for, and what is looked for in the object behind it.
  private struct Key: Sendable {
    let name: [UInt8]
    /// Places of fields whose path ends here, and of conditions.
    var fields: [Int] = []
    var conditions: [Int] = []
    var inner: [Key] = []
  }

  private let fields: [PatternField]
  private let conditions: [[UInt8]]
  private let keys: [Key]
  /// Bit n: some name at the top has n bytes (63: or more). Most members have none's length.
  private let lengths: UInt64
  private let stampsStart: Bool

  /// `nil` when no field tells a request or a message.
  package init?(_ fields: [Field], _ conditions: [(path: String, text: String)]) {
    guard fields.contains(where: { $0.field == .status || $0.field == .message }) else {
      return nil
    }
    self.fields = fields.map(\.field)
    self.conditions = conditions.map { Array($0.text.utf8) }
    stampsStart = fields.contains(where: \.stampsStart)
    var keys: [Key] = []
    for (i, field) in fields.enumerated() {
      JSONFieldFormat.add(field.path[...], to: &keys) { $0.fields.append(i) }
    }
    for (i, condition) in conditions.enumerated() {
      JSONFieldFormat.add(Array(condition.path.utf8)[...], to: &keys) { $0.conditions.append(i) }
    }
    self.keys = keys
    lengths = keys.reduce(0) { $0 | JSONFieldFormat.bit($1.name.count) }
  }

  private static func bit(_ length: Int) -> UInt64 { 1 << UInt64(min(63, max(0, length))) }

  /// `a.b` is the member `a.b`, or the member `b` of the object `a`.
  private static func add(
    _ path: ArraySlice<UInt8>, to keys: inout [Key], depth: Int = 0, _ mark: (inout Key) -> Void
  ) {
    mark(&keys[place(of: path, in: &keys)])
    guard depth < deepest else { return }
    for stop in path.indices.dropFirst().dropLast() where path[stop] == UInt8(ascii: ".") {
      let outer = place(of: path[..<stop], in: &keys)
      add(path[(stop + 1)...], to: &keys[outer].inner, depth: depth + 1, mark)
    }
  }

  private static func place(of name: ArraySlice<UInt8>, in keys: inout [Key]) -> Int {
    if let known = keys.firstIndex(where: { $0.name.elementsEqual(name) }) { return known }
    keys.append(Key(name: Array(name)))
    return keys.count - 1
  }

  // MARK: Reading

  private struct Found {
    var values: [JSONValue?]
    var conditions: Int
  }

  func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ hop: Hop, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine? {
    guard from < to, s[from] == UInt8(ascii: "{") else { return nil }
    var found = Found(values: [JSONValue?](repeating: nil, count: fields.count), conditions: 0)
    guard collect(s, from, to, keys, lengths, &found) >= 0, found.conditions == conditions.count
    else {
      return nil
    }
    var values = found.values
    guard values.contains(where: { $0?.isEscaped == true }) else {
      return take(s, values, hop, context, &sink)
    }
    // Texts with escapes are put side by side without them.
    var plain: [UInt8] = []
    for i in values.indices {
      guard var value = values[i] else { continue }
      let start = plain.count
      JSONText.unescape(s, value, into: &plain)
      value.start = start
      value.end = plain.count
      value.isEscaped = false
      values[i] = value
    }
    return take(plain.span, values, hop, context, &sink)
  }

  private func collect(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ keys: [Key], _ lengths: UInt64,
    _ found: inout Found
  ) -> Int {
    JSONWalk.members(s, from, to) { start, end, value in
      guard lengths & Self.bit(end - start) != 0 else { return }
      for k in keys.indices
      where keys[k].name.count == end - start && Self.stands(keys[k].name, s, start) {
        take(value, s, keys[k], &found)
      }
    }
  }

  private func take(_ value: JSONValue, _ s: Span<UInt8>, _ key: Key, _ found: inout Found) {
    // The first of several members that hold one field; `null` holds none.
    for i in key.fields
    where found.values[i] == nil && value.start < value.end && !value.isNull(s) {
      found.values[i] = value
    }
    for i in key.conditions
    where conditions[i].count == value.end - value.start
      && Self.stands(conditions[i], s, value.start)
    {
      found.conditions += 1
    }
    if !key.inner.isEmpty, value.kind == .object {
      _ = collect(s, value.start, value.end, key.inner, .max, &found)
    }
  }

  private static func stands(_ text: [UInt8], _ s: Span<UInt8>, _ at: Int) -> Bool {
    var i = 0
    while i < text.count {
      if s[at + i] != text[i] { return false }
      i += 1
    }
    return true
  }

  /// A request where there is a status, else a message.
  private func take(
    _ s: Span<UInt8>, _ values: [JSONValue?], _ hop: Hop, _ context: LineContext,
    _ sink: inout Sink
  ) -> ReadLine? {
    var line = PatternLine()
    var words = Words()
    for i in fields.indices {
      guard let value = values[i] else { continue }
      switch fields[i] {
      case .message: if words.message == nil { words.message = value }
      case .level:
        words.level =
          value.kind == .number
          ? LevelWord.number(Bytes.number(s, value.start, value.end))
          : LevelWord.read(s, value.start, value.end)
      case .logger: words.logger = value
      case let field:
        guard line.take(field, s, value.start, value.end) else { return nil }
      }
    }
    if line.status >= 0 { return line.add(stampsStart, hop, s, context, &sink) }
    return words.message.map { words.add($0, line, s, context, &sink) }
  }

  private struct Words {
    var message: JSONValue?
    var level = Level.unknown
    var logger: JSONValue?

    func add(
      _ text: JSONValue, _ line: PatternLine, _ s: Span<UInt8>, _ context: LineContext,
      _ sink: inout Sink
    ) -> ReadLine {
      var record = ApplicationRecord(context, .user)
      record.level = level
      line.fill(&record, s, context, &sink)
      let logger = logger
      return record.read(
        s, text.start, text.end, &sink, path: line.path(s, &sink),
        logger: { sink in logger.map { sink.intern(s, $0.start, $0.end) } ?? .none })
    }
  }
}
