internal import ByteScan
internal import Evidence

/// The text of the `jboss-logging` event listener: `type="…", realmId="…", …` (user events) and
/// `operationType="…", …` (admin events), quoted (from 23.0.5 on) or not (facts §2).
enum KeycloakEvent {
  static func isUserEvent(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    Bytes.has("type=", s, at, to)
  }
  static func isAdminEvent(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    Bytes.has("operationType=", s, at, to)
  }

  /// Calls `field(key, value)` for each `key=value`; values come without their quotes.
  ///
  /// In the quoted era a value ends at a quote that is followed by the next key or by the end: a
  /// backslash before it proves nothing, because backslashes are not doubled. In the unquoted era it
  /// ends before `, key=`; a value that holds such a text itself is ambiguous and cut there.
  static func fields(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ field: (Extent, Extent) -> Void
  ) {
    var to = to
    while to > from, s[to - 1] == 32 || s[to - 1] == UInt8(ascii: ",") { to -= 1 }
    var i = from
    while i < to {
      let keyStart = i
      while i < to, isKeyByte(s[i]) { i += 1 }
      guard i > keyStart, i < to, s[i] == UInt8(ascii: "=") else { return }
      let key = Extent(keyStart, i)
      i += 1
      if i < to, s[i] == UInt8(ascii: "\"") || s[i] == UInt8(ascii: "'") {
        let mark = s[i]
        var end = i + 1
        while end < to {
          end = Bytes.find(mark, s, end, to)
          if end < 0 { end = to }
          if end >= to || end + 1 >= to || startsField(s, end + 1, to) { break }
          end += 1
        }
        field(key, Extent(i + 1, min(end, to)))
        i = nextField(s, end + 1, to)
      } else if i < to, s[i] == UInt8(ascii: "[") {
        // cookies=[a=b, c=d]: never quoted.
        var end = i
        while end < to, s[end] != UInt8(ascii: "]") { end += 1 }
        field(key, Extent(i + 1, end))
        i = nextField(s, end + 1, to)
      } else {
        var end = i
        while end < to, !startsField(s, end, to) { end += 1 }
        field(key, Extent(i, end))
        i = nextField(s, end, to)
      }
    }
  }

  static func startsKey(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || c == UInt8(ascii: "_")
  }

  static func isKeyByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c) || c == UInt8(ascii: "_")
      || c == UInt8(ascii: ".") || c == UInt8(ascii: "-")
  }

  /// `, key=` stands at `at`; also ` error=`, which lines copied by hand have without a comma.
  private static func startsField(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    guard at < to else { return false }
    if s[at] == 32 { return Bytes.has(" error=", s, at, to) }
    guard s[at] == UInt8(ascii: ","), at + 2 < to, s[at + 1] == 32 else { return false }
    var i = at + 2
    let first = s[i]
    guard startsKey(first) else { return false }
    while i < to, isKeyByte(s[i]) { i += 1 }
    return i < to && s[i] == UInt8(ascii: "=")
  }

  private static func nextField(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Int {
    var i = at
    while i < to, s[i] == 32 || s[i] == UInt8(ascii: ",") { i += 1 }
    return i
  }

  // MARK: Events

  /// Reads a user event from `s[from..<to]` and adds it; false when it is none.
  static func readUserEvent(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ event: TokenEvent, _ sink: inout Sink
  ) -> Bool {
    var event = event
    event.isUnquoted = !Bytes.has("type=\"", s, from, to) && !Bytes.has("type='", s, from, to)
    var found = UserEvent(event)
    fields(s, from, to) { key, value in found.take(EventKey.read(s, key), s, value, &sink) }
    return found.add(s, &sink)
  }

  /// Reads an admin event; false when it is none.
  static func readAdminEvent(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ event: AdminEvent, _ sink: inout Sink
  ) -> Bool {
    var event = event
    fields(s, from, to) { key, value in
      if isNull(s, value) { return }
      func has(_ name: StaticString) -> Bool { Bytes.equals(name, s, key.from, key.to) }
      if has("operationType") {
        event.operation = sink.intern(s, value.from, value.to)
      } else if has("realmId") {
        if event.realm.isNone { event.realm = sink.intern(s, value.from, value.to) }
      } else if has("realmName") {
        event.realm = sink.intern(s, value.from, value.to)
      } else if has("userId") {
        event.user = sink.intern(s, value.from, value.to)
      } else if has("ipAddress") {
        event.address = sink.intern(s, value.from, value.to)
      } else if has("resourceType") {
        event.resourceType = sink.intern(s, value.from, value.to)
      } else if has("resourcePath") {
        event.resourcePath = sink.internMasked(s, value.from, value.to)
      } else if has("error") {
        event.error = sink.internMasked(s, value.from, value.to)
      }
    }
    guard !event.operation.isNone, !event.resourceType.isNone else { return false }
    if event.error.isNone { noteSuccess(event.citation, &sink) }
    sink.add(event)
    return true
  }

  static func noteSuccess(_ citation: Citation, _ sink: inout Sink) {
    guard sink.successEventsOf != citation.source else { return }
    sink.successEventsOf = citation.source
    sink.observations.coverage[citation.source, default: Coverage()].hasSuccessEvents = true
  }

  static func isNull(_ s: Span<UInt8>, _ value: Extent) -> Bool {
    value.isEmpty || Bytes.equals("null", s, value.from, value.to)
  }

  /// Upper case letters, digits and underscores: `REFRESH_TOKEN_ERROR`.
  static func isEventName(_ s: Span<UInt8>, _ name: Extent) -> Bool {
    guard name.to - name.from >= 5, name.to - name.from <= 64 else { return false }
    var i = name.from
    while i < name.to {
      let c = s[i]
      guard c >= 65 && c <= 90 || c == UInt8(ascii: "_") || Bytes.isDigit(c) else { return false }
      i += 1
    }
    return true
  }

  static func endsWithError(_ s: Span<UInt8>, _ name: Extent) -> Bool {
    Bytes.equals("_ERROR", s, max(name.from, name.to - 6), name.to)
  }
}
