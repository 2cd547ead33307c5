package import ByteScan
package import Evidence

/// Texts out of JSON string values: unescaped, then interned. May not decide what a member means.
extension Sink {
  /// The text of a string (unescaped) or the raw bytes of another value; `null` and `-` → `.none`.
  package mutating func intern(_ s: Span<UInt8>, json value: JSONValue) -> Symbol {
    if value.isNull(s) { return .none }
    guard value.isEscaped else { return internPresent(s, value.start, value.end) }
    let plain = Sink.unescaped(s, value)
    return intern(plain.span, 0, plain.count)
  }

  /// The same with secrets masked.
  package mutating func internMasked(_ s: Span<UInt8>, json value: JSONValue) -> Symbol {
    if value.isNull(s) { return .none }
    guard value.isEscaped else { return internMasked(s, value.start, value.end) }
    let plain = Sink.unescaped(s, value)
    return internMasked(plain.span, 0, plain.count)
  }

  /// `setTarget` from a string value.
  package mutating func setTarget(_ request: inout Request, _ s: Span<UInt8>, json value: JSONValue)
  {
    guard value.isEscaped else {
      setTarget(&request, s, value.start, value.end)
      return
    }
    let plain = Sink.unescaped(s, value)
    setTarget(&request, plain.span, 0, plain.count)
  }

  static func unescaped(_ s: Span<UInt8>, _ value: JSONValue) -> [UInt8] {
    var plain: [UInt8] = []
    JSONWalk.unescape(s, value.start, value.end, into: &plain)
    return plain
  }
}
