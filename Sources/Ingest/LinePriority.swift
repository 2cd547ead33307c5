internal import ByteScan
internal import Evidence

/// The priority of a line for the sample of successes: a hash of what it says, so that a log gives the
/// same sample as a file, in several files and joined into one stream.
enum LinePriority {
  /// Bytes at either end that are looked at; times, addresses and ids stand there in all formats.
  private static let reach = 64

  static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: to - from)
    let head = min(to, from + reach)
    var i = from
    while i + 8 <= head {
      hash = fold(hash, Bytes.word(s, i))
      i += 8
    }
    if to - from < 2 * reach {
      // Short: the rest in full.
      while i + 8 <= to {
        hash = fold(hash, Bytes.word(s, i))
        i += 8
      }
      while i < to {
        hash = fold(hash, UInt64(s[i]))
        i += 1
      }
    } else {
      i = to - reach
      while i < to {
        hash = fold(hash, Bytes.word(s, i))
        i += 8
      }
    }
    return Sample.priority(source: hash, offset: 0)
  }

  @inline(__always) private static func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low
  }
}
