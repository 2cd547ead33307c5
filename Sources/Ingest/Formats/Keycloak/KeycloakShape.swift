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
    memory.shapes.slot = 0
    guard let line = RecalledLine(s, from, to, context, &memory) else { return nil }
    guard line.isEvent else { return ReadLine(format: format, time: line.time, isMessage: true) }
    var wanted = sink.takeWantedTexts()
    want(s, memory.shapes, 0, &wanted)
    sink.intern(s, &wanted)
    var next = 0
    let isRead = readEvent(line, s, memory.shapes, 0, wanted, &next, &sink)
    sink.giveBack(&wanted)
    return isRead ? ReadLine(format: format, time: line.time) : nil
  }

  /// A line of a shape that is known; its values stand in the slot of `LineShapes`.
  struct RecalledLine {
    var context: LineContext
    var time: Instant
    var isEvent: Bool

    init?(
      _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext,
      _ memory: inout GlanceMemory
    ) {
      guard memory.shapes.find(s, from, to, memory.marks),
        let owner = ShapeOwner(rawValue: memory.shapes.note),
        owner == .keycloakEvent || owner == .keycloakCounted,
        let place = memory.shapes.first(Role.stamp.rawValue),
        let stamp = TimeStamp.iso(s, place.from, place.to), ZoneProbe.zoneless(s, from, to) == nil
      else { return nil }
      if owner == .keycloakEvent {
        guard let type = memory.shapes.first(UInt8(EventKey.type.rawValue)),
          KeycloakEvent.isEventName(s, Extent(type.from, type.to))
        else { return nil }
      }
      self.context = context
      time = RecordHead.time(stamp, context)
      isEvent = owner == .keycloakEvent
    }
  }

  /// Adds the texts of the event in a slot that are kept as they stand.
  static func want(
    _ s: Span<UInt8>, _ shapes: borrowing LineShapes, _ slot: Int, _ wanted: inout [WantedText]
  ) {
    for i in 0..<shapes.count(slot) {
      guard let field = EventKey(role: shapes.role(slot, i)), field.isPlain else { continue }
      let value = shapes.place(slot, i)
      guard value.from < value.to else { continue }
      wanted.append(
        WantedText(field: field.isOfOne ? -1 : field.rawValue, value.from, value.to))
    }
  }

  /// Reads the event in a slot, whose texts begin at `wanted[next]`; moves `next` behind them.
  static func readEvent(
    _ line: RecalledLine, _ s: Span<UInt8>, _ shapes: borrowing LineShapes, _ slot: Int,
    _ wanted: [WantedText], _ next: inout Int, _ sink: inout Sink
  ) -> Bool {
    var event = TokenEvent(citation: line.context.citation)
    event.time = line.time
    event.writer = line.context.writer
    if event.writer.isNone, let host = shapes.first(Role.host.rawValue, slot) {
      event.writer = sink.intern(s, host.from, host.to, again: EventKey.other.rawValue)
    }
    if let trace = shapes.first(Role.trace.rawValue, slot) {
      event.traceID = sink.internTrace(s, trace.from, trace.to)
    }
    var found = UserEvent(event)
    for i in 0..<shapes.count(slot) {
      guard let field = EventKey(role: shapes.role(slot, i)) else { continue }
      let value = shapes.place(slot, i)
      var known = Symbol.none
      if next < wanted.count, wanted[next].from == value.from {
        known = wanted[next].symbol
        next += 1
      }
      found.take(field, s, Extent(value.from, value.to), known: known, &sink)
    }
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
      // The last one of a name counts; nobody writes two.
      let types = values.count { $0.role == UInt8(EventKey.type.rawValue) }
      guard isWhole, isClear, types <= 1 else { return nil }
      guard var shape = LineShape(s, from, to, values) else { return nil }
      shape.note = owner.rawValue
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
