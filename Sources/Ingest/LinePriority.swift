internal import ByteScan
internal import Evidence

/// The priority of a line for the sample of successes: a hash of what it says, so that a log gives the
/// same sample as a file, in several files and joined into one stream.
enum LinePriority {
  /// Bytes at either end that are looked at; times, addresses and ids stand there in all formats.
  private static let reach = 64

  static func of(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: to - from)
    if from >= 0, to <= s.count, to - from >= 2 * reach {
      // Pairs of words that do not wait for one another, as in XXH3.
      let bytes = unsafe s.bytes
      var key = golden
      for i in 0..<reach / 16 { hash &+= mix(bytes, from &+ i &* 16, &key) }
      for i in 0..<reach / 16 { hash &+= mix(bytes, to &- reach &+ i &* 16, &key) }
      return Sample.priority(source: hash, offset: 0)
    }
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

  /// Of sixteen bytes that are there: `of` has looked.
  @inline(__always)
  private static func mix(_ s: RawSpan, _ at: Int, _ key: inout UInt64) -> UInt64 {
    let first = unsafe s.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
    let second = unsafe s.unsafeLoadUnaligned(fromUncheckedByteOffset: at &+ 8, as: UInt64.self)
    let keys = (key, key &+ golden)
    key = keys.1 &+ golden
    return fold(UInt64(littleEndian: first) ^ keys.0, UInt64(littleEndian: second) ^ keys.1)
  }

  @inline(__always) private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
