internal import ByteScan

/// The `Date` header that was read last: most answers within a second have the same.
struct HeardDate {
  /// Sun, 06 Nov 1994 08:49:37 GMT
  static let length = 29

  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var known: Int64?

  /// Seconds since the epoch of the 29 bytes at `at`.
  mutating func seconds(_ s: Span<UInt8>, _ at: Int) -> Int64? {
    guard at >= 0, at + Self.length <= s.count else { return nil }
    let now = (
      Bytes.word(s, at), Bytes.word(s, at + 8), Bytes.word(s, at + 16),
      Bytes.word(s, at + Self.length - 8)
    )
    if now != words {
      words = now
      known = TimeStamp.httpDate(s, at)
    }
    return known
  }
}
