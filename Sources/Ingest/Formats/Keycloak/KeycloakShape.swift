internal import ByteScan
internal import Evidence

/// Keycloak's JSON lines by the shape of a line before them: user events, and messages of which no more
/// than the time is noted. Logger and level belong to the shape.
extension KeycloakJSON {
  package static var glances: Bool { true }

  /// What the values of a shape are; those of an event come before, by the number of their key.
  private enum Role: UInt8 {
    case stamp = 40
    case host, trace, other
  }

  package static func recall(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext,
    _ memory: inout GlanceMemory, _ sink: inout Sink
  ) -> ReadLine? {
    guard memory.shapes.find(s, from, to, memory.marks),
      let owner = ShapeOwner(rawValue: memory.shapes.note),
      owner == .keycloakEvent || owner == .keycloakCounted,
      let place = memory.shapes.first(Role.stamp.rawValue),
      let stamp = TimeStamp.iso(s, place.from, place.to), ZoneProbe.zoneless(s, from, to) == nil
    else { return nil }
    let time = RecordHead.time(stamp, context)
    if owner == .keycloakCounted { return ReadLine(format: format, time: time, isMessage: true) }
    var event = TokenEvent(citation: context.citation)
    event.time = time
    event.writer = context.writer
    if event.writer.isNone, let host = memory.shapes.first(Role.host.rawValue) {
      event.writer = sink.intern(s, host.from, host.to, again: EventKey.other.rawValue)
    }
    if let trace = memory.shapes.first(Role.trace.rawValue) {
      event.traceID = sink.internTrace(s, trace.from, trace.to)
    }
    return readEvent(event, s, memory.shapes, &sink)
      ? ReadLine(format: format, time: time) : nil
  }

  private static func readEvent(
    _ event: TokenEvent, _ s: Span<UInt8>, _ shapes: borrowing LineShapes, _ sink: inout Sink
  ) -> Bool {
    var wanted: [WantedText] = []
    swap(&wanted, &sink.wantedTexts)
    wanted.removeAll(keepingCapacity: true)
    for i in 0..<shapes.count {
      guard let field = EventKey(rawValue: Int(shapes.role(i))), field.isPlain else { continue }
      let value = shapes.place(i)
      guard value.from < value.to else { continue }
      wanted.append(WantedText(field: field.rawValue, value.from, value.to))
    }
    sink.intern(s, &wanted)
    var found = UserEvent(event)
    var next = 0
    for i in 0..<shapes.count {
      guard let field = EventKey(rawValue: Int(shapes.role(i))) else { continue }
      let value = shapes.place(i)
      var known = Symbol.none
      if next < wanted.count, wanted[next].from == value.from {
        known = wanted[next].symbol
        next += 1
      }
      found.take(field, s, Extent(value.from, value.to), known: known, &sink)
    }
    swap(&wanted, &sink.wantedTexts)
    return found.add(s, &sink)
  }

  // MARK: Learning

  package static func learn(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ memory: inout GlanceMemory
  ) {
    memory.shapes.learn {
      let found = members(s, from, to)
      guard let message = found.message, let owner = owner(s, found, message) else { return nil }
      var values: [LineShape.Value] = []
      var roles: [Role] = []
      var isClear = true
      let isWhole = JSONShape.walk(s, from, to) { item in
        if item.depth == 0, item.value.start == message.start {
          if !take(s, message, owner, &values) { isClear = false }
          return
        }
        guard let role = role(s, item) else { return }
        if role != .other {
          // The last one of a name counts; nobody writes two.
          if roles.contains(role) { isClear = false }
          roles.append(role)
        }
        if let value = LineShape.Value(item.value, role: role.rawValue) { values.append(value) }
      }
      guard isWhole, isClear else { return nil }
      var shape = LineShape(s, from, to, values)
      shape?.note = owner.rawValue
      return shape
    }
  }

  /// What lines with this logger and level are; `nil`: read anew each time.
  private static func owner(
    _ s: Span<UInt8>, _ found: Members, _ message: JSONValue
  ) -> ShapeOwner? {
    guard message.isString, found.stamp != nil,
      found.level < .warn || found.exception == nil && found.stack == nil
    else { return nil }
    switch KeycloakLogger.kind(s, found.logger) {
    case .events: return .keycloakEvent
    case .own, .library:
      let isRead = found.level >= .info || KeycloakLogger.mayExplain(s, found.logger)
      return isRead ? nil : .keycloakCounted
    case .accessLog, .foreign: return nil
    }
  }

  /// `nil`: part of the shape.
  private static func role(_ s: Span<UInt8>, _ item: JSONShape.Item) -> Role? {
    func has(_ name: StaticString, _ key: Range<Int>) -> Bool {
      Bytes.equals(name, s, key.lowerBound, key.upperBound)
    }
    if item.depth == 1, has("mdc", item.outer), item.value.isString,
      has("traceId", item.key) || has("trace_id", item.key)
    {
      return .trace
    }
    guard item.depth == 0 else { return .other }
    if has("timestamp", item.key) || has("@timestamp", item.key) { return .stamp }
    if has("hostName", item.key) || has("host.hostname", item.key) { return .host }
    let isFixed =
      has("level", item.key) || has("log.level", item.key) || has("loggerName", item.key)
      || has("log.logger", item.key)
    return isFixed ? nil : .other
  }

  /// The values within the message; false when they could not be told apart in another line.
  private static func take(
    _ s: Span<UInt8>, _ message: JSONValue, _ owner: ShapeOwner, _ values: inout [LineShape.Value]
  ) -> Bool {
    guard owner == .keycloakEvent else {
      guard let value = LineShape.Value(message, role: Role.other.rawValue) else { return false }
      values.append(value)
      return true
    }
    // `type=\"LOGIN\", realmId=\"f1\", …`: all quoted, nothing else escaped.
    guard KeycloakEvent.isUserEvent(s, message.start, message.end) else { return false }
    var i = message.start
    while i < message.end, KeycloakEvent.startsKey(s[i]) {
      let key = i
      while i < message.end, KeycloakEvent.isKeyByte(s[i]) { i += 1 }
      guard Bytes.has("=\\\"", s, i, message.end) else { return false }
      let start = i + 3
      let end = Bytes.find(UInt8(ascii: "\\"), s, start, message.end)
      guard end >= 0, Bytes.has("\\\"", s, end, message.end) else { return false }
      values.append(
        LineShape.Value(
          .escaped, start, end, role: UInt8(EventKey.read(s, Extent(key, i)).rawValue)))
      i = end + 2
      if i == message.end { return true }
      guard Bytes.has(", ", s, i, message.end) else { return false }
      i += 2
    }
    return false
  }
}
