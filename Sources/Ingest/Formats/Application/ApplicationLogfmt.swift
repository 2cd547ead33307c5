internal import ByteScan
package import Evidence

/// logfmt: `time=… level=… msg="…"` (logrus, slog, Grafana, Python formatters). A quoted value ends
/// at a quote that the next `key=` or the end follows: home-made formatters do not escape.
package enum ApplicationLogfmt: LineFormat {
  package static let format = Format.applicationLogfmt

  package static func mayRead(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from > 12, s[from] | 0x20 >= 97, s[from] | 0x20 <= 122 else { return false }
    var i = from
    while i < to, i - from < 24, isKeyByte(s[i]) { i += 1 }
    return i < to && s[i] == UInt8(ascii: "=")
  }

  package static func read(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ context: LineContext, _ sink: inout Sink
  ) -> ReadLine? {
    var fields = StructuredFields()
    walk(s, from, to) { key, value in fields.take(s, key.from, key.to, value, depth: 2) }
    fields.complete(s)
    let hasText = fields.message != nil || fields.error != nil
    guard hasText && (fields.stamp != nil || fields.level != .unknown) || isRequest(fields) else {
      return nil
    }
    return fields.read(s, context, .applicationLogfmt, &sink)
  }

  /// The request that a text behind a record's head tells (`method=GET path=/a … status=401`, lograge).
  static func request(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> StructuredFields? {
    guard mayRead(s, from, to), Bytes.find("status=", s, from, to) >= 0,
      Bytes.find("method=", s, from, to) >= 0
    else { return nil }
    var fields = StructuredFields()
    walk(s, from, to) { key, value in fields.take(s, key.from, key.to, value, depth: 2) }
    fields.complete(s)
    return isRequest(fields) ? fields : nil
  }

  private static func isRequest(_ fields: StructuredFields) -> Bool {
    fields.status > 0 && fields.path != nil && fields.method != nil
  }

  /// Calls `field` for each `key=value`.
  static func walk(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ field: (Extent, JSONValue) -> Void
  ) {
    var i = from
    while i < to {
      i = Bytes.skipBlanks(s, i, to)
      let keyStart = i
      while i < to, isKeyByte(s[i]) { i += 1 }
      let key = Extent(keyStart, i)
      guard i < to else { return }
      guard s[i] == UInt8(ascii: "="), !key.isEmpty else {
        // A word without a value.
        while i < to, s[i] != 32 { i += 1 }
        continue
      }
      i += 1
      if i < to, s[i] == UInt8(ascii: "\"") {
        var end = i + 1
        var isEscaped = false
        while end < to {
          if s[end] == UInt8(ascii: "\\") {
            isEscaped = true
            end += 2
            continue
          }
          if s[end] == UInt8(ascii: "\""), startsField(s, end + 1, to) { break }
          end += 1
        }
        end = min(end, to)
        field(
          key, JSONValue(kind: .string, start: i + 1, end: max(i + 1, end), isEscaped: isEscaped))
        i = end + 1
      } else {
        var end = i
        while end < to, s[end] != 32 { end += 1 }
        field(key, JSONValue(kind: .string, start: i, end: end, isEscaped: false))
        i = end
      }
    }
  }

  /// The end, or ` key=`.
  private static func startsField(_ s: Span<UInt8>, _ at: Int, _ to: Int) -> Bool {
    if Bytes.skipBlanks(s, at, to) >= to { return true }
    guard s[at] == 32 else { return false }
    var i = at + 1
    while i < to, isKeyByte(s[i]) { i += 1 }
    return i > at + 1 && i < to && s[i] == UInt8(ascii: "=")
  }

  private static func isKeyByte(_ c: UInt8) -> Bool {
    c | 0x20 >= 97 && c | 0x20 <= 122 || Bytes.isDigit(c) || c == UInt8(ascii: "_")
      || c == UInt8(ascii: ".") || c == UInt8(ascii: "-") || c == UInt8(ascii: "/")
  }
}
