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

  /// The status written in `s[from..<to]` of an answer that may be no more than counted: 2xx and 304.
  static func plain(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt16? {
    guard to - from == 3 else { return nil }
    let status = Bytes.number(s, from, to)
    return status >= 200 && status < 300 || status == 304 ? UInt16(status) : nil
  }
}
