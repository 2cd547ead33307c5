internal import ByteScan
internal import Evidence

/// Trace ids in the one form in which they are compared.
extension Sink {
  /// `traceparent` (`00-<32 hex>-<16 hex>-01`) → its trace part; other ids without dashes; hex in
  /// lower case. All zeros and what is no hex → `.none`.
  mutating func internTrace(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Symbol {
    guard from >= 0, from < to, to <= s.count, to - from <= 128 else { return .none }
    var start = from
    var end = to
    if to - from >= 52, s[from + 2] == UInt8(ascii: "-"), s[from + 35] == UInt8(ascii: "-") {
      start = from + 3
      end = from + 35
    } else if let colon = Sink.colon(s, from, to) {
      // Jaeger's `trace:span:parent:flags`.
      end = colon
    }
    var hex: [UInt8] = []
    var isZero = true
    for i in start..<end {
      let c = s[i]
      switch c {
      case 48...57, 97...102: hex.append(c)
      case 65...70: hex.append(c | 32)
      case UInt8(ascii: "-"): continue
      default: return .none
      }
      if c != 48 { isZero = false }
    }
    return isZero ? .none : intern(hex.span, 0, hex.count)
  }

  private static func colon(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let at = Bytes.find(UInt8(ascii: ":"), s, from, to)
    return at > from ? at : nil
  }
}
