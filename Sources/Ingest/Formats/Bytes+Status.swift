internal import ByteScan

extension Bytes {
  /// The status code that `s[from..<to]` is (RFC 9110 section 15).
  static func status(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt16? {
    let value = number(s, from, to)
    return value >= 100 && value <= 599 ? UInt16(value) : nil
  }
}
