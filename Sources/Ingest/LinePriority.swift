internal import ByteScan
internal import Evidence

/// The priority of a line for the sample of successes: a hash of what it says, so that a log gives the
/// same sample as a file, in several files and joined into one stream.
enum LinePriority {
  /// Bytes at either end that are looked at; times, addresses and ids stand there in all formats.
  private static let reach = 64

  static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    if from >= 0, to <= s.count, to - from >= 2 * reach {
      return Bytes.priority(ofLine: s, from, to)
    }
    var hash = UInt64(truncatingIfNeeded: to - from)
    var i = from
    while i + 8 <= to {
      hash = fold(hash ^ Bytes.word(s, i), golden)
      i += 8
    }
    while i < to {
      hash = fold(hash ^ UInt64(s[i]), golden)
      i += 1
    }
    return Sample.priority(source: hash, offset: 0)
  }

  private static let golden: UInt64 = 0x9e37_79b9_7f4a_7c15

  @inline(__always) private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
