internal import ByteScan

/// A status out of a JSON member.
enum StatusCode {
  /// The number of a status member, `nil` when it is none (0…999) or when the line, which ends at
  /// `to`, may have been cut within it.
  static func read(_ s: Span<UInt8>, _ value: JSONValue?, _ to: Int) -> UInt16? {
    guard let value, value.end < to else { return nil }
    let number = Bytes.number(s, value.start, value.end)
    return number >= 0 && number <= 999 ? UInt16(number) : nil
  }
}
