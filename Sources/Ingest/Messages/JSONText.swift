internal import ByteScan

/// Brings a JSON value into plain bytes.
enum JSONText {
  /// Appends the value: a string unescaped, anything else as written.
  static func unescape(_ s: Span<UInt8>, _ value: JSONValue, into out: inout [UInt8]) {
    guard value.start >= 0, value.start <= value.end, value.end <= s.count else { return }
    if value.kind == .string, value.isEscaped {
      JSONWalk.unescape(s, value.start, value.end, into: &out)
    } else {
      out.reserveCapacity(value.end - value.start)
      for i in value.start..<value.end { out.append(s[i]) }
    }
  }
}
